//! What is done beside the window, and what came of it: each a list of texts, the only
//! thing that goes between a window and its worker beside files.

use crate::backup::restore_report::{
    DeletionOutcome, MergeOutcome, RestoreReport, RestoredArticle,
};
use crate::backup::summary::BackupSummary;
use crate::library::incoming::Incoming;
use pullquote_core::edit::journal_entry::JournalHead;
use pullquote_core::edit::merge::MergeTally;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use std::rc::Rc;
use std::str::FromStr;

/// Work that may take long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// Read the file that comes with it, of this name: [`Incoming`], or a sentence.
    Read(String),
    /// Write the file of the exporter of this number, of the document in this record: a
    /// file.
    Write(usize, String),
    /// The same of a document that is kept; what of it could not be read, in words, and
    /// a file. Where there is a number, that of the last entry in it, with its link, it must
    /// be that very state.
    WriteKept(usize, Id, Option<(u64, Option<JournalHead>)>),
    /// Back up the library: [`BackupSummary`] and a file.
    BackUp,
    /// See what restoring the file that comes with it would do: [`RestoreReport`].
    Survey,
    /// Restore that file: [`RestoreReport`].
    Restore,
}

/// A value as texts.
pub trait Texts: Sized {
    /// Appends its texts.
    fn put(&self, texts: &mut Vec<String>);
    /// Takes its texts from the front; `None` where they are not those of such a value.
    fn take(texts: &mut dyn Iterator<Item = String>) -> Option<Self>;
}

/// The texts of a value.
#[must_use]
pub fn to_texts(value: &impl Texts) -> Vec<String> {
    let mut texts = Vec::new();
    value.put(&mut texts);
    texts
}

/// The value of these texts, and of no others.
#[must_use]
pub fn of_texts<T: Texts>(texts: Vec<String>) -> Option<T> {
    let mut texts = texts.into_iter();
    let value = T::take(&mut texts)?;
    texts.next().is_none().then_some(value)
}

pub(crate) fn number<T: FromStr>(texts: &mut dyn Iterator<Item = String>) -> Option<T> {
    texts.next()?.parse().ok()
}

impl Texts for String {
    fn put(&self, texts: &mut Vec<String>) {
        texts.push(self.clone());
    }

    fn take(texts: &mut dyn Iterator<Item = String>) -> Option<Self> {
        texts.next()
    }
}

impl Texts for Id {
    fn put(&self, texts: &mut Vec<String>) {
        texts.push(self.to_string());
    }

    fn take(texts: &mut dyn Iterator<Item = String>) -> Option<Self> {
        number(texts)
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn put(&self, texts: &mut Vec<String>) {
        texts.push(self.len().to_string());
        for item in self {
            item.put(texts);
        }
    }

    fn take(texts: &mut dyn Iterator<Item = String>) -> Option<Self> {
        let length: usize = number(texts)?;
        (0..length).map(|_| T::take(texts)).collect()
    }
}

impl<T: Texts, E: Texts> Texts for Result<T, E> {
    fn put(&self, texts: &mut Vec<String>) {
        match self {
            Ok(value) => {
                texts.push("ok".to_owned());
                value.put(texts);
            }
            Err(error) => {
                texts.push("error".to_owned());
                error.put(texts);
            }
        }
    }

    fn take(texts: &mut dyn Iterator<Item = String>) -> Option<Self> {
        match texts.next()?.as_str() {
            "ok" => T::take(texts).map(Ok),
            "error" => E::take(texts).map(Err),
            _ => None,
        }
    }
}

impl Texts for Job {
    fn put(&self, texts: &mut Vec<String>) {
        let mut push = |list: &[&str]| texts.extend(list.iter().map(|&text| text.to_owned()));
        match self {
            Self::Read(name) => push(&["read", name]),
            Self::Write(exporter, record) => push(&["write", &exporter.to_string(), record]),
            Self::WriteKept(exporter, id, state) => {
                let number = state.map_or(-1, |(number, _)| number as i64).to_string();
                let link = state.and_then(|(_, link)| Some(link?.to_string()));
                let link = link.unwrap_or_default();
                let (exporter, id) = (exporter.to_string(), id.to_string());
                push(&["write kept", &exporter, &id, &number, &link]);
            }
            Self::BackUp => push(&["back up"]),
            Self::Survey => push(&["survey"]),
            Self::Restore => push(&["restore"]),
        }
    }

