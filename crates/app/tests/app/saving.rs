//! Nothing is lost: over a storage that fails at every place where it can.

use crate::memory::{Memory, now};
use crate::world::{World, marks_of, open};
use proptest::prelude::*;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{HistoryAction, MarkAction, SelectionAction};
use pullquote_app::editor::view::steps;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::messages::step_names::step_name;
use pullquote_app::route::Route;
use pullquote_app::saving::action::SavingAction;
use pullquote_app::saving::state::SavedState;
use pullquote_app::store::article::OpenError;
use pullquote_app::store::records::Records as _;
use pullquote_app::store::upgrade::Version1;
use pullquote_app::store::{article, key, upgrade};
use pullquote_core::edit::commands::marks::MarkEnd;
use pullquote_core::edit::history::LIMIT;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::text::offset::Utf16Offset;
use pullquote_core::text::snapping::MoveDirection;
use std::rc::Rc;

/// What a user may do in an open article.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    Mark(u8, u8, u8),
    Note(u8, u8),
    Retag(u8, u8),
    Flag(u8),
    Step(u8, bool),
    Delete(u8),
    Rename(u8),
    Undo,
    Redo,
}

pub(crate) fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => any::<(u8, u8, u8)>().prop_map(|(from, to, tag)| Deed::Mark(from, to, tag)),
        3 => any::<(u8, u8)>().prop_map(|(mark, note)| Deed::Note(mark, note)),
        2 => any::<(u8, u8)>().prop_map(|(mark, tag)| Deed::Retag(mark, tag)),
        1 => any::<u8>().prop_map(Deed::Flag),
        2 => any::<(u8, bool)>().prop_map(|(mark, way)| Deed::Step(mark, way)),
        2 => any::<u8>().prop_map(Deed::Delete),
        1 => any::<u8>().prop_map(Deed::Rename),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
    ]
}

const TAGS: [&str; 4] = ["actor", "place", "commitment", "event"];

impl World {
    /// Whether the open article has a way back.
    pub(crate) fn can_undo(&self) -> bool {
        let editor = self.state.editor.as_ref();
        editor.is_some_and(|editor| editor.history.undo_name().is_some())
    }

    /// Does a deed, and carries out all but the writing.
    pub(crate) fn begins(&mut self, deed: &Deed) {
        let document = self.document();
        let marks = document.annotations();
        let mark = |die: u8| {
            marks
                .get(usize::from(die) % marks.len().max(1))
                .map(|it| it.id)
        };
        let tag = |die: u8| TAGS[usize::from(die) % 4].parse().unwrap();
        let choose = |die: u8| {
            mark(die).map(|id| {
                Action::Selection(SelectionAction::MarkChosen {
                    id,
                    goes_there: false,
                })
            })
        };
        let actions: Vec<Action> = match *deed {
            Deed::Mark(from, to, die) => {
                let text = document.article().text();
                let units = text.encode_utf16().count() as u32;
                let at = |die: u8| Utf16Offset(u32::from(die) * units / 256);
                let range = at(from.min(to))..at(from.max(to));
                let swept = Action::Selection(SelectionAction::TextSelected {
                    range,
                    exact: false,
                    more: false,
                });
                vec![swept, Action::Mark(MarkAction::TagGiven(tag(die)))]
            }
            Deed::Note(die, note) => mark(die)
                .map(|id| {
                    Action::Mark(MarkAction::NoteWritten {
                        id,
                        note: format!("note {note}"),
                    })
                })
                .into_iter()
                .collect(),
            Deed::Retag(die, tag_die) => choose(die)
                .into_iter()
                .chain([Action::Mark(MarkAction::TagGiven(tag(tag_die)))])
                .collect(),
            Deed::Flag(die) => mark(die)
                .map(|value| Action::Mark(MarkAction::FlagToggled(value)))
                .into_iter()
                .collect(),
            Deed::Step(die, forward) => {
                let way = if forward {
                    MoveDirection::Forward
                } else {
                    MoveDirection::Back
                };
                let step = Action::Mark(MarkAction::EndStepped {
                    index: None,
                    end: MarkEnd::End,
                    direction: way,
                });
                choose(die).into_iter().chain([step]).collect()
            }
            Deed::Delete(die) => mark(die)
                .map(|value| Action::Mark(MarkAction::Deleted(value)))
                .into_iter()
                .collect(),
            Deed::Rename(die) => {
                let id = document.article().id;
                vec![Action::Library(LibraryAction::ArticleRenamed {
                    id,
                    title: format!("Title {die}"),
                })]
            }
            Deed::Undo => vec![Action::History(HistoryAction::Undo)],
            Deed::Redo => vec![Action::History(HistoryAction::Redo)],
        };
        for action in actions {
            self.act(action);
            self.carry_out_all();
        }
    }
}

