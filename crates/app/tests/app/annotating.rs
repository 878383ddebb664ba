//! What is said of marks, by the actions of a user.

use crate::world::{World, open};
use pullquote_app::action::Action;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::codebook::codebook_edit::CodebookEdit;
use pullquote_app::editor::action::EntityAction;
use pullquote_app::editor::action::HistoryAction;
use pullquote_app::editor::action::LedgerAction;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::action::PanelAction;
use pullquote_app::editor::action::ReviewAction;
use pullquote_app::editor::action::SelectionAction;
use pullquote_app::editor::state::{Mode, PanelTab, Selection};
use pullquote_app::editor::view::fields::{FieldKind, backlinks, candidates, fields};
use pullquote_app::editor::view::ledger::sorted_ledger;
use pullquote_app::editor::view::mark_rows::RowList;
use pullquote_app::editor::word_move::WordMove;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::library::incoming::codebook_in_file;
use pullquote_app::messages::files::not_opened;
use pullquote_app::route::Route;
use pullquote_app::saving::action::SavingAction;
use pullquote_core::analysis::occurrences::WordMatching;
use pullquote_core::edit::commands::recoding::{CodebookPart, Decision};
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::model::value::Value;
use pullquote_core::text::offset::Utf16Offset;
use pullquote_core::text::snapping::MoveDirection;
use pullquote_formats::codebook_file::{read_codebook, write_codebook};
use std::rc::Rc;

const TEXT: &str = "Two neighbours\n\nIran and Pakistan met. Iran promised to call. The general \
                    spoke of Iran’s border; Iranian papers wrote, and Iran waited.";

