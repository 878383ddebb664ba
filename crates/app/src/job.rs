//! Jobs that run in a worker, and what a window and its worker send each other about them.

use crate::backup::restore_report::{
    DeletionOutcome, MergeOutcome, RestoreReport, RestoredArticle,
};
use crate::backup::summary::BackupSummary;
use crate::export::dataset_job::DatasetJob;
use crate::library::incoming::Incoming;
use pullquote_core::edit::journal_entry::JournalHead;
use pullquote_core::edit::merge::MergeTally;
use pullquote_core::model::id::Id;
use pullquote_formats::error::ReadError;
use pullquote_formats::json_reader::JsonNode;
use pullquote_formats::records::library_entry::{read_library_entry, write_library_entry};
use pullquote_formats::records::snapshot::{read_snapshot, write_snapshot};
use pullquote_formats::worker_message::{
    Json, LargeTexts, WorkerMessage, name_json, object, read_field, read_name, read_optional,
};

use std::rc::Rc;

/// Work that can take long, and so runs in a worker where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// Read the file that comes with the job and has this name. Result: an [`Incoming`], or a
    /// sentence.
    Read(String),
    /// Write the file of the document in this snapshot. Result: the file.
    Write(String),
    /// Write the file of a document in the storage. Result: sentences about what could not be
    /// read, and the file. If the number and the identity of a journal entry are given, the job
    /// fails unless it is the last entry of the document.
    WriteKept(Id, Option<(u64, Option<JournalHead>)>),
}

/// A job of the program that writes datasets and backups, and has the codebooks that ship
/// (`src/datasets.rs`): people who only read and mark do not download what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LibraryJob {
    /// Build a dataset. Result: a `DatasetSummary` and the file.
    BuildDataset(Box<DatasetJob>),
    /// Read the codebooks that ship. Result: their files.
    ReadCodebooks,
    /// Back up the library. Result: a [`BackupSummary`] and the file.
    BackUp,
    /// Find out what restoring the file that comes with the job would do. Result: a
    /// [`RestoreReport`].
    Survey,
    /// Restore the file that comes with the job. Result: a [`RestoreReport`].
    Restore,
}

impl WorkerMessage for LibraryJob {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        let (kind, dataset) = match self {
            Self::BuildDataset(job) => ("build_dataset", job.to_json(large)),
            Self::ReadCodebooks => ("read_codebooks", Json::Null),
            Self::BackUp => ("back_up", Json::Null),
            Self::Survey => ("survey", Json::Null),
            Self::Restore => ("restore", Json::Null),
        };
        object(vec![("job", Json::from(kind)), ("dataset", dataset)])
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        let kind = node.field("job")?;
        Ok(match kind.text()? {
            "build_dataset" => Self::BuildDataset(Box::new(read_field(node, "dataset", large)?)),
            "read_codebooks" => Self::ReadCodebooks,
            "back_up" => Self::BackUp,
            "survey" => Self::Survey,
            "restore" => Self::Restore,
            _ => return Err(kind.expected("a kind of job")),
        })
    }
}

impl WorkerMessage for Job {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        let kind = |name: &str| ("job", Json::from(name));
        object(match self {
            Self::Read(name) => vec![kind("read"), ("name", name.to_json(large))],
            Self::Write(snapshot) => vec![kind("write"), ("snapshot", large.add(snapshot))],
            Self::WriteKept(article, last) => {
                let head = last.and_then(|(_, head)| head);
                vec![
                    kind("write_kept"),
                    ("article", article.to_json(large)),
                    ("number", last.map(|(number, _)| number).to_json(large)),
                    ("head", head.map(|head| head.to_string()).to_json(large)),
                ]
            }
        })
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        let kind = node.field("job")?;
        Ok(match kind.text()? {
            "read" => Self::Read(read_field(node, "name", large)?),
            "write" => Self::Write(large.take(node, "snapshot")?),
            "write_kept" => {
                let head = node
                    .optional("head")
                    .map(|head| head.parsed())
                    .transpose()?;
                let number: Option<u64> = read_optional(node, "number", large)?;
                let last = number.map(|number| (number, head));
                Self::WriteKept(read_field(node, "article", large)?, last)
            }
            _ => return Err(kind.expected("a kind of job")),
        })
    }
}

