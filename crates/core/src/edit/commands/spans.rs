//! Marks of several spans: adds a span, removes one, moves an end.

use crate::edit::commands::marks::{CommandError, MarkEnd, annotation, change};
use crate::edit::step_name::{StepName, short_quote};
use crate::edit::transaction::{Transaction, TypingRun};
use crate::model::annotation::Spans;
use crate::model::document::Document;
use crate::model::id::Id;
use crate::model::timestamp::Timestamp;
use crate::text::offset::ByteOffset;
use crate::text::span::Span;

/// Adds `span` to the mark. Spans that touch or overlap are joined.
pub fn add_span(
    document: &Document,
    id: Id,
    span: Span,
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let old = annotation(document, id)?;
    let spans = joined(old.spans.as_slice(), span)?;
    let name = StepName::AddSpan {
        quote: short_quote(document, old),
    };
    change(document, id, now, name, None, |mark| mark.spans = spans)
}

/// Removes the span at `index` from the mark.
///
/// Errors: there is no such span, or it is the only one.
pub fn remove_span(
    document: &Document,
    id: Id,
    index: usize,
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let old = annotation(document, id)?;
    let mut spans = old.spans.as_slice().to_vec();
    if index >= spans.len() || spans.len() == 1 {
        return Err(CommandError::Nothing);
    }
    spans.remove(index);
    let spans = Spans::new(spans)?;
    let name = StepName::RemoveSpan {
        quote: short_quote(document, old),
    };
    change(document, id, now, name, None, |mark| mark.spans = spans)
}

/// Moves one end of the span at `index`. Spans that then touch or overlap are joined. Moves of
/// the same end in a row are undone together, if the mark has one span.
///
/// Errors: the span would be empty.
pub fn move_end_of_span(
    document: &Document,
    id: Id,
    index: usize,
    end: MarkEnd,
    to: ByteOffset,
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let old = annotation(document, id)?;
    let pieces = old.spans.as_slice();
    let piece = *pieces.get(index).ok_or(CommandError::Nothing)?;
    let quote = short_quote(document, old);
    let (start, stop, run, name) = match end {
        MarkEnd::Start => (
            to,
            piece.end(),
            TypingRun::Start(id),
            StepName::MoveStart { quote },
        ),
        MarkEnd::End => (
            piece.start(),
            to,
            TypingRun::End(id),
            StepName::MoveEnd { quote },
        ),
    };
    let moved = document
        .article()
        .span(start.index()..stop.index().max(start.index()));
    let moved = moved.map_err(|_| CommandError::Empty)?;
    let mut others = pieces.to_vec();
    others.remove(index);
    let spans = joined(&others, moved)?;
    let run = (pieces.len() == 1).then_some(run);
    change(document, id, now, name, run, |mark| mark.spans = spans)
}

/// These spans with one more, sorted and joined.
fn joined(spans: &[Span], more: Span) -> Result<Spans, CommandError> {
    let mut start = more.start();
    let mut end = more.end();
    let mut apart = Vec::with_capacity(spans.len() + 1);
    for span in spans {
        if span.end() < start || end < span.start() {
            apart.push(*span);
        } else {
            start = start.min(span.start());
            end = end.max(span.end());
        }
    }
    let one = Span::new(start.0, end.0).ok_or(CommandError::Empty)?;
    let index = apart.partition_point(|span| span.start() < start);
    apart.insert(index, one);
    Ok(Spans::new(apart)?)
}
