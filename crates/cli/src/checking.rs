//! Files checked: every span that one has is sliced out of the text again.

use crate::failure::{Failure, of_system};
use crate::{input, output, told};
use pullquote_datasets::catalogue::{FORMATS, Format, FormatId};
use pullquote_datasets::encoding::zip::unzip;
use pullquote_datasets::foreign;
use pullquote_datasets::foreign::{with_our_line_ends, without_byte_order_mark};
use pullquote_datasets::verify::CheckedFile;
use pullquote_formats::backup_file::{BackupLine, BackupReader, is_backup};
use pullquote_formats::codebook_file::CODEBOOK;
use pullquote_formats::file_kind::detect::file_kind;
use pullquote_formats::file_kind::kind::FileKind;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Checks each file, says what it is and has, and fails if one is wrong. Of a folder all files
/// are checked that are of a format.
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
        let name = input::name(path);
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let has_beside = |other: &str| path.with_file_name(other).is_file();
        let is_beside = format.is_none()
            && path.is_file()
            && is_without_spans(&file, &beginning(path).unwrap_or_default(), has_beside);
        if is_beside {
            told_well(&format!("{name}: stands beside the data, and has no spans"))?;
            continue;
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
                unread += 1;
                told::error(format_args!("{name}: {}", of_system(&error)));
                continue;
            }
        };
        match verdict(path, &bytes, format) {
            Ok((kind, checked)) => told_well(&format!("{name}: {kind}, {}", words(checked)))?,
            Err(reason) => {
                wrong += 1;
                told::error(format_args!("{name}: {reason}"));
            }
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

/// Says of a file that nothing is wrong, unless only errors are wanted.
fn told_well(text: &str) -> Result<(), Failure> {
    match told::is_quiet() {
        true => Ok(()),
        false => output::say(text),
    }
}

/// The files of a folder that are of a format, by name.
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

/// How a file begins, without a byte-order mark.
fn beginning(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(Failure::file(path))?;
    let read = file.take(2_000).read_to_end(&mut bytes);
    read.map_err(Failure::file(path))?;
    Ok(without_byte_order_mark(&bytes).to_vec())
}

/// Whether a file may be of a format, by its name and how it begins.
fn is_known(path: &Path, beginning: &[u8]) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    name.ends_with(".zip") || is_backup(beginning) || !guess(&name, beginning).is_empty()
}

/// "214 of 214 spans verified"; what else is known of those that the file has no words for.
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

/// What a file is, and what its spans were held to.
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
    // What has no name is known by how it begins.
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

/// The spans of a file, checked with the text beside it where the format has it there.
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

/// The formats that a file of this name and content may be of, the likeliest first.
fn guess(name: &str, bytes: &[u8]) -> Vec<&'static Format> {
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(2_000)]).into_owned();
    let has = |text: &str| beginning.contains(text);
    let ids: &[&str] = match () {
        () if name.ends_with(".pullquote.json") => &["json"],
        () if name.ends_with(".jsonl") && has("\"_view_id\"") => &["prodigy"],
        () if name.ends_with(".jsonl") && has("\"tokens\"") => &["prodigy", "hf"],
        () if name.ends_with(".jsonl") && has("\"entities\"") => &["doccano-relations"],
        () if name.ends_with(".jsonl") => &["doccano", "hf", "prodigy"],
        () if name.ends_with(".json") && has("%TYPES") => &["cas-json"],
        () if name.ends_with(".json") && has("%FEATURE_STRUCTURES") => &["cas-json"],
        () if name.ends_with(".json") && has("\"pullquote\"") => &["json"],
        () if name.ends_with(".json") => &["label-studio", "cas-json", "json"],
        () if name.ends_with(".parquet") => &["parquet"],
        () if name.ends_with(".tsv") && has("#FORMAT=WebAnno") => &["webanno-tsv"],
        () if name.ends_with(".tsv") && has("doc_id") => &["tsv"],
        () if name.ends_with(".bioes.tsv") => &["bioes"],
        () if name.ends_with(".bilou.tsv") => &["bilou"],
        () if name.ends_with(".tsv") => &["iob2"],
        () if name.ends_with(".csv") => &["csv"],
        () if name.ends_with(".xml") => &["tei"],
        () => {
            let fits = FORMATS.iter().filter(|format| {
                format.extension != "zip" && name.ends_with(&format!(".{}", format.extension))
            });
            return fits.collect();
        }
    };
    ids.iter().filter_map(|id| Format::named(id)).collect()
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
        // Each was compared when its line was read.
        true => Ok(CheckedFile {
            spans,
            compared: spans,
        }),
        false => Err("the backup was cut off or changed".to_owned()),
    }
}

