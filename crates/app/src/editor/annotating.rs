//! What is said of marks: answers, links, who is who; and the same for many marks at once.

use crate::action::Action;
use crate::codebook::action::CodebookAction;
use crate::codebook::codebook_edit::{CodebookEdit, CodebookEditError};
use crate::codebook::pending_edit::PendingEdit;
use crate::editor::action::EntityAction;
use crate::editor::action::HistoryAction;
use crate::editor::action::LedgerAction;
use crate::editor::action::MarkAction;
use crate::editor::action::ReviewAction;
use crate::editor::action::SelectionAction;
use crate::editor::state::{Editor, Linking, Mode, Review, Selection};
use crate::editor::view::fields::{FieldKind, candidates, fields, pressed_at};
use crate::editor::view::ledger::sorted_ledger;
use crate::editor::view::mark_rows::RowList;
use crate::effect::Effect;
use crate::notice::Offer;
use crate::route::Route;
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::analysis::ledger::{to_csv, to_tsv};
use pullquote_core::analysis::occurrences::WordMatching;
use pullquote_core::edit::commands::marks::CommandError;
use pullquote_core::edit::commands::recoding::Recoding;
use pullquote_core::edit::commands::{bulk, entities, recode, relations, spans};
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::text::span::Span;
use pullquote_formats::codebook_file::{CODEBOOK, write_codebook};
use pullquote_formats::file_name::file_name;

use std::rc::Rc;

