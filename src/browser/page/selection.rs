//! The selection, between the DOM and the units of the text.
//!
//! The article element has blocks with `data-start`: the UTF-16 offset of their
//! first unit in the text. All text nodes in a block are text of the article, so
//! a place in a block is its start and the length of what stands before it.
//!
//! Lengths are taken from `Range.toString()`: `Selection.toString()` leaves out
//! what `content-visibility` has skipped (measured in three engines).

use crate::browser::page::blocks::{block_before, count, start_of};
use pullquote_core::text::offset::Utf16Offset;
use pullquote_core::text::offset_map::OffsetMap;
use pullquote_core::text::words::part_at;

use std::ops::Range as Stretch;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Node, NodeList, Range, Selection};

const BLOCK: &str = "[data-start]";

/// The top of what is not covered by the bar and the palette, in pixels.
pub(crate) const TOP: f64 = 120.0;

/// What is selected of `article`, in UTF-16 units of its text. `None` if nothing
/// is, or if the selection has no part in the article.
///
/// An end that the browser put at the very start of a block (a triple click
/// does) comes back to the end of the block before. A selection that reaches
/// beyond the article is cut to it.
#[must_use]
pub fn read(article: Option<Node>) -> Option<Stretch<Utf16Offset>> {
    let article = &element(article)?;
    let selection = selection()?;
    if selection.range_count() == 0 || selection.is_collapsed() {
        return None;
    }
    let range = selection.get_range_at(0).ok()?;
    if !range.intersects_node(article).unwrap_or(false) {
        return None;
    }
    let start = forward(
        article,
        &range.start_container().ok()?,
        range.start_offset().ok()?,
    )?;
    let end = back(
        article,
        &range.end_container().ok()?,
        range.end_offset().ok()?,
    )?;
    (start < end).then_some(Utf16Offset(start)..Utf16Offset(end))
}

/// What is selected from where the sweep began to the place of the article that is
/// nearest to a point of the window, where the sweep was let go outside of it.
#[must_use]
pub fn read_to(article: Option<Node>, x: f32, y: f32) -> Option<Stretch<Utf16Offset>> {
    let whole = read(article.clone())?;
    let element = element(article.clone())?;
    let frame = element.get_bounding_client_rect();
    let height = gloo::utils::window().inner_height().ok()?.as_f64()?;
    let x = nearest(f64::from(x), frame.left(), frame.right());
    let y = nearest(
        f64::from(y),
        frame.top().max(TOP),
        frame.bottom().min(height),
    );
    let Some(end) = at_point(article, x as f32, y as f32) else {
        return Some(whole);
    };
    let selection = selection()?;
    let anchor = point(&selection.anchor_node()?, selection.anchor_offset())?;
    let (node, offset) = (anchor.start_container().ok()?, anchor.start_offset().ok()?);
    let start = forward(&element, &node, offset).unwrap_or(whole.end.0);
    let (from, to) = (start.min(end.0), start.max(end.0));
    (from < to).then_some(Utf16Offset(from)..Utf16Offset(to))
}

/// Where the selection began, in the text of the article.
pub(crate) fn anchor(article: Option<Node>) -> Option<Utf16Offset> {
    let article = element(article)?;
    let selection = selection()?;
    let node = selection.anchor_node()?;
    forward(&article, &node, selection.anchor_offset()).map(Utf16Offset)
}

/// What a click at a point of the window selected of the article: of two words that a browser
/// takes for one, since no space is between them (`ended.Karvel`), the one that was clicked.
#[must_use]
pub fn clicked(
    article: Option<Node>,
    selected: Stretch<Utf16Offset>,
    x: f32,
    y: f32,
) -> Stretch<Utf16Offset> {
    part_of(article, &selected, x, y).unwrap_or(selected)
}

fn part_of(
    article: Option<Node>,
    selected: &Stretch<Utf16Offset>,
    x: f32,
    y: f32,
) -> Option<Stretch<Utf16Offset>> {
    let words = range_of(&element(article.clone())?, selected)?.to_string();
    let words = String::from(words);
    let start = selected.start.0;
    let at = at_point(article, x, y)?.0.clamp(start, selected.end.0) - start;
    let offsets = OffsetMap::new(&words);
    let part = part_at(&words, offsets.from_utf16(Utf16Offset(at))?.index());
    let place = |byte: usize| {
        let before = words[..byte].encode_utf16().count() as u32;
        Utf16Offset(start + before)
    };
    Some(place(part.start)..place(part.end))
}

/// The place between `from` and `to`, a pixel inside, that is nearest to `at`.
fn nearest(at: f64, from: f64, to: f64) -> f64 {
    at.min(to - 1.0).max(from + 1.0)
}

