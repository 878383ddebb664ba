//! The library: duplicates, articles that are done, search and order.

use crate::world::{TEXT, World, open};
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::library::view::{LibraryOrder, SortColumn};
use pullquote_app::route::Route;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use std::rc::Rc;

fn listed(world: &World) -> Vec<Rc<LibraryEntry>> {
    world.state.library_view.listed(&world.state.library)
}

fn titles(world: &World) -> Vec<String> {
    let entries = listed(world);
    entries.iter().map(|entry| entry.title.clone()).collect()
}

fn library(world: &mut World, action: LibraryAction) {
    world.does(Action::Library(action));
}

fn id_of(world: &World, title: &str) -> Id {
    let entries = world.state.library.live();
    let entry = entries.iter().find(|entry| entry.title == title);
    entry.unwrap().id
}

/// A library of these texts, and the screen that lists it.
fn with(texts: &[&str]) -> World {
    let mut world = World::new();
    for text in texts {
        library(&mut world, LibraryAction::TextPasted((*text).to_owned()));
        world.does(Action::RouteRequested(Route::Library));
    }
    world
}

const THREE: [&str; 3] = [
    "River 🙂 wall\n\nThe council met.",
    "Cafe\u{301} news\n\nWords of it.",
    "سرحدی علاقوں میں\n\nپاکستان اور ایران",
];

#[test]
fn a_duplicate_has_the_text_and_the_marks_and_a_life_of_its_own() {
    let mut world = open();
    world.sweep("General Munir", false);
    world.tag("actor");
    let id = listed(&world)[0].id;
    // From the storage, and from the memory while the article is open.
    world.does(Action::RouteRequested(Route::Library));
    library(&mut world, LibraryAction::ArticleDuplicated(id));
    assert_eq!(
        titles(&world),
        ["Talks 🤝 at noon (copy)", "Talks 🤝 at noon"]
    );
    assert_eq!(world.route, Route::Library);
    let copy = id_of(&world, "Talks 🤝 at noon (copy)");
    assert_ne!(copy, id);
    assert_eq!(world.state.library.entry(copy).unwrap().marks(), 1);
    assert!(world.state.library.entry(copy).unwrap().copied.is_none());
    let mut again = World::over(world.store.clone(), Route::Article(copy));
    let document = again.state.editor.clone().unwrap().document().clone();
    assert_eq!(document.article().text(), TEXT);
    assert_eq!(document.annotations().len(), 1);
    again.sweep("Rawalpindi", false);
    again.tag("place");
    let first = World::over(world.store.clone(), Route::Article(id));
    assert_eq!(
        first.state.editor.unwrap().document().annotations().len(),
        1
    );
}

#[test]
fn the_notice_of_a_duplicate_opens_it_or_takes_it_back() {
    let mut world = with(&THREE);
    let id = id_of(&world, "River 🙂 wall");
    library(&mut world, LibraryAction::ArticleDuplicated(id));
    let notice = world.state.notices.last().unwrap().clone();
    assert_eq!(
        notice.text,
        "“River 🙂 wall” was duplicated, with its marks."
    );
    let labels: Vec<&str> = notice.offers.iter().map(|offer| offer.label).collect();
    assert_eq!(labels, ["Open", "Undo"]);
    let copy = id_of(&world, "River 🙂 wall (copy)");
    world.does(notice.offers[0].action());
    assert_eq!(world.route, Route::Article(copy));
    world.does(notice.offers[1].action());
    assert_eq!(titles(&world).len(), 3);
}

#[test]
fn an_article_that_changed_a_moment_ago_is_duplicated_as_it_is() {
    let mut world = open();
    let id = listed(&world)[0].id;
    world.sweep("General Munir", false);
    world.act(Action::Mark(
        pullquote_app::editor::action::MarkAction::TagGiven("actor".parse().unwrap()),
    ));
    world.act(Action::Library(LibraryAction::ArticleDuplicated(id)));
    world.settle();
    let copy = id_of(&world, "Talks 🤝 at noon (copy)");
    assert_eq!(world.state.library.entry(copy).unwrap().marks(), 1);
}

#[test]
fn an_article_stays_done_through_changes_and_reloads() {
    let mut world = with(&THREE);
    let id = id_of(&world, "River 🙂 wall");
    let before = titles(&world);
    library(&mut world, LibraryAction::DoneSet { id, done: true });
    assert_eq!(titles(&world), before, "this is no change of the article");
    world.does(Action::RouteRequested(Route::Article(id)));
    world.sweep("council", false);
    world.tag("actor");
    let mut again = World::over(world.store.clone(), Route::Library);
    assert!(again.state.library.entry(id).unwrap().done);
    library(&mut again, LibraryAction::DoneHidden { hidden: true });
    assert_eq!(titles(&again), ["سرحدی علاقوں میں", "Cafe\u{301} news"]);
    library(&mut again, LibraryAction::DoneSet { id, done: false });
    assert_eq!(titles(&again).len(), 3);
}

