//! The blocks of the article, found by binary search.
//!
//! ```text
//! article
//!   .section data-from="0"        about twenty blocks, in order
//!     h1 data-start="0"           UTF-16 offset of its first unit
//!     .source-line data-next="37" no block: the offset of the block after it
//!     p data-start="37"
//!   .section data-from="5210"
//! ```
//!
//! A section that is not drawn yet is empty, or has the class `plain`: then its blocks have
//! their text, but no marks.

use crate::browser::page::dom;
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_app::editor::view::block_view::element_of;
use pullquote_core::model::article::{Article, Block, TextDirection};

use wasm_bindgen::JsCast as _;
use web_sys::{DomRect, Element, HtmlCollection, Node};

const FROM: &str = "data-from";
const START: &str = "data-start";
const NEXT: &str = "data-next";

/// The UTF-16 offset of the first unit of a block in the text.
pub(crate) fn start_of(block: &Element) -> Option<u32> {
    number(block, START)
}

fn number(element: &Element, attribute: &str) -> Option<u32> {
    element.get_attribute(attribute)?.parse().ok()
}

/// The last of the leading elements for which `is_before` holds; `None` if it holds for none.
fn last_before(elements: &HtmlCollection, is_before: impl Fn(&Element) -> bool) -> Option<Element> {
    let count = dom::partition_point(elements.length(), |index| {
        let element = elements.item(index);
        element.is_some_and(|element| is_before(&element))
    });
    elements.item(count.checked_sub(1)?)
}

/// The last block that starts at the offset or before it; `None` in a section that is empty.
pub(crate) fn block_at(article: &Element, offset: u32) -> Option<Element> {
    block_before(article, offset.saturating_add(1))
}

/// The last block that starts before the offset; `None` in a section that is empty.
pub(crate) fn block_before(article: &Element, offset: u32) -> Option<Element> {
    let is_before = |start: Option<u32>| start.is_some_and(|start| start < offset);
    let section = last_before(&article.children(), |section| {
        is_before(number(section, FROM))
    })?;
    last_before(&section.children(), |block| {
        is_before(number(block, START).or_else(|| number(block, NEXT)))
    })
}

/// The section that has the unit at this offset.
pub(crate) fn section_at(article: &Element, offset: u32) -> Option<Element> {
    last_before(&article.children(), |section| {
        number(section, FROM).is_some_and(|from| from <= offset)
    })
}

/// The first and the last element of a mark; `None` if it is not drawn.
pub(crate) fn ends_of(article: &Element, mark: &MarkLocation) -> Option<(Element, Element)> {
    let selector = format!("mark[data-annotation=\"{}\"]", mark.id);
    let first = block_at(article, mark.first.0)?;
    let first = first.query_selector(&selector).ok()??;
    let last = block_at(article, mark.last.0)?;
    let elements = last.query_selector_all(&selector).ok()?;
    let last = elements.item(elements.length().checked_sub(1)?)?;
    Some((first, last.dyn_into().ok()?))
}

/// The first block that ends below this height of the window, and where it is.
pub(crate) fn block_below(article: &Element, height: f64) -> Option<(Element, DomRect)> {
    let is_above = |element: &Element| element.get_bounding_client_rect().bottom() <= height;
    let first_below = |elements: &HtmlCollection| match last_before(elements, is_above) {
        Some(above) => above.next_element_sibling(),
        None => elements.item(0),
    };
    let section = first_below(&article.children())?;
    let mut block = first_below(&section.children())?;
    if block.has_attribute(NEXT) {
        block = block.next_element_sibling()?;
    }
    let rect = block.get_bounding_client_rect();
    Some((block, rect))
}

/// Draws the text of the section at this index, block by block and without marks, if it is
/// plain and empty. So all of the text can be found, selected and printed before its marks are
/// drawn.
pub fn fill(element: Option<Node>, index: usize, article: &Article, blocks: &[Block]) {
    let section = dom::element(element)
        .and_then(|element| element.children().item(u32::try_from(index).ok()?));
    let Some(section) = section else { return };
    if !section.matches(".plain:empty").unwrap_or(false) {
        return;
    }
    let document = gloo::utils::document();
    for block in blocks {
        let (name, class) = element_of(block.kind);
        let start = article.offsets().utf16(block.span.start());
        let (Ok(element), Some(start)) = (document.create_element(name), start) else {
            continue;
        };
        element.set_text_content(block.span.slice(article.text()));
        // Attributes of these names can always be set.
        let _ = element.set_attribute(START, &start.0.to_string());
        if !class.is_empty() {
            element.set_class_name(class);
        }
        if block.direction != article.direction {
            let _ = element.set_attribute("dir", direction(block.direction));
        }
        let _ = section.append_child(&element);
    }
}

/// The value of a `dir` attribute.
#[must_use]
pub fn direction(direction: TextDirection) -> &'static str {
    match direction {
        TextDirection::LeftToRight => "ltr",
        TextDirection::RightToLeft => "rtl",
    }
}
