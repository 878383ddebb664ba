//! The app natively: actions in, states and requests out; over a storage in memory
//! that fails on command.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod annotating;
mod backups;
mod codebook_changes;
mod export;
mod jobs;
mod keyboard;
mod library_list;
mod memory;
mod opening;
mod saving;
mod step_names;
mod storage_effects;
mod tabs;
mod world;

use memory::now;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{HistoryAction, MarkAction, PanelAction, SelectionAction};
use pullquote_app::editor::state::Selection;
use pullquote_app::editor::view::block_view::TextRun;
use pullquote_app::editor::view::{mark_rows, reading};
use pullquote_app::export::action::ExportAction;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::library::read_purpose::ReadPurpose;
use pullquote_app::library::sample::sample;
use pullquote_app::library::state::Library;
use pullquote_app::messages::ago::ago;
use pullquote_app::messages::step_names::step_name;
use pullquote_app::route::Route;
use pullquote_app::saving::action::SavingAction;
use pullquote_app::saving::state::SavedState;
use pullquote_app::stamp::Stamp;
use pullquote_app::store::article::OpenError;
use pullquote_app::store::error::StoreError;
use pullquote_app::store::{article, library};
use pullquote_core::edit::commands::marks::MarkEnd;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::offset::Utf16Offset;
use pullquote_core::text::snapping::MoveDirection;
use pullquote_formats::document_file::write_document;
use std::rc::Rc;
use world::{World, open};

#[test]
fn words_are_swept_and_tagged() {
    let mut world = open();
    world.sweep("eneral Mun", false);
    world.tag("actor");
    world.sweep("Rawalpindi. ", false);
    world.tag("place");
    world.sweep("🤝 at", false);
    world.tag("event");
    world.sweep("noon\n\nGen", true);
    world.tag("event");
    world.sweep("علاقوں", false);
    world.tag("place");
    assert_eq!(
        world.marks(),
        [
            "event: 🤝 at",
            "event: noon Gen",
            "actor: General Munir",
            "place: Rawalpindi",
            "place: علاقوں"
        ]
    );
    let editor = world.state.editor.clone().unwrap();
    let undo = editor.history.undo_name().map(step_name);
    assert_eq!(undo.as_deref(), Some("tag ‘علاقوں’ as Place"));
}

#[test]
fn everything_is_there_again_after_the_browser_was_closed() {
    let mut world = open();
    world.sweep("Munir", false);
    world.tag("actor");
    let id = world.document().annotations()[0].id;
    world.does(Action::Mark(MarkAction::NoteWritten {
        id,
        note: "a note 🙂".to_owned(),
    }));
    world.does(Action::Mark(MarkAction::EndStepped {
        index: None,
        end: MarkEnd::Start,
        direction: MoveDirection::Back,
    }));
    world.does(Action::History(HistoryAction::Undo));
    world.does(Action::History(HistoryAction::Redo));
    world.does(Action::Library(LibraryAction::ArticleRenamed {
        id: world.document().article().id,
        title: "Another title".to_owned(),
    }));
    let before = world.document();
    let world = world.reopened();
    assert_eq!(world.document(), before);
    assert_eq!(world.marks(), ["actor: General Munir"]);
    let lines = world.state.library.live();
    assert_eq!(
        (lines[0].title.as_str(), lines[0].marks()),
        ("Another title", 1)
    );
}

#[test]
fn what_the_storage_refuses_stays_and_is_kept_when_there_is_room() {
    let mut world = open();
    world.sweep("Munir", false);
    world.tag("actor");
    world.store.full.set(true);
    world.sweep("Rawalpindi", false);
    world.tag("place");
    let full = SavedState::NotSaved(StoreError::Full);
    assert_eq!(world.state.saved_state(), full);
    assert!(world.alarms()[0].contains("Not saved"));
    world.sweep("minister", false);
    world.tag("actor");
    // Away and back: the only copy of the last two steps is in the app.
    let before = world.document();
    let id = before.article().id;
    world.does(Action::RouteChanged(Route::Library));
    world.does(Action::RouteChanged(Route::Article(id)));
    assert_eq!(world.document(), before);
    world.store.full.set(false);
    world.does(Action::Saving(SavingAction::RetryRequested));
    assert_eq!(world.state.saved_state(), SavedState::Saved);
    let world = world.reopened();
    assert_eq!(world.marks().len(), 3);
}

