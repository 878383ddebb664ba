//! The tags at the top of the card.

use crate::ui::article::tag_button::{TagButton, tag_button};
use crate::ui::article::tag_picker::MoreTags;
use crate::ui::controls::visible_count::use_visible_count;
use pullquote_app::action::Action;
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::id::Slug;
use std::rc::Rc;
use yew::prelude::*;

/// The most rows of tags on a card.
const ROWS: usize = 2;

/// The width of the button that follows the tags, in pixels.
const ROOM_FOR_MORE: f64 = 90.0;

/// The most tags that are drawn in order to be measured: no card has room for more.
const MOST: usize = 24;

/// What the top of a card is drawn from.
#[derive(PartialEq, Properties)]
pub(crate) struct CardTagsProps {
    pub(crate) codebook: Rc<Codebook>,
    /// The tag of the mark; `None` for a selection that has no tag yet.
    pub(crate) given: Option<Slug>,
    /// The tags that were used last, newest first.
    pub(crate) recent: Rc<[Slug]>,
    pub(crate) on: Callback<Action>,
}

/// A button for each tag that fits into two rows, followed by a button for all tags. Where
/// some do not fit, the mark's own tag and the most recent ones come first.
#[component]
pub(crate) fn CardTags(props: &CardTagsProps) -> Html {
    let bar = use_node_ref();
    // Measured for the whole codebook first: the order changes only if some tags do not fit.
    let fitting = use_visible_count(&bar, props.codebook.clone(), ROWS, ROOM_FOR_MORE);
    let tags = props.codebook.tags();
    let ordered = if tags.len() <= MOST && fitting >= tags.len() {
        tags.to_vec()
    } else {
        recent_first(props)
    };
    let ids: Vec<Slug> = ordered.iter().map(|tag| tag.id.clone()).collect();
    let fitting = use_visible_count(&bar, ids, ROWS, ROOM_FOR_MORE);
    let shown = &ordered[..fitting.min(ordered.len())];
    let hidden = tags.len() - shown.len();
    let buttons = shown.iter().map(|tag| {
        let button = TagButton {
            tag,
            pressed: props.given.as_ref() == Some(&tag.id),
            armed: false,
            marks: None,
        };
        tag_button(&button, &props.on)
    });
    html! {
        <div class="card-tags" role="group" aria-label="Tag" ref={bar}>
            { for buttons }
            <MoreTags codebook={props.codebook.clone()} {hidden} recent={props.recent.clone()} pressed={props.given.clone()} on={props.on.clone()} />
        </div>
    }
}

/// The mark's own tag, the most recent ones, then the others; at most [`MOST`].
fn recent_first(props: &CardTagsProps) -> Vec<Rc<Tag>> {
    let recent = props.given.iter().chain(props.recent.iter());
    let recent = recent.filter_map(|id| props.codebook.tag(id));
    let mut ordered: Vec<Rc<Tag>> = Vec::new();
    for tag in recent.chain(props.codebook.tags()) {
        if ordered.len() < MOST && ordered.iter().all(|other| other.id != tag.id) {
            ordered.push(tag.clone());
        }
    }
    ordered
}