impl State {
    /// What an action does that says more of marks; the others are of `at_desk`.
    pub(crate) fn saying(&mut self, editor: &Editor, action: Action, stamp: Stamp) {
        let document = editor.document();
        let now = stamp.now;
        match action {
            Action::Selection(SelectionAction::Escaped) => self.escaped(editor),
            Action::Mark(MarkAction::TagArmed(tag)) => self.arm(editor, tag),
            Action::Mark(MarkAction::AnswerGiven {
                id,
                attribute,
                value,
            }) => {
                let step = relations::answer(document, id, &attribute, value, now);
                let done = self.done_with(editor);
                self.step(&done, step, stamp);
            }
            Action::Mark(MarkAction::QuestionAnswered { question, value }) => {
                let step = relations::answer_question(document, &question, value);
                self.step(editor, step, stamp);
            }
            Action::Mark(MarkAction::FieldKeyPressed { index: number }) => {
                self.field_keyed(editor, number, stamp)
            }
            Action::Mark(MarkAction::RelationStarted {
                id: mark,
                kind,
                backwards: back,
            }) => {
                let linking = Linking { mark, kind, back };
                self.begin(editor, Mode::Linking(linking));
            }
            Action::Mark(MarkAction::RelationCompleted(other)) => self.link(editor, other, stamp),
            Action::Mark(MarkAction::RelationDeleted(id)) => {
                self.step(editor, relations::unrelate(document, id), stamp)
            }
            Action::Mark(MarkAction::SpanRequested) => {
                self.begin(editor, Mode::Piecing);
                self.announce("Select the words that belong to it too");
            }
            Action::Mark(MarkAction::SpanRemoved { id, index: place }) => {
                let step = spans::remove_span(document, id, place, now);
                self.step(editor, step, stamp);
            }
            Action::Review(ReviewAction::OccurrencesCounted(id)) => {
                let review = review_of(editor, id);
                let more = Some((id, review.places(document).len()));
                self.editor = Some(Rc::new(Editor {
                    more,
                    ..editor.clone()
                }));
            }
            Action::Review(ReviewAction::Started(id)) => {
                let review = review_of(editor, id);
                self.begin(editor, Mode::Reviewing(review));
                self.open_panel();
            }
            Action::Review(ReviewAction::MatchingChanged { words, aliases }) => {
                self.review(editor, |review| {
                    review.words = words;
                    review.aliases = aliases;
                })
            }
            Action::Review(ReviewAction::OccurrenceToggled {
                start: place,
                wanted,
            }) => self.review(editor, |review| {
                match (review.unwanted.binary_search(&place), wanted) {
                    (Ok(at), true) => drop(review.unwanted.remove(at)),
                    (Err(at), false) => review.unwanted.insert(at, place),
                    _ => {}
                }
            }),
            Action::Review(ReviewAction::AllToggled { wanted }) => self.review(editor, |review| {
                let places = review.places(document);
                let none = places.iter().map(|span| span.start().0).collect();
                review.unwanted = if wanted { Vec::new() } else { none };
            }),
            Action::Review(ReviewAction::Accepted) => self.take_places(editor, stamp),
            Action::Mark(MarkAction::ListedRetagged(tag)) => {
                let marks = listed(editor);
                let step = bulk::retag_all(document, &marks, &tag, now);
                let said = step
                    .as_ref()
                    .map(|step| step.name.clone())
                    .unwrap_or_default();
                self.step_with_notice(editor, step, format!("Done: {said}."), stamp);
            }
            Action::Mark(MarkAction::ListedDeleted) => {
                let marks = listed(editor);
                let count = marks.len();
                let step = bulk::delete_all(document, &marks);
                let sentence = format!("{} deleted.", counted(count, "mark was", "marks were"));
                self.step_with_notice(editor, step, sentence, stamp);
            }
            Action::Entity(EntityAction::Assigned {
                entity: member,
                name,
                marks,
            }) => {
                let step =
                    entities::assign_entity(document, member, stamp.id(0), &name, &marks, now);
                self.step(editor, step, stamp);
            }
            Action::Entity(EntityAction::Detached(marks)) => self.step(
                editor,
                entities::detach_from_entity(document, &marks, now),
                stamp,
            ),
            Action::Entity(EntityAction::KeptApart { one, other }) => {
                let mut editor = editor.clone();
                editor.apart.push((one.min(other), one.max(other)));
                self.editor = Some(Rc::new(editor));
                let again = Offer::new(
                    "Ask again",
                    Action::Entity(EntityAction::AskedAgain { one, other }),
                );
                let sentence = "They are kept apart while this article is open.".to_owned();
                self.notify(false, sentence, vec![again]);
            }
            Action::Entity(EntityAction::AskedAgain { one, other }) => {
                let mut editor = editor.clone();
                let pair = (one.min(other), one.max(other));
                editor.apart.retain(|it| *it != pair);
                self.editor = Some(Rc::new(editor));
            }
            Action::Entity(EntityAction::Deleted(id)) => {
                self.step(editor, entities::delete_entity(document, id), stamp)
            }
            Action::Entity(EntityAction::Renamed { id, name }) => {
                self.step(editor, entities::rename_entity(document, id, &name), stamp);
            }
            Action::Entity(EntityAction::ReferenceSet { id, reference }) => {
                self.step(
                    editor,
                    entities::set_entity_reference(document, id, &reference),
                    stamp,
                );
            }
            Action::Selection(SelectionAction::MarkStepped { marks, forward }) => {
                self.walk(editor, &marks, forward)
            }
            Action::Ledger(LedgerAction::TagChosen(tag)) => self.with_panel(editor, |panel| {
                panel.table = Some(tag);
                panel.sorted = None;
                panel.filter.clear();
            }),
            Action::Ledger(LedgerAction::Sorted(name)) => self.with_panel(editor, |panel| {
                panel.sorted = match panel.sorted.take() {
                    Some((other, false)) if other == name => Some((name, true)),
                    Some((other, true)) if other == name => None,
                    _ => Some((name, false)),
                };
            }),
            Action::Ledger(LedgerAction::Filtered(filter)) => {
                self.with_panel(editor, |panel| panel.filter = filter);
            }
            Action::Ledger(LedgerAction::Copied) => {
                let (_, table) = sorted_ledger(editor.shown(), &editor.panel);
                self.request(Effect::Copy(to_tsv(&table)));
            }
            Action::Ledger(LedgerAction::Exported) => {
                let document = editor.shown();
                let (tag, table) = sorted_ledger(document, &editor.panel);
                let name = document.codebook().tag(&tag);
                let name = name.map(|tag| tag.name.as_str()).unwrap_or_default();
                let title = format!("{} {name}", document.article().title);
                let name = file_name(&title, "csv");
                let csv = to_csv(document, &table);
                self.request(Effect::Download(name, "text/csv", csv));
            }
            Action::Selection(SelectionAction::FoundStepped { forward }) => {
                self.find_next(editor, forward)
            }
            Action::Codebook(CodebookAction::Edited(change)) => {
                let editor = &Editor {
                    pending_edit: None,
                    ..editor.clone()
                };
                self.editor = Some(Rc::new(editor.clone()));
                self.edit_book(editor, &change, stamp);
            }
            Action::Codebook(CodebookAction::DecisionMade { part, decision }) => {
                let pending = editor.pending_edit.clone();
                self.editor = Some(Rc::new(Editor {
                    pending_edit: pending.map(|it| it.with(part, decision)),
                    ..editor.clone()
                }));
            }
            Action::Codebook(CodebookAction::Confirmed) => self.confirm_edit(editor, stamp),
            Action::Codebook(CodebookAction::Cancelled) => {
                self.editor = Some(Rc::new(Editor {
                    pending_edit: None,
                    ..editor.clone()
                }));
                self.announce("Nothing was changed");
            }
            Action::Codebook(CodebookAction::DefaultChosen { this_one: this }) => {
                let book = this.then(|| document.codebook().clone());
                self.default_codebook.clone_from(&book);
                self.request(Effect::KeepCodebook(book));
                self.announce(if this {
                    "New articles begin with this codebook"
                } else {
                    "New articles begin with the codebook of the news"
                });
            }
            Action::Codebook(CodebookAction::Exported) => {
                let book = editor.shown().codebook();
                let name = file_name(&book.name, CODEBOOK);
                let text = write_codebook(book);
                self.request(Effect::Download(name, "application/json", text));
            }
            _ => {}
        }
    }