#[test]
fn an_article_with_unsaved_steps_is_not_thrown_away() {
    let mut world = open();
    world.store.full.set(true);
    world.sweep("Munir", false);
    world.tag("actor");
    let before = world.document();
    let id = before.article().id;
    // Another article arrives, and the first is renamed from the library.
    world.opens("b.txt", b"Another\n\nArticle.", true);
    world.does(Action::Library(LibraryAction::ArticleRenamed {
        id,
        title: "Renamed".to_owned(),
    }));
    world.does(Action::RouteChanged(Route::Article(id)));
    assert_eq!(world.document().annotations(), before.annotations());
    assert_eq!(world.document().article().title, "Renamed");
    world.store.full.set(false);
    world.does(Action::Saving(SavingAction::RetryRequested));
    world.route = Route::Article(id);
    let world = world.reopened();
    assert_eq!(world.marks(), ["actor: Munir"]);
    assert_eq!(world.state.library.live().len(), 2);
}

#[test]
fn a_mark_that_begins_between_two_blocks_has_its_letter() {
    let mut world = open();
    world.sweep("\n\nGeneral", true);
    world.tag("actor");
    assert_eq!(world.marks(), ["actor: General"]);
    let document = world.document();
    let drawing = reading::Drawing::default().next(&document, &Selection::Nothing);
    let TextRun::Mark(mark) = &drawing.section(0).blocks[1].runs[0] else {
        panic!("the mark is drawn first");
    };
    assert_eq!(mark.letter.as_deref(), Some("A"));
}

#[test]
fn a_file_of_an_article_that_is_here_never_touches_it() {
    let mut world = open();
    world.sweep("Munir", false);
    world.tag("actor");
    world.does(Action::Export(ExportAction::ArticleFileRequested));
    let (name, text) = world.downloads[0].clone();
    assert_eq!(name, "Talks 🤝 at noon.pullquote.json");
    let kept = world.store.map.borrow().clone();
    world.opens(&name, text.as_bytes(), true);
    assert_eq!(*world.store.map.borrow(), kept);
    assert_eq!(world.state.library.live().len(), 1);
    let noted = text.replace("\"note\": \"\"", "\"note\": \"x\"");
    world.opens(&name, noted.as_bytes(), true);
    assert_eq!(world.state.library.live().len(), 2);
    for (key, record) in kept {
        assert_eq!(world.store.map.borrow().get(&key), Some(&record));
    }
    assert!(world.document().article().title.ends_with("(copy)"));
}

/// The storage has not confirmed the first when the second is compared with it.
#[test]
fn one_file_opened_twice_at_once_is_one_article() {
    let mut world = open();
    world.does(Action::Export(ExportAction::ArticleFileRequested));
    let (name, text) = world.downloads[0].clone();
    let mut world = World::new();
    for alone in [true, true, false] {
        world.is_given(&name, text.as_bytes(), alone);
    }
    world.settle();
    assert!(world.alarms().is_empty(), "{:?}", world.alarms());
    assert_eq!(world.store.keys_of("state/").len(), 1);
    assert_eq!(world.state.library.live().len(), 1);
    // With other marks it is another, beside it.
    let mut world = World::new();
    let noted = text.replace("Rawalpindi.", "Rawalpindi!");
    assert!(
        pullquote_app::library::incoming::Incoming::from_file(
            &name,
            noted.as_bytes(),
            &world.stamps()()
        )
        .is_err()
    );
    let other = text.replace("\"coder\": \"\"", "\"coder\": \"Zoë\"");
    for text in [&*text, &other] {
        world.is_given(&name, text.as_bytes(), false);
    }
    world.settle();
    assert!(world.alarms().is_empty(), "{:?}", world.alarms());
    assert_eq!(world.state.library.live().len(), 2);
}

