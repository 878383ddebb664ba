//! What can go wrong, with the facts that a person needs to act.

use std::{io, path::PathBuf, process::ExitStatus, time::Duration};

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A program ran and reported a failure.
    #[error("this command failed ({status}):\n  {command}")]
    Failed {
        /// The full command line.
        command: String,
        /// How it ended.
        status: ExitStatus,
    },
    /// A program could not be started, usually because it is missing.
    #[error("this command could not be started ({source}):\n  {command}")]
    NotStarted {
        /// The full command line.
        command: String,
        /// What the system said.
        source: io::Error,
    },
    /// A program was ended because it took too long.
    #[error("this command was not done after {} s and was ended:\n  {command}", limit.as_secs())]
    TooSlow {
        /// The full command line.
        command: String,
        /// The time it had.
        limit: Duration,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A step of the installation failed.
    #[error("could not install {name}: {source}\nBy hand: {by_hand}")]
    Step {
        /// What was to be installed.
        name: String,
        /// What went wrong.
        source: Box<Failure>,
        /// What a person can do instead.
        by_hand: String,
    },
    /// Every command of a step succeeded, but what it should install is missing.
    #[error("its commands succeeded, yet it is not there")]
    StillMissing,
    /// There is no Chromium with a ChromeDriver that fits it.
    #[error("there is no Chromium with a ChromeDriver of the same major version")]
    NoBrowser,
    /// There is no Python that the readers of exports run on.
    #[error("there is no Python from 3.11 to 3.13 on PATH")]
    NoPython,
    /// `Cargo.lock` names no such package.
    #[error("Cargo.lock names no package {package}")]
    NotLocked {
        /// The package's name.
        package: String,
    },
    /// The pinned sources of the standard library are not the compiler's own.
    #[error("the compiler is {compiler}, the sources of the standard library are {sources}")]
    OtherCompiler {
        /// The compiler's version.
        compiler: String,
        /// The version of the sources.
        sources: String,
    },
    /// This machine does not get its packages from a Debian mirror.
    #[error("apt's configuration names no mirror")]
    NoMirror,
    /// Packages cannot be installed without asking for a password, or without apt-get.
    #[error(
        "packages can only be installed here with apt-get and as root (or by a sudo that asks nothing)"
    )]
    NoPrivilege,
    /// No port could be bound.
    #[error("no port from {first} to {last} of this machine is free: {source}")]
    NoPort {
        /// The first port tried.
        first: u16,
        /// The last port tried.
        last: u16,
        /// What the system said about the last one.
        source: io::Error,
    },
}

impl Failure {
    /// For `map_err`: a failure of the file system, with the path that it is about.
    pub(crate) fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Failure {
        let path = path.into();
        |source| Failure::File { path, source }
    }
}