fn world() -> World {
    let mut world = World::new();
    world.does(Action::Library(LibraryAction::TextPasted(TEXT.to_owned())));
    world
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

impl World {
    fn mark(&mut self, words: &str, tag: &str) -> Id {
        self.sweep(words, false);
        self.tag(tag);
        self.chosen()
    }

    pub(crate) fn chosen(&self) -> Id {
        self.state.editor.as_ref().unwrap().chosen().unwrap().id
    }

    fn mode(&self) -> Mode {
        self.state.editor.as_ref().unwrap().mode.clone()
    }

    fn range(&self, words: &str) -> std::ops::Range<Utf16Offset> {
        let document = self.document();
        let article = document.article();
        let start = article.text().find(words).unwrap();
        let at = |byte: usize| {
            let span = article.span(0..byte.max(1)).unwrap();
            article.offsets().utf16(span.end()).unwrap()
        };
        at(start)..at(start + words.len())
    }

    fn said(&self, id: Id, name: &str) -> Option<Value> {
        self.document()
            .annotation(id)
            .unwrap()
            .values
            .get(&slug(name))
            .cloned()
    }
}

/// A commitment with its promiser, its beneficiary and its strength: seven keys.
#[test]
fn digits_answer_what_the_card_asks() {
    let mut world = world();
    let pakistan = world.mark("Pakistan", "actor");
    let iran = world.mark("Iran promised", "actor");
    let promise = world.mark("promised to call", "commitment");
    let names: Vec<String> = {
        let document = world.document();
        let mark = document.annotation(promise).unwrap();
        fields(&document, mark)
            .into_iter()
            .map(|it| it.name)
            .collect()
    };
    assert_eq!(
        names[..6],
        ["Made by", "Strength", "Made to", "About", "At", "Direction"]
    );
    world.does(Action::Mark(MarkAction::FieldKeyPressed { index: 1 }));
    let Mode::Linking(linking) = world.mode() else {
        panic!("{:?}", world.mode())
    };
    let names = |world: &World, filter: &str| -> Vec<String> {
        let document = world.document();
        let all = candidates(&document, &linking, filter);
        all.into_iter().map(|it| it.name).collect()
    };
    assert_eq!(names(&world, ""), ["Iran promised", "Pakistan"]);
    assert_eq!(names(&world, "PAK"), ["Pakistan"]);
    world.does(Action::Mark(MarkAction::RelationCompleted(iran)));
    assert_eq!(world.mode(), Mode::Nothing);
    world.does(Action::Mark(MarkAction::FieldKeyPressed { index: 3 }));
    // A click on a mark in the text is the same.
    world.does(Action::Selection(SelectionAction::MarksClicked(vec![
        pakistan,
    ])));
    world.does(Action::Mark(MarkAction::FieldKeyPressed { index: 2 }));
    assert_eq!(world.mode(), Mode::Asked(1));
    world.does(Action::Mark(MarkAction::FieldKeyPressed { index: 2 }));
    assert_eq!(world.chosen(), promise);
    assert_eq!(
        world.said(promise, "strength"),
        Some(Value::One("planned".into()))
    );
    // Once more takes it back; a digit that asks for nothing does nothing.
    world.does(Action::Mark(MarkAction::FieldKeyPressed { index: 2 }));
    world.does(Action::Mark(MarkAction::FieldKeyPressed { index: 2 }));
    assert_eq!(world.said(promise, "strength"), None);
    world.does(Action::Mark(MarkAction::FieldKeyPressed { index: 2 }));
    world.does(Action::Mark(MarkAction::FieldKeyPressed { index: 9 }));
    assert_eq!(world.said(promise, "strength"), None);
    let document = world.document();
    assert_eq!(document.relations().len(), 2);
    let back = backlinks(&document, document.annotation(iran).unwrap());
    assert_eq!(back.len(), 1);
    assert_eq!(
        (back[0].0.as_str(), back[0].1.name.as_str()),
        ("made by", "promised to call")
    );
    assert!(
        world
            .state
            .editor
            .as_ref()
            .unwrap()
            .history
            .undo_name()
            .is_some()
    );
}

#[test]
fn only_marks_that_the_codebook_allows_can_be_linked() {
    let mut world = world();
    let event = world.mark("met", "event");
    let promise = world.mark("promised to call", "commitment");
    world.does(Action::Mark(MarkAction::RelationStarted {
        id: promise,
        kind: slug("made-by"),
        backwards: false,
    }));
    world.does(Action::Selection(SelectionAction::MarksClicked(vec![
        event,
    ])));
    assert!(world.document().relations().is_empty());
    assert!(
        world.state.announcement.contains("made by"),
        "{}",
        world.state.announcement
    );
    assert!(matches!(world.mode(), Mode::Linking(_)));
    // A click beside the marks is a miss.
    world.does(Action::Selection(SelectionAction::Cleared));
    assert!(matches!(world.mode(), Mode::Linking(_)));
    world.does(Action::Selection(SelectionAction::Escaped));
    assert_eq!(world.mode(), Mode::Nothing);
    assert_eq!(world.chosen(), promise);
    world.does(Action::Selection(SelectionAction::Escaped));
    assert_eq!(
        world.state.editor.as_ref().unwrap().selection,
        Selection::Nothing
    );
    // From the other end.
    let actor = world.mark("Pakistan", "actor");
    world.does(Action::Mark(MarkAction::RelationStarted {
        id: actor,
        kind: slug("made-by"),
        backwards: true,
    }));
    world.does(Action::Mark(MarkAction::RelationCompleted(promise)));
    let document = world.document();
    let relation = &document.relations()[0];
    assert_eq!((relation.from, relation.to), (promise, actor));
    world.does(Action::Mark(MarkAction::Deleted(actor)));
    assert!(world.document().relations().is_empty());
    assert!(world.state.announcement.contains("1 relation deleted"));
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.document().relations().len(), 1);
    world.does(Action::Mark(MarkAction::RelationDeleted(
        world.document().relations()[0].id,
    )));
    assert!(world.document().relations().is_empty());
}

