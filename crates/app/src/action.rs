//! Everything that can happen.

use crate::backup::restore::{BackupSummary, RestoreReport};
use crate::backup::state::{BackupSource, Folder, FolderUpdate, StorageStatus};
use crate::codebook::codebook_edit::CodebookEdit;
use crate::editor::state::PanelTab;
use crate::effect::Ticket;
use crate::export::settings::{DatasetSummary, ExportChange};
use crate::library::incoming::Incoming;
use crate::route::Route;
use crate::store::article::{JournalTail, LoadedArticle};
use crate::store::library::Listing;
use crate::store::records::StoreError;
use pullquote_core::analysis::occurrences::WordMatching;
use pullquote_core::edit::commands::marks::MarkEnd;
use pullquote_core::edit::commands::recoding::{CodebookPart, Decision};
use pullquote_core::edit::journal_entry::{EntryStamp, JournalEntry};
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::Value;
use pullquote_core::text::offset::Utf16Offset;
use pullquote_core::text::snapping::MoveDirection;

use std::ops::Range;
use std::rc::Rc;

/// When something happened, and ten bytes that nothing else has: time and
/// randomness enter only here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When.
    pub now: Timestamp,
    /// Random.
    pub random: [u8; 10],
}

impl Stamp {
    /// The name of the entry that is made with this stamp. It takes no id of
    /// [`Stamp::id`].
    #[must_use]
    pub fn seal(&self) -> EntryStamp {
        EntryStamp {
            id: self.id(u32::MAX),
            at: self.now,
        }
    }

    /// The `number`-th id of this stamp; each is unique.
    #[must_use]
    pub fn id(&self, number: u32) -> Id {
        let mut random = self.random;
        for (byte, add) in random[6..].iter_mut().zip(number.to_be_bytes()) {
            *byte = byte.wrapping_add(add);
        }
        Id::new(u64::try_from(self.now.0).unwrap_or(0), &random)
    }
}

/// How words that are swept by the keys move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordMove {
    /// To the next word, or the one before.
    Word(MoveDirection),
    /// The end reaches a word further, or less far.
    Reach(MoveDirection),
    /// To the first word of the next block, or of the one before.
    Block(MoveDirection),
}

/// What a document is read from the storage for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadPurpose {
    /// To work on it.
    Open,
    /// To make its line in the library anew.
    List,
    /// To call it by another title.
    Rename(String),
    /// To see whether it is the same as one that came in; `true`: which is then shown.
    Compare(Rc<Incoming>, bool),
}

