//! Updates of a review: further occurrences of a mark are listed and tagged.

use crate::editor::action::ReviewAction;
use crate::editor::state::{Editor, Mode, Review};
use crate::messages;
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::analysis::occurrences::WordMatching;
use pullquote_core::edit::commands::bulk;
use pullquote_core::model::id::Id;
use pullquote_core::text::span::Span;
use std::rc::Rc;

impl State {
    /// Handles a step of a review.
    pub(crate) fn review_action(&mut self, editor: &Editor, action: ReviewAction, stamp: Stamp) {
        let document = editor.document();
        match action {
            ReviewAction::OccurrencesCounted(id) => {
                let review = review_of(editor, id);
                let more = Some((id, review.occurrences(document).len()));
                self.editor = Some(Rc::new(Editor {
                    more,
                    ..editor.clone()
                }));
            }
            ReviewAction::Started(id) => {
                let review = review_of(editor, id);
                self.begin(editor, Mode::Reviewing(review));
                self.open_panel();
            }
            ReviewAction::MatchingChanged { words, aliases } => self.review(editor, |review| {
                review.words = words;
                review.aliases = aliases;
            }),
            ReviewAction::OccurrenceToggled { start, wanted } => {
                self.review(editor, |review| {
                    match (review.unwanted.binary_search(&start), wanted) {
                        (Ok(index), true) => drop(review.unwanted.remove(index)),
                        (Err(index), false) => review.unwanted.insert(index, start),
                        (Ok(_), false) | (Err(_), true) => {}
                    }
                })
            }
            ReviewAction::AllToggled { wanted } => self.review(editor, |review| {
                let all = review.occurrences(document);
                let starts = all.iter().map(|span| span.start().0);
                review.unwanted = starts.filter(|_| !wanted).collect();
            }),
            ReviewAction::Accepted => self.accept_review(editor, stamp),
        }
    }

    fn review(&mut self, editor: &Editor, change: impl FnOnce(&mut Review)) {
        if let Mode::Reviewing(review) = &editor.mode {
            let mut review = review.clone();
            change(&mut review);
            self.begin(editor, Mode::Reviewing(review));
        }
    }

    fn accept_review(&mut self, editor: &Editor, stamp: Stamp) {
        let Mode::Reviewing(review) = &editor.mode else {
            return;
        };
        let all = review.occurrences(editor.document()).into_iter();
        let wanted = all.filter(|span| review.unwanted.binary_search(&span.start().0).is_err());
        let spans: Vec<(Id, Span)> = (0..).map(|number| stamp.id(number)).zip(wanted).collect();
        let step = bulk::mark_as(editor.document(), review.like, &spans, stamp.now);
        let done = self.end_mode(editor);
        let sentence = messages::editor::occurrences_tagged(spans.len());
        self.step_with_notice(&done, step, sentence, stamp);
    }
}

/// A review of a mark with the first settings. If the mark is in capitals, such as *US*, the case
/// has to match.
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
