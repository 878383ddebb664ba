//! The backup of a whole library, `*.pullquote.jsonl`, version 1.
//!
//! Each article is a line of JSON, so a backup is written and read one article at a time. The
//! first line names the format; the last gives the number of articles and the SHA-256 of all lines
//! before it. A file that was cut off or changed is thus recognised, and its whole lines can still
//! be restored. The schema of a line is `schema/pullquote-backup-1.schema.json`.

use crate::document_file::{MadeBy, WireDocument, check_head, document_of, wire_document};
use crate::error::{ReadError, SIZE_LIMIT};
use crate::json_reader::JsonNode;
use crate::plain_text::decode;
use crate::wire::json_text::{json_line, parse_json};
use crate::wire::time::{WireTimes, read_time, read_times, time, wire_times};
use pullquote_core::edit::change_times::ChangeTimes;
use pullquote_core::model::document::Document;
use pullquote_core::model::timestamp::Timestamp;

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::rc::Rc;

const FORMAT: &str = "pullquote-backup";
const VERSION: u64 = 1;

/// An article in a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleCopy {
    /// The article with its marks.
    pub document: Rc<Document>,
    /// When it was last changed.
    pub changed: Timestamp,
    /// When it was deleted, if it was; it can still be brought back.
    pub deleted: Option<Timestamp>,
    /// Whether the user is done with it.
    pub done: bool,
    /// When its records were added, changed and removed, as far back as its journal reaches.
    pub change_times: ChangeTimes,
}

#[derive(Serialize)]
struct Head {
    format: &'static str,
    version: u64,
    made: String,
    made_by: MadeBy,
}

#[derive(Serialize)]
struct ArticleLine<'a> {
    article: WireCopy<'a>,
}

#[derive(Serialize)]
struct WireCopy<'a> {
    changed: String,
    deleted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<bool>,
    put: WireTimes,
    dropped: WireTimes,
    document: WireDocument<'a>,
}

#[derive(Serialize)]
struct EndLine {
    end: End,
}

#[derive(Serialize)]
struct End {
    articles: usize,
    sha256: String,
}

/// Writes a backup line by line; every line ends in `\n`.
#[derive(Clone, Debug, Default)]
pub struct BackupWriter {
    sum: Sha256,
    articles: usize,
}

impl BackupWriter {
    /// The first line, of a backup made at the time `made`.
    pub fn head(&mut self, made: Timestamp) -> String {
        self.line(&Head {
            format: FORMAT,
            version: VERSION,
            made: time(made),
            made_by: MadeBy::this_program(),
        })
    }

    /// The line of an article.
    ///
    /// Errors: [`ReadError::TooLarge`] if the line is longer than [`SIZE_LIMIT`] and so could not
    /// be read; the article is then not counted.
    pub fn article(&mut self, copy: &ArticleCopy) -> Result<String, ReadError> {
        let line = line_of(&ArticleLine {
            article: WireCopy {
                changed: time(copy.changed),
                deleted: copy.deleted.map(time),
                done: copy.done.then_some(true),
                put: wire_times(&copy.change_times.put),
                dropped: wire_times(&copy.change_times.dropped),
                document: wire_document(&copy.document),
            },
        });
        if line.len() > SIZE_LIMIT {
            return Err(ReadError::TooLarge { size: line.len() });
        }
        self.articles += 1;
        self.sum.update(&line);
        Ok(line)
    }

    /// The last line.
    pub fn end(mut self) -> String {
        let end = End {
            articles: self.articles,
            sha256: hex(self.sum.clone()),
        };
        self.line(&EndLine { end })
    }

    fn line(&mut self, record: &impl Serialize) -> String {
        let line = line_of(record);
        self.sum.update(&line);
        line
    }
}

fn line_of(record: &impl Serialize) -> String {
    json_line(record) + "\n"
}

/// Whether the first 64 bytes of a file say that it is a backup.
#[must_use]
pub fn is_backup(beginning: &[u8]) -> bool {
    let beginning = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning);
    let beginning = beginning.iter().take(64);
    let beginning = beginning.filter(|byte| !byte.is_ascii_whitespace());
    let beginning: Vec<u8> = beginning.copied().collect();
    beginning.starts_with(format!("{{\"format\":\"{FORMAT}\"").as_bytes())
}

/// Reads a backup line by line.
#[derive(Clone, Debug, Default)]
pub struct BackupReader {
    sum: Sha256,
    lines: usize,
    articles: usize,
}

/// A line of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackupLine {
    /// The first: when the backup was made.
    Head(Timestamp),
    /// An article.
    Article(Box<ArticleCopy>),
    /// The last.
    End {
        /// Whether all lines before it are there, and as they were written.
        is_whole: bool,
    },
}

impl BackupReader {
    /// The number of the last line that was read, from 1; 0 before the first.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// Reads the next line, given without its line end.
    ///
    /// Errors: an error in the first line means that the file is no backup, or one of a newer
    /// version, and cannot be read at all. An error in another line only means that this article
    /// cannot be read. Paths are those in the line.
    pub fn read(&mut self, line: &[u8]) -> Result<BackupLine, ReadError> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let before = self.sum.clone();
        self.sum.update(line);
        self.sum.update(b"\n");
        self.lines += 1;
        if self.lines == 1 {
            let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
            return head_of(line);
        }
        let json = parse_json(decode(line)?)?;
        let node = JsonNode::root(&json);
        if let Some(end) = node.optional("end") {
            let articles = end.field("articles")?.u64()?;
            let is_whole = end.field("sha256")?.text()? == hex(before);
            return Ok(BackupLine::End {
                is_whole: is_whole && articles == self.articles as u64,
            });
        }
        self.articles += 1;
        copy_of(&node.field("article")?).map(|copy| BackupLine::Article(Box::new(copy)))
    }
}

fn head_of(line: &[u8]) -> Result<BackupLine, ReadError> {
    let json = parse_json(decode(line)?)?;
    if json["format"] != FORMAT {
        return Err(ReadError::OtherTool);
    }
    match json["version"].as_u64() {
        Some(VERSION) => {}
        Some(version) if version > VERSION => {
            let version = version.to_string();
            return Err(ReadError::Newer { version });
        }
        _ => {
            return Err(ReadError::Shape {
                place: "version".to_owned(),
                reason: format!("`{}` is no version of this format", json["version"]),
            });
        }
    }
    let node = JsonNode::root(&json);
    Ok(BackupLine::Head(read_time(&node.field("made")?)?))
}

fn copy_of(node: &JsonNode) -> Result<ArticleCopy, ReadError> {
    let deleted = node.optional("deleted");
    let document = node.field("document")?;
    check_head(document.json())?;
    Ok(ArticleCopy {
        document: Rc::new(document_of(&document)?),
        changed: read_time(&node.field("changed")?)?,
        deleted: deleted.map(|deleted| read_time(&deleted)).transpose()?,
        done: node.bool_or_false("done")?,
        change_times: ChangeTimes {
            put: read_times(node, "put")?,
            dropped: read_times(node, "dropped")?,
        },
    })
}

fn hex(sum: Sha256) -> String {
    let bytes = sum.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
