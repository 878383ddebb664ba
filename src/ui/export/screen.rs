//! The export screen: an article or the library as a dataset.

use crate::browser::page::{focus, viewport};
use crate::browser::worker::datasets;
use crate::ui::export::format_choices::{choose, format_choices};
use crate::ui::export::options::options;
use crate::ui::export::outcome::outcome;
use pullquote_app::action::Action;
use pullquote_app::editor::state::Editor;
use pullquote_app::export::action::ExportAction;
use pullquote_app::export::settings::{ExportChange, ExportScope};
use pullquote_app::export::state::Export;
use pullquote_app::export::update::listed_marks;
use pullquote_app::route::Route;
use pullquote_core::model::article::Article;
use pullquote_datasets::catalogue::FORMATS;
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

/// What is exported and in which format on the left; the options and the result on the right.
#[component]
pub(crate) fn ExportScreen(props: &ExportScreenProps) -> Html {
    use_effect_with((), |()| {
        datasets::prepare();
        viewport::scroll_to_top();
        focus::without_scrolling(".export h1");
    });
    let state = std::mem::discriminant(&props.export.state);
    use_effect_with(state, |_| {
        // The button that had the focus may be gone.
        if focus::is_on("body") {
            focus::without_scrolling(".export-result");
        }
    });
    let (export, editor, on) = (&props.export, props.editor.as_deref(), &props.on);
    let search = use_state_eq(String::new);
    // Enter in the search chooses a format that was found, best one whose name begins with it.
    let submit = {
        let (search, on) = (search.clone(), on.clone());
        let is_package = export.settings.is_package();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let found = FORMATS.iter().filter(|format| format.is_found_by(&search));
            let wanted = search.trim().to_lowercase();
            let found = found.min_by_key(|format| !format.name.to_lowercase().starts_with(&wanted));
            if let Some(format) = found.filter(|_| !is_package && !search.trim().is_empty()) {
                on.emit(choose(format));
            }
        })
    };
    let article = editor.map(|editor| editor.document().article());
    let title = match article {
        Some(article) if export.scope != ExportScope::Library => article.title.clone(),
        _ => "The whole library".to_owned(),
    };
    html! {
        <main class="export">
            <p>{ way_back(article.map(|article| &**article), on) }</p>
            <h1 tabindex="-1">{ "Export" }</h1>
            <p class="export-title quiet"><bdi>{ title }</bdi></p>
            <div class="export-columns">
                <form class="export-choices" onsubmit={submit}>
                    { scopes(props) }
                    { format_choices(export, &search, on) }
                </form>
                <div class="export-outcome">
                    { options(export, editor, on) }
                    { outcome(export, on) }
                </div>
            </div>
        </main>
    }
}

/// The link to where the user came from, and the button that prints the open article.
fn way_back(article: Option<&Article>, on: &Callback<Action>) -> Html {
    let Some(article) = article else {
        return html! { <a class="back" href={Route::Library.to_string()}>{ "← Back to the library" }</a> };
    };
    let print = on.reform(|_: MouseEvent| Action::Export(ExportAction::PrintRequested));
    html! {
        <>
            <a class="back" href={Route::Article(article.id).to_string()}>{ "← Back to the article" }</a>
            <button class="line small export-print" onclick={print}>{ "Print the article" }</button>
        </>
    }
}

/// The choice of what is exported.
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
    let scope = props.export.scope;
    let radio = |value: ExportScope, text: String| {
        let choose = props.on.reform(move |_: Event| {
            Action::Export(ExportAction::Changed(ExportChange::Scope(value)))
        });
        html! {
            <label class="check"><input type="radio" name="scope" checked={scope == value} onchange={choose} />{ text }</label>
        }
    };
    html! {
        <fieldset>
            <legend>{ "What" }</legend>
            { radio(ExportScope::Article, format!("This article, {}", counted(count, "mark"))) }
            if listed != count && (listed > 0 || scope == ExportScope::Listed) {
                { radio(ExportScope::Listed, format!("This article, only the {} in the list", counted(listed, "mark"))) }
            }
            { radio(ExportScope::Library, format!("The whole library, {}", counted(props.articles, "article"))) }
            { package(props) }
        </fieldset>
    }
}

fn package(props: &ExportScreenProps) -> Html {
    let is_package = props.export.settings.is_package();
    let toggle = props.on.reform(move |_: Event| {
        Action::Export(ExportAction::Changed(ExportChange::Package(!is_package)))
    });
    html! {
        <label class="check package">
            <input type="checkbox" checked={is_package} onchange={toggle} />
            { "Dataset package (several formats, dataset card, train/dev/test split)" }
        </label>
    }
}

/// "1 mark", "3 marks". `one` is the singular of a noun whose plural ends in "s".
fn counted(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    }
}
