//! What is selected of the article, in UTF-16 offsets of its text.

use crate::browser::page::text_position::{
    collapsed, dom_range, end_offset, offset_at, start_offset,
};
use crate::browser::page::viewport::TOP;
use crate::browser::page::{blocks, dom, sweep_state, viewport};
use pullquote_core::text::offset::Utf16Offset;
use pullquote_core::text::offset_map::OffsetMap;
use pullquote_core::text::words::part_at;

use std::ops::Range;
use web_sys::{Node, Range as DomRange, Selection};

/// Reads what is selected of the article; `None` if nothing is, or nothing of the article.
///
/// An end that the browser put at the very start of a block, as a triple click does, is moved to
/// the end of the block before. A selection that reaches beyond the article is cut to it.
#[must_use]
pub fn read(article: Option<Node>) -> Option<Range<Utf16Offset>> {
    let article = &dom::element(article)?;
    let selection = selection()?;
    if selection.range_count() == 0 || selection.is_collapsed() {
        return None;
    }
    let range = selection.get_range_at(0).ok()?;
    if !range.intersects_node(article).unwrap_or(false) {
        return None;
    }
    let (node, offset) = (range.start_container().ok()?, range.start_offset().ok()?);
    let start = start_offset(article, &node, offset)?;
    let (node, offset) = (range.end_container().ok()?, range.end_offset().ok()?);
    let end = end_offset(article, &node, offset)?;
    (start < end).then_some(Utf16Offset(start)..Utf16Offset(end))
}

/// Reads a selection whose pointer was released outside the article: from where it began to
/// the offset that is nearest to this point of the window.
#[must_use]
pub fn read_to(article: Option<Node>, x: f32, y: f32) -> Option<Range<Utf16Offset>> {
    let selected = read(article.clone())?;
    let article = dom::element(article)?;
    let frame = article.get_bounding_client_rect();
    let height = gloo::utils::window().inner_height().ok()?.as_f64()?;
    let x = clamp_inside(f64::from(x), frame.left(), frame.right());
    let y = clamp_inside(
        f64::from(y),
        frame.top().max(TOP),
        frame.bottom().min(height),
    );
    let Some(end) = offset_at(&article, x as f32, y as f32) else {
        return Some(selected);
    };
    let selection = selection()?;
    let anchor = collapsed(&selection.anchor_node()?, selection.anchor_offset())?;
    let (node, offset) = (anchor.start_container().ok()?, anchor.start_offset().ok()?);
    let start = start_offset(&article, &node, offset).unwrap_or(selected.end.0);
    let (from, to) = (start.min(end.0), start.max(end.0));
    (from < to).then_some(Utf16Offset(from)..Utf16Offset(to))
}

/// The offset where the selection began.
pub(crate) fn anchor(article: Option<Node>) -> Option<Utf16Offset> {
    let article = dom::element(article)?;
    let selection = selection()?;
    let node = selection.anchor_node()?;
    start_offset(&article, &node, selection.anchor_offset()).map(Utf16Offset)
}

/// The word that a click at a point of the window selected. Browsers select two words as one if
/// there is no space between them (`ended.Karvel`): of those, the one that was clicked.
#[must_use]
pub fn clicked_word(
    article: Option<Node>,
    selected: Range<Utf16Offset>,
    x: f32,
    y: f32,
) -> Range<Utf16Offset> {
    part_of(article, &selected, x, y).unwrap_or(selected)
}

fn part_of(
    article: Option<Node>,
    selected: &Range<Utf16Offset>,
    x: f32,
    y: f32,
) -> Option<Range<Utf16Offset>> {
    let article = dom::element(article)?;
    let words = String::from(dom_range(&article, selected)?.to_string());
    let start = selected.start.0;
    let offset = offset_at(&article, x, y)?.0.clamp(start, selected.end.0) - start;
    let offsets = OffsetMap::new(&words);
    let part = part_at(&words, offsets.from_utf16(Utf16Offset(offset))?.index());
    let offset_of = |byte: usize| {
        let before = words[..byte].encode_utf16().count() as u32;
        Utf16Offset(start + before)
    };
    Some(offset_of(part.start)..offset_of(part.end))
}

/// The value from one pixel after `from` to one pixel before `to` that is nearest.
fn clamp_inside(value: f64, from: f64, to: f64) -> f64 {
    value.min(to - 1.0).max(from + 1.0)
}

/// Selects these words, so that the user sees which are meant. Does nothing while the user is
/// selecting others.
pub fn show(article: Option<Node>, words: &Range<Utf16Offset>) {
    if sweep_state::is_sweeping() {
        return;
    }
    let range = dom::element(article).and_then(|article| dom_range(&article, words));
    let (Some(selection), Some(range)) = (selection(), range) else {
        return;
    };
    let is_shown = selection.get_range_at(0).is_ok_and(|shown| {
        let agrees = |how| shown.compare_boundary_points(how, &range) == Ok(0);
        agrees(DomRange::START_TO_START) && agrees(DomRange::END_TO_END)
    });
    if !is_shown && selection.remove_all_ranges().is_ok() {
        // Adding a range of this document to an empty selection is never refused.
        let _ = selection.add_range(&range);
    }
}

/// The first offset of the text that is in view.
#[must_use]
pub fn first_in_view() -> Option<Utf16Offset> {
    let article = dom::article()?;
    let (block, rect) = blocks::block_below(&article, TOP)?;
    let start = Utf16Offset(blocks::start_of(&block)?);
    if rect.top() >= TOP - 4.0 {
        return Some(start);
    }
    let (x, y) = (rect.left() as f32 + 4.0, TOP as f32 + 44.0);
    offset_at(&article, x, y).or(Some(start))
}

/// Whether the unit at this offset is in the window, below the bar and the palette.
#[must_use]
pub fn is_in_view(offset: Utf16Offset) -> bool {
    let unit = offset..Utf16Offset(offset.0 + 1);
    let range = dom::article().and_then(|article| dom_range(&article, &unit));
    range.is_some_and(|range| {
        let rect = range.get_bounding_client_rect();
        rect.top() >= TOP - 4.0 && rect.bottom() <= viewport::height()
    })
}

/// Clears the selection. Does nothing while the user is selecting words.
pub fn clear() {
    if !sweep_state::is_sweeping() {
        clear_now();
    }
}

/// Clears the selection.
pub(crate) fn clear_now() {
    if let Some(selection) = selection() {
        // Removing ranges is never refused.
        let _ = selection.remove_all_ranges();
    }
}

/// The offset of the text that is nearest to a point of the window, in pixels; `None` outside
/// the article.
#[must_use]
pub fn at_point(article: Option<Node>, x: f32, y: f32) -> Option<Utf16Offset> {
    offset_at(&dom::element(article)?, x, y)
}

fn selection() -> Option<Selection> {
    gloo::utils::window().get_selection().ok().flatten()
}
