//! The side panel: the steps that led here.

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

/// What the list of steps is drawn from.
#[derive(PartialEq, Properties)]
pub struct HistoryPanelProps {
    /// Whose steps.
    pub editor: Rc<Editor>,
    /// The time, to the minute.
    pub now: Timestamp,
    /// Told what the user does.
    pub on: Callback<Action>,
}

/// The steps, newest first. Each can be looked at; what is looked at can be brought back.
#[component]
pub fn HistoryPanel(props: &HistoryPanelProps) -> Html {
    let editor = &props.editor;
    let on = &props.on;
    let rows = steps_of(&editor.history);
    let shown = editor
        .preview
        .as_ref()
        .map_or(editor.history.number(), |it| it.number);
    let is_whole = rows.last().is_some_and(|row| row.number == 0);
    let more = on.reform(|_: MouseEvent| Action::History(HistoryAction::OlderRequested));
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
                        { line(row, shown, props) }
                    }
                </ol>
                if !is_whole {
                    <button class="line small steps-more" onclick={more}>{ "Show earlier steps" }</button>
                }
                <p class="empty">{ format!("{}Click a step to preview it. Restoring can be undone. The last 10,000 steps are kept.", size(editor)) }</p>
            </div>
        </aside>
    }
}

/// What the journal takes, when that is known.
fn size(editor: &Editor) -> String {
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

fn line(row: &StepRow, shown: u64, props: &HistoryPanelProps) -> Html {
    let is_now = row.number == props.editor.history.number();
    let to = (!is_now).then_some(row.number);
    let look = props
        .on
        .reform(move |_: MouseEvent| Action::History(HistoryAction::PreviewShown(to)));
    let bring = props.on.reform(|_: MouseEvent| {
        focus::element(".step-row[aria-current]");
        Action::History(HistoryAction::PreviewRestored)
    });
    let facts: Vec<String> = [
        row.at.map(|at| ago(at, props.now)),
        Some(row.by.clone()).filter(|by| !by.is_empty()),
        is_now.then(|| "Current version".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        <li key={row.number}>
            <button class="step-row" aria-current={(row.number == shown).then_some("true")} onclick={look}>
                <span dir="auto">{ &row.name }</span>
                <small>{ facts.join(" · ") }</small>
            </button>
            if row.number == shown && !is_now {
                <button class="line small step-bring" onclick={bring}>{ "Restore this version" }</button>
            }
        </li>
    }
}
