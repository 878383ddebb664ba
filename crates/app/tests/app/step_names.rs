//! The names of steps: as sentences, in the storage, and as they were stored before they were
//! values.

use crate::saving::stored;
use crate::world::World;
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::codebook::codebook_edit::CodebookEdit;
use pullquote_app::editor::action::{
    EntityAction, HistoryAction, MarkAction, PanelAction, ReviewAction, SelectionAction,
};
use pullquote_app::library::action::LibraryAction;
use pullquote_app::messages::step_names::step_name;
use pullquote_app::route::Route;
use pullquote_core::edit::commands::marks::MarkEnd;
use pullquote_core::edit::commands::recoding::Decision;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::EntryKind;
use pullquote_core::edit::step_name::StepName;
use pullquote_core::model::codebook::{Codebook, RelationKind, Tag};
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::model::value::{Attribute, AttributeKind, Number, PartialDate, Value};
use pullquote_core::text::snapping::MoveDirection;

use std::rc::Rc;

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn tag(id: &str, name: &str, colour: &str, key: char, attributes: Vec<Attribute>) -> Tag {
    Tag {
        id: slug(id),
        name: name.to_owned(),
        colour: colour.parse().unwrap(),
        key: Some(key),
        definition: String::new(),
        include: String::new(),
        exclude: String::new(),
        example: String::new(),
        is_cast: id == "person",
        attributes,
    }
}

fn asks(id: &str, name: &str, kind: AttributeKind) -> Attribute {
    Attribute {
        id: slug(id),
        name: name.to_owned(),
        help: String::new(),
        kind,
        required: false,
    }
}

fn book(name: &str) -> Codebook {
    let role = AttributeKind::OneOf(vec!["speaker".into(), "guest".into()]);
    let tongues = AttributeKind::ManyOf(vec!["اردو".into(), "English".into(), "日本語".into()]);
    let kind = |id: &str, name: &str, from: &str, to: &str| RelationKind {
        id: slug(id),
        name: name.to_owned(),
        from: vec![slug(from)],
        to: vec![slug(to)],
        required: false,
    };
    Codebook::new(
        name.to_owned(),
        "1".to_owned(),
        String::new(),
        vec![
            tag(
                "person",
                "Person",
                "#0b5fa5",
                'p',
                vec![
                    asks("role", "Role", role),
                    asks("tongues", "Tongues", tongues),
                    asks("since", "Since", AttributeKind::Date),
                    asks("age", "Age", AttributeKind::Number),
                    asks("quoted", "Quoted", AttributeKind::YesNo),
                    asks("remark", "Remark", AttributeKind::Text),
                ],
            ),
            tag("place", "Place", "#0f7b3f", 'l', vec![]),
            tag("promise", "Promise 🤝", "#a5330b", 'o', vec![]),
        ],
        vec![
            kind("made-by", "made by", "promise", "person"),
            kind("near", "near", "person", "place"),
        ],
        vec![asks("kind", "Kind of text", AttributeKind::Text)],
    )
    .unwrap()
}

const TEXT: &str = "Bakery 🥐 opens\n\nBaker Lina Oduya promised fresh bread by six. Oduya and her sister کاریگر نسرین خان met at Mill Lane; Lina waved. Cafe\u{301} talk at Mill Lane, 港町.";

/// A tab in which an article is coded step by step.
struct Script {
    world: World,
    article: Id,
}

impl Script {
    /// Does every kind of step, as the fixture was made: the last is in the pending log only.
    fn done() -> Self {
        let mut world = World::new();
        let codebook = Rc::new(book("Small"));
        world.default_codebook = Some(codebook.clone());
        world.does(Action::Codebook(CodebookAction::DefaultRead(Some(
            codebook,
        ))));
        world.does(Action::Library(LibraryAction::TextPasted(TEXT.to_owned())));
        let article = world.document().article().id;
        let mut script = Self { world, article };
        script.marks();
        script.notes_and_spans();
        script.answers();
        script.relations();
        script.cast();
        script.many_at_once();
        script.one_mark();
        script.codebook();
        script.earlier_states();
        script.backup();
        script.world.sweep("Oduya and", true);
        script
            .world
            .act(Action::Mark(MarkAction::TagGiven(slug("person"))));
        script.world.carry_out_all();
        assert!(script.world.alarms().is_empty());
        script
    }