#[test]
fn undo_goes_on_where_it_was_after_the_browser_was_closed() {
    let mut world = open();
    for (words, tag) in [
        ("Munir", "actor"),
        ("Rawalpindi", "place"),
        ("talk", "event"),
    ] {
        world.sweep(words, false);
        world.tag(tag);
    }
    world.does(Action::History(HistoryAction::Undo));
    let mut world = world.reopened();
    assert_eq!(world.marks(), ["actor: Munir", "place: Rawalpindi"]);
    let names = |world: &World| {
        let history = world.state.editor.as_ref().unwrap().history.clone();
        (
            history.undo_name().map(step_name),
            history.redo_name().map(step_name),
        )
    };
    let expected = (
        Some("tag ‘Rawalpindi’ as Place".to_owned()),
        Some("tag ‘talk’ as Event".to_owned()),
    );
    assert_eq!(names(&world), expected);
    world.does(Action::History(HistoryAction::Redo));
    assert_eq!(world.marks().len(), 3);
    let mut world = world.reopened();
    for _ in 0..3 {
        world.does(Action::History(HistoryAction::Undo));
    }
    assert_eq!(world.marks().len(), 0);
    assert_eq!(world.reopened().marks().len(), 0);
}

#[test]
fn an_earlier_state_is_looked_at_and_brought_back_as_one_step() {
    let mut world = open();
    world.does(Action::History(HistoryAction::CoderNamed(
        " Zoë ".to_owned(),
    )));
    for (words, tag) in [
        ("Munir", "actor"),
        ("Rawalpindi", "place"),
        ("talk", "event"),
    ] {
        world.sweep(words, false);
        world.tag(tag);
    }
    let id = world.document().annotations()[0].id;
    for note in ["a", "a note"] {
        world.does(Action::Mark(MarkAction::NoteWritten {
            id,
            note: note.to_owned(),
        }));
    }
    let mut world = world.reopened();
    let editor = world.state.editor.clone().unwrap();
    let rows = steps::steps_of(&editor.history);
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "note on ‘Munir’",
            "tag ‘talk’ as Event",
            "tag ‘Rawalpindi’ as Place",
            "tag ‘Munir’ as Actor",
            "work as Zoë",
            "the article as it was added",
        ]
    );
    assert_eq!((rows[0].by.as_str(), rows[4].by.as_str()), ("Zoë", ""));
    let present = world.document();
    world.does(Action::History(HistoryAction::PreviewShown(Some(
        rows[2].number,
    ))));
    let shown = world.state.editor.clone().unwrap().shown().clone();
    assert_eq!(marks_of(&shown), ["actor: Munir", "place: Rawalpindi"]);
    // Nothing can be done to what is past, and nothing was done by looking.
    world.does(Action::Mark(MarkAction::TagGiven("actor".parse().unwrap())));
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.document(), present);
    world.does(Action::History(HistoryAction::PreviewShown(None)));
    assert!(world.state.editor.clone().unwrap().preview.is_none());
    world.does(Action::History(HistoryAction::PreviewShown(Some(0))));
    world.does(Action::History(HistoryAction::PreviewRestored));
    assert!(world.marks().is_empty());
    assert!(world.state.editor.clone().unwrap().preview.is_none());
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.document(), present);
    assert_eq!(world.reopened().document(), present);
}

