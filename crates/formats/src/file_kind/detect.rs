//! Tells the kind of a file by its first bytes, its content and its name.
//!
//! The content decides. The name decides only where the content cannot: text with commas is a
//! table if its name ends in `.csv`, and an article otherwise. In case of doubt a file is a text,
//! because refusing an article is worse than opening something else.
//!
//! ```
//! use pullquote_formats::file_kind::detect::file_kind;
//! use pullquote_formats::file_kind::kind::FileKind;
//!
//! assert_eq!(file_kind("a.pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"), FileKind::Document("PDF"));
//! assert_eq!(file_kind("a.txt", "<no comment>, she said".as_bytes()), FileKind::Text);
//! ```

use crate::backup_file::is_backup;
use crate::file_kind::kind::FileKind;
use crate::file_kind::{binary, columns, encoding, json, markup, notation};

/// The kind of the file with this name and these bytes. The beginning of the file is enough for
/// most kinds; if an archive is cut off, only its name tells what is in it.
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
                // The kind by name comes first: a web page, for one, is not opened in any encoding.
                let encoding = encoding::kind(bytes)?;
                Some(by_name(extension).unwrap_or(FileKind::OtherEncoding(encoding)))
            })
            .unwrap_or(FileKind::Binary),
    }
}

/// The kind of a text: an article, unless its content or its name says otherwise.
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

/// The kind of a text that can only be told by its name.
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
