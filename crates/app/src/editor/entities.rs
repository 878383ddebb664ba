//! Updates of entities: which marks mention the same one.

use crate::action::Action;
use crate::editor::action::EntityAction;
use crate::editor::state::Editor;
use crate::messages::{editor as messages, offers};
use crate::notice::{NoticeKind, Offer};
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::edit::commands::entities;
use std::rc::Rc;

impl State {
    /// Handles a change of entities.
    pub(crate) fn entity_action(&mut self, editor: &Editor, action: EntityAction, stamp: Stamp) {
        let document = editor.document();
        let now = stamp.now;
        match action {
            EntityAction::Assigned {
                entity,
                name,
                marks,
            } => {
                let step =
                    entities::assign_entity(document, entity, stamp.id(0), &name, &marks, now);
                self.step(editor, step, stamp);
            }
            EntityAction::Detached(marks) => self.step(
                editor,
                entities::detach_from_entity(document, &marks, now),
                stamp,
            ),
            EntityAction::KeptApart { one, other } => {
                let mut editor = editor.clone();
                editor.apart.push((one.min(other), one.max(other)));
                self.editor = Some(Rc::new(editor));
                let again = move || Action::Entity(EntityAction::AskedAgain { one, other });
                self.notify(
                    NoticeKind::Information,
                    messages::KEPT_APART,
                    vec![Offer::new(offers::ASK_AGAIN, again)],
                );
            }
            EntityAction::AskedAgain { one, other } => {
                let mut editor = editor.clone();
                let pair = (one.min(other), one.max(other));
                editor.apart.retain(|other| *other != pair);
                self.editor = Some(Rc::new(editor));
            }
            EntityAction::Deleted(id) => {
                self.step(editor, entities::delete_entity(document, id), stamp)
            }
            EntityAction::Renamed { id, name } => {
                self.step(editor, entities::rename_entity(document, id, &name), stamp);
            }
            EntityAction::ReferenceSet { id, reference } => {
                self.step(
                    editor,
                    entities::set_entity_reference(document, id, &reference),
                    stamp,
                );
            }
        }
    }
}