#[test]
fn more_places_are_looked_through_and_tagged_as_one_step() {
    let mut world = world();
    let first = world.mark("Iran", "place");
    world.does(Action::Review(ReviewAction::OccurrencesCounted(first)));
    assert_eq!(world.state.editor.as_ref().unwrap().more, Some((first, 2)));
    world.does(Action::Review(ReviewAction::Started(first)));
    let inflected = WordMatching {
        inflected: true,
        ..WordMatching::default()
    };
    world.does(Action::Review(ReviewAction::MatchingChanged {
        words: inflected,
        aliases: false,
    }));
    let Mode::Reviewing(review) = world.mode() else {
        panic!("{:?}", world.mode())
    };
    let places = review.occurrences(&world.document());
    assert_eq!(places.len(), 3);
    world.does(Action::Review(ReviewAction::OccurrenceToggled {
        start: places[0].start().0,
        wanted: false,
    }));
    world.does(Action::Review(ReviewAction::Accepted));
    assert_eq!(world.marks(), ["place: Iran", "place: Iran", "place: Iran"]);
    assert_eq!(world.mode(), Mode::Nothing);
    let notice = world.state.notices.last().unwrap();
    assert_eq!(notice.text, "2 more places were tagged.");
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.marks(), ["place: Iran"]);
    world.does(Action::Review(ReviewAction::Started(first)));
    world.does(Action::Review(ReviewAction::AllToggled { wanted: false }));
    world.does(Action::Review(ReviewAction::Accepted));
    assert_eq!(world.marks(), ["place: Iran"]);

    // What the list shows is changed or deleted as one step.
    world.does(Action::History(HistoryAction::Redo));
    world.does(Action::Panel(PanelAction::Searched("iran".to_owned())));
    world.does(Action::Mark(MarkAction::ListedRetagged(slug("actor"))));
    assert_eq!(world.marks(), ["actor: Iran", "actor: Iran", "actor: Iran"]);
    world.does(Action::Panel(PanelAction::Searched("tag:actor".to_owned())));
    world.does(Action::Mark(MarkAction::ListedDeleted));
    assert!(world.marks().is_empty());
    world.does(Action::History(HistoryAction::Undo));
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.marks(), ["place: Iran", "place: Iran", "place: Iran"]);
}

#[test]
fn an_armed_tag_is_given_by_every_sweep_and_by_no_click() {
    let mut world = world();
    world.tag("place");
    assert_eq!(
        world.state.editor.as_ref().unwrap().armed,
        Some(slug("place"))
    );
    assert!(
        world.state.announcement.contains("Place"),
        "{}",
        world.state.announcement
    );
    world.sweep("Iran", false);
    world.sweep("Pakistan", false);
    assert_eq!(world.marks(), ["place: Iran", "place: Pakistan"]);
    assert_eq!(
        world.state.editor.as_ref().unwrap().selection,
        Selection::Nothing
    );
    world.does(Action::Selection(SelectionAction::Cleared));
    world.does(Action::Selection(SelectionAction::MarksClicked(vec![
        world.document().annotations()[0].id,
    ])));
    assert_eq!(world.marks().len(), 2);
    world.does(Action::Selection(SelectionAction::Escaped));
    assert!(world.state.editor.as_ref().unwrap().armed.is_some());
    world.does(Action::Selection(SelectionAction::Escaped));
    assert_eq!(world.state.editor.as_ref().unwrap().armed, None);
    world.sweep("general", false);
    assert_eq!(world.marks().len(), 2);
}

#[test]
fn a_further_sweep_is_a_piece_of_the_mark_where_that_is_asked() {
    let mut world = world();
    let mark = world.mark("Iran", "actor");
    let range = world.range("Pakistan");
    world.does(Action::Selection(SelectionAction::TextSelected {
        range,
        exact: false,
        more: true,
    }));
    assert_eq!(world.marks(), ["actor: Iran … Pakistan"]);
    world.does(Action::Mark(MarkAction::SpanRequested));
    assert_eq!(world.mode(), Mode::AddingSpan);
    world.sweep("general", false);
    assert_eq!(world.marks(), ["actor: Iran … Pakistan … general"]);
    assert_eq!((world.mode(), world.chosen()), (Mode::Nothing, mark));
    world.does(Action::Mark(MarkAction::SpanRemoved { id: mark, index: 1 }));
    assert_eq!(world.marks(), ["actor: Iran … general"]);
    let to = world.range("border").end;
    world.does(Action::Mark(MarkAction::EndDragged {
        id: mark,
        index: 1,
        end: pullquote_core::edit::commands::marks::MarkEnd::End,
        to,
        exact: false,
    }));
    assert_eq!(
        world.marks(),
        ["actor: Iran … general spoke of Iran’s border"]
    );
    // Without a chosen mark it is a sweep like any other.
    world.does(Action::Selection(SelectionAction::Escaped));
    let range = world.range("Pakistan");
    world.does(Action::Selection(SelectionAction::TextSelected {
        range,
        exact: false,
        more: true,
    }));
    assert!(matches!(
        world.state.editor.as_ref().unwrap().selection,
        Selection::Words(_)
    ));
}

