//! The bar: where one is, whether everything is kept, undo and redo, export.

use super::icon::{Sign, icon};
use super::tag_letter::count;
use crate::app::{Action, Route, SavedState, ago};
use crate::browser::outline;
use pullquote_core::model::{Id, Moment};
use yew::prelude::*;

/// What the bar says of the open article.
pub(super) struct OpenArticle {
    pub(super) id: Id,
    pub(super) title: String,
    pub(super) undo: Option<String>,
    pub(super) redo: Option<String>,
    pub(super) copied: Option<Moment>,
    pub(super) now: Moment,
    pub(super) panel: bool,
    /// Whether its text is shown.
    pub(super) on_text: bool,
    /// Whether the screen on which it leaves is shown: it has its own button.
    pub(super) on_export: bool,
    pub(super) marks: usize,
}

/// The bar at the top of every screen.
pub(super) fn bar(
    saved: &SavedState,
    article: Option<&OpenArticle>,
    on: &Callback<Action>,
) -> Html {
    html! {
        <header class="bar">
            if article.is_some_and(|article| article.panel) {
                <button class="skip" onclick={|_: MouseEvent| outline::focus("#marks-search")}>{ "Skip to the list of marks" }</button>
            }
            <a class="name" href={Route::Library.to_string()} title="All articles">{ "Pullquote" }</a>
            if let Some(article) = article {
                <a class="crumb" href={Route::Article(article.id).to_string()} title={article.title.clone()}>{ "/ " }<bdi>{ &article.title }</bdi></a>
            }
            <span class="grow" />
            { state(saved, article, on) }
            if let Some(article) = article {
                { tools(article, on) }
            }
        </header>
    }
}

fn state(saved: &SavedState, article: Option<&OpenArticle>, on: &Callback<Action>) -> Html {
    let (class, text) = match saved {
        SavedState::Saved => ("saved", "Saved".to_owned()),
        SavedState::Saving => ("saving", "Saving…".to_owned()),
        SavedState::NotSaved(_) => ("not-saved", "Not saved".to_owned()),
    };
    let why = match saved {
        SavedState::NotSaved(reason) => Some(reason.clone()),
        _ => None,
    };
    let again = on.reform(|_: MouseEvent| Action::KeepAgain);
    let copy = article.map(|article| match article.copied {
        Some(copied) => html! {
            <span class="copy" title="When a copy last left this browser">{ "Backed up " }<b>{ ago(copied, article.now) }</b></span>
        },
        None => html! { <span class="copy" title="Saved in this browser only. Export a copy from time to time.">{ "Not backed up" }</span> },
    });
    html! {
        <>
            <span class={classes!("state", class)} role="status" title={why}>{ text }</span>
            if class == "not-saved" {
                <button class="line small" onclick={again}>{ "Try again" }</button>
            }
            { copy.unwrap_or_default() }
        </>
    }
}

fn tools(article: &OpenArticle, on: &Callback<Action>) -> Html {
    let step = |verb: &'static str, name: &Option<String>, sign, action: Action, keys: &str| {
        let label = match name {
            Some(name) => format!("{verb}: {name}"),
            None => verb.to_owned(),
        };
        let act = on.reform(move |_: MouseEvent| action.clone());
        html! {
            <button
                class={classes!("ghost", "step", (verb == "Redo").then_some("step-redo"))}
                disabled={name.is_none()}
                aria-label={label.clone()}
                title={format!("{label} ({keys})")}
                onclick={act}
            >
                { icon(sign) }
                <span class="step-name">{ label }</span>
            </button>
        }
    };
    let turn = on.reform(|_: MouseEvent| Action::PanelTurned);
    let print = on.reform(|_: MouseEvent| Action::Print);
    let export = on.reform(|_: MouseEvent| Action::Export);
    html! {
        <>
            { step("Undo", &article.undo, Sign::Undo, Action::Undo, "Ctrl+Z") }
            { step("Redo", &article.redo, Sign::Redo, Action::Redo, "Ctrl+Shift+Z") }
            if article.on_text {
            <button
                class="ghost"
                aria-label="List of marks"
                aria-pressed={article.panel.to_string()}
                title="List of marks"
                onclick={turn}
            >
                { icon(Sign::Panel) }
                { count(article.marks) }
            </button>
            }
            if article.on_text {
            <button class="ghost print" aria-label="Print" title="Print the article (Ctrl+P)" onclick={print}>{ icon(Sign::Print) }</button>
            }
            if !article.on_export {
            <span class="twin">
                <button class="primary" title="The file that opens here again, with everything" onclick={export}>{ "Export" }</button>
                <a class="button primary export-as" href={Route::Export(article.id).to_string()} title="Export as a dataset: spaCy, CoNLL, Hugging Face, brat, spreadsheets, …" aria-label="Export as…">{ icon(Sign::Down) }</a>
            </span>
            }
        </>
    }
}