#[test]
fn what_is_done_is_so_in_a_backup_and_in_another_browser() {
    let mut world = with(&THREE);
    let id = id_of(&world, "River 🙂 wall");
    library(&mut world, LibraryAction::DoneSet { id, done: true });
    world.does(Action::Backup(BackupAction::Requested));
    let backup = world.backups[0].clone();
    assert_eq!(backup.matches("\"done\": true").count(), 1);
    let mut other = World::new();
    other.restores(&backup);
    let done = |world: &World| {
        let entries = world.state.library.live();
        let done = entries.iter().filter(|entry| entry.done);
        done.map(|entry| entry.id).collect::<Vec<_>>()
    };
    assert_eq!(done(&other), [id]);
    // What is here stands.
    library(&mut other, LibraryAction::DoneSet { id, done: false });
    other.restores(&backup);
    assert_eq!(done(&other), []);
}

#[test]
fn a_search_finds_titles_outlets_coders_and_codebooks() {
    let mut world = with(&THREE);
    let mut found = |query: &str| {
        library(&mut world, LibraryAction::Searched(query.to_owned()));
        titles(&world)
    };
    assert_eq!(found("  WALL river "), ["River 🙂 wall"]);
    assert_eq!(found("🙂"), ["River 🙂 wall"]);
    assert_eq!(found("علاقوں"), ["سرحدی علاقوں میں"]);
    assert_eq!(found("news").len(), 3, "the name of the codebook");
    assert_eq!(found("river news"), ["River 🙂 wall"]);
    assert_eq!(found("council"), [""; 0], "the text is not searched");
    assert_eq!(found(" ").len(), 3);
}

#[test]
fn what_is_added_during_a_search_is_in_sight() {
    let mut world = with(&THREE);
    let search = LibraryAction::Searched("wall".to_owned());
    library(&mut world, search);
    let id = id_of(&world, "River 🙂 wall");
    library(&mut world, LibraryAction::ArticleDuplicated(id));
    assert_eq!(titles(&world), ["River 🙂 wall (copy)", "River 🙂 wall"]);
    library(
        &mut world,
        LibraryAction::TextPasted("Another\n\nWords.".to_owned()),
    );
    assert_eq!(titles(&world).len(), 5);
}

#[test]
fn the_order_is_by_the_column_that_was_pressed_and_is_kept() {
    let mut world = with(&THREE);
    let id = id_of(&world, "Cafe\u{301} news");
    world.does(Action::RouteRequested(Route::Article(id)));
    world.sweep("Words", false);
    world.tag("actor");
    world.does(Action::RouteRequested(Route::Library));
    let [river, cafe, urdu] = ["River 🙂 wall", "Cafe\u{301} news", "سرحدی علاقوں میں"];
    assert_eq!(
        titles(&world),
        [cafe, urdu, river],
        "the last change comes first"
    );
    let mut pressed = |column| {
        library(&mut world, LibraryAction::SortChosen(column));
        titles(&world)
    };
    assert_eq!(pressed(SortColumn::Title), [cafe, river, urdu]);
    assert_eq!(pressed(SortColumn::Title), [urdu, river, cafe]);
    assert_eq!(pressed(SortColumn::Marks), [cafe, urdu, river]);
    assert_eq!(pressed(SortColumn::BackedUp), [cafe, urdu, river]);
    assert_eq!(pressed(SortColumn::Changed), [cafe, urdu, river]);
    assert_eq!(pressed(SortColumn::Changed), [river, urdu, cafe]);
    assert_eq!(world.order.as_deref(), Some("changed reversed"));
    world.does(Action::Library(LibraryAction::OrderRead(
        LibraryOrder::of_name("title"),
    )));
    assert_eq!(titles(&world), [cafe, river, urdu]);
    for name in ["", "size", "size reversed"] {
        assert_eq!(LibraryOrder::of_name(name), LibraryOrder::default());
    }
}

#[test]
fn the_help_closes_with_its_screen() {
    let mut world = with(&THREE);
    world.does(Action::HelpRequested);
    assert!(world.state.shows_help);
    let id = id_of(&world, "River 🙂 wall");
    world.does(Action::RouteRequested(Route::Article(id)));
    assert!(!world.state.shows_help);
}
