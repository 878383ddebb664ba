//! The parts of the test suite.

/// One part of `cargo xtask test`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// rustfmt has nothing to change.
    Format,
    /// clippy has nothing to say, natively and for WebAssembly.
    Lint,
    /// The tests that need no browser.
    Native,
    /// The documentation builds without a warning.
    Docs,
    /// The tests compiled to WebAssembly, in Chromium.
    Web,
    /// The journeys of a reader through the release build, in Chromium.
    Journeys,
}

impl Part {
    /// Every part, in the order in which they run: the quick ones first.
    pub(crate) const ALL: [Part; 6] = [
        Part::Format,
        Part::Lint,
        Part::Native,
        Part::Docs,
        Part::Web,
        Part::Journeys,
    ];

    /// The part's name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Part::Format => "format",
            Part::Lint => "lint",
            Part::Native => "native",
            Part::Docs => "docs",
            Part::Web => "web",
            Part::Journeys => "journeys",
        }
    }

    /// The part of that name, or none.
    pub(crate) fn named(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.name() == name)
    }
}
