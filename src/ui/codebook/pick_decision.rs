//! The list of what can become of a part of the old codebook.

use crate::browser::page::text_box;
use pullquote_app::action::Action;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::codebook::pending_edit::PendingRow;

use yew::prelude::*;

/// The list; to choose in it decides, and decides no more than that.
pub(crate) fn decision_list(row: &PendingRow, on: &Callback<Action>) -> Html {
    let (part, choices) = (row.risk.part.clone(), row.choices.clone());
    let on = on.clone();
    let choose = Callback::from(move |event: Event| {
        let wanted: Option<usize> = text_box::value(event.target()).parse().ok();
        if let Some((decision, _)) = wanted.and_then(|place| choices.get(place)) {
            on.emit(Action::Codebook(CodebookAction::DecisionMade {
                part: part.clone(),
                decision: decision.clone(),
            }));
        }
    });
    html! {
        <select aria-label={format!("What should happen to {}", row.risk.name)} onchange={choose}>
            { for row.choices.iter().enumerate().map(|(place, (decision, name))| html! {
                <option key={place} value={place.to_string()} selected={*decision == row.decision}>{ name }</option>
            }) }
        </select>
    }
}
