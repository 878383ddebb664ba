//! The parts of a mark: their list on the card, and two ways to add one.

use crate::ui::controls::icon::{Icon, icon};
use pullquote_app::action::Action;
use pullquote_app::editor::action::{MarkAction, SelectionAction};
use pullquote_app::editor::state::Editor;
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::document::Document;
use pullquote_core::text::shortened::shortened;
use yew::prelude::*;

/// Lists the parts of a mark that has several, each with a button that removes it.
pub(crate) fn mark_parts(document: &Document, mark: &Annotation, on: &Callback<Action>) -> Html {
    let spans = mark.spans.as_slice();
    if spans.len() < 2 {
        return Html::default();
    }
    let id = mark.id;
    let tag = document.codebook().tag(&mark.tag);
    let colour = tag.map(|tag| colour_class(tag.colour));
    let parts = spans.iter().enumerate().map(|(index, span)| {
        let quote = span.slice(document.article().text()).unwrap_or_default();
        let quote = shortened(quote, 30);
        let remove = on.reform(move |_: MouseEvent| Action::Mark(MarkAction::SpanRemoved { id, index }));
        html! {
            <span class={classes!("chip", "linked", colour.clone())} key={index}>
                <span class="chip-name" dir="auto">{ &quote }</span>
                <button class="chip-drop" aria-label={format!("Remove {quote}")} title="Remove this part" onclick={remove}>{ icon(Icon::Close) }</button>
            </span>
        }
    });
    html! { <div class="card-pieces chips" role="group" aria-label="Parts">{ for parts }</div> }
}

/// On the card of selected words: adds them to the mark that was chosen last. Nothing where
/// that mark no longer exists.
pub(crate) fn add_to_last_mark(editor: &Editor, on: &Callback<Action>) -> Html {
    let document = editor.document();
    let Some(mark) = editor.last.and_then(|id| document.annotation(id)) else {
        return Html::default();
    };
    let quote = shortened(&mark.quote(document.article()), 28);
    let add = on.reform(|_: MouseEvent| Action::Mark(MarkAction::SpanAdded));
    html! {
        <p class="card-more">
            <button class="ghost small" title="Adds the selection to that mark" onclick={add}>
                <kbd>{ "+" }</kbd>{ format!("Add to “{quote}”") }
            </button>
        </p>
    }
}

/// On the card of a mark: the next selection becomes a part of it; a second press cancels.
pub(crate) fn add_part_button(is_waiting: bool, on: &Callback<Action>) -> Html {
    let press = on.reform(move |_: MouseEvent| {
        if is_waiting {
            Action::Selection(SelectionAction::Escaped)
        } else {
            Action::Mark(MarkAction::SpanRequested)
        }
    });
    html! {
        <button
            class="ghost small"
            aria-label={(!is_waiting).then_some("Add part")}
            aria-pressed={is_waiting.to_string()}
            title="Add part: select more words that belong to this mark, or hold Ctrl or ⌘ while you select them"
            onclick={press}
        >
            { icon(Icon::Add) }
            { if is_waiting { "Select words…" } else { "Part" } }
        </button>
    }
}
