//! The tags, within reach of the words at all times.

use crate::ui::article::card::{rules_of, tip};
use crate::ui::article::tag_picker::MoreTags;
use crate::ui::controls::fitting::use_fitting;
use crate::ui::controls::icon::{Sign, icon};
use crate::ui::controls::tag_letter::{count, tag_letter};
use pullquote_app::action::Action;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::state::Editor;
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_app::route::Route;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::id::{Id, Slug};

use std::rc::Rc;
use yew::prelude::*;

/// What the palette shows.
#[derive(PartialEq, Properties)]
pub(crate) struct PaletteProps {
    article: Id,
    book: Rc<Codebook>,
    /// How many marks have each tag, in the order of the codebook.
    counts: Vec<usize>,
    /// The tag of the chosen mark, or the armed one.
    pressed: Option<Slug>,
    armed: Option<Slug>,
    recent: Rc<[Slug]>,
    on: Callback<Action>,
}

/// The palette of the open article.
pub(crate) fn palette(editor: &Editor, on: &Callback<Action>) -> Html {
    let document = editor.shown();
    let pressed = editor
        .chosen()
        .map(|mark| &mark.tag)
        .or(editor.armed.as_ref());
    html! {
        <Palette
            article={document.article().id}
            book={document.codebook().clone()}
            counts={document.tag_counts().to_vec()}
            pressed={pressed.cloned()}
            armed={editor.armed.clone()}
            recent={editor.recent.clone()}
            on={on.clone()}
        />
    }
}

/// The rows that the palette has at most: the text is below it.
const ROWS: usize = 2;

/// The width of the buttons at the end of the palette, in pixels.
const ROOM_FOR_MORE: f64 = 170.0;

/// A toolbar with a button for each tag that has room in two rows; the others are found by
/// name. Where nothing is chosen a press arms the tag: every sweep gives it, until Escape.
#[component]
pub(crate) fn Palette(props: &PaletteProps) -> Html {
    let (book, on) = (&props.book, &props.on);
    let bar = use_node_ref();
    // A count that gets another digit takes more room.
    let digits: usize = props.counts.iter().map(|it| it.to_string().len()).sum();
    let shown = use_fitting(&bar, (book.clone(), digits), ROWS, ROOM_FOR_MORE);
    let armed = props.armed.as_ref().and_then(|tag| book.tag(tag));
    let disarm = on.reform(|_: MouseEvent| Action::Mark(MarkAction::TagArmed(None)));
    let route = Route::Codebook(props.article).to_string();
    let buttons = book.tags().iter().zip(&props.counts).take(shown);
    let buttons = buttons.map(|(tag, marks)| {
        let is_pressed = props.pressed.as_ref() == Some(&tag.id);
        let is_armed = props.armed.as_ref() == Some(&tag.id);
        let id = tag.id.clone();
        let give = on.reform(move |_: MouseEvent| Action::Mark(MarkAction::TagGiven(id.clone())));
        html! {
            <span class="with-tip" key={tag.id.to_string()}>
            <button
                class={classes!("tag", colour_class(tag.colour), is_armed.then_some("is-armed"))}
                aria-pressed={is_pressed.to_string()}
                aria-label={tag.name.clone()}
                aria-keyshortcuts={tag.key.map(String::from)}
                aria-description={rules_of(tag)}
                onclick={give}
            >
                { tag_letter(tag.colour, &tag.letter()) }
                { &tag.name }
                { count(*marks) }
            </button>
            { tip(tag) }
            </span>
        }
    });
    let hidden = book.tags().len().saturating_sub(shown);
    html! {
        <div class="palette" role="toolbar" aria-label="Tags" ref={bar}>
            { for buttons }
            <MoreTags book={props.book.clone()} {hidden} recent={props.recent.clone()} pressed={props.pressed.clone()} on={props.on.clone()} />
            <a class="button ghost small edit-codebook" href={route} aria-label="Edit the codebook" title="Edit the codebook">{ icon(Sign::Add) }</a>
            if let Some(tag) = armed {
                <span class="armed-note" role="status">
                    { format!("Select text to tag as {}", tag.name) }
                    <button class="line small" onclick={disarm}>{ "Done (Esc)" }</button>
                </span>
            }
        </div>
    }
}