/// Selects this stretch of the article's text, so that the user sees what is meant.
///
/// A sweep that has begun meanwhile goes on instead.
pub fn show(article: Option<Node>, stretch: &Stretch<Utf16Offset>) {
    if crate::browser::page::pointer::is_sweeping() {
        return;
    }
    let range = element(article).and_then(|article| range_of(&article, stretch));
    let (Some(selection), Some(range)) = (selection(), range) else {
        return;
    };
    let same = selection.get_range_at(0).is_ok_and(|shown| {
        let agrees = |how| shown.compare_boundary_points(how, &range) == Ok(0);
        agrees(Range::START_TO_START) && agrees(Range::END_TO_END)
    });
    if !same && selection.remove_all_ranges().is_ok() {
        // Adding a range of this document to an empty selection is never refused.
        let _ = selection.add_range(&range);
    }
}

/// The first unit of the text that is in view.
#[must_use]
pub fn first_in_view() -> Option<Utf16Offset> {
    let article = crate::browser::page::dom::article()?;
    let (block, rect) = crate::browser::page::blocks::block_below(&article, TOP)?;
    let start = crate::browser::page::blocks::start_of(&block)?;
    if rect.top() >= TOP - 4.0 {
        return Some(Utf16Offset(start));
    }
    at_point(
        Some(article.into()),
        rect.left() as f32 + 4.0,
        TOP as f32 + 44.0,
    )
    .or(Some(Utf16Offset(start)))
}

/// Whether the unit `at` of the text stands in the window, below the bar and the palette.
#[must_use]
pub fn is_in_view(at: Utf16Offset) -> bool {
    let unit = at..Utf16Offset(at.0 + 1);
    let range = crate::browser::page::dom::article().and_then(|article| range_of(&article, &unit));
    range.is_some_and(|range| {
        let rect = range.get_bounding_client_rect();
        rect.top() >= TOP - 4.0 && rect.bottom() <= crate::browser::page::dom::height()
    })
}

/// Selects nothing; but a sweep that has begun meanwhile goes on.
pub fn clear() {
    if !crate::browser::page::pointer::is_sweeping() {
        clear_now();
    }
}

/// Selects nothing.
pub(crate) fn clear_now() {
    if let Some(selection) = selection() {
        let _ = selection.remove_all_ranges();
    }
}

/// The place in the article's text that is nearest to a point of the window.
#[must_use]
pub fn at_point(article: Option<Node>, x: f32, y: f32) -> Option<Utf16Offset> {
    let article = &element(article)?;
    let (node, offset) = caret_at(x, y)?;
    if !article.contains(Some(&node)) {
        return None;
    }
    back(article, &node, offset).map(Utf16Offset)
}

/// Whether a node lies in the article.
#[must_use]
pub fn is_in(article: Option<Node>, node: Option<&Node>) -> bool {
    node.is_some() && article.is_some_and(|article| article.contains(node))
}

pub(crate) fn element(node: Option<Node>) -> Option<Element> {
    node?.dyn_into().ok()
}

/// The stretch as a range of the DOM.
pub(crate) fn range_of(article: &Element, stretch: &Stretch<Utf16Offset>) -> Option<Range> {
    let range = gloo::utils::document().create_range().ok()?;
    let (node, offset) = point_of(article, stretch.start.0, false)?;
    range.set_start(&node, offset).ok()?;
    let (node, offset) = point_of(article, stretch.end.0, true)?;
    range.set_end(&node, offset).ok()?;
    Some(range)
}

fn selection() -> Option<Selection> {
    gloo::utils::window().get_selection().ok().flatten()
}

/// The caret at a point. Safari has only the older function of the two.
fn caret_at(x: f32, y: f32) -> Option<(Node, u32)> {
    let document = gloo::utils::document();
    let has = |name: &str| js_sys::Reflect::has(&document, &JsValue::from_str(name));
    if has("caretPositionFromPoint").unwrap_or(false) {
        let caret = document.caret_position_from_point(x, y)?;
        return Some((caret.offset_node()?, caret.offset()));
    }
    let older = js_sys::Reflect::get(&document, &JsValue::from_str("caretRangeFromPoint")).ok()?;
    let older: js_sys::Function = older.dyn_into().ok()?;
    let range = older.call2(&document, &JsValue::from(x), &JsValue::from(y));
    let range: Range = range.ok()?.dyn_into().ok()?;
    Some((range.start_container().ok()?, range.start_offset().ok()?))
}

/// The block that a place lies in.
fn block_of(node: &Node) -> Option<Element> {
    let element = match node.dyn_ref::<Element>() {
        Some(element) => element.clone(),
        None => node.parent_element()?,
    };
    element.closest(BLOCK).ok().flatten()
}

