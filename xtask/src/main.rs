//! `cargo xtask …`: the commands of the project, and every install step they need.
//!
//! The flow is short: [`command_line`] turns the arguments into a
//! [`Command`], [`install`] makes sure that the tools it needs are there, and the
//! command runs other programs, each a child with the project's own tools first on
//! its `PATH` ([`workspace`]).
//!
//! - [`pins`] has every version that is installed, except that of `wasm-bindgen`,
//!   which is read from `Cargo.lock` so that the two cannot differ.
//! - Tools are installed in `target/tools`. Outside the checkout, commands change only
//!   two things: the compiler's own folder, for the WebAssembly target, and Debian's
//!   packages, for the browser.
//! - The first failure ends the command. Its message says which program failed and what
//!   to do by hand.

#![expect(
    clippy::print_stdout,
    reason = "a command line program reports on its standard output"
)]

mod command_line;
mod failure;
mod in_browser;
mod install;
mod lock_file;
mod part;
mod pins;
mod process;
mod release;
mod serve;
mod server;
mod suite;
mod workspace;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use command_line::Command;
use failure::Failure;
use workspace::Workspace;

fn main() -> ExitCode {
    let command = match command_line::parse(lexopt::Parser::from_env()) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error}\n\n{}", command_line::HELP);
            return ExitCode::from(2);
        }
    };
    match carry_out(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(command: Command) -> Result<(), Failure> {
    let workspace = Workspace::of_this_project();
    match command {
        Command::Help => {
            // A closed pipe, as by `head`, is not a failure.
            let _written = writeln!(io::stdout(), "{}", command_line::HELP);
            Ok(())
        }
        Command::Setup => {
            install::carry_out(&workspace, &install::EVERYTHING)?;
            println!("All that the commands need is there.");
            Ok(())
        }
        Command::Build => release::build(&workspace),
        Command::Serve { port } => serve::run(&workspace, port),
        Command::Test { parts } => suite::run(&workspace, &parts),
        Command::Bench { names } => in_browser::bench(&workspace, &names),
    }
}
