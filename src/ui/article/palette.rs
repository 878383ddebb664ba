//! The palette: a toolbar of tags that stays above the text.

use crate::ui::article::tag_button::{TagButton, tag_button};
use crate::ui::article::tag_picker::MoreTags;
use crate::ui::controls::icon::{Icon, icon};
use crate::ui::controls::visible_count::use_visible_count;
use pullquote_app::action::Action;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::state::Editor;
use pullquote_app::route::Route;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::id::{Id, Slug};
use std::rc::Rc;
use yew::prelude::*;

/// What the palette is drawn from.
#[derive(PartialEq, Properties)]
pub(crate) struct PaletteProps {
    article: Id,
    codebook: Rc<Codebook>,
    /// How many marks have each tag, in the order of the codebook.
    counts: Vec<usize>,
    /// The tag of the chosen mark, or the armed tag.
    pressed: Option<Slug>,
    armed: Option<Slug>,
    /// The tags that were used last, newest first.
    recent: Rc<[Slug]>,
    on: Callback<Action>,
}

/// Draws the palette of the open article.
pub(crate) fn palette(editor: &Editor, on: &Callback<Action>) -> Html {
    let document = editor.shown();
    let pressed = editor
        .chosen()
        .map(|mark| &mark.tag)
        .or(editor.armed.as_ref());
    html! {
        <Palette
            article={document.article().id}
            codebook={document.codebook().clone()}
            counts={document.tag_counts().to_vec()}
            pressed={pressed.cloned()}
            armed={editor.armed.clone()}
            recent={editor.recent.clone()}
            on={on.clone()}
        />
    }
}

/// The most rows of tags: the text stands below them.
const ROWS: usize = 2;

/// The width of the buttons that follow the tags, in pixels.
const ROOM_FOR_MORE: f64 = 170.0;

/// A toolbar with a button for each tag that fits into two rows; the other tags are found by
/// name. If nothing is chosen, a press arms the tag: each selection of text gets it, until
/// Escape.
#[component]
pub(crate) fn Palette(props: &PaletteProps) -> Html {
    let (codebook, on) = (&props.codebook, &props.on);
    let bar = use_node_ref();
    // A count with one more digit takes more room.
    let digits = props.counts.iter().map(|count| count.to_string().len());
    let digits: usize = digits.sum();
    let shown = use_visible_count(&bar, (codebook.clone(), digits), ROWS, ROOM_FOR_MORE);
    let armed = props.armed.as_ref().and_then(|tag| codebook.tag(tag));
    let disarm = on.reform(|_: MouseEvent| Action::Mark(MarkAction::TagArmed(None)));
    let route = Route::Codebook(props.article).to_string();
    let buttons = codebook.tags().iter().zip(&props.counts).take(shown);
    let buttons = buttons.map(|(tag, marks)| {
        let button = TagButton {
            tag,
            pressed: props.pressed.as_ref() == Some(&tag.id),
            armed: props.armed.as_ref() == Some(&tag.id),
            marks: Some(*marks),
        };
        tag_button(&button, on)
    });
    let hidden = codebook.tags().len().saturating_sub(shown);
    html! {
        <div class="palette" role="toolbar" aria-label="Tags" ref={bar}>
            { for buttons }
            <MoreTags codebook={codebook.clone()} {hidden} recent={props.recent.clone()} pressed={props.pressed.clone()} on={on.clone()} />
            <a class="button ghost small edit-codebook" href={route} aria-label="Edit the codebook" title="Edit the codebook">{ icon(Icon::Add) }</a>
            if let Some(tag) = armed {
                <span class="armed-note" role="status">
                    { format!("Select text to tag as {}", tag.name) }
                    <button class="line small" onclick={disarm}>{ "Done (Esc)" }</button>
                </span>
            }
        </div>
    }
}
