//! The backup of a whole library, `*.pullquote.jsonl`, version 1: a line of JSON an
//! article, so that it is written and read without ever being in memory as a whole.
//!
//! The first line says what it is; the last says how many articles there are and the
//! SHA-256 of all lines before it. So a file that was cut off or changed is known, and
//! what is whole of it can still be restored. The schema of a line stands in
//! `schema/pullquote-backup-1.schema.json`.

use crate::document_file::{File, MadeBy, check_head, document_of, file_of};
use crate::error::{ReadError, SIZE_LIMIT};
use crate::json_reader::JsonNode;
use crate::plain_text::decode;
use crate::records::envelope::{unwrap, wrap};
use crate::wire::{Times, moment, parsed, read_times, time, times, written};
use pullquote_core::edit::merge::ChangeTimes;
use pullquote_core::model::document::Document;
use pullquote_core::model::timestamp::Timestamp;

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::rc::Rc;

const FORMAT: &str = "pullquote-backup";
const VERSION: u64 = 1;

/// An article as a backup has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleCopy {
    /// The article with its marks.
    pub document: Rc<Document>,
    /// When it was last changed.
    pub changed: Timestamp,
    /// When it was deleted, if it can still be brought back.
    pub deleted: Option<Timestamp>,
    /// When its pieces were put in and taken out, as far as its journal went back.
    pub traces: ChangeTimes,
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
    put: Times,
    dropped: Times,
    document: File<'a>,
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

/// Writes a backup, line by line. Every line has its line end.
#[derive(Clone, Debug, Default)]
pub struct BackupWriter {
    sum: Sha256,
    articles: usize,
}

impl BackupWriter {
    /// The first line of a backup that is made at `made`.
    pub fn head(&mut self, made: Timestamp) -> String {
        self.line(&Head {
            format: FORMAT,
            version: VERSION,
            made: time(made),
            made_by: MadeBy::here(),
        })
    }

    /// The line of an article.
    ///
    /// Errors: it is longer than what is read, [`SIZE_LIMIT`]; then it is not counted.
    pub fn article(&mut self, copy: &ArticleCopy) -> Result<String, ReadError> {
        let line = line_of(&ArticleLine {
            article: WireCopy {
                changed: time(copy.changed),
                deleted: copy.deleted.map(time),
                put: times(&copy.traces.put),
                dropped: times(&copy.traces.dropped),
                document: file_of(&copy.document),
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
    // A line end within a text is escaped: those that are left are of the layout.
    let mut line = written(record, "").replace('\n', "");
    line.push('\n');
    line
}

/// Whether a file that begins so says that it is a backup.
#[must_use]
pub fn is_backup(beginning: &[u8]) -> bool {
    let beginning = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning);
    let beginning = beginning.iter().take(64);
    let beginning = beginning.filter(|byte| !byte.is_ascii_whitespace());
    let beginning: Vec<u8> = beginning.copied().collect();
    beginning.starts_with(format!("{{\"format\":\"{FORMAT}\"").as_bytes())
}

/// Reads a backup, line by line.
#[derive(Clone, Debug, Default)]
pub struct BackupReader {
    sum: Sha256,
    lines: usize,
    articles: usize,
}

/// What a line of a backup is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackupLine {
    /// The first: when the backup was made.
    Head(Timestamp),
    /// An article.
    Article(Box<ArticleCopy>),
    /// The last. `true`: every line before it is there and as it was written.
    End(bool),
}

impl BackupReader {
    /// The number of the line that was read last, from 1.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// What the next line is; `line` without its line end.
    ///
    /// Errors: the first line is not that of a backup, or of a newer version: then
    /// nothing of the file can be read. Any other line: that article cannot be read; the
    /// next can. Places are those in the line.
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
        let json = parsed(decode(line)?)?;
        let at = JsonNode::root(&json);
        if let Some(end) = at.optional("end") {
            let articles = end.field("articles")?.count()?;
            let is_whole = end.field("sha256")?.text()? == hex(before);
            return Ok(BackupLine::End(
                is_whole && articles == self.articles as u64,
            ));
        }
        self.articles += 1;
        copy_of(&at.field("article")?).map(|copy| BackupLine::Article(Box::new(copy)))
    }
}

fn head_of(line: &[u8]) -> Result<BackupLine, ReadError> {
    let json = parsed(decode(line)?)?;
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
    let at = JsonNode::root(&json);
    Ok(BackupLine::Head(moment(&at.field("made")?)?))
}

fn copy_of(at: &JsonNode) -> Result<ArticleCopy, ReadError> {
    let deleted = at.optional("deleted");
    let document = at.field("document")?;
    check_head(document.json())?;
    Ok(ArticleCopy {
        document: Rc::new(document_of(&document)?),
        changed: moment(&at.field("changed")?)?,
        deleted: deleted.map(|deleted| moment(&deleted)).transpose()?,
        traces: ChangeTimes {
            put: read_times(at, "put")?,
            dropped: read_times(at, "dropped")?,
        },
    })
}

#[derive(Serialize)]
struct WireTraces {
    put: Times,
    dropped: Times,
}

/// The record of what other copies knew of an article, sealed.
#[must_use]
pub fn write_change_times(traces: &ChangeTimes) -> String {
    let record = WireTraces {
        put: times(&traces.put),
        dropped: times(&traces.dropped),
    };
    wrap("traces", &written(&record, ""))
}

/// The traces in a record.
pub fn read_change_times(record: &str) -> Result<ChangeTimes, ReadError> {
    let json = parsed(unwrap(record)?.1)?;
    let at = JsonNode::root(&json);
    Ok(ChangeTimes {
        put: read_times(&at, "put")?,
        dropped: read_times(&at, "dropped")?,
    })
}

fn hex(sum: Sha256) -> String {
    let bytes = sum.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
