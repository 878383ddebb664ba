//! How the chosen formats are written: a description of each, and the options that apply.

use crate::browser::page::text_box;
use pullquote_app::action::Action;
use pullquote_app::editor::state::Editor;
use pullquote_app::export::action::ExportAction;
use pullquote_app::export::settings::{ExportChange, ExportScope, ExportSettings};
use pullquote_app::export::state::Export;
use pullquote_app::export::update::listed_marks;
use pullquote_core::text::tokens::TOKENIZERS;
use pullquote_datasets::catalogue::{FileLayout, Format, FormatId};
use pullquote_datasets::loss::Loss;
use pullquote_datasets::options::{BOUNDARY_RULES, OVERLAP_RULES};
use pullquote_datasets::package::plan::PARTS;
use yew::prelude::*;

/// Draws the description of the formats, or of the package, and the options below it.
pub(crate) fn options(export: &Export, editor: Option<&Editor>, on: &Callback<Action>) -> Html {
    let settings = &export.settings;
    let listed = editor.filter(|_| export.scope == ExportScope::Listed);
    html! {
        <section class="export-options" aria-label="Options">
            if settings.is_package() {
                <h2>{ "A package" }</h2>
                <p class="quiet">{ "A zip file with the data in each chosen format, a dataset card, the codebook, guidelines, and the articles split into train, dev and test. Near-duplicates always go into the same split." }</p>
            } else {
                { for settings.formats().map(|format| html! {
                    <>
                        <h2>{ format.name }</h2>
                        <p class="quiet">{ description(format, export.scope) }</p>
                        if let Some(editor) = listed {
                            <p class="some">{ format!("{} of {} marks.", listed_marks(editor), editor.document().annotations().len()) }</p>
                        }
                    </>
                }) }
            }
            <div class="form export-form">
                { format_options(settings, on) }
                if settings.is_package() {
                    { package_options(settings, on) }
                }
            </div>
        </section>
    }
}

/// Into how many files the format is written, and the unit of its offsets.
fn description(format: &Format, scope: ExportScope) -> String {
    let files = match format.layout {
        FileLayout::One => "One file.",
        FileLayout::EachArticle if scope != ExportScope::Library => "One file.",
        FileLayout::EachArticle => "A file for each article, in a zip file: unpack it first.",
        FileLayout::Several => "Several files, in a zip file.",
    };
    let unit = match format.unit {
        "" => String::new(),
        unit => format!(" Offsets in {unit}."),
    };
    format!("{files}{unit}")
}

/// The options that matter to at least one of the chosen formats.
fn format_options(settings: &ExportSettings, on: &Callback<Action>) -> Html {
    let options = &settings.options;
    let any = |has: fn(&Format) -> bool| settings.formats().any(has);
    let has_tokens = any(Format::has_tokens);
    let is_flat = any(|format| {
        format.has_tokens() && !(format.can_hold(Loss::Overlaps) && format.can_hold(Loss::Tags))
    });
    let tokens = labelled(
        TOKENIZERS,
        [
            "Unicode words",
            "whitespace",
            "spaCy-like",
            "words; Chinese, Japanese by character",
        ],
    );
    let edges = labelled(
        BOUNDARY_RULES,
        [
            "split the word",
            "extend to the whole word",
            "shrink to whole words",
        ],
    );
    let overlaps = labelled(
        OVERLAP_RULES,
        ["the longest", "the shortest", "the one that begins first"],
    );
    html! {
        <>
            if has_tokens {
                { list("Tokens", &tokens, &options.tokenizer, ExportChange::Tokens, on) }
                { list("A mark that ends inside a word", &edges, &options.boundaries, ExportChange::Edges, on) }
            }
            if is_flat {
                { list("Where marks overlap, keep", &overlaps, &options.overlaps, ExportChange::Keep, on) }
            }
            if any(|format| matches!(format.id, FormatId::Doccano | FormatId::DoccanoRelations)) {
                { checkbox("Count offsets as doccano’s editor does (UTF-16)", options.utf16, ExportChange::Utf16, on) }
            }
            if any(|format| matches!(format.id, FormatId::Csv | FormatId::Tsv)) {
                { checkbox("Do not escape formulas: a spreadsheet may run a cell that looks like one", options.raw_cells, ExportChange::RawCells, on) }
            }
        </>
    }
}

/// What the dataset card of a package says, and how its articles are split.
fn package_options(settings: &ExportSettings, on: &Callback<Action>) -> Html {
    let typed = |change: fn(String) -> ExportChange| {
        on.reform(move |event: Event| {
            Action::Export(ExportAction::Changed(change(text_box::value(
                event.target(),
            ))))
        })
    };
    html! {
        <>
            <label><span>{ "Licence" }</span><input placeholder="CC-BY-4.0" value={settings.licence.clone()} onchange={typed(ExportChange::Licence)} /></label>
            <label><span>{ "Agreement between coders" }</span><input placeholder="not measured" value={settings.agreement.clone()} onchange={typed(ExportChange::Agreement)} /></label>
            <label><span>{ format!("Sizes of {}", PARTS.join(", ")) }</span><input value={settings.sizes.clone()} onchange={typed(ExportChange::Sizes)} /></label>
            <label><span>{ "Seed" }</span><input inputmode="numeric" value={settings.seed.clone()} onchange={typed(ExportChange::Seed)} /></label>
        </>
    }
}

/// An option, its value in the page, and its text.
type Labelled<T> = (T, &'static str, &'static str);

/// The options with their texts, which are in the same order.
fn labelled<T: Copy, const N: usize>(
    options: [(T, &'static str); N],
    texts: [&'static str; N],
) -> Vec<Labelled<T>> {
    let options = options.into_iter().zip(texts);
    options
        .map(|((option, value), text)| (option, value, text))
        .collect()
}

/// A list of options.
fn list<T: PartialEq>(
    label: &'static str,
    options: &[Labelled<T>],
    current: &T,
    change: fn(String) -> ExportChange,
    on: &Callback<Action>,
) -> Html {
    let choose = on.reform(move |event: Event| {
        Action::Export(ExportAction::Changed(change(text_box::value(
            event.target(),
        ))))
    });
    html! {
        <label><span>{ label }</span>
            <select onchange={choose}>
                { for options.iter().map(|(option, value, text)| html! {
                    <option key={*value} value={*value} selected={option == current}>{ *text }</option>
                }) }
            </select>
        </label>
    }
}

fn checkbox(
    label: &'static str,
    is_on: bool,
    change: fn(bool) -> ExportChange,
    on: &Callback<Action>,
) -> Html {
    let toggle = on.reform(move |_: Event| Action::Export(ExportAction::Changed(change(!is_on))));
    html! { <label class="check whole"><input type="checkbox" checked={is_on} onchange={toggle} />{ label }</label> }
}