#[test]
fn what_just_came_in_can_be_opened_before_it_is_kept() {
    for is_full in [false, true] {
        let mut world = World::new();
        world.store.full.set(is_full);
        for name in ["a.txt", "b.txt"] {
            let text = format!("{name}\n\nSome words.");
            world.is_given(name, text.as_bytes(), false);
            if is_full {
                world.settle();
            }
        }
        let id = world.state.library.live()[0].id;
        world.act(Action::RouteChanged(Route::Article(id)));
        world.carry_out_all();
        assert_eq!(world.state.missing, None);
        world.sweep("words", false);
        world.tag("event");
        world.store.full.set(false);
        world.does(Action::Saving(SavingAction::RetryRequested));
        assert_eq!(world.state.saved_state(), SavedState::Saved);
        world.route = Route::Article(id);
        assert_eq!(world.reopened().marks(), ["event: words"]);
    }
}

/// The first is refused, the second was written before that was known.
#[test]
fn what_was_kept_behind_what_was_refused_is_not_kept_twice() {
    let mut world = World::new();
    for name in ["a.txt", "b.txt"] {
        let text = format!("{name}\n\nSome words.");
        world.is_given(name, text.as_bytes(), false);
    }
    world.store.full.set(true);
    assert!(world.write_one());
    world.store.full.set(false);
    assert!(matches!(world.state.saved_state(), SavedState::NotSaved(_)));
    assert!(world.write_one());
    world.does(Action::Saving(SavingAction::RetryRequested));
    assert_eq!(world.state.saved_state(), SavedState::Saved);
    assert_eq!(world.store.keys_of("state/").len(), 2);
}

/// The file that leaves is as of the moment when it was asked for.
#[test]
fn a_mark_that_is_made_while_a_file_is_written_is_newer_than_the_copy() {
    let mut world = open();
    world.does(Action::Export(ExportAction::ArticleFileRequested));
    let asked = Timestamp(world.clock);
    world.sweep("Munir", false);
    world.tag("actor");
    let id = world.document().article().id;
    world.does(Action::Export(ExportAction::ArticleFileWritten {
        id,
        asked,
        result: Ok(()),
    }));
    let line = world.state.library.entry(id).unwrap();
    assert!(line.copied == Some(asked) && asked < line.changed);
}

#[test]
fn a_bad_file_gets_one_sentence_that_names_it() {
    let mut world = open();
    let before = world.document();
    world.opens("cut.json", b"{\"format\": \"pullquote\", ", true);
    let alarms = world.alarms();
    assert_eq!(alarms.len(), 1);
    assert!(
        alarms[0].contains("“cut.json”") && alarms[0].contains("line 1"),
        "{alarms:?}"
    );
    assert_eq!(world.document(), before);
    let number = world.state.notices[0].number;
    world.does(Action::NoticeDismissed(number));
    assert!(world.alarms().is_empty());
}

#[test]
fn a_deleted_article_comes_back_whole_and_a_purged_one_does_not() {
    let mut world = open();
    world.sweep("Munir", false);
    world.tag("actor");
    let id = world.document().article().id;
    world.does(Action::RouteChanged(Route::Library));
    world.does(Action::Library(LibraryAction::ArticlePurged(id)));
    assert!(
        !world.store.map.borrow().is_empty(),
        "only what was deleted is purged"
    );
    world.does(Action::Library(LibraryAction::ArticleDeleted(id)));
    assert!(world.state.library.live().is_empty());
    let offers = world.state.notices.iter().flat_map(|it| &it.offers);
    let offer = offers.last().unwrap().clone();
    assert_eq!(
        offer.action(),
        Action::Library(LibraryAction::ArticleRestored(id))
    );
    world.does(offer.action());
    assert_eq!(world.state.library.live().len(), 1);
    let offers = world.state.notices.iter().flat_map(|it| &it.offers);
    assert_eq!(offers.count(), 0);
    // Undo does the same.
    world.does(Action::Library(LibraryAction::ArticleDeleted(id)));
    world.does(Action::History(HistoryAction::Undo));
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.state.library.live().len(), 1);
    world.does(Action::RouteChanged(Route::Article(id)));
    assert_eq!(world.marks(), ["actor: Munir"]);
    world.does(Action::RouteChanged(Route::Library));
    world.does(Action::Library(LibraryAction::ArticleDeleted(id)));
    world.does(Action::Library(LibraryAction::ArticlePurged(id)));
    assert!(world.store.map.borrow().is_empty());
}