    /// Tags words.
    fn marks(&mut self) {
        self.mark("Baker Lina Oduya", "person");
        self.mark("fresh bread by six", "promise");
        self.mark("Mill Lane", "place");
        self.mark("کاریگر نسرین خان", "person");
        self.mark("Bakery 🥐", "place");
        self.mark("港町", "place");
        self.mark(
            "Baker Lina Oduya promised fresh bread by six. Oduya",
            "promise",
        );
    }

    /// Notes, flags, spans and their ends.
    fn notes_and_spans(&mut self) {
        let lina = self.id("Baker Lina Oduya");
        let bread = self.id("fresh bread by six");
        let mill = self.id("Mill Lane");
        let khan = self.id("کاریگر نسرین خان");
        self.world.does(Action::Mark(MarkAction::NoteFocused(khan)));
        self.world.does(Action::Mark(MarkAction::NoteWritten {
            id: khan,
            note: "نان 🍞".to_owned(),
        }));
        self.does(Action::Mark(MarkAction::NoteWritten {
            id: khan,
            note: "نان 🍞 ok".to_owned(),
        }));
        self.does(Action::Mark(MarkAction::FlagToggled(khan)));
        self.does(Action::Mark(MarkAction::FlagToggled(khan)));
        self.does(Action::Mark(MarkAction::FlagToggled(mill)));
        self.does(Action::Selection(SelectionAction::MarkChosen {
            id: lina,
            goes_there: false,
        }));
        self.more("Lina waved");
        self.does(Action::Mark(MarkAction::SpanRemoved { id: lina, index: 1 }));
        self.does(Action::Selection(SelectionAction::MarkChosen {
            id: bread,
            goes_there: false,
        }));
        self.does(Action::Mark(MarkAction::EndStepped {
            index: None,
            end: MarkEnd::End,
            direction: MoveDirection::Back,
        }));
        self.does(Action::Mark(MarkAction::EndStepped {
            index: None,
            end: MarkEnd::Start,
            direction: MoveDirection::Forward,
        }));
        self.does(Action::Mark(MarkAction::EndStepped {
            index: None,
            end: MarkEnd::End,
            direction: MoveDirection::Forward,
        }));
    }

    /// Answers of a mark and of the article.
    fn answers(&mut self) {
        let lina = self.id("Baker Lina Oduya");
        let answer = |name: &str, value| {
            Action::Mark(MarkAction::AnswerGiven {
                id: lina,
                attribute: slug(name),
                value,
            })
        };
        self.does(answer("role", Some(Value::One("speaker".into()))));
        self.does(answer(
            "tongues",
            Some(Value::Many(vec!["اردو".into(), "日本語".into()])),
        ));
        self.does(answer(
            "since",
            Some(Value::Date(PartialDate::new("2019-05").unwrap())),
        ));
        self.does(answer(
            "age",
            Some(Value::Number(Number::new(41.5).unwrap())),
        ));
        self.does(answer("quoted", Some(Value::YesNo(false))));
        self.world
            .does(answer("remark", Some(Value::Text("laughs 😄".to_owned()))));
        self.does(answer(
            "remark",
            Some(Value::Text("laughs 😄\n twice".to_owned())),
        ));
        self.does(answer("age", None));
        self.does(Action::Mark(MarkAction::QuestionAnswered {
            question: slug("kind"),
            value: Some(Value::Text("report\nshort".to_owned())),
        }));
        self.does(Action::Mark(MarkAction::QuestionAnswered {
            question: slug("kind"),
            value: None,
        }));
    }