#[test]
fn undo_goes_back_through_what_was_folded() {
    let mut world = open();
    world.sweep("Munir", false);
    world.tag("actor");
    let id = world.document().annotations()[0].id;
    for number in 0..LIMIT + 50 {
        world.does(Action::Mark(MarkAction::FlagToggled(id)));
        if number % 400 == 0 {
            world = world.reopened();
        }
    }
    let mut world = world.reopened();
    let states = world.store.keys_of("state/");
    assert_eq!(states.len(), 2, "the newest state and the one before it");
    let mut steps = 0;
    while world.can_undo() {
        world.does(Action::History(HistoryAction::Undo));
        steps += 1;
    }
    assert_eq!(steps, LIMIT + 51);
    assert!(world.document().annotations().is_empty());
}

#[test]
fn what_was_made_and_not_written_comes_back_from_the_tail() {
    let mut world = open();
    world.sweep("Munir", false);
    world.tag("actor");
    world.sweep("Rawalpindi", false);
    world.act(Action::Mark(MarkAction::TagGiven("place".parse().unwrap())));
    world.carry_out_all();
    assert_eq!(world.state.saved_state(), SavedState::Saving);
    // The browser dies before the storage has written.
    let mut world = world.reopened();
    assert_eq!(world.marks(), ["actor: Munir", "place: Rawalpindi"]);
    assert_eq!(world.state.saved_state(), SavedState::Saved);
    assert!(world.store.tail.borrow().is_empty());
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.reopened().marks(), ["actor: Munir"]);
}

/// An article of a few steps, folded once, with all its records.
fn some_records() -> (World, Rc<Document>) {
    let mut world = open();
    for (words, tag) in [("General Munir", "actor"), ("Rawalpindi", "place")] {
        world.sweep(words, false);
        world.tag(tag);
    }
    let id = world.document().annotations()[0].id;
    for _ in 0..210 {
        world.does(Action::Mark(MarkAction::FlagToggled(id)));
    }
    let mut world = world.reopened();
    for (words, tag) in [("Cafe", "place"), ("talk", "event"), ("noon", "event")] {
        world.sweep(words, false);
        world.tag(tag);
    }
    let document = world.document();
    (world, document)
}

#[test]
fn any_one_record_that_is_damaged_costs_that_record_at_most() {
    let (world, whole) = some_records();
    let before = world.store.map.borrow().clone();
    let route = world.route;
    let ways: [fn(&mut String); 3] = [
        |record| record.truncate(record.len() / 2),
        |record| *record = record.replace("e", "x"),
        String::clear,
    ];
    for key in before.keys() {
        for way in ways.iter().map(Some).chain([None]) {
            let store = Rc::new(Memory::default());
            store.map.borrow_mut().clone_from(&before);
            match way {
                Some(way) => store.garble(key, way),
                None => drop(store.map.borrow_mut().remove(key)),
            }
            let bytes = store.map.borrow().get(key).cloned();
            let mut world = World::over(store.clone(), route);
            let is_late_step = key.starts_with("step/")
                && key
                    > before
                        .keys()
                        .filter(|it| it.starts_with("step/"))
                        .nth(211)
                        .unwrap();
            let left = world.marks();
            if is_late_step {
                assert!(left.len() >= 4, "{key}: {left:?}");
            } else {
                assert_eq!(left, marks_of(&whole), "{key}");
            }
            // It is listed, whatever became of its line.
            assert_eq!(world.state.library.live().len(), 1, "{key}");
            // What is damaged and told of is set aside as it was.
            if let Some(bytes) = bytes.filter(|_| !world.alarms().is_empty()) {
                let asides = store.keys_of("aside/");
                let kept = asides.iter().any(|it| store.map.borrow()[it] == bytes);
                assert!(kept, "{key}");
            }
            // And the work goes on: what is done now is there later.
            world.clock += 1_000_000;
            world.sweep("minister", false);
            world.tag("actor");
            let now = world.document();
            assert_eq!(world.state.saved_state(), SavedState::Saved, "{key}");
            let world = world.reopened();
            assert_eq!(world.document(), now, "{key}");
            assert!(world.alarms().is_empty(), "{key}: {:?}", world.alarms());
        }
    }
}

