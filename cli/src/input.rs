//! Documents on their way in, one after the other.

use crate::failure::Failure;
use pullquote_core::analysis::{Links, Query, known_of};
use pullquote_core::formats::dataset::unzip;
use pullquote_core::formats::{BackupLine, BackupReader, SIZE_LIMIT, is_backup, read_document};
use pullquote_core::model::{Annotation, Document, Id};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The ending of what is read of a folder.
const ENDING: &str = ".pullquote.json";

/// The files that are named: of a folder those of Pullquote in it, by name.
pub(crate) fn files(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for input in inputs {
        if !input.is_dir() {
            files.push(input.clone());
            continue;
        }
        let entries = fs::read_dir(input).map_err(Failure::file(input))?;
        let mut inside = Vec::new();
        for entry in entries {
            let path = entry.map_err(Failure::file(input))?.path();
            if path.to_string_lossy().ends_with(ENDING) {
                inside.push(path);
            }
        }
        if inside.is_empty() {
            return Err(Failure::Wrong {
                place: input.display().to_string(),
                reason: format!("the folder has no file that ends with {ENDING}"),
            });
        }
        inside.sort();
        files.append(&mut inside);
    }
    // What is named twice is one dataset's article once.
    let mut known: Vec<PathBuf> = Vec::new();
    files.retain(|path| {
        let path = path.canonicalize().unwrap_or_else(|_| path.clone());
        let is_new = !known.contains(&path);
        if is_new {
            known.push(path);
        } else {
            eprintln!("{}: named twice, read once", path.display());
        }
        is_new
    });
    Ok(files)
}

/// Hands each document of the files to `take`, with those of its marks of which `only` is
/// true. A standard input is read once: what was read of it is in `held`, for the next time.
pub(crate) fn each(
    files: &[PathBuf],
    held: &mut Option<Vec<u8>>,
    only: &Query,
    mut take: impl FnMut(Document) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut take = |document: Document| match only.is_empty() {
        true => take(document),
        false => take(chosen(&document, only)),
    };
    for path in files {
        if path.as_os_str() == "-" {
            if held.is_none() {
                let mut bytes = Vec::new();
                let read = std::io::stdin().lock().read_to_end(&mut bytes);
                read.map_err(Failure::file("standard input"))?;
                *held = Some(bytes);
            }
            let bytes = held.as_deref().unwrap_or_default();
            of_reader("standard input", &mut &*bytes, &mut take)?;
        } else {
            let file = File::open(path).map_err(Failure::file(path))?;
            of_reader(
                &path.display().to_string(),
                &mut BufReader::new(file),
                &mut take,
            )?;
        }
    }
    Ok(())
}

fn chosen(document: &Document, only: &Query) -> Document {
    let links = Links::of(document);
    let marks = document.annotations().iter();
    let fits = |mark: &&Rc<Annotation>| {
        let known = known_of(document, mark);
        only.fits(document, &links, mark, &known)
    };
    let ids: Vec<Id> = marks.filter(fits).map(|mark| mark.id).collect();
    document.restricted(&ids)
}

fn of_reader(
    place: &str,
    reader: &mut dyn BufRead,
    take: &mut dyn FnMut(Document) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let beginning = reader.fill_buf().map_err(Failure::file(place))?;
    if is_backup(beginning) {
        return of_backup(place, reader, take);
    }
    let mut bytes = Vec::new();
    let most = SIZE_LIMIT as u64 + 1;
    reader
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(Failure::file(place))?;
    if bytes.starts_with(b"PK\x03\x04") {
        return of_archive(place, &bytes, take);
    }
    let opened = read_document(&bytes).map_err(|error| Failure::Read {
        place: place.to_owned(),
        error,
    })?;
    take(opened.document)
}

/// The files of Pullquote in an archive, as the app writes them of a whole library.
fn of_archive(
    place: &str,
    bytes: &[u8],
    take: &mut dyn FnMut(Document) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let wrong = |reason| Failure::Wrong {
        place: place.to_owned(),
        reason,
    };
    let files = unzip(bytes).map_err(wrong)?;
    let own = files.iter().filter(|(name, _)| name.ends_with(ENDING));
    let mut is_empty = true;
    for (name, bytes) in own {
        is_empty = false;
        let opened = read_document(bytes).map_err(|error| Failure::Read {
            place: format!("{place}: {name}"),
            error,
        })?;
        take(opened.document)?;
    }
    match is_empty {
        true => Err(wrong(format!(
            "the archive has no file that ends with {ENDING}"
        ))),
        false => Ok(()),
    }
}

fn of_backup(
    place: &str,
    reader: &mut dyn BufRead,
    take: &mut dyn FnMut(Document) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut backup = BackupReader::default();
    let mut is_whole = false;
    loop {
        let mut line = Vec::new();
        let length = reader
            .read_until(b'\n', &mut line)
            .map_err(Failure::file(place))?;
        if length == 0 {
            break;
        }
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        let read = backup.read(line).map_err(|error| Failure::Read {
            place: format!("{place}:{}", backup.lines()),
            error,
        })?;
        match read {
            BackupLine::Head(_) => {}
            // What was deleted is no part of a dataset.
            BackupLine::Article(copy) if copy.deleted.is_some() => {}
            BackupLine::Article(copy) => take((*copy.document).clone())?,
            BackupLine::End(whole) => is_whole = whole,
        }
    }
    match is_whole {
        true => Ok(()),
        false => Err(Failure::Wrong {
            place: place.to_owned(),
            reason: "the backup was cut off or changed".to_owned(),
        }),
    }
}

/// Where a file stands, in words.
pub(crate) fn name(path: &Path) -> String {
    match path.as_os_str() == "-" {
        true => "standard input".to_owned(),
        false => path.display().to_string(),
    }
}
