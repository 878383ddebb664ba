//! Updates: from a state and an action to the next state.

use crate::action::Action;
use crate::browser_reason::BrowserReason;
use crate::codebook::action::CodebookAction;
use crate::editor::action::{HistoryAction, MarkAction, PanelAction, SelectionAction};
use crate::editor::state::Editor;
use crate::editor::state::Selection;
use crate::effect::Effect;
use crate::library::read_purpose::ReadPurpose;
use crate::messages::{editor, export};
use crate::notice::{NOTICE_LIFE, Notice, NoticeKind};
use crate::route::Route;
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::model::id::Id;
use std::rc::Rc;

impl State {
    /// The state after `action`, which happened at `stamp`; `None` if the action changes nothing
    /// that is shown or remembered. Pure: the same arguments always give the same state.
    #[must_use]
    pub fn update(&self, action: Action, stamp: Stamp) -> Option<Self> {
        let shows_time = matches!(action, Action::MinutePassed) && self.shows_time();
        let mut state = self.clone();
        state.now = stamp.now;
        let is_old = |notice: &Notice| {
            notice.kind == NoticeKind::Information
                && stamp.now.since(notice.at) >= u64::from(NOTICE_LIFE)
        };
        state.notices.retain(|notice| !is_old(notice));
        state.act(action, stamp);
        (shows_time || !self.is_same_but_for_time(&state)).then_some(state)
    }

    /// Whether the screen shows how long ago something was.
    fn shows_time(&self) -> bool {
        match self.route {
            Route::Library => true,
            // The bar shows when the open article was last copied.
            Route::Article(_) | Route::Codebook(_) | Route::Export(_) => self.editor.is_some(),
            Route::ExportAll | Route::Codebooks => false,
        }
    }

    /// Whether `other`, which one action made of `self`, is equal except for its time.
    ///
    /// Shared parts are compared by their addresses, and lists of which an action can only add
    /// with a new number or remove by their lengths: a part that was made anew counts as another.
    fn is_same_but_for_time(&self, other: &Self) -> bool {
        // All fields are named, so that a new one cannot be forgotten.
        let Self {
            route,
            now: _,
            library,
            library_view,
            editor,
            missing,
            notices,
            under_way,
            announcement,
            save_queue,
            backup_progress,
            export,
            storage_status,
            folder,
            set_aside,
            has_asides,
            default_codebook,
            shipped_codebooks,
            shows_help,
            narrow,
            panel_closed_by_width,
            journals,
            changed_entries,
            in_doubt,
            listed_before,
            closed,
            asked_to_persist,
            effects,
            counter,
        } = self;
        *counter == other.counter
            && *route == other.route
            && *library_view == other.library_view
            && *shows_help == other.shows_help
            && *narrow == other.narrow
            && *panel_closed_by_width == other.panel_closed_by_width
            && *has_asides == other.has_asides
            && *listed_before == other.listed_before
            && *closed == other.closed
            && *asked_to_persist == other.asked_to_persist
            && *announcement == other.announcement
            && *missing == other.missing
            && effects.len() == other.effects.len()
            && is_shared_list(notices, &other.notices)
            && *under_way == other.under_way
            && *backup_progress == other.backup_progress
            && *storage_status == other.storage_status
            && *folder == other.folder
            && *set_aside == other.set_aside
            && *changed_entries == other.changed_entries
            && *in_doubt == other.in_doubt
            && save_queue.is_as_long_as(&other.save_queue)
            && Rc::ptr_eq(export, &other.export)
            && is_shared(default_codebook.as_ref(), other.default_codebook.as_ref())
            && shipped_codebooks.as_ref().map(|all| all.len())
                == other.shipped_codebooks.as_ref().map(|all| all.len())
            && library.is_shared_with(&other.library)
            && is_shared(editor.as_ref(), other.editor.as_ref())
            && journals.len() == other.journals.len()
            && journals
                .iter()
                .zip(&other.journals)
                .all(|((id, journal), (other_id, other))| {
                    id == other_id && journal.is_as_long_as(other)
                })
    }

