//! What goes between the window and its worker comes out as it went in.

use crate::world::{World, open};
use pullquote_app::action::Action;
use pullquote_app::backup::restore_report::{
    DeletionOutcome, MergeOutcome, RestoreReport, RestoredArticle,
};
use pullquote_app::backup::summary::BackupSummary;
use pullquote_app::browser_reason::BrowserReason;
use pullquote_app::export::action::ExportAction;
use pullquote_app::job::{Job, LibraryJob};
use pullquote_app::library::action::LibraryAction;
use pullquote_app::library::incoming::{Incoming, too_large};
use pullquote_app::library::sample::sample;
use pullquote_app::messages::files::not_opened;
use pullquote_app::route::Route;
use pullquote_app::stamp::Stamp;
use pullquote_core::edit::merge::MergeTally;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_formats::document_file::write_document;
use pullquote_formats::worker_message::{WorkerMessage, from_texts, to_texts};
use std::fmt::Debug;
use std::rc::Rc;

#[track_caller]
fn comes_back<T: WorkerMessage + PartialEq + Debug>(message: T) {
    let texts = to_texts(&message);
    assert_eq!(from_texts::<T>(texts.clone()), Ok(message));
    // A message that lacks one of its texts is refused.
    for length in 0..texts.len() {
        assert!(from_texts::<T>(texts[..length].to_vec()).is_err());
    }
    // So is one whose JSON was cut off.
    let end = texts[0].floor_char_boundary(texts[0].len() - 1);
    let cut = [&texts[0][..end]].map(str::to_owned);
    assert!(from_texts::<T>(cut.into_iter().chain(texts[1..].to_vec()).collect()).is_err());
}

fn stamp() -> Stamp {
    let now = Timestamp(1_700_000_000_000);
    Stamp {
        now,
        random: [3; 10],
    }
}

fn id() -> Id {
    stamp().id(1)
}

