//! The whole app: the state, what goes in and out, and the screen.

use crate::browser::effects::dispatch::Dispatch;
use crate::browser::effects::perform::perform;
use crate::browser::files::drop_target;
use crate::browser::page::address::Leaving;
use crate::browser::page::keyboard::KeyUse;
use crate::browser::page::viewport::WindowWidth;
use crate::browser::page::{
    address, colours, dom, first_page, focus, keyboard, selection, text_box, viewport,
};
use crate::browser::storage::closing;
use crate::browser::{channel, clock, crash};
use crate::ui::article::reading::Reading;
use crate::ui::bar::{OpenArticle, bar};
use crate::ui::codebook::screen::CodebookScreen;
use crate::ui::export::screen::ExportScreen;
use crate::ui::library::intake;
use crate::ui::library::screen::LibraryScreen;
use crate::ui::notices::notices;
use crate::ui::shortcuts;
use crate::ui::shortcuts::Meaning;
use crate::ui::store::Store;
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::editor::action::{PanelAction, SelectionAction};
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_app::editor::state::{Editor, PanelTab};
use pullquote_app::library::action::LibraryAction;
use pullquote_app::messages::step_names::step_name;
use pullquote_app::messages::storage::open_error;
use pullquote_app::notice::{NOTICE_LIFE, NoticeKind};
use pullquote_app::route::Route;
use pullquote_app::saving::action::SavingAction;
use pullquote_app::saving::state::SavedState;
use pullquote_app::state::State;
use pullquote_app::store::article::OpenError;
use pullquote_core::model::colour::Colour;
use pullquote_core::model::colour_vision::PALETTE;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::offset::Utf16Offset;
use std::rc::Rc;
use yew::prelude::*;

/// The search box.
const SEARCH: &str = "#marks-search";

/// The app.
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
    use_requests(state, &on);
    use_listening(&store, &on);
    use_facts(state);
    use_focus_of_screens(state);
    use_timed_notices(state, &on);
    use_first_page(&on);

    let dropped = {
        let on = on.clone();
        Callback::from(move |event: DragEvent| {
            if drop_target::is_text_box(&event) {
                return;
            }
            event.prevent_default();
            let (for_files, for_text) = (on.clone(), on.clone());
            drop_target::take(
                &event,
                move |file| for_files.emit(intake::action_of(file)),
                move |text| for_text.emit(Action::Library(LibraryAction::TextPasted(text))),
            );
        })
    };
    let over = Callback::from(|event: DragEvent| {
        if !drop_target::is_text_box(&event) {
            event.prevent_default();
        }
    });
    // What is dragged out of the page itself is no article.
    let dragged = Callback::from(|event: DragEvent| event.prevent_default());
    html! {
        <div class="app" ondrop={dropped} ondragover={over} ondragstart={dragged}>
            { bar(&state.saved_state(), open_article(state).as_ref(), &on) }
            { notices(state, &on) }
            { screen(state, &on) }
        </div>
    }
}

fn screen(state: &State, on: &Callback<Action>) -> Html {
    match (state.route, &state.editor, &state.missing) {
        (Route::Library, ..) => html! {
            <LibraryScreen
                library={state.library.clone()}
                backup_progress={state.backup_progress.clone()}
                storage_status={state.storage_status}
                folder={state.folder.clone()}
                set_aside={state.set_aside.values().sum::<usize>()}
                has_asides={state.has_asides}
                now={to_the_minute(state.now)}
                on={on.clone()}
            />
        },
        (Route::Codebook(_), Some(editor), _) => html! {
            <CodebookScreen editor={editor.clone()} default_codebook={state.default_codebook.clone()} on={on.clone()} />
        },
        (Route::Article(id), Some(editor), _) => html! {
            <Reading key={id.to_string()} editor={editor.clone()} now={to_the_minute(state.now)} on={on.clone()} />
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
                        <p>{ format!("This article cannot be shown: {}", open_error(reason)) }</p>
                        if *reason != OpenError::NotStored {
                            <p>
                                <button class="line" onclick={on.reform(move |_: MouseEvent| Action::Backup(BackupAction::RecordsRequested(Some(id))))}>
                                    { "Download its records as they are" }
                                </button>
                            </p>
                        }
                        <p><a href={Route::Library.to_string()}>{ "Back to the library" }</a></p>
                    </div>
                </main>
            }
        }
        (Route::Article(_) | Route::Codebook(_) | Route::Export(_), None, None) => html! {
            <main class="library"><p class="empty">{ "Opening the article…" }</p></main>
        },
    }
}