    /// Does a step that is told of, with the way back while nothing came after it.
    pub(crate) fn step_with_notice(
        &mut self,
        editor: &Editor,
        step: Result<Transaction, CommandError>,
        sentence: String,
        stamp: Stamp,
    ) {
        let before = editor.history.number();
        self.step(editor, step, stamp);
        let after = self.editor.as_ref().map(|editor| editor.history.number());
        if let Some(after) = after.filter(|after| *after != before) {
            let undo = Action::History(HistoryAction::UndoOf {
                article: editor.document().article().id,
                number: after,
            });
            self.notify(false, sentence, vec![Offer::new("Undo", undo)]);
        }
    }

    fn begin(&mut self, editor: &Editor, mode: Mode) {
        self.editor = Some(Rc::new(Editor {
            mode,
            history: editor.history.settled(),
            ..editor.clone()
        }));
    }

    /// What was being done is done, whatever becomes of its step.
    pub(crate) fn done_with(&mut self, editor: &Editor) -> Editor {
        let done = Editor {
            mode: Mode::Nothing,
            ..editor.clone()
        };
        self.editor = Some(Rc::new(done.clone()));
        done
    }

    fn open_panel(&mut self) {
        if let Some(editor) = self.editor.clone() {
            self.with_panel(&editor, |panel| panel.open = true);
        }
    }

    /// Escape leaves what is being done, then the card, then the armed tag. The place of the
    /// keys outlives the card: the arrows go on from there until the next Escape, and Enter
    /// comes back to it.
    fn escaped(&mut self, editor: &Editor) {
        if editor.mode != Mode::Nothing {
            return self.begin(editor, Mode::Nothing);
        }
        if editor.selection != Selection::Nothing {
            let place = editor.words_in_hand().or(editor.place);
            self.choose(editor, Selection::Nothing);
            if let Some(after) = &mut self.editor {
                let after = Rc::make_mut(after);
                after.by_keys = editor.by_keys;
                after.place = place;
            }
            return;
        }
        if editor.armed.is_some() {
            return self.arm(editor, None);
        }
        if editor.by_keys {
            self.editor = Some(Rc::new(Editor {
                by_keys: false,
                ..editor.clone()
            }));
        }
    }

    fn arm(&mut self, editor: &Editor, tag: Option<Slug>) {
        let name = tag
            .as_ref()
            .and_then(|tag| editor.document().codebook().tag(tag));
        let said = match name {
            Some(tag) => format!(
                "Every sweep is tagged as {} until you press Escape",
                tag.name
            ),
            None => "Sweeps are not tagged any more".to_owned(),
        };
        self.announce(said);
        self.editor = Some(Rc::new(Editor {
            armed: tag,
            selection: Selection::Nothing,
            mode: Mode::Nothing,
            ..editor.clone()
        }));
    }

    /// A digit: of a field of the card, or of an answer to the one that was asked for.
    fn field_keyed(&mut self, editor: &Editor, number: usize, stamp: Stamp) {
        let Some(mark) = editor.chosen() else { return };
        let fields = fields(editor.document(), mark);
        let Some(place) = number.checked_sub(1) else {
            return self.begin(editor, Mode::Nothing);
        };
        if let Mode::Asked(asked) = editor.mode {
            let Some(FieldKind::Answer { attribute, value }) =
                fields.get(asked).map(|field| &field.kind)
            else {
                return self.begin(editor, Mode::Nothing);
            };
            if let Some(answer) = pressed_at(attribute, value.as_ref(), place) {
                let answer = Action::Mark(MarkAction::AnswerGiven {
                    id: mark.id,
                    attribute: attribute.id.clone(),
                    value: answer,
                });
                self.saying(editor, answer, stamp);
            }
            return;
        }
        match fields.get(place).map(|field| &field.kind) {
            Some(FieldKind::Link { kind, .. }) => {
                let begun = Action::Mark(MarkAction::RelationStarted {
                    id: mark.id,
                    kind: kind.id.clone(),
                    backwards: false,
                });
                self.saying(editor, begun, stamp);
            }
            Some(FieldKind::Answer { .. }) => self.begin(editor, Mode::Asked(place)),
            None => {}
        }
    }

