//! The whole app: the state, what the browser is told and asked, and the current screen.

use crate::browser::effects::dispatch::Dispatch;
use crate::browser::effects::perform::perform;
use crate::browser::files::drop_target;
use crate::browser::page::{address, colours, first_page, focus};
use crate::browser::storage::preferences;
use crate::browser::{clock, crash};
use crate::ui::article::screen::ArticleScreen;
use crate::ui::bar::{OpenArticle, bar};
use crate::ui::codebook::codebooks_screen::CodebooksScreen;
use crate::ui::codebook::screen::CodebookScreen;
use crate::ui::export::screen::ExportScreen;
use crate::ui::help::HelpSheet;
use crate::ui::library::opened_file::opened_file_action;
use crate::ui::library::screen::LibraryScreen;
use crate::ui::notices::notices;
use crate::ui::page_events::use_page_events;
use crate::ui::store::Store;
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::library::state::Library;
use pullquote_app::messages::step_names::step_name;
use pullquote_app::messages::storage::open_error;
use pullquote_app::notice::{NOTICE_LIFE, NoticeKind};
use pullquote_app::route::Route;
use pullquote_app::state::State;
use pullquote_app::store::article::OpenError;
use pullquote_core::model::colour::Colour;
use pullquote_core::model::colour_vision::PALETTE;
use pullquote_core::model::timestamp::Timestamp;
use std::rc::Rc;
use yew::prelude::*;

/// Holds the state, and draws the bar, the notices and the current screen.
#[component]
pub fn App() -> Html {
    let store = use_reducer(|| Store(State::new(address::route(), clock::now())));
    let on = {
        let dispatch = store.dispatcher();
        use_callback((), move |action: Action, ()| {
            dispatch.dispatch((action, clock::stamp()));
        })
    };
    let state = &store.0;
    use_effects_performed(state, &on);
    use_page_events(&store, &on);
    use_page_facts(state);
    use_screen_focus(state);
    use_timed_notices(state, &on);
    use_first_page(&on);
    use_library_noted(state);

    let drop = {
        let on = on.clone();
        Callback::from(move |event: DragEvent| {
            if drop_target::is_text_box(&event) {
                return;
            }
            event.prevent_default();
            let (for_files, for_text) = (on.clone(), on.clone());
            drop_target::take(
                &event,
                move |file| for_files.emit(opened_file_action(file)),
                move |text| for_text.emit(Action::Library(LibraryAction::TextPasted(text))),
            );
        })
    };
    let drag_over = Callback::from(|event: DragEvent| {
        if !drop_target::is_text_box(&event) {
            event.prevent_default();
        }
    });
    // Something dragged from this page is not an article.
    let drag_start = Callback::from(|event: DragEvent| event.prevent_default());
    html! {
        <div class="app" ondrop={drop} ondragover={drag_over} ondragstart={drag_start}>
            { bar(state, open_article(state).as_ref(), &on) }
            { notices(state, &on) }
            { screen(state, &on) }
            if state.shows_help {
                <HelpSheet on={on.clone()} />
            }
        </div>
    }
}