fn open_article(state: &State) -> Option<OpenArticle> {
    let editor = state
        .editor
        .as_ref()
        .filter(|_| state.route.article().is_some())?;
    let article = editor.document().article();
    let holding = state.library.entry(article.id);
    Some(OpenArticle {
        id: article.id,
        title: article.title.clone(),
        undo: editor.history.undo_name().map(step_name),
        redo: editor.history.redo_name().map(step_name),
        copied: holding.and_then(|holding| holding.copied),
        now: to_the_minute(state.now),
        panel: editor.panel.open && matches!(state.route, Route::Article(_)),
        on_text: matches!(state.route, Route::Article(_)),
        on_export: matches!(state.route, Route::Export(_)),
        marks: editor.document().annotations().len(),
    })
}

/// The bar and the library say times by the minute: they are drawn anew no oftener.
fn to_the_minute(now: Timestamp) -> Timestamp {
    Timestamp(now.0 - now.0 % 60_000 + 59_999)
}

/// Hands each new request to the browser, once.
#[hook]
fn use_requests(state: &State, on: &Callback<Action>) {
    let last = use_mut_ref(|| 0_u64);
    let on = on.clone();
    let requests = state.effects().to_vec();
    let newest = requests.last().map_or(0, |(number, _)| *number);
    use_effect_with(newest, move |newest| {
        if *newest == 0 {
            return;
        }
        let done = std::mem::replace(&mut *last.borrow_mut(), *newest);
        let dispatch: Dispatch = {
            let on = on.clone();
            Rc::new(move |action| on.emit(action))
        };
        for (_, request) in requests.iter().filter(|(number, _)| *number > done) {
            perform(request, &dispatch);
        }
        on.emit(Action::EffectsTaken(*newest));
    });
}

/// Listens to the address, the keys, the clock, and to the page being left.
///
/// What a key means depends on the state as it is when the key comes, not on the one that was
/// drawn last: a fast coder is ahead of a slow screen.
#[hook]
fn use_listening(store: &UseReducerHandle<Store>, on: &Callback<Action>) {
    let (store, on) = (store.clone(), on.clone());
    use_effect_with((), move |()| {
        let (went, pressed, ticked, turned) = (on.clone(), on.clone(), on.clone(), on.clone());
        let looked = on.clone();
        let closed = on.clone();
        closing::listen(move || closed.emit(Action::Saving(SavingAction::StorageClosed)));
        channel::listen(move |id| on.emit(Action::Saving(SavingAction::OtherTabChanged(id))));
        // A clone sees the newest state; one that is kept would hold on to every state it saw.
        let unsaved = {
            let store = store.clone();
            move || {
                let is_unsaved = store.clone().0.saved_state() != SavedState::Saved;
                // A text that is no article yet is nowhere but in its box.
                match is_unsaved || text_box::has_text("#article-text") {
                    true => Leaving::LosesWork,
                    false => Leaving::Safe,
                }
            }
        };
        let listeners = vec![
            viewport::listen_to_width(move |width| {
                let narrow = width == WindowWidth::Narrow;
                turned.emit(Action::WidthChanged { narrow });
            }),
            address::listen(move |route| went.emit(Action::RouteChanged(route))),
            address::listen_to_visibility(move || {
                looked.emit(Action::Saving(SavingAction::TabFocused))
            }),
            address::guard(unsaved),
            keyboard::listen(move |press| {
                let state = store.clone();
                let (editor, route) = (state.0.editor.clone(), state.0.route);
                drop(state);
                let on_text = matches!(route, Route::Article(_) | Route::Library);
                let meaning = shortcuts::meaning_of(&press, editor.as_deref(), !on_text);
                let key_use = match meaning {
                    Some(_) => KeyUse::Used,
                    None => KeyUse::Unused,
                };
                match meaning {
                    Some(Meaning::Act(action)) => {
                        if action == Action::Selection(SelectionAction::Escaped) {
                            back_to_the_words(editor.as_ref());
                            // With nothing left to leave, the keys are nobody's again.
                            if editor.as_ref().is_some_and(|editor| editor.is_idle()) {
                                focus::remove();
                            }
                        }
                        pressed.emit(action);
                    }
                    Some(Meaning::Search) => {
                        pressed.emit(Action::Panel(PanelAction::TabShown(PanelTab::Marks)));
                        focus::and_select(SEARCH);
                        // Where the panel shows something else, it is there a moment later.
                        if !focus::is_on(SEARCH) {
                            clock::after(30, || focus::and_select(SEARCH)).forget();
                        }
                    }
                    Some(Meaning::AllTags) => {
                        dom::click_first(&[".card .more-tags", ".palette .more-tags"])
                    }
                    Some(Meaning::Card) => focus::element(".card-tags button"),
                    Some(Meaning::Words) => {
                        let place = editor.as_ref().and_then(|editor| place_in_view(editor));
                        if let Some(at) = place.or_else(selection::first_in_view) {
                            pressed.emit(Action::Selection(SelectionAction::WordsStarted(at)));
                        }
                    }
                    None => {}
                }
                key_use
            }),
        ];
        let minutes = clock::every_minute(move || ticked.emit(Action::MinutePassed));
        move || drop((listeners, minutes))
    });
}

