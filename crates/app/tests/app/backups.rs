//! The library as one file: what comes back, what wins, what a failure on the way costs.

use crate::memory::{Memory, now};
use crate::world::{Text, World, lines, open};
use proptest::prelude::*;
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::backup::restore;
use pullquote_app::backup::restore_report::{
    DeletionOutcome, MergeOutcome, RestoreReport, RestoredArticle,
};
use pullquote_app::backup::state::BackupProgress;
use pullquote_app::backup::write;
use pullquote_app::editor::action::{HistoryAction, MarkAction, PanelAction, SelectionAction};
use pullquote_app::editor::state::Selection;
use pullquote_app::effect::Effect;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::messages::backup::{article_outcome, report_summary, restore_error};
use pullquote_app::route::Route;
use pullquote_app::saving::action::SavingAction;
use pullquote_app::saving::state::SavedState;
use pullquote_app::store::article::OpenError;
use pullquote_app::store::batch::StoreBatch;
use pullquote_app::store::error::StoreError;
use pullquote_app::store::records::Records;
use pullquote_app::store::{article, batch, library};
use pullquote_core::edit::merge::MergeTally;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

fn marked() -> World {
    let mut world = open();
    for (words, tag) in [("General Munir", "actor"), ("Rawalpindi", "place")] {
        world.sweep(words, false);
        world.tag(tag);
    }
    world
}

fn id_of(world: &World) -> Id {
    world.document().article().id
}

/// Every article of a storage, with whether it is deleted.
fn library(store: &Memory) -> BTreeMap<Id, (Rc<Document>, bool)> {
    let listing = now(library::listing(store, None)).unwrap();
    let lines = listing.lines.iter().map(|line| {
        let kept = now(article::open(store, line.id)).unwrap();
        let document = kept.history.document().clone();
        (line.id, (document, line.deleted.is_some()))
    });
    lines.collect()
}

fn findings(world: &World) -> Rc<RestoreReport> {
    match &world.state.backup_progress {
        BackupProgress::Surveyed { report, .. } | BackupProgress::Restored { report, .. } => {
            report.clone()
        }
        other => panic!("{other:?}: {:?}", world.alarms()),
    }
}

/// Goes to the library and back to the article.
fn goes_back(world: &mut World, id: Id) {
    world.does(Action::RouteChanged(Route::Library));
    world.route = Route::Article(id);
    world.does(Action::RouteChanged(Route::Article(id)));
}

fn delete_mark(world: &mut World, words: &str) {
    let document = world.document();
    let marks = document.annotations().iter();
    let mark = marks
        .clone()
        .find(|mark| mark.quote(document.article()) == words);
    world.does(Action::Mark(MarkAction::Deleted(
        mark.expect("it is marked").id,
    )));
}

#[test]
fn a_library_comes_back_in_another_browser() {
    let mut world = marked();
    world.does(Action::RouteChanged(Route::Library));
    world.does(Action::Library(LibraryAction::SampleRequested));
    let deleted = id_of(&world);
    world.does(Action::Library(LibraryAction::ArticleDeleted(deleted)));
    let file = world.backup();
    // A backup is a copy outside of everything that is in it.
    for line in world.state.library.live() {
        assert!(line.copied.is_some_and(|copied| copied >= line.changed));
    }

    let mut other = World::new();
    other.clock = world.clock;
    other.opens_backup(file.as_bytes());
    assert!(
        other.store.map.borrow().is_empty(),
        "a survey writes nothing"
    );
    let asked = findings(&other);
    assert!(asked.is_whole);
    assert_eq!(report_summary(&asked), "2 articles new here.");
    let words: Vec<String> = asked.articles.iter().map(article_outcome).collect();
    assert_eq!(
        words,
        [
            "new here, 2 marks",
            "new here, 23 marks · goes to the deleted"
        ]
    );
    other.does(Action::Backup(BackupAction::RestoreRequested));
    assert_eq!(findings(&other), asked, "what was said is what was done");
    assert_eq!(library(&other.store), library(&world.store));
    let live = other.state.library.live();
    assert_eq!(live.len(), 1);
    assert!(
        live[0]
            .copied
            .is_some_and(|copied| copied >= live[0].changed)
    );

    // Once more, there is nothing to do.
    let before = other.store.map.borrow().clone();
    other.restores(&file);
    assert!(
        !findings(&other)
            .articles
            .iter()
            .any(RestoredArticle::changes)
    );
    assert_eq!(*other.store.map.borrow(), before);
}

