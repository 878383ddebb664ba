//! Positions the card and the handles of a mark. They are set through the CSSOM: the policy of
//! `index.html` allows no `style` attribute.

use crate::browser::page::anchor_lines::{Anchor, AnchorLines, Frame, visible_ends};
use crate::browser::page::card_position::CardPosition;
use crate::browser::page::dom;
use crate::browser::page::text_position::dom_range;
use pullquote_core::text::offset::Utf16Offset;

use std::ops::Range;
use web_sys::{HtmlElement, Node};

/// What is positioned.
#[derive(Default)]
pub struct Overlays {
    /// The card.
    pub card: Option<Node>,
    /// The handle at the start of the mark.
    pub start: Option<Node>,
    /// The handle at its end.
    pub end: Option<Node>,
    /// The handles between its spans.
    pub inner: Vec<InnerHandle>,
}

/// A handle at an inner end of a mark of several spans.
pub struct InnerHandle {
    /// The element.
    pub handle: Option<Node>,
    /// The words of its span.
    pub words: Range<Utf16Offset>,
    /// Whether it is at the start of the span, or at its end.
    pub is_at_start: bool,
}

/// Positions the card so that all of it is in view and it covers neither its own words nor, if
/// possible, the words that are read next: in a margin, level with the first line; else above
/// the first line; else under the last. If the window is too low for that, it is a sheet at the
/// foot of the window, with the words scrolled above it. On a phone the style sheet makes it a
/// sheet. Positions the handles of a mark as well.
///
/// Everything is measured first and moved then, so that the browser lays the page out once.
pub fn position(frame: &Frame, overlays: &Overlays, anchor: &Anchor) {
    let Some(lines) = frame.measure(anchor) else {
        return;
    };
    let card = dom::html_element(overlays.card.clone());
    let card = card.map(|card| (CardPosition::measure(&card, &lines), card));
    let start = dom::html_element(overlays.start.clone());
    let ends = start.zip(dom::html_element(overlays.end.clone()));
    let inner = overlays.inner.iter();
    let inner: Vec<_> = inner
        .filter_map(|handle| inner_position(frame, &lines, handle))
        .collect();
    for (handle, left, top) in &inner {
        lines.move_to(handle, *left, *top);
    }
    if let Some((position, card)) = card {
        position.apply(&card, &lines);
    }
    if let (Anchor::Mark(_), Some((start, end))) = (anchor, ends) {
        let (first, last) = (&lines.first, &lines.last);
        let (from, to) = if lines.is_rtl {
            (first.right(), last.left())
        } else {
            (first.left(), last.right())
        };
        lines.move_to(&start, from, first.top());
        lines.move_to(&end, to, last.top());
    }
}

/// The element of an inner handle, and its left and upper edge in pixels of the window.
fn inner_position(
    frame: &Frame,
    lines: &AnchorLines,
    inner: &InnerHandle,
) -> Option<(HtmlElement, f64, f64)> {
    let article = dom::element(frame.article.clone())?;
    let rects = dom_range(&article, &inner.words)?.get_client_rects()?;
    let (first, last) = visible_ends(&rects, &rects)?;
    let rect = if inner.is_at_start { first } else { last };
    let left = if inner.is_at_start == lines.is_rtl {
        rect.right()
    } else {
        rect.left()
    };
    let handle = dom::html_element(inner.handle.clone())?;
    Some((handle, left, rect.top()))
}