    /// Links marks, and unlinks two.
    fn relations(&mut self) {
        let lina = self.id("Baker Lina Oduya");
        let bread = self.id("bread by six");
        let mill = self.id("Mill Lane");
        let khan = self.id("کاریگر نسرین خان");
        self.does(Action::Mark(MarkAction::RelationStarted {
            id: bread,
            kind: slug("made-by"),
            backwards: false,
        }));
        self.does(Action::Mark(MarkAction::RelationCompleted(lina)));
        self.does(Action::Mark(MarkAction::RelationStarted {
            id: lina,
            kind: slug("near"),
            backwards: false,
        }));
        self.does(Action::Mark(MarkAction::RelationCompleted(mill)));
        self.does(Action::Mark(MarkAction::RelationStarted {
            id: khan,
            kind: slug("near"),
            backwards: false,
        }));
        self.does(Action::Mark(MarkAction::RelationCompleted(mill)));
        let relation = self
            .world
            .document()
            .relations()
            .iter()
            .find(|relation| relation.from == khan)
            .unwrap()
            .id;
        self.does(Action::Mark(MarkAction::RelationDeleted(relation)));
    }

    /// Makes, changes and deletes members of the cast.
    fn cast(&mut self) {
        let lina = self.id("Baker Lina Oduya");
        let khan = self.id("کاریگر نسرین خان");
        self.mark("her sister", "person");
        let sister = self.id("her sister");
        self.does(Action::Entity(EntityAction::Assigned {
            entity: None,
            name: "Nasrin Khan نسرین".to_owned(),
            marks: vec![khan, sister],
        }));
        let member = self.world.document().entities().iter().next().unwrap().id;
        self.does(Action::Entity(EntityAction::Renamed {
            id: member,
            name: "Nasrin 👩‍🍳".to_owned(),
        }));
        self.does(Action::Entity(EntityAction::ReferenceSet {
            id: member,
            reference: "Q0".to_owned(),
        }));
        self.does(Action::Entity(EntityAction::Assigned {
            entity: None,
            name: "Lina".to_owned(),
            marks: vec![lina],
        }));
        self.does(Action::Entity(EntityAction::Detached(vec![sister])));
        self.does(Action::Mark(MarkAction::Deleted(lina)));
        let document = self.world.document();
        let member = document
            .entities()
            .iter()
            .find(|entity| entity.name == "Lina")
            .unwrap()
            .id;
        self.does(Action::Entity(EntityAction::Deleted(member)));
        self.does(Action::History(HistoryAction::Undo));
        self.does(Action::History(HistoryAction::Undo));
    }

    /// Changes several marks in one step.
    fn many_at_once(&mut self) {
        let mill = self.id("Mill Lane");
        self.mark("Oduya", "person");
        self.does(Action::Review(ReviewAction::Started(mill)));
        self.does(Action::Review(ReviewAction::Accepted));
        self.does(Action::Selection(SelectionAction::Cleared));
        self.does(Action::Panel(PanelAction::Filtered(Some(slug("place")))));
        self.does(Action::Panel(PanelAction::Searched("Mill Lane".to_owned())));
        self.does(Action::Mark(MarkAction::ListedRetagged(slug("promise"))));
        self.does(Action::History(HistoryAction::Undo));
        self.does(Action::History(HistoryAction::Redo));
        self.does(Action::Panel(PanelAction::Searched(String::new())));
        self.does(Action::Panel(PanelAction::Filtered(Some(slug("promise")))));
        self.does(Action::Panel(PanelAction::Searched("bread".to_owned())));
        self.does(Action::Mark(MarkAction::ListedDeleted));
        self.does(Action::History(HistoryAction::Undo));
        self.does(Action::Panel(PanelAction::Searched(String::new())));
        self.does(Action::Panel(PanelAction::Filtered(None)));
    }

