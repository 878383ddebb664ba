//! The side panel "History": the steps that led to the current version.

use crate::browser::page::{focus, text_box};
use crate::ui::article::panel_head::panel_head;
use pullquote_app::action::Action;
use pullquote_app::editor::action::HistoryAction;
use pullquote_app::editor::state::{Editor, PanelTab};
use pullquote_app::editor::view::steps::{StepRow, steps_of};
use pullquote_app::messages::ago::ago;
use pullquote_app::messages::byte_count::byte_count;
use pullquote_app::store::article::JournalSize;
use pullquote_core::model::timestamp::Timestamp;
use std::rc::Rc;
use yew::prelude::*;

/// What the panel is drawn from.
#[derive(PartialEq, Properties)]
pub struct HistoryPanelProps {
    /// The open article.
    pub editor: Rc<Editor>,
    /// The time, to the minute.
    pub now: Timestamp,
    /// Told what the user does.
    pub on: Callback<Action>,
}

/// The steps, newest first. A click shows the version after a step, which can then be restored.
#[component]
pub fn HistoryPanel(props: &HistoryPanelProps) -> Html {
    let editor = &props.editor;
    let on = &props.on;
    let rows = steps_of(&editor.history);
    let shown = editor
        .preview
        .as_ref()
        .map_or(editor.history.number(), |preview| preview.number);
    let is_whole = rows.last().is_some_and(|row| row.number == 0);
    let show_earlier = on.reform(|_: MouseEvent| Action::History(HistoryAction::OlderRequested));
    let name = on.reform(|event: Event| {
        Action::History(HistoryAction::CoderNamed(text_box::value(event.target())))
    });
    html! {
        <aside class="panel" aria-label="History">
            { panel_head(PanelTab::History, "Close the history", on) }
            <label class="coder">
                <span>{ "Your name (shown on your changes)" }</span>
                <input dir="auto" autocomplete="off" value={editor.document().coder.clone()} onchange={name} />
            </label>
            <div class="panel-scroll">
                <ol class="steps" aria-label="Steps">
                    for row in rows.iter() {
                        { step_row(row, shown, props) }
                    }
                </ol>
                if !is_whole {
                    <button class="line small steps-more" onclick={show_earlier}>{ "Show earlier steps" }</button>
                }
                <p class="empty">{ format!("{}Click a step to preview it. Restoring can be undone. The last 10,000 steps are kept.", journal_size(editor)) }</p>
            </div>
        </aside>
    }
}

/// The size of the journal, once it is known.
fn journal_size(editor: &Editor) -> String {
    match editor.size {
        Some(JournalSize { entries: 1, bytes }) => {
            format!("1 step takes {}. ", byte_count(bytes))
        }
        Some(JournalSize { entries, bytes }) => {
            format!("{entries} steps take {}. ", byte_count(bytes))
        }
        None => String::new(),
    }
}

/// One step; `shown` is the number of the step whose version is shown.
fn step_row(row: &StepRow, shown: u64, props: &HistoryPanelProps) -> Html {
    let is_current = row.number == props.editor.history.number();
    let preview = (!is_current).then_some(row.number);
    let show = props
        .on
        .reform(move |_: MouseEvent| Action::History(HistoryAction::PreviewShown(preview)));
    let restore = props.on.reform(|_: MouseEvent| {
        focus::element(".step-row[aria-current]");
        Action::History(HistoryAction::PreviewRestored)
    });
    let facts: Vec<String> = [
        row.at.map(|at| ago(at, props.now)),
        Some(row.by.clone()).filter(|by| !by.is_empty()),
        is_current.then(|| "Current version".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        <li key={row.number}>
            <button class="step-row" aria-current={(row.number == shown).then_some("true")} onclick={show}>
                <span dir="auto">{ &row.name }</span>
                <small>{ facts.join(" · ") }</small>
            </button>
            if row.number == shown && !is_current {
                <button class="line small step-bring" onclick={restore}>{ "Restore this version" }</button>
            }
        </li>
    }
}