/// The screen of the route; while its article is not there, why.
fn screen(state: &State, on: &Callback<Action>) -> Html {
    match (state.route, &state.editor, &state.missing) {
        (Route::Library, ..) => html! {
            <LibraryScreen
                library={state.library.clone()}
                view={state.library_view.clone()}
                backup_progress={state.backup_progress.clone()}
                storage_status={state.storage_status}
                folder={state.folder.clone()}
                set_aside={state.set_aside.values().sum::<usize>()}
                has_asides={state.has_asides}
                now={to_the_minute(state.now)}
                on={on.clone()}
            />
        },
        (Route::Codebooks, ..) => html! {
            <CodebooksScreen shipped={state.shipped_codebooks.clone()} default_codebook={state.default_codebook.clone()} on={on.clone()} />
        },
        (Route::Codebook(_), Some(editor), _) => html! {
            <CodebookScreen shipped={state.shipped_codebooks.clone()} editor={editor.clone()} default_codebook={state.default_codebook.clone()} on={on.clone()} />
        },
        (Route::Article(id), Some(editor), _) => html! {
            <ArticleScreen key={id.to_string()} editor={editor.clone()} words={state.library.entry(id).map_or(0, |entry| entry.words)} now={to_the_minute(state.now)} on={on.clone()} />
        },
        (Route::Export(_), Some(_), _) | (Route::ExportAll, ..) => html! {
            <ExportScreen
                export={state.export.clone()}
                editor={state.editor.clone()}
                articles={state.library.live().len()}
                on={on.clone()}
            />
        },
        (Route::Article(id) | Route::Codebook(id) | Route::Export(id), None, Some(reason)) => {
            html! {
                <main class="library">
                    <div class="empty">
                        <p class="empty-title">{ format!("This article cannot be shown: {}", open_error(reason)) }</p>
                        if *reason != OpenError::NotStored {
                            <p>
                                <button class="line" onclick={on.reform(move |_: MouseEvent| Action::Backup(BackupAction::RecordsRequested(Some(id))))}>
                                    { "Download its stored data" }
                                </button>
                            </p>
                        }
                        <p><a href={Route::Library.to_string()}>{ "Back to the library" }</a></p>
                    </div>
                </main>
            }
        }
        (Route::Article(_) | Route::Codebook(_) | Route::Export(_), None, None) => html! {
            <main class="library"><p class="empty late">{ "Opening the article…" }</p></main>
        },
    }
}

/// What the bar shows about the open article; `None` on a screen without one.
fn open_article(state: &State) -> Option<OpenArticle> {
    let editor = state
        .editor
        .as_ref()
        .filter(|_| state.route.article().is_some())?;
    let article = editor.document().article();
    let entry = state.library.entry(article.id);
    Some(OpenArticle {
        id: article.id,
        title: article.title.clone(),
        undo: editor.history.undo_name().map(step_name),
        redo: editor.history.redo_name().map(step_name),
        copied: entry.and_then(|entry| entry.copied),
        now: to_the_minute(state.now),
        panel: editor.panel.open && matches!(state.route, Route::Article(_)),
        on_text: matches!(state.route, Route::Article(_)),
        on_export: matches!(state.route, Route::Export(_)),
        marks: editor.document().annotations().len(),
    })
}

/// The end of the current minute. Times are shown to the minute, so what shows them need not
/// be drawn more often.
fn to_the_minute(now: Timestamp) -> Timestamp {
    Timestamp(now.0 - now.0 % 60_000 + 59_999)
}

/// Has the browser perform each new effect once.
#[hook]
fn use_effects_performed(state: &State, on: &Callback<Action>) {
    let last = use_mut_ref(|| 0_u64);
    let on = on.clone();
    let effects = state.effects().to_vec();
    let newest = effects.last().map_or(0, |(number, _)| *number);
    use_effect_with(newest, move |newest| {
        if *newest == 0 {
            return;
        }
        let dispatch: Dispatch = {
            let on = on.clone();
            Rc::new(move |action| on.emit(action))
        };
        let done = std::mem::replace(&mut *last.borrow_mut(), *newest);
        for (_, effect) in effects.iter().filter(|(number, _)| *number > done) {
            perform(effect, &dispatch);
        }
        on.emit(Action::EffectsTaken(*newest));
    });
}

