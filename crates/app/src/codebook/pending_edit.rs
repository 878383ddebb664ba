//! A change of the codebook that would delete work. It waits until the user has decided what is
//! kept, changed and deleted.

use crate::codebook::codebook_edit::{CodebookEdit, CodebookEditError};
use crate::messages::codebook;
use pullquote_core::analysis::case_folding::fold_case;
use pullquote_core::edit::commands::recoding::{AtRisk, CodebookPart, Decision, Recoding};
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;

/// A change of the codebook that waits for decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingEdit {
    /// The change.
    pub change: CodebookEdit,
    /// What the user has decided so far.
    pub decisions: Vec<(CodebookPart, Decision)>,
}

/// One part of the old codebook that has no place in the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingRow {
    /// What would be deleted.
    pub risk: AtRisk,
    /// What happens to it.
    pub decision: Decision,
    /// What can happen to it, each with the label of its option.
    pub choices: Vec<(Decision, String)>,
}

impl PendingEdit {
    /// A change about which nothing is decided yet.
    #[must_use]
    pub fn new(change: CodebookEdit) -> Self {
        Self {
            change,
            decisions: Vec::new(),
        }
    }

    /// Decides about one part. This replaces an earlier decision about it.
    #[must_use]
    pub fn with(mut self, part: CodebookPart, decision: Decision) -> Self {
        self.decisions.retain(|(other, _)| *other != part);
        self.decisions.push((part, decision));
        self
    }

    /// Everything that would be deleted, each with its decision; and the change with all decisions
    /// applied. A decision can put other work at risk (relations of marks that get another tag):
    /// that is listed after it.
    ///
    /// Errors: the change is not possible any more.
    pub fn resolved(
        &self,
        document: &Document,
    ) -> Result<(Vec<PendingRow>, Recoding), CodebookEditError> {
        let old = document.codebook();
        let mut recoding = self.change.apply(old)?.recoding;
        let mut rows: Vec<PendingRow> = Vec::new();
        loop {
            let mut risks = recoding.at_risk(document).into_iter();
            let is_new = |risk: &AtRisk| rows.iter().all(|row| row.risk.part != risk.part);
            let Some(risk) = risks.find(is_new) else {
                return Ok((rows, recoding));
            };
            let decided = self.decisions.iter().find(|(part, _)| *part == risk.part);
            let choices = self.choices(&risk, &recoding.codebook);
            let decided = decided.map(|(_, decision)| decision.clone());
            let decision = decided
                .filter(|decision| choices.iter().any(|(choice, _)| choice == decision))
                .unwrap_or_else(|| self.default_for(&risk, &recoding.codebook));
            recoding = recoding.decided(old, &risk.part, &decision)?;
            rows.push(PendingRow {
                risk,
                decision,
                choices,
            });
        }
    }

    /// The decision before the user makes one. Only what the user asked to delete is deleted.
    fn default_for(&self, risk: &AtRisk, new: &Codebook) -> Decision {
        let asked = match (&self.change, &risk.part) {
            (CodebookEdit::DeleteTag(id), CodebookPart::Tag(tag)) => id == tag,
            (CodebookEdit::DeleteRelation(id), CodebookPart::Relation(kind)) => id == kind,
            (CodebookEdit::ChangeRelation(changed), CodebookPart::Relation(kind)) => {
                changed.id == *kind
            }
            (CodebookEdit::ChangeTag(changed), CodebookPart::Attribute { tag, .. }) => {
                changed.id == *tag
            }
            (CodebookEdit::ChangeQuestions(_), CodebookPart::Question(_)) => true,
            _ => false,
        };
        if asked {
            return Decision::Delete;
        }
        match &risk.part {
            // Only a tag with the same name is certainly meant.
            CodebookPart::Tag(_) => {
                let name = fold_case(&risk.name);
                let namesake = new.tags().iter().find(|tag| fold_case(&tag.name) == name);
                namesake.map_or(Decision::Keep, |tag| Decision::Become(tag.id.clone()))
            }
            _ => Decision::Keep,
        }
    }

    fn choices(&self, risk: &AtRisk, new: &Codebook) -> Vec<(Decision, String)> {
        let mut choices = Vec::new();
        let can_stay = match (&self.change, &risk.part) {
            (CodebookEdit::DeleteTag(id), CodebookPart::Tag(tag)) => id != tag,
            (CodebookEdit::DeleteRelation(id), CodebookPart::Relation(kind)) => id != kind,
            _ => true,
        };
        if can_stay {
            choices.push((Decision::Keep, codebook::keep(&risk.part).to_owned()));
        }
        match &risk.part {
            CodebookPart::Tag(_) => {
                for tag in new.tags() {
                    let change = Decision::Become(tag.id.clone());
                    choices.push((change, codebook::change_to(&tag.name)));
                }
            }
            CodebookPart::Relation(kind) => {
                for other in new.relations().iter().filter(|other| other.id != *kind) {
                    let change = Decision::Become(other.id.clone());
                    choices.push((change, codebook::change_to(&other.name)));
                }
            }
            CodebookPart::Attribute { .. } | CodebookPart::Question(_) => {}
        }
        choices.push((Decision::Delete, codebook::DELETE.to_owned()));
        choices
    }
}