#[test]
fn a_click_on_several_marks_goes_from_the_inner_to_the_outer() {
    let mut world = open();
    world.sweep("General Munir met", false);
    world.tag("event");
    world.sweep("Munir", false);
    world.tag("actor");
    let marks = world.document().annotations().to_vec();
    let (outer, inner) = (marks[0].id, marks[1].id);
    let at = |world: &World| match &world.state.editor.as_ref().unwrap().selection {
        Selection::Marks { at, .. } => Some(*at),
        _ => None,
    };
    world.does(Action::Selection(SelectionAction::Cleared));
    world.does(Action::Selection(SelectionAction::MarksClicked(vec![
        outer, inner,
    ])));
    assert_eq!(at(&world), Some(inner));
    world.does(Action::Selection(SelectionAction::MarksClicked(vec![
        outer, inner,
    ])));
    assert_eq!(at(&world), Some(outer));
    world.does(Action::Mark(MarkAction::Deleted(outer)));
    assert_eq!(at(&world), Some(inner));
    world.does(Action::Mark(MarkAction::Deleted(inner)));
    assert_eq!(at(&world), None);
    world.does(Action::History(HistoryAction::Undo));
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.document().annotations(), marks);
}

#[test]
fn an_end_that_is_dragged_snaps_and_never_passes_the_other() {
    let mut world = open();
    world.sweep("Munir", false);
    world.tag("actor");
    let document = world.document();
    let id = document.annotations()[0].id;
    let at = |words: &str| {
        let byte = document.article().text().find(words).unwrap();
        let span = document.article().span(byte..byte + 1).unwrap();
        document.article().offsets().utf16(span.start()).unwrap()
    };
    let drag = |end, to, exact| {
        Action::Mark(MarkAction::EndDragged {
            id,
            index: 0,
            end,
            to,
            exact,
        })
    };
    world.does(drag(MarkEnd::End, at("nister"), false));
    assert_eq!(world.marks(), ["actor: Munir met the minister"]);
    world.does(drag(MarkEnd::End, at("nister"), true));
    assert_eq!(world.marks(), ["actor: Munir met the mi"]);
    world.does(drag(MarkEnd::Start, at("eral"), false));
    assert_eq!(world.marks(), ["actor: General Munir met the mi"]);
    let before = world.document();
    world.does(drag(MarkEnd::End, at("Talks"), false));
    world.does(drag(MarkEnd::Start, at("Rawalpindi"), false));
    world.does(drag(MarkEnd::Start, Utf16Offset(7), false));
    assert_eq!(world.document(), before);
    // The two drags of the end were one run, so one step.
    world.does(Action::History(HistoryAction::Undo));
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.marks(), ["actor: Munir"]);
}

#[test]
fn keys_and_clicks_that_mean_nothing_change_nothing() {
    let mut world = open();
    let before = world.document();
    let id = Id::new(1, &[1; 10]);
    for action in [
        Action::History(HistoryAction::Undo),
        Action::History(HistoryAction::Redo),
        Action::Mark(MarkAction::TagGiven("actor".parse().unwrap())),
        Action::Selection(SelectionAction::MarksClicked(vec![id])),
        Action::Selection(SelectionAction::MarkChosen {
            id,
            goes_there: true,
        }),
        Action::Mark(MarkAction::Deleted(id)),
        Action::Mark(MarkAction::NoteWritten {
            id,
            note: "x".to_owned(),
        }),
        Action::Mark(MarkAction::EndStepped {
            index: None,
            end: MarkEnd::End,
            direction: MoveDirection::Forward,
        }),
        Action::Selection(SelectionAction::TextSelected {
            range: Utf16Offset(7)..Utf16Offset(7),
            exact: true,
            more: false,
        }),
        Action::Selection(SelectionAction::TextSelected {
            range: Utf16Offset(5)..Utf16Offset(9_999),
            exact: false,
            more: false,
        }),
        Action::Mark(MarkAction::EditingFinished),
        Action::MinutePassed,
    ] {
        world.does(action);
    }
    assert_eq!(world.document(), before);
    let mut library = World::new();
    library.does(Action::History(HistoryAction::Undo));
    library.does(Action::Export(ExportAction::ArticleFileRequested));
    assert!(library.downloads.is_empty() && library.alarms().is_empty());
}

