//! `pullquote check`: slices every span of a file out of its text again.

use crate::failure::{Failure, of_system};
use crate::guess::{guess, is_known, is_without_spans};
use crate::{input, stderr, stdout};
use pullquote_datasets::catalogue::{Format, FormatId};
use pullquote_datasets::encoding::zip::unzip;
use pullquote_datasets::foreign;
use pullquote_datasets::foreign::{with_our_line_ends, without_byte_order_mark};
use pullquote_datasets::verify::CheckedFile;
use pullquote_formats::backup_file::{BackupLine, BackupReader, is_backup};
use pullquote_formats::file_kind::detect::file_kind;
use pullquote_formats::file_kind::kind::FileKind;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Checks each file and prints its format and its number of spans. In a folder, it checks every
/// file of a known format. Fails if a file is wrong.
pub(crate) fn check(named: &[PathBuf], format: Option<&'static Format>) -> Result<(), Failure> {
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() {
            let before = files.len();
            of_folder(path, &mut files)?;
            if files.len() == before {
                return Err(Failure::Wrong {
                    place: path.display().to_string(),
                    reason: "the folder has no file of a format that is known".to_owned(),
                });
            }
        } else {
            files.push(path.clone());
        }
    }
    let (mut wrong, mut unread) = (0, 0);
    for path in &files {
        match check_file(path, format)? {
            Outcome::Right => {}
            Outcome::Wrong => wrong += 1,
            Outcome::Unread => unread += 1,
        }
    }
    match wrong + unread {
        0 => Ok(()),
        _ => Err(Failure::Checked {
            wrong,
            all: files.len() - unread,
            unread,
        }),
    }
}

/// What the check of one file came to.
enum Outcome {
    Right,
    Wrong,
    Unread,
}

/// Checks one file, and prints what it is or what is wrong with it.
fn check_file(path: &Path, format: Option<&'static Format>) -> Result<Outcome, Failure> {
    let name = input::name(path);
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let has_beside = |other: &str| path.with_file_name(other).is_file();
    let is_beside = format.is_none()
        && path.is_file()
        && is_without_spans(&file, &beginning(path).unwrap_or_default(), has_beside);
    if is_beside {
        print_unless_quiet(&format!("{name}: stands beside the data, and has no spans"))?;
        return Ok(Outcome::Right);
    }
    let bytes = match path.as_os_str() == "-" {
        true => {
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().read_to_end(&mut bytes);
            read.map(|_| bytes)
        }
        false => fs::read(path),
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => {
            stderr::error(format_args!("{name}: {}", of_system(&error)));
            return Ok(Outcome::Unread);
        }
    };
    match verdict(path, &bytes, format) {
        Ok((kind, checked)) => {
            print_unless_quiet(&format!("{name}: {kind}, {}", words(checked)))?;
            Ok(Outcome::Right)
        }
        Err(reason) => {
            stderr::error(format_args!("{name}: {reason}"));
            Ok(Outcome::Wrong)
        }
    }
}

/// Prints a result, unless only errors are wanted.
fn print_unless_quiet(text: &str) -> Result<(), Failure> {
    match stderr::is_quiet() {
        true => Ok(()),
        false => stdout::print(text),
    }
}

/// Adds the files of a known format in a folder and the folders inside it, sorted by name.
fn of_folder(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let entries = fs::read_dir(folder).map_err(Failure::file(folder))?;
    let mut inside = Vec::new();
    for entry in entries {
        inside.push(entry.map_err(Failure::file(folder))?.path());
    }
    inside.sort();
    for path in inside {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let has_beside = |other: &str| folder.join(other).is_file();
        if path.is_dir() {
            of_folder(&path, files)?;
        } else {
            let bytes = beginning(&path)?;
            if !is_without_spans(&name, &bytes, has_beside) && is_known(&path, &bytes) {
                files.push(path.clone());
            }
        }
    }
    Ok(())
}

/// The first 2,000 bytes of a file, without a byte-order mark.
fn beginning(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(Failure::file(path))?;
    let read = file.take(2_000).read_to_end(&mut bytes);
    read.map_err(Failure::file(path))?;
    Ok(without_byte_order_mark(&bytes).to_vec())
}

/// "214 of 214 spans verified", or why some spans have nothing to compare them with.
fn words(checked: CheckedFile) -> String {
    let CheckedFile { spans, compared } = checked;
    match spans - compared {
        0 if spans == 0 => "no spans".to_owned(),
        0 => format!("{spans} of {spans} spans verified"),
        others if compared == 0 => format!(
            "{others} {}, all well formed (the file does not hold both the text and the words, \
             so there is nothing to compare)",
            if others == 1 { "span" } else { "spans" }
        ),
        others => format!(
            "{compared} of {spans} spans verified; {others} are well formed, but text and words to \
             compare do not both stand in it"
        ),
    }
}