/// One thing that happened: at the pointer, at a key, in a file, in the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A minute passed.
    Tick,
    /// The window has no room for a side panel (it stays away until it is wanted),
    /// or has it again.
    Narrow(bool),
    /// The requests up to this number are in hand.
    Taken(u64),
    /// The address changed.
    Went(Route),
    /// Another screen is wanted.
    Sought(Route),

    /// The library was read.
    ShelfRead(Result<Listing, StoreError>),
    /// The line of one article was read again; `None`: the article is gone.
    LineRead(Id, Result<Option<Box<LibraryEntry>>, StoreError>),
    /// A document was read, or could not be: the sentence says why.
    DocumentRead(Id, ReadPurpose, Result<Box<LoadedArticle>, String>),
    /// The journal of an article was read on from where it was known.
    LaterRead(Id, Result<JournalTail, StoreError>),
    /// The journal of an article was read back from where it was known.
    OlderRead(Id, Result<Vec<Rc<JournalEntry>>, StoreError>),
    /// Another tab changed something of this article.
    Heard(Id),
    /// The tab is looked at again.
    Looked,
    /// The storage confirmed a change, or could not keep it.
    Answered(Ticket, Result<(), StoreError>),
    /// The browser has closed the storage by itself: it could not go on, or the data of the site
    /// was deleted.
    StorageClosed,
    /// Try again to keep what could not be kept.
    KeepAgain,

    /// A file of this name is being read, which may take a while.
    FileBegun(String),
    /// A file was read.
    FileRead {
        /// Its name.
        name: String,
        /// What is in it, or the sentence that says why it was not opened.
        read: Result<Rc<Incoming>, String>,
        /// Whether it came alone: then it is shown at once.
        alone: bool,
    },
    /// A file of this name has a codebook, or one that cannot be used: the sentence says
    /// why.
    BookRead(String, Result<Rc<Codebook>, String>),
    /// A file could not be read at all.
    FileFailed {
        /// Its name.
        name: String,
        /// What the browser says.
        reason: String,
    },
    /// Text was pasted or typed, to become an article.
    Pasted(String),
    /// The sample article is wanted.
    SampleWanted,
    /// An article should have another title.
    Rename(Id, String),
    /// An article should go; it can be brought back.
    DeleteArticle(Id),
    /// An article that is gone from the storage and open here should be kept again.
    KeepAnew(Id),
    /// A deleted article should come back.
    RestoreArticle(Id),
    /// A deleted article should be gone for good.
    PurgeArticle(Id),

    /// Words were swept.
    Swept {
        /// Which, in the units of the DOM.
        range: Range<Utf16Offset>,
        /// Whether exactly these characters are meant (Alt).
        exact: bool,
        /// Whether they are a further piece of the chosen mark (Control, Command).
        more: bool,
    },
    /// Marks were clicked: all that lie there, outer first.
    Pressed(Vec<Id>),
    /// One mark is wanted, from the list or the card. `true`: go to its words.
    Chosen(Id, bool),
    /// Nothing is wanted any more (a click beside the marks).
    Cleared,
    /// What is being done is left, the last first (Escape).
    Escaped,
    /// This tag is armed: every sweep gives it. `None`: none is.
    Armed(Option<Slug>),
    /// A mark answers what its tag asks, or does no more.
    AnswerGiven(Id, Slug, Option<Value>),
    /// The article answers what the codebook asks of it, or does no more.
    QuestionAnswered(Slug, Option<Value>),
    /// The field of the card of this number is asked for, or was answered by this key.
    FieldKeyed(usize),
    /// The other end of a link is looked for; `true`: it goes to the mark.
    LinkBegun(Id, Slug, bool),
    /// The other end is this mark.
    LinkMade(Id),
    /// A relation should go.
    Unlinked(Id),
    /// The next sweep is a further piece of the chosen mark.
    PieceWanted,
    /// The chosen words are a further piece of the mark that was chosen last.
    PieceAdded,
    /// The piece at this place of a mark should go.
    PieceDropped(Id, usize),
    /// The places like a mark should be counted.
    PlacesCounted(Id),
    /// The places like a mark should be looked through.
    ReviewWanted(Id),
    /// They may stand so; `true`: the other names of the member of the cast are looked for
    /// too.
    ReviewAsked(WordMatching, bool),
    /// The place that begins at this byte is wanted, or not.
    ReviewTurned(u32, bool),
    /// All of them are wanted, or none.
    ReviewAll(bool),
    /// Those that are wanted are tagged.
    ReviewTaken,
    /// All marks that are listed get this tag.
    ListRetagged(Slug),
    /// All marks that are listed go.
    ListDeleted,
    /// These marks mention one, called so: this member of the cast, or a new one.
    Gathered(Option<Id>, String, Vec<Id>),
    /// These marks are of no member of the cast any more.
    Parted(Vec<Id>),
    /// The two whom these marks mention are not the same.
    KeptApart(Id, Id),
    /// Whether the two are the same is asked again.
    AskedAgain(Id, Id),
    /// A member of the cast whom no mark mentions should go.
    MemberDropped(Id),
    /// A member of the cast is called so.
    MemberNamed(Id, String),
    /// A member of the cast has this identifier elsewhere.
    MemberReferred(Id, String),
    /// The next of these marks after the chosen one is wanted, or the one before.
    Walked(Vec<Id>, bool),
    /// The ledger is that of this tag.
    TableOf(Slug),
    /// It is sorted by the column of this heading; again: from the end.
    TableSorted(String),
    /// Its rows must have this.
    TableFiltered(String),
    /// The table should go to the clipboard.
    TableCopied,
    /// The table should go into a file.
    TableExported,
    /// The browser took what was to be copied, or did not; why.
    Copied(Result<(), String>),
    /// The browser did not keep which codebook new articles begin with; why.
    NotPreferred(String),
    /// The browser did not take a file; why.
    NotWritten(String),
    /// The next place in the text of what is searched for is wanted, or the one before.
    FoundNext(bool),
    /// The words of a mark or of the text are wanted by the keys alone: from the first that
    /// is seen, at this place of the text.
    WordsBegun(Utf16Offset),
    /// The words that are swept go on by one, or reach further; see [`WordMove`].
    WordsMoved(WordMove),
    /// The codebook should be changed.
    BookEdited(Box<CodebookEdit>),
    /// This is to become of a part of the codebook that a change would delete.
    PartDecided(CodebookPart, Decision),
    /// The change that waits should be made, as it was decided.
    EditConfirmed,
    /// The change that waits should not be made.
    EditCancelled,
    /// New articles begin with this codebook, as was asked before; `None`: with that of the
    /// news.
    CodebookRead(Option<Rc<Codebook>>),
    /// From now on new articles should begin with the codebook of the open one, or with that
    /// of the news again.
    BeginWith(bool),
    /// The codebook should go into a file.
    BookExported,
    /// The chosen words, or the chosen mark, get this tag.
    TagGiven(Slug),
    /// The text box of a mark's note has got the focus.
    NoteBegun(Id),
    /// The chosen mark's note now reads so.
    NoteWritten(Id, String),
    /// The chosen mark is set aside, or taken back.
    FlagTurned(Id),
    /// An end of a mark was dragged here.
    EndDragged {
        /// Which mark.
        id: Id,
        /// Which of its pieces.
        piece: usize,
        /// Which end.
        end: MarkEnd,
        /// Where to.
        to: Utf16Offset,
        /// Whether exactly there (Alt), or to the edge of the word.
        exact: bool,
    },
    /// An end of the chosen mark moves on to the next edge of a word.
    /// That of one piece, by its place, or of the whole mark.
    EndStepped(Option<usize>, MarkEnd, MoveDirection),
    /// What was dragged or typed is done: the next is a step of its own.
    Settled,
    /// A mark should go.
    DeleteMark(Id),
    /// Take back the last step; in the library, the last deletion.
    Undo,
    /// Take back the step of this article that has this number, if it is still the last.
    UndoOf(Id, u64),
    /// Do again what was taken back.
    Redo,
    /// Write the article to a file.
    Export,
    /// Print the article.
    Print,
    /// The browser took an article's file, which is as of this moment, or did not; why.
    Downloaded(Id, Timestamp, Result<(), String>),

    /// Something else is wanted of the dataset that is put together.
    Wished(ExportChange),
    /// The dataset is wanted as a file; `false`: it is only looked at.
    DatasetWanted(bool),
    /// So many of so many articles of the try of this number are in it.
    DatasetGrew(u64, usize, usize),
    /// What the try of this number came to.
    DatasetMade(u64, Result<Box<DatasetSummary>, String>),
    /// It should be broken off.
    DatasetStopped,

    /// The whole library should go into one file.
    BackupWanted,
    /// So many of so many articles of it are written.
    BackingUp(usize, usize),
    /// The browser took the file, or did not; why.
    BackedUp(Result<Box<BackupSummary>, String>),
    /// A file that was opened is a backup.
    BackupFound(BackupSource),
    /// A file that was opened as a backup is none.
    NoBackup(String),
    /// What restoring it would do, or why that cannot be known.
    Surveyed(BackupSource, Result<Box<RestoreReport>, String>),
    /// The backup that was surveyed should be restored.
    RestoreWanted,
    /// So many articles of it are restored.
    Restoring(usize),
    /// What restoring did, or why it did not go on.
    Restored(BackupSource, Result<Box<RestoreReport>, String>),
    /// What stands there of a backup was read, or is not wanted.
    TransferLeft,
    /// The records that were set aside are wanted as a file, or all of one article.
    RecordsWanted(Option<Id>),
    /// The browser took that file, or did not; why.
    RecordsDownloaded(Option<Id>, Result<(), String>),
    /// The records that were set aside should be gone for good.
    AsideDiscarded,
    /// What the browser says of its storage.
    ShelterRead(StorageStatus),
    /// The browser was asked to keep the storage. `true`: it answers otherwise than
    /// when it was asked last.
    Persisted(StorageStatus, bool),
    /// What is known of the folder that is kept up to date.
    FolderRead(Folder),
    /// That folder should be chosen.
    FolderWanted,
    /// The user lets the browser ask whether it may be written to.
    FolderAllowed,
    /// It could not be chosen; why.
    FolderFailed(String),
    /// It should not be kept up to date any more.
    FolderLeft,
    /// A round of copies went into it.
    CopiedOut(FolderUpdate),
    /// How many entries the journal of an article has, and how many bytes they take.
    Measured(Id, Result<(usize, u64), StoreError>),

    /// The marks are searched for this.
    Searched(String),
    /// Only marks of this tag are listed; `None`: of all.
    Filtered(Option<Slug>),
    /// Marks are listed by tag, or in document order.
    Grouped(bool),
    /// The side panel should show this.
    PanelShows(PanelTab),
    /// The article should be shown as it was after this entry; `None`: as it is.
    LookedBack(Option<u64>),
    /// The state that is shown should be the present one again.
    BroughtBack,
    /// Steps before those that are listed are wanted.
    PastWanted,
    /// This person is at work from now on.
    CoderNamed(String),
    /// The side panel is opened or closed.
    PanelTurned,
    /// A notice was read.
    Dismissed(u64),
}