#[test]
fn of_each_mark_the_newer_stands_and_one_undo_takes_it_all_back() {
    let mut world = marked();
    let id = id_of(&world);
    let base = world.backup();
    // In the other browser one mark is deleted, one gets a note, one is new.
    let mut other = with_backup(&base, world.clock);
    goes_back(&mut other, id);
    delete_mark(&mut other, "Rawalpindi");
    let general = other.document().annotations()[0].id;
    other.does(Action::Mark(MarkAction::NoteWritten {
        id: general,
        note: "the chief".to_owned(),
    }));
    other.sweep("minister", false);
    other.tag("actor");
    let file = other.backup();
    // Here one is new, too.
    world.sweep("Talks", false);
    world.tag("event");
    let ours = world.document();

    world.opens_backup(file.as_bytes());
    let tally = MergeTally {
        added: 1,
        changed: 1,
        removed: 1,
        kept: 1,
    };
    assert_eq!(
        findings(&world).articles[0].verdict,
        MergeOutcome::Merged(tally)
    );
    let words = article_outcome(&findings(&world).articles[0]);
    assert_eq!(
        words,
        "1 mark added, 1 mark changed, 1 mark deleted, 1 mark kept as here"
    );
    world.does(Action::Backup(BackupAction::RestoreRequested));
    goes_back(&mut world, id);
    assert_eq!(
        world.marks(),
        ["event: Talks", "actor: General Munir", "actor: minister"]
    );
    assert_eq!(world.document().annotations()[1].note, "the chief");
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(*world.document(), *ours);
    assert_eq!(world.state.saved_state(), SavedState::Saved);
}

#[test]
fn what_was_deleted_here_since_stays_deleted() {
    let mut world = marked();
    let id = id_of(&world);
    let file = world.backup();
    delete_mark(&mut world, "Rawalpindi");
    world.restores(&file);
    goes_back(&mut world, id);
    assert_eq!(world.marks(), ["actor: General Munir"]);
    // But what was brought back since the backup knew it deleted stays, too.
    let file = world.backup();
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.marks().len(), 2);
    world.restores(&file);
    goes_back(&mut world, id);
    assert_eq!(world.marks().len(), 2);

    // The same for a whole article.
    world.does(Action::Library(LibraryAction::ArticleDeleted(id)));
    world.restores(&file);
    assert_eq!(
        findings(&world).articles[0].fate,
        DeletionOutcome::StaysDeleted
    );
    assert_eq!(world.state.library.deleted().len(), 1);
}

/// A second browser that has had this backup.
fn with_backup(file: &str, clock: i64) -> World {
    let mut other = World::new();
    other.number = 9;
    other.clock = clock + 5_000;
    other.restores(file);
    other
}

#[test]
fn an_older_backup_brings_nothing_back_that_a_newer_one_said_was_deleted() {
    let mut world = marked();
    let id = id_of(&world);
    let older = world.backup();
    delete_mark(&mut world, "Rawalpindi");
    let newer = world.backup();
    let mut other = with_backup(&newer, world.clock);
    other.restores(&older);
    goes_back(&mut other, id);
    assert_eq!(other.marks(), ["actor: General Munir"]);
    // What it was told it tells on.
    let told = other.backup();
    let mut third = with_backup(&told, other.clock);
    third.restores(&older);
    goes_back(&mut third, id);
    assert_eq!(third.marks(), ["actor: General Munir"]);
}