    /// Changes and deletes a mark with what belongs to it.
    fn one_mark(&mut self) {
        let lina = self.id("Baker Lina Oduya");
        let article = self.article;
        self.does(Action::Selection(SelectionAction::MarkChosen {
            id: lina,
            goes_there: false,
        }));
        self.does(Action::Mark(MarkAction::TagGiven(slug("place"))));
        self.does(Action::History(HistoryAction::Undo));
        self.does(Action::Mark(MarkAction::Deleted(lina)));
        self.does(Action::History(HistoryAction::Undo));
        self.does(Action::Mark(MarkAction::Deleted(self.id("港町"))));
        self.does(Action::Library(LibraryAction::ArticleRenamed {
            id: article,
            title: "خبر 🥐 of the bakery".to_owned(),
        }));
    }

    /// Changes the codebook.
    fn codebook(&mut self) {
        self.edit(CodebookEdit::Describe {
            name: "Small 📗".to_owned(),
            version: "2".to_owned(),
            guide: "Read twice.".to_owned(),
        });
        self.edit(CodebookEdit::NewTag {
            name: "واقعہ".to_owned(),
            confirmed: true,
        });
        self.edit(CodebookEdit::NewTag {
            name: "Thing".to_owned(),
            confirmed: true,
        });
        let tags = self.world.document().codebook().tags().to_vec();
        let thing = tags.iter().find(|tag| tag.name == "Thing").unwrap().clone();
        self.edit(CodebookEdit::ChangeTag(Box::new(Tag {
            name: "Thing 🧺".to_owned(),
            ..(*thing).clone()
        })));
        self.edit(CodebookEdit::MoveTag {
            tag: thing.id.clone(),
            index: 0,
        });
        self.mark("waved", thing.id.as_str());
        self.edit(CodebookEdit::DeleteTag(thing.id.clone()));
        self.does(Action::Codebook(CodebookAction::Confirmed));
        self.edit(CodebookEdit::NewRelation("same as".to_owned()));
        let kinds = self.world.document().codebook().relations().to_vec();
        let kind = kinds.last().unwrap().clone();
        self.edit(CodebookEdit::ChangeRelation(RelationKind {
            name: "wie".to_owned(),
            ..kind.clone()
        }));
        self.edit(CodebookEdit::MoveRelation {
            kind: kind.id.clone(),
            index: 0,
        });
        self.edit(CodebookEdit::DeleteRelation(kind.id));
        self.edit(CodebookEdit::ChangeQuestions(Vec::new()));
        self.edit(CodebookEdit::MergeTags {
            from: slug("promise"),
            into: slug("place"),
        });
        self.edit(CodebookEdit::Use(Rc::new(book("Other 📙"))));
        let editor = self.world.state.editor.clone().unwrap();
        let pending = editor.pending_edit.as_ref().unwrap();
        for row in pending.resolved(editor.document()).unwrap().0 {
            let decided = Action::Codebook(CodebookAction::DecisionMade {
                part: row.risk.part,
                decision: Decision::Delete,
            });
            self.world.does(decided);
        }
        self.does(Action::Codebook(CodebookAction::Confirmed));
    }

    /// Changes the coder, and brings earlier states back.
    fn earlier_states(&mut self) {
        self.does(Action::History(HistoryAction::CoderNamed(
            "مریم 🖊".to_owned(),
        )));
        self.mark("bread", "promise");
        self.does(Action::History(HistoryAction::CoderNamed(String::new())));
        let number = self.history().number();
        self.does(Action::History(HistoryAction::PreviewShown(Some(
            number - 1,
        ))));
        self.does(Action::History(HistoryAction::PreviewRestored));
        self.does(Action::History(HistoryAction::PreviewShown(Some(
            self.history().number() - 2,
        ))));
        self.does(Action::History(HistoryAction::PreviewRestored));
        let number = self.history().number();
        self.does(Action::History(HistoryAction::PreviewShown(Some(number))));
        self.does(Action::History(HistoryAction::PreviewShown(Some(
            number - 1,
        ))));
        self.does(Action::History(HistoryAction::PreviewRestored));
        self.does(Action::History(HistoryAction::PreviewShown(Some(0))));
        self.does(Action::History(HistoryAction::PreviewRestored));
        self.does(Action::History(HistoryAction::Undo));
    }