    fn act(&mut self, action: Action, stamp: Stamp) {
        let works_in_preview = works_in_preview(&action);
        match action {
            Action::MinutePassed => {}
            Action::WidthChanged { narrow } => self.width_changed(narrow),
            Action::EffectsTaken(number) => self.effects.retain(|(other, _)| *other > number),
            Action::RouteChanged(route) => self.go(route),
            Action::RouteRequested(route) => self.request(Effect::ChangeRoute(route)),
            Action::HelpRequested => self.shows_help = true,
            Action::HelpClosed => self.shows_help = false,
            Action::NoticeDismissed(number) => {
                self.notices.retain(|notice| notice.number != number);
            }
            Action::TextCopied(result) => self.text_copied(result),
            Action::FileNotWritten(reason) => self.alarm(export::file_not_written(&reason)),
            Action::Library(action) => self.library_action(action, stamp),
            Action::Saving(action) => self.saving_action(action, stamp),
            Action::Codebook(action) => self.codebook_action(action, stamp),
            Action::Export(action) => self.export_action(action),
            Action::Backup(action) => self.backup_action(action),
            Action::History(HistoryAction::Undo) if self.route == Route::Library => {
                self.restore_latest();
            }
            Action::Selection(action) => {
                if let Some(editor) = self.editor_for(works_in_preview) {
                    self.selection_action(&editor, action, stamp);
                }
            }
            Action::Mark(action) => {
                if let Some(editor) = self.editor_for(works_in_preview) {
                    self.mark_action(&editor, action, stamp);
                }
            }
            Action::Entity(action) => {
                if let Some(editor) = self.editor_for(works_in_preview) {
                    self.entity_action(&editor, action, stamp);
                }
            }
            Action::Review(action) => {
                if let Some(editor) = self.editor_for(works_in_preview) {
                    self.review_action(&editor, action, stamp);
                }
            }
            Action::Panel(action) => {
                if let Some(editor) = self.editor_for(works_in_preview) {
                    self.panel_action(&editor, action);
                }
            }
            Action::Ledger(action) => {
                if let Some(editor) = self.editor_for(works_in_preview) {
                    self.ledger_action(&editor, action);
                }
            }
            Action::History(action) => {
                if let Some(editor) = self.editor_for(works_in_preview) {
                    self.history_action(&editor, action, stamp);
                }
            }
        }
    }

    /// The open article. While an earlier state is shown, only if the action works there: else
    /// this says so and returns `None`.
    fn editor_for(&mut self, works_in_preview: bool) -> Option<Rc<Editor>> {
        match works_in_preview {
            true => self.editor.clone(),
            false => self.editor_without_preview(),
        }
    }

    /// The open article, unless an earlier state is shown: then this says so and returns `None`.
    pub(crate) fn editor_without_preview(&mut self) -> Option<Rc<Editor>> {
        let editor = self.editor.clone()?;
        if editor.preview.is_some() {
            self.inform(editor::IS_PREVIEW);
            return None;
        }
        Some(editor)
    }

    /// Hides the side panel while the window is too narrow for it. A panel that the user closed
    /// stays closed.
    fn width_changed(&mut self, narrow: bool) {
        self.narrow = narrow;
        let is_open = self.editor.as_ref().is_some_and(|editor| editor.panel.open);
        let toggles = if narrow {
            is_open
        } else {
            self.panel_closed_by_width && !is_open
        };
        self.panel_closed_by_width = narrow && is_open;
        if let Some(editor) = self.editor.clone().filter(|_| toggles) {
            self.with_panel(&editor, |panel| panel.open = !panel.open);
        }
    }