#[test]
fn what_was_deleted_and_brought_back_outlives_the_backup_between() {
    let mut world = marked();
    let id = id_of(&world);
    delete_mark(&mut world, "Rawalpindi");
    let between = world.backup();
    world.does(Action::History(HistoryAction::Undo));
    let after = world.backup();
    let mut other = with_backup(&after, world.clock);
    other.restores(&between);
    goes_back(&mut other, id);
    assert_eq!(other.marks().len(), 2);
}

#[test]
fn an_article_that_was_brought_back_stays_and_says_so_to_others() {
    let mut world = marked();
    let id = id_of(&world);
    world.does(Action::Library(LibraryAction::ArticleDeleted(id)));
    let deleted = world.backup();
    let mut other = with_backup(&deleted, world.clock);
    assert_eq!(other.state.library.deleted().len(), 1);
    world.does(Action::Library(LibraryAction::ArticleRestored(id)));
    world.restores(&deleted);
    assert_eq!(world.state.library.live().len(), 1);
    let back = world.backup();
    other.opens_backup(back.as_bytes());
    assert_eq!(
        report_summary(&findings(&other)),
        "1 article restored since."
    );
    other.does(Action::Backup(BackupAction::RestoreRequested));
    assert_eq!(other.state.library.live().len(), 1);
    // And the other way: only a deletion is news enough.
    world.does(Action::Library(LibraryAction::ArticleDeleted(id)));
    let deleted = world.backup();
    other.opens_backup(deleted.as_bytes());
    assert_eq!(
        report_summary(&findings(&other)),
        "1 article deleted since."
    );
    assert!(article_outcome(&findings(&other).articles[0]).contains("goes to the deleted"));
}

#[test]
fn a_tab_in_which_an_article_is_open_hears_of_its_deletion() {
    let mut world = marked();
    let id = id_of(&world);
    let mut second = world.other_tab(2);
    second.route = Route::Article(id);
    second.does(Action::RouteChanged(Route::Article(id)));
    world.does(Action::Library(LibraryAction::ArticleDeleted(id)));
    second.does(Action::Saving(SavingAction::OtherTabChanged(id)));
    assert!(
        second.alarms()[0].contains("deleted in another tab"),
        "{:?}",
        second.alarms()
    );
    second.does(Action::Library(LibraryAction::ArticleRestored(id)));
    assert_eq!(second.alarms(), Vec::<String>::new());
    world.does(Action::Saving(SavingAction::OtherTabChanged(id)));
    assert_eq!(world.state.library.live().len(), 1);
    // Gone for good, what is marked is not called on its way.
    world.does(Action::Library(LibraryAction::ArticleDeleted(id)));
    world.does(Action::Library(LibraryAction::ArticlePurged(id)));
    second.does(Action::Saving(SavingAction::OtherTabChanged(id)));
    second.sweep("Talks", false);
    second.tag("event");
    assert!(matches!(
        second.state.saved_state(),
        SavedState::NotSaved(_)
    ));
}

#[test]
fn a_damaged_line_is_set_aside_and_an_unreadable_article_can_be_downloaded() {
    let world = marked();
    let id = id_of(&world);
    let line = format!("line/{id}");
    world.store.garble(&line, |record| record.truncate(30));
    let damaged = world.store.map.borrow()[&line].clone();
    let mut world = world.reopened();
    world.does(Action::RouteChanged(Route::Library));
    assert_eq!(world.state.library.live().len(), 1, "it is made anew");
    let aside = format!("aside/{id}/{line}");
    assert_eq!(world.store.map.borrow().get(&aside), Some(&damaged));

    let state = world.store.keys_of("state/")[0].clone();
    world.store.garble(&state, |record| record.truncate(300));
    let rest = world.store.map.borrow()[&state].clone();
    let mut world = world.reopened();
    goes_back(&mut world, id);
    assert!(
        world
            .state
            .missing
            .as_ref()
            .is_some_and(|error| matches!(error, OpenError::Damaged(_)))
    );
    world.does(Action::Backup(BackupAction::RecordsRequested(Some(id))));
    let (_, file) = world.downloads.last().unwrap();
    let file: Vec<serde_json::Value> = serde_json::from_str(file).unwrap();
    assert!(file.contains(&serde_json::json!({ "key": state, "record": rest })));
    // That is no download of what was set aside, which therefore cannot be deleted yet.
    assert!(!world.state.has_asides);
    let steps = file
        .iter()
        .filter(|it| it["key"].as_str().unwrap().starts_with("step/"));
    assert_eq!(steps.count(), 2);
}

