//! The bar above the text while an earlier version is shown.

use crate::browser::page::focus;
use pullquote_app::action::Action;
use pullquote_app::editor::action::HistoryAction;
use pullquote_app::editor::state::Editor;
use pullquote_app::editor::view::steps::steps_of;
use pullquote_app::messages::ago::ago;
use pullquote_core::model::timestamp::Timestamp;
use yew::prelude::*;

/// Says which version is shown, and offers to restore it or to go back; nothing while the
/// current version is shown. `now` is the time, to the minute.
pub(crate) fn preview_bar(editor: &Editor, now: Timestamp, on: &Callback<Action>) -> Html {
    let Some(preview) = &editor.preview else {
        return Html::default();
    };
    let mut rows = steps_of(&editor.history).into_iter();
    let row = rows.find(|row| row.number == preview.number);
    let title = match row.and_then(|row| Some((row.name, row.at?))) {
        Some((name, at)) => format!("Earlier version, after: {name} · {}", ago(at, now)),
        None => "The article as it was added".to_owned(),
    };
    let press = |action: fn() -> Action| {
        on.reform(move |_: MouseEvent| {
            // The button disappears: the focus goes to the step in the list, where that is
            // drawn, else to the button of the panel.
            focus::without_scrolling(".bar [aria-pressed]");
            focus::without_scrolling(".step-row[aria-current]");
            action()
        })
    };
    let restore = press(|| Action::History(HistoryAction::PreviewRestored));
    let leave = press(|| Action::History(HistoryAction::PreviewShown(None)));
    html! {
        <div class="past" role="region" aria-label="Earlier version">
            <p dir="auto" aria-live="polite">{ title }<small>{ " · read only" }</small></p>
            <button class="primary small" onclick={restore}>{ "Restore this version" }</button>
            <button class="line small" onclick={leave}>{ "Back to current" }</button>
        </div>
    }
}
