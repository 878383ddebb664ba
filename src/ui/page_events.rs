//! What happens on the page as a whole: keys, the address, other tabs, the clock, and the
//! window's width, as actions.

use crate::browser::page::address::Leaving;
use crate::browser::page::keyboard::KeyUse;
use crate::browser::page::viewport::WindowWidth;
use crate::browser::page::{address, display, dom, focus, keyboard, selection, text_box, viewport};
use crate::browser::storage::closing;
use crate::browser::{channel, clock};
use crate::ui::shortcuts::{KeyMeaning, meaning_of};
use crate::ui::store::Store;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{PanelAction, SelectionAction};
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_app::editor::state::{Editor, PanelTab};
use pullquote_app::route::Route;
use pullquote_app::saving::action::SavingAction;
use pullquote_app::saving::state::SavedState;
use pullquote_core::text::offset::Utf16Offset;
use yew::prelude::*;

/// The search box of the list of marks.
const SEARCH: &str = "#marks-search";

/// How long after the panel is shown its search box is there, in milliseconds.
const PANEL_DELAY: u32 = 30;

/// Listens to the page for as long as the app runs.
///
/// The meaning of a key depends on the state at the time when it is pressed, not on the state
/// that was drawn last: a fast coder is ahead of a slow screen.
#[hook]
pub(crate) fn use_page_events(store: &UseReducerHandle<Store>, on: &Callback<Action>) {
    let (store, on) = (store.clone(), on.clone());
    use_effect_with((), move |()| {
        let on_closed = on.clone();
        closing::listen(move || on_closed.emit(Action::Saving(SavingAction::StorageClosed)));
        let on_tab = on.clone();
        channel::listen(move |id| on_tab.emit(Action::Saving(SavingAction::OtherTabChanged(id))));
        let (on_width, on_route, on_focus) = (on.clone(), on.clone(), on.clone());
        let listeners = vec![
            viewport::listen_to_width(move |width| {
                let narrow = width == WindowWidth::Narrow;
                on_width.emit(Action::WidthChanged { narrow });
            }),
            address::listen(move |route| on_route.emit(Action::RouteChanged(route))),
            address::listen_to_visibility(move || {
                on_focus.emit(Action::Saving(SavingAction::TabFocused))
            }),
            address::guard(on_leaving(store.clone())),
            keyboard::listen(key_handler(store, on.clone())),
        ];
        let minutes = clock::every_minute(move || on.emit(Action::MinutePassed));
        move || drop((listeners, minutes))
    });
}

/// Whether leaving the page now would lose something. A text that is not an article yet exists
/// only in its box.
fn on_leaving(store: UseReducerHandle<Store>) -> impl Fn() -> Leaving + 'static {
    // A clone of the handle sees the newest state. Keeping that clone would keep the state.
    move || {
        let is_saved = store.clone().0.saved_state() == SavedState::Saved;
        match is_saved && !text_box::has_text("#article-text") {
            true => Leaving::Safe,
            false => Leaving::LosesWork,
        }
    }
}

/// Carries out the meaning of a key, and returns whether it has one.
fn key_handler(
    store: UseReducerHandle<Store>,
    on: Callback<Action>,
) -> impl Fn(keyboard::Press) -> KeyUse + 'static {
    move |press| {
        let newest = store.clone();
        let (editor, route) = (newest.0.editor.clone(), newest.0.route);
        let shows_help = newest.0.shows_help;
        drop(newest);
        // Nothing behind the help hears the keys.
        if shows_help {
            let closes = matches!(press.key.as_str(), "Escape" | "?");
            if closes {
                on.emit(Action::HelpClosed);
            }
            return if closes { KeyUse::Used } else { KeyUse::Unused };
        }
        // The browser closes the sheet, if the key is left to it.
        if press.key == "Escape" && display::is_sheet_open() {
            return KeyUse::Unused;
        }
        let has_text = matches!(route, Route::Article(_) | Route::Library);
        let Some(meaning) = meaning_of(&press, editor.as_deref(), !has_text) else {
            return KeyUse::Unused;
        };
        carry_out(meaning, editor.as_deref(), &on);
        KeyUse::Used
    }
}

fn carry_out(meaning: KeyMeaning, editor: Option<&Editor>, on: &Callback<Action>) {
    match meaning {
        KeyMeaning::Act(action) => {
            if matches!(action, Action::Selection(SelectionAction::Escaped)) {
                focus_chosen_mark(editor);
                // With nothing left to leave, no element keeps the focus.
                if editor.is_some_and(|editor| editor.is_idle()) {
                    focus::remove();
                }
            }
            on.emit(action);
        }
        KeyMeaning::Search => {
            on.emit(Action::Panel(PanelAction::TabShown(PanelTab::Marks)));
            focus::and_select(SEARCH);
            // If the panel was closed or showed another tab, the box is not there yet.
            if !focus::is_on(SEARCH) {
                clock::after(PANEL_DELAY, || focus::and_select(SEARCH)).forget();
            }
        }
        KeyMeaning::AllTags => dom::click_first(&[".card .more-tags", ".palette .more-tags"]),
        KeyMeaning::CardOnly => focus::without_scrolling(".card"),
        KeyMeaning::Note => {
            dom::click_first(&[".card .write-note"]);
            focus::element(".field-note textarea");
        }
        KeyMeaning::Card => focus::element(".card-tags button"),
        KeyMeaning::Words => {
            let start = editor
                .and_then(start_in_view)
                .or_else(selection::first_in_view);
            if let Some(start) = start {
                on.emit(Action::Selection(SelectionAction::WordsStarted(start)));
            }
        }
    }
}

/// Where the keys selected last, if that is visible.
fn start_in_view(editor: &Editor) -> Option<Utf16Offset> {
    let offsets = editor.document().article().offsets();
    let start = offsets.utf16(editor.cursor?.start())?;
    selection::is_in_view(start).then_some(start)
}

/// Moves the focus from the card to its mark in the text.
fn focus_chosen_mark(editor: Option<&Editor>) {
    let location =
        editor.and_then(|editor| MarkLocation::new(editor.chosen()?, editor.document().article()));
    if let Some(location) = location {
        focus::mark(&location);
    }
}
