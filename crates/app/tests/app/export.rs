//! Articles on their way out as datasets, by the actions of a user.

use crate::world::World;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{PanelAction, SelectionAction};
use pullquote_app::effect::Effect;
use pullquote_app::export::action::ExportAction;
use pullquote_app::export::dataset_job::DatasetJob;
use pullquote_app::export::settings::{ExportChange, ExportScope, ExportSettings};
use pullquote_app::export::state::Progress;
use pullquote_app::export::summary::{DatasetSummary, FormatLosses};
use pullquote_app::job::LibraryJob;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::messages::export::verdict as verdict_of;
use pullquote_app::route::Route;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_datasets::verify::Verification;
use pullquote_formats::document_file::read_document;
use pullquote_formats::worker_message::{from_texts, to_texts};
use std::rc::Rc;

/// An article in which "Asma Noor", "Noor" and "Quetta" are marked.
fn world() -> World {
    let mut world = World::new();
    let text = "Bridge news\n\nAsma Noor 🚜 spoke in Quetta of a new bridge.";
    world.does(Action::Library(LibraryAction::TextPasted(text.to_owned())));
    for (words, tag) in [
        ("Asma Noor", "actor"),
        ("Noor", "event"),
        ("Quetta", "place"),
    ] {
        world.sweep(words, false);
        world.tag(tag);
    }
    world.does(Action::Selection(SelectionAction::Cleared));
    world
}

impl World {
    fn export_id(&self) -> Id {
        self.document().article().id
    }

    fn look(&self) -> Rc<DatasetSummary> {
        match &self.state.export.state {
            Progress::Built { summary, .. } => summary.clone(),
            other => panic!("nothing was made: {other:?}"),
        }
    }

    fn wish(&mut self, wish: ExportChange) {
        self.does(Action::Export(ExportAction::Changed(wish)));
    }
}

#[test]
fn the_screen_shows_at_once_what_a_format_will_be() {
    let mut world = world();
    world.does(Action::RouteRequested(Route::Export(world.export_id())));
    let look = world.look();
    assert_eq!(look.name, "Bridge news.pullquote.json");
    assert_eq!(verdict_of(&look), "3 of 3 marks verified");
    assert_eq!(look.lacks, Vec::new());
    world.wish(ExportChange::Format("conll2003".to_owned()));
    let look = world.look();
    assert_eq!(verdict_of(&look), "2 of 2 marks verified");
    let [lack] = look.lacks.as_slice() else {
        panic!("{:?}", look.lacks);
    };
    assert_eq!(lack.losses[0], "1 overlapping mark: the longest stay");
    assert_eq!(lack.holder, "json");
    assert!(
        look.beginnings[0]
            .1
            .contains("Asma -X- O B-Actor\nNoor -X- O I-Actor\n"),
        "{look:?}"
    );
    assert!(world.downloads.is_empty());
    world.does(Action::Export(ExportAction::DatasetRequested {
        download: true,
    }));
    let (name, text) = world.downloads.last().unwrap();
    assert_eq!(name, "Bridge news.conll");
    assert!(text.starts_with("-DOCSTART- -X- O O\n\n"));
    assert!(matches!(
        world.state.export.state,
        Progress::Built {
            downloaded: true,
            ..
        }
    ));
}

#[test]
fn what_the_list_shows_can_leave_alone() {
    let mut world = world();
    world.does(Action::Panel(PanelAction::Searched("tag:place".to_owned())));
    world.does(Action::RouteRequested(Route::Export(world.export_id())));
    world.wish(ExportChange::Scope(ExportScope::Listed));
    assert_eq!(verdict_of(&world.look()), "1 of 1 marks verified");
    world.does(Action::Export(ExportAction::DatasetRequested {
        download: true,
    }));
    let (_, text) = world.downloads.last().unwrap();
    let document = read_document(text.as_bytes()).unwrap().document;
    assert_eq!(document.annotations().len(), 1);
    assert_eq!(
        world.document().annotations().len(),
        3,
        "the article keeps its marks"
    );
}