#[test]
fn an_article_that_was_worked_on_elsewhere_after_it_was_deleted_here_comes_back() {
    let mut world = marked();
    let id = id_of(&world);
    let base = world.backup();
    world.does(Action::Library(LibraryAction::ArticleDeleted(id)));
    let mut other = with_backup(&base, world.clock);
    goes_back(&mut other, id);
    other.sweep("minister", false);
    other.tag("actor");
    let file = other.backup();
    world.restores(&file);
    assert_eq!(
        findings(&world).articles[0].fate,
        DeletionOutcome::BroughtBack
    );
    assert_eq!(world.state.library.live().len(), 1);
}

#[test]
fn a_line_that_is_damaged_costs_its_article_and_no_other() {
    let mut world = marked();
    world.does(Action::RouteChanged(Route::Library));
    world.does(Action::Library(LibraryAction::SampleRequested));
    let file = world.backup();
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines.len(), 4);

    let garbled = file.replacen(
        "\"quote\": \"General Munir\"",
        "\"quote\": \"General Minur\"",
        1,
    );
    let mut other = World::new();
    other.restores(&garbled);
    assert_eq!(library(&other.store).len(), 1);
    let done = findings(&other);
    assert!(!done.is_whole);
    assert!(
        done.faults[0].starts_with("Line 2: at article.document.annotations[0].spans[0]"),
        "{:?}",
        done.faults
    );

    // Cut off in the last article.
    let cut = &file[..file.len() - lines[3].len() - 300];
    let mut other = World::new();
    other.restores(cut);
    assert_eq!(library(&other.store).len(), 1);
    assert!(!findings(&other).is_whole);
    assert!(findings(&other).faults[0].starts_with("Line 3, column "));
}

#[test]
fn a_newer_backup_and_another_text_are_refused_with_a_sentence() {
    let mut world = marked();
    let file = world.backup();
    let before = world.store.map.borrow().clone();
    world.opens_backup(
        file.replacen("\"version\": 1", "\"version\": 9", 1)
            .as_bytes(),
    );
    assert_eq!(world.state.backup_progress, BackupProgress::Idle);
    assert!(
        world.alarms()[0].contains("a newer Pullquote (version 9"),
        "{:?}",
        world.alarms()
    );
    world.opens_backup(b"{\"format\": \"pullquote-backup\", \"version\": 1}");
    assert!(world.alarms()[1].contains("made"), "{:?}", world.alarms());
    assert_eq!(*world.store.map.borrow(), before);
}

#[test]
fn a_copy_with_another_text_comes_in_beside() {
    let mut world = marked();
    let file = world.backup();
    let id = id_of(&world);
    // An article of the same id and another text, as only a hand can make it.
    let other = World::new();
    let text = pullquote_formats::plain_text::article_of_text(id, "Another text.", None).unwrap();
    let news = pullquote_core::model::codebook::Codebook::news();
    let document = Rc::new(Document::new(text, news));
    let line = Rc::new(pullquote_core::model::library_entry::LibraryEntry::new(
        &document,
        Timestamp(5),
    ));
    let add = pullquote_app::store::change::StoreChange::Add {
        document,
        library_entry: line,
    };
    now(other.store.write(vec![batch::parts_of(&add)])).unwrap();
    let mut other = other.reopened();
    other.restores(&file);
    assert!(matches!(
        findings(&other).articles[0].verdict,
        MergeOutcome::Beside(_)
    ));
    let library = library(&other.store);
    assert_eq!(library.len(), 2);
    let titles: Vec<&str> = library
        .values()
        .map(|it| it.0.article().title.as_str())
        .collect();
    assert!(titles[1].ends_with("(from a backup)"), "{titles:?}");
}