#[test]
fn words_are_swept_by_keys_alone() {
    let mut world = world();
    let words = |world: &World| match world.state.editor.as_ref().unwrap().selection {
        Selection::Words(span) => span.slice(TEXT).unwrap().to_owned(),
        _ => String::new(),
    };
    world.does(Action::Selection(SelectionAction::WordsStarted(
        Utf16Offset(0),
    )));
    assert_eq!(words(&world), "Two");
    let mut goes = |stride: WordMove| {
        world.does(Action::Selection(SelectionAction::WordsMoved(stride)));
        words(&world)
    };
    assert_eq!(goes(WordMove::Word(MoveDirection::Forward)), "neighbours");
    assert_eq!(goes(WordMove::Word(MoveDirection::Forward)), "Iran");
    assert_eq!(goes(WordMove::Reach(MoveDirection::Forward)), "Iran and");
    assert_eq!(
        goes(WordMove::Reach(MoveDirection::Forward)),
        "Iran and Pakistan"
    );
    assert_eq!(goes(WordMove::Reach(MoveDirection::Back)), "Iran and");
    assert_eq!(goes(WordMove::Reach(MoveDirection::Back)), "Iran");
    assert_eq!(goes(WordMove::Reach(MoveDirection::Back)), "Iran");
    assert_eq!(goes(WordMove::Word(MoveDirection::Back)), "neighbours");
    assert_eq!(goes(WordMove::Block(MoveDirection::Forward)), "Iran");
    assert_eq!(goes(WordMove::Block(MoveDirection::Forward)), "Iran");
    assert_eq!(goes(WordMove::Block(MoveDirection::Back)), "Two");
    world.tag("actor");
    assert_eq!(world.marks(), ["actor: Two"]);

    // Or found by their letters, and walked.
    world.does(Action::Panel(PanelAction::Searched("iran".to_owned())));
    world.does(Action::Selection(SelectionAction::FoundStepped {
        forward: true,
    }));
    assert_eq!(words(&world), "Iran");
    world.does(Action::Selection(SelectionAction::FoundStepped {
        forward: false,
    }));
    assert_eq!(&*world.state.announcement, "5 of 5");
    world.tag("place");
    assert_eq!(world.marks(), ["actor: Two", "place: Iran"]);
    world.does(Action::Panel(PanelAction::Searched("nowhere".to_owned())));
    world.does(Action::Selection(SelectionAction::FoundStepped {
        forward: true,
    }));
    assert!(
        world.state.announcement.contains("Neither"),
        "{}",
        world.state.announcement
    );
    // A question about the marks walks those.
    world.does(Action::Panel(PanelAction::Searched("tag:place".to_owned())));
    world.does(Action::Selection(SelectionAction::FoundStepped {
        forward: true,
    }));
    let id = world.document().annotations()[1].id;
    assert_eq!(world.chosen(), id);
}

#[test]
fn the_list_is_asked_what_marks_lack_and_the_table_is_sorted_and_taken_away() {
    let mut world = world();
    let iran = world.mark("Iran", "actor");
    let call = world.mark("promised to call", "commitment");
    let wait = world.mark("waited", "commitment");
    world.does(Action::Mark(MarkAction::RelationStarted {
        id: call,
        kind: slug("made-by"),
        backwards: false,
    }));
    world.does(Action::Mark(MarkAction::RelationCompleted(iran)));
    let firm = Some(Value::One("firm".into()));
    world.does(Action::Mark(MarkAction::AnswerGiven {
        id: call,
        attribute: slug("strength"),
        value: firm,
    }));
    let editor = world.state.editor.clone().unwrap();
    let mut panel = editor.panel.clone();
    panel.query = "has no made by".to_owned();
    let list = RowList::default().next(editor.document(), &panel);
    assert_eq!(
        (list.len(), list.id(0), list.incomplete()),
        (1, Some(wait), 1)
    );
    let row = list.row(0, None).unwrap();
    assert_eq!(&*row.missing, "“Strength” and “Made by” are missing");
    panel.query.clear();
    let list = RowList::default().next(editor.document(), &panel);
    assert_eq!(&*list.row(1, None).unwrap().summary, "made by Iran · firm");

    world.does(Action::Panel(PanelAction::TabShown(PanelTab::Ledger)));
    let rows = |world: &World| -> Vec<String> {
        let panel = &world.state.editor.as_ref().unwrap().panel;
        let (_, table) = sorted_ledger(&world.document(), panel);
        table.rows.iter().map(|row| row.cells.join("|")).collect()
    };
    assert_eq!(rows(&world), ["promised to call|Iran|firm", "waited||"]);
    world.does(Action::Ledger(LedgerAction::Sorted(
        "Commitment".to_owned(),
    )));
    world.does(Action::Ledger(LedgerAction::Sorted(
        "Commitment".to_owned(),
    )));
    assert_eq!(rows(&world), ["waited||", "promised to call|Iran|firm"]);
    world.does(Action::Ledger(LedgerAction::Copied));
    assert_eq!(
        world.copied,
        ["Commitment\tMade by\tStrength\nwaited\t\t\npromised to call\tIran\tfirm\n"]
    );
    world.does(Action::Ledger(LedgerAction::Filtered("firm".to_owned())));
    world.does(Action::Ledger(LedgerAction::Exported));
    let (name, csv) = world.downloads.last().unwrap();
    assert_eq!(name, "Two neighbours Commitment.csv");
    assert_eq!(csv.lines().count(), 2);
    world.does(Action::Ledger(LedgerAction::TagChosen(slug("actor"))));
    assert_eq!(rows(&world), ["Iran||promised to call"]);
}

