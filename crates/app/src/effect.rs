//! Effects: what the app wants done outside.

use crate::backup::state::BackupSource;
use crate::editor::mark_location::MarkLocation;
use crate::export::settings::ExportSettings;
use crate::library::read_purpose::ReadPurpose;
use crate::library::view::LibraryOrder;
use crate::route::Route;
use crate::saving::ticket::Ticket;
use crate::store::change::StoreChange;
use pullquote_core::edit::journal_entry::{JournalEntry, JournalHead};
use pullquote_core::model::article::Article;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::text::offset::Utf16Offset;
use std::ops::Range;
use std::rc::Rc;

/// One thing to be done outside. Each is done once, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read the library.
    ReadLibrary,
    /// Read the library entry of one article.
    ReadEntry(Id),
    /// Read one document.
    ReadDocument {
        /// The article.
        id: Id,
        /// What it is read for.
        purpose: ReadPurpose,
    },
    /// Read the new entries of a journal.
    ReadNewEntries {
        /// The article.
        article: Rc<Article>,
        /// The number of the last known entry.
        after: u64,
    },
    /// Read older entries of a journal.
    ReadOlderEntries {
        /// The article.
        article: Rc<Article>,
        /// The number of the first known entry.
        before: u64,
    },
    /// Put an entry into the pending log at once, until it is saved.
    LogPending {
        /// The article.
        article: Rc<Article>,
        /// The entry.
        entry: Rc<JournalEntry>,
    },
    /// Remove an entry from the pending log: it has no effect any more.
    ForgetPending {
        /// The article.
        article: Id,
        /// The entry.
        entry: Id,
    },
    /// Save changes, all or none, and answer with the ticket.
    Save {
        /// The ticket.
        ticket: Ticket,
        /// The changes, in order.
        changes: Vec<Rc<StoreChange>>,
    },
    /// Write an article to a Pullquote file, and answer whether the browser took it.
    WriteArticleFile {
        /// The document.
        document: Rc<Document>,
        /// If the storage has the document in this state: the number and the head of its journal.
        stored: Option<(u64, Option<JournalHead>)>,
    },
    /// Build a dataset, instead of the one that is being built, and answer with the number.
    BuildDataset {
        /// The number of the run.
        number: u64,
        /// The settings.
        settings: Box<ExportSettings>,
        /// The document, with the marks that are exported if not all are; `None` means the library.
        source: Option<(Rc<Document>, Option<Vec<Id>>)>,
        /// Whether it is downloaded, instead of only shown as a preview.
        download: bool,
    },
    /// Stop building the dataset.
    StopDataset,
    /// Write the whole library to a backup file.
    WriteBackup,
    /// Compare a backup with the library.
    SurveyBackup(BackupSource),
    /// Restore a backup.
    RestoreBackup(BackupSource),
    /// Download the records that were set aside, or all records of one article.
    DownloadRecords(Option<Id>),
    /// Read what the browser reports on its storage.
    ReadStorageStatus,
    /// Ask the browser to keep the storage.
    Persist,
    /// Read the state of the backup folder.
    ReadFolder,
    /// Let the user choose the backup folder.
    ChooseFolder,
    /// Let the browser ask the user for permission to write to the backup folder.
    AllowFolder,
    /// Forget the backup folder. Its files stay.
    ForgetFolder,
    /// Write articles to the backup folder whose files are missing or out of date.
    UpdateFolder,
    /// Measure the journal of an article.
    MeasureJournal(Id),
    /// Go to another screen.
    ChangeRoute(Route),
    /// Print the article that is shown, or about to be, once all of it is drawn.
    Print(Rc<Article>),
    /// Scroll a mark into view.
    RevealMark(MarkLocation),
    /// Scroll words of the text into view.
    RevealWords(Range<Utf16Offset>),
    /// If the focus is lost, give it to this mark, or to the article.
    Focus(Option<MarkLocation>),
    /// Read the codebook for new articles.
    ReadDefaultCodebook,
    /// Read the codebooks that ship.
    ReadShippedCodebooks,
    /// Save the codebook for new articles; `None` means the news codebook.
    SaveDefaultCodebook(Option<Rc<Codebook>>),
    /// Read the order in which the library was sorted last.
    ReadLibraryOrder,
    /// Save the order in which the library is sorted.
    SaveLibraryOrder(LibraryOrder),
    /// Read the ids of the formats that were exported last.
    ReadRecentFormats,
    /// Save the ids of the formats that were exported last.
    SaveRecentFormats(Vec<&'static str>),
    /// Copy a text to the clipboard.
    CopyText(String),
    /// Download a file.
    DownloadFile {
        /// Its name.
        name: String,
        /// Its media type.
        media_type: &'static str,
        /// Its content.
        text: String,
    },
}
