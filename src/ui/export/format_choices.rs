//! The choice of a format, or of several for a package, with a search.

use crate::browser::page::text_box;
use crate::ui::controls::icon::{Icon, icon};
use pullquote_app::action::Action;
use pullquote_app::export::action::ExportAction;
use pullquote_app::export::settings::ExportChange;
use pullquote_app::export::state::Export;
use pullquote_datasets::catalogue::{FORMAT_PURPOSES, FORMATS, Format};
use yew::prelude::*;

/// The action that chooses a format.
pub(crate) fn choose(format: &Format) -> Action {
    let id = format.id.as_str().to_owned();
    Action::Export(ExportAction::Changed(ExportChange::Format(id)))
}

/// Draws the search, and the formats that it finds: those that were exported last, then the
/// others by purpose.
pub(crate) fn format_choices(
    export: &Export,
    search: &UseStateHandle<String>,
    on: &Callback<Action>,
) -> Html {
    let write = {
        let search = search.clone();
        Callback::from(move |event: InputEvent| search.set(text_box::value(event.target())))
    };
    let clear = {
        let search = search.clone();
        Callback::from(move |_: MouseEvent| search.set(String::new()))
    };
    let found: Vec<&'static Format> = FORMATS
        .iter()
        .filter(|format| format.is_found_by(search))
        .collect();
    let is_first = |format: &&'static Format| export.first.contains(&format.id.as_str());
    let first = export.first.iter().filter_map(|id| Format::named(id));
    let first = first.filter(|format| format.is_found_by(search));
    let others = FORMAT_PURPOSES.iter().map(|(purpose, heading)| {
        let formats = found.iter().copied();
        let formats = formats.filter(|format| format.purpose == *purpose && !is_first(format));
        group(heading, formats.collect(), export, on)
    });
    html! {
        <>
            <label class="format-search">
                { icon(Icon::Search) }
                <input
                    type="search"
                    aria-label="Search formats"
                    placeholder="Search formats: Excel, spaCy, html…"
                    autocomplete="off"
                    value={(**search).clone()}
                    oninput={write}
                />
            </label>
            { group("Recently used", first.collect(), export, on) }
            { for others }
            <p class="quiet" role="status">
                if found.is_empty() {
                    { format!("No format found for “{}”. ", search.trim()) }
                    <button type="button" class="line small" onclick={clear}>{ "Show all" }</button>
                }
            </p>
        </>
    }
}

/// The formats below a heading: radio buttons, or checkboxes for a package. The last format of a
/// package cannot be removed.
fn group(
    heading: &'static str,
    formats: Vec<&'static Format>,
    export: &Export,
    on: &Callback<Action>,
) -> Html {
    if formats.is_empty() {
        return Html::default();
    }
    let settings = &export.settings;
    let is_package = settings.is_package();
    let is_last = is_package && settings.formats().count() == 1;
    let choice = |format: &'static Format| {
        let is_chosen = settings.has(format);
        html! {
            <label class={classes!("format", is_chosen.then_some("chosen"))} key={format.id.as_str()}>
                <input
                    type={if is_package { "checkbox" } else { "radio" }}
                    name="format"
                    value={format.id.as_str()}
                    checked={is_chosen}
                    disabled={is_chosen && is_last}
                    onchange={on.reform(move |_: Event| choose(format))}
                />
                <span>{ format.name }<small>{ format.about }</small></span>
            </label>
        }
    };
    html! {
        <fieldset key={heading}>
            <legend>{ heading }</legend>
            <div class="formats">{ for formats.into_iter().map(choice) }</div>
        </fieldset>
    }
}
