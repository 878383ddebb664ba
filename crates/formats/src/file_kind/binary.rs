//! Files that are not texts, recognised by their first bytes.

use crate::file_kind::kind::FileKind;
use rawzip::ZipArchive;

/// The kind of a file that is not a text in UTF-8; `None` if its bytes do not tell.
pub(crate) fn kind(extension: &str, bytes: &[u8]) -> Option<FileKind> {
    let begins = |signature: &[u8]| bytes.starts_with(signature);
    let at = |offset: usize, signature: &[u8]| {
        bytes
            .get(offset..)
            .is_some_and(|rest| rest.starts_with(signature))
    };
    let picture = |format| Some(FileKind::Picture(format));
    match () {
        () if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") => Some(of_zip(extension, bytes)),
        () if begins(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") => Some(of_compound(extension, bytes)),
        () if begins(b"%PDF-") => Some(FileKind::Document("PDF")),
        // Some programs write a line before the signature.
        () if extension == "pdf" && contains(&bytes[..bytes.len().min(1_024)], b"%PDF-") => {
            Some(FileKind::Document("PDF"))
        }
        () if begins(b"%!PS") || begins(b"\xC5\xD0\xD3\xC6") => {
            Some(FileKind::Document("PostScript"))
        }
        () if begins(b"{\\rtf") => Some(FileKind::Document("RTF")),
        () if begins(b"\x89PNG\r\n\x1A\n") => picture("PNG"),
        () if begins(b"\xFF\xD8\xFF") => picture("JPEG"),
        () if begins(b"GIF87a") || begins(b"GIF89a") => picture("GIF"),
        () if begins(b"RIFF") && at(8, b"WEBP") => picture("WebP"),
        () if begins(b"BM") && at(6, b"\0\0\0\0") => picture("BMP"),
        () if begins(b"II*\0") || begins(b"MM\0*") => picture("TIFF"),
        () if begins(b"\0\0\x01\0") && extension == "ico" => picture("ICO"),
        () if begins(b"8BPS\0\x01") => picture("Photoshop"),
        () if begins(b"\0\0\0\x0CJXL ") || begins(b"\xFF\x0A") && extension == "jxl" => {
            picture("JPEG XL")
        }
        () if at(4, b"ftyp") => Some(of_media(bytes)),
        () if begins(b"RIFF") && at(8, b"WAVE") => Some(FileKind::Audio),
        () if begins(b"RIFF") && at(8, b"AVI ") => Some(FileKind::Video),
        () if begins(b"FORM") && at(8, b"AIF") => Some(FileKind::Audio),
        () if begins(b"ID3") || begins(b"fLaC") || begins(b"#!AMR") => Some(FileKind::Audio),
        () if begins(b"OggS") => Some(match extension {
            "ogv" => FileKind::Video,
            _ => FileKind::Audio,
        }),
        () if begins(b"\xFF") && matches!(extension, "mp3" | "aac") => Some(FileKind::Audio),
        () if begins(b"\x30\x26\xB2\x75") => Some(match extension {
            "wma" => FileKind::Audio,
            _ => FileKind::Video,
        }),
        () if begins(b"\x1A\x45\xDF\xA3") || begins(b"FLV\x01") => Some(FileKind::Video),
        () if begins(b"\0\0\x01\xBA") || begins(b"\0\0\x01\xB3") => Some(FileKind::Video),
        () if begins(b"bplist") && extension == "webarchive" => Some(FileKind::WebPage),
        () if begins(b"bplist") && extension == "webloc" => Some(FileKind::Link),
        () if at(60, b"BOOKMOBI") => Some(FileKind::Ebook("Kindle")),
        () if begins(b"\x1F\x8B") => Some(FileKind::Archive("gzip")),
        () if begins(b"7z\xBC\xAF\x27\x1C") => Some(FileKind::Archive("7z")),
        () if begins(b"Rar!\x1A\x07") => Some(FileKind::Archive("RAR")),
        () if begins(b"\xFD7zXZ\0") => Some(FileKind::Archive("xz")),
        () if begins(b"BZh") && at(4, b"1AY&SY") => Some(FileKind::Archive("bzip2")),
        () if begins(b"\x28\xB5\x2F\xFD") => Some(FileKind::Archive("Zstandard")),
        () if at(257, b"ustar") => Some(FileKind::Archive("tar")),
        () if begins(b"PAR1") => Some(FileKind::Table("Parquet")),
        () => of_project(extension),
    }
}

/// A project of a program for qualitative data analysis, recognised by its extension alone: it is
/// a database in a format of that program.
fn of_project(extension: &str) -> Option<FileKind> {
    let is_maxqda = extension.len() == 4
        && extension.starts_with("mx")
        && extension[2..].bytes().all(|byte| byte.is_ascii_digit());
    Some(match extension {
        "nvp" | "nvpx" => FileKind::OtherTool("NVivo"),
        "hpr7" | "atlproj" => FileKind::OtherTool("ATLAS.ti"),
        _ if is_maxqda => FileKind::OtherTool("MAXQDA"),
        _ => return None,
    })
}

/// The kind of a zip archive, by the files in it: ECMA-376 (Word, Excel, PowerPoint), OpenDocument
/// and EPUB name their type; files of Apple's programs and of REFI-QDA have a typical file inside.
fn of_zip(extension: &str, bytes: &[u8]) -> FileKind {
    let typed = bytes
        .get(30..)
        .and_then(|rest| rest.strip_prefix(b"mimetype"));
    let typed = typed.map(|rest| &rest[..rest.len().min(200)]);
    let is_of = |media_type: &[u8]| typed.is_some_and(|typed| contains(typed, media_type));
    let names = names_in(bytes);
    let has = |part: &str| names.iter().any(|name| name == part);
    let ends = |end: &str| names.iter().any(|name| name.ends_with(end));
    match () {
        () if is_of(b"application/epub+zip") || has("META-INF/container.xml") => {
            FileKind::Ebook("EPUB")
        }
        () if is_of(b"opendocument.spreadsheet") => FileKind::Table("OpenDocument"),
        () if is_of(b"opendocument.presentation") => FileKind::Slides("OpenDocument"),
        () if is_of(b"opendocument.") => FileKind::Document("OpenDocument"),
        () if has("word/document.xml") => FileKind::Document("Word"),
        () if ends("xl/workbook.xml") || has("xl/workbook.bin") => FileKind::Table("Excel"),
        () if has("ppt/presentation.xml") => FileKind::Slides("PowerPoint"),
        () if ends(".qde") => FileKind::OtherTool("REFI-QDA"),
        () => of_name(extension, ends(".iwa") || names.is_empty()),
    }
}

/// The kind of a zip archive by the extension of its name. `is_trusted` tells whether the extension
/// of an office format counts: the archive is cut off, or it comes from one of Apple's programs.
fn of_name(extension: &str, is_trusted: bool) -> FileKind {
    match extension {
        "pages" if is_trusted => FileKind::Document("Pages"),
        "numbers" if is_trusted => FileKind::Table("Numbers"),
        "key" if is_trusted => FileKind::Slides("Keynote"),
        "docx" | "docm" | "dotx" if is_trusted => FileKind::Document("Word"),
        "odt" | "ott" if is_trusted => FileKind::Document("OpenDocument"),
        "xlsx" | "xlsm" if is_trusted => FileKind::Table("Excel"),
        "ods" if is_trusted => FileKind::Table("OpenDocument"),
        "pptx" | "pptm" if is_trusted => FileKind::Slides("PowerPoint"),
        "odp" if is_trusted => FileKind::Slides("OpenDocument"),
        "epub" if is_trusted => FileKind::Ebook("EPUB"),
        "qdpx" if is_trusted => FileKind::OtherTool("REFI-QDA"),
        _ => of_project(extension).unwrap_or(FileKind::Archive("zip")),
    }
}

/// The names of the files in an archive; none if it is cut off.
fn names_in(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    if let Ok(archive) = ZipArchive::from_slice(bytes) {
        let mut entries = archive.entries();
        while let Ok(Some(entry)) = entries.next_entry() {
            names.push(String::from_utf8_lossy(entry.file_path().as_ref()).into_owned());
        }
    }
    names
}

/// The kind of a compound file of older Office versions ([MS-CFB]), by the streams in it, whose
/// names are in UTF-16.
fn of_compound(extension: &str, bytes: &[u8]) -> FileKind {
    let has = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        contains(bytes, &name)
    };
    match () {
        () if has("__nameid_version1.0") => FileKind::Email,
        () if has("WordDocument") => FileKind::Document("Word"),
        () if has("PowerPoint Document") => FileKind::Slides("PowerPoint"),
        () if has("Workbook") => FileKind::Table("Excel"),
        () => match extension {
            "doc" | "dot" => FileKind::Document("Word"),
            "xls" => FileKind::Table("Excel"),
            "ppt" | "pps" => FileKind::Slides("PowerPoint"),
            "msg" => FileKind::Email,
            _ => FileKind::Binary,
        },
    }
}

/// The kind of a file in the ISO base media format (ISO/IEC 14496-12), by its brand.
fn of_media(bytes: &[u8]) -> FileKind {
    match bytes.get(8..12) {
        Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1" | b"msf1") => {
            FileKind::Picture("HEIC")
        }
        Some(b"avif" | b"avis") => FileKind::Picture("AVIF"),
        Some(b"M4A " | b"M4B ") => FileKind::Audio,
        _ => FileKind::Video,
    }
}

/// Whether `part` occurs in `bytes`.
fn contains(bytes: &[u8], part: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| Some(byte) == part.first()) {
        rest = &rest[at..];
        if rest.starts_with(part) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}