#[test]
fn every_job_comes_back() {
    for job in [
        Job::Read("a “b” 🙂.json".to_owned()),
        Job::Write("a record\nof two lines".to_owned()),
        Job::WriteKept(id(), None),
        Job::WriteKept(id(), Some((0, None))),
        Job::WriteKept(id(), Some((7, format!("{}.{}", id(), 3).parse().ok()))),
    ] {
        comes_back(job);
    }
    for job in [LibraryJob::BackUp, LibraryJob::Survey, LibraryJob::Restore] {
        comes_back(job);
    }
    let unknown = vec![r#"{"job": "sing"}"#.to_owned()];
    assert!(from_texts::<Job>(unknown.clone()).is_err());
    assert!(from_texts::<LibraryJob>(unknown).is_err());
}

#[test]
fn what_a_file_holds_comes_back() {
    let file = write_document(&sample(&stamp()));
    let with_more = file.replacen("{\n", "{\n  \"more\": 1,\n", 1);
    let known = Incoming::from_file("a.pullquote.json", with_more.as_bytes(), &stamp()).unwrap();
    assert!(known.is_known && known.unknown == ["more"]);
    comes_back(known);
    let new =
        Incoming::from_file("b.txt", "Headline 🙂\n\nسرحدی علاقوں".as_bytes(), &stamp()).unwrap();
    assert!(!new.is_known);
    assert_eq!(new.entry.title, "Headline 🙂");
    comes_back(new);
    comes_back(Ok::<Result<Rc<Incoming>, String>, String>(Err(
        "no 🙂".to_owned()
    )));
    comes_back(Err::<Result<Rc<Incoming>, String>, String>(
        "the browser".to_owned(),
    ));
}

#[test]
fn what_backing_up_and_restoring_came_to_comes_back() {
    comes_back(Box::new(BackupSummary {
        at: Timestamp(7),
        count: 3,
        articles: vec![id(), stamp().id(2)],
        missing: vec!["“a”: gone".to_owned()],
    }));
    let tally = MergeTally {
        added: 1,
        changed: 2,
        removed: 3,
        kept: 4,
    };
    let verdicts = [
        MergeOutcome::Added(5),
        MergeOutcome::Merged(tally),
        MergeOutcome::Same,
        MergeOutcome::Beside("same".to_owned()),
    ];
    let fates = [
        DeletionOutcome::Live,
        DeletionOutcome::StaysDeleted,
        DeletionOutcome::Deleted,
        DeletionOutcome::BroughtBack,
    ];
    let findings = verdicts
        .into_iter()
        .zip(fates)
        .map(|(outcome, deletion)| RestoredArticle {
            id: id(),
            title: "A title".to_owned(),
            before: (deletion == DeletionOutcome::Deleted).then(|| "Another".to_owned()),
            outcome,
            deletion,
        });
    comes_back(Box::new(RestoreReport {
        made: Timestamp(9),
        articles: findings.collect(),
        faults: vec!["Line 3: it is damaged.".to_owned()],
        is_whole: true,
    }));
}

/// The title of a text is its first line, as before; the line in the library is the one
/// that would have been made of the document itself.
#[test]
fn a_copy_of_a_file_that_is_here_is_listed_as_what_it_is() {
    let mut world: World = open();
    world.sweep("Munir", false);
    world.tag("actor");
    let file = write_document(&world.document());
    world.tag("place");
    world.opens("again.json", file.as_bytes(), true);
    let document = world.document();
    let line = world.state.library.entry(document.article().id).unwrap();
    assert!(line.title.ends_with("(copy)"));
    let made = pullquote_core::model::library_entry::LibraryEntry::new(&document, line.changed);
    assert_eq!(**line, made);
}

#[test]
fn a_file_that_is_too_large_is_told_with_its_size() {
    let limit = 64 << 20;
    assert_eq!(too_large("a.txt", limit, b"Words"), None);
    let error = too_large("a.txt", 200 << 20, b"Words").unwrap();
    let said = not_opened("a.txt", &error);
    assert!(
        said.contains("“a.txt”") && said.contains("200 MB"),
        "{said}"
    );
    // Of what is not opened in any size, the size is not the reason.
    let error = too_large("a.mp4", 200 << 20, b"\0\0\0\x18ftypisom\0\0").unwrap();
    let said = not_opened("a.mp4", &error);
    assert!(said.starts_with("“a.mp4” is a video."), "{said}");
}

#[test]
fn what_takes_long_is_said_until_it_is_done() {
    let mut world = open();
    let words = |world: &World| -> Vec<String> {
        let works = world.state.under_way.iter();
        works
            .map(pullquote_app::notice::FileWork::sentence)
            .collect()
    };
    world.act(Action::Library(LibraryAction::FileReadStarted(
        "a.txt".to_owned(),
    )));
    world.act(Action::Library(LibraryAction::FileReadStarted(
        "b.txt".to_owned(),
    )));
    assert_eq!(words(&world), ["Reading “a.txt”…", "Reading “b.txt”…"]);
    world.opens("a.txt", b"A headline", false);
    let reason = BrowserReason("it is gone.".to_owned());
    let name = "b.txt".to_owned();
    world.act(Action::Export(ExportAction::ArticleFileRequested));
    assert_eq!(
        words(&world),
        ["Reading “b.txt”…", "Writing “Talks 🤝 at noon”…"]
    );
    world.act(Action::Library(LibraryAction::FileReadFailed {
        name,
        reason,
    }));
    let id = world.document().article().id;
    world.act(Action::Export(ExportAction::ArticleFileWritten {
        id,
        asked: Timestamp(world.clock),
        result: Ok(()),
    }));
    assert_eq!(words(&world), [""; 0]);
    assert_eq!(
        world.alarms(),
        ["“b.txt” could not be read: it is gone. Try opening it again."]
    );
}

/// Who went on to an article while a file was read keeps it on the screen; the file is in
/// the library, which is offered.
#[test]
fn a_file_that_took_long_does_not_take_the_screen_from_another_article() {
    let mut world = open();
    let here = world.route;
    world.does(Action::RouteRequested(Route::Library));
    world.act(Action::Library(LibraryAction::FileReadStarted(
        "long.txt".to_owned(),
    )));
    world.does(Action::RouteRequested(here));
    world.sweep("Munir", false);
    world.opens("long.txt", b"A long one", true);
    assert_eq!((world.route, world.state.route), (here, here));
    assert!(world.document().article().title.starts_with("Talks"));
    assert_eq!(world.state.library.live().len(), 2);
    let notice = world.state.notices.last().unwrap();
    assert_eq!(notice.text, "“long.txt” was read: it is in the library.");
    let offer = notice.offers[0].action();
    world.does(offer);
    assert_eq!(world.state.route, Route::Library);
    // Who stayed gets it shown.
    world.act(Action::Library(LibraryAction::FileReadStarted(
        "other.txt".to_owned(),
    )));
    world.opens("other.txt", b"Another one", true);
    assert_eq!(world.document().article().title, "other");
}

/// What is still on its way to the storage can be called otherwise, and is known when it
/// comes in once more.
#[test]
fn an_article_that_is_not_kept_yet_is_renamed_and_compared() {
    let file = write_document(&sample(&stamp()));
    let mut world = World::new();
    world.is_given("a.json", file.as_bytes(), false);
    let id = world.state.library.live()[0].id;
    world.act(Action::Library(LibraryAction::ArticleRenamed {
        id,
        title: "Another title".to_owned(),
    }));
    world.carry_out_all();
    world.is_given("b.json", file.as_bytes(), false);
    world.settle();
    assert_eq!(world.alarms(), [""; 0]);
    let said = world.state.notices.last().unwrap().text.clone();
    assert!(
        said.contains("with other marks") || said.contains("copy"),
        "{said}"
    );
    let mut again = world.reopened();
    again.does(Action::RouteRequested(Route::Article(id)));
    assert_eq!(again.document().article().title, "Another title");
}
