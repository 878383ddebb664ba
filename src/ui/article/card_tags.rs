//! The tags at the top of the card.

use crate::ui::article::card::{rules_of, tip};
use crate::ui::article::tag_picker::MoreTags;
use crate::ui::controls::fitting::use_fitting;
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::id::Slug;

use std::rc::Rc;
use yew::prelude::*;

/// The rows of tags that a card has at most, and the width of the button at their end, in
/// pixels.
const ROWS: usize = 2;
const ROOM_FOR_MORE: f64 = 90.0;

/// Tags that are drawn to be measured: no card has room for more in its rows.
const MOST: usize = 24;

/// What the top of a card is drawn from.
#[derive(PartialEq, Properties)]
pub(crate) struct CardTagsProps {
    pub(crate) book: Rc<Codebook>,
    /// The tag of the mark; `None` for words that have none yet.
    pub(crate) given: Option<Slug>,
    pub(crate) recent: Rc<[Slug]>,
    pub(crate) on: Callback<Action>,
}

/// A button for each tag that has room in two rows, with a way to all others. Where not all
/// have room, the mark's own tag and those used last come first.
#[component]
pub(crate) fn CardTags(props: &CardTagsProps) -> Html {
    let bar = use_node_ref();
    // Whether all have room is a matter of the codebook: the order changes only where not.
    let fits = use_fitting(&bar, props.book.clone(), ROWS, ROOM_FOR_MORE);
    let count = props.book.tags().len();
    let has_room = count <= MOST && fits >= count;
    let ordered = if has_room {
        props.book.tags().to_vec()
    } else {
        shown(props)
    };
    let what: Vec<Slug> = ordered.iter().map(|tag| tag.id.clone()).collect();
    let fits = use_fitting(&bar, what, ROWS, ROOM_FOR_MORE);
    let shown = &ordered[..fits.min(ordered.len())];
    let hidden = props.book.tags().len() - shown.len();
    let buttons = shown.iter().map(|tag| {
        let id = tag.id.clone();
        let give = props
            .on
            .reform(move |_: MouseEvent| Action::Mark(MarkAction::TagGiven(id.clone())));
        html! {
            <span class="with-tip" key={tag.id.to_string()}>
                <button
                    class={classes!("tag", colour_class(tag.colour))}
                    aria-pressed={(props.given.as_ref() == Some(&tag.id)).to_string()}
                    aria-description={rules_of(tag)}
                    onclick={give}
                >
                    { tag_letter(tag.colour, &tag.letter()) }
                    { &tag.name }
                </button>
                { tip(tag) }
            </span>
        }
    });
    html! {
        <div class="card-tags" role="group" aria-label="Tag" ref={bar}>
            { for buttons }
            <MoreTags book={props.book.clone()} {hidden} recent={props.recent.clone()} pressed={props.given.clone()} on={props.on.clone()} />
        </div>
    }
}

/// The mark's own tag, those used last, then the others.
fn shown(props: &CardTagsProps) -> Vec<Rc<Tag>> {
    let recent = props.given.iter().chain(props.recent.iter());
    let recent = recent.filter_map(|id| props.book.tag(id));
    let mut shown: Vec<Rc<Tag>> = Vec::new();
    for tag in recent.chain(props.book.tags()) {
        if shown.len() < MOST && shown.iter().all(|other| other.id != tag.id) {
            shown.push(tag.clone());
        }
    }
    shown
}