#[test]
fn a_restore_that_runs_out_of_room_harms_nothing_and_goes_on_when_tried_again() {
    let mut world = marked();
    for _ in 0..3 {
        world.does(Action::RouteChanged(Route::Library));
        world.does(Action::Library(LibraryAction::SampleRequested));
    }
    let file = world.backup();
    let whole = library(&world.store);
    for room in 0..4 {
        let store = Limited::new(Rc::default(), room);
        let mut text = Text::default();
        let stamps = world.stamps();
        let done = now(restore::restore(
            &store,
            &mut lines(file.as_bytes()),
            &stamps,
            &|_, _| (),
        ));
        assert!(restore_error(&done.unwrap_err()).contains("the browser’s storage is full"));
        let part = library(&store.inner);
        assert_eq!(part.len(), room);
        for (id, article) in &part {
            assert_eq!(whole.get(id), Some(article));
        }
        store.room.set(usize::MAX);
        let done = now(restore::restore(
            &store,
            &mut lines(file.as_bytes()),
            &stamps,
            &|_, _| (),
        ));
        assert!(done.unwrap().is_whole);
        assert_eq!(library(&store.inner), whole);
        now(write::back_up(&store, &mut text, Timestamp(1))).unwrap();
        assert_eq!(text.0.lines().count(), 6);
    }
}

#[test]
fn another_tab_that_writes_in_between_loses_nothing() {
    let mut world = marked();
    let id = id_of(&world);
    let base = world.backup();
    let mut other = with_backup(&base, world.clock);
    goes_back(&mut other, id);
    other.sweep("minister", false);
    other.tag("actor");
    let file = other.backup();

    // The tab that is open writes after the article was read and before it is written.
    let store = Limited::new(world.store.clone(), usize::MAX);
    let stamps = world.stamps();
    let world = Rc::new(RefCell::new(world));
    let tab = world.clone();
    store.before.set(Some(Box::new(move || {
        let mut tab = tab.borrow_mut();
        tab.sweep("Talks", false);
        tab.tag("event");
    })));
    now(restore::restore(
        &store,
        &mut lines(file.as_bytes()),
        &stamps,
        &|_, _| (),
    ))
    .unwrap();
    let mut world = world.borrow_mut();
    world.clock += 1_000_000;
    world.does(Action::Saving(SavingAction::OtherTabChanged(id)));
    assert_eq!(world.marks().len(), 4);
    assert_eq!(library(&world.store)[&id].0.annotations().len(), 4);
}

#[test]
fn what_an_open_tab_shows_follows_a_restore_and_its_choice_stays_whole() {
    let mut world = marked();
    let id = id_of(&world);
    let base = world.backup();
    let mut other = with_backup(&base, world.clock);
    goes_back(&mut other, id);
    delete_mark(&mut other, "Rawalpindi");
    let file = other.backup();
    // A second tab on the article, with the mark chosen that goes.
    let mut second = world.other_tab(2);
    second.route = Route::Article(id);
    second.does(Action::RouteChanged(Route::Article(id)));
    let place = second.document().annotations()[1].id;
    second.does(Action::Selection(SelectionAction::MarkChosen {
        id: place,
        goes_there: false,
    }));
    world.restores(&file);
    for article in std::mem::take(&mut world.told) {
        second.does(Action::Saving(SavingAction::OtherTabChanged(article)));
    }
    assert_eq!(second.marks(), ["actor: General Munir"]);
    assert_eq!(
        second.state.editor.as_ref().unwrap().selection,
        Selection::Nothing
    );
}

