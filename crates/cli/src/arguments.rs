//! Reads the command line into a [`Command`].

use crate::command::{Command, Convert, Packing, Split};
use crate::failure::Failure;
use crate::options::{COMMANDS, FLAGS, Given, VALUES};
use crate::usage_error::UsageError;
use lexopt::Arg::{Long, Short, Value};
use lexopt::{Parser, ValueExt as _};
use pullquote_core::analysis::query::Query;
use pullquote_datasets::catalogue::{FORMATS, Format};
use pullquote_datasets::options::Options;
use pullquote_datasets::package::plan::PackagePlan;

use std::path::PathBuf;

/// Reads the command line. The `bool` is true if only errors are wanted.
pub(crate) fn parse(mut parser: Parser) -> Result<(Command, bool), Failure> {
    let mut command: Option<String> = None;
    let mut inputs: Vec<PathBuf> = Vec::new();
    let mut given = Given::default();
    while let Some(argument) = parser.next()? {
        let name = match argument {
            Short('h') | Long("help") => return Ok((Command::Help, false)),
            Short('V') | Long("version") => return Ok((Command::Version, false)),
            Short('q') => "quiet".to_owned(),
            Short('o') => "out".to_owned(),
            Long(name) => name.to_owned(),
            Value(value) if command.is_none() => {
                command = Some(value.string()?);
                continue;
            }
            Value(value) => {
                inputs.push(value.into());
                continue;
            }
            other => return Err(other.unexpected().into()),
        };
        if let Some((option, _)) = VALUES.iter().find(|(known, _)| *known == name) {
            given.add_value(option, parser.value()?)?;
        } else if let Some((flag, _)) = FLAGS.iter().find(|(known, _)| *known == name) {
            given.add_flag(flag);
        } else {
            let known = VALUES.iter().chain(&FLAGS);
            return Err(Failure::Usage(UsageError::UnknownOption {
                option: name,
                known: known.map(|(name, _)| format!("--{name}")).collect(),
            }));
        }
    }
    if let Some(command) = command.as_deref().filter(|name| COMMANDS.contains(name)) {
        given.check_taken_by(command)?;
    }
    let quiet = given.has("quiet");
    let command = Arguments::new(inputs, given)?.command(command.as_deref())?;
    Ok((command, quiet))
}

/// The inputs, and the options that several commands take.
struct Arguments {
    inputs: Vec<PathBuf>,
    only: Query,
    to: Option<String>,
    out: Option<PathBuf>,
    options: Options,
    ratios: [f64; 3],
    seed: u64,
    /// The other options.
    given: Given,
}

impl Arguments {
    fn new(inputs: Vec<PathBuf>, mut given: Given) -> Result<Self, Failure> {
        let only = given.take_text("where")?;
        Ok(Self {
            inputs,
            only: only.map_or(Query::default(), |text| Query::new(&text)),
            to: given.take_text("to")?,
            out: given.take("out").map(PathBuf::from),
            options: given.take_dataset_options()?,
            ratios: given.take_ratios()?,
            seed: given.take_seed()?,
            given,
        })
    }

    fn command(self, name: Option<&str>) -> Result<Command, Failure> {
        match name {
            None | Some("help") => Ok(Command::Help),
            Some("formats") => Ok(Command::Formats),
            Some("convert") => self.convert(),
            Some("check") => self.check(),
            Some("stats") => self.stats(),
            Some("split") => self.split(),
            Some("package") => self.package(),
            Some(other) => Err(Failure::Usage(UsageError::UnknownCommand {
                command: other.to_owned(),
                known: COMMANDS,
            })),
        }
    }

    fn convert(self) -> Result<Command, Failure> {
        self.check_inputs()?;
        Ok(Command::Convert(Convert {
            format: self.format()?,
            out: self.out()?,
            inputs: self.inputs,
            only: self.only,
            options: self.options,
        }))
    }

    fn check(mut self) -> Result<Command, Failure> {
        self.check_inputs()?;
        let from = self.given.take_text("from")?;
        Ok(Command::Check {
            files: self.inputs,
            format: from.as_deref().map(format).transpose()?,
        })
    }

    fn stats(self) -> Result<Command, Failure> {
        self.check_inputs()?;
        Ok(Command::Stats {
            inputs: self.inputs,
            only: self.only,
            json: self.given.has("json"),
        })
    }

    fn split(self) -> Result<Command, Failure> {
        self.check_inputs()?;
        let to = match (&self.to, &self.out) {
            (None, None) => None,
            _ => Some((self.format()?, self.out()?)),
        };
        Ok(Command::Split(Split {
            inputs: self.inputs,
            only: self.only,
            to,
            options: self.options,
            ratios: self.ratios,
            seed: self.seed,
        }))
    }

