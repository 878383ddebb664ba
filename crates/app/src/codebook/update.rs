//! Updates of codebooks: of the open article, and for new articles.

use crate::action::Action;
use crate::codebook::action::CodebookAction;
use crate::codebook::codebook_edit::{CodebookEdit, CodebookEditError};
use crate::codebook::pending_edit::PendingEdit;
use crate::editor::state::Editor;
use crate::effect::Effect;
use crate::messages::step_names::recode_losses;
use crate::messages::{Sentence, codebook, offers};
use crate::notice::{NoticeKind, Offer};
use crate::route::Route;
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::edit::commands::recode;
use pullquote_core::edit::commands::recoding::Recoding;
use pullquote_core::edit::step_name::CodebookChange;
use pullquote_core::model::codebook::Codebook;
use pullquote_formats::codebook_file::{CODEBOOK, write_codebook};
use pullquote_formats::file_name::file_name;
use std::rc::Rc;

impl State {
    /// Handles a change of the codebook of the open article, or of the one for new articles.
    pub(crate) fn codebook_action(&mut self, action: CodebookAction, stamp: Stamp) {
        match action {
            CodebookAction::Edited(change) => {
                if let Some(editor) = self.editor_without_preview() {
                    let editor = editor.without_pending_edit();
                    self.editor = Some(Rc::new(editor.clone()));
                    self.edit_codebook(&editor, &change, stamp);
                }
            }
            CodebookAction::DecisionMade { part, decision } => {
                if let Some(editor) = self.editor_without_preview() {
                    let pending = editor.pending_edit.clone();
                    self.editor = Some(Rc::new(Editor {
                        pending_edit: pending.map(|pending| pending.with(part, decision)),
                        ..(*editor).clone()
                    }));
                }
            }
            CodebookAction::Confirmed => {
                if let Some(editor) = self.editor_without_preview() {
                    self.confirm_edit(&editor, stamp);
                }
            }
            CodebookAction::Cancelled => {
                if let Some(editor) = self.editor_without_preview() {
                    self.editor = Some(Rc::new(editor.without_pending_edit()));
                    self.announce(codebook::NOTHING_CHANGED);
                }
            }
            CodebookAction::DefaultChosen(codebook) => self.choose_default_codebook(codebook),
            CodebookAction::Exported(codebook) => {
                let name = file_name(&codebook.name, CODEBOOK);
                let text = write_codebook(&codebook);
                self.request(Effect::DownloadFile {
                    name,
                    media_type: "application/json",
                    text,
                });
            }
            CodebookAction::DefaultRead(codebook) => self.default_codebook = codebook,
            CodebookAction::ShippedRead(Ok(codebooks)) => {
                self.shipped_codebooks
                    .get_or_insert_with(|| codebooks.into());
            }
            CodebookAction::ShippedRead(Err(reason)) => {
                self.alarm(codebook::not_read(&reason));
            }
            CodebookAction::DefaultNotSaved(reason) => {
                self.alarm(codebook::default_not_saved(&reason));
            }
            CodebookAction::FileRead { name, read } => self.codebook_file_read(&name, read, stamp),
        }
    }

    /// Requests the codebooks that ship, if the screen of `route` lists them.
    pub(crate) fn request_codebooks(&mut self, route: Route) {
        let lists = matches!(route, Route::Codebook(_) | Route::Codebooks);
        if lists && self.shipped_codebooks.is_none() {
            self.request(Effect::ReadShippedCodebooks);
        }
    }

    /// Remembers the codebook for new articles. If nothing else has the one before, that can be
    /// chosen again.
    fn choose_default_codebook(&mut self, chosen: Rc<Codebook>) {
        let sentence = codebook::default_chosen(&chosen.name);
        let chosen = Some(chosen).filter(|chosen| **chosen != Codebook::news());
        let before = std::mem::replace(&mut self.default_codebook, chosen.clone());
        self.request(Effect::SaveDefaultCodebook(chosen));
        let shipped = self.shipped_codebooks.clone();
        let is_listed = |before: &Rc<Codebook>| {
            shipped
                .as_ref()
                .is_some_and(|shipped| shipped.contains(before))
        };
        let lost = before.filter(|before| !is_listed(before));
        match lost.filter(|before| Some(before) != self.default_codebook.as_ref()) {
            None => self.announce(sentence),
            Some(before) => {
                // It stays in the list until the page is closed.
                if let Some(shipped) = &shipped {
                    let listed = shipped.iter().chain([&before]);
                    self.shipped_codebooks = Some(listed.cloned().collect());
                }
                let again = move || Action::Codebook(CodebookAction::DefaultChosen(before.clone()));
                let undo = Offer::new(offers::UNDO, again);
                self.notify(NoticeKind::Information, sentence, vec![undo]);
            }
        }
    }