/// The format of a file, and how its spans compared. The error is a sentence.
fn verdict(
    path: &Path,
    bytes: &[u8],
    format: Option<&'static Format>,
) -> Result<(String, CheckedFile), String> {
    let bytes = without_byte_order_mark(bytes);
    if let Some(format) = format {
        return spans(format, path, bytes).map(|spans| (format.id.as_str().to_owned(), spans));
    }
    if is_backup(bytes) {
        let checked = backup(bytes);
        let checked = match (&checked, with_our_line_ends(bytes)) {
            (Err(_), Some(bytes)) => backup(&bytes).or(checked),
            _ => checked,
        };
        return checked.map(|spans| ("backup".to_owned(), spans));
    }
    let name = path.to_string_lossy().to_lowercase();
    if name.ends_with(".zip") || name == "-" && bytes.starts_with(b"PK\x03\x04") {
        return archive(bytes);
    }
    // Standard input has no name, so its beginning decides.
    let name = match (name.as_str(), bytes.first()) {
        ("-", Some(b'{')) if bytes.starts_with(b"{\n") || bytes.starts_with(b"{\r\n") => "-.json",
        ("-", Some(b'{')) => "-.jsonl",
        ("-", Some(b'[')) => "-.json",
        ("-", Some(b'<')) => "-.xml",
        ("-", _) if bytes.starts_with(b"-DOCSTART-") => "-.conll",
        ("-", _) if bytes.starts_with(b"# newdoc") => "-.conllu",
        ("-", _) if bytes.starts_with(b"#FORMAT=WebAnno") => "-.tsv",
        _ => &name,
    };
    let candidates = guess(name, bytes);
    let Some(first) = candidates.first() else {
        return Err(match file_kind(name, bytes) {
            FileKind::Text => "a text file: there are no spans in it to check".to_owned(),
            kind => {
                format!("{kind}, of which no spans can be checked; or say its format with --from")
            }
        });
    };
    let mut tried = candidates
        .iter()
        .map(|format| (format, spans(format, path, bytes)));
    match tried.find(|(_, spans)| spans.is_ok()) {
        Some((format, Ok(spans))) => Ok((format.id.as_str().to_owned(), spans)),
        _ => spans(first, path, bytes).map(|spans| (first.id.as_str().to_owned(), spans)),
    }
}

/// Checks the spans of a file; for brat, against the text file beside it.
fn spans(format: &Format, path: &Path, bytes: &[u8]) -> Result<CheckedFile, String> {
    if format.id != FormatId::Brat {
        return foreign::check(format, bytes, None).map_err(|error| error.to_string());
    }
    let beside = path.with_extension("txt");
    let text = fs::read_to_string(&beside);
    let text =
        text.map_err(|error| format!("its text, {}: {}", beside.display(), of_system(&error)))?;
    foreign::check(format, bytes, Some(&text)).map_err(|error| error.to_string())
}

fn backup(bytes: &[u8]) -> Result<CheckedFile, String> {
    let mut reader = BackupReader::default();
    let mut spans = 0;
    let mut is_whole = false;
    let lines = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    for line in lines.split(|byte| *byte == b'\n') {
        let read = reader.read(line);
        match read.map_err(|error| format!("line {}: {error}", reader.lines()))? {
            BackupLine::Head(_) => {}
            BackupLine::Article(copy) => {
                let marks = copy.document.annotations().iter();
                spans += marks.map(|mark| mark.spans.as_slice().len()).sum::<usize>();
            }
            BackupLine::End { is_whole: whole } => is_whole = whole,
        }
    }
    match is_whole {
        // The reader compared each span with its quote.
        true => Ok(CheckedFile {
            spans,
            compared: spans,
        }),
        false => Err("the backup was cut off or changed".to_owned()),
    }
}

/// Checks every file of a known format in an archive.
fn archive(bytes: &[u8]) -> Result<(String, CheckedFile), String> {
    let files = unzip(bytes).map_err(|error| error.to_string())?;
    let mut kinds: Vec<&str> = Vec::new();
    let mut all = CheckedFile::default();
    for (name, bytes) in &files {
        let (folder, stem) = name.rsplit_once('/').unwrap_or(("", name));
        let has_beside = |other: &str| {
            let other = match folder {
                "" => other.to_owned(),
                folder => format!("{folder}/{other}"),
            };
            files.iter().any(|(name, _)| *name == other)
        };
        if is_without_spans(stem, without_byte_order_mark(bytes), has_beside) {
            continue;
        }
        let candidates = guess(&stem.to_lowercase(), bytes);
        let Some(first) = candidates.first() else {
            continue;
        };
        let beside = name.strip_suffix(".ann").map(|stem| format!("{stem}.txt"));
        let text = files
            .iter()
            .find(|(other, _)| Some(other) == beside.as_ref());
        let text = text.and_then(|(_, bytes)| str::from_utf8(bytes).ok());
        if beside.is_some() && text.is_none() {
            return Err(format!("{name}: its text is not beside it"));
        }
        let checked = candidates
            .iter()
            .map(|format| (format.id, foreign::check(format, bytes, text)));
        let found = checked.into_iter().find(|(_, spans)| spans.is_ok());
        let (id, spans) = found.unwrap_or_else(|| (first.id, foreign::check(first, bytes, text)));
        let checked = spans.map_err(|reason| format!("{name}: {reason}"))?;
        all.spans += checked.spans;
        all.compared += checked.compared;
        if !kinds.contains(&id.as_str()) {
            kinds.push(id.as_str());
        }
    }
    match kinds.is_empty() {
        true => Err("no file in it is of a format that is known".to_owned()),
        false => Ok((format!("archive of {}", kinds.join(", ")), all)),
    }
}
