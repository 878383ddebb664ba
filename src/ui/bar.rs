//! The bar at the top: the open article, whether everything is saved, undo and redo, export.

use crate::browser::page::focus;
use crate::ui::controls::count_badge::count_badge;
use crate::ui::controls::icon::{Icon, icon};
use crate::ui::display_sheet::DisplaySheet;
use crate::ui::library::library_bar::library_bar;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{HistoryAction, PanelAction};
use pullquote_app::export::action::ExportAction;
use pullquote_app::messages::ago::ago;
use pullquote_app::messages::storage::store_error;
use pullquote_app::route::Route;
use pullquote_app::saving::action::SavingAction;
use pullquote_app::saving::state::SavedState;
use pullquote_app::state::State;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use yew::prelude::*;

/// What the bar shows about the open article.
pub(crate) struct OpenArticle {
    pub(crate) id: Id,
    pub(crate) title: String,
    /// The name of the step that undo takes back; `None`: there is none.
    pub(crate) undo: Option<String>,
    pub(crate) redo: Option<String>,
    /// When it was last backed up.
    pub(crate) copied: Option<Timestamp>,
    /// The time, to the minute.
    pub(crate) now: Timestamp,
    /// Whether the side panel is open.
    pub(crate) panel: bool,
    /// Whether the screen is that of the article's text.
    pub(crate) on_text: bool,
    /// Whether the screen is that of the export, which has its own button.
    pub(crate) on_export: bool,
    /// How many marks it has.
    pub(crate) marks: usize,
}

/// The bar at the top of every screen.
pub(crate) fn bar(state: &State, article: Option<&OpenArticle>, on: &Callback<Action>) -> Html {
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
            { saved_state(&state.saved_state(), article, on) }
            if let Some(article) = article {
                { tools(article, on) }
            } else {
                { library_bar(state, on) }
            }
        </header>
    }
}

/// When the article was last backed up, and whether everything is saved. The state has a fixed
/// width, so that nothing in the bar moves while a step is saved.
fn saved_state(saved: &SavedState, article: Option<&OpenArticle>, on: &Callback<Action>) -> Html {
    let (class, text) = match saved {
        SavedState::Saved => ("saved", "Saved".to_owned()),
        SavedState::Saving => ("saving", "Saving…".to_owned()),
        SavedState::NotSaved(_) => ("not-saved", "Not saved".to_owned()),
    };
    let reason = match saved {
        SavedState::NotSaved(error) => Some(store_error(error)),
        _ => None,
    };
    let retry = on.reform(|_: MouseEvent| Action::Saving(SavingAction::RetryRequested));
    let copy = article.map(|article| match article.copied {
        Some(copied) => html! {
            <span class="copy" title="When a copy was last saved outside this browser">{ "Backed up " }<b>{ ago(copied, article.now) }</b></span>
        },
        None => html! { <span class="copy" title="Saved in this browser only. Export a copy from time to time.">{ "Not backed up" }</span> },
    });
    html! {
        <>
            { copy.unwrap_or_default() }
            if class == "not-saved" {
                <button class="line small" onclick={retry}>{ "Try again" }</button>
            }
            <span class={classes!("state", class)} role="status" title={reason}>{ text }</span>
        </>
    }
}

/// The button that undoes or redoes a step. Its room does not depend on the name of the step,
/// which is cut before its end: that says what was deleted.
fn step_button(
    verb: &'static str,
    name: Option<&String>,
    symbol: Icon,
    keys: &str,
    act: Callback<MouseEvent>,
) -> Html {
    let label = match name {
        Some(name) => format!("{verb}: {name}"),
        None => verb.to_owned(),
    };
    let (start, end) = (verb.len(), label.rfind(" (").unwrap_or(label.len()));
    html! {
        <button
            class={classes!("ghost", "step", (verb == "Redo").then_some("step-redo"))}
            disabled={name.is_none()}
            aria-label={label.clone()}
            title={format!("{label} ({keys})")}
            onclick={act}
        >
            { icon(symbol) }
            <span class="step-name">
                { &label[..start] }<span>{ &label[start..end] }</span><span class="step-end">{ &label[end..] }</span>
            </span>
        </button>
    }
}

/// The buttons for the open article.
fn tools(article: &OpenArticle, on: &Callback<Action>) -> Html {
    let undo = on.reform(|_: MouseEvent| Action::History(HistoryAction::Undo));
    let redo = on.reform(|_: MouseEvent| Action::History(HistoryAction::Redo));
    let toggle_panel = on.reform(|_: MouseEvent| Action::Panel(PanelAction::Toggled));
    let print = on.reform(|_: MouseEvent| Action::Export(ExportAction::PrintRequested));
    let export = on.reform(|_: MouseEvent| Action::Export(ExportAction::ArticleFileRequested));
    html! {
        <>
            { step_button("Undo", article.undo.as_ref(), Icon::Undo, "Ctrl+Z", undo) }
            { step_button("Redo", article.redo.as_ref(), Icon::Redo, "Ctrl+Shift+Z", redo) }
            if article.on_text {
            <button
                class="ghost"
                aria-label="List of marks"
                aria-pressed={article.panel.to_string()}
                title="List of marks"
                onclick={toggle_panel}
            >
                { icon(Icon::Panel) }
                { count_badge(article.marks) }
            </button>
            }
            if article.on_text {
            <button class="ghost print" aria-label="Print" title="Print the article (Ctrl+P)" onclick={print}>{ icon(Icon::Print) }</button>
            }
            <DisplaySheet />
            if !article.on_export {
            <span class="twin">
                <button class="primary" title="A file with everything, which can be opened here again" onclick={export}>{ "Export" }</button>
                <a class="button primary export-as" href={Route::Export(article.id).to_string()} title="Export as a dataset: spaCy, CoNLL, Hugging Face, brat, spreadsheets, …" aria-label="Export as…">{ icon(Icon::Down) }</a>
            </span>
            }
        </>
    }
}