    /// Restores a backup that has one more mark.
    fn backup(&mut self) {
        let article = self.article;
        let file = self.world.backup();
        let mut other = World::new();
        other.clock = self.world.clock;
        other.number = 3;
        other.opens_backup(file.as_bytes());
        other.does(Action::Backup(BackupAction::RestoreRequested));
        other.does(Action::RouteChanged(Route::Library));
        other.route = Route::Article(article);
        other.does(Action::RouteChanged(Route::Article(article)));
        other.sweep("six", true);
        other.tag("promise");
        let file = other.backup();
        self.world.clock = other.clock + 1000;
        self.world.restores(&file);
        self.world.does(Action::RouteChanged(Route::Library));
        self.world.route = Route::Article(article);
        self.world
            .does(Action::RouteChanged(Route::Article(article)));
        self.does(Action::Mark(MarkAction::Deleted(self.id("six"))));
        self.does(Action::History(HistoryAction::Undo));
        self.does(Action::History(HistoryAction::Undo));
        self.does(Action::History(HistoryAction::Redo));
    }

    fn history(&self) -> &History {
        &self.world.state.editor.as_ref().unwrap().history
    }

    fn id(&self, words: &str) -> Id {
        let document = self.world.document();
        let mut marks = document.annotations().iter();
        let mark = marks.find(|mark| mark.quote(document.article()) == words);
        mark.unwrap().id
    }

    fn mark(&mut self, words: &str, tag: &str) {
        self.world.sweep(words, true);
        self.world.tag(tag);
        self.world.does(Action::Mark(MarkAction::EditingFinished));
        self.world.does(Action::Selection(SelectionAction::Cleared));
    }

    fn does(&mut self, action: Action) {
        self.world.does(action);
        self.world.does(Action::Mark(MarkAction::EditingFinished));
    }

    fn edit(&mut self, edit: CodebookEdit) {
        self.does(Action::Codebook(CodebookAction::Edited(Box::new(edit))));
    }

    /// Sweeps these words as a further span of the chosen mark.
    fn more(&mut self, words: &str) {
        let document = self.world.document();
        let article = document.article();
        let start = article.text().find(words).unwrap();
        let span = article.span(start..start + words.len()).unwrap();
        let at = |byte| article.offsets().utf16(byte).unwrap();
        self.does(Action::Selection(SelectionAction::TextSelected {
            range: at(span.start())..at(span.end()),
            exact: true,
            more: true,
        }));
    }
}

/// The kind and the name of every step of an article.
fn names(history: &History) -> Vec<(EntryKind, String)> {
    let entries = history.entries().iter();
    entries
        .map(|entry| (entry.kind, step_name(&entry.step.name)))
        .collect()
}

/// The article of `tests/fixtures/storage-3.json`, which holds what [`Script`] did when names
/// were stored as sentences.
fn stored_as_sentences() -> World {
    let fixture = include_str!("../../../../tests/fixtures/storage-3.json");
    let store = stored(fixture);
    let lines = World::over(store.clone(), Route::Library);
    let article = lines.state.library.live()[0].id;
    World::over(store, Route::Article(article))
}

