//! Why a command line is not understood.

use crate::suggestions::hint;
use thiserror::Error;

/// A mistake in the command line, as a sentence that says what would be right.
#[derive(Debug, Error)]
pub(crate) enum UsageError {
    /// The parser refuses an argument.
    #[error(transparent)]
    Argument(#[from] lexopt::Error),
    #[error("there is no command `{command}`{}", hint(.command, .known.iter().copied()))]
    UnknownCommand {
        command: String,
        known: &'static [&'static str],
    },
    #[error("there is no option --{option}{}", hint(.option, .known.iter().map(String::as_str)))]
    UnknownOption { option: String, known: Vec<String> },
    #[error("{}", unknown_format(.id, .known))]
    UnknownFormat {
        id: String,
        known: Vec<&'static str>,
    },
    #[error("--{option} is one of {}, not `{given}`", .known.join(", "))]
    UnknownChoice {
        option: &'static str,
        given: String,
        known: Vec<&'static str>,
    },
    #[error("--ratio is three sizes, of {}: `{given}` is not", .parts.join(", "))]
    Ratio {
        given: String,
        parts: [&'static str; 3],
    },
    #[error("--seed is a whole number from 0, not `{given}`")]
    Seed { given: String },
    #[error("the time is no number of seconds")]
    Time,
    #[error("--{option} is given twice, as `{first}` and as `{second}`: {}", advice(.option))]
    Twice {
        option: &'static str,
        first: String,
        second: String,
    },
    #[error("{command} takes no --{option}")]
    NotTaken {
        command: String,
        option: &'static str,
    },
    #[error("no file is named to read from (- is standard input)")]
    NoInput,
    #[error("--out PATH is missing")]
    NoOut,
    #[error("--to FORMAT is missing")]
    NoFormat,
    #[error("--to FORMAT,FORMAT… is missing")]
    NoFormats,
    #[error(
        "{count} files are written ({first}, …): --out must be a folder (it ends with /) or an \
         archive (.zip), not {out}"
    )]
    SeveralFiles {
        count: usize,
        first: String,
        out: String,
    },
    #[error("this is no text, and standard output is a terminal: name a file with --out")]
    BinaryOnTerminal,
}

fn unknown_format(id: &str, known: &[&str]) -> String {
    let all = known.join(" ");
    match hint(id, known.iter().copied()).as_str() {
        "" => format!("there is no format `{id}`; there are {all}"),
        hint => format!("there is no format `{id}`{hint} (there are {all})"),
    }
}

/// What to do instead of giving an option twice.
fn advice(option: &str) -> &'static str {
    match option {
        "to" => "name one; package takes several as --to a,b",
        "where" => "write both in one, as in \"tag:actor is:flagged\"",
        _ => "name one",
    }
}