#[test]
fn a_codebook_is_changed_saved_and_used_elsewhere() {
    let mut world = world();
    world.mark("Iran", "place");
    let edit = |world: &mut World, change: CodebookEdit| {
        world.does(Action::Codebook(CodebookAction::Edited(Box::new(change))));
    };
    edit(
        &mut world,
        CodebookEdit::NewTag {
            name: "Places".to_owned(),
            confirmed: false,
        },
    );
    let notice = world.state.notices.last().unwrap().clone();
    assert_eq!(
        notice.text,
        "“Place” already exists. Create “Places” anyway?"
    );
    edit(
        &mut world,
        CodebookEdit::NewTag {
            name: "Weather".to_owned(),
            confirmed: false,
        },
    );
    world.mark("waited", "weather");
    edit(
        &mut world,
        CodebookEdit::MergeTags {
            from: slug("weather"),
            into: slug("event"),
        },
    );
    assert_eq!(world.marks(), ["place: Iran", "event: waited"]);
    edit(&mut world, CodebookEdit::DeleteTag(slug("place")));
    assert_eq!(world.marks(), ["place: Iran", "event: waited"]);
    world.does(Action::Codebook(CodebookAction::Confirmed));
    assert_eq!(world.marks(), ["event: waited"]);
    let notice = world.state.notices.last().unwrap().clone();
    assert_eq!(notice.text, "Deleted the tag “Place”. 1 mark was deleted.");
    world.does(notice.offers[0].action());
    assert_eq!(world.marks(), ["place: Iran", "event: waited"]);
    world.does(Action::Codebook(CodebookAction::Exported(
        world.document().codebook().clone(),
    )));
    let (name, file) = world.downloads.last().unwrap().clone();
    assert_eq!(
        name,
        "News who, where, promised, happened.pullquote-codebook.json"
    );
    let book = read_codebook(file.as_bytes()).unwrap();
    assert_eq!(book, **world.document().codebook());

    // Its screen is about the same article: what is open stays open.
    let id = world.route.article().unwrap();
    world.does(Action::RouteRequested(Route::Codebook(id)));
    assert_eq!(world.marks().len(), 2);
    assert_eq!(
        Route::of_hash(&Route::Codebook(id).to_string()),
        Route::Codebook(id)
    );
    let other = Codebook::shipped()[1].clone();
    let read = codebook_read("b.json", write_codebook(&other).as_bytes());
    world.does(Action::Codebook(CodebookAction::FileRead {
        name: "b.json".to_owned(),
        read: read.unwrap(),
    }));
    let gone = [
        CodebookPart::Tag(slug("place")),
        CodebookPart::Tag(slug("event")),
    ];
    for part in gone {
        world.does(Action::Codebook(CodebookAction::DecisionMade {
            part,
            decision: Decision::Delete,
        }));
    }
    world.does(Action::Codebook(CodebookAction::Confirmed));
    assert_eq!(**world.document().codebook(), other);
    assert!(world.marks().is_empty());
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.marks().len(), 2);
    // New articles begin with it, where that is wanted.
    let book = Rc::new(other.clone());
    world.does(Action::Codebook(CodebookAction::DefaultChosen(
        book.clone(),
    )));
    assert_eq!(world.default_codebook, Some(book.clone()));
    world.does(Action::Library(LibraryAction::TextPasted(
        "Another article\n\nWords.".to_owned(),
    )));
    assert_eq!(*world.document().codebook(), book);
    let id = world.document().article().id;
    assert_eq!(world.state.library.entry(id).unwrap().codebook, book.name);
    world.does(Action::Codebook(CodebookAction::DefaultChosen(Rc::new(
        Codebook::news(),
    ))));
    world.does(Action::Library(LibraryAction::TextPasted(
        "A third article\n\nWords.".to_owned(),
    )));
    assert_eq!(**world.document().codebook(), Codebook::news());
    // What is no codebook is none; one that is damaged says so; without an article it waits.
    assert!(codebook_read("a.txt", b"{ words }").is_none());
    let broken = write_codebook(&other).replace("\"direct\"", "\"indirect\"");
    let read = codebook_read("b.json", broken.as_bytes()).unwrap();
    assert!(read.unwrap_err().contains("b.json"));
    let mut library = World::new();
    let read = codebook_read("b.json", write_codebook(&other).as_bytes());
    library.does(Action::Codebook(CodebookAction::FileRead {
        name: "b.json".to_owned(),
        read: read.unwrap(),
    }));
    assert!(library.state.notices[0].text.contains("is a codebook"));
}