    fn go(&mut self, route: Route) {
        if route == self.route {
            return;
        }
        let before = std::mem::replace(&mut self.route, route);
        self.shows_help = false;
        self.request_codebooks(route);
        self.notices.retain(|notice| !notice.is_about_file);
        // These are about the article that was shown.
        self.withdraw_offers(|offered| {
            matches!(
                offered,
                Action::Codebook(CodebookAction::Edited(_))
                    | Action::History(HistoryAction::UndoOf { .. })
            )
        });
        self.export_screen_left(before);
        if route.article().is_some() && route.article() == before.article() {
            if let Some(editor) = self.editor.clone() {
                self.choose(&editor, Selection::Nothing);
            }
            self.export_screen_shown();
            return;
        }
        self.missing = None;
        self.close_editor();
        if route == Route::Library {
            self.request(Effect::ReadStorageStatus);
        }
        if let Some(id) = route.article()
            && !self.open_from_memory(id)
        {
            self.request(Effect::ReadDocument {
                id,
                purpose: ReadPurpose::Open,
            });
        }
        self.export_screen_shown();
    }

    /// Closes the open article. Its journal stays in memory until the storage has confirmed
    /// everything.
    pub(crate) fn close_editor(&mut self) {
        if let Some(editor) = self.editor.take() {
            self.drop_saved_journal(editor.document().article().id);
        }
    }

    /// Opens an article whose journal is in memory; returns `false` if it is not.
    pub(crate) fn open_from_memory(&mut self, id: Id) -> bool {
        let Some(journal) = self.journals.get(&id) else {
            return false;
        };
        let mut editor = Editor::new(journal.history().clone());
        editor.panel.open = !self.narrow;
        self.panel_closed_by_width = self.narrow;
        self.editor = Some(Rc::new(editor));
        true
    }

    /// Says whether a text is in the clipboard.
    fn text_copied(&mut self, result: Result<(), BrowserReason>) {
        match result {
            Ok(()) => self.inform(export::COPIED),
            Err(reason) => self.alarm(export::not_copied(&reason)),
        }
    }
}

/// Whether both are the same allocation, or neither is there.
fn is_shared<T>(one: Option<&Rc<T>>, other: Option<&Rc<T>>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => Rc::ptr_eq(one, other),
        (None, Some(_)) | (Some(_), None) => false,
    }
}

/// Whether both lists have the same allocations in the same order.
fn is_shared_list<T>(one: &[Rc<T>], other: &[Rc<T>]) -> bool {
    let mut pairs = one.iter().zip(other);
    one.len() == other.len() && pairs.all(|(one, other)| Rc::ptr_eq(one, other))
}

/// Whether an action works on the open article while an earlier state of it is shown.
fn works_in_preview(action: &Action) -> bool {
    match action {
        Action::Selection(action) => {
            matches!(action, SelectionAction::Cleared | SelectionAction::Escaped)
        }
        Action::Panel(action) => {
            matches!(action, PanelAction::Toggled | PanelAction::TabShown(_))
        }
        Action::History(action) => matches!(
            action,
            HistoryAction::PreviewShown(_)
                | HistoryAction::PreviewRestored
                | HistoryAction::OlderRequested
        ),
        Action::Mark(action) => matches!(action, MarkAction::EditingFinished),
        Action::Ledger(_) => true,
        Action::Entity(_) | Action::Review(_) => false,
        // These do not need the open article, or check it themselves.
        Action::MinutePassed
        | Action::WidthChanged { .. }
        | Action::EffectsTaken(_)
        | Action::RouteChanged(_)
        | Action::RouteRequested(_)
        | Action::HelpRequested
        | Action::HelpClosed
        | Action::NoticeDismissed(_)
        | Action::TextCopied(_)
        | Action::FileNotWritten(_)
        | Action::Library(_)
        | Action::Saving(_)
        | Action::Codebook(_)
        | Action::Export(_)
        | Action::Backup(_) => true,
    }
}