#[test]
fn where_no_state_can_be_read_the_article_says_so_and_its_bytes_stay() {
    let world = open();
    let key = world.store.keys_of("state/")[0].clone();
    world.store.garble(&key, |record| record.truncate(100));
    let bytes = world.store.map.borrow()[&key].clone();
    let world = world.reopened();
    assert!(matches!(world.state.missing, Some(OpenError::Damaged(_))));
    assert_eq!(world.store.map.borrow()[&key], bytes);
}

#[test]
fn what_is_deleted_for_good_makes_room_for_what_was_refused() {
    let mut world = open();
    let first = world.document().article().id;
    world.does(Action::Library(LibraryAction::TextPasted(
        "Another\n\nArticle with words.".to_owned(),
    )));
    world.store.full.set(true);
    world.sweep("words", false);
    world.tag("actor");
    assert!(matches!(world.state.saved_state(), SavedState::NotSaved(_)));
    let offers = world.state.notices.iter().flat_map(|notice| &notice.offers);
    let labels: Vec<&str> = offers.map(|offer| offer.label).collect();
    assert_eq!(labels, ["Try again", "Export", "Make room"]);
    world.does(Action::Library(LibraryAction::ArticleDeleted(first)));
    world.act(Action::Library(LibraryAction::ArticlePurged(first)));
    world.carry_out_all();
    world.store.full.set(false);
    world.settle();
    assert_eq!(world.state.saved_state(), SavedState::Saved);
    let world = world.reopened();
    assert_eq!(world.marks(), ["actor: words"]);
    assert_eq!(world.state.library.live().len(), 1);
}

