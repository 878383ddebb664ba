//! `pullquote`: annotated articles in a pipeline, without a browser. What it writes is
//! written by the code that the app runs.
//!
//! Documents are read one after the other and not kept. Nothing is written in place: files
//! come into being beside their place, are read back and proved, and only then moved there.

mod arguments;
mod checking;
mod converting;
mod counting;
mod dividing;
mod failure;
mod input;
mod nearest;
mod output;
mod signals;
mod told;

use arguments::{Command, HELP};
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    signals::listen();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            told::error(format_args!("pullquote: {failure}"));
            ExitCode::from(failure.code())
        }
    }
}

fn run() -> Result<(), Failure> {
    let (command, quiet) = arguments::parse(lexopt::Parser::from_env())?;
    if quiet {
        told::be_quiet();
    }
    match command {
        Command::Help => output::say(HELP),
        Command::Version => output::say(concat!("pullquote ", env!("CARGO_PKG_VERSION"))),
        Command::Formats => output::say(&arguments::formats()),
        Command::Convert(task) => converting::convert(&task),
        Command::Check { files, format } => checking::check(&files, format),
        Command::Stats { inputs, only, json } => counting::stats(&inputs, &only, json),
        Command::Split(task) => dividing::split(&task),
        Command::Package(task) => dividing::package(&task),
    }
}