/// Where the keys were last, if it is in view.
fn place_in_view(editor: &Editor) -> Option<Utf16Offset> {
    let offsets = editor.document().article().offsets();
    let at = offsets.utf16(editor.cursor?.start())?;
    selection::is_in_view(at).then_some(at)
}

/// Gives the focus to the place that one came from, or to what is new, when another screen
/// takes the place of what had it.
#[hook]
fn use_focus_of_screens(state: &State) {
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
        let same = before.article() == route.article();
        let selector = match (before, *route) {
            (Route::Codebook(_), Route::Article(_)) if same => ".palette .edit-codebook".to_owned(),
            (Route::Export(_), Route::Article(_)) if same => ".bar .export-as".to_owned(),
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
        // A phone has no palette to come back to.
        if focus::is_lost() {
            focus::without_scrolling("article");
        }
    });
}

/// Notices that are no alarm go by themselves after a while.
#[hook]
fn use_timed_notices(state: &State, on: &Callback<Action>) {
    let newest = state
        .notices
        .iter()
        .rev()
        .find(|notice| notice.kind == NoticeKind::Information);
    let on = on.clone();
    use_effect_with(newest.map(|notice| notice.number), move |newest| {
        let timer =
            newest.map(|_| clock::after(NOTICE_LIFE + 200, move || on.emit(Action::MinutePassed)));
        move || drop(timer)
    });
}

/// Escape leaves the card: the focus goes to the mark that it was about.
fn back_to_the_words(editor: Option<&Rc<Editor>>) {
    let spot =
        editor.and_then(|editor| MarkLocation::new(editor.chosen()?, editor.document().article()));
    if let Some(spot) = spot {
        focus::mark(&spot);
    }
}

/// Takes over what was asked for on the page that stood here before.
#[hook]
fn use_first_page(on: &Callback<Action>) {
    let on = on.clone();
    // Effects of children come first: the text box has its text by now.
    use_effect_with((), move |()| {
        first_page::leave(move |asked| {
            on.emit(match asked {
                first_page::EarlyRequest::File(file) => intake::action_of(file),
                first_page::EarlyRequest::Text(text) => {
                    Action::Library(LibraryAction::TextPasted(text))
                }
                first_page::EarlyRequest::Sample => Action::Library(LibraryAction::SampleRequested),
            });
        });
    });
}

/// What the browser should know of the open article.
#[hook]
fn use_facts(state: &State) {
    let document = state
        .editor
        .as_ref()
        .map(|editor| editor.document().clone());
    use_effect_with(document.clone(), |document| {
        crash::remember(document.clone())
    });
    // Of the screen that is shown: a key on an article does not go through the library.
    let colours: Vec<Colour> = match (&document, state.route) {
        (Some(document), Route::Article(_) | Route::Codebook(_) | Route::Export(_)) => {
            let tags = document.codebook().tags().iter();
            let colours = tags.map(|tag| tag.colour);
            // The codebook's screen offers more.
            let offered = matches!(state.route, Route::Codebook(_));
            let offered = PALETTE.iter().copied().filter(|_| offered);
            colours.chain(offered).collect()
        }
        _ => {
            let lines = state.library.live();
            let counts = lines.iter().flat_map(|line| &line.counts);
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
