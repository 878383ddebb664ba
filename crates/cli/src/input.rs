//! Reads documents, one after the other.

use crate::failure::Failure;
use crate::stderr;
use pullquote_core::analysis::completeness::Links;
use pullquote_core::analysis::query::{Query, QueryTerm, searchable_text};
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::article::Article;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_datasets::encoding::zip::unzip;
use pullquote_formats::backup_file::{BackupLine, BackupReader, is_backup};
use pullquote_formats::document_file::read_document;
use pullquote_formats::error::{ReadError, SIZE_LIMIT};
use pullquote_formats::file_kind::detect::file_kind;
use pullquote_formats::file_kind::kind::FileKind;
use pullquote_formats::file_name::without_extension;
use pullquote_formats::plain_text::{article_of_text, decode};

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Files of a folder are read if their name ends with this.
const ENDING: &str = ".pullquote.json";

/// The files to read: those that are named, and from folders, and the folders inside them, the
/// files of Pullquote, sorted by name. Hidden files and folders are left out.
pub(crate) fn files(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for input in inputs {
        if !input.is_dir() {
            files.push(input.clone());
            continue;
        }
        let mut inside = Vec::new();
        let mut others = Vec::new();
        of_folder(input, &mut inside, &mut others)?;
        if inside.is_empty() {
            let others = match others.as_slice() {
                [] => String::new(),
                [only] => format!("; it has {}: name it to have it read", only.display()),
                [first, ..] => format!(
                    "; it has {} other files, as {}: name them one by one to have them read",
                    others.len(),
                    first.display()
                ),
            };
            return Err(Failure::Wrong {
                place: input.display().to_string(),
                reason: format!("the folder has no file that ends with {ENDING}{others}"),
            });
        }
        files.append(&mut inside);
    }
    // A file that is named twice is read once.
    let mut known: Vec<PathBuf> = Vec::new();
    files.retain(|path| {
        let path = path.canonicalize().unwrap_or_else(|_| path.clone());
        let is_new = !known.contains(&path);
        if is_new {
            known.push(path);
        } else {
            stderr::note(format_args!("{}: named twice, read once", path.display()));
        }
        is_new
    });
    Ok(files)
}

/// Adds the files of Pullquote in a folder to `files`, and all others to `others`, sorted by name.
/// Links to folders are not followed, because they may form a loop.
fn of_folder(
    folder: &Path,
    files: &mut Vec<PathBuf>,
    others: &mut Vec<PathBuf>,
) -> Result<(), Failure> {
    let mut inside = Vec::new();
    for entry in fs::read_dir(folder).map_err(Failure::file(folder))? {
        inside.push(entry.map_err(Failure::file(folder))?);
    }
    inside.sort_by_key(fs::DirEntry::file_name);
    for entry in inside {
        let path = entry.path();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let name = entry.file_name().to_string_lossy().into_owned();
        match () {
            () if name.starts_with('.') => {}
            () if is_folder => of_folder(&path, files, others)?,
            () if path.is_dir() => stderr::note(format_args!(
                "{}: a link to a folder, not followed",
                path.display()
            )),
            () if name.ends_with(ENDING) => files.push(path),
            () => others.push(path),
        }
    }
    Ok(())
}

/// Passes each document of the files to `take`, with only the marks that match `only`. Standard
/// input can be read only once, so its bytes stay in `stdin` for a second call.
pub(crate) fn each(
    files: &[PathBuf],
    stdin: &mut Option<Vec<u8>>,
    only: &Query,
    mut take: impl FnMut(Document) -> Result<(), Failure>,
) -> Result<(), Failure> {
    // The fields that the query names and no document has.
    let mut unknown: Option<Vec<String>> = None;
    let mut take = |document: Document| {
        if only.is_empty() {
            return take(document);
        }
        let fields = unknown_fields(only, &document);
        match &mut unknown {
            Some(unknown) => unknown.retain(|field| fields.contains(field)),
            None => unknown = Some(fields),
        }
        take(chosen(&document, only))
    };
    for path in files {
        if path.as_os_str() == "-" {
            if stdin.is_none() {
                let mut bytes = Vec::new();
                let read = std::io::stdin().lock().read_to_end(&mut bytes);
                read.map_err(Failure::file("standard input"))?;
                *stdin = Some(bytes);
            }
            let bytes = stdin.as_deref().unwrap_or_default();
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
    for field in unknown.unwrap_or_default() {
        stderr::note(format_args!(
            "warning: --where asks for words with a colon, as no field is called `{field}`"
        ));
    }
    Ok(())
}

/// The fields that a query names and a document does not have.
fn unknown_fields(only: &Query, document: &Document) -> Vec<String> {
    let asked = only.asked(document).into_iter();
    let fields = asked.filter_map(|asked| match asked {
        QueryTerm::NoField { field, .. } => Some(field),
        _ => None,
    });
    fields.collect()
}

fn chosen(document: &Document, only: &Query) -> Document {
    let links = Links::new(document);
    let marks = document.annotations().iter();
    let fits = |mark: &&Rc<Annotation>| {
        let known = searchable_text(document, mark);
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
    let failed = |error| Failure::Read {
        place: place.to_owned(),
        error,
    };
    let document = match file_kind(place, &bytes) {
        FileKind::Archive(_) if bytes.starts_with(b"PK") => return of_archive(place, &bytes, take),
        FileKind::Article => read_document(&bytes).map_err(failed)?.document,
        FileKind::Text => {
            let article = of_text(place, &bytes).map_err(failed)?;
            stderr::note(format_args!(
                "{place}: a text, read as an article without marks"
            ));
            Document::new(article, Codebook::news())
        }
        FileKind::Empty => return Err(failed(ReadError::Empty)),
        other => return Err(failed(ReadError::OtherKind(other))),
    };
    take(document)
}

/// The article of a text file. Its id is made from the text, so the same text always gets the
/// same id.
fn of_text(place: &str, bytes: &[u8]) -> Result<Article, ReadError> {
    let name = Path::new(place)
        .file_name()
        .filter(|_| place != "standard input");
    let name = name.map(|name| name.to_string_lossy().into_owned());
    let name = name.as_deref().map(without_extension);
    let mut article = article_of_text(Id::new(0, &[0; 10]), decode(bytes)?, name)?;
    let mut own = [0; 10];
    for (byte, digits) in own.iter_mut().zip(article.sha256().as_bytes().chunks(2)) {
        let digits = str::from_utf8(digits).unwrap_or_default();
        *byte = u8::from_str_radix(digits, 16).unwrap_or_default();
    }
    article.id = Id::new(0, &own);
    Ok(article)
}

/// Reads the files of Pullquote in an archive, such as the app writes of a whole library.
fn of_archive(
    place: &str,
    bytes: &[u8],
    take: &mut dyn FnMut(Document) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let wrong = |reason| Failure::Wrong {
        place: place.to_owned(),
        reason,
    };
    let files = unzip(bytes).map_err(|error| wrong(error.to_string()))?;
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
            // Deleted articles are not part of a dataset.
            BackupLine::Article(copy) if copy.deleted.is_some() => {}
            BackupLine::Article(copy) => take((*copy.document).clone())?,
            BackupLine::End { is_whole: whole } => is_whole = whole,
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

/// The name of an input in messages.
pub(crate) fn name(path: &Path) -> String {
    match path.as_os_str() == "-" {
        true => "standard input".to_owned(),
        false => path.display().to_string(),
    }
}
