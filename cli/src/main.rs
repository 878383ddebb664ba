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
mod output;

use arguments::{Command, HELP};
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("pullquote: {failure}");
            ExitCode::from(failure.code())
        }
    }
}

fn run() -> Result<(), Failure> {
    match arguments::parse(lexopt::Parser::from_env())? {
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