#[test]
fn names_stored_as_sentences_are_shown_as_before() {
    let world = stored_as_sentences();
    assert!(world.state.missing.is_none() && world.alarms().is_empty());
    let history = &world.state.editor.as_ref().unwrap().history;
    let is_text = |name: &StepName| matches!(name, StepName::Text(_));
    assert!(
        history
            .entries()
            .iter()
            .all(|entry| is_text(&entry.step.name))
    );
    // The sentences in the records, read without the reader.
    let records = world.store.map.borrow();
    let steps = records.iter().filter(|(key, _)| key.starts_with("step/"));
    let mut stored: Vec<(u64, String)> = steps
        .map(|(_, record)| {
            let (_, json) = record.split_once('\n').unwrap();
            let json: serde_json::Value = serde_json::from_str(json).unwrap();
            let name = json["name"].as_str().unwrap().to_owned();
            (json["number"].as_u64().unwrap(), name)
        })
        .collect();
    stored.sort();
    let stored: Vec<String> = stored.into_iter().map(|(_, name)| name).collect();
    let shown: Vec<String> = names(history).into_iter().map(|(_, name)| name).collect();
    assert!(stored.len() > 70);
    assert_eq!(shown, stored);
}

/// An old sentence in the words of today.
fn reworded(name: &str) -> String {
    let words = [
        ("bring back the state", "restore the version"),
        ("bring back the article", "restore the article"),
        ("add a piece to", "add a part to"),
        ("take a piece out of", "remove a part of"),
        ("make the ", "create the "),
        (
            "change what is asked of the article",
            "change the questions about the article",
        ),
    ];
    let name = words
        .iter()
        .fold(name.to_owned(), |name, (old, new)| name.replace(old, new));
    // "cast 2 marks as ‘x’", "part 2 marks from ‘x’", "call ‘x’ ‘y’".
    let kinds = [
        ("cast ", "group ", " as ", " under "),
        ("part ", "separate ", "", ""),
    ];
    for (old, new, from, to) in kinds {
        if let Some(index) = name.find(old).filter(|index| is_verb(&name, *index)) {
            let (head, rest) = name.split_at(index);
            let rest = rest[old.len()..].replacen("mark", "mention", 1);
            return format!("{head}{new}{}", rest.replacen(from, to, 1));
        }
    }
    match name.find("call ‘").filter(|index| is_verb(&name, *index)) {
        Some(index) => {
            let (head, rest) = name.split_at(index);
            format!(
                "{head}rename {}",
                rest["call ".len()..].replacen("’ ‘", "’ to ‘", 1)
            )
        }
        None => name,
    }
}

/// Whether a word at this index begins a step, alone or after "undo: ".
fn is_verb(name: &str, index: usize) -> bool {
    index == 0 || name[..index].ends_with(": ") || name[..index].ends_with('“')
}

#[test]
fn every_kind_of_step_has_the_name_that_it_had_as_a_sentence() {
    let before = stored_as_sentences();
    let before = names(&before.state.editor.as_ref().unwrap().history);
    let before: Vec<_> = before
        .into_iter()
        .map(|(at, name)| (at, reworded(&name)))
        .collect();
    let script = Script::done();
    assert_eq!(names(script.history()), before);
    let texts = script.history().entries().iter();
    let texts = texts.filter(|entry| matches!(*entry.step.name, StepName::Text(_)));
    assert_eq!(texts.count(), 0);
    // The storage gives the same values back.
    let done = step_values(script.history());
    let again = script.world.reopened();
    let history = &again.state.editor.as_ref().unwrap().history;
    assert_eq!(step_values(history), done);
}

fn step_values(history: &History) -> Vec<StepName> {
    let entries = history.entries().iter();
    entries.map(|entry| (*entry.step.name).clone()).collect()
}

#[test]
fn steps_stored_with_sentences_are_undone_and_gone_on_from() {
    let mut world = stored_as_sentences();
    let last = world.document();
    let mut undone = 0;
    while world.can_undo() {
        world.does(Action::History(HistoryAction::Undo));
        undone += 1;
    }
    assert!(undone > 40, "{undone}");
    assert!(world.document().annotations().is_empty());
    for _ in 0..undone {
        world.does(Action::History(HistoryAction::Redo));
    }
    assert_eq!(world.document(), last);
    world.sweep("waved", true);
    world.tag("person");
    let document = world.document();
    let mut world = world.reopened();
    assert_eq!(world.document(), document);
    assert!(world.store.keys_of("aside/").is_empty());
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.document(), last);
}
