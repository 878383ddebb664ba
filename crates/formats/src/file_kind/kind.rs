//! The kinds of files.

use std::fmt;

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A file without content.
    Empty,
    /// A text in UTF-8, whole or damaged, which can become an article.
    Text,
    /// Our own file of an article, whole or damaged; also a file named `.json` that is cut off, so
    /// that its format cannot be told.
    Article,
    /// Our own file of a codebook.
    Codebook,
    /// Our own backup of a library.
    Backup,
    /// A text in another encoding than UTF-8.
    OtherEncoding(Encoding),
    /// A document with a layout: the name of its program or of its format.
    Document(&'static str),
    /// An e-book: the format's name.
    Ebook(&'static str),
    /// A web page, saved as HTML, MHTML or a web archive.
    WebPage,
    /// An e-mail.
    Email,
    /// A shortcut to an address on the web.
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
    /// An archive of several files: the format's name.
    Archive(&'static str),
    /// Annotations of another program: the name of the program or of its format.
    OtherTool(&'static str),
    /// JSON of an unknown program.
    Json,
    /// XML of an unknown program.
    Xml,
    /// Any other file that is not a text.
    Binary,
}

/// The encoding of a text that is not in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16, with a byte-order mark or without.
    Utf16,
    /// UTF-32, with a byte-order mark.
    Utf32,
    /// One byte for each character, and mostly ASCII: probably Windows-1252, which includes the
    /// printable characters of Latin-1.
    Western,
    /// Another encoding from before Unicode, such as Shift-JIS or KOI8-R.
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

/// The kind with its indefinite article: "a Word file".
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
                // By the spoken sound: "an RTF file", "a UIMA CAS file".
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
