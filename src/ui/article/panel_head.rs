//! The head of the side panel: its tabs, and the button that closes it.

use crate::ui::controls::icon::{Icon, icon};
use pullquote_app::action::Action;
use pullquote_app::editor::action::PanelAction;
use pullquote_app::editor::state::PanelTab;
use yew::prelude::*;

/// The tabs with their names, and what each shows.
const TABS: [(PanelTab, &str, &str); 5] = [
    (PanelTab::Marks, "Marks", "All marks as a list"),
    (PanelTab::Cast, "Cast", "People and places"),
    (PanelTab::Ledger, "Ledger", "The marks of a tag as a table"),
    (
        PanelTab::Guide,
        "Guide",
        "The codebook and the questions about the article",
    ),
    (PanelTab::History, "History", "Earlier versions"),
];

/// Draws the tabs, with `shown` selected, and the close button. `close` is the name of that
/// button for screen readers.
pub(crate) fn panel_head(shown: PanelTab, close: &'static str, on: &Callback<Action>) -> Html {
    let tabs = TABS.iter().map(|(to, name, description)| {
        let to = *to;
        let show = on.reform(move |_: MouseEvent| Action::Panel(PanelAction::TabShown(to)));
        html! {
            <button
                key={*name}
                role="tab"
                class="switch"
                aria-selected={(to == shown).to_string()}
                tabindex={(to != shown).then_some("-1")}
                title={*description}
                onclick={show}
            >
                { *name }
            </button>
        }
    });
    let toggle = on.reform(|_: MouseEvent| Action::Panel(PanelAction::Toggled));
    // The Tab key reaches the selected tab; the arrow keys go on from there to the others.
    let step = {
        let on = on.clone();
        Callback::from(move |event: KeyboardEvent| {
            let index = TABS.iter().position(|(to, ..)| *to == shown).unwrap_or(0);
            let next = match event.key().as_str() {
                "ArrowRight" => (index + 1) % TABS.len(),
                "ArrowLeft" => (index + TABS.len() - 1) % TABS.len(),
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
            <button class="ghost small" aria-label={close} title="Close" onclick={toggle}>{ icon(Icon::Close) }</button>
        </header>
    }
}
