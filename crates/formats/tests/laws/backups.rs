//! A backup is read back as it was written, its damage is named, and merging two copies loses nothing.

use super::cases::{self, id};
use super::random_commands::{RandomCommand, perform, random_command};
use proptest::prelude::*;
use pullquote_core::edit::change_times::{ChangeTimes, RecordKey};
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::JournalEntry;
use pullquote_core::edit::merge::{MergeSide, change_times, merge, merging, tally};
use pullquote_core::edit::step_name::StepName;
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_formats::backup_file::{
    ArticleCopy, BackupLine, BackupReader, BackupWriter, is_backup,
};
use pullquote_formats::error::ReadError;
use pullquote_formats::records::change_times::{read_change_times, write_change_times};
use pullquote_formats::records::journal_entry::{read_entry, write_entry};

use std::rc::Rc;

const LINE_SCHEMA: &str = include_str!("../../../../schema/pullquote-backup-1.schema.json");
const FILE_SCHEMA: &str = include_str!("../../../../schema/pullquote-1.schema.json");

/// One copy of an article, as it is worked on.
#[derive(Clone)]
struct Copy {
    history: History,
    entries: Vec<Rc<JournalEntry>>,
    changed: i64,
}

impl Copy {
    fn new(document: Document) -> Self {
        Self {
            history: History::new(Rc::new(document), 0, None),
            entries: Vec::new(),
            changed: 0,
        }
    }

    /// Goes on; each command takes two milliseconds, so that two copies never share one.
    fn works(mut self, commands: &[RandomCommand], from: i64) -> Self {
        for (number, command) in (0..).zip(commands) {
            let now = from + 2 * number;
            let (after, entry) = perform(&self.history, command, now);
            self.history = after;
            if let Some(entry) = entry {
                self.changed = now;
                self.entries.push(entry);
            }
        }
        self
    }

    fn document(&self) -> &Rc<Document> {
        self.history.document()
    }

    fn traces(&self) -> ChangeTimes {
        change_times(self.entries.iter().cloned())
    }

    fn copy(&self) -> ArticleCopy {
        ArticleCopy {
            document: self.document().clone(),
            changed: Timestamp(self.changed),
            deleted: None,
            done: self.changed % 2 == 0,
            change_times: self.traces(),
        }
    }
}

/// Does this with two copies as sides.
fn with<T>(here: &Copy, there: &Copy, work: impl FnOnce(MergeSide, MergeSide) -> T) -> T {
    let (ours, theirs) = (here.traces(), there.traces());
    let here = MergeSide {
        document: here.document(),
        change_times: &ours,
        changed: Timestamp(here.changed),
    };
    let there = MergeSide {
        document: there.document(),
        change_times: &theirs,
        changed: Timestamp(there.changed),
    };
    work(here, there)
}

fn merged(here: &Copy, there: &Copy) -> Document {
    with(here, there, |here, there| {
        merge(here, there).expect("they are copies of one article")
    })
}

fn step_between(here: &Copy, there: &Copy, both: &Document) -> Transaction {
    with(here, there, |here, there| {
        merging(here, there, both, StepName::RestoreBackup)
    })
}

fn ids(document: &Document) -> Vec<Id> {
    document.annotations().iter().map(|mark| mark.id).collect()
}