/// Every file of an archive that is of a format, by its name.
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

/// Whether a file is there for others: a codebook, a card, a configuration, a table beside that
/// of the marks, a text beside its marks.
fn is_without_spans(name: &str, beginning: &[u8], has_beside: impl Fn(&str) -> bool) -> bool {
    let of_tables = |extension: &str| {
        let table = name
            .strip_suffix(extension)
            .and_then(|name| name.strip_suffix('.'));
        table.is_some_and(|table| {
            let is_known = matches!(table, "relations" | "cast" | "about");
            (is_known || table.starts_with("ledger-")) && has_beside(&format!("marks.{extension}"))
        })
    };
    let text = name.strip_suffix(".txt");
    matches!(
        name,
        "README.md"
            | "GUIDELINES.md"
            | "splits.tsv"
            | "TypeSystem.xml"
            | "annotation.conf"
            | "visual.conf"
    ) || name.ends_with(&format!(".{CODEBOOK}"))
        || of_tables("csv")
        || of_tables("tsv")
        || text.is_some_and(|stem| has_beside(&format!("{stem}.ann")))
        || name.to_lowercase().ends_with(".xml") && is_labelling(beginning)
}

/// Whether XML begins as the labelling configuration of Label Studio does.
fn is_labelling(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let mut rest = text.trim_start();
    // The declaration and comments.
    loop {
        let end = match () {
            () if rest.starts_with("<!--") => "-->",
            () if rest.starts_with("<?") => "?>",
            () => break,
        };
        let Some((_, behind)) = rest.split_once(end) else {
            break;
        };
        rest = behind.trim_start();
    }
    let name = rest.strip_prefix("<View");
    name.is_some_and(|rest| {
        rest.starts_with(|char: char| char.is_whitespace() || ">/".contains(char))
    })
}

#[cfg(test)]
mod tests {
    use super::{is_labelling, is_without_spans};

    #[track_caller]
    fn check(name: &str, beside: &str, expected: bool) {
        let is_without = is_without_spans(name, b"", |other| other == beside);
        assert_eq!(is_without, expected, "{name} beside {beside}");
    }

    #[test]
    fn only_what_stands_beside_a_table_of_marks_is_a_table_without_spans() {
        check("relations.csv", "marks.csv", true);
        check("ledger-Actor.tsv", "marks.tsv", true);
        check("ledger-Actor.tsv", "marks.csv", false);
        check("about.iob2.tsv", "marks.tsv", false);
        check("About the bridge.iob2.tsv", "", false);
        check("marks.csv", "marks.csv", false);
        check("Notes.md", "", false);
        check("codebook-2.pullquote-codebook.json", "", true);
        check("Rain.txt", "Rain.ann", true);
        check("Rain.txt", "", false);
    }

    #[test]
    fn a_labelling_configuration_is_known_by_its_root() {
        assert!(is_labelling(b"<View>\n <Labels/>"));
        assert!(is_labelling(
            b"<?xml version=\"1.0\"?>\r\n<!-- <TEI> -->\r\n<View className=\"a\">"
        ));
        assert!(!is_labelling(b"<TEI><View>"));
        assert!(!is_labelling(b"<Views>"));
        assert!(!is_labelling(b"<!-- <View>"));
    }
}