#[test]
fn an_address_of_an_article_that_is_not_here_says_so() {
    let world = World::over(Rc::default(), Route::Article(Id::new(1, &[1; 10])));
    assert!(world.state.editor.is_none());
    assert_eq!(world.state.missing, Some(OpenError::NotStored));
    assert!(matches!(world.state.library, Library::Read(_)));
}

#[test]
fn update_is_pure() {
    let world = open();
    let stamp = Stamp {
        now: Timestamp(9),
        random: [3; 10],
    };
    let action = Action::Library(LibraryAction::TextPasted("Another\n\ntext.".to_owned()));
    let once = world.state.update(action.clone(), stamp);
    let twice = world.state.update(action, stamp);
    assert_eq!(format!("{once:?}"), format!("{twice:?}"));
}

#[test]
fn an_action_that_changes_nothing_gives_no_new_state() {
    let mut world = open();
    let stamp = Stamp {
        now: Timestamp(world.clock + 1_000),
        random: [3; 10],
    };
    let nothing = [
        Action::EffectsTaken(1),
        Action::NoticeDismissed(9_999),
        Action::RouteChanged(world.route),
        Action::Library(LibraryAction::ArticleDeleted(Id::new(1, &[1; 10]))),
        Action::Selection(SelectionAction::Cleared),
        Action::Mark(MarkAction::EditingFinished),
        Action::WidthChanged { narrow: false },
    ];
    for action in nothing {
        assert!(
            world.state.update(action.clone(), stamp).is_none(),
            "{action:?}"
        );
    }
    world.sweep("Munir", false);
    world.tag("actor");
    for action in [
        Action::WidthChanged { narrow: true },
        Action::Selection(SelectionAction::Cleared),
        Action::History(HistoryAction::Undo),
    ] {
        assert!(
            world.state.update(action.clone(), stamp).is_some(),
            "{action:?}"
        );
    }
}

#[test]
fn a_minute_matters_only_where_times_are_shown() {
    let mut world = open();
    let stamp = |world: &World| Stamp {
        now: Timestamp(world.clock + 60_000),
        random: [3; 10],
    };
    let minute = |world: &World| world.state.update(Action::MinutePassed, stamp(world));
    assert!(minute(&world).is_some());
    world.does(Action::RouteRequested(Route::Library));
    assert!(minute(&world).is_some());
    world.does(Action::RouteRequested(Route::ExportAll));
    assert!(minute(&world).is_none());
    // A notice that has been read long enough goes everywhere.
    let id = world.state.library.live()[0].id;
    world.does(Action::Library(LibraryAction::ArticleDeleted(id)));
    let after = minute(&world).expect("the notice goes");
    assert!(after.notices.is_empty());
}

#[test]
fn many_files_at_once_stay_in_the_library() {
    let mut world = World::new();
    for number in 0..3 {
        let text = format!("Title {number}\n\nWords.");
        world.opens(&format!("{number}.txt"), text.as_bytes(), false);
    }
    assert_eq!(world.state.route, Route::Library);
    assert_eq!(world.state.library.live().len(), 3);
    assert_eq!(world.store.keys_of("state/").len(), 3);
}