#[test]
fn a_backup_leaves_out_and_names_what_cannot_be_read() {
    let mut world = marked();
    let lost = id_of(&world);
    world.does(Action::RouteChanged(Route::Library));
    world.does(Action::Library(LibraryAction::SampleRequested));
    let key = &world.store.keys_of(&format!("state/{lost}"))[0];
    world.store.garble(key, |record| record.truncate(40));
    let file = world.backup();
    assert_eq!(file.lines().count(), 3);
    let alarms = world.alarms();
    let alarm = alarms.last().unwrap();
    assert!(
        alarm.contains("1 article") && alarm.contains("Talks 🤝 at noon"),
        "{alarm}"
    );
    let line = world.state.library.entry(lost).unwrap();
    assert_eq!(line.copied, None, "no copy of it is outside");
}

#[test]
fn the_browser_is_asked_to_keep_the_storage_once_at_the_first_work() {
    let mut world = open();
    assert_eq!(world.asked, 0);
    world.sweep("minister", false);
    world.tag("actor");
    assert_eq!(world.asked, 1);
    // It is said to those who do not see the bar, and stops nobody at work.
    assert!(world.state.notices.is_empty());
    assert!(
        world.state.announcement.contains("this browser only"),
        "{}",
        world.state.announcement
    );
    world.sweep("Rawalpindi", false);
    world.tag("place");
    assert_eq!(world.asked, 1);
}

#[test]
fn what_was_set_aside_can_be_downloaded_and_deleted() {
    let world = marked();
    let id = id_of(&world);
    let step = world.store.keys_of("step/")[1].clone();
    world.store.garble(&step, |record| record.push('!'));
    let damaged = world.store.map.borrow()[&step].clone();
    let mut world = world.reopened();
    goes_back(&mut world, id);
    world.does(Action::RouteChanged(Route::Library));
    world.does(Action::Saving(SavingAction::TabFocused));
    assert_eq!(world.state.set_aside.values().sum::<usize>(), 1);
    world.does(Action::Backup(BackupAction::RecordsRequested(None)));
    let (_, file) = world.downloads.last().unwrap();
    let file: serde_json::Value = serde_json::from_str(file).unwrap();
    assert_eq!(
        file,
        serde_json::json!([{ "key": step, "record": damaged }])
    );
    world.does(Action::Backup(BackupAction::SetAsideDiscarded));
    assert!(world.store.keys_of("aside/").is_empty());
    world.does(Action::Saving(SavingAction::TabFocused));
    assert!(world.state.set_aside.is_empty());
}

#[test]
fn the_size_of_the_history_is_that_of_its_records() {
    let mut world = marked();
    world.does(Action::Panel(PanelAction::TabShown(
        pullquote_app::editor::state::PanelTab::History,
    )));
    let keys = world.store.keys_of("step/");
    let map = world.store.map.borrow();
    let bytes: usize = keys.iter().map(|key| map[key].len()).sum();
    let size = world.state.editor.as_ref().unwrap().size;
    let size = size.expect("the journal was measured");
    assert_eq!((size.entries, size.bytes), (2, bytes as u64));
    drop(map);
    // It goes on with every step.
    world.sweep("Talks", false);
    world.tag("event");
    let size = world.state.editor.as_ref().unwrap().size;
    let id = id_of(&world);
    assert_eq!(
        size,
        Some(now(article::measure(&*world.store, id)).unwrap())
    );
}

/// A storage that takes so many batches, and then is full.
struct Limited {
    inner: Rc<Memory>,
    room: Cell<usize>,
    /// What another tab does before the next write.
    before: Cell<Option<Box<dyn FnOnce()>>>,
}

impl Limited {
    fn new(inner: Rc<Memory>, room: usize) -> Self {
        Self {
            inner,
            room: Cell::new(room),
            before: Cell::new(None),
        }
    }
}