/// Deeds that leave the codebook as it is.
fn commands() -> impl Strategy<Value = Vec<RandomCommand>> {
    let commands = proptest::collection::vec(random_command(), 0..14);
    commands.prop_map(|commands| {
        let keeps = |command: &RandomCommand| {
            !matches!(
                command,
                RandomCommand::DeleteTag(_) | RandomCommand::MergeTags(..)
            )
        };
        commands.into_iter().filter(keeps).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_merge_has_what_either_copy_did(
        text in cases::text(),
        before in commands(),
        ours in commands(),
        theirs in commands(),
    ) {
        let base = Copy::new(cases::document_of(&text)).works(&before, 100);
        let here = base.clone().works(&ours, 1_000);
        let there = base.works(&theirs, 1_001);
        let both = merged(&here, &there);

        // Either way round the same, but for who is at work.
        let mut other_way = merged(&there, &here);
        other_way.coder.clone_from(&both.coder);
        prop_assert_eq!(&both, &other_way);
        prop_assert_eq!(&both.coder, &here.document().coder);

        for mark in ids(here.document()).into_iter().chain(ids(there.document())) {
            let is_out = |copy: &Copy| copy.traces().dropped.get(&RecordKey::Record(mark)).copied();
            let is_in = |copy: &Copy| {
                let put = copy.traces().put.get(&RecordKey::Record(mark)).copied();
                let own = copy.document().annotation(mark).map(|mark| mark.modified);
                own.map(|own| put.map_or(own, |put| put.max(own)))
            };
            let put = is_in(&here).max(is_in(&there));
            let dropped = is_out(&here).max(is_out(&there));
            prop_assert_eq!(both.annotation(mark).is_some(), dropped < put, "{:?}", mark);
        }
        // What one copy did not touch is as the other has it.
        if ours.is_empty() {
            let mut theirs = (**there.document()).clone();
            theirs.coder.clone_from(&both.coder);
            prop_assert_eq!(&both, &theirs);
        }
        if theirs.is_empty() {
            prop_assert_eq!(&both, &**here.document());
        }

        // One step leads there, and merging once more changes nothing.
        let step = step_between(&here, &there, &both);
        let seal = pullquote_core::edit::journal_entry::EntryStamp { id: id(7), at: Timestamp(9_999) };
        let mut after = here.clone();
        if !step.edits.is_empty() {
            let (history, entry) = here.history.step(&step, seal).unwrap();
            let record = write_entry(&entry, here.document().article());
            let read = read_entry(&record, here.document().article()).unwrap();
            prop_assert_eq!(&read.step, &step, "with the times of the other copy");
            after.history = history;
            after.entries.push(entry);
            after.changed = 9_999;
        }
        prop_assert_eq!(&**after.document(), &both);
        prop_assert_eq!(&merged(&after, &there), &both);

        let tally = tally(here.document(), there.document(), &both);
        let change = i64::try_from(tally.added).unwrap() - i64::try_from(tally.removed).unwrap();
        let count = |document: &Document| i64::try_from(document.annotations().len()).unwrap();
        prop_assert_eq!(count(&both), count(here.document()) + change);
    }

    #[test]
    fn change_times_of_two_parts_of_a_journal_are_those_of_the_whole(
        text in cases::text(),
        done in commands(),
        cut in any::<prop::sample::Index>(),
    ) {
        let copy = Copy::new(cases::document_of(&text)).works(&done, 100);
        let (before, after) = copy.entries.split_at(cut.index(copy.entries.len() + 1));
        let before = change_times(before.iter().cloned());
        let after = change_times(after.iter().cloned());
        prop_assert_eq!(&before.clone().latest(&after), &copy.traces());
        prop_assert_eq!(&after.latest(&before), &copy.traces());
        let record = write_change_times(&before);
        prop_assert_eq!(read_change_times(&record).unwrap(), before);
    }

    #[test]
    fn a_backup_comes_back_the_same(
        text in cases::text(),
        done in commands(),
        deleted in proptest::option::of(0..5_000_000_000_i64),
    ) {
        let copy = Copy::new(cases::document_of(&text)).works(&done, 100).copy();
        let copy = ArticleCopy { deleted: deleted.map(Timestamp), ..copy };
        let file = file_of(&[copy.clone(), copy.clone()]);
        prop_assert!(is_backup(file.as_bytes()));
        prop_assert_eq!(
            read(file.as_bytes()),
            vec![
                Ok(BackupLine::Head(Timestamp(77))),
                Ok(BackupLine::Article(Box::new(copy.clone()))),
                Ok(BackupLine::Article(Box::new(copy))),
                Ok(BackupLine::End { is_whole: true }),
            ]
        );
    }

    #[test]
    fn any_change_of_a_backup_is_noticed(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let document = cases::marked("a b 👍🏽 c", &[(0, 30_000)]);
        let file = file_of(&[Copy::new(document.clone()).copy(), Copy::new(document).copy()]);
        let mut bytes = file.clone().into_bytes();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        let lines = read(&bytes);
        let is_as_it_was = lines == read(file.as_bytes());
        let says_whole = lines.last() == Some(&Ok(BackupLine::End { is_whole: true }))
            && lines.iter().all(Result::is_ok);
        // The head's fields that are not read may change, and white space of the end.
        prop_assert!(!says_whole || is_as_it_was, "byte {}", at);
    }
}

fn file_of(copies: &[ArticleCopy]) -> String {
    let mut writer = BackupWriter::default();
    let mut file = writer.head(Timestamp(77));
    for copy in copies {
        file += &writer.article(copy).unwrap();
    }
    file + &writer.end()
}

fn read(bytes: &[u8]) -> Vec<Result<BackupLine, ReadError>> {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let mut reader = BackupReader::default();
    bytes
        .split(|byte| *byte == b'\n')
        .map(|line| reader.read(line))
        .collect()
}

fn one() -> String {
    let document = cases::marked("one 👩\u{200D}👧 two", &[(0, 30_000), (9_000, 60_000)]);
    file_of(&[Copy::new(document).copy()])
}

#[test]
fn every_line_fits_the_schema_and_every_document_its_own() {
    let line_schema = jsonschema::validator_for(&serde_json_of(LINE_SCHEMA)).unwrap();
    let file_schema = jsonschema::validator_for(&serde_json_of(FILE_SCHEMA)).unwrap();
    let file = one();
    for line in file.lines() {
        let line = serde_json_of(line);
        assert!(line_schema.is_valid(&line), "{line}");
        if let Some(article) = line.get("article") {
            assert!(file_schema.is_valid(&article["document"]));
        }
    }
    let mut wrong = serde_json_of(file.lines().nth(1).unwrap());
    wrong["article"]["changed"] = 5.into();
    assert!(!line_schema.is_valid(&wrong));
}

fn serde_json_of(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_backup_that_was_cut_off_gives_its_whole_articles() {
    let file = one();
    let lines: Vec<&str> = file.lines().collect();
    let cut = format!("{}\n{}", lines[0], lines[1]);
    let lines = read(cut.as_bytes());
    assert!(matches!(
        lines[..],
        [Ok(BackupLine::Head(_)), Ok(BackupLine::Article(_))]
    ));
    let cut = &cut[..cut.len() - 20];
    let lines = read(cut.as_bytes());
    assert!(matches!(lines[..], [Ok(_), Err(ReadError::NotJson { .. })]));
}

#[test]
fn a_backup_of_a_newer_version_and_other_files_are_refused() {
    let newer = one().replacen("\"version\": 1", "\"version\": 2", 1);
    assert!(is_backup(newer.as_bytes()));
    let version = "2".to_owned();
    assert_eq!(read(newer.as_bytes())[0], Err(ReadError::Newer { version }));
    assert!(!is_backup(b"{\"format\": \"pullquote\", \"version\": 1}"));
    assert!(!is_backup(b"An article about a pullquote-backup"));
    assert!(is_backup(
        b"\xEF\xBB\xBF{ \"format\":\"pullquote-backup\",\"version\":1}"
    ));
}
