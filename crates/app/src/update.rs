//! What each action makes of the state.

use crate::action::Action;
use crate::codebook::action::CodebookAction;
use crate::editor::action::{HistoryAction, MarkAction, PanelAction, SelectionAction};
use crate::editor::state::Editor;
use crate::effect::Effect;
use crate::library::read_purpose::ReadPurpose;
use crate::notice::{NOTICE_LIFE, Notice};
use crate::route::Route;
use crate::stamp::Stamp;
use crate::state::State;
use std::rc::Rc;

impl State {
    /// The state after `action`, which happened at `stamp`. Pure: the same
    /// arguments always give the same state.
    #[must_use]
    pub fn update(&self, action: Action, stamp: Stamp) -> Self {
        let mut state = self.clone();
        state.now = stamp.now;
        let is_old = |notice: &Notice| stamp.now.since(notice.at) >= u64::from(NOTICE_LIFE);
        state
            .notices
            .retain(|notice| notice.alarm || !is_old(notice));
        state.act(action, stamp);
        state
    }

    fn act(&mut self, action: Action, stamp: Stamp) {
        let works_in_preview = works_in_preview(&action);
        match action {
            Action::MinutePassed => {}
            Action::WidthChanged { narrow } => self.width_changed(narrow),
            Action::EffectsTaken(number) => self.effects.retain(|(other, _)| *other > number),
            Action::RouteChanged(route) => self.go(route),
            Action::RouteRequested(route) => self.request(Effect::Go(route)),
            Action::NoticeDismissed(number) => {
                self.notices.retain(|notice| notice.number != number);
            }
            Action::TextCopied(result) => self.text_copied(result),
            Action::FileNotWritten(reason) => self.not_written(&reason),
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
            self.announce("This is an earlier state: bring it back, or go back to the present one");
            return None;
        }
        Some(editor)
    }

    /// Hides the side panel while the window is too narrow for it. A panel that the user closed
    /// stays closed.
    fn width_changed(&mut self, narrow: bool) {
        self.narrow = narrow;
        let is_open = self.editor.as_ref().is_some_and(|editor| editor.panel.open);
        let turns = if narrow {
            is_open
        } else {
            self.tucked && !is_open
        };
        self.tucked = narrow && is_open;
        if let Some(editor) = self.editor.clone().filter(|_| turns) {
            self.with_panel(&editor, |panel| panel.open = !panel.open);
        }
    }

    fn go(&mut self, route: Route) {
        if route == self.route {
            return;
        }
        let before = std::mem::replace(&mut self.route, route);
        let is_near = |notice: &Rc<Notice>| {
            // Offers that are about the article that was shown.
            let mut offers = notice.offers.iter();
            !offers.any(|it| {
                matches!(
                    *it.action,
                    Action::Codebook(CodebookAction::Edited(_))
                        | Action::History(HistoryAction::UndoOf { .. })
                )
            })
        };
        self.notices.retain(is_near);
        self.left_the_export(before);
        if route.article().is_some() && route.article() == before.article() {
            if let Some(editor) = self.editor.clone() {
                self.choose(&editor, crate::editor::state::Selection::Nothing);
            }
            self.came_to_the_export();
            return;
        }
        self.missing = None;
        self.close_editor();
        if route == Route::Library {
            self.request(Effect::ReadShelter);
        }
        if let Some(id) = route.article()
            && !self.open_at_hand(id)
        {
            self.request(Effect::ReadDocument(id, ReadPurpose::Open));
        }
        self.came_to_the_export();
    }

    /// Puts the open article away. Its journal stays at hand while the storage has not
    /// confirmed everything.
    pub(crate) fn close_editor(&mut self) {
        if let Some(editor) = self.editor.take() {
            self.let_go(editor.document().article().id);
        }
    }

    /// Opens an article whose journal is at hand.
    pub(crate) fn open_at_hand(&mut self, id: pullquote_core::model::id::Id) -> bool {
        let Some(journal) = self.journals.get(&id) else {
            return false;
        };
        let mut editor = Editor::new(journal.history().clone());
        editor.panel.open = !self.narrow;
        self.tucked = self.narrow;
        self.editor = Some(Rc::new(editor));
        true
    }

    /// Says whether a text went to the clipboard.
    fn text_copied(&mut self, result: Result<(), String>) {
        match result {
            Ok(()) => self.announce("Copied"),
            Err(reason) => {
                let sentence = format!("It was not copied: {reason}");
                self.notify(true, sentence, Vec::new());
            }
        }
    }
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
        // These do not need the open article, or see to it themselves.
        Action::MinutePassed
        | Action::WidthChanged { .. }
        | Action::EffectsTaken(_)
        | Action::RouteChanged(_)
        | Action::RouteRequested(_)
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