#[test]
fn the_cast_is_walked_and_what_is_said_outlives_the_tab() {
    let mut world = open();
    let general = world.mark("General Munir", "actor");
    let minister = world.mark("the minister", "actor");
    let name = "General Asim Munir".to_owned();
    world.does(Action::Entity(EntityAction::Assigned {
        entity: None,
        name,
        marks: vec![general, minister],
    }));
    let document = world.document();
    let entity = document.entities()[0].clone();
    assert_eq!(entity.name, "General Asim Munir");
    world.does(Action::Selection(SelectionAction::MarkStepped {
        marks: vec![general, minister],
        forward: true,
    }));
    assert_eq!(world.chosen(), general);
    world.does(Action::Selection(SelectionAction::MarkStepped {
        marks: vec![general, minister],
        forward: false,
    }));
    assert_eq!(world.chosen(), minister);
    world.does(Action::Entity(EntityAction::ReferenceSet {
        id: entity.id,
        reference: "Q1".to_owned(),
    }));
    world.does(Action::Entity(EntityAction::Detached(vec![minister])));
    world.does(Action::Entity(EntityAction::KeptApart {
        one: minister,
        other: general,
    }));
    let field = |world: &World| {
        let document = world.document();
        let mark = document.annotation(general).unwrap();
        let fields = fields(&document, mark);
        fields
            .iter()
            .filter(|it| matches!(it.kind, FieldKind::Link { .. }))
            .count()
    };
    assert_eq!(field(&world), 1);
    let affiliation = Some(Value::Text("army".to_owned()));
    world.does(Action::Mark(MarkAction::AnswerGiven {
        id: general,
        attribute: slug("affiliation"),
        value: affiliation.clone(),
    }));
    let genre = Some(Value::One("report".into()));
    world.does(Action::Mark(MarkAction::QuestionAnswered {
        question: slug("genre"),
        value: genre.clone(),
    }));
    let again = world.reopened();
    let document = again.document();
    assert_eq!(document.entities()[0].reference, "Q1");
    let mark = document.annotation(general).unwrap();
    assert_eq!(mark.values.get(&slug("affiliation")).cloned(), affiliation);
    assert_eq!(mark.entity, Some(entity.id));
    assert_eq!(document.annotation(minister).unwrap().entity, None);
    assert_eq!(document.answers().get(&slug("genre")).cloned(), genre);
}

/// What is being done ends with the mark that it is done with: by undo, by another tab.
#[test]
fn what_is_being_done_ends_with_its_mark() {
    let mut world = world();
    let promise = world.mark("promised to call", "commitment");
    world.does(Action::Mark(MarkAction::RelationStarted {
        id: promise,
        kind: slug("made-by"),
        backwards: false,
    }));
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.mode(), Mode::Nothing);
    world.does(Action::History(HistoryAction::Redo));
    let mut other = world.other_tab(1);
    world.does(Action::Selection(SelectionAction::MarkChosen {
        id: promise,
        goes_there: false,
    }));
    world.does(Action::Mark(MarkAction::SpanRequested));
    other.does(Action::Mark(MarkAction::Deleted(promise)));
    world.does(Action::Saving(SavingAction::OtherTabChanged(
        other.told.pop().unwrap(),
    )));
    assert!(world.marks().is_empty());
    assert_eq!(world.mode(), Mode::Nothing);
    // An armed tag that the codebook has no more is not armed.
    world.tag("place");
    let delete = CodebookEdit::DeleteTag(slug("place"));
    world.does(Action::Codebook(CodebookAction::Edited(Box::new(delete))));
    assert_eq!(world.state.editor.as_ref().unwrap().armed, None);
}