    fn package(mut self) -> Result<Command, Failure> {
        self.check_inputs()?;
        let to = self.to.as_deref();
        let ids = to.ok_or(Failure::Usage(UsageError::NoFormats))?;
        // A format that is named twice is written once.
        let mut formats: Vec<&'static Format> = Vec::new();
        for id in ids.split(',') {
            let format = format(id)?;
            if formats.iter().all(|known| known.id != format.id) {
                formats.push(format);
            }
        }
        let out = self.out()?;
        if self.options.name.is_empty() {
            let stem = out.file_stem();
            let stem = stem.map(|stem| stem.to_string_lossy().into_owned());
            self.options.name = stem.unwrap_or_default();
        }
        Ok(Command::Package(Packing {
            inputs: self.inputs,
            only: self.only,
            out,
            plan: PackagePlan {
                formats,
                options: self.options,
                ratios: self.ratios,
                seed: self.seed,
                licence: self.given.take_text("licence")?.unwrap_or_default(),
                agreement: self.given.take_text("agreement")?.unwrap_or_default(),
            },
        }))
    }

    fn check_inputs(&self) -> Result<(), Failure> {
        match self.inputs.is_empty() {
            true => Err(Failure::Usage(UsageError::NoInput)),
            false => Ok(()),
        }
    }

    fn format(&self) -> Result<&'static Format, Failure> {
        let to = self.to.as_deref();
        format(to.ok_or(Failure::Usage(UsageError::NoFormat))?)
    }

    fn out(&self) -> Result<PathBuf, Failure> {
        let out = self.out.clone();
        out.ok_or(Failure::Usage(UsageError::NoOut))
    }
}

fn format(id: &str) -> Result<&'static Format, Failure> {
    Format::named(id).ok_or_else(|| {
        Failure::Usage(UsageError::UnknownFormat {
            id: id.to_owned(),
            known: FORMATS.iter().map(|format| format.id.as_str()).collect(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Command, Failure, Parser, parse};
    use crate::help::formats;
    use pullquote_core::model::timestamp::Timestamp;
    use pullquote_datasets::catalogue::FORMATS;
    use pullquote_datasets::options::BOUNDARY_RULES;

    fn parsed(line: &str) -> Result<(Command, bool), Failure> {
        parse(Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn a_mistake_is_answered_with_what_would_be_right() {
        for (line, said) in [
            ("fly", "no command `fly`"),
            (
                "convert a.json --to conll --out x",
                "there are json spacy prodigy",
            ),
            ("convert --to conll2003 --out x", "no file is named"),
            ("convert a.json --to conll2003", "--out PATH is missing"),
            ("convert a.json --out x", "--to FORMAT is missing"),
            (
                "convert a.json --to iob2 --out x --edges cut",
                "split, expand, shrink",
            ),
            ("split a.json --ratio 1,2", "three sizes"),
            ("split a.json --seed x", "--seed is a whole number"),
            (
                "convert a.json --to csv --out x --made soon",
                "no number of seconds",
            ),
            ("stats a.json --made 0", "stats takes no --made"),
            ("stats --colour a.json", "--colour"),
            ("convertt a.json", "did you mean convert?"),
            ("convert a.json --to spaCy --out x", "did you mean spacy?"),
            (
                "convert a.json --to conll --out x",
                "did you mean conll2003 or conllu?",
            ),
            ("convert a.json --too spacy", "did you mean --to?"),
            (
                "convert a.json --to csv --to tsv --out x",
                "--to is given twice, as `csv` and as `tsv`",
            ),
            ("package a.json --to csv --to tsv", "--to a,b"),
            ("convert a.json -o x --out y", "--out is given twice"),
            ("stats a.json --where a --where b", "write both in one"),
            ("split a.json --seed 1 --seed 1", "--seed is given twice"),
            (
                "package a.json --licence a --license b",
                "--licence is given twice",
            ),
            ("stats a.json --to csv", "stats takes no --to"),
            ("convert a.json --from csv", "convert takes no --from"),
            ("check a.json --json", "check takes no --json"),
        ] {
            let failure = parsed(line)
                .err()
                .map(|failure| (failure.to_string(), failure.code()));
            assert!(
                failure
                    .as_ref()
                    .is_some_and(|(text, code)| text.contains(said) && *code == 2),
                "{line}: {failure:?}"
            );
        }
    }

    #[test]
    fn options_reach_their_command() {
        let line = "convert a b --to conllu -o - --tokens characters --edges shrink --keep first \
                    --made 1700000000 --name set -q";
        let Ok((Command::Convert(task), quiet)) = parsed(line) else {
            panic!("it is understood");
        };
        assert_eq!(task.inputs.len(), 2);
        assert_eq!(task.format.id.as_str(), "conllu");
        assert_eq!(task.options.made, Timestamp(1_700_000_000_000));
        assert_eq!(task.options.boundaries, BOUNDARY_RULES[2].0);
        assert!(quiet);
    }

    #[test]
    fn every_format_is_listed() {
        let lines = formats();
        assert_eq!(lines.lines().count(), FORMATS.len());
    }
}
