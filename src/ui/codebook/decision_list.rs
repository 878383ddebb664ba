//! The list of what can happen to a part of the codebook that a change would remove.

use crate::browser::page::text_box;
use pullquote_app::action::Action;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::codebook::pending_edit::PendingRow;
use yew::prelude::*;

/// Draws the list. A choice is a decision about this part only, and changes nothing yet.
pub(crate) fn decision_list(row: &PendingRow, on: &Callback<Action>) -> Html {
    let (part, choices) = (row.risk.part.clone(), row.choices.clone());
    let on = on.clone();
    let choose = Callback::from(move |event: Event| {
        let index: Option<usize> = text_box::value(event.target()).parse().ok();
        if let Some((decision, _)) = index.and_then(|index| choices.get(index)) {
            on.emit(Action::Codebook(CodebookAction::DecisionMade {
                part: part.clone(),
                decision: decision.clone(),
            }));
        }
    });
    html! {
        <select aria-label={format!("What should happen to {}", row.risk.name)} onchange={choose}>
            { for row.choices.iter().enumerate().map(|(index, (decision, name))| html! {
                <option key={index} value={index.to_string()} selected={*decision == row.decision}>{ name }</option>
            }) }
        </select>
    }
}
