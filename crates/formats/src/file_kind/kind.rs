//! What a file is, told by its first bytes, its content and its name.
//!
//! The content decides. The name only decides where the content cannot: a table of commas is
//! a table if it is called `.csv`, and an article otherwise. In doubt a file is a text, since
//! to refuse an article is worse than to open what is none.
//!
//! ```
//! use pullquote_formats::file_kind::kind::{FileKind, file_kind};
//!
//! assert_eq!(file_kind("a.pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"), FileKind::Document("PDF"));
//! assert_eq!(file_kind("a.txt", "<no comment>, she said".as_bytes()), FileKind::Text);
//! ```

use crate::backup_file::is_backup;
use crate::file_kind::{binary, columns, encoding, json, markup, notation};
use std::fmt;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Nothing is in it.
    Empty,
    /// A text in UTF-8, whole or damaged, which can become an article.
    Text,
    /// Our own file of an article, whole or damaged; or a file called `.json` that is cut off,
    /// so that nobody can tell whose it is.
    Article,
    /// Our own file of a codebook.
    Codebook,
    /// Our own backup of a library.
    Backup,
    /// A text in another encoding than UTF-8.
    OtherEncoding(Encoding),
    /// A document with a layout: its program, or its format.
    Document(&'static str),
    /// An e-book: the format's name.
    Ebook(&'static str),
    /// A web page, saved as HTML, MHTML or a web archive.
    WebPage,
    /// An e-mail.
    Email,
    /// A shortcut to something on the web, without the thing itself.
    Link,
    /// A table: the name of its format or its program.
    Table(&'static str),
    /// Slides: the name of their program.
    Slides(&'static str),
    /// A picture: the format's name.
    Picture(&'static str),
    /// Sound.
    Audio,
    /// A film.
    Video,
    /// Several files packed in one: the format's name.
    Archive(&'static str),
    /// Annotations of another program: the name of the program or of its format.
    OtherTool(&'static str),
    /// JSON of nobody that we know.
    Json,
    /// XML of nobody that we know.
    Xml,
    /// Anything else that is not a text.
    Binary,
}

/// How a text that is not in UTF-8 is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16, with a byte-order mark or without.
    Utf16,
    /// UTF-32, with a byte-order mark.
    Utf32,
    /// One byte a character, mostly ASCII: most likely Windows-1252, of which Latin-1 is a part.
    Western,
    /// Another encoding from before Unicode, as Shift-JIS or KOI8-R are.
    Older,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf16 => "UTF-16",
            Self::Utf32 => "UTF-32",
            Self::Western => "an older encoding, probably Windows-1252 (Latin-1)",
            Self::Older => "an older encoding",
        })
    }
}

/// What it is, with its article: "a Word file".
impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("empty"),
            Self::Text => f.write_str("a text file"),
            Self::Article => f.write_str("a Pullquote file"),
            Self::Codebook => f.write_str("a codebook of Pullquote"),
            Self::Backup => f.write_str("a backup of Pullquote"),
            Self::OtherEncoding(encoding) => write!(f, "a text in {encoding}, not in UTF-8"),
            Self::WebPage => f.write_str("a web page"),
            Self::Email => f.write_str("an e-mail"),
            Self::Link => f.write_str("a link to something on the web"),
            Self::Picture(format) => write!(f, "a picture ({format})"),
            Self::Audio => f.write_str("a sound recording"),
            Self::Video => f.write_str("a video"),
            Self::Archive(format) => write!(f, "an archive ({format})"),
            Self::Slides(program) => write!(f, "a presentation ({program})"),
            Self::Table(format) => write!(f, "a table ({format})"),
            Self::Ebook(format) => write!(f, "an e-book ({format})"),
            Self::Document(name) | Self::OtherTool(name) => {
                // As it is said: "an RTF file", "a UIMA CAS file".
                let is_open = name.starts_with(['A', 'E', 'I', 'O']);
                let is_open = is_open || matches!(*name, "RTF" | "MAXQDA" | "NVivo");
                let article = if is_open { "an" } else { "a" };
                write!(f, "{article} {name} file")
            }
            Self::Json => f.write_str("a JSON file of another program"),
            Self::Xml => f.write_str("an XML file of another program"),
            Self::Binary => f.write_str("not a text file"),
        }
    }
}

/// What the file of this name with these bytes is. A part from its beginning is enough for
/// most; of an archive that is cut off, only the name says what is in it.
#[must_use]
pub fn file_kind(name: &str, bytes: &[u8]) -> FileKind {
    if bytes.is_empty() {
        return FileKind::Empty;
    }
    if is_backup(bytes) {
        return FileKind::Backup;
    }
    let name = name.to_lowercase();
    let extension = name
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension.trim());
    match encoding::as_text(bytes) {
        Some(text) => of_text(extension, text),
        None => binary::kind(extension, bytes)
            .or_else(|| {
                // A web page in another encoding is not opened when it is in UTF-8 either.
                let encoding = encoding::kind(bytes)?;
                Some(by_name(extension).unwrap_or(FileKind::OtherEncoding(encoding)))
            })
            .unwrap_or(FileKind::Binary),
    }
}

/// What a text is: an article, unless its content or its name says otherwise.
fn of_text(extension: &str, text: &str) -> FileKind {
    let text = text.trim_start_matches('\u{FEFF}').trim();
    let by_content = match text.chars().next() {
        Some('{') if text.starts_with("{\\rtf1") => Some(FileKind::Document("RTF")),
        Some('{' | '[') => json::kind(extension, text),
        Some('<') => markup::kind(extension, text),
        Some('%') if text.starts_with("%PDF-") && text.contains("endobj") => {
            Some(FileKind::Document("PDF"))
        }
        Some('%') if text.starts_with("%!PS-Adobe-") => Some(FileKind::Document("PostScript")),
        _ if text.starts_with("[InternetShortcut]") => Some(FileKind::Link),
        _ => None,
    };
    by_content
        .or_else(|| notation::kind(extension, text))
        .or_else(|| columns::kind(extension, text))
        .or_else(|| by_name(extension))
        .unwrap_or(FileKind::Text)
}

/// What a text is that only its name tells.
fn by_name(extension: &str) -> Option<FileKind> {
    Some(match extension {
        "csv" => FileKind::Table("CSV"),
        "tsv" | "tab" => FileKind::Table("TSV"),
        "xls" | "xlsx" => FileKind::Table("Excel"),
        "html" | "htm" | "xhtml" | "mhtml" | "mht" => FileKind::WebPage,
        "eml" | "mbox" => FileKind::Email,
        "url" | "webloc" | "gdoc" | "gsheet" | "gslides" => FileKind::Link,
        _ => return None,
    })
}
