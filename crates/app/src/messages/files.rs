//! What is said about files: what is wrong with one, where, and what to do.

use crate::browser_reason::BrowserReason;
use crate::messages::Sentence;
use pullquote_core::text::shortened::shortened;
use pullquote_formats::error::{ReadError, SIZE_LIMIT};
use pullquote_formats::file_kind::kind::FileKind;

/// A file is being read.
pub(crate) fn reading(name: &str) -> Sentence {
    format!("Reading “{}”…", shortened(name, 60))
}

/// The file of an article is being written.
pub(crate) fn writing(title: &str) -> Sentence {
    format!("Writing “{}”…", shortened(title, 60))
}

/// The browser cannot read the file `name`.
pub(crate) fn not_readable(name: &str, reason: &BrowserReason) -> Sentence {
    format!(
        "“{name}” could not be read: {}. Try opening it again.",
        reason.without_stop()
    )
}

/// Why the file `name` was not opened.
#[must_use]
pub fn not_opened(name: &str, error: &ReadError) -> Sentence {
    if let ReadError::OtherKind(kind) = error {
        return format!("“{name}” is {kind}.{}", what_to_do(kind));
    }
    let why = read_error(error);
    format!("“{name}” was not opened: {why} Nothing kept here was changed.")
}

/// Why the codebook in the file `name` was not imported.
#[must_use]
pub fn codebook_not_imported(name: &str, error: &ReadError) -> Sentence {
    let why = read_error(error);
    format!("“{name}” was not imported as a codebook: {why} The codebook was not changed.")
}

/// What to do with a file of a kind that cannot be opened, after a space; empty if nothing can be
/// done.
fn what_to_do(kind: &FileKind) -> String {
    let cannot_yet =
        |what: &str| format!(" {what} cannot be opened yet: copy the text and use Paste.");
    match kind {
        FileKind::Empty => String::new(),
        FileKind::Document(name) | FileKind::OtherTool(name) => {
            cannot_yet(&format!("{name} files"))
        }
        FileKind::Ebook(_) => cannot_yet("E-books"),
        FileKind::WebPage => cannot_yet("Web pages"),
        FileKind::Email => cannot_yet("E-mails"),
        FileKind::Table(_) => cannot_yet("Tables"),
        FileKind::Slides(_) => cannot_yet("Presentations"),
        FileKind::Json => cannot_yet("JSON files of other programs"),
        FileKind::Xml => cannot_yet("XML files of other programs"),
        FileKind::Link => " Open it in the browser, copy the text there and use Paste.".to_owned(),
        FileKind::Picture(_) => {
            " Pictures cannot be opened: open their text as a text file, or use Paste.".to_owned()
        }
        FileKind::Audio | FileKind::Video => {
            " Recordings cannot be opened: open a transcript as a text file, or use Paste."
                .to_owned()
        }
        FileKind::Archive(_) => " Unpack it, and open the files in it.".to_owned(),
        FileKind::OtherEncoding(_) => {
            " Save it as UTF-8, or copy the text and use Paste.".to_owned()
        }
        FileKind::Backup => " Restore it in the library.".to_owned(),
        FileKind::Codebook => " Open it where the codebook of an article is shown.".to_owned(),
        FileKind::Text | FileKind::Article | FileKind::Binary => {
            " Save it as plain text in UTF-8, or copy the text and use Paste.".to_owned()
        }
    }
}

/// What is wrong with a file or a line of it, and what to do.
pub(crate) fn read_error(error: &ReadError) -> String {
    match error {
        ReadError::TooLarge { size } => format!(
            "it has {} MB, and the limit is {} MB. Split it into parts.",
            size.div_ceil(1 << 20),
            SIZE_LIMIT >> 20
        ),
        ReadError::NotUtf8 { byte, line } => format!(
            "it is not whole: byte {byte}, in line {line}, is not UTF-8. Save it as UTF-8 and open it \
             again."
        ),
        ReadError::OtherKind(kind) => format!("it is {kind}.{}", what_to_do(kind)),
        ReadError::Binary { byte } => format!(
            "it is not a text: byte {byte} is zero. Save it as plain text and open it again."
        ),
        ReadError::Archive => {
            "it is an archive (zip). Unpack it, and open the files in it.".to_owned()
        }
        ReadError::NotTagList { line, found } => format!(
            "it is neither a codebook nor a list of tags: line {line} reads “{}”, which is no tag’s \
             name. Put one tag on each line.",
            shortened(found, 60)
        ),
        ReadError::Empty => "there is no text in it.".to_owned(),
        ReadError::NotJson {
            line,
            column,
            reason,
        } => format!(
            "it is damaged or cut off: at line {line}, column {column}, it stops being JSON \
             ({reason}). Export it again where it came from."
        ),
        ReadError::OtherTool => "it is JSON, but not of Pullquote: it does not say \
                                 “\"format\": \"pullquote\"”."
            .to_owned(),
        ReadError::Newer { version } => format!(
            "it was written by a newer Pullquote (version {version} of the format; this one reads \
             version 1). Reload this page to get the newer one."
        ),
        ReadError::OffsetUnit { unit } => format!(
            "its offsets are counted in “{unit}”, and Pullquote’s files count in “codepoint”."
        ),
        ReadError::Shape { place, reason } => format!("at {place}: {reason}."),
        ReadError::TextChanged => "its text is not the one it was annotated on: the SHA-256 of \
                                   article.text differs from article.text_sha256."
            .to_owned(),
        ReadError::Range { place, start, end } => {
            format!("at {place}: {start} to {end} is no part of the text.")
        }
        ReadError::Quote { place, quote, text } => format!(
            "at {place}: the quote is “{}”, but the text at these offsets is “{}”.",
            shortened(quote, 60),
            shortened(text, 60)
        ),
        ReadError::OtherUnit {
            place,
            stated,
            actual,
        } => format!(
            "at {place}: it says {} to {}, but start and end come to {} to {}.",
            stated[0], stated[1], actual[0], actual[1]
        ),
        ReadError::Model { place, error } => format!("at {place}: {error}."),
        ReadError::Envelope => {
            "it does not have the checksum that it states: it is damaged.".to_owned()
        }
        ReadError::Time { place, found } => format!("at {place}: “{found}” is not a time."),
    }
}