/// The way back that a notice offers is that of its own step, and of no other.
#[test]
fn a_notice_takes_back_its_own_step_only() {
    let mut world = world();
    world.mark("Iran", "place");
    world.mark("Pakistan", "place");
    world.does(Action::Panel(PanelAction::Searched("pakistan".to_owned())));
    world.does(Action::Mark(MarkAction::ListedDeleted));
    let offered = world.state.notices.last().unwrap().offers[0].clone();
    world.mark("general", "actor");
    world.does(offered.action());
    assert_eq!(world.marks(), ["place: Iran", "actor: general"]);
    assert!(
        world.state.announcement.contains("later steps"),
        "{}",
        world.state.announcement
    );
    world.does(Action::History(HistoryAction::Undo));
    // Two steps have come since: to take back and to do again are steps as well.
    world.does(Action::Panel(PanelAction::Searched("iran".to_owned())));
    world.does(Action::Mark(MarkAction::ListedDeleted));
    let offered = world.state.notices.last().unwrap().offers[0].clone();
    world.does(offered.action());
    assert_eq!(world.marks(), ["place: Iran"]);
    // Nothing to delete tells nothing.
    let notices = world.state.notices.len();
    world.does(Action::Panel(PanelAction::Searched(
        "nothing like it".to_owned(),
    )));
    world.does(Action::Mark(MarkAction::ListedDeleted));
    assert_eq!(world.state.notices.len(), notices);
}

/// A piece is resized as a piece, and never takes in what lies between.
#[test]
fn an_end_of_a_piece_stays_in_its_piece() {
    let mut world = world();
    let mark = world.mark("Iran", "actor");
    let range = world.range("Pakistan met");
    world.does(Action::Selection(SelectionAction::TextSelected {
        range,
        exact: false,
        more: true,
    }));
    use pullquote_core::edit::commands::marks::MarkEnd;
    world.does(Action::Mark(MarkAction::EndStepped {
        index: None,
        end: MarkEnd::Start,
        direction: MoveDirection::Forward,
    }));
    assert_eq!(world.marks(), ["actor: Iran … Pakistan met"]);
    world.does(Action::Mark(MarkAction::EndStepped {
        index: None,
        end: MarkEnd::End,
        direction: MoveDirection::Back,
    }));
    assert_eq!(world.marks(), ["actor: Iran … Pakistan"]);
    world.does(Action::Mark(MarkAction::EndStepped {
        index: Some(1),
        end: MarkEnd::Start,
        direction: MoveDirection::Back,
    }));
    assert_eq!(world.marks(), ["actor: Iran … and Pakistan"]);
    // Words that the keys have swept become a piece of the mark that was chosen last.
    world.does(Action::Selection(SelectionAction::Escaped));
    world.sweep("general", false);
    world.does(Action::Mark(MarkAction::SpanAdded));
    assert_eq!(world.marks(), ["actor: Iran … and Pakistan … general"]);
    assert_eq!(world.chosen(), mark);
}

/// An earlier state that is looked at is not changed, and what was begun is left.
#[test]
fn nothing_is_done_to_the_past() {
    let mut world = world();
    let promise = world.mark("promised to call", "commitment");
    world.does(Action::Mark(MarkAction::RelationStarted {
        id: promise,
        kind: slug("made-by"),
        backwards: false,
    }));
    let book = Codebook::shipped()[2].clone();
    world.does(Action::History(HistoryAction::PreviewShown(Some(0))));
    assert_eq!(world.mode(), Mode::Nothing);
    let read = codebook_read("b.json", write_codebook(&book).as_bytes());
    world.does(Action::Codebook(CodebookAction::FileRead {
        name: "b.json".to_owned(),
        read: read.unwrap(),
    }));
    world.does(Action::History(HistoryAction::PreviewShown(None)));
    assert_eq!(world.marks(), ["commitment: promised to call"]);
    assert_eq!(**world.document().codebook(), Codebook::news());
}

