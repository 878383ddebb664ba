//! Marks of several pieces: a further piece, one less, an end of one moved.

use crate::edit::commands::marks::{CommandError, MarkEnd, annotation, change};
use crate::edit::step_name::{StepName, short_quote};
use crate::edit::transaction::{Transaction, TypingRun};
use crate::model::annotation::Spans;
use crate::model::document::Document;
use crate::model::id::Id;
use crate::model::timestamp::Timestamp;
use crate::text::offset::ByteOffset;
use crate::text::span::Span;

/// Adds the words of `span` to the mark. What touches or lies over a piece becomes one with
/// it.
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

/// Takes the piece at `place` out of the mark. The last one stays: delete the mark.
pub fn remove_span(
    document: &Document,
    id: Id,
    place: usize,
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let old = annotation(document, id)?;
    let mut spans = old.spans.as_slice().to_vec();
    if place >= spans.len() || spans.len() == 1 {
        return Err(CommandError::Nothing);
    }
    spans.remove(place);
    let spans = Spans::new(spans)?;
    let name = StepName::RemoveSpan {
        quote: short_quote(document, old),
    };
    change(document, id, now, name, None, |mark| mark.spans = spans)
}

/// Moves one end of the piece at `place`. A piece that comes to touch another becomes one
/// with it. Moves of one end of a mark of one piece in a row are undone together.
///
/// Errors: the piece would be empty.
pub fn move_end_of_span(
    document: &Document,
    id: Id,
    place: usize,
    end: MarkEnd,
    to: ByteOffset,
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let old = annotation(document, id)?;
    let pieces = old.spans.as_slice();
    let piece = *pieces.get(place).ok_or(CommandError::Nothing)?;
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
    others.remove(place);
    let spans = joined(&others, moved)?;
    let run = (pieces.len() == 1).then_some(run);
    change(document, id, now, name, run, |mark| mark.spans = spans)
}

/// These spans and one more, in order and apart.
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
    let place = apart.partition_point(|span| span.start() < start);
    apart.insert(place, one);
    Ok(Spans::new(apart)?)
}
