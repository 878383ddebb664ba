//! `pullquote`: converts, checks, counts, splits and packs annotated articles without a browser,
//! with the code that the app runs.
//!
//! Documents are read one after the other and not kept in memory. Output files are created in a
//! hidden folder beside their destination, read back and verified, and only then moved there.

mod arguments;
mod check;
mod command;
mod convert;
mod failure;
mod guess;
mod help;
mod input;
mod options;
mod package;
mod parts;
mod report;
mod signals;
mod split;
mod staging;
mod staging_folder;
mod stats;
mod stderr;
mod stdout;
mod suggestions;
mod usage_error;

use command::Command;
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    signals::listen();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            stderr::error(format_args!("pullquote: {failure}"));
            ExitCode::from(failure.code())
        }
    }
}

fn run() -> Result<(), Failure> {
    let (command, quiet) = arguments::parse(lexopt::Parser::from_env())?;
    if quiet {
        stderr::be_quiet();
    }
    match command {
        Command::Help => stdout::print(help::HELP),
        Command::Version => stdout::print(concat!("pullquote ", env!("CARGO_PKG_VERSION"))),
        Command::Formats => stdout::print(&help::formats()),
        Command::Convert(task) => convert::convert(&task),
        Command::Check { files, format } => check::check(&files, format),
        Command::Stats { inputs, only, json } => stats::stats(&inputs, &only, json),
        Command::Split(task) => split::split(&task),
        Command::Package(task) => package::package(&task),
    }
}