#[test]
fn the_library_is_made_when_it_is_asked_for() {
    let mut world = world();
    world.does(Action::Library(LibraryAction::TextPasted(
        "Another article, without marks.".to_owned(),
    )));
    world.does(Action::RouteRequested(Route::ExportAll));
    assert_eq!(world.state.export.scope, ExportScope::Library);
    assert_eq!(world.state.export.state, Progress::Waiting);
    world.wish(ExportChange::Format("prodigy".to_owned()));
    assert_eq!(world.state.export.state, Progress::Waiting);
    world.does(Action::Export(ExportAction::DatasetRequested {
        download: true,
    }));
    let (name, text) = world.downloads.last().unwrap();
    assert_eq!(name, "pullquote-library.jsonl");
    assert_eq!(text.lines().count(), 2);
    assert_eq!(
        world.look().verification,
        Verification {
            verified: 3,
            spans: 3,
            documents: 2
        }
    );
}

#[test]
fn a_package_has_a_card_and_the_formats_that_are_chosen() {
    let mut world = world();
    world.does(Action::RouteRequested(Route::Export(world.export_id())));
    world.wish(ExportChange::Format("hf".to_owned()));
    world.wish(ExportChange::Package(true));
    world.wish(ExportChange::Format("brat".to_owned()));
    world.wish(ExportChange::Licence(" CC0-1.0 ".to_owned()));
    world.wish(ExportChange::Agreement("alpha 0.8".to_owned()));
    world.wish(ExportChange::Sizes("0, 0, 1".to_owned()));
    let look = world.look();
    assert_eq!(look.name, "Bridge news.package.zip");
    let verdict = "9 of 9 marks verified, in 3 formats";
    assert_eq!(verdict_of(&look), verdict, "three in each format");
    assert_eq!(look.parts, ["train 0", "dev 0", "test 1"]);
    assert!(look.is_short);
    let lacking: Vec<&str> = look.lacks.iter().map(|it| it.format.as_str()).collect();
    assert_eq!(lacking, ["hf", "brat"], "our own file holds everything");
    let (name, card) = &look.beginnings[0];
    assert_eq!(name, "README.md");
    for part in [
        "license: \"cc0-1.0\"",
        "alpha 0.8",
        "data/brat",
        "| test | 1 |",
    ] {
        assert!(card.contains(part), "{part} is not in {card}");
    }
    for id in ["hf", "brat", "json"] {
        world.wish(ExportChange::Format(id.to_owned()));
    }
    let left: Vec<&str> = world
        .state
        .export
        .settings
        .formats()
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(left, ["json"], "one is always there");
    world.wish(ExportChange::Package(false));
    assert_eq!(world.look().name, "Bridge news.pullquote.json");
}

#[test]
fn a_wish_that_means_nothing_changes_nothing() {
    let mut world = world();
    world.does(Action::RouteRequested(Route::Export(world.export_id())));
    let before = world.state.export.settings.clone();
    world.wish(ExportChange::Format("conll1999".to_owned()));
    world.wish(ExportChange::Tokens("syllables".to_owned()));
    assert_eq!(world.state.export.settings, before);
}

#[test]
fn sizes_and_seeds_that_are_none_are_said_and_nothing_is_made() {
    let mut world = world();
    world.does(Action::RouteRequested(Route::Export(world.export_id())));
    world.wish(ExportChange::Package(true));
    for (wish, said) in [
        (
            ExportChange::Sizes("80, 80".to_owned()),
            "three numbers, such as 80, 10, 10",
        ),
        (
            ExportChange::Sizes("0, 0, 0".to_owned()),
            "three numbers, such as 80, 10, 10",
        ),
        (
            ExportChange::Seed("-3".to_owned()),
            "a whole number, such as 0",
        ),
    ] {
        world.wish(wish);
        world.does(Action::Export(ExportAction::DatasetRequested {
            download: true,
        }));
        let Progress::Failed(reason) = &world.state.export.state else {
            panic!("it was made");
        };
        assert!(reason.contains(said), "{reason}");
        world.wish(ExportChange::Sizes("80, 10, 10".to_owned()));
    }
    assert!(world.downloads.is_empty());
    // They are of no interest where there are no parts.
    world.wish(ExportChange::Package(false));
    assert_eq!(verdict_of(&world.look()), "3 of 3 marks verified");
}