    /// The other end of the link that is being made.
    pub(crate) fn link(&mut self, editor: &Editor, other: Id, stamp: Stamp) {
        let Mode::Linking(linking) = &editor.mode else {
            return;
        };
        let document = editor.document();
        let (from, to) = if linking.back {
            (other, linking.mark)
        } else {
            (linking.mark, other)
        };
        let all = candidates(document, linking, "");
        if !all.iter().any(|it| it.marks.contains(&other)) {
            let kind = document.codebook().relation(&linking.kind);
            let name = kind.map(|kind| kind.name.clone()).unwrap_or_default();
            return self.announce(format!("That mark cannot be “{name}” of this one"));
        }
        let step = relations::relate(document, stamp.id(0), &linking.kind, from, to);
        let done = self.done_with(editor);
        self.step(&done, step, stamp);
    }

    fn review(&mut self, editor: &Editor, change: impl FnOnce(&mut Review)) {
        if let Mode::Reviewing(review) = &editor.mode {
            let mut review = review.clone();
            change(&mut review);
            self.begin(editor, Mode::Reviewing(review));
        }
    }

    fn take_places(&mut self, editor: &Editor, stamp: Stamp) {
        let Mode::Reviewing(review) = &editor.mode else {
            return;
        };
        let places = review.places(editor.document()).into_iter();
        let wanted = places.filter(|span| review.unwanted.binary_search(&span.start().0).is_err());
        let spans: Vec<(Id, Span)> = (0..).map(|number| stamp.id(number)).zip(wanted).collect();
        let step = bulk::mark_as(editor.document(), review.like, &spans, stamp.now);
        let done = self.done_with(editor);
        let places = counted(spans.len(), "more place was", "more places were");
        self.step_with_notice(&done, step, format!("{places} tagged."), stamp);
    }

    /// The next of these marks after the chosen one, or the one before; round at the ends.
    fn walk(&mut self, editor: &Editor, marks: &[Id], forward: bool) {
        if marks.is_empty() {
            return;
        }
        let at = match &editor.selection {
            Selection::Marks { at, .. } => marks.iter().position(|id| id == at),
            _ => None,
        };
        let next = match (at, forward) {
            (Some(at), true) => (at + 1) % marks.len(),
            (Some(at), false) => (at + marks.len() - 1) % marks.len(),
            (None, true) => 0,
            (None, false) => marks.len() - 1,
        };
        self.chosen(editor, marks[next], true);
    }

    /// The next place in the text of what is searched for: its words are swept.
    fn find_next(&mut self, editor: &Editor, forward: bool) {
        let document = editor.document();
        let places = editor.panel.places(document);
        let Some(last) = places.len().checked_sub(1) else {
            // A question about the marks: they are walked.
            let marks = listed(editor);
            if marks.is_empty() {
                return self.announce("Neither the article nor a mark has this");
            }
            return self.walk(editor, &marks, forward);
        };
        let next = match (editor.panel.found, forward) {
            (Some(at), true) if at < last => at + 1,
            (Some(0) | None, false) => last,
            (Some(at), false) => at.min(last + 1) - 1,
            _ => 0,
        };
        self.choose_by_keys(editor, places[next]);
        if let Some(editor) = self.editor.clone() {
            self.with_panel(&editor, |panel| panel.found = Some(next));
        }
        self.announce(format!("{} of {}", next + 1, last + 1));
    }

    pub(crate) fn reveal_words(
        &mut self,
        document: &pullquote_core::model::document::Document,
        span: Span,
    ) {
        let offsets = document.article().offsets();
        let ends = offsets.utf16(span.start()).zip(offsets.utf16(span.end()));
        if let Some((start, end)) = ends {
            self.request(Effect::RevealWords(start..end));
        }
    }

