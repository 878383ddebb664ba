//! What is said of marks: answers, links, who is who; and the same for many marks at once.

use crate::action::{Action, Stamp};
use crate::codebook::codebook_edit::{CodebookEdit, CodebookEditError};
use crate::codebook::pending_edit::PendingEdit;
use crate::editor::state::{Editor, Linking, Mode, Review, Selection};
use crate::editor::view::fields::{FieldKind, candidates, fields, pressed_at};
use crate::editor::view::ledger::sorted_ledger;
use crate::editor::view::mark_rows::RowList;
use crate::effect::Effect;
use crate::notice::Offer;
use crate::route::Route;
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
    pub(crate) fn saying(&mut self, desk: &Editor, action: Action, stamp: Stamp) {
        let document = desk.document();
        let now = stamp.now;
        match action {
            Action::Escaped => self.escaped(desk),
            Action::Armed(tag) => self.arm(desk, tag),
            Action::AnswerGiven(id, attribute, value) => {
                let step = relations::answer(document, id, &attribute, value, now);
                let done = self.done_with(desk);
                self.step(&done, step, stamp);
            }
            Action::QuestionAnswered(question, value) => {
                let step = relations::answer_question(document, &question, value);
                self.step(desk, step, stamp);
            }
            Action::FieldKeyed(number) => self.field_keyed(desk, number, stamp),
            Action::LinkBegun(mark, kind, back) => {
                let linking = Linking { mark, kind, back };
                self.begin(desk, Mode::Linking(linking));
            }
            Action::LinkMade(other) => self.link(desk, other, stamp),
            Action::Unlinked(id) => self.step(desk, relations::unrelate(document, id), stamp),
            Action::PieceWanted => {
                self.begin(desk, Mode::Piecing);
                self.say("Select the words that belong to it too");
            }
            Action::PieceDropped(id, place) => {
                let step = spans::remove_span(document, id, place, now);
                self.step(desk, step, stamp);
            }
            Action::PlacesCounted(id) => {
                let review = review_of(desk, id);
                let more = Some((id, review.places(document).len()));
                self.desk = Some(Rc::new(Editor {
                    more,
                    ..desk.clone()
                }));
            }
            Action::ReviewWanted(id) => {
                let review = review_of(desk, id);
                self.begin(desk, Mode::Reviewing(review));
                self.open_panel();
            }
            Action::ReviewAsked(words, aliases) => self.review(desk, |review| {
                review.words = words;
                review.aliases = aliases;
            }),
            Action::ReviewTurned(place, wanted) => self.review(desk, |review| {
                match (review.unwanted.binary_search(&place), wanted) {
                    (Ok(at), true) => drop(review.unwanted.remove(at)),
                    (Err(at), false) => review.unwanted.insert(at, place),
                    _ => {}
                }
            }),
            Action::ReviewAll(wanted) => self.review(desk, |review| {
                let places = review.places(document);
                let none = places.iter().map(|span| span.start().0).collect();
                review.unwanted = if wanted { Vec::new() } else { none };
            }),
            Action::ReviewTaken => self.take_places(desk, stamp),
            Action::ListRetagged(tag) => {
                let marks = listed(desk);
                let step = bulk::retag_all(document, &marks, &tag, now);
                let said = step
                    .as_ref()
                    .map(|step| step.name.clone())
                    .unwrap_or_default();
                self.step_told(desk, step, format!("Done: {said}."), stamp);
            }
            Action::ListDeleted => {
                let marks = listed(desk);
                let count = marks.len();
                let step = bulk::delete_all(document, &marks);
                let sentence = format!("{} deleted.", counted(count, "mark was", "marks were"));
                self.step_told(desk, step, sentence, stamp);
            }
            Action::Gathered(member, name, marks) => {
                let step =
                    entities::assign_entity(document, member, stamp.id(0), &name, &marks, now);
                self.step(desk, step, stamp);
            }
            Action::Parted(marks) => self.step(
                desk,
                entities::detach_from_entity(document, &marks, now),
                stamp,
            ),
            Action::KeptApart(one, other) => {
                let mut desk = desk.clone();
                desk.apart.push((one.min(other), one.max(other)));
                self.desk = Some(Rc::new(desk));
                let again = Offer::new("Ask again", Action::AskedAgain(one, other));
                let sentence = "They are kept apart while this article is open.".to_owned();
                self.tell(false, sentence, vec![again]);
            }
            Action::AskedAgain(one, other) => {
                let mut desk = desk.clone();
                let pair = (one.min(other), one.max(other));
                desk.apart.retain(|it| *it != pair);
                self.desk = Some(Rc::new(desk));
            }
            Action::MemberDropped(id) => {
                self.step(desk, entities::delete_entity(document, id), stamp)
            }
            Action::MemberNamed(id, name) => {
                self.step(desk, entities::rename_entity(document, id, &name), stamp);
            }
            Action::MemberReferred(id, reference) => {
                self.step(
                    desk,
                    entities::set_entity_reference(document, id, &reference),
                    stamp,
                );
            }
            Action::Walked(marks, forward) => self.walk(desk, &marks, forward),
            Action::TableOf(tag) => self.with_panel(desk, |panel| {
                panel.table = Some(tag);
                panel.sorted = None;
                panel.filter.clear();
            }),
            Action::TableSorted(name) => self.with_panel(desk, |panel| {
                panel.sorted = match panel.sorted.take() {
                    Some((other, false)) if other == name => Some((name, true)),
                    Some((other, true)) if other == name => None,
                    _ => Some((name, false)),
                };
            }),
            Action::TableFiltered(filter) => {
                self.with_panel(desk, |panel| panel.filter = filter);
            }
            Action::TableCopied => {
                let (_, table) = sorted_ledger(desk.shown(), &desk.panel);
                self.ask(Effect::Copy(to_tsv(&table)));
            }
            Action::TableExported => {
                let document = desk.shown();
                let (tag, table) = sorted_ledger(document, &desk.panel);
                let name = document.codebook().tag(&tag);
                let name = name.map(|tag| tag.name.as_str()).unwrap_or_default();
                let title = format!("{} {name}", document.article().title);
                let name = file_name(&title, "csv");
                let csv = to_csv(document, &table);
                self.ask(Effect::Download(name, "text/csv", csv));
            }
            Action::FoundNext(forward) => self.find_next(desk, forward),
            Action::BookEdited(change) => {
                let desk = &Editor {
                    pending_edit: None,
                    ..desk.clone()
                };
                self.desk = Some(Rc::new(desk.clone()));
                self.edit_book(desk, &change, stamp);
            }
            Action::PartDecided(part, decision) => {
                let pending = desk.pending_edit.clone();
                self.desk = Some(Rc::new(Editor {
                    pending_edit: pending.map(|it| it.with(part, decision)),
                    ..desk.clone()
                }));
            }
            Action::EditConfirmed => self.confirm_edit(desk, stamp),
            Action::EditCancelled => {
                self.desk = Some(Rc::new(Editor {
                    pending_edit: None,
                    ..desk.clone()
                }));
                self.say("Nothing was changed");
            }
            Action::BeginWith(this) => {
                let book = this.then(|| document.codebook().clone());
                self.begins_with.clone_from(&book);
                self.ask(Effect::KeepCodebook(book));
                self.say(if this {
                    "New articles begin with this codebook"
                } else {
                    "New articles begin with the codebook of the news"
                });
            }
            Action::BookExported => {
                let book = desk.shown().codebook();
                let name = file_name(&book.name, CODEBOOK);
                let text = write_codebook(book);
                self.ask(Effect::Download(name, "application/json", text));
            }
            _ => {}
        }
    }

    /// Does a step that is told of, with the way back while nothing came after it.
    pub(crate) fn step_told(
        &mut self,
        desk: &Editor,
        step: Result<Transaction, CommandError>,
        sentence: String,
        stamp: Stamp,
    ) {
        let before = desk.history.number();
        self.step(desk, step, stamp);
        let after = self.desk.as_ref().map(|desk| desk.history.number());
        if let Some(after) = after.filter(|after| *after != before) {
            let undo = Action::UndoOf(desk.document().article().id, after);
            self.tell(false, sentence, vec![Offer::new("Undo", undo)]);
        }
    }

    fn begin(&mut self, desk: &Editor, doing: Mode) {
        self.desk = Some(Rc::new(Editor {
            doing,
            history: desk.history.settled(),
            ..desk.clone()
        }));
    }

    /// What was being done is done, whatever becomes of its step.
    pub(crate) fn done_with(&mut self, desk: &Editor) -> Editor {
        let done = Editor {
            doing: Mode::Nothing,
            ..desk.clone()
        };
        self.desk = Some(Rc::new(done.clone()));
        done
    }

    fn open_panel(&mut self) {
        if let Some(desk) = self.desk.clone() {
            self.with_panel(&desk, |panel| panel.open = true);
        }
    }

    /// Escape leaves what is being done, then the card, then the armed tag. The place of the
    /// keys outlives the card: the arrows go on from there until the next Escape, and Enter
    /// comes back to it.
    fn escaped(&mut self, desk: &Editor) {
        if desk.doing != Mode::Nothing {
            return self.begin(desk, Mode::Nothing);
        }
        if desk.choice != Selection::Nothing {
            let place = desk.words_in_hand().or(desk.place);
            self.choose(desk, Selection::Nothing);
            if let Some(after) = &mut self.desk {
                let after = Rc::make_mut(after);
                after.by_keys = desk.by_keys;
                after.place = place;
            }
            return;
        }
        if desk.armed.is_some() {
            return self.arm(desk, None);
        }
        if desk.by_keys {
            self.desk = Some(Rc::new(Editor {
                by_keys: false,
                ..desk.clone()
            }));
        }
    }

    fn arm(&mut self, desk: &Editor, tag: Option<Slug>) {
        let name = tag
            .as_ref()
            .and_then(|tag| desk.document().codebook().tag(tag));
        let said = match name {
            Some(tag) => format!(
                "Every sweep is tagged as {} until you press Escape",
                tag.name
            ),
            None => "Sweeps are not tagged any more".to_owned(),
        };
        self.say(said);
        self.desk = Some(Rc::new(Editor {
            armed: tag,
            choice: Selection::Nothing,
            doing: Mode::Nothing,
            ..desk.clone()
        }));
    }

    /// A digit: of a field of the card, or of an answer to the one that was asked for.
    fn field_keyed(&mut self, desk: &Editor, number: usize, stamp: Stamp) {
        let Some(mark) = desk.chosen() else { return };
        let fields = fields(desk.document(), mark);
        let Some(place) = number.checked_sub(1) else {
            return self.begin(desk, Mode::Nothing);
        };
        if let Mode::Asked(asked) = desk.doing {
            let Some(FieldKind::Answer { attribute, value }) =
                fields.get(asked).map(|field| &field.kind)
            else {
                return self.begin(desk, Mode::Nothing);
            };
            if let Some(answer) = pressed_at(attribute, value.as_ref(), place) {
                let answer = Action::AnswerGiven(mark.id, attribute.id.clone(), answer);
                self.saying(desk, answer, stamp);
            }
            return;
        }
        match fields.get(place).map(|field| &field.kind) {
            Some(FieldKind::Link { kind, .. }) => {
                let begun = Action::LinkBegun(mark.id, kind.id.clone(), false);
                self.saying(desk, begun, stamp);
            }
            Some(FieldKind::Answer { .. }) => self.begin(desk, Mode::Asked(place)),
            None => {}
        }
    }

    /// The other end of the link that is being made.
    pub(crate) fn link(&mut self, desk: &Editor, other: Id, stamp: Stamp) {
        let Mode::Linking(linking) = &desk.doing else {
            return;
        };
        let document = desk.document();
        let (from, to) = if linking.back {
            (other, linking.mark)
        } else {
            (linking.mark, other)
        };
        let all = candidates(document, linking, "");
        if !all.iter().any(|it| it.marks.contains(&other)) {
            let kind = document.codebook().relation(&linking.kind);
            let name = kind.map(|kind| kind.name.clone()).unwrap_or_default();
            return self.say(format!("That mark cannot be “{name}” of this one"));
        }
        let step = relations::relate(document, stamp.id(0), &linking.kind, from, to);
        let done = self.done_with(desk);
        self.step(&done, step, stamp);
    }

    fn review(&mut self, desk: &Editor, change: impl FnOnce(&mut Review)) {
        if let Mode::Reviewing(review) = &desk.doing {
            let mut review = review.clone();
            change(&mut review);
            self.begin(desk, Mode::Reviewing(review));
        }
    }

    fn take_places(&mut self, desk: &Editor, stamp: Stamp) {
        let Mode::Reviewing(review) = &desk.doing else {
            return;
        };
        let places = review.places(desk.document()).into_iter();
        let wanted = places.filter(|span| review.unwanted.binary_search(&span.start().0).is_err());
        let spans: Vec<(Id, Span)> = (0..).map(|number| stamp.id(number)).zip(wanted).collect();
        let step = bulk::mark_as(desk.document(), review.like, &spans, stamp.now);
        let done = self.done_with(desk);
        let places = counted(spans.len(), "more place was", "more places were");
        self.step_told(&done, step, format!("{places} tagged."), stamp);
    }

    /// The next of these marks after the chosen one, or the one before; round at the ends.
    fn walk(&mut self, desk: &Editor, marks: &[Id], forward: bool) {
        if marks.is_empty() {
            return;
        }
        let at = match &desk.choice {
            Selection::Marks { at, .. } => marks.iter().position(|id| id == at),
            _ => None,
        };
        let next = match (at, forward) {
            (Some(at), true) => (at + 1) % marks.len(),
            (Some(at), false) => (at + marks.len() - 1) % marks.len(),
            (None, true) => 0,
            (None, false) => marks.len() - 1,
        };
        self.chosen(desk, marks[next], true);
    }

    /// The next place in the text of what is searched for: its words are swept.
    fn find_next(&mut self, desk: &Editor, forward: bool) {
        let document = desk.document();
        let places = desk.panel.places(document);
        let Some(last) = places.len().checked_sub(1) else {
            // A question about the marks: they are walked.
            let marks = listed(desk);
            if marks.is_empty() {
                return self.say("Neither the article nor a mark has this");
            }
            return self.walk(desk, &marks, forward);
        };
        let next = match (desk.panel.found, forward) {
            (Some(at), true) if at < last => at + 1,
            (Some(0) | None, false) => last,
            (Some(at), false) => at.min(last + 1) - 1,
            _ => 0,
        };
        self.choose_by_keys(desk, places[next]);
        if let Some(desk) = self.desk.clone() {
            self.with_panel(&desk, |panel| panel.found = Some(next));
        }
        self.say(format!("{} of {}", next + 1, last + 1));
    }

    pub(crate) fn reveal_words(
        &mut self,
        document: &pullquote_core::model::document::Document,
        span: Span,
    ) {
        let offsets = document.article().offsets();
        let ends = offsets.utf16(span.start()).zip(offsets.utf16(span.end()));
        if let Some((start, end)) = ends {
            self.ask(Effect::RevealWords(start..end));
        }
    }

    /// Changes the codebook; a change that would delete something waits for decisions.
    fn edit_book(&mut self, desk: &Editor, change: &CodebookEdit, stamp: Stamp) {
        let document = desk.document();
        let edited = match change.apply(document.codebook()) {
            Ok(edited) => edited,
            Err(error) => return self.not_edited(desk, change, error),
        };
        if !edited.recoding.at_risk(document).is_empty() {
            let pending = Some(PendingEdit::new(change.clone()));
            self.desk = Some(Rc::new(Editor {
                pending_edit: pending,
                ..desk.clone()
            }));
            self.say("Decide first what is kept and what is deleted");
            // It is decided on the codebook's screen, wherever the change came from.
            let route = Route::Codebook(document.article().id);
            if self.route != route {
                self.ask(Effect::Go(route));
            }
            return;
        }
        self.recode(desk, change, &edited.recoding, &edited.name, stamp);
        if let Some(near) = edited.near {
            let sentence = format!("There is the tag “{near}” as well.");
            self.tell(false, sentence, Vec::new());
        }
    }

    /// Makes the change that waits, as it was decided.
    fn confirm_edit(&mut self, desk: &Editor, stamp: Stamp) {
        let Some(pending) = &desk.pending_edit else {
            return;
        };
        let desk = &Editor {
            pending_edit: None,
            ..desk.clone()
        };
        self.desk = Some(Rc::new(desk.clone()));
        let document = desk.document();
        let resolved = pending.resolved(document).and_then(|(_, recoding)| {
            let name = pending.change.apply(document.codebook())?.name;
            Ok((recoding, name))
        });
        match resolved {
            Ok((recoding, name)) => self.recode(desk, &pending.change, &recoding, &name, stamp),
            Err(error) => self.not_edited(desk, &pending.change, error),
        }
    }

    fn recode(
        &mut self,
        desk: &Editor,
        change: &CodebookEdit,
        recoding: &Recoding,
        name: &str,
        stamp: Stamp,
    ) {
        let document = desk.document();
        let recoded = recode::recode(document, recoding, name, stamp.now);
        let (step, losses) = match recoded {
            Ok(recoded) => recoded,
            Err(error) => return self.step(desk, Err(error), stamp),
        };
        let is_told = !losses.is_none() || matches!(change, CodebookEdit::Use(_));
        if is_told {
            let done = change.done(document.codebook());
            let said = format!("{done} {}", losses.sentence());
            self.step_told(desk, Ok(step), said.trim_end().to_owned(), stamp);
        } else {
            self.step(desk, Ok(step), stamp);
        }
    }

    /// Says why a change of the codebook was not made.
    fn not_edited(&mut self, desk: &Editor, change: &CodebookEdit, error: CodebookEditError) {
        match error {
            CodebookEditError::Same => {
                if let CodebookEdit::Use(book) = change {
                    let sentence = format!("This article already uses “{}”.", book.name);
                    self.tell(false, sentence, Vec::new());
                }
            }
            CodebookEditError::Wrong(sentence) => self.tell(true, sentence, Vec::new()),
            CodebookEditError::Near(near) => {
                let near = desk.document().codebook().tag(&near);
                let near = near.map(|tag| tag.name.clone()).unwrap_or_default();
                let CodebookEdit::NewTag(name, _) = change else {
                    return;
                };
                let sure = CodebookEdit::NewTag(name.clone(), true);
                let sure = Action::BookEdited(Box::new(sure));
                let sentence = format!("“{near}” already exists. Create “{name}” anyway?");
                self.tell(false, sentence, vec![Offer::new("Create it", sure)]);
            }
        }
    }

    pub(crate) fn copied_text(&mut self, result: Result<(), String>) {
        match result {
            Ok(()) => self.say("Copied"),
            Err(reason) => {
                let sentence = format!("It was not copied: {reason}");
                self.tell(true, sentence, Vec::new());
            }
        }
    }
}

/// The places like a mark, as they are first looked for. What has no small letter, as *US*,
/// is meant so.
fn review_of(desk: &Editor, id: Id) -> Review {
    let document = desk.document();
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
pub(crate) fn listed(desk: &Editor) -> Vec<Id> {
    let list = RowList::default().next(desk.document(), &desk.panel);
    (0..list.len()).filter_map(|place| list.id(place)).collect()
}

fn counted(count: usize, one: &str, more: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {more}"),
    }
}
