//! What was asked for.

use crate::failure::Failure;
use crate::nearest::hint;
use lexopt::Arg::{Long, Short, Value};
use lexopt::{Parser, ValueExt as _};
use pullquote_core::analysis::query::Query;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::tokens::TOKENIZERS;
use pullquote_datasets::catalogue::{FORMATS, FileLayout, Format};
use pullquote_datasets::options::{BOUNDARY_RULES, OVERLAP_RULES, Options};
use pullquote_datasets::package::plan::{PARTS, PackagePlan, RATIOS, ratios};
use pullquote_formats::file_name::file_stem;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// What `pullquote --help` prints.
pub(crate) const HELP: &str = "\
Annotated articles in a pipeline: converted, checked, counted, divided, packed.

Usage:
  pullquote convert IN… --to FORMAT --out PATH    write a dataset
  pullquote check FILE…                           slice every span again, in any format
  pullquote stats IN…                             what there is, as a table
  pullquote split IN… [--to FORMAT --out PATH]    divide into train, dev, test
  pullquote package IN… --to F,F… --out X.zip     data, card, codebook, guidelines, parts
  pullquote formats                               all formats, and who reads them

IN is a file of Pullquote (*.pullquote.json), a backup (*.pullquote.jsonl), an archive (.zip)
or a folder with such files, also in its folders; a text in UTF-8, which is an article without
marks; or - for standard input. FILE is of any format, or a folder.
PATH is a file; a folder if it ends with /; an archive if it ends with .zip; - is standard
output. A format of several files needs a folder or an archive. What split and package write is
always a folder, or an archive.

What is taken:
  --where QUERY                   only marks of which this is true, asked as in the app's search
                                  box: \"tag:actor\", \"strength:firm has no made by\", words

How it is written:
  --tokens words|whitespace|spacy-like|characters   where tokens end (words)
  --edges split|expand|shrink     a mark that ends inside a token (split)
  --keep longest|shortest|first   of marks over marks where one can stay (longest)
  --name NAME                     what files of a whole dataset are called
  --utf16                         doccano: offsets as its editor counts them
  --raw-cells                     csv, tsv: no apostrophe before what could be a formula
  --made SECONDS                  the time that is written, since 1970 (or SOURCE_DATE_EPOCH)

How it is divided:
  --seed N                        decides between equals (0)
  --ratio 80,10,10                how large train, dev and test are
  --licence ID, --agreement TEXT  package: what the card says of them

Other:
  --from FORMAT                   check: what the files are
  --json                          stats: for programs
  -q, --quiet                     say nothing but errors
  -h, --help, -V, --version

Exit codes: 0 all is well, 1 a file is wrong or cannot be read or written, 2 the command
line is not understood.";

/// What to do.
pub(crate) enum Command {
    Help,
    Version,
    Formats,
    Convert(Convert),
    Check {
        files: Vec<PathBuf>,
        format: Option<&'static Format>,
    },
    Stats {
        inputs: Vec<PathBuf>,
        only: Query,
        json: bool,
    },
    Split(Split),
    Package(Packing),
}

/// A dataset to be written.
pub(crate) struct Convert {
    pub(crate) inputs: Vec<PathBuf>,
    pub(crate) only: Query,
    pub(crate) format: &'static Format,
    pub(crate) out: PathBuf,
    pub(crate) options: Options,
}

/// Articles to be divided; with a format and a place, into datasets.
pub(crate) struct Split {
    pub(crate) inputs: Vec<PathBuf>,
    pub(crate) only: Query,
    pub(crate) to: Option<(&'static Format, PathBuf)>,
    pub(crate) options: Options,
    pub(crate) ratios: [f64; 3],
    pub(crate) seed: u64,
}

/// A package to be written.
pub(crate) struct Packing {
    pub(crate) inputs: Vec<PathBuf>,
    pub(crate) only: Query,
    pub(crate) out: PathBuf,
    pub(crate) plan: PackagePlan,
}

/// Every format on a line.
pub(crate) fn formats() -> String {
    let line = |format: &Format| {
        let files = match format.layout {
            FileLayout::One => "one file",
            FileLayout::EachArticle => "a file an article",
            FileLayout::Several => "several files",
        };
        format!(
            "{:<18} {:<30} {:<18} {}",
            format.id, format.name, files, format.about
        )
    };
    FORMATS.iter().map(line).collect::<Vec<String>>().join("\n")
}

fn format(id: &str) -> Result<&'static Format, Failure> {
    Format::named(id).ok_or_else(|| {
        let known: Vec<&str> = FORMATS.iter().map(|format| format.id.as_str()).collect();
        let all = known.join(" ");
        Failure::Usage(match hint(id, known.into_iter()).as_str() {
            "" => format!("there is no format `{id}`; there are {all}"),
            hint => format!("there is no format `{id}`{hint} (there are {all})"),
        })
    })
}