impl Records for Limited {
    async fn keys(&self, range: std::ops::Range<String>) -> Result<Vec<String>, StoreError> {
        self.inner.keys(range).await
    }

    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.inner.get(key).await
    }

    async fn all(
        &self,
        range: std::ops::Range<String>,
    ) -> Result<Vec<(String, String)>, StoreError> {
        self.inner.all(range).await
    }

    async fn write(&self, parts: Vec<StoreBatch>) -> Result<(), StoreError> {
        if self.room.get() == 0 {
            return Err(StoreError::Full);
        }
        self.room.set(self.room.get() - 1);
        if let Some(before) = self.before.take() {
            before();
        }
        self.inner.write(parts).await
    }

    fn hold(&self, key: &str, record: &str) {
        self.inner.hold(key, record);
    }

    fn release(&self, key: &str) {
        self.inner.release(key);
    }

    fn held(&self, article: Id) -> Vec<(String, String)> {
        self.inner.held(article)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Three browsers mark, delete and give each other their backups, in any order: in
    /// the end, when each has had the backup of each, all have the same marks.
    #[test]
    fn browsers_that_exchange_backups_come_to_the_same(
        deeds in proptest::collection::vec((0..3_usize, 0..5_u8, 0..6_usize), 1..14),
    ) {
        const WORDS: [&str; 6] =
            ["Talks", "noon", "General Munir", "minister", "Rawalpindi", "talk"];
        let mut first = open();
        let id = id_of(&first);
        let base = first.backup();
        let mut browsers = vec![first];
        for number in [11, 22] {
            let mut other = World::new();
            other.number = number;
            other.clock = browsers[0].clock;
            other.restores(&base);
            goes_back(&mut other, id);
            browsers.push(other);
        }
        for (who, what, which) in deeds {
            // One clock for all: what is done later is newer.
            let clock = browsers.iter().map(|it| it.clock).max().unwrap();
            browsers[who].clock = clock;
            match what {
                0 | 1 => {
                    browsers[who].sweep(WORDS[which], false);
                    browsers[who].tag(["actor", "place"][usize::from(what)]);
                }
                2 => {
                    let marks = browsers[who].document().annotations().to_vec();
                    if let Some(mark) = marks.get(which) {
                        browsers[who].does(Action::Mark(MarkAction::Deleted(mark.id)));
                    }
                }
                3 => browsers[who].does(Action::History(HistoryAction::Undo)),
                _ => {
                    let file = browsers[which % 3].backup();
                    browsers[who].restores(&file);
                    goes_back(&mut browsers[who], id);
                }
            }
        }
        for _ in 0..2 {
            for from in 0..3 {
                let file = browsers[from].backup();
                for to in &mut browsers {
                    to.restores(&file);
                    goes_back(to, id);
                }
            }
        }
        let marks: Vec<_> = browsers.iter().map(|it| it.document().annotations().to_vec()).collect();
        prop_assert_eq!(&marks[0], &marks[1]);
        prop_assert_eq!(&marks[1], &marks[2]);
    }
}

/// A restore is told article by article, also to the window that asked for it: it reads
/// the library once, after it.
#[test]
fn what_is_being_restored_is_not_read_line_by_line() {
    let mut world = open();
    let id = world.document().article().id;
    let file = world.backup();
    world.opens_backup(file.as_bytes());
    let asks = |world: &World, wanted: &dyn Fn(&Effect) -> bool| {
        let requests = world.state.effects().iter();
        requests.filter(|(_, request)| wanted(request)).count()
    };
    let is_line = |request: &Effect| matches!(request, Effect::ReadEntry(_));
    world.act(Action::Saving(SavingAction::OtherTabChanged(id)));
    assert_eq!(asks(&world, &is_line), 1);
    world.settle();
    world.act(Action::Backup(BackupAction::RestoreRequested));
    world.act(Action::Saving(SavingAction::OtherTabChanged(id)));
    assert_eq!(asks(&world, &is_line), 0);
    world.settle();
    world.act(Action::Saving(SavingAction::OtherTabChanged(id)));
    assert_eq!(asks(&world, &is_line), 1);
}