#[test]
fn a_storage_that_is_away_for_a_while_loses_nothing() {
    let mut world = open();
    world.store.away.set(true);
    for (words, tag) in [("Munir", "actor"), ("Rawalpindi", "place")] {
        world.sweep(words, false);
        world.tag(tag);
    }
    world.does(Action::History(HistoryAction::Undo));
    assert!(matches!(world.state.saved_state(), SavedState::NotSaved(_)));
    world.store.away.set(false);
    world.does(Action::Saving(SavingAction::RetryRequested));
    assert_eq!(world.state.saved_state(), SavedState::Saved);
    let before = world.document();
    assert_eq!(world.reopened().document(), before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// The browser dies at every place of a run of edits, with the tail or without it:
    /// what was called saved is there, what was not is there whole or not at all.
    #[test]
    fn a_death_at_any_moment_loses_nothing_that_was_called_saved(
        deeds in proptest::collection::vec((deed(), 0_u8..3), 12),
    ) {
        let mut world = open();
        let mut states = vec![world.document()];
        let mut saved = 0;
        for (deed, writes) in &deeds {
            world.begins(deed);
            if states.last() != Some(&world.document()) {
                states.push(world.document());
            }
            for _ in 0..*writes {
                world.write_one();
                world.carry_out_all();
            }
            if world.state.saved_state() == SavedState::Saved {
                saved = states.len() - 1;
            }
            for with_tail in [true, false] {
                let store = Memory::default();
                store.map.borrow_mut().clone_from(&world.store.map.borrow());
                if with_tail {
                    store.tail.borrow_mut().clone_from(&world.store.tail.borrow());
                }
                let later = World::over(Rc::new(store), world.route);
                let there = later.document();
                let place = states.iter().rposition(|state| *state == there);
                prop_assert!(place.is_some_and(|place| place >= saved), "{place:?} of {saved}");
                if with_tail {
                    prop_assert_eq!(&there, states.last().unwrap());
                }
                prop_assert!(later.alarms().is_empty());
            }
        }
        world.settle();
        let end = world.document();
        prop_assert_eq!(world.reopened().document(), end);
    }
}

/// A worker is lent the tail as it was when its job began.
#[test]
fn a_held_entry_that_was_written_undone_and_folded_is_not_done_again() {
    let mut world = open();
    world.sweep("Munir", false);
    world.act(Action::Mark(MarkAction::TagGiven("actor".parse().unwrap())));
    world.carry_out_all();
    let held = world.store.tail.borrow().clone();
    assert_eq!(held.len(), 1);
    world.settle();
    world.does(Action::History(HistoryAction::Undo));
    for number in 0..220 {
        let id = world.document().article().id;
        world.does(Action::Library(LibraryAction::ArticleRenamed {
            id,
            title: format!("Title {number}"),
        }));
    }
    let world = world.reopened();
    let id = world.document().article().id;
    assert!(
        world
            .store
            .keys_of("state/")
            .last()
            .unwrap()
            .ends_with("222")
    );
    *world.store.tail.borrow_mut() = held;
    let kept = now(article::open(&*world.store, id)).unwrap();
    assert!(kept.tail.is_empty());
    assert!(world.store.tail.borrow().is_empty());
}

/// What `tests/fixtures/storage-1.json` holds: the stores of version 1, as a browser had
/// them; one entry only in `localStorage`.
fn stored_by_version_1() -> Version1 {
    let fixture = include_str!("../../../../tests/fixtures/storage-1.json");
    let fixture: serde_json::Value = serde_json::from_str(fixture).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let pairs = |name: &str| {
        let list = fixture["stores"][name].as_array().unwrap();
        list.iter()
            .map(|pair| (text(&pair[0]), text(&pair[1])))
            .collect()
    };
    let journal = fixture["stores"]["journal"].as_array().unwrap().iter();
    let journal = journal.map(|pair| {
        (
            text(&pair[0][0]),
            pair[0][1].as_u64().unwrap(),
            text(&pair[1]),
        )
    });
    let tail = fixture["local"].as_array().unwrap().iter().map(|pair| {
        let name = text(&pair[0]);
        let (article, number) = name
            .strip_prefix("pullquote.tail.")
            .unwrap()
            .split_once('.')
            .unwrap();
        (article.to_owned(), number.parse().unwrap(), text(&pair[1]))
    });
    Version1 {
        shelf: pairs("shelf"),
        snapshots: pairs("snapshots"),
        journal: journal.chain(tail).collect(),
    }
}

fn upgraded_store(old: &Version1) -> Rc<Memory> {
    let store = Memory::default();
    *store.map.borrow_mut() = upgrade::upgraded(old).into_iter().collect();
    Rc::new(store)
}

#[test]
fn what_version_1_stored_opens_with_all_its_marks_and_its_way_back() {
    let store = upgraded_store(&stored_by_version_1());
    assert!(store.keys_of("aside/").is_empty());
    let world = World::over(store.clone(), Route::Library);
    let lines = world.state.library.live();
    assert_eq!((lines.len(), world.state.library.deleted().len()), (2, 1));
    let talks = lines
        .iter()
        .find(|line| line.title.starts_with("Harbour talks"))
        .unwrap();
    assert!(talks.copied.is_some());
    let mut world = World::over(store, Route::Article(talks.id));
    assert_eq!(
        world.marks(),
        [
            "actor: ferry captain Ines Okafor",
            "commitment: promised a new pier by spring",
            "event: new pier",
            "place: Port Ellery",
            "actor: لوگ",
            "actor: 港の人々",
        ]
    );
    let document = world.document();
    let note = document
        .annotations()
        .iter()
        .find(|mark| !mark.note.is_empty())
        .unwrap();
    assert_eq!(note.note, "a pier 🙂");
    while world.can_undo() {
        world.does(Action::History(HistoryAction::Undo));
    }
    assert!(world.document().annotations().is_empty());
    // The same upgrade, twice, is the same.
    assert_eq!(
        upgrade::upgraded(&stored_by_version_1()),
        upgrade::upgraded(&stored_by_version_1())
    );
}

/// What `tests/fixtures/storage-2.json` holds.
fn stored_by_version_2() -> Rc<Memory> {
    stored(include_str!("../../../../tests/fixtures/storage-2.json"))
}

/// The storage that a fixture of version 2 or later holds: its records, and the entries that
/// were only in `localStorage`.
pub(crate) fn stored(fixture: &str) -> Rc<Memory> {
    let fixture: serde_json::Value = serde_json::from_str(fixture).unwrap();
    let pairs = |name: &str| {
        let pairs: Vec<(String, String)> = serde_json::from_value(fixture[name].clone()).unwrap();
        pairs.into_iter()
    };
    let store = Memory::default();
    *store.map.borrow_mut() = pairs("records").collect();
    let held = |(name, record): (String, String)| {
        let key = name.strip_prefix("pullquote.tail.").unwrap().to_owned();
        (key, record)
    };
    *store.tail.borrow_mut() = pairs("local").map(held).collect();
    Rc::new(store)
}

#[test]
fn what_version_2_stored_opens_with_all_its_marks_and_its_way_back() {
    let store = stored_by_version_2();
    let world = World::over(store.clone(), Route::Library);
    let lines = world.state.library.live();
    assert_eq!(lines.len(), 2);
    let mut counts = Vec::new();
    for line in lines {
        let mut world = World::over(store.clone(), Route::Article(line.id));
        assert!(world.state.missing.is_none() && world.alarms().is_empty());
        let document = world.document();
        counts.push((document.annotations().len(), document.relations().len()));
        while world.can_undo() {
            world.does(Action::History(HistoryAction::Undo));
        }
        let begun = world.document();
        world.does(Action::History(HistoryAction::Redo));
        assert_ne!(world.document(), begun);
        // What is written now is read as well.
        let document = world.document();
        assert_eq!(world.reopened().document(), document);
    }
    assert_eq!(counts, [(2, 0), (5, 1)]);
    assert!(store.tail.borrow().is_empty());
    assert!(store.keys_of("aside/").is_empty());
}

#[test]
fn what_version_1_had_damaged_is_set_aside() {
    let mut old = stored_by_version_1();
    let id: Id = old.journal[2].0.parse().unwrap();
    old.journal[2].2.truncate(50);
    let bytes = old.journal[2].2.clone();
    let store = upgraded_store(&old);
    let asides = store.keys_of("aside/");
    assert_eq!(asides.len(), 1);
    assert_eq!(store.map.borrow()[&asides[0]], bytes);
    let kept = now(article::open(&*store, id)).unwrap();
    assert_eq!(kept.history.document().annotations().len(), 5);
    assert!(now(store.all(key::with_prefix("line/"))).unwrap().len() == 3);
}

/// The data of the site is deleted while an article is open: it is said, and the article is
/// saved again with its way back. What other tabs delete is not brought back by that.
#[test]
fn an_open_article_outlives_the_deletion_of_the_site_data() {
    for steps_first in [false, true] {
        let mut world = open();
        world.sweep("Munir", false);
        world.tag("actor");
        world.sweep("🤝", false);
        world.tag("event");
        world.does(Action::Library(LibraryAction::TextPasted(
            "Another article\n\nWords.".to_owned(),
        )));
        let id = world.state.library.live()[1].id;
        world.does(Action::RouteRequested(Route::Article(id)));
        assert_eq!(world.marks().len(), 2);
        world.store.map.borrow_mut().clear();
        world.store.tail.borrow_mut().clear();
        if steps_first {
            // The next step comes before the browser says anything.
            world.sweep("Rawalpindi", false);
            world.act(Action::Saving(SavingAction::StorageClosed));
            world.tag("place");
        } else {
            world.does(Action::Saving(SavingAction::StorageClosed));
        }
        let told = world.alarms();
        assert!(
            told.iter()
                .any(|it| it.contains("is saved again from it") && it.contains("Talks")),
            "{told:?}"
        );
        assert_eq!(world.state.saved_state(), SavedState::Saved);
        let marks = world.marks();
        let mut again = world.reopened();
        assert_eq!(again.marks(), marks);
        again.does(Action::History(HistoryAction::Undo));
        assert_eq!(again.marks().len(), marks.len() - 1);
        let lines = again.state.library.live();
        assert_eq!(lines.len(), 1);
    }
    // In the library, what is gone is told.
    let mut world = open();
    world.does(Action::RouteRequested(Route::Library));
    world.store.map.borrow_mut().clear();
    world.does(Action::Saving(SavingAction::StorageClosed));
    let told = world.alarms();
    assert!(
        told[0].contains("the article that was here is gone"),
        "{told:?}"
    );
    assert!(world.state.library.live().is_empty());
    // A storage that closed and still has everything is no news.
    let mut world = open();
    world.does(Action::Saving(SavingAction::StorageClosed));
    assert_eq!(world.alarms(), [""; 0]);
    assert_eq!(world.state.saved_state(), SavedState::Saved);
}
