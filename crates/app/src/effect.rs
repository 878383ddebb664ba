//! What the app wants done outside.

use crate::backup::state::BackupSource;
use crate::editor::mark_location::MarkLocation;
use crate::export::settings::ExportSettings;
use crate::library::read_purpose::ReadPurpose;
use crate::route::Route;
use pullquote_core::edit::journal_entry::{JournalEntry, JournalHead};
use pullquote_core::edit::merge::ChangeTimes;
use pullquote_core::model::article::Article;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::offset::Utf16Offset;

use std::ops::Range;
use std::rc::Rc;

/// Names one wish to keep something; the storage answers with the same.
pub type Ticket = u64;

/// One thing to be done outside. Each is done once, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read the lines of the library.
    ReadShelf,
    /// Read the line of one article again.
    ReadLine(Id),
    /// Read one document.
    ReadDocument(Id, ReadPurpose),
    /// Read what the journal of an article has after this entry.
    ReadLater(Rc<Article>, u64),
    /// Read what the journal of an article has before this entry.
    ReadOlder(Rc<Article>, u64),
    /// Hold an entry at once, until it is kept.
    Hold(Rc<Article>, Rc<JournalEntry>),
    /// Let an entry go that is held: nothing is left of it.
    Release(Id, Id),
    /// Keep these changes, all or none; answer with the ticket.
    Keep(Ticket, Vec<Rc<StoreChange>>),
    /// Give the user the file of a document, in the format of the exporter of this number;
    /// answer whether the browser took it. Where the storage has it as it is, the number and
    /// the link of the last entry in it.
    Export(usize, Rc<Document>, Option<(u64, Option<JournalHead>)>),
    /// Make a dataset of this document (with those of its marks, if not with all), or of the
    /// library, in the stead of what is being made; `true`: give it to the user. Answer with
    /// the number.
    Dataset(
        u64,
        Box<ExportSettings>,
        Option<(Rc<Document>, Option<Vec<Id>>)>,
        bool,
    ),
    /// Break off what is being made.
    StopDataset,
    /// Give the user one file with the whole library.
    BackUp,
    /// See what restoring this backup would do.
    Survey(BackupSource),
    /// Restore this backup.
    Restore(BackupSource),
    /// Give the user the records that were set aside, or all records of one article.
    DownloadRecords(Option<Id>),
    /// Ask the browser what it says of its storage.
    ReadShelter,
    /// Ask the browser to promise that it keeps the storage.
    Persist,
    /// See whether there is a folder to be kept up to date.
    ReadFolder,
    /// Let the user choose that folder.
    ChooseFolder,
    /// Let the browser ask the user whether the folder may be written to.
    AllowFolder,
    /// Forget the folder; what is in it stays.
    LeaveFolder,
    /// Write into the folder what it does not have, before long.
    CopyOut,
    /// Measure the journal of an article.
    Measure(Id),
    /// Go to another screen.
    Go(Route),
    /// Print the article that is shown, or about to be, once all of it is drawn.
    Print(Rc<Article>),
    /// Bring the words of a mark into view.
    Reveal(MarkLocation),
    /// Bring words of the text into view.
    RevealWords(Range<Utf16Offset>),
    /// Give this mark the focus, or the article where there is none, if what had the focus is
    /// gone.
    Focus(Option<MarkLocation>),
    /// See which codebook new articles begin with.
    ReadCodebook,
    /// From now on new articles begin with this codebook; `None`: with that of the news.
    KeepCodebook(Option<Rc<Codebook>>),
    /// Put a text into the clipboard.
    Copy(String),
    /// Give the user a file: its name, media type, text.
    Download(String, &'static str, String),
}

/// One change of what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreChange {
    /// A new article, with its line.
    Add(Rc<Document>, Rc<LibraryEntry>),
    /// One more entry in an article's journal, and the line that the article has then.
    Append(Rc<Article>, Rc<JournalEntry>, Option<Rc<LibraryEntry>>),
    /// An article as of an entry: opening it need not replay the entries before.
    Fold(Rc<Compaction>),
    /// A line of the library.
    Shelve(Rc<LibraryEntry>),
    /// An article was deleted, or brought back.
    Delete(Id, Option<Timestamp>),
    /// A copy of an article left the browser.
    Copied(Id, Timestamp),
    /// What backups say of when the pieces of an article were put in and taken out.
    Trace(Id, Rc<ChangeTimes>),
    /// A record that cannot be read is set aside: the article, its key, its content. It
    /// stays where it is.
    SetAside(Id, String, String),
    /// An article is gone for good.
    Purge(Id),
    /// What was set aside of an article is gone for good.
    Discard(Id),
}

/// An article as of one entry of its journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compaction {
    /// The article with its marks.
    pub document: Rc<Document>,
    /// The number of the entry; 0: none.
    pub number: u64,
    /// The entry, if that is known.
    pub latest: Option<JournalHead>,
    /// The state before this, which stays; those before it go.
    pub before: u64,
    /// Records that could not be read, each with its key: they are set aside.
    pub damaged: Vec<(String, String)>,
}

impl StoreChange {
    /// The article that is changed.
    #[must_use]
    pub fn article(&self) -> Id {
        match self {
            Self::Add(document, _) => document.article().id,
            Self::Append(article, ..) => article.id,
            Self::Fold(fold) => fold.document.article().id,
            Self::Shelve(line) => line.id,
            Self::Delete(id, _) | Self::Copied(id, _) => *id,
            Self::Trace(id, _) | Self::SetAside(id, ..) => *id,
            Self::Purge(id) | Self::Discard(id) => *id,
        }
    }
}