/// When another screen replaces the element that had the focus, moves the focus to the link
/// that led there on the way back, or else to the new content.
#[hook]
fn use_screen_focus(state: &State) {
    let last = use_mut_ref(|| None::<Route>);
    let is_there = state.editor.is_some() || state.route.article().is_none();
    use_effect_with((state.route, is_there), move |(route, is_there)| {
        if !is_there {
            return;
        }
        let before = last.replace(Some(*route));
        let Some(before) = before.filter(|before| before != route) else {
            return;
        };
        let is_same = before.article() == route.article();
        let selector = match (before, *route) {
            (Route::Codebook(_), Route::Article(_)) if is_same => {
                ".palette .edit-codebook".to_owned()
            }
            (Route::Export(_), Route::Article(_)) if is_same => ".bar .export-as".to_owned(),
            (_, Route::Article(_)) => "article".to_owned(),
            (Route::ExportAll, Route::Library) => ".library .export-all".to_owned(),
            (before, Route::Library) => match before.article() {
                Some(id) => format!("[data-article=\"{id}\"] a"),
                None => return,
            },
            _ => return,
        };
        if focus::is_lost() {
            focus::without_scrolling(&selector);
        }
        // A narrow window has no palette.
        if focus::is_lost() {
            focus::without_scrolling("article");
        }
    });
}

/// Removes notices that are not alarms after their time.
#[hook]
fn use_timed_notices(state: &State, on: &Callback<Action>) {
    let mut notices = state.notices.iter().rev();
    let newest = notices.find(|notice| notice.kind == NoticeKind::Information);
    let on = on.clone();
    use_effect_with(newest.map(|notice| notice.number), move |newest| {
        let timer =
            newest.map(|_| clock::after(NOTICE_LIFE + 200, move || on.emit(Action::MinutePassed)));
        move || drop(timer)
    });
}

/// Takes over what the user asked for on the first page, before the app was loaded.
#[hook]
fn use_first_page(on: &Callback<Action>) {
    let on = on.clone();
    // The effects of children run first: the text box has its text by now.
    use_effect_with((), move |()| {
        first_page::leave(move |asked| {
            on.emit(match asked {
                first_page::EarlyRequest::File(file) => opened_file_action(file),
                first_page::EarlyRequest::Text(text) => {
                    Action::Library(LibraryAction::TextPasted(text))
                }
                first_page::EarlyRequest::Sample => Action::Library(LibraryAction::SampleRequested),
            });
        });
    });
}

/// Remembers whether the library has articles, for the first page of the next visit.
#[hook]
fn use_library_noted(state: &State) {
    let has_articles = match &state.library {
        Library::Read(entries) => Some(!entries.is_empty()),
        Library::Reading | Library::Failed(_) => None,
    };
    use_effect_with(has_articles, |has_articles| {
        if let Some(has_articles) = *has_articles {
            preferences::set_has_articles(has_articles);
        }
    });
}

/// Tells the browser about the open article: what to save after a crash, the colours of the
/// marks, and the title of the page.
#[hook]
fn use_page_facts(state: &State) {
    let document = state
        .editor
        .as_ref()
        .map(|editor| editor.document().clone());
    use_effect_with(document.clone(), |document| {
        crash::remember(document.clone())
    });
    // Only the colours of the current screen: a key press on an article does not go through
    // the library.
    let colours: Vec<Colour> = match (&document, state.route) {
        (Some(document), Route::Article(_) | Route::Codebook(_) | Route::Export(_)) => {
            let tags = document.codebook().tags().iter();
            let colours = tags.map(|tag| tag.colour);
            // The codebook screen offers further colours.
            let offered = matches!(state.route, Route::Codebook(_));
            let offered = PALETTE.iter().copied().filter(|_| offered);
            colours.chain(offered).collect()
        }
        _ => {
            let entries = state.library.live();
            let counts = entries.iter().flat_map(|entry| &entry.counts);
            counts.map(|count| count.colour).collect()
        }
    };
    use_effect_with(colours, |colours| {
        colours::add_rules(colours.iter().copied())
    });
    let title = document.map(|document| document.article().title.clone());
    use_effect_with(title, |title| {
        address::set_title(&title.as_ref().map_or_else(
            || "Pullquote".to_owned(),
            |title| format!("{title} – Pullquote"),
        ));
    });
}
