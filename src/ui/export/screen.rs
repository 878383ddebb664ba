//! An article, or the library, on its way out as a dataset: what it will be, what it does
//! not hold, and that it says what was marked.

use crate::browser::page::{focus, text_box, viewport};
use crate::browser::worker::datasets;
use pullquote_app::action::Action;
use pullquote_app::editor::state::Editor;
use pullquote_app::export::action::ExportAction;
use pullquote_app::export::settings::{ExportChange, ExportScope};
use pullquote_app::export::state::{Export, Progress};
use pullquote_app::export::summary::DatasetSummary;
use pullquote_app::export::update::listed_marks;
use pullquote_app::messages::byte_count::byte_count;
use pullquote_app::messages::export::verdict as message_verdict;
use pullquote_app::route::Route;
use pullquote_core::text::tokens::TOKENIZERS;
use pullquote_datasets::catalogue::{FORMAT_PURPOSES, FORMATS, FileLayout, Format, FormatId};
use pullquote_datasets::loss::Loss;
use pullquote_datasets::options::{BOUNDARY_RULES, OVERLAP_RULES};
use pullquote_datasets::package::plan::PARTS;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct ExportScreenProps {
    pub(crate) export: Rc<Export>,
    /// The open article; `None` where the library is exported.
    pub(crate) editor: Option<Rc<Editor>>,
    /// How many articles the library has.
    pub(crate) articles: usize,
    pub(crate) on: Callback<Action>,
}

#[component]
pub(crate) fn ExportScreen(props: &ExportScreenProps) -> Html {
    use_effect_with((), |()| {
        datasets::prepare();
        viewport::scroll_to_top();
        focus::without_scrolling(".export h1");
    });
    let state = std::mem::discriminant(&props.export.state);
    use_effect_with(state, |_| {
        // What was pressed may be gone.
        if focus::is_on("body") {
            focus::without_scrolling(".export-result");
        }
    });
    let article = props
        .editor
        .as_ref()
        .map(|editor| editor.document().article());
    let back = match article {
        Some(article) => {
            let to = Route::Article(article.id).to_string();
            let print = props
                .on
                .reform(|_: MouseEvent| Action::Export(ExportAction::PrintRequested));
            html! {
                <>
                    <a href={to}>{ "← Back to the article" }</a>
                    <button class="line small export-print" onclick={print}>{ "Print the article" }</button>
                </>
            }
        }
        None => html! { <a href={Route::Library.to_string()}>{ "← Back to the library" }</a> },
    };
    let title = match article {
        Some(article) if props.export.scope != ExportScope::Library => article.title.clone(),
        _ => "The whole library".to_owned(),
    };
    html! {
        <main class="export">
            <p>{ back }</p>
            <h1 tabindex="-1">{ "Export" }</h1>
            <p class="export-title quiet"><bdi>{ title }</bdi></p>
            <div class="export-columns">
                <form class="export-choices" onsubmit={|event: SubmitEvent| event.prevent_default()}>
                    { scopes(props) }
                    { formats(props) }
                </form>
                <div class="export-outcome">
                    { choices(props) }
                    { outcome(props) }
                </div>
            </div>
        </main>
    }
}

fn scopes(props: &ExportScreenProps) -> Html {
    let Some(editor) = &props.editor else {
        return html! {
            <fieldset>
                <legend>{ "What" }</legend>
                <p class="export-all">{ format!("The whole library, {}", counted(props.articles, "article")) }</p>
                { package(props) }
            </fieldset>
        };
    };
    let count = editor.document().annotations().len();
    let listed = listed_marks(editor);
    let radio = |scope: ExportScope, words: String| {
        let choose = props.on.reform(move |_: Event| {
            Action::Export(ExportAction::Changed(ExportChange::Scope(scope)))
        });
        html! {
            <label class="check"><input type="radio" name="scope" checked={props.export.scope == scope} onchange={choose} />{ words }</label>
        }
    };
    html! {
        <fieldset>
            <legend>{ "What" }</legend>
            { radio(ExportScope::Article, format!("This article, {}", counted(count, "mark"))) }
            if listed != count && (listed > 0 || props.export.scope == ExportScope::Listed) {
                { radio(ExportScope::Listed, format!("Of it, the {} that the list shows", counted(listed, "mark"))) }
            }
            { radio(ExportScope::Library, format!("The whole library, {}", counted(props.articles, "article"))) }
            { package(props) }
        </fieldset>
    }
}

fn package(props: &ExportScreenProps) -> Html {
    let is_on = props.export.settings.is_package();
    let turn = props.on.reform(move |_: Event| {
        Action::Export(ExportAction::Changed(ExportChange::Package(!is_on)))
    });
    html! {
        <label class="check package">
            <input type="checkbox" checked={is_on} onchange={turn} />
            { "Dataset package (several formats, dataset card, train/dev/test split)" }
        </label>
    }
}

