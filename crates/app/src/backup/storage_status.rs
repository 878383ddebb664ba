//! What the browser reports on its storage.

/// What the browser reports on the storage of this site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StorageStatus {
    /// Whether the browser promises not to delete the data by itself; `None` if it cannot be asked.
    pub persisted: Option<bool>,
    /// Bytes in use.
    pub used: Option<u64>,
    /// The largest number of bytes that the browser allows.
    pub quota: Option<u64>,
    /// Whether the browser deletes the data of sites that were not visited for seven days (iOS,
    /// iPadOS, Safari).
    pub seven_days: bool,
}
