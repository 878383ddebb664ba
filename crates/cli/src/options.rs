//! The options of the command line: which commands take them, and the values given.

use crate::failure::Failure;
use crate::usage_error::UsageError;
use lexopt::ValueExt as _;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::tokens::TOKENIZERS;
use pullquote_datasets::options::{BOUNDARY_RULES, OVERLAP_RULES, Options};
use pullquote_datasets::package::plan::{PARTS, RATIOS, ratios};
use pullquote_formats::file_name::file_stem;

use std::ffi::OsString;
use std::time::{SystemTime, UNIX_EPOCH};

/// The options with a value, each with the commands that take it.
pub(crate) const VALUES: [(&str, &[&str]); 14] = [
    ("where", &["convert", "stats", "split", "package"]),
    ("to", WRITERS),
    ("out", WRITERS),
    ("from", &["check"]),
    ("tokens", WRITERS),
    ("edges", WRITERS),
    ("keep", WRITERS),
    ("name", WRITERS),
    ("made", WRITERS),
    ("seed", &["split", "package"]),
    ("ratio", &["split", "package"]),
    ("licence", &["package"]),
    ("agreement", &["package"]),
    ("license", &["package"]),
];

/// The options without a value, each with the commands that take it.
pub(crate) const FLAGS: [(&str, &[&str]); 4] = [
    ("utf16", WRITERS),
    ("raw-cells", WRITERS),
    ("json", &["stats"]),
    ("quiet", COMMANDS),
];

const WRITERS: &[&str] = &["convert", "split", "package"];

/// All commands.
pub(crate) const COMMANDS: &[&str] = &[
    "convert", "check", "stats", "split", "package", "formats", "help",
];

/// The options that were given: those with a value in their order, and the flags.
#[derive(Default)]
pub(crate) struct Given {
    values: Vec<(&'static str, OsString)>,
    flags: Vec<&'static str>,
}

impl Given {
    /// Adds an option with its value. Fails if the option already has one.
    pub(crate) fn add_value(
        &mut self,
        option: &'static str,
        value: OsString,
    ) -> Result<(), Failure> {
        let option = match option {
            "license" => "licence",
            option => option,
        };
        if let Some((_, before)) = self.values.iter().find(|(known, _)| *known == option) {
            return Err(Failure::Usage(UsageError::Twice {
                option,
                first: before.display().to_string(),
                second: value.display().to_string(),
            }));
        }
        self.values.push((option, value));
        Ok(())
    }

    pub(crate) fn add_flag(&mut self, flag: &'static str) {
        self.flags.push(flag);
    }

    pub(crate) fn has(&self, flag: &str) -> bool {
        self.flags.contains(&flag)
    }

    /// Fails if the command does not take one of the given options.
    pub(crate) fn check_taken_by(&self, command: &str) -> Result<(), Failure> {
        let values = self.values.iter().map(|(option, _)| *option);
        for option in values.chain(self.flags.iter().copied()) {
            let mut known = VALUES.iter().chain(&FLAGS);
            let commands = known.find(|(name, _)| *name == option);
            if commands.is_some_and(|(_, commands)| !commands.contains(&command)) {
                return Err(Failure::Usage(UsageError::NotTaken {
                    command: command.to_owned(),
                    option,
                }));
            }
        }
        Ok(())
    }

    /// Takes out the value of an option.
    pub(crate) fn take(&mut self, option: &str) -> Option<OsString> {
        let index = self.values.iter().position(|(known, _)| *known == option)?;
        Some(self.values.remove(index).1)
    }

    /// Takes out the value of an option as text. Fails if it is not UTF-8.
    pub(crate) fn take_text(&mut self, option: &str) -> Result<Option<String>, Failure> {
        let value = self.take(option);
        Ok(value.map(|value| value.string()).transpose()?)
    }

    /// Takes out the options that say how a dataset is written.
    pub(crate) fn take_dataset_options(&mut self) -> Result<Options, Failure> {
        let name = self.take_text("name")?;
        let mut options = Options {
            utf16: self.has("utf16"),
            raw_cells: self.has("raw-cells"),
            name: name.map_or(String::new(), |name| file_stem(&name)),
            ..Options::default()
        };
        let made = self.take_text("made")?;
        if let Some(given) = self.take_text("tokens")? {
            options.tokenizer = choice(&TOKENIZERS, "tokens", given)?;
        }
        if let Some(given) = self.take_text("edges")? {
            options.boundaries = choice(&BOUNDARY_RULES, "edges", given)?;
        }
        if let Some(given) = self.take_text("keep")? {
            options.overlaps = choice(&OVERLAP_RULES, "keep", given)?;
        }
        options.made = time(made)?;
        Ok(options)
    }

    /// Takes out the sizes of train, dev and test.
    pub(crate) fn take_ratios(&mut self) -> Result<[f64; 3], Failure> {
        let Some(given) = self.take_text("ratio")? else {
            return Ok(RATIOS);
        };
        ratios(&given).ok_or(Failure::Usage(UsageError::Ratio {
            given,
            parts: PARTS,
        }))
    }

    /// Takes out the seed; 0 if none is given.
    pub(crate) fn take_seed(&mut self) -> Result<u64, Failure> {
        let Some(given) = self.take_text("seed")? else {
            return Ok(0);
        };
        let seed = given.parse();
        seed.map_err(|_| Failure::Usage(UsageError::Seed { given }))
    }
}

fn choice<T: Copy>(
    known: &[(T, &'static str)],
    option: &'static str,
    given: String,
) -> Result<T, Failure> {
    let found = known.iter().find(|(_, name)| *name == given);
    found.map(|(value, _)| *value).ok_or_else(|| {
        Failure::Usage(UsageError::UnknownChoice {
            option,
            given,
            known: known.iter().map(|(_, name)| *name).collect(),
        })
    })
}

/// The time that is written into files: `given`, else `SOURCE_DATE_EPOCH`, both in seconds, else
/// the current time.
fn time(given: Option<String>) -> Result<Timestamp, Failure> {
    let fixed = given.or_else(|| std::env::var("SOURCE_DATE_EPOCH").ok());
    if let Some(seconds) = fixed {
        let seconds: Option<i64> = seconds.parse().ok();
        let millis = seconds.and_then(|seconds| seconds.checked_mul(1_000));
        return millis
            .map(Timestamp)
            .ok_or(Failure::Usage(UsageError::Time));
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    Ok(Timestamp(now.map_or(0, |now| now.as_millis() as i64)))
}