fn choice<T: Copy>(known: &[(T, &str)], option: &str, said: &str) -> Result<T, Failure> {
    let found = known.iter().find(|(_, name)| *name == said);
    found.map(|(value, _)| *value).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(_, name)| *name).collect();
        Failure::Usage(format!(
            "--{option} is one of {}, not `{said}`",
            names.join(", ")
        ))
    })
}

fn sizes(said: &str) -> Result<[f64; 3], Failure> {
    ratios(said).ok_or_else(|| {
        Failure::Usage(format!(
            "--ratio is three sizes, of {}: `{said}` is not",
            PARTS.join(", ")
        ))
    })
}

/// The time that is written into files: what was said, else that of the clock.
fn moment(said: Option<String>) -> Result<Timestamp, Failure> {
    let fixed = said.or_else(|| std::env::var("SOURCE_DATE_EPOCH").ok());
    if let Some(seconds) = fixed {
        let seconds: Option<i64> = seconds.parse().ok();
        let millis = seconds.and_then(|seconds| seconds.checked_mul(1_000));
        return millis
            .map(Timestamp)
            .ok_or_else(|| Failure::Usage("the time is no number of seconds".to_owned()));
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    Ok(Timestamp(now.map_or(0, |now| now.as_millis() as i64)))
}

/// An option with a value, and the commands that take it.
const VALUES: [(&str, &[&str]); 14] = [
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

/// An option without a value, and the commands that take it.
const FLAGS: [(&str, &[&str]); 4] = [
    ("utf16", WRITERS),
    ("raw-cells", WRITERS),
    ("json", &["stats"]),
    ("quiet", COMMANDS),
];

const WRITERS: &[&str] = &["convert", "split", "package"];

const COMMANDS: &[&str] = &[
    "convert", "check", "stats", "split", "package", "formats", "help",
];

/// The options that were given, each with its value, in order.
struct Given(Vec<(&'static str, OsString)>);

impl Given {
    /// Puts an option in. Errors: it has a value already.
    fn put(&mut self, option: &'static str, value: OsString) -> Result<(), Failure> {
        let option = if option == "license" {
            "licence"
        } else {
            option
        };
        if let Some((_, before)) = self.0.iter().find(|(known, _)| *known == option) {
            let advice = match option {
                "to" => "name one; package takes several as --to a,b",
                "where" => "write both in one, as in \"tag:actor is:flagged\"",
                _ => "name one",
            };
            return Err(Failure::Usage(format!(
                "--{option} is given twice, as `{}` and as `{}`: {advice}",
                before.display(),
                value.display()
            )));
        }
        self.0.push((option, value));
        Ok(())
    }

    fn take(&mut self, option: &str) -> Option<OsString> {
        let place = self.0.iter().position(|(known, _)| *known == option)?;
        Some(self.0.remove(place).1)
    }

    fn text(&mut self, option: &str) -> Result<Option<String>, Failure> {
        let value = self.take(option);
        Ok(value.map(|value| value.string()).transpose()?)
    }
}

/// Whether a command takes what was given: what it does not take would be left unsaid.
fn takes(command: &str, options: impl Iterator<Item = &'static str>) -> Result<(), Failure> {
    for option in options {
        let mut known = VALUES.iter().chain(&FLAGS);
        let commands = known.find(|(name, _)| *name == option);
        if commands.is_some_and(|(_, commands)| !commands.contains(&command)) {
            return Err(Failure::Usage(format!("{command} takes no --{option}")));
        }
    }
    Ok(())
}

/// Reads the command line: what to do, and whether only errors are wanted.
pub(crate) fn parse(mut parser: Parser) -> Result<(Command, bool), Failure> {
    let mut command: Option<String> = None;
    let mut inputs: Vec<PathBuf> = Vec::new();
    let mut given = Given(Vec::new());
    let mut flags: Vec<&'static str> = Vec::new();
    while let Some(argument) = parser.next()? {
        let said = match argument {
            Short('h') | Long("help") => return Ok((Command::Help, false)),
            Short('V') | Long("version") => return Ok((Command::Version, false)),
            Short('q') => "quiet".to_owned(),
            Short('o') => "out".to_owned(),
            Long(said) => said.to_owned(),
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
        if let Some((option, _)) = VALUES.iter().find(|(name, _)| *name == said) {
            given.put(option, parser.value()?)?;
        } else if let Some((flag, _)) = FLAGS.iter().find(|(name, _)| *name == said) {
            flags.push(flag);
        } else {
            let known = VALUES.iter().chain(&FLAGS);
            let known: Vec<String> = known.map(|(name, _)| format!("--{name}")).collect();
            let hint = hint(&said, known.iter().map(String::as_str));
            return Err(Failure::Usage(format!("there is no option --{said}{hint}")));
        }
    }
    if let Some(command) = command.as_deref().filter(|it| COMMANDS.contains(it)) {
        let values = given.0.iter().map(|(option, _)| *option);
        takes(command, values.chain(flags.iter().copied()))?;
    }
    let quiet = flags.contains(&"quiet");
    let command = understood(command.as_deref(), inputs, given, &flags)?;
    Ok((command, quiet))
}

/// The command with its inputs and options.
fn understood(
    command: Option<&str>,
    inputs: Vec<PathBuf>,
    mut given: Given,
    flags: &[&str],
) -> Result<Command, Failure> {
    let only = given.text("where")?;
    let only = only.map_or(Query::default(), |text| Query::new(&text));
    let (to, from) = (given.text("to")?, given.text("from")?);
    let out = given.take("out").map(PathBuf::from);
    let (made, name) = (given.text("made")?, given.text("name")?);
    let licence = given.text("licence")?.unwrap_or_default();
    let agreement = given.text("agreement")?.unwrap_or_default();
    let mut options = Options {
        utf16: flags.contains(&"utf16"),
        raw_cells: flags.contains(&"raw-cells"),
        ..Options::default()
    };
    if let Some(said) = given.text("tokens")? {
        options.tokenizer = choice(&TOKENIZERS, "tokens", &said)?;
    }
    if let Some(said) = given.text("edges")? {
        options.boundaries = choice(&BOUNDARY_RULES, "edges", &said)?;
    }
    if let Some(said) = given.text("keep")? {
        options.overlaps = choice(&OVERLAP_RULES, "keep", &said)?;
    }
    let parts = given.text("ratio")?;
    let parts = parts.map_or(Ok(RATIOS), |said| sizes(&said))?;
    let seed = given.text("seed")?.map_or(Ok(0), |said| {
        said.parse()
            .map_err(|_| Failure::Usage(format!("--seed is a whole number from 0, not `{said}`")))
    })?;
    let json = flags.contains(&"json");
    options.made = moment(made)?;
    options.name = name.map_or(String::new(), |name: String| file_stem(&name));
    let usage = |text: &str| Failure::Usage(text.to_owned());
    let needs = |inputs: &Vec<PathBuf>| match inputs.is_empty() {
        true => Err(usage("no file is named to read from (- is standard input)")),
        false => Ok(()),
    };
    let place = |out: Option<PathBuf>| out.ok_or_else(|| usage("--out PATH is missing"));
    let named = |to: &Option<String>| {
        let to = to
            .as_deref()
            .ok_or_else(|| usage("--to FORMAT is missing"))?;
        format(to)
    };
    Ok(match command {
        None | Some("help") => Command::Help,
        Some("formats") => Command::Formats,
        Some("convert") => {
            needs(&inputs)?;
            Command::Convert(Convert {
                format: named(&to)?,
                out: place(out)?,
                inputs,
                only,
                options,
            })
        }
        Some("check") => {
            needs(&inputs)?;
            Command::Check {
                files: inputs,
                format: from.as_deref().map(format).transpose()?,
            }
        }
        Some("stats") => {
            needs(&inputs)?;
            Command::Stats { inputs, only, json }
        }
        Some("split") => {
            needs(&inputs)?;
            let to = match (&to, out) {
                (None, None) => None,
                (_, out) => Some((named(&to)?, place(out)?)),
            };
            Command::Split(Split {
                inputs,
                only,
                to,
                options,
                ratios: parts,
                seed,
            })
        }
        Some("package") => {
            needs(&inputs)?;
            let formats = to
                .as_deref()
                .ok_or_else(|| usage("--to FORMAT,FORMAT… is missing"))?;
            let formats: Result<Vec<_>, Failure> = formats.split(',').map(format).collect();
            // One that is named twice is wanted once.
            let mut named: Vec<&'static Format> = Vec::new();
            for format in formats? {
                if named.iter().all(|known| known.id != format.id) {
                    named.push(format);
                }
            }
            let out = place(out)?;
            if options.name.is_empty() {
                let stem = out
                    .file_stem()
                    .map(|stem| stem.to_string_lossy().into_owned());
                options.name = stem.unwrap_or_default();
            }
            Command::Package(Packing {
                inputs,
                only,
                out,
                plan: PackagePlan {
                    formats: named,
                    options,
                    ratios: parts,
                    seed,
                    licence,
                    agreement,
                },
            })
        }
        Some(other) => {
            let hint = hint(other, COMMANDS.iter().copied());
            return Err(Failure::Usage(format!(
                "there is no command `{other}`{hint}"
            )));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Command, Failure, Parser, formats, parse};
    use pullquote_core::model::timestamp::Timestamp;
    use pullquote_datasets::catalogue::FORMATS;
    use pullquote_datasets::options::BOUNDARY_RULES;

    fn parsed(line: &str) -> Result<(Command, bool), Failure> {
        parse(Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn what_is_not_understood_says_what_is() {
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
            let failure = parsed(line).err().map(|it| (it.to_string(), it.code()));
            assert!(
                failure
                    .as_ref()
                    .is_some_and(|(text, code)| text.contains(said) && *code == 2),
                "{line}: {failure:?}"
            );
        }
    }

    #[test]
    fn options_are_taken_as_they_are_said() {
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
