//! The bar: where one is, whether everything is kept, undo and redo, export.

use crate::browser::page::focus;
use crate::ui::controls::icon::{Sign, icon};
use crate::ui::controls::tag_letter::count;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{HistoryAction, PanelAction};
use pullquote_app::export::action::ExportAction;
use pullquote_app::messages::ago::ago;
use pullquote_app::messages::storage::store_error;
use pullquote_app::route::Route;
use pullquote_app::saving::action::SavingAction;
use pullquote_app::saving::state::SavedState;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use yew::prelude::*;

/// What the bar says of the open article.
pub(crate) struct OpenArticle {
    pub(crate) id: Id,
    pub(crate) title: String,
    pub(crate) undo: Option<String>,
    pub(crate) redo: Option<String>,
    pub(crate) copied: Option<Timestamp>,
    pub(crate) now: Timestamp,
    pub(crate) panel: bool,
    /// Whether its text is shown.
    pub(crate) on_text: bool,
    /// Whether the screen on which it leaves is shown: it has its own button.
    pub(crate) on_export: bool,
    pub(crate) marks: usize,
}

/// The bar at the top of every screen.
pub(crate) fn bar(
    saved: &SavedState,
    article: Option<&OpenArticle>,
    on: &Callback<Action>,
) -> Html {
    html! {
        <header class="bar">
            if article.is_some_and(|article| article.panel) {
                <button class="skip" onclick={|_: MouseEvent| focus::element("#marks-search")}>{ "Skip to the list of marks" }</button>
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
        SavedState::NotSaved(reason) => Some(store_error(reason)),
        _ => None,
    };
    let again = on.reform(|_: MouseEvent| Action::Saving(SavingAction::RetryRequested));
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
    let turn = on.reform(|_: MouseEvent| Action::Panel(PanelAction::Toggled));
    let print = on.reform(|_: MouseEvent| Action::Export(ExportAction::PrintRequested));
    let export = on.reform(|_: MouseEvent| Action::Export(ExportAction::ArticleFileRequested));
    html! {
        <>
            { step("Undo", &article.undo, Sign::Undo, Action::History(HistoryAction::Undo), "Ctrl+Z") }
            { step("Redo", &article.redo, Sign::Redo, Action::History(HistoryAction::Redo), "Ctrl+Shift+Z") }
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
