//! The codebook of the open article is changed.

use crate::action::Action;
use crate::codebook::action::CodebookAction;
use crate::codebook::codebook_edit::{CodebookEdit, CodebookEditError};
use crate::codebook::pending_edit::PendingEdit;
use crate::editor::state::Editor;
use crate::effect::Effect;
use crate::notice::Offer;
use crate::route::Route;
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::edit::commands::recode;
use pullquote_core::edit::commands::recoding::Recoding;
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
                    self.edit_book(&editor, &change, stamp);
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
                    self.announce("Nothing was changed");
                }
            }
            CodebookAction::DefaultChosen { this_one } => {
                if let Some(editor) = self.editor_without_preview() {
                    self.choose_default_codebook(&editor, this_one);
                }
            }
            CodebookAction::Exported => {
                if let Some(editor) = self.editor.clone() {
                    let codebook = editor.shown().codebook();
                    let name = file_name(&codebook.name, CODEBOOK);
                    let text = write_codebook(codebook);
                    self.request(Effect::Download(name, "application/json", text));
                }
            }
            CodebookAction::DefaultRead(codebook) => self.default_codebook = codebook,
            CodebookAction::DefaultNotSaved(reason) => {
                let sentence = format!(
                    "New articles begin with this codebook until this page is closed: the browser \
                     did not keep that ({}). Save the codebook as a file.",
                    reason.trim_end_matches('.')
                );
                self.notify(true, sentence, Vec::new());
            }
            CodebookAction::FileRead { name, read } => self.codebook_file_read(&name, read, stamp),
        }
    }

    /// Remembers the codebook for new articles: that of the open article, or the news codebook.
    fn choose_default_codebook(&mut self, editor: &Editor, this_one: bool) {
        let codebook = this_one.then(|| editor.document().codebook().clone());
        self.default_codebook.clone_from(&codebook);
        self.request(Effect::KeepCodebook(codebook));
        self.announce(if this_one {
            "New articles begin with this codebook"
        } else {
            "New articles begin with the codebook of the news"
        });
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

    /// A codebook came in: it takes the place of that of the open article.
    pub(crate) fn codebook_file_read(
        &mut self,
        name: &str,
        read: Result<Rc<Codebook>, String>,
        stamp: Stamp,
    ) {
        match read {
            Err(sentence) => self.notify(true, sentence, Vec::new()),
            Ok(_) if self.editor.is_none() => self.notify(
                false,
                format!(
                    "“{name}” is a codebook. Open the article that it is for, then open it again: \
                     it takes the place of the article’s codebook."
                ),
                Vec::new(),
            ),
            Ok(book) => {
                let change = CodebookEdit::Use(book);
                self.codebook_action(CodebookAction::Edited(Box::new(change)), stamp);
            }
        }
    }
}
