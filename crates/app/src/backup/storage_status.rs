//! What the browser reports on its storage.

/// What the browser says of the storage that it gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StorageStatus {
    /// Whether it has promised not to clear it by itself; `None`: it cannot be asked.
    pub persisted: Option<bool>,
    /// Bytes in use.
    pub used: Option<u64>,
    /// Bytes that it gives at most.
    pub quota: Option<u64>,
    /// Whether it clears what was not visited for seven days (iOS, iPadOS, Safari).
    pub seven_days: bool,
}
