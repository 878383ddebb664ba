//! The parts of the test suite.

/// One part of `cargo xtask test`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// rustfmt has nothing to change.
    Format,
    /// clippy finds nothing, natively and for WebAssembly.
    Lint,
    /// The tests that need no browser.
    Native,
    /// The documentation builds without a warning.
    Docs,
    /// Other programs read every exported format and must find exactly the marks.
    Readers,
    /// The tests compiled to WebAssembly, in Chromium.
    Web,
    /// Whole tasks of a user in the release build, in Chromium.
    Journeys,
    /// doccano and Label Studio import our files, in temporary databases. They take minutes to
    /// install, so this part runs only when it is named; the readers check these files too.
    Servers,
    /// The journeys on a full disk. They mount a small file system, which needs root, so this part
    /// runs only when it is named.
    Disk,
}

impl Part {
    /// Every part that also runs without being named, in the order in which they run: the
    /// quick ones first.
    pub(crate) const SUITE: [Part; 7] = [
        Part::Format,
        Part::Lint,
        Part::Native,
        Part::Docs,
        Part::Readers,
        Part::Web,
        Part::Journeys,
    ];

    /// Every part, in the order in which they run.
    pub(crate) fn all() -> impl Iterator<Item = Part> {
        Part::SUITE.into_iter().chain([Part::Servers, Part::Disk])
    }

    /// The part's name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Part::Format => "format",
            Part::Lint => "lint",
            Part::Native => "native",
            Part::Docs => "docs",
            Part::Readers => "readers",
            Part::Web => "web",
            Part::Journeys => "journeys",
            Part::Servers => "servers",
            Part::Disk => "disk",
        }
    }

    /// The part with this name, if there is one.
    pub(crate) fn named(name: &str) -> Option<Part> {
        Part::all().find(|part| part.name() == name)
    }
}