#[test]
fn the_sample_is_whole() {
    let stamp = Stamp {
        now: Timestamp(1_700_000_000_000),
        random: [9; 10],
    };
    let document = sample(&stamp);
    assert_eq!(document.annotations().len(), 23);
    assert_eq!(document.tag_counts(), [10, 4, 5, 4]);
    assert_eq!(document.relations().len(), 10);
    assert_eq!(document.entities().len(), 2);
    let words = document.article().word_count();
    assert!((330..=370).contains(&words), "{words} words");
}

#[test]
fn ids_of_one_stamp_all_differ() {
    let stamp = Stamp {
        now: Timestamp(1),
        random: [255; 10],
    };
    let ids: std::collections::BTreeSet<Id> = (0..2_000).map(|number| stamp.id(number)).collect();
    assert_eq!(ids.len(), 2_000);
}

#[test]
fn times_are_said_in_words() {
    let now = Timestamp(1_700_000_000_000);
    let said = |minutes: i64| ago(Timestamp(now.0 - minutes * 60_000), now);
    assert_eq!(said(0), "now");
    assert_eq!(said(1), "1 minute ago");
    assert_eq!(said(59), "59 minutes ago");
    assert_eq!(said(180), "3 hours ago");
    assert_eq!(said(1_500), "yesterday");
    assert_eq!(said(3 * 1_440), "3 days ago");
    assert_eq!(said(-5), "now");
}

#[test]
fn addresses_are_read_as_they_are_written() {
    let id = Id::new(5, &[2; 10]);
    for route in [Route::Library, Route::Article(id)] {
        assert_eq!(Route::of_hash(&route.to_string()), route);
    }
    for hash in ["", "#", "#/a/", "#/a/nonsense", "#/elsewhere"] {
        assert_eq!(Route::of_hash(hash), Route::Library);
    }
}

#[test]
fn a_section_shows_the_text_and_nothing_else() {
    let mut world = open();
    for (words, tag) in [
        ("General Munir met", "event"),
        ("Munir", "actor"),
        ("met the", "place"),
    ] {
        world.sweep(words, false);
        world.tag(tag);
    }
    let document = world.document();
    let drawing = reading::Drawing::default().next(&document, &Selection::Nothing);
    let mut shown = String::new();
    for (view, block) in drawing
        .section(0)
        .blocks
        .iter()
        .zip(document.article().blocks())
    {
        let mut text = String::new();
        collect(&view.runs, document.article().text(), &mut text);
        assert_eq!(
            Some(text.as_str()),
            block.span.slice(document.article().text())
        );
        shown.push_str(&text);
    }
    assert!(shown.contains("General Munir met the minister"));
}

fn collect(runs: &[TextRun], text: &str, shown: &mut String) {
    for run in runs {
        match run {
            TextRun::Text(span) => shown.push_str(span.slice(text).unwrap()),
            TextRun::Mark(mark) => collect(&mark.runs, text, shown),
        }
    }
}

#[test]
fn one_edit_draws_one_block_anew() {
    let mut world = open();
    let before = reading::Drawing::default().next(&world.document(), &Selection::Nothing);
    // What is not on the screen is not drawn: this is.
    let _ = before.section(0);
    world.sweep("Munir", false);
    world.tag("actor");
    let after = before.next(&world.document(), &Selection::Nothing);
    let blocks = |drawing: &reading::Drawing| drawing.section(0).blocks.clone();
    let changed: Vec<bool> = blocks(&before)
        .iter()
        .zip(&blocks(&after))
        .map(|(a, b)| !Rc::ptr_eq(a, b))
        .collect();
    assert_eq!(changed, [false, true, false]);
}

#[test]
fn the_purpose_of_a_read_is_not_lost() {
    let mut world = open();
    let id = world.document().article().id;
    world.does(Action::RouteChanged(Route::Library));
    world.does(Action::Library(LibraryAction::ArticleRenamed {
        id,
        title: "  Renamed  ".to_owned(),
    }));
    assert_eq!(world.state.library.live()[0].title, "Renamed");
    let kept = now(article::open(&*world.store, id)).unwrap();
    // A document that comes when nobody waits for it any more is let go.
    world.does(Action::Library(LibraryAction::DocumentRead {
        id,
        purpose: ReadPurpose::Open,
        result: Ok(kept),
    }));
    assert!(world.state.editor.is_none());
    let world = world.reopened();
    assert_eq!(world.state.library.live()[0].title, "Renamed");
}