    fn take(texts: &mut dyn Iterator<Item = String>) -> Option<Self> {
        Some(match texts.next()?.as_str() {
            "read" => Self::Read(texts.next()?),
            "write" => Self::Write(number(texts)?, texts.next()?),
            "write kept" => {
                let (exporter, id) = (number(texts)?, number(texts)?);
                let state = u64::try_from(number::<i64>(texts)?).ok();
                let link = texts.next()?.parse().ok();
                Self::WriteKept(exporter, id, state.map(|number| (number, link)))
            }
            "back up" => Self::BackUp,
            "survey" => Self::Survey,
            "restore" => Self::Restore,
            _ => return None,
        })
    }
}

impl Texts for Rc<Incoming> {
    fn put(&self, texts: &mut Vec<String>) {
        texts.extend(self.texts());
        self.unknown.put(texts);
        texts.push(self.is_known.to_string());
    }

    fn take(texts: &mut dyn Iterator<Item = String>) -> Option<Self> {
        let pair = [texts.next()?, texts.next()?];
        let unknown = Vec::take(texts)?;
        Incoming::of_texts(pair, unknown, number(texts)?).map(Rc::new)
    }
}

impl Texts for Box<BackupSummary> {
    fn put(&self, texts: &mut Vec<String>) {
        texts.extend([self.at.0.to_string(), self.count.to_string()]);
        self.articles.put(texts);
        self.missing.put(texts);
    }

    fn take(texts: &mut dyn Iterator<Item = String>) -> Option<Self> {
        Some(Box::new(BackupSummary {
            at: Timestamp(number(texts)?),
            count: number(texts)?,
            articles: Vec::take(texts)?,
            missing: Vec::take(texts)?,
        }))
    }
}

impl Texts for Box<RestoreReport> {
    fn put(&self, texts: &mut Vec<String>) {
        texts.push(self.made.0.to_string());
        self.articles.put(texts);
        self.faults.put(texts);
        texts.push(self.is_whole.to_string());
    }

    fn take(texts: &mut dyn Iterator<Item = String>) -> Option<Self> {
        Some(Box::new(RestoreReport {
            made: Timestamp(number(texts)?),
            articles: Vec::take(texts)?,
            faults: Vec::take(texts)?,
            is_whole: number(texts)?,
        }))
    }
}

const FATES: [DeletionOutcome; 4] = [
    DeletionOutcome::Live,
    DeletionOutcome::StaysDeleted,
    DeletionOutcome::Deleted,
    DeletionOutcome::BroughtBack,
];

impl Texts for RestoredArticle {
    fn put(&self, texts: &mut Vec<String>) {
        self.id.put(texts);
        self.title.put(texts);
        let before: Vec<String> = self.before.iter().cloned().collect();
        before.put(texts);
        let (verdict, numbers) = match &self.verdict {
            MergeOutcome::Added(marks) => ("added", vec![*marks]),
            MergeOutcome::Merged(tally) => (
                "merged",
                vec![tally.added, tally.changed, tally.removed, tally.kept],
            ),
            MergeOutcome::Same => ("same", Vec::new()),
            MergeOutcome::Beside(why) => (why.as_str(), Vec::new()),
        };
        let is_beside = matches!(self.verdict, MergeOutcome::Beside(_));
        texts.extend([is_beside.to_string(), verdict.to_owned()]);
        texts.extend(numbers.iter().map(usize::to_string));
        let fate = FATES.iter().position(|fate| *fate == self.fate);
        texts.push(fate.unwrap_or_default().to_string());
    }

    fn take(texts: &mut dyn Iterator<Item = String>) -> Option<Self> {
        let id = number(texts)?;
        let title = texts.next()?;
        let before = Vec::take(texts)?.pop();
        let is_beside: bool = number(texts)?;
        let verdict = texts.next()?;
        let verdict = match verdict.as_str() {
            _ if is_beside => MergeOutcome::Beside(verdict),
            "added" => MergeOutcome::Added(number(texts)?),
            "merged" => MergeOutcome::Merged(MergeTally {
                added: number(texts)?,
                changed: number(texts)?,
                removed: number(texts)?,
                kept: number(texts)?,
            }),
            "same" => MergeOutcome::Same,
            _ => return None,
        };
        Some(Self {
            id,
            title,
            before,
            verdict,
            fate: *FATES.get(number::<usize>(texts)?)?,
        })
    }
}
