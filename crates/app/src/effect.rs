//! What the app wants done outside.

use crate::backup::state::BackupSource;
use crate::editor::mark_location::MarkLocation;
use crate::export::settings::ExportSettings;
use crate::library::read_purpose::ReadPurpose;
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
    /// Give the user the file of a document; answer whether the browser took it. Where the
    /// storage has this very state, the number and the identity of its last journal entry.
    Export(Rc<Document>, Option<(u64, Option<JournalHead>)>),
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