fn length_of(block: &Element) -> u32 {
    block
        .text_content()
        .map_or(0, |text| text.encode_utf16().count() as u32)
}

/// Units of the block before a place in it.
fn before(block: &Element, node: &Node, offset: u32) -> Option<u32> {
    let range = gloo::utils::document().create_range().ok()?;
    range.set_start(block, 0).ok()?;
    range.set_end(node, offset).ok()?;
    Some(range.to_string().length())
}

/// A place as the start of a selection: between two blocks, the next one's start.
fn forward(article: &Element, node: &Node, offset: u32) -> Option<u32> {
    if let Some(block) = block_of(node).filter(|block| article.contains(Some(block))) {
        return Some(start_of(&block)? + before(&block, node, offset)?);
    }
    let place = point(node, offset)?;
    let all = Blocks::of(article)?;
    // Blocks that end before the place, or there.
    let before = all.count(|block| {
        whole(block).is_some_and(|whole| {
            whole.compare_boundary_points(Range::START_TO_END, &place) != Ok(1)
        })
    });
    let next = all.item(before)?;
    start_of(&next)
}

/// A place as the end of a selection: at the start of a block, or between two,
/// the end of the block before.
fn back(article: &Element, node: &Node, offset: u32) -> Option<u32> {
    if let Some(block) = block_of(node).filter(|block| article.contains(Some(block))) {
        let inside = before(&block, node, offset)?;
        if inside > 0 {
            return Some(start_of(&block)? + inside);
        }
    }
    let place = point(node, offset)?;
    // The blocks that begin before the place; the place may still be the very start
    // of the last of them, in a text or an element inside it.
    let all = Blocks::of(article)?;
    let begun = all.count(|block| {
        whole(block).is_some_and(|whole| {
            whole.compare_boundary_points(Range::START_TO_START, &place) == Ok(-1)
        })
    });
    let item = |place: Option<u32>| all.item(place?);
    let last = item(begun.checked_sub(1));
    let is_at_its_start = |block: &Element| before(block, node, offset) == Some(0);
    let end = match last {
        Some(block) if is_at_its_start(&block) => item(begun.checked_sub(2)),
        other => other,
    };
    match end {
        Some(block) => Some(start_of(&block)? + length_of(&block)),
        None => start_of(&all.item(0)?),
    }
}

fn point(node: &Node, offset: u32) -> Option<Range> {
    let range = gloo::utils::document().create_range().ok()?;
    range.set_start(node, offset).ok()?;
    range.set_end(node, offset).ok()?;
    Some(range)
}

fn whole(block: &Element) -> Option<Range> {
    let range = gloo::utils::document().create_range().ok()?;
    range.select_node_contents(block).ok()?;
    Some(range)
}

/// All blocks of the article, in order.
struct Blocks(NodeList);

impl Blocks {
    fn of(article: &Element) -> Option<Self> {
        article.query_selector_all(BLOCK).ok().map(Self)
    }

    fn item(&self, place: u32) -> Option<Element> {
        self.0.item(place)?.dyn_into().ok()
    }

    /// How many there are for which `is_so`: the first ones, up to the first for which it
    /// is not so.
    fn count(&self, is_so: impl Fn(&Element) -> bool) -> u32 {
        let is_so = |place| self.item(place).is_some_and(|block| is_so(&block));
        count(self.0.length(), is_so)
    }
}

/// The block that holds the unit `at` of the text, or the one before it.
fn block_at(article: &Element, at: u32, is_end: bool) -> Option<Element> {
    let block = block_before(article, at, !is_end)?;
    let end = start_of(&block)? + length_of(&block);
    (at < end || (is_end && at == end)).then_some(block)
}

/// The text node and the offset in it where the unit `at` of the text begins, or
/// where the one before it ends.
fn point_of(article: &Element, at: u32, is_end: bool) -> Option<(Node, u32)> {
    let block = block_at(article, at, is_end)?;
    let mut left = at - start_of(&block)?;
    let mut texts = Vec::new();
    collect_texts(&block, &mut texts);
    for text in texts {
        let length = text
            .text_content()
            .map_or(0, |text| text.encode_utf16().count() as u32);
        if left < length || (is_end && left == length) {
            return Some((text, left));
        }
        left -= length;
    }
    None
}

fn collect_texts(node: &Node, texts: &mut Vec<Node>) {
    let mut child = node.first_child();
    while let Some(node) = child {
        if node.node_type() == Node::TEXT_NODE {
            texts.push(node.clone());
        } else {
            collect_texts(&node, texts);
        }
        child = node.next_sibling();
    }
}