/// Every line of a list: its heading, or its row with its number.
fn lines(list: &mark_rows::RowList) -> Vec<String> {
    let line = |place| {
        let row = list.row(place, None);
        let (item, number) = (list.item(place), list.number_of(place));
        format!("{item:?} {row:?} {number:?}")
    };
    (0..list.len()).map(line).collect()
}

/// The law of the two caches: what they make of a change is what is made from nothing.
#[test]
fn what_is_drawn_after_each_step_is_what_would_be_drawn_from_nothing() {
    let mut world = open();
    let mut drawing = reading::Drawing::default();
    let mut list = mark_rows::RowList::default();
    let check = |world: &World, drawing: &mut reading::Drawing, list: &mut mark_rows::RowList| {
        let editor = world.state.editor.clone().unwrap();
        *drawing = drawing.next(editor.document(), &editor.selection);
        let fresh = reading::Drawing::default().next(editor.document(), &editor.selection);
        assert_eq!(drawing.sections(), fresh.sections());
        for place in 0..drawing.sections() {
            assert_eq!(drawing.section(place), fresh.section(place));
        }
        *list = list.next(editor.document(), &editor.panel);
        let fresh = mark_rows::RowList::default().next(editor.document(), &editor.panel);
        assert_eq!(lines(list), lines(&fresh));
    };
    check(&world, &mut drawing, &mut list);
    for (words, tag) in [
        ("General Munir met", "event"),
        ("Munir", "actor"),
        ("noon\n\nGeneral", "place"),
        ("minister in Rawalpindi", "commitment"),
        ("علاقوں", "place"),
    ] {
        world.sweep(words, false);
        check(&world, &mut drawing, &mut list);
        world.tag(tag);
        check(&world, &mut drawing, &mut list);
    }
    let id = world.document().annotations()[1].id;
    for action in [
        Action::Selection(SelectionAction::MarkChosen {
            id,
            goes_there: true,
        }),
        Action::Mark(MarkAction::NoteWritten {
            id,
            note: "a note on it".to_owned(),
        }),
        Action::Mark(MarkAction::FlagToggled(id)),
        Action::Mark(MarkAction::EndStepped {
            index: None,
            end: MarkEnd::End,
            direction: MoveDirection::Forward,
        }),
        Action::Panel(PanelAction::Searched("NOTE munir".to_owned())),
        Action::Panel(PanelAction::Searched(String::new())),
        Action::Panel(PanelAction::Filtered(Some("place".parse().unwrap()))),
        Action::Panel(PanelAction::Grouped { by_tag: true }),
        Action::Panel(PanelAction::Filtered(None)),
        Action::Panel(PanelAction::Grouped { by_tag: false }),
        Action::Mark(MarkAction::Deleted(id)),
        Action::History(HistoryAction::Undo),
        Action::History(HistoryAction::Undo),
        Action::History(HistoryAction::Undo),
        Action::History(HistoryAction::Redo),
        Action::Selection(SelectionAction::Cleared),
    ] {
        world.does(action);
        check(&world, &mut drawing, &mut list);
    }
    let rows = (0..list.len()).filter_map(|place| list.row(place, None));
    let text: Vec<String> = rows.map(|row| row.quote.to_string()).collect();
    let document = world.document();
    let marks = document.annotations().iter();
    let expected: Vec<String> = marks.map(|mark| mark.quote(document.article())).collect();
    assert_eq!(text, expected, "the list is in document order");
}

#[test]
fn a_document_that_comes_twice_does_not_undo_what_was_done_meanwhile() {
    let mut world = open();
    let id = world.document().article().id;
    let late = now(article::open(&*world.store, id)).unwrap();
    world.sweep("Munir", false);
    world.tag("actor");
    world.does(Action::Library(LibraryAction::DocumentRead {
        id,
        purpose: ReadPurpose::Open,
        result: Ok(late),
    }));
    assert_eq!(world.marks(), ["actor: Munir"]);
    world.sweep("minister", false);
    world.tag("actor");
    assert_eq!(world.reopened().marks().len(), 2);
}

