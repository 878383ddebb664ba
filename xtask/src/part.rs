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
    /// Programs that others wrote load every file that the command line exports, and give
    /// back exactly what was marked. They are Python's, in an environment of their own.
    Readers,
    /// The tests compiled to WebAssembly, in Chromium.
    Web,
    /// The journeys of a reader through the release build, in Chromium.
    Journeys,
    /// doccano and Label Studio themselves import what is exported for them, in databases
    /// that are thrown away. They take minutes to install, so they run only when they are
    /// asked for; the readers check their files too.
    Servers,
    /// The journeys on a disk that is really full. They mount a small file system, for
    /// which they must be root; so they run only when they are asked for.
    Disk,
}

impl Part {
    /// Every part that runs by itself, in the order in which they run: the quick ones
    /// first.
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

    /// The part of that name, or none.
    pub(crate) fn named(name: &str) -> Option<Part> {
        Part::all().find(|part| part.name() == name)
    }
}