impl WorkerMessage for Incoming {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        object(vec![
            (
                "document",
                large.add(&write_snapshot(&self.document, 0, None)),
            ),
            ("entry", write_library_entry(&self.entry).to_json(large)),
            ("unknown", self.unknown.to_json(large)),
            ("is_known", self.is_known.to_json(large)),
        ])
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        let document = read_snapshot(&large.take(node, "document")?)?.0;
        Ok(Self {
            document: Rc::new(document),
            entry: Rc::new(read_library_entry(node.field("entry")?.text()?)?),
            unknown: read_field(node, "unknown", large)?,
            is_known: read_field(node, "is_known", large)?,
        })
    }
}

impl WorkerMessage for BackupSummary {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        object(vec![
            ("at", self.at.to_json(large)),
            ("count", self.count.to_json(large)),
            ("articles", self.articles.to_json(large)),
            ("missing", self.missing.to_json(large)),
        ])
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        Ok(Self {
            at: read_field(node, "at", large)?,
            count: read_field(node, "count", large)?,
            articles: read_field(node, "articles", large)?,
            missing: read_field(node, "missing", large)?,
        })
    }
}

impl WorkerMessage for RestoreReport {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        object(vec![
            ("made", self.made.to_json(large)),
            ("articles", self.articles.to_json(large)),
            ("faults", self.faults.to_json(large)),
            ("is_whole", self.is_whole.to_json(large)),
        ])
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        Ok(Self {
            made: read_field(node, "made", large)?,
            articles: read_field(node, "articles", large)?,
            faults: read_field(node, "faults", large)?,
            is_whole: read_field(node, "is_whole", large)?,
        })
    }
}

const DELETION_OUTCOMES: [(DeletionOutcome, &str); 4] = [
    (DeletionOutcome::Live, "live"),
    (DeletionOutcome::StaysDeleted, "stays_deleted"),
    (DeletionOutcome::Deleted, "deleted"),
    (DeletionOutcome::BroughtBack, "brought_back"),
];

impl WorkerMessage for RestoredArticle {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        object(vec![
            ("id", self.id.to_json(large)),
            ("title", self.title.to_json(large)),
            ("before", self.before.to_json(large)),
            ("outcome", self.outcome.to_json(large)),
            ("deletion", name_json(&DELETION_OUTCOMES, &self.deletion)),
        ])
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        Ok(Self {
            id: read_field(node, "id", large)?,
            title: read_field(node, "title", large)?,
            before: read_optional(node, "before", large)?,
            outcome: read_field(node, "outcome", large)?,
            deletion: read_name(node, "deletion", &DELETION_OUTCOMES)?,
        })
    }
}

impl WorkerMessage for MergeOutcome {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        let kind = |name: &str| ("outcome", Json::from(name));
        object(match self {
            Self::Added(marks) => vec![kind("added"), ("marks", marks.to_json(large))],
            Self::Merged(tally) => vec![
                kind("merged"),
                ("added", tally.added.to_json(large)),
                ("changed", tally.changed.to_json(large)),
                ("removed", tally.removed.to_json(large)),
                ("kept", tally.kept.to_json(large)),
            ],
            Self::Same => vec![kind("same")],
            Self::Beside(reason) => vec![kind("beside"), ("reason", reason.to_json(large))],
        })
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        let kind = node.field("outcome")?;
        Ok(match kind.text()? {
            "added" => Self::Added(read_field(node, "marks", large)?),
            "merged" => Self::Merged(MergeTally {
                added: read_field(node, "added", large)?,
                changed: read_field(node, "changed", large)?,
                removed: read_field(node, "removed", large)?,
                kept: read_field(node, "kept", large)?,
            }),
            "same" => Self::Same,
            "beside" => Self::Beside(read_field(node, "reason", large)?),
            _ => return Err(kind.expected("an outcome")),
        })
    }
}