/// Another spelling of a word keeps the answers; a key is a letter; a relation is moved.
#[test]
fn a_codebook_is_mended_without_loss() {
    let mut world = world();
    let promise = world.mark("promised to call", "commitment");
    let firm = Some(Value::One("firm".into()));
    world.does(Action::Mark(MarkAction::AnswerGiven {
        id: promise,
        attribute: slug("strength"),
        value: firm,
    }));
    let book = world.document().codebook().clone();
    let mut tag =
        pullquote_core::model::codebook::Tag::clone(book.tag(&slug("commitment")).unwrap());
    let edit = |world: &mut World, change: CodebookEdit| {
        world.does(Action::Codebook(CodebookAction::Edited(Box::new(change))));
    };
    let words: Vec<std::rc::Rc<str>> = ["sure", "planned", "hoped", "conditional"]
        .map(Into::into)
        .to_vec();
    tag.attributes[0].kind = pullquote_core::model::value::AttributeKind::OneOf(words);
    edit(&mut world, CodebookEdit::ChangeTag(Box::new(tag.clone())));
    assert_eq!(
        world.said(promise, "strength"),
        Some(Value::One("sure".into()))
    );
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(
        world.said(promise, "strength"),
        Some(Value::One("firm".into()))
    );
    tag.key = Some('1');
    edit(&mut world, CodebookEdit::ChangeTag(Box::new(tag.clone())));
    assert!(
        world.alarms()[0].contains("A key must be a letter"),
        "{:?}",
        world.alarms()
    );
    tag.key = Some('c');
    tag.name = "Actors".to_owned();
    edit(&mut world, CodebookEdit::ChangeTag(Box::new(tag)));
    let said = &world.state.notices.last().unwrap().text;
    assert_eq!(said, "There is the tag “Actor” as well.");
    edit(
        &mut world,
        CodebookEdit::MoveRelation {
            kind: slug("made-by"),
            index: 0,
        },
    );
    assert_eq!(
        world.document().codebook().relations()[0].id,
        slug("made-by")
    );
}

#[test]
fn a_colon_in_what_is_searched_for_turns_no_search_off() {
    let mut world = World::new();
    let text =
        "Last words: he said:yes at 10:30 🙂.\n\nNote: cafe\u{301} tag:actor, has no chance.";
    world.does(Action::Library(LibraryAction::TextPasted(text.to_owned())));
    let found = |world: &mut World, query: &str| {
        world.does(Action::Panel(PanelAction::Searched(query.to_owned())));
        let panel = &world.state.editor.as_ref().unwrap().panel;
        let document = world.document();
        (panel.matches(&document).len(), panel.understood(&document))
    };
    let words = |words: &str, more: &str| {
        Some(format!("Words “{words}”, in the text and the marks.{more}"))
    };
    for query in [
        "Last words:",
        "last words: he",
        "said:",
        "Note:",
        "Note: cafe\u{301}",
    ] {
        assert_eq!(found(&mut world, query), (1, words(query, "")));
    }
    let no_field = " No field is called “said”.";
    assert_eq!(
        found(&mut world, "said:yes"),
        (1, words("said:yes", no_field))
    );
    assert_eq!(found(&mut world, "10:30").0, 1);
    assert_eq!(found(&mut world, "has no chance"), (1, None));
    // A field that there is filters the marks; in quotation marks it is words.
    let filter = |words: &str| Some(format!("Marks with: {words}."));
    assert_eq!(found(&mut world, "tag:actor"), (0, filter("tag “actor”")));
    assert_eq!(
        found(&mut world, "\"tag:actor\""),
        (1, words("tag:actor", ""))
    );
    assert_eq!(
        found(&mut world, "“tag:actor”"),
        (1, words("tag:actor", ""))
    );
    let asked = "words is:flagged has no note";
    assert_eq!(
        found(&mut world, asked),
        (0, filter("flagged, no note, words “words”"))
    );
    assert_eq!(found(&mut world, "words"), (1, None));
    assert_eq!(found(&mut world, ""), (0, None));
}

/// The codebook in the bytes of a file, as the browser hands it to the app.
fn codebook_read(name: &str, bytes: &[u8]) -> Option<Result<Rc<Codebook>, String>> {
    let read = codebook_in_file(bytes)?;
    Some(read.map_err(|error| not_opened(name, &error)))
}