    /// Changes the codebook; a change that would delete something waits for decisions.
    fn edit_codebook(&mut self, editor: &Editor, change: &CodebookEdit, stamp: Stamp) {
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
            self.announce(codebook::DECIDE_FIRST);
            // The codebook screen asks for the decisions, wherever the change came from.
            let route = Route::Codebook(document.article().id);
            if self.route != route {
                self.request(Effect::ChangeRoute(route));
            }
            return;
        }
        self.recode(editor, change, &edited.recoding, edited.step, stamp);
        if let CodebookEdit::MoveTag { tag, .. } = change {
            let tags = edited.recoding.codebook.tags();
            if let Some(index) = tags.iter().position(|other| other.id == *tag) {
                self.announce(codebook::moved(&tags[index].name, index + 1, tags.len()));
            }
        }
        if let Some(near) = edited.near {
            self.inform(codebook::similar_tag(&near));
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
            let step = pending.change.apply(document.codebook())?.step;
            Ok((recoding, step))
        });
        match resolved {
            Ok((recoding, step)) => self.recode(editor, &pending.change, &recoding, step, stamp),
            Err(error) => self.not_edited(editor, &pending.change, error),
        }
    }

    fn recode(
        &mut self,
        editor: &Editor,
        change: &CodebookEdit,
        recoding: &Recoding,
        step: CodebookChange,
        stamp: Stamp,
    ) {
        let document = editor.document();
        let recoded = recode::recode(document, recoding, step, stamp.now);
        let (step, losses) = match recoded {
            Ok(recoded) => recoded,
            Err(error) => return self.step(editor, Err(error), stamp),
        };
        let needs_notice = !losses.is_none() || matches!(change, CodebookEdit::Use(_));
        if needs_notice {
            let done = codebook::done(change, document.codebook());
            let sentence = format!("{done} {}", recode_losses(&losses));
            self.step_with_notice(editor, Ok(step), sentence.trim_end().to_owned(), stamp);
        } else {
            self.step(editor, Ok(step), stamp);
        }
    }

    /// Says why a change of the codebook was not made.
    fn not_edited(&mut self, editor: &Editor, change: &CodebookEdit, error: CodebookEditError) {
        match (&error, change) {
            (CodebookEditError::Same, CodebookEdit::Use(used)) => {
                self.inform(codebook::already_used(&used.name));
            }
            (CodebookEditError::Near(near), CodebookEdit::NewTag { name, .. }) => {
                let near = editor.document().codebook().tag(near);
                let near = near.map(|tag| tag.name.clone()).unwrap_or_default();
                let create = CodebookEdit::NewTag {
                    name: name.clone(),
                    confirmed: true,
                };
                let create =
                    move || Action::Codebook(CodebookAction::Edited(Box::new(create.clone())));
                self.notify(
                    NoticeKind::Information,
                    codebook::create_anyway(&near, name),
                    vec![Offer::new(offers::CREATE_ANYWAY, create)],
                );
            }
            _ => {
                if let Some(sentence) = codebook::edit_error(&error) {
                    self.alarm(sentence);
                }
            }
        }
    }

    /// A file was read as a codebook: it becomes that of the open article, or on the screen of
    /// codebooks that of new articles.
    fn codebook_file_read(
        &mut self,
        name: &str,
        read: Result<Rc<Codebook>, Sentence>,
        stamp: Stamp,
    ) {
        match read {
            Err(sentence) => self.alarm(sentence),
            Ok(codebook) if self.route == Route::Codebooks => {
                self.choose_default_codebook(codebook);
            }
            Ok(_) if self.editor.is_none() => self.inform(codebook::no_article_open(name)),
            Ok(codebook) => {
                let change = CodebookEdit::Use(codebook);
                self.codebook_action(CodebookAction::Edited(Box::new(change)), stamp);
            }
        }
    }
}