#[test]
fn an_empty_library_is_said_to_be_empty() {
    let mut world = World::new();
    world.does(Action::RouteRequested(Route::ExportAll));
    world.does(Action::Export(ExportAction::DatasetRequested {
        download: true,
    }));
    let failed = Progress::Failed("there is no article in the library".to_owned());
    assert_eq!(world.state.export.state, failed);
}

#[test]
fn the_whole_of_an_article_is_a_copy_of_it_and_some_of_its_marks_are_none() {
    let mut world = world();
    let copied = |world: &World| world.state.library.entry(world.export_id()).unwrap().copied;
    world.does(Action::Panel(PanelAction::Searched("tag:place".to_owned())));
    world.does(Action::RouteRequested(Route::Export(world.export_id())));
    world.wish(ExportChange::Scope(ExportScope::Listed));
    assert_eq!(
        world.look().name,
        "1 of 3 marks - Bridge news.pullquote.json"
    );
    world.does(Action::Export(ExportAction::DatasetRequested {
        download: true,
    }));
    assert_eq!(copied(&world), None);
    world.wish(ExportChange::Format("brat".to_owned()));
    world.wish(ExportChange::Scope(ExportScope::Article));
    world.does(Action::Export(ExportAction::DatasetRequested {
        download: true,
    }));
    assert_eq!(copied(&world), None);
    world.wish(ExportChange::Format("json".to_owned()));
    world.wish(ExportChange::Scope(ExportScope::Library));
    world.does(Action::Export(ExportAction::DatasetRequested {
        download: true,
    }));
    assert_eq!(copied(&world), Some(world.state.export.asked));
}

#[test]
fn what_was_stopped_or_overtaken_is_not_shown() {
    let mut world = world();
    world.does(Action::RouteRequested(Route::Export(world.export_id())));
    let number = world.state.export.number;
    world.does(Action::Export(ExportAction::DatasetStopped));
    assert_eq!(world.state.export.state, Progress::Stopped);
    let late = Box::new(DatasetSummary::default());
    world.does(Action::Export(ExportAction::DatasetBuilt {
        number,
        result: Ok(late),
    }));
    world.does(Action::Export(ExportAction::DatasetProgressed {
        number,
        done: 1,
        all: 2,
    }));
    assert_eq!(world.state.export.state, Progress::Stopped);
    let number = world.state.export.number;
    world.does(Action::Export(ExportAction::DatasetBuilt {
        number,
        result: Err("a span is missing".to_owned()),
    }));
    let failed = Progress::Failed("a span is missing".to_owned());
    assert_eq!(world.state.export.state, failed);
}

