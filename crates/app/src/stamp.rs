//! Stamps: the time and randomness that come with an action.

use pullquote_core::edit::journal_entry::EntryStamp;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;

/// The time of an action, and ten random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When the action happened.
    pub now: Timestamp,
    /// Ten random bytes.
    pub random: [u8; 10],
}

impl Stamp {
    /// The id and time of the journal entry that this action makes. Its id differs from those of
    /// [`Stamp::id`] with small numbers.
    #[must_use]
    pub fn entry_stamp(&self) -> EntryStamp {
        EntryStamp {
            id: self.id(u32::MAX),
            at: self.now,
        }
    }

    /// The id with this number; each number gives another id.
    #[must_use]
    pub fn id(&self, number: u32) -> Id {
        let mut random = self.random;
        for (byte, add) in random[6..].iter_mut().zip(number.to_be_bytes()) {
            *byte = byte.wrapping_add(add);
        }
        Id::new(u64::try_from(self.now.0).unwrap_or(0), &random)
    }
}
