//! Another codebook, a deleted tag, a merged one: nothing goes before the user has decided.

use crate::world::{World, open};
use pullquote_app::action::Action;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::codebook::codebook_edit::CodebookEdit;
use pullquote_app::codebook::pending_edit::PendingRow;
use pullquote_app::editor::action::HistoryAction;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::library::incoming::import_codebook;
use pullquote_app::messages::codebook::purpose;
use pullquote_app::messages::files;
use pullquote_app::route::Route;
use pullquote_core::edit::commands::recoding::{CodebookPart, Decision};
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::Value;
use pullquote_formats::codebook_file::write_codebook;
use pullquote_formats::document_file::write_document;

use std::rc::Rc;

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn edits(world: &mut World, change: CodebookEdit) {
    world.does(Action::Codebook(CodebookAction::Edited(Box::new(change))));
}

fn rows(world: &World) -> Vec<PendingRow> {
    let editor = world.state.editor.clone().unwrap();
    let pending = editor.pending_edit.as_ref().unwrap();
    pending.resolved(editor.document()).unwrap().0
}

/// Three marks, of which a commitment is made by an actor, and has an answer.
fn world() -> World {
    let mut world = open();
    for (word, tag) in [
        ("Munir", "actor"),
        ("Rawalpindi", "place"),
        ("talk", "commitment"),
    ] {
        world.sweep(word, false);
        world.tag(tag);
    }
    let ids: Vec<_> = world
        .document()
        .annotations()
        .iter()
        .map(|it| it.id)
        .collect();
    world.does(Action::Mark(MarkAction::RelationStarted {
        id: ids[2],
        kind: slug("made-by"),
        backwards: false,
    }));
    world.does(Action::Mark(MarkAction::RelationCompleted(ids[0])));
    let firm = Some(Value::One("firm".into()));
    world.does(Action::Mark(MarkAction::AnswerGiven {
        id: ids[2],
        attribute: slug("strength"),
        value: firm,
    }));
    world
}

fn five_ws() -> Rc<Codebook> {
    let mut shipped = Codebook::shipped().into_iter();
    Rc::new(shipped.find(|book| book.name.contains("Five")).unwrap())
}

#[test]
fn another_codebook_asks_before_it_deletes() {
    let mut world = world();
    let before = world.document();
    let news = before.codebook().clone();
    edits(&mut world, CodebookEdit::Use(five_ws()));
    assert_eq!(world.document(), before);
    assert!(matches!(world.route, Route::Codebook(_)));
    let said = rows(&world);
    let names: Vec<(&str, usize)> = said
        .iter()
        .map(|it| (it.risk.name.as_str(), it.risk.count))
        .collect();
    assert_eq!(names[..3], [("Actor", 1), ("Place", 1), ("Commitment", 1)]);
    assert_eq!(said[0].risk.relations, 1);
    // Nothing is deleted unless the user says so.
    assert!(
        said.iter().all(|row| row.decision != Decision::Delete),
        "{said:?}"
    );

    world.does(Action::Codebook(CodebookAction::Cancelled));
    assert_eq!((world.document(), world.marks().len()), (before.clone(), 3));

    edits(&mut world, CodebookEdit::Use(five_ws()));
    world.does(Action::Codebook(CodebookAction::Confirmed));
    let after = world.document();
    assert_eq!(after.codebook().name, five_ws().name);
    assert_eq!((world.marks().len(), after.relations().len()), (3, 1));
    let answers: usize = after.annotations().iter().map(|it| it.values.len()).sum();
    assert_eq!(answers, 1);
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(**world.document().codebook(), *news);

    // Mapped, kept, deleted: each as it was decided, and said.
    edits(&mut world, CodebookEdit::Use(five_ws()));
    let who = five_ws().tags()[0].id.clone();
    for (part, decision) in [
        ("actor", Decision::Become(who.clone())),
        ("place", Decision::Keep),
        ("commitment", Decision::Delete),
    ] {
        world.does(Action::Codebook(CodebookAction::DecisionMade {
            part: CodebookPart::Tag(slug(part)),
            decision,
        }));
    }
    world.does(Action::Codebook(CodebookAction::Confirmed));
    assert_eq!(
        world.marks(),
        [format!("{who}: Munir"), "place: Rawalpindi".to_owned()]
    );
    let told = &world.state.notices.last().unwrap().text;
    assert!(
        told.starts_with("Switched to “") && told.ends_with("were deleted."),
        "{told}"
    );
    assert!(told.contains("1 mark and 1 relation"), "{told}");
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.document().annotations(), before.annotations());
    assert_eq!(world.document().relations(), before.relations());
}

