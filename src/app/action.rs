//! Everything that can happen.

use super::records::{BackedUp, Findings, Kept, Later, Listing, Refusal};
use super::{Backup, CopiedOut, Folder, Incoming, Route, Shelter, Shows, Ticket};
use pullquote_core::edit::{End, Entry, Seal};
use pullquote_core::model::{Holding, Id, Moment, Slug};
use pullquote_core::text::{Utf16Offset, Way};
use std::ops::Range;
use std::rc::Rc;

/// When something happened, and ten bytes that nothing else has: time and
/// randomness enter only here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When.
    pub now: Moment,
    /// Random.
    pub random: [u8; 10],
}

impl Stamp {
    /// The name of the entry that is made with this stamp. It takes no id of
    /// [`Stamp::id`].
    #[must_use]
    pub fn seal(&self) -> Seal {
        Seal {
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

/// What a document is read from the storage for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
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
    ShelfRead(Result<Listing, Refusal>),
    /// The line of one article was read again; `None`: the article is gone.
    LineRead(Id, Result<Option<Box<Holding>>, Refusal>),
    /// A document was read, or could not be: the sentence says why.
    DocumentRead(Id, Purpose, Result<Box<Kept>, String>),
    /// The journal of an article was read on from where it was known.
    LaterRead(Id, Result<Later, Refusal>),
    /// The journal of an article was read back from where it was known.
    OlderRead(Id, Result<Vec<Rc<Entry>>, Refusal>),
    /// Another tab changed something of this article.
    Heard(Id),
    /// The tab is looked at again.
    Looked,
    /// The storage confirmed a change, or could not keep it.
    Answered(Ticket, Result<(), Refusal>),
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
    },
    /// Marks were clicked: all that lie there, outer first.
    Pressed(Vec<Id>),
    /// One mark is wanted, from the list or the card. `true`: go to its words.
    Chosen(Id, bool),
    /// Nothing is wanted any more (Escape, a click beside the marks).
    Cleared,
    /// The chosen words, or the chosen mark, get this tag.
    TagGiven(Slug),
    /// The chosen mark's note now reads so.
    NoteWritten(Id, String),
    /// The chosen mark is set aside, or taken back.
    FlagTurned(Id),
    /// An end of a mark was dragged here.
    EndDragged {
        /// Which mark.
        id: Id,
        /// Which end.
        end: End,
        /// Where to.
        to: Utf16Offset,
        /// Whether exactly there (Alt), or to the edge of the word.
        exact: bool,
    },
    /// An end of the chosen mark moves on to the next edge of a word.
    EndStepped(End, Way),
    /// What was dragged or typed is done: the next is a step of its own.
    Settled,
    /// A mark should go.
    DeleteMark(Id),
    /// Take back the last step; in the library, the last deletion.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Write the article to a file.
    Export,
    /// The browser took an article's file, which is as of this moment, or did not; why.
    Downloaded(Id, Moment, Result<(), String>),

    /// The whole library should go into one file.
    BackupWanted,
    /// So many of so many articles of it are written.
    BackingUp(usize, usize),
    /// The browser took the file, or did not; why.
    BackedUp(Result<Box<BackedUp>, String>),
    /// A file that was opened is a backup.
    BackupFound(Backup),
    /// A file that was opened as a backup is none.
    NoBackup(String),
    /// What restoring it would do, or why that cannot be known.
    Surveyed(Backup, Result<Box<Findings>, String>),
    /// The backup that was surveyed should be restored.
    RestoreWanted,
    /// So many articles of it are restored.
    Restoring(usize),
    /// What restoring did, or why it did not go on.
    Restored(Backup, Result<Box<Findings>, String>),
    /// What stands there of a backup was read, or is not wanted.
    TransferLeft,
    /// The records that were set aside are wanted as a file, or all of one article.
    RecordsWanted(Option<Id>),
    /// The browser took that file, or did not; why.
    RecordsDownloaded(Option<Id>, Result<(), String>),
    /// The records that were set aside should be gone for good.
    AsideDiscarded,
    /// What the browser says of its storage.
    ShelterRead(Shelter),
    /// The browser was asked to keep the storage. `true`: it answers otherwise than
    /// when it was asked last.
    Persisted(Shelter, bool),
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
    CopiedOut(CopiedOut),
    /// How many entries the journal of an article has, and how many bytes they take.
    Measured(Id, Result<(usize, u64), Refusal>),

    /// The marks are searched for this.
    Searched(String),
    /// Only marks of this tag are listed; `None`: of all.
    Filtered(Option<Slug>),
    /// Marks are listed by tag, or in document order.
    Grouped(bool),
    /// The side panel should show this.
    PanelShows(Shows),
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
