//! The head of the side panel: what it shows, and what else it can show.

use crate::ui::controls::icon::{Sign, icon};
use pullquote_app::action::Action;
use pullquote_app::editor::action::PanelAction;
use pullquote_app::editor::state::PanelTab;

use yew::prelude::*;

const TABS: [(PanelTab, &str); 5] = [
    (PanelTab::Marks, "Marks"),
    (PanelTab::Cast, "Cast"),
    (PanelTab::Ledger, "Ledger"),
    (PanelTab::Guide, "Guide"),
    (PanelTab::History, "History"),
];

/// A tab for each thing that the panel can show, and the way to close it. `close` names
/// what is closed.
pub(crate) fn panel_head(shows: PanelTab, close: &'static str, on: &Callback<Action>) -> Html {
    let tabs = TABS.iter().map(|(to, name)| {
        let to = *to;
        let turn = on.reform(move |_: MouseEvent| Action::Panel(PanelAction::TabShown(to)));
        html! {
            <button
                key={*name}
                role="tab"
                class="switch"
                aria-selected={(to == shows).to_string()}
                tabindex={(to != shows).then_some("-1")}
                onclick={turn}
            >
                { *name }
            </button>
        }
    });
    let turn = on.reform(|_: MouseEvent| Action::Panel(PanelAction::Toggled));
    // One of the tabs is reached by the Tab key, the others from it by the arrows.
    let step = {
        let on = on.clone();
        Callback::from(move |event: KeyboardEvent| {
            let at = TABS.iter().position(|(to, _)| *to == shows).unwrap_or(0);
            let next = match event.key().as_str() {
                "ArrowRight" => (at + 1) % TABS.len(),
                "ArrowLeft" => (at + TABS.len() - 1) % TABS.len(),
                "Home" => 0,
                "End" => TABS.len() - 1,
                _ => return,
            };
            event.prevent_default();
            on.emit(Action::Panel(PanelAction::TabShown(TABS[next].0)));
        })
    };
    html! {
        <header class="panel-head">
            <div class="tabs" role="tablist" aria-label="Side panel" onkeydown={step}>{ for tabs }</div>
            <span class="grow" />
            <button class="ghost small" aria-label={close} title="Close" onclick={turn}>{ icon(Sign::Close) }</button>
        </header>
    }
}