#[test]
fn without_any_storage_a_file_can_still_be_marked_and_exported() {
    let mut world = World::new();
    world.store.full.set(true);
    world.store.away.set(true);
    let away = "this browser gives this page no storage.".to_owned();
    world.act(Action::Library(LibraryAction::LibraryRead(Err(
        StoreError::Failed(away),
    ))));
    let file = write_document(&sample(&Stamp {
        now: Timestamp(1),
        random: [1; 10],
    }));
    world.opens("a.pullquote.json", file.as_bytes(), true);
    assert_eq!(world.document().annotations().len(), 23);
    assert!(matches!(world.state.saved_state(), SavedState::NotSaved(_)));
    world.does(Action::Export(ExportAction::ArticleFileRequested));
    assert_eq!(world.downloads[0].1.as_ref(), file);
}

#[test]
fn two_renames_in_a_row_do_not_write_over_each_other() {
    let mut world = open();
    let id = world.document().article().id;
    world.does(Action::RouteChanged(Route::Library));
    let kept = now(article::open(&*world.store, id)).unwrap();
    // Both were asked for before either came.
    for title in ["One", "Two"] {
        let purpose = ReadPurpose::Rename(title.to_owned());
        world.act(Action::Library(LibraryAction::DocumentRead {
            id,
            purpose,
            result: Ok(kept.clone()),
        }));
    }
    // And the article is opened with what was read before.
    world.act(Action::RouteChanged(Route::Article(id)));
    world.act(Action::Library(LibraryAction::DocumentRead {
        id,
        purpose: ReadPurpose::Open,
        result: Ok(kept),
    }));
    world.settle();
    assert_eq!(world.document().article().title, "Two");
    assert_eq!(world.store.keys_of("step/").len(), 2);
    world.route = Route::Article(id);
    assert_eq!(world.reopened().document().article().title, "Two");
}

/// The library is asked for, an article is added and written, and then comes what was
/// read before.
#[test]
fn a_library_that_comes_late_hides_nothing_that_was_added_meanwhile() {
    let mut world = World::new();
    let late = now(library::listing(&*world.store, None));
    world.does(Action::Library(LibraryAction::TextPasted(
        "One\n\nWords.".to_owned(),
    )));
    let id = world.document().article().id;
    world.act(Action::Library(LibraryAction::LibraryRead(late)));
    assert_eq!(world.state.library.live().len(), 1);
    // And one that was deleted for good meanwhile does not come back.
    let late = now(library::listing(&*world.store, None));
    world.does(Action::Library(LibraryAction::ArticleDeleted(id)));
    world.does(Action::Library(LibraryAction::ArticlePurged(id)));
    world.act(Action::Library(LibraryAction::LibraryRead(late)));
    assert!(world.state.library.entry(id).is_none());
}

/// The side panel goes where there is no room for it and comes back with the room; one that
/// the user has closed stays closed.
#[test]
fn the_panel_goes_and_comes_with_the_room_for_it() {
    let mut world = open();
    let is_open = |world: &World| world.state.editor.as_ref().unwrap().panel.open;
    let becomes = |world: &mut World, narrow: bool| {
        world.does(Action::WidthChanged { narrow });
        is_open(world)
    };
    assert!(!becomes(&mut world, true));
    assert!(becomes(&mut world, false));
    world.does(Action::Panel(PanelAction::Toggled));
    assert!(!becomes(&mut world, true));
    assert!(!becomes(&mut world, false));
    // Opened where there is no room, it is shown when there is.
    world.does(Action::WidthChanged { narrow: true });
    world.does(Action::Library(LibraryAction::TextPasted(
        "Another article\n\nWords of it.".to_owned(),
    )));
    assert!(!world.state.editor.as_ref().unwrap().panel.open);
    assert!(becomes(&mut world, false));
}