fn counted(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    }
}

fn formats(props: &ExportScreenProps) -> Html {
    let wanted = &props.export.settings;
    let kind = if wanted.is_package() {
        "checkbox"
    } else {
        "radio"
    };
    let is_last = wanted.is_package() && wanted.formats().count() == 1;
    let selection = |format: &'static Format| {
        let choose = props.on.reform(move |_: Event| {
            Action::Export(ExportAction::Changed(ExportChange::Format(
                format.id.as_str().to_owned(),
            )))
        });
        let is_it = wanted.has(format);
        html! {
            <label class={classes!("format", is_it.then_some("chosen"))} key={format.id.as_str()} title={format.about}>
                <input
                    type={kind}
                    name="format"
                    value={format.id.as_str()}
                    checked={is_it}
                    disabled={is_it && is_last}
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
                    { for FORMATS.iter().filter(|format| format.purpose == *purpose).map(selection) }
                </div>
            </fieldset>
        }) }
    }
}

/// A list of named choices.
fn list<T: PartialEq>(
    props: &ExportScreenProps,
    label: &'static str,
    all: &[(T, &'static str, &'static str)],
    now: &T,
    wish: fn(String) -> ExportChange,
) -> Html {
    let choose = props.on.reform(move |event: Event| {
        Action::Export(ExportAction::Changed(wish(text_box::value(event.target()))))
    });
    html! {
        <label><span>{ label }</span>
            <select onchange={choose}>
                { for all.iter().map(|(value, name, words)| html! {
                    <option key={*name} value={*name} selected={value == now}>{ *words }</option>
                }) }
            </select>
        </label>
    }
}