#[test]
fn a_tag_a_relation_and_a_field_are_not_deleted_unasked() {
    let mut world = world();
    let before = world.document();
    let waits = |world: &mut World, change: CodebookEdit| -> Vec<PendingRow> {
        edits(world, change);
        assert_eq!(world.document(), before);
        rows(world)
    };
    // What the user asks to delete stands there as deleted, and can still become another.
    let said = waits(&mut world, CodebookEdit::DeleteTag(slug("place")));
    assert_eq!(said[0].decision, Decision::Delete);
    assert!(said[0].choices.iter().all(|(it, _)| *it != Decision::Keep));
    let said = waits(&mut world, CodebookEdit::DeleteRelation(slug("made-by")));
    assert_eq!((said.len(), said[0].risk.count), (1, 1));
    // Marks that are merged keep what they were asked.
    let said = waits(
        &mut world,
        CodebookEdit::MergeTags {
            from: slug("commitment"),
            into: slug("event"),
        },
    );
    assert!(
        said.iter().all(|row| row.decision == Decision::Keep),
        "{said:?}"
    );
    let book = before.codebook();
    let mut tag = Tag::clone(book.tag(&slug("commitment")).unwrap());
    tag.attributes.retain(|it| it.id != slug("strength"));
    let said = waits(&mut world, CodebookEdit::ChangeTag(Box::new(tag)));
    let part = CodebookPart::Attribute {
        tag: slug("commitment"),
        attribute: slug("strength"),
    };
    assert_eq!((&said[0].risk.part, said[0].risk.count), (&part, 1));
    let mut kind = book.relation(&slug("made-by")).unwrap().clone();
    kind.to = vec![slug("event")];
    let said = waits(&mut world, CodebookEdit::ChangeRelation(kind));
    assert_eq!(said[0].risk.part, CodebookPart::Relation(slug("made-by")));

    // What has no marks goes at once.
    edits(&mut world, CodebookEdit::DeleteTag(slug("event")));
    assert!(world.document().codebook().tag(&slug("event")).is_none());
    // A merge keeps every mark and answer.
    edits(
        &mut world,
        CodebookEdit::MergeTags {
            from: slug("commitment"),
            into: slug("place"),
        },
    );
    world.does(Action::Codebook(CodebookAction::Confirmed));
    let after = world.document();
    assert_eq!((world.marks().len(), after.relations().len()), (3, 1));
    let answers: usize = after.annotations().iter().map(|it| it.values.len()).sum();
    assert_eq!(answers, 1);
}

