//! Between offsets in the text of the article and points in the DOM.
//!
//! The article element has blocks with `data-start`: the UTF-16 offset of their first unit in
//! the text. All text nodes in a block are text of the article, so a point in a block is at the
//! start of the block plus the length of the text before the point.
//!
//! Lengths are those of `Range.toString()`: `Selection.toString()` leaves out what
//! `content-visibility` has skipped (measured in three engines).

use crate::browser::js;
use crate::browser::page::blocks::{block_at, block_before, start_of};
use crate::browser::page::dom;
use pullquote_core::text::offset::Utf16Offset;

use std::ops::Range;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Node, NodeList, Range as DomRange};

const BLOCK: &str = "[data-start]";

/// An end of a range.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Boundary {
    Start,
    End,
}

/// The offset of a point that starts a selection. Between two blocks, it is the start of the
/// next one.
pub(crate) fn start_offset(article: &Element, node: &Node, offset: u32) -> Option<u32> {
    if let Some(block) = block_of(article, node) {
        return Some(start_of(&block)? + length_before(&block, node, offset)?);
    }
    let point = collapsed(node, offset)?;
    let all = Blocks::new(article)?;
    let ended = all.partition_point(|block| {
        contents(block).is_some_and(|contents| {
            contents.compare_boundary_points(DomRange::START_TO_END, &point) != Ok(1)
        })
    });
    start_of(&all.item(ended)?)
}

/// The offset of a point that ends a selection. At the start of a block, or between two, it is
/// the end of the block before.
pub(crate) fn end_offset(article: &Element, node: &Node, offset: u32) -> Option<u32> {
    if let Some(block) = block_of(article, node) {
        let inside = length_before(&block, node, offset)?;
        if inside > 0 {
            return Some(start_of(&block)? + inside);
        }
    }
    let point = collapsed(node, offset)?;
    let all = Blocks::new(article)?;
    // The point may be the very start of the last of these blocks, in a text or an element
    // inside it.
    let begun = all.partition_point(|block| {
        contents(block).is_some_and(|contents| {
            contents.compare_boundary_points(DomRange::START_TO_START, &point) == Ok(-1)
        })
    });
    let item = |index: Option<u32>| all.item(index?);
    let is_at_start = |block: &Element| length_before(block, node, offset) == Some(0);
    let last = match item(begun.checked_sub(1)) {
        Some(block) if is_at_start(&block) => item(begun.checked_sub(2)),
        last => last,
    };
    match last {
        Some(block) => Some(start_of(&block)? + length_of(&block)),
        None => start_of(&all.item(0)?),
    }
}

/// The offset that is nearest to a point of the window, in pixels; `None` outside the article.
pub(crate) fn offset_at(article: &Element, x: f32, y: f32) -> Option<Utf16Offset> {
    let (node, offset) = caret_at(x, y)?;
    if !article.contains(Some(&node)) {
        return None;
    }
    end_offset(article, &node, offset).map(Utf16Offset)
}

/// The range of the DOM for a range of the text.
pub(crate) fn dom_range(article: &Element, range: &Range<Utf16Offset>) -> Option<DomRange> {
    let dom_range = gloo::utils::document().create_range().ok()?;
    let (node, offset) = point_of(article, range.start.0, Boundary::Start)?;
    dom_range.set_start(&node, offset).ok()?;
    let (node, offset) = point_of(article, range.end.0, Boundary::End)?;
    dom_range.set_end(&node, offset).ok()?;
    Some(dom_range)
}

/// The caret at a point of the window, in pixels. Safari has only the older of the two
/// functions.
fn caret_at(x: f32, y: f32) -> Option<(Node, u32)> {
    let document = gloo::utils::document();
    if js::field(&document, "caretPositionFromPoint").is_function() {
        let caret = document.caret_position_from_point(x, y)?;
        return Some((caret.offset_node()?, caret.offset()));
    }
    let older = js::field(&document, "caretRangeFromPoint");
    let older: js_sys::Function = older.dyn_into().ok()?;
    let range = older.call2(&document, &JsValue::from(x), &JsValue::from(y));
    let range: DomRange = range.ok()?.dyn_into().ok()?;
    Some((range.start_container().ok()?, range.start_offset().ok()?))
}

/// The block of the article that a node lies in.
fn block_of(article: &Element, node: &Node) -> Option<Element> {
    let element = match node.dyn_ref::<Element>() {
        Some(element) => element.clone(),
        None => node.parent_element()?,
    };
    let block = element.closest(BLOCK).ok().flatten();
    block.filter(|block| article.contains(Some(block)))
}

/// The length of the text in a node, in UTF-16 units.
fn length_of(node: &Node) -> u32 {
    node.text_content()
        .map_or(0, |text| text.encode_utf16().count() as u32)
}

/// The length of the text in a block before a point, in UTF-16 units.
fn length_before(block: &Element, node: &Node, offset: u32) -> Option<u32> {
    let range = gloo::utils::document().create_range().ok()?;
    range.set_start(block, 0).ok()?;
    range.set_end(node, offset).ok()?;
    Some(range.to_string().length())
}

/// An empty range at a point.
pub(crate) fn collapsed(node: &Node, offset: u32) -> Option<DomRange> {
    let range = gloo::utils::document().create_range().ok()?;
    range.set_start(node, offset).ok()?;
    range.set_end(node, offset).ok()?;
    Some(range)
}

/// The range of all that is in a block.
fn contents(block: &Element) -> Option<DomRange> {
    let range = gloo::utils::document().create_range().ok()?;
    range.select_node_contents(block).ok()?;
    Some(range)
}

/// All blocks of the article, in order.
struct Blocks(NodeList);

impl Blocks {
    fn new(article: &Element) -> Option<Self> {
        article.query_selector_all(BLOCK).ok().map(Self)
    }

    fn item(&self, index: u32) -> Option<Element> {
        self.0.item(index)?.dyn_into().ok()
    }

    /// The number of leading blocks for which `is_before` holds.
    fn partition_point(&self, is_before: impl Fn(&Element) -> bool) -> u32 {
        dom::partition_point(self.0.length(), |index| {
            self.item(index).is_some_and(|block| is_before(&block))
        })
    }
}

/// The text node, and the offset in it, of an offset in the text. Between two text nodes, a
/// start is in the second and an end is in the first.
fn point_of(article: &Element, offset: u32, boundary: Boundary) -> Option<(Node, u32)> {
    let block = match boundary {
        Boundary::Start => block_at(article, offset)?,
        Boundary::End => block_before(article, offset)?,
    };
    let mut rest = offset - start_of(&block)?;
    let mut texts = Vec::new();
    collect_texts(&block, &mut texts);
    for text in texts {
        let length = length_of(&text);
        if rest < length || (boundary == Boundary::End && rest == length) {
            return Some((text, rest));
        }
        rest -= length;
    }
    None
}

/// Appends all text nodes in a node, in order.
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