/// Values with their names and what they mean, in the same order.
fn with_words<T: Copy, const N: usize>(
    known: [(T, &'static str); N],
    words: [&'static str; N],
) -> Vec<(T, &'static str, &'static str)> {
    let known = known.into_iter().zip(words);
    known
        .map(|((value, name), words)| (value, name, words))
        .collect()
}

fn choices(props: &ExportScreenProps) -> Html {
    let wanted = &props.export.settings;
    let options = &wanted.options;
    let box_of = |words: &'static str, is_on: bool, wish: fn(bool) -> ExportChange| {
        let turn = props
            .on
            .reform(move |_: Event| Action::Export(ExportAction::Changed(wish(!is_on))));
        html! { <label class="check whole"><input type="checkbox" checked={is_on} onchange={turn} />{ words }</label> }
    };
    let typed = |wish: fn(String) -> ExportChange| {
        props.on.reform(move |event: Event| {
            Action::Export(ExportAction::Changed(wish(text_box::value(event.target()))))
        })
    };
    let tokens = with_words(
        TOKENIZERS,
        [
            "Unicode words",
            "whitespace",
            "spaCy-like",
            "words; Chinese, Japanese by character",
        ],
    );
    let edges = with_words(
        BOUNDARY_RULES,
        [
            "split the word",
            "extend to the whole word",
            "shrink to whole words",
        ],
    );
    let keeps = with_words(
        OVERLAP_RULES,
        ["the longest", "the shortest", "the one that begins first"],
    );
    let any = |has: fn(&Format) -> bool| wanted.formats().any(has);
    let has_tokens = any(Format::has_tokens);
    let is_flat = any(|format| {
        format.has_tokens() && !(format.can_hold(Loss::Overlaps) && format.can_hold(Loss::Tags))
    });
    let about = |format: &Format| {
        let is_library = props.export.scope == ExportScope::Library;
        let files = match format.layout {
            FileLayout::One => "One file.",
            FileLayout::EachArticle if !is_library => "One file.",
            FileLayout::EachArticle => "A file for each article, in a zip: unpack it to open them.",
            FileLayout::Several => "Several files, in a zip.",
        };
        let unit = match format.unit {
            "" => String::new(),
            unit => format!(" Offsets in {unit}."),
        };
        let mut about = format.about.chars();
        let first = about.next().map(char::to_uppercase);
        let about: String = first.into_iter().flatten().chain(about).collect();
        format!("{about}. {files}{unit}")
    };
    html! {
        <section class="export-options" aria-label="How it is written">
            if wanted.is_package() {
                <h2>{ "A package" }</h2>
                <p class="quiet">{ "A zip with the data in each format that is chosen, a dataset card, the codebook, guidelines, and the articles divided into train, dev and test. An article and its near-copies are never in two of them." }</p>
            } else {
                { for wanted.formats().map(|format| html! {
                    <>
                        <h2>{ format.name }</h2>
                        <p class="quiet">{ about(format) }</p>
                        if let (ExportScope::Listed, Some(editor)) = (props.export.scope, &props.editor) {
                            <p class="some">{ format!("{} of {} marks.", listed_marks(editor), editor.document().annotations().len()) }</p>
                        }
                    </>
                }) }
            }
            <div class="form export-form">
                if has_tokens {
                    { list(props, "Tokens", &tokens, &options.tokenizer, ExportChange::Tokens) }
                    { list(props, "A mark that ends inside a word", &edges, &options.boundaries, ExportChange::Edges) }
                }
                if is_flat {
                    { list(props, "Where marks overlap, keep", &keeps, &options.overlaps, ExportChange::Keep) }
                }
                if any(|format| matches!(format.id, FormatId::Doccano | FormatId::DoccanoRelations)) {
                    { box_of("Offsets as doccano’s editor counts them (UTF-16)", options.utf16, ExportChange::Utf16) }
                }
                if any(|format| matches!(format.id, FormatId::Csv | FormatId::Tsv)) {
                    { box_of("Cells exactly as they are: a spreadsheet may run what looks like a formula", options.raw_cells, ExportChange::RawCells) }
                }
                if wanted.is_package() {
                    <label><span>{ "Licence" }</span><input placeholder="CC-BY-4.0" value={wanted.licence.clone()} onchange={typed(ExportChange::Licence)} /></label>
                    <label><span>{ "Agreement between coders" }</span><input placeholder="not measured" value={wanted.agreement.clone()} onchange={typed(ExportChange::Agreement)} /></label>
                    <label><span>{ format!("Sizes of {}", PARTS.join(", ")) }</span><input value={wanted.sizes.clone()} onchange={typed(ExportChange::Sizes)} /></label>
                    <label><span>{ "Seed" }</span><input inputmode="numeric" value={wanted.seed.clone()} onchange={typed(ExportChange::Seed)} /></label>
                }
            </div>
        </section>
    }
}

fn outcome(props: &ExportScreenProps) -> Html {
    let state = &props.export.state;
    let give = props
        .on
        .reform(|_: MouseEvent| Action::Export(ExportAction::DatasetRequested { download: true }));
    let look = props
        .on
        .reform(|_: MouseEvent| Action::Export(ExportAction::DatasetRequested { download: false }));
    let stop = props
        .on
        .reform(|_: MouseEvent| Action::Export(ExportAction::DatasetStopped));
    let can_be_given = !matches!(state, Progress::Busy { .. } | Progress::Failed(_));
    let is_busy = matches!(state, Progress::Busy { .. });
    // Mostly the next look comes at once: until then the last stands there, dimmed.
    let before = props.export.before.as_ref().filter(|_| is_busy);
    let shown = match state {
        Progress::Built { summary: look, .. } => Some(look),
        _ => before,
    };
    // One button that does what there is to do beside exporting, so that the focus stays.
    let (other, act) = match state {
        Progress::Busy { .. } => ("Cancel", stop),
        Progress::Failed(_) => ("Try again", look),
        Progress::Waiting | Progress::Stopped | Progress::Built { .. } => ("Preview", look),
    };
    let is_offered =
        !matches!(state, Progress::Built { .. }) || props.export.scope == ExportScope::Library;
    html! {
        <section
            class={classes!("export-result", before.map(|_| "going"))}
            aria-label="What it will be"
            aria-busy={is_busy.to_string()}
            tabindex="-1"
        >
            <div>
                { match state {
                    Progress::Waiting => html! {
                        <p class="quiet">{ "The whole library is read, written, read back and checked. A preview says first what the format would not hold: it takes as long." }</p>
                    },
                    Progress::Stopped => html! { <p class="quiet">{ "Stopped. Nothing was written." }</p> },
                    Progress::Busy { done, all, .. } => html! {
                        <>
                            { busy(*done, *all) }
                            if let Some(look) = before {
                                <div class="before" inert=true>{ losses(props, look) }</div>
                            }
                        </>
                    },
                    Progress::Failed(reason) => html! {
                        <p class="warn" role="alert">{ format!("This cannot be exported: {}. Nothing was written.", reason.trim_end_matches('.')) }</p>
                    },
                    Progress::Built { summary: look, .. } => losses(props, look),
                } }
            </div>
            if let Some(look) = shown {
                <Beginnings look={look.clone()} />
            }
            <div class="export-actions">
                <button type="button" class="primary" disabled={!can_be_given} onclick={give}>{ "Export" }</button>
                if is_offered {
                    <button type="button" class="line" onclick={act}>{ other }</button>
                }
                <span class="verdict" role="status">
                    if let Progress::Built { summary: look, downloaded: is_given } = state {
                        { verdict(props, look, *is_given) }
                    }
                </span>
            </div>
        </section>
    }
}

fn busy(done: usize, all: usize) -> Html {
    let words = match (done, all) {
        (_, 0 | 1) => "Writing it, and reading it back…".to_owned(),
        (done, all) if done == all => "Reading it back, span by span…".to_owned(),
        (done, all) => format!("{done} of {all} articles"),
    };
    html! {
        <div class="busy">
            <progress aria-label="Progress" max={all.max(1).to_string()} value={(all > 1 && done < all).then(|| done.to_string())} />
            <p class="quiet">{ words }</p>
        </div>
    }
}

fn verdict(props: &ExportScreenProps, look: &DatasetSummary, is_given: bool) -> Html {
    let left_out: usize = look.lacks.iter().map(|lack| lack.losses.len()).sum();
    let wanted = &props.export.settings;
    let name = match wanted.is_package() {
        true => "A package",
        false => wanted.formats().next().map_or("", |format| format.name),
    };
    let see = |_: MouseEvent| focus::element(".export-result");
    html! {
        <>
            <span class="verdict-short">{ format!("{name}: ") }</span>
            { format!("{} · {}", message_verdict(look), byte_count(look.size as u64)) }
            if !look.parts.is_empty() {
                <span class={classes!(look.is_short.then_some("warn"))}>{ format!(" · {}", look.parts.join(", ")) }</span>
            }
            if left_out > 0 {
                <span class="verdict-short">
                    { " · " }
                    <button type="button" class="link" onclick={see}>{ format!("{} left out", counted(left_out, "thing")) }</button>
                </span>
            }
            if is_given {
                { " · downloaded" }
            }
        </>
    }
}

fn losses(props: &ExportScreenProps, look: &DatasetSummary) -> Html {
    let is_package = props.export.settings.is_package();
    if look.lacks.is_empty() {
        return html! { <p class="whole"><b>{ "Nothing is lost." }</b></p> };
    }
    let all = look.lacks.iter().map(|lack| {
        let name = Format::named(&lack.format).map_or("It", |format| format.name);
        let heading = match is_package {
            true => format!("{name} does not hold"),
            false => "Not included".to_owned(),
        };
        // A package has it beside it, or can.
        let holder = Format::named(&lack.holder).filter(|it| !props.export.settings.has(it));
        let holder = holder.map(|format| {
            let id = format.id.as_str().to_owned();
            let choose = props
                .on
                .reform(move |_: MouseEvent| Action::Export(ExportAction::Changed(ExportChange::Format(id.clone()))));
            html! {
                <p>{ "To keep everything, use " }<button type="button" class="line small" onclick={choose}>{ format.name }</button></p>
            }
        });
        html! {
            <div class="losses" key={lack.format.clone()}>
                <h3>{ heading }</h3>
                <ul>{ for lack.losses.iter().map(|loss| html! { <li key={loss.clone()}>{ loss }</li> }) }</ul>
                { holder.unwrap_or_default() }
            </div>
        }
    });
    all.collect()
}

#[derive(PartialEq, Properties)]
struct BeginningsProps {
    look: Rc<DatasetSummary>,
}

/// The first files as they will be, one of them shown.
#[component]
fn Beginnings(props: &BeginningsProps) -> Html {
    let shown = use_state(String::new);
    let files = &props.look.beginnings;
    let chosen = files.iter().find(|(name, _)| *name == *shown);
    let Some((name, text)) = chosen.or(files.first()) else {
        return Html::default();
    };
    let choose = {
        let shown = shown.clone();
        Callback::from(move |event: Event| shown.set(text_box::value(event.target())))
    };
    let more = match props.look.files {
        1 => Html::default(),
        files => html! {
            <>{ format!(" of {files} files in ") }<bdi dir="ltr">{ &props.look.name }</bdi></>
        },
    };
    html! {
        <figure class="beginning">
            <figcaption>
                if files.len() == 1 {
                    <bdi dir="ltr">{ name }</bdi>
                } else {
                    <select aria-label="File that is shown" onchange={choose}>
                        { for files.iter().map(|(file, _)| html! {
                            <option key={file.clone()} value={file.clone()} dir="ltr" selected={file == name}>{ file }</option>
                        }) }
                    </select>
                }
                { more }
            </figcaption>
            if text.is_empty() {
                <p class="quiet">{ "Binary file, no preview." }</p>
            } else {
                <pre tabindex="0" role="region" dir="ltr" aria-label={format!("Beginning of {name}")}>{ text }</pre>
            }
        </figure>
    }
}
