//! More occurrences of a mark are reviewed and tagged.

use crate::editor::action::ReviewAction;
use crate::editor::state::{Editor, Mode, Review};
use crate::messages::counts::counted;
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
        let _now = stamp.now;
        match action {
            ReviewAction::OccurrencesCounted(id) => {
                let review = review_of(editor, id);
                let more = Some((id, review.places(document).len()));
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
            ReviewAction::OccurrenceToggled {
                start: place,
                wanted,
            } => self.review(editor, |review| {
                match (review.unwanted.binary_search(&place), wanted) {
                    (Ok(at), true) => drop(review.unwanted.remove(at)),
                    (Err(at), false) => review.unwanted.insert(at, place),
                    _ => {}
                }
            }),
            ReviewAction::AllToggled { wanted } => self.review(editor, |review| {
                let places = review.places(document);
                let none = places.iter().map(|span| span.start().0).collect();
                review.unwanted = if wanted { Vec::new() } else { none };
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
        let places = review.places(editor.document()).into_iter();
        let wanted = places.filter(|span| review.unwanted.binary_search(&span.start().0).is_err());
        let spans: Vec<(Id, Span)> = (0..).map(|number| stamp.id(number)).zip(wanted).collect();
        let step = bulk::mark_as(editor.document(), review.like, &spans, stamp.now);
        let done = self.done_with(editor);
        let places = counted(spans.len(), "more place was", "more places were");
        self.step_with_notice(&done, step, format!("{places} tagged."), stamp);
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