#[test]
fn an_order_and_what_came_of_it_go_through_texts_unchanged() {
    let wishes = [
        ExportChange::Format("brat".to_owned()),
        ExportChange::Package(true),
        ExportChange::Seed("9".to_owned()),
        ExportChange::Licence("MIT".to_owned()),
        ExportChange::Agreement("a | b\nc".to_owned()),
        ExportChange::Sizes("7, 2, 0.5".to_owned()),
        ExportChange::Tokens("characters".to_owned()),
        ExportChange::Edges("shrink".to_owned()),
        ExportChange::Utf16(true),
    ];
    let mut wanted = wishes
        .iter()
        .fold(ExportSettings::default(), |it, wish| it.with(wish));
    wanted.options.name = "a | b".to_owned();
    wanted.options.made = Timestamp(7);
    let ids = vec![Id::new(1, &[1; 10]), Id::new(2, &[2; 10])];
    for source in [
        None,
        Some(("r".to_owned(), None)),
        Some(("r".to_owned(), Some(ids))),
    ] {
        let wanted = wanted.clone();
        let order = DatasetJob {
            settings: wanted,
            source,
        };
        let job = LibraryJob::BuildDataset(Box::new(order));
        assert_eq!(from_texts::<LibraryJob>(to_texts(&job)), Ok(job));
    }
    let look = Box::new(DatasetSummary {
        name: "x.zip".to_owned(),
        size: 5,
        files: 2,
        verification: Verification {
            verified: 1,
            spans: 1,
            documents: 1,
        },
        formats: 1,
        parts: vec!["train 1".to_owned()],
        is_short: true,
        lacks: vec![FormatLosses {
            format: "iob2".to_owned(),
            losses: vec!["1 note".to_owned()],
            holder: "json".to_owned(),
        }],
        beginnings: vec![("a".to_owned(), "b\nc".to_owned())],
    });
    assert_eq!(from_texts::<Box<DatasetSummary>>(to_texts(&look)), Ok(look));
}

/// It is printed as it is on its own screen, from wherever that is asked for.
#[test]
fn an_article_is_printed_on_its_own_screen() {
    let mut world = world();
    let article = world.document().article().clone();
    let asked = |world: &World| -> Vec<Effect> {
        let requests = world.state.effects().iter();
        requests.map(|(_, request)| (**request).clone()).collect()
    };
    world.act(Action::Export(ExportAction::PrintRequested));
    assert_eq!(asked(&world), [Effect::Print(article.clone())]);
    world.settle();
    world.does(Action::RouteChanged(Route::Export(article.id)));
    world.act(Action::Export(ExportAction::PrintRequested));
    let there = Effect::ChangeRoute(Route::Article(article.id));
    assert_eq!(asked(&world), [there, Effect::Print(article)]);
}

#[test]
fn formats_that_were_exported_come_first_the_next_time() {
    let mut world = world();
    let id = world.export_id();
    let download = || Action::Export(ExportAction::DatasetRequested { download: true });
    world.does(Action::RouteRequested(Route::Export(id)));
    for format in ["html", "csv", "spacy", "html", "xlsx", "brat"] {
        world.wish(ExportChange::Format(format.to_owned()));
        world.does(download());
    }
    assert_eq!(world.recent_formats, ["brat", "xlsx", "html", "spacy"]);
    // No format moves while the screen is open.
    assert!(world.state.export.first.is_empty());
    world.does(Action::RouteRequested(Route::Article(id)));
    world.does(Action::RouteRequested(Route::Export(id)));
    assert_eq!(world.state.export.first, ["brat", "xlsx", "html", "spacy"]);
    // What only was looked at does not count.
    world.wish(ExportChange::Format("tei".to_owned()));
    assert_eq!(world.recent_formats[0], "brat");
}

#[test]
fn the_format_that_was_exported_last_is_chosen_after_a_restart() {
    let mut world = world();
    let read = ["gone", "xlsx", "json"].map(str::to_owned).to_vec();
    world.does(Action::Export(ExportAction::RecentRead(read)));
    assert_eq!(world.state.export.first, ["xlsx", "json"]);
    world.does(Action::RouteRequested(Route::Export(world.export_id())));
    assert_eq!(world.look().name, "Bridge news.xlsx");
}

#[test]
fn the_formats_of_a_package_are_remembered_too() {
    let mut world = world();
    world.does(Action::RouteRequested(Route::Export(world.export_id())));
    world.wish(ExportChange::Format("csv".to_owned()));
    world.wish(ExportChange::Package(true));
    world.does(Action::Export(ExportAction::DatasetRequested {
        download: true,
    }));
    assert_eq!(world.recent_formats, ["json", "csv"]);
}
