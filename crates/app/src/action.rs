//! Everything that can happen: one enum, nested by feature.
//!
//! Each feature matches its own actions exhaustively, so that an action that nobody handles
//! does not compile.

use crate::backup::action::BackupAction;
use crate::browser_reason::BrowserReason;
use crate::codebook::action::CodebookAction;
use crate::editor::action::{
    EntityAction, HistoryAction, LedgerAction, MarkAction, PanelAction, ReviewAction,
    SelectionAction,
};
use crate::export::action::ExportAction;
use crate::library::action::LibraryAction;
use crate::route::Route;
use crate::saving::action::SavingAction;

/// One thing that happened: a click, a key, a file that was read, an answer of the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A minute passed.
    MinutePassed,
    /// The window became too narrow for a side panel, or wide enough again.
    WidthChanged {
        /// Whether it is too narrow.
        narrow: bool,
    },
    /// The effects up to this number are being performed.
    EffectsTaken(u64),
    /// The address changed.
    RouteChanged(Route),
    /// The user wants another screen.
    RouteRequested(Route),
    /// The user wants the help.
    HelpRequested,
    /// The user closed the help.
    HelpClosed,
    /// The user closed the notice with this number.
    NoticeDismissed(u64),
    /// The browser copied a text to the clipboard, or refused and says why.
    TextCopied(Result<(), BrowserReason>),
    /// The browser did not take a file; it says why.
    FileNotWritten(BrowserReason),
    /// The library: articles are added, renamed, deleted.
    Library(LibraryAction),
    /// Saving, and other tabs.
    Saving(SavingAction),
    /// What the user points at in the open article.
    Selection(SelectionAction),
    /// Marks, their answers and their relations.
    Mark(MarkAction),
    /// Which marks mention the same entity.
    Entity(EntityAction),
    /// The review of more occurrences of a mark.
    Review(ReviewAction),
    /// The side panel.
    Panel(PanelAction),
    /// The table of the marks of one tag.
    Ledger(LedgerAction),
    /// Undo, redo, earlier states, the coder's name.
    History(HistoryAction),
    /// The codebook of the open article.
    Codebook(CodebookAction),
    /// Datasets, the article's file, printing.
    Export(ExportAction),
    /// Backups, the backup folder, the browser's storage.
    Backup(BackupAction),
}
