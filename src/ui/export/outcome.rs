//! What the export comes to: its progress, what the format cannot hold, the preview, and the
//! buttons.

use crate::browser::page::focus;
use crate::ui::export::format_choices::choose;
use crate::ui::export::preview::Preview;
use pullquote_app::action::Action;
use pullquote_app::export::action::ExportAction;
use pullquote_app::export::settings::{ExportScope, ExportSettings};
use pullquote_app::export::state::{Export, Progress};
use pullquote_app::export::summary::{DatasetSummary, FormatLosses};
use pullquote_app::messages::byte_count::byte_count;
use pullquote_app::messages::export::verdict;
use pullquote_datasets::catalogue::Format;
use yew::prelude::*;

/// Draws the result. While a dataset is being rebuilt the last one stays visible, dimmed.
pub(crate) fn outcome(export: &Export, on: &Callback<Action>) -> Html {
    let state = &export.state;
    let is_busy = matches!(state, Progress::Busy { .. });
    let before = export.before.as_ref().filter(|_| is_busy);
    let shown = match state {
        Progress::Built { summary, .. } => Some(summary),
        _ => before,
    };
    html! {
        <section
            class={classes!("export-result", before.map(|_| "going"))}
            aria-label="Result"
            aria-busy={is_busy.to_string()}
            tabindex="-1"
        >
            <div>
                { match state {
                    Progress::Waiting => html! {
                        <p class="quiet">{ "Exporting reads the whole library, writes it, and verifies every mark. Preview shows first what the format cannot hold, and takes as long." }</p>
                    },
                    Progress::Stopped => html! { <p class="quiet">{ "Stopped. Nothing was written." }</p> },
                    Progress::Busy { done, all, .. } => html! {
                        <>
                            { progress(*done, *all) }
                            if let Some(summary) = before {
                                <div class="before" inert=true>{ losses(&export.settings, summary, on) }</div>
                            }
                        </>
                    },
                    Progress::Failed(reason) => html! {
                        <p class="warn" role="alert">{ format!("This cannot be exported: {}. Nothing was written.", reason.trim_end_matches('.')) }</p>
                    },
                    Progress::Built { summary, .. } => losses(&export.settings, summary, on),
                } }
            </div>
            if let Some(summary) = shown {
                <Preview summary={summary.clone()} />
            }
            { actions(export, on) }
        </section>
    }
}

/// The button that exports, a second one, and the result in one line.
fn actions(export: &Export, on: &Callback<Action>) -> Html {
    let state = &export.state;
    let request = |download: bool| {
        on.reform(move |_: MouseEvent| Action::Export(ExportAction::DatasetRequested { download }))
    };
    let stop = on.reform(|_: MouseEvent| Action::Export(ExportAction::DatasetStopped));
    let can_export = !matches!(state, Progress::Busy { .. } | Progress::Failed(_));
    // The second button stays the same element whatever it does, so that it keeps the focus.
    let (text, press) = match state {
        Progress::Busy { .. } => ("Cancel", stop),
        Progress::Failed(_) => ("Try again", request(false)),
        Progress::Waiting | Progress::Stopped | Progress::Built { .. } => {
            ("Preview", request(false))
        }
    };
    let has_second =
        !matches!(state, Progress::Built { .. }) || export.scope == ExportScope::Library;
    html! {
        <div class="export-actions">
            <button type="button" class="primary" disabled={!can_export} onclick={request(true)}>{ "Export" }</button>
            if has_second {
                <button type="button" class="line" onclick={press}>{ text }</button>
            }
            <span class="verdict" role="status">
                if let Progress::Built { summary, downloaded } = state {
                    { result_line(&export.settings, summary, *downloaded) }
                }
            </span>
        </div>
    }
}

/// How many of the articles are written. With one article the progress is not known.
fn progress(done: usize, all: usize) -> Html {
    let text = match (done, all) {
        (_, 0 | 1) => "Writing and verifying…".to_owned(),
        (done, all) if done == all => "Verifying every mark…".to_owned(),
        (done, all) => format!("{done} of {all} articles"),
    };
    html! {
        <div class="busy">
            <progress aria-label="Progress" max={all.max(1).to_string()} value={(all > 1 && done < all).then(|| done.to_string())} />
            <p class="quiet">{ text }</p>
        </div>
    }
}

/// The dataset in one line: how many marks are verified, its size, its splits, and how much is
/// not included.
fn result_line(settings: &ExportSettings, summary: &DatasetSummary, is_downloaded: bool) -> Html {
    let losses = summary.lacks.iter().map(|format| format.losses.len());
    let losses: usize = losses.sum();
    let name = match settings.is_package() {
        true => "A package",
        false => settings.formats().next().map_or("", |format| format.name),
    };
    let show = |_: MouseEvent| focus::element(".export-result");
    html! {
        <>
            <span class="verdict-short">{ format!("{name}: ") }</span>
            { format!("{} · {}", verdict(summary), byte_count(summary.size as u64)) }
            if !summary.parts.is_empty() {
                <span class={classes!(summary.is_short.then_some("warn"))}>{ format!(" · {}", summary.parts.join(", ")) }</span>
            }
            if losses > 0 {
                <span class="verdict-short">
                    { " · " }
                    <button type="button" class="link" onclick={show}>{ format!("{losses} not included") }</button>
                </span>
            }
            if is_downloaded {
                { " · downloaded" }
            }
        </>
    }
}

/// What each format cannot hold of what was marked.
fn losses(settings: &ExportSettings, summary: &DatasetSummary, on: &Callback<Action>) -> Html {
    if summary.lacks.is_empty() {
        return html! { <p class="whole"><b>{ "Nothing is lost." }</b></p> };
    }
    let formats = summary.lacks.iter();
    formats
        .map(|format| losses_of(format, settings, on))
        .collect()
}

/// What one format cannot hold, and a button that chooses one that can. A package that has
/// such a format already needs no button.
fn losses_of(losses: &FormatLosses, settings: &ExportSettings, on: &Callback<Action>) -> Html {
    let name = Format::named(&losses.format).map_or("It", |format| format.name);
    let heading = match settings.is_package() {
        true => format!("{name} does not hold"),
        false => "Not included".to_owned(),
    };
    let holder = Format::named(&losses.holder).filter(|format| !settings.has(format));
    let holder = holder.map(|format| {
        let choose = on.reform(move |_: MouseEvent| choose(format));
        html! {
            <p>{ "To keep everything, use " }<button type="button" class="line small" onclick={choose}>{ format.name }</button></p>
        }
    });
    html! {
        <div class="losses" key={losses.format.clone()}>
            <h3>{ heading }</h3>
            <ul>{ for losses.losses.iter().map(|loss| html! { <li key={loss.clone()}>{ loss }</li> }) }</ul>
            { holder.unwrap_or_default() }
        </div>
    }
}
