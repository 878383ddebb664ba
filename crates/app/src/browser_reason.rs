//! A reason that the browser gives.

use std::fmt;

/// Why the browser refused something, in its own words. It is shown to the user and never
/// compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrowserReason(pub String);

impl BrowserReason {
    /// The reason without its full stop, to be followed by other words.
    #[must_use]
    pub fn without_stop(&self) -> &str {
        self.0.trim_end_matches('.')
    }
}

impl fmt::Display for BrowserReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