    /// Changes the codebook; a change that would delete something waits for decisions.
    fn edit_book(&mut self, editor: &Editor, change: &CodebookEdit, stamp: Stamp) {
        let document = editor.document();
        let edited = match change.apply(document.codebook()) {
            Ok(edited) => edited,
            Err(error) => return self.not_edited(editor, change, error),
        };
        if !edited.recoding.at_risk(document).is_empty() {
            let pending = Some(PendingEdit::new(change.clone()));
            self.editor = Some(Rc::new(Editor {
                pending_edit: pending,
                ..editor.clone()
            }));
            self.announce("Decide first what is kept and what is deleted");
            // It is decided on the codebook's screen, wherever the change came from.
            let route = Route::Codebook(document.article().id);
            if self.route != route {
                self.request(Effect::Go(route));
            }
            return;
        }
        self.recode(editor, change, &edited.recoding, &edited.name, stamp);
        if let Some(near) = edited.near {
            let sentence = format!("There is the tag “{near}” as well.");
            self.notify(false, sentence, Vec::new());
        }
    }

    /// Makes the change that waits, as it was decided.
    fn confirm_edit(&mut self, editor: &Editor, stamp: Stamp) {
        let Some(pending) = &editor.pending_edit else {
            return;
        };
        let editor = &Editor {
            pending_edit: None,
            ..editor.clone()
        };
        self.editor = Some(Rc::new(editor.clone()));
        let document = editor.document();
        let resolved = pending.resolved(document).and_then(|(_, recoding)| {
            let name = pending.change.apply(document.codebook())?.name;
            Ok((recoding, name))
        });
        match resolved {
            Ok((recoding, name)) => self.recode(editor, &pending.change, &recoding, &name, stamp),
            Err(error) => self.not_edited(editor, &pending.change, error),
        }
    }

    fn recode(
        &mut self,
        editor: &Editor,
        change: &CodebookEdit,
        recoding: &Recoding,
        name: &str,
        stamp: Stamp,
    ) {
        let document = editor.document();
        let recoded = recode::recode(document, recoding, name, stamp.now);
        let (step, losses) = match recoded {
            Ok(recoded) => recoded,
            Err(error) => return self.step(editor, Err(error), stamp),
        };
        let is_told = !losses.is_none() || matches!(change, CodebookEdit::Use(_));
        if is_told {
            let done = change.done(document.codebook());
            let said = format!("{done} {}", losses.sentence());
            self.step_with_notice(editor, Ok(step), said.trim_end().to_owned(), stamp);
        } else {
            self.step(editor, Ok(step), stamp);
        }
    }

    /// Says why a change of the codebook was not made.
    fn not_edited(&mut self, editor: &Editor, change: &CodebookEdit, error: CodebookEditError) {
        match error {
            CodebookEditError::Same => {
                if let CodebookEdit::Use(book) = change {
                    let sentence = format!("This article already uses “{}”.", book.name);
                    self.notify(false, sentence, Vec::new());
                }
            }
            CodebookEditError::Wrong(sentence) => self.notify(true, sentence, Vec::new()),
            CodebookEditError::Near(near) => {
                let near = editor.document().codebook().tag(&near);
                let near = near.map(|tag| tag.name.clone()).unwrap_or_default();
                let CodebookEdit::NewTag(name, _) = change else {
                    return;
                };
                let sure = CodebookEdit::NewTag(name.clone(), true);
                let sure = Action::Codebook(CodebookAction::Edited(Box::new(sure)));
                let sentence = format!("“{near}” already exists. Create “{name}” anyway?");
                self.notify(false, sentence, vec![Offer::new("Create it", sure)]);
            }
        }
    }

    pub(crate) fn copied_text(&mut self, result: Result<(), String>) {
        match result {
            Ok(()) => self.announce("Copied"),
            Err(reason) => {
                let sentence = format!("It was not copied: {reason}");
                self.notify(true, sentence, Vec::new());
            }
        }
    }
}

/// The places like a mark, as they are first looked for. What has no small letter, as *US*,
/// is meant so.
fn review_of(editor: &Editor, id: Id) -> Review {
    let document = editor.document();
    let quote = document
        .annotation(id)
        .map(|mark| mark.quote(document.article()));
    let quote = quote.unwrap_or_default();
    let same_case = quote.chars().any(char::is_uppercase) && !quote.chars().any(char::is_lowercase);
    let words = WordMatching {
        same_case,
        ..WordMatching::default()
    };
    Review {
        like: id,
        words,
        aliases: false,
        unwanted: Vec::new(),
    }
}

/// The marks that the list shows.
pub(crate) fn listed(editor: &Editor) -> Vec<Id> {
    let list = RowList::default().next(editor.document(), &editor.panel);
    (0..list.len()).filter_map(|place| list.id(place)).collect()
}

fn counted(count: usize, one: &str, more: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {more}"),
    }
}