#[test]
fn a_list_of_labels_becomes_tags() {
    let names = |name: &str, bytes: &[u8]| -> Vec<String> {
        let book = import_codebook(name, bytes).unwrap();
        book.tags().iter().map(|tag| tag.name.clone()).collect()
    };
    let list = "\u{feff}Person\r\nPlace 🗺\r\n\r\n- رہنما\r\nperson\r\n2. Cafe\u{301}\r\n";
    let tags = ["Person", "Place 🗺", "رہنما", "Cafe\u{301}"];
    assert_eq!(names("labels.txt", list.as_bytes()), tags);
    let table = b"label,definition\nThreat,Words that announce harm\nPromise,Words that bind\n";
    assert_eq!(names("codes.csv", table), ["Threat", "Promise"]);
    let book = import_codebook("codes.csv", table).unwrap();
    assert_eq!(
        (book.name.as_str(), &*book.tags()[1].definition),
        ("codes", "Words that bind")
    );
    // A comma in quotation marks parts nothing, nor does a line end there.
    let quoted = "\"Threat, veiled 🙂\",\"Words that announce\nharm, or hint\"\r\nPromise,\"A \"\"vow\"\"\"\r\n";
    let book = import_codebook("codes.csv", quoted.as_bytes()).unwrap();
    let said: Vec<(&str, &str)> = book
        .tags()
        .iter()
        .map(|tag| (tag.name.as_str(), tag.definition.as_str()))
        .collect();
    let harm = "Words that announce\nharm, or hint";
    assert_eq!(
        said,
        [("Threat, veiled 🙂", harm), ("Promise", "A \"vow\"")]
    );
    let doccano = br##"[{"id":1,"text":"PER","suffix_key":"p","background_color":"#209cee"},{"text":"LOC"}]"##;
    assert_eq!(names("label_config.json", doccano), ["PER", "LOC"]);
    assert_eq!(names("l.json", br#"["a", "b"]"#), ["a", "b"]);
    // A codebook of ours, and that of a document of ours.
    let news = Codebook::news();
    let read = import_codebook("x.json", write_codebook(&news).as_bytes());
    assert_eq!(*read.unwrap(), news);
    let file = write_document(&world().document());
    assert_eq!(*import_codebook("x.json", file.as_bytes()).unwrap(), news);
    // Two hundred tags have keys of their own, or none.
    let many: Vec<String> = (0..200).map(|number| format!("Tag {number}")).collect();
    let many = import_codebook("many.txt", many.join("\n").as_bytes()).unwrap();
    assert_eq!(many.tags().len(), 200);
    assert!(many.tags().last().unwrap().key.is_none());
}

#[test]
fn what_is_no_codebook_is_said_to_be_none_and_nothing_changes() {
    let mut world = world();
    let (before, route) = (world.document(), world.route);
    let article = "A headline\n\nThe minister said on Tuesday that the talks would go on for another week at least.\n";
    for (name, bytes) in [
        ("article.txt", article.as_bytes()),
        ("empty.txt", b"\n \n".as_slice()),
        ("rows.json", br#"{"rows": [1, 2]}"#.as_slice()),
        ("list.json", br#"[1, 2]"#.as_slice()),
        ("bytes.txt", b"a\xff\xfe".as_slice()),
        ("broken.json", b"[\"a\"".as_slice()),
    ] {
        let read = import_codebook(name, bytes);
        let read = read.map_err(|error| files::codebook_not_imported(name, &error));
        let sentence = read.clone().unwrap_err();
        assert!(
            sentence.contains(name) && sentence.contains("not imported as a codebook"),
            "{sentence}"
        );
        world.does(Action::Codebook(CodebookAction::FileRead {
            name: name.to_owned(),
            read,
        }));
        assert!(world.alarms().contains(&sentence));
    }
    assert_eq!((world.document(), world.route), (before, route));
    assert_eq!(world.state.library.live().len(), 1);
}

/// A tag of nearly the same name may be another one: it is not proposed.
#[test]
fn marks_are_never_given_another_tag_unasked() {
    let mut world = open();
    let book = |name: &str, list: &str| import_codebook(name, list.as_bytes()).unwrap();
    edits(
        &mut world,
        CodebookEdit::Use(book("a.txt", "Topic 3\nTopic 33\nجگہ")),
    );
    for (word, tag) in [
        ("Munir", "topic-3"),
        ("Rawalpindi", "topic-33"),
        ("🤝", "جگہ"),
    ] {
        world.sweep(word, false);
        world.tag(tag);
    }
    let before = world.marks();
    edits(
        &mut world,
        CodebookEdit::Use(book("b.txt", "Topics 33\nTOPIC 3 \nOther")),
    );
    // The same id is the same tag, whatever case its name is in.
    let said = rows(&world);
    let names: Vec<&str> = said.iter().map(|row| row.risk.name.as_str()).collect();
    assert_eq!(names, ["Topic 33", "جگہ"]);
    assert!(
        said.iter().all(|row| row.decision == Decision::Keep),
        "{said:?}"
    );
    world.does(Action::Codebook(CodebookAction::Confirmed));
    assert_eq!(world.marks(), before);
    // The way back that the notice offers goes when it is taken elsewhere.
    let offers = |world: &World| {
        world
            .state
            .notices
            .iter()
            .map(|it| it.offers.len())
            .sum::<usize>()
    };
    assert_eq!(offers(&world), 1);
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(offers(&world), 0);
}

#[test]
fn a_moved_tag_is_announced_with_its_place() {
    let mut world = world();
    edits(
        &mut world,
        CodebookEdit::MoveTag {
            tag: slug("event"),
            index: 0,
        },
    );
    let tags = world.document();
    let tags = tags.codebook().tags();
    let ids: Vec<&str> = tags.iter().map(|tag| tag.id.as_str()).collect();
    assert_eq!(ids, ["event", "actor", "place", "commitment"]);
    assert_eq!(&*world.state.announcement, "Event is now 1 of 4");
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.document().codebook().tags()[0].id, slug("actor"));
}

#[test]
fn a_replaced_codebook_stays_in_the_list_of_codebooks() {
    let mut world = World::new();
    let choose = |codebook: Rc<Codebook>| Action::Codebook(CodebookAction::DefaultChosen(codebook));
    let own = |name: &str| Rc::new(Codebook::empty(name.to_owned()));
    // Before they are listed, nothing is known of those that ship.
    world.does(choose(own("Mine")));
    world.does(choose(five_ws()));
    assert_eq!(world.state.shipped_codebooks, None);
    world.does(Action::RouteRequested(Route::Codebooks));
    let names = |world: &World| -> Vec<String> {
        let all = world.state.shipped_codebooks.clone().unwrap();
        all.iter().map(|codebook| codebook.name.clone()).collect()
    };
    assert_eq!(names(&world).len(), 5);
    world.does(choose(own("Other")));
    world.does(choose(five_ws()));
    assert_eq!(names(&world).len(), 6);
    assert_eq!(names(&world)[0], Codebook::news().name);
    assert_eq!(names(&world)[5], "Other");
    // Read once more, the list is the same.
    let again = Codebook::shipped().into_iter().map(Rc::new).collect();
    world.does(Action::Codebook(CodebookAction::ShippedRead(Ok(again))));
    assert_eq!(names(&world)[5], "Other");
}

#[test]
fn a_codebook_is_chosen_for_new_articles_on_its_screen() {
    let mut world = World::new();
    assert_eq!(Route::of_hash("#/codebooks"), Route::Codebooks);
    assert_eq!(Route::Codebooks.to_string(), "#/codebooks");
    world.does(Action::RouteRequested(Route::Codebooks));
    let choose = |codebook: Rc<Codebook>| Action::Codebook(CodebookAction::DefaultChosen(codebook));
    world.does(choose(five_ws()));
    assert_eq!(world.default_codebook, Some(five_ws()));
    assert_eq!(&*world.state.announcement, "New articles use “Five Ws”.");

    // A file becomes that of new articles here.
    let labels = import_codebook("b.txt", "Threat\nرہنما\nCafe\u{301}\n".as_bytes());
    world.does(Action::Codebook(CodebookAction::FileRead {
        name: "b.txt".to_owned(),
        read: labels.map_err(|_| String::new()),
    }));
    let own = world.default_codebook.clone().unwrap();
    assert_eq!(own.tags().len(), 3);

    // Nothing else has it, so another choice can be undone.
    world.does(choose(Rc::new(Codebook::news())));
    assert_eq!(world.default_codebook, None);
    let notice = world.state.notices.last().unwrap().clone();
    world.does(notice.offers[0].action());
    assert_eq!(world.default_codebook, Some(own.clone()));
    let pasted = "Another article\n\nWords 🙂.".to_owned();
    world.does(Action::Library(LibraryAction::TextPasted(pasted)));
    assert_eq!(*world.document().codebook(), own);
}

#[test]
fn every_codebook_that_ships_says_what_it_is_for() {
    for codebook in Codebook::shipped() {
        assert!(!purpose(&codebook.name).is_empty(), "{}", codebook.name);
    }
    assert_eq!(purpose("رہنما"), "");
}
