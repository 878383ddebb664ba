//! Reads the command line.

use lexopt::{
    Arg::{Long, Short, Value},
    Error, Parser, ValueExt,
};

use crate::part::Part;

/// What `cargo xtask --help` prints.
pub(crate) const HELP: &str = "\
Usage: cargo xtask COMMAND

Commands:
  setup               install all that the commands below need (each also does its own share)
  build               build the app for release into dist/
  serve [--port N]    build, then serve dist/ on this machine (port 8080, or the next free one)
  test [PART…]        run the tests; the parts: format lint native docs readers
                      web journeys; and two that run only when they are named: servers
                      (doccano and Label Studio import our files), disk (as root)
  bench [NAME…]       build, then run the benchmarks in Chromium; by name: sizes times edits
                      looks files datasets session starts saves

Options:
  -h, --help          print this

Environment:
  PULLQUOTE_WASM_STD  how the WebAssembly target is had: rustup (then the distribution), or distribution
  CHROME              the Chromium to use instead of the one on PATH
  CHROMEDRIVER        the ChromeDriver to use, of the same major version";

/// The port that `serve` tries first.
pub(crate) const DEFAULT_PORT: u16 = 8080;

/// The benchmarks, as `benches/browser/main.rs` runs them.
const BENCHMARKS: [&str; 9] = [
    "sizes", "times", "edits", "looks", "files", "datasets", "session", "starts", "saves",
];

/// A command with its arguments.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print the help. This is the default.
    Help,
    /// Install everything.
    Setup,
    /// Build the app for release.
    Build,
    /// Build and serve.
    Serve {
        /// The first port to try.
        port: u16,
    },
    /// Run the tests.
    Test {
        /// The parts to run, each once and in the order of the suite. Never empty.
        parts: Vec<Part>,
    },
    /// Run the benchmarks.
    Bench {
        /// The benchmarks to run. Empty means all.
        names: Vec<String>,
    },
}

/// Reads the arguments after the program's name.
pub(crate) fn parse(mut parser: Parser) -> Result<Command, Error> {
    let mut name = None;
    let mut port = None;
    let mut parts = Vec::new();
    let mut names = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("port") if name.as_deref() == Some("serve") => {
                port = Some(parser.value()?.parse()?);
            }
            Value(value) if name.is_none() => name = Some(value.string()?),
            Value(value) if name.as_deref() == Some("test") => {
                let part = value.string()?;
                parts.push(Part::named(&part).ok_or(format!("`{part}` is no part of the tests"))?);
            }
            Value(value) if name.as_deref() == Some("bench") => {
                let bench = value.string()?;
                if !BENCHMARKS.contains(&bench.as_str()) {
                    return Err(format!("there is no benchmark `{bench}`").into());
                }
                names.push(bench);
            }
            other => return Err(other.unexpected()),
        }
    }
    match name.as_deref() {
        None | Some("help") => Ok(Command::Help),
        Some("setup") => Ok(Command::Setup),
        Some("build") => Ok(Command::Build),
        Some("serve") => Ok(Command::Serve {
            port: port.unwrap_or(DEFAULT_PORT),
        }),
        Some("test") => Ok(Command::Test {
            parts: match parts.is_empty() {
                true => Part::SUITE.to_vec(),
                false => Part::all().filter(|part| parts.contains(part)).collect(),
            },
        }),
        Some("bench") => Ok(Command::Bench { names }),
        Some(other) => Err(format!("there is no command `{other}`").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Command) {
        let parsed = parse(Parser::from_args(line.split_whitespace()));
        assert_eq!(parsed.expect("the line is understood"), expected);
    }

    #[track_caller]
    fn check_refused(line: &str) {
        let parsed = parse(Parser::from_args(line.split_whitespace()));
        assert!(parsed.is_err(), "{line:?} was understood as {parsed:?}");
    }

    #[test]
    fn help_is_printed_wherever_it_is_asked_for() {
        check("", Command::Help);
        check("--help", Command::Help);
        check("test --help", Command::Help);
    }

    #[test]
    fn a_port_is_8080_unless_said_otherwise() {
        check("serve", Command::Serve { port: 8080 });
        check("serve --port 9000", Command::Serve { port: 9000 });
        check("serve --port=9000", Command::Serve { port: 9000 });
    }

    #[test]
    fn benchmarks_run_by_name_or_all() {
        let names = Vec::new();
        check("bench", Command::Bench { names });
        let names = vec!["sizes".to_owned(), "edits".to_owned()];
        check("bench sizes edits", Command::Bench { names });
        check_refused("bench sizs");
    }

    #[test]
    fn no_part_means_every_part() {
        let parts = Part::SUITE.to_vec();
        check("test", Command::Test { parts });
    }

    #[test]
    fn parts_run_once_each_in_the_order_of_the_suite() {
        let parts = vec![Part::Format, Part::Readers, Part::Web];
        check("test web readers format web", Command::Test { parts });
    }

    #[test]
    fn what_is_not_known_is_refused() {
        check_refused("fly");
        check_refused("test fly");
        check_refused("setup now");
        check_refused("build --port 9000");
        check_refused("serve --port ninety");
        check_refused("serve --port 99999");
    }

    #[test]
    fn every_part_stands_in_the_help() {
        for part in Part::all() {
            assert!(HELP.contains(part.name()), "{} is missing", part.name());
        }
    }
}
