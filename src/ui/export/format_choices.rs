//! The choice of a format, or of several for a package.

use pullquote_app::action::Action;
use pullquote_app::export::action::ExportAction;
use pullquote_app::export::settings::{ExportChange, ExportSettings};
use pullquote_datasets::catalogue::{FORMAT_PURPOSES, FORMATS, Format};
use yew::prelude::*;

/// Draws the formats by purpose: radio buttons, or checkboxes for a package. The last format
/// of a package cannot be removed.
pub(crate) fn format_choices(settings: &ExportSettings, on: &Callback<Action>) -> Html {
    let is_package = settings.is_package();
    let is_last = is_package && settings.formats().count() == 1;
    let choice = |format: &'static Format| {
        let choose = on.reform(move |_: Event| {
            Action::Export(ExportAction::Changed(ExportChange::Format(
                format.id.as_str().to_owned(),
            )))
        });
        let is_chosen = settings.has(format);
        html! {
            <label class={classes!("format", is_chosen.then_some("chosen"))} key={format.id.as_str()} title={format.about}>
                <input
                    type={if is_package { "checkbox" } else { "radio" }}
                    name="format"
                    value={format.id.as_str()}
                    checked={is_chosen}
                    disabled={is_chosen && is_last}
                    onchange={choose}
                />
                { format.name }
            </label>
        }
    };
    html! {
        { for FORMAT_PURPOSES.iter().map(|(purpose, heading)| html! {
            <fieldset key={*heading}>
                <legend>{ *heading }</legend>
                <div class="formats">
                    { for FORMATS.iter().filter(|format| format.purpose == *purpose).map(choice) }
                </div>
            </fieldset>
        }) }
    }
}
