//! The blocks of the article, found without looking at all of them.
//!
//! ```text
//! article
//!   .section data-from="0"        about twenty blocks, in order
//!     p data-start="0"            UTF-16 offset of its first unit
//!     p data-start="412"
//!   .section data-from="5210"
//! ```
//!
//! A section that is not drawn yet is empty, or plain: its blocks are there with their
//! text, and without marks.

use crate::browser::page::selection;
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_app::editor::view::block_view::element_of;
use pullquote_core::model::article::{Article, Block, TextDirection};

use wasm_bindgen::JsCast as _;
use web_sys::{DomRect, Element, HtmlCollection, Node};

const FROM: &str = "data-from";
const START: &str = "data-start";

/// The UTF-16 offset of a block's first unit in the text.
pub(crate) fn start_of(block: &Element) -> Option<u32> {
    number(block, START)
}

fn number(element: &Element, name: &str) -> Option<u32> {
    element.get_attribute(name)?.parse().ok()
}

/// How many of `all` things in order are so: the first ones, up to the first that is not.
pub(crate) fn count(all: u32, is_so: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, all);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_so(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The last of these elements, which are in order, that is so; `None` if none is.
fn last(elements: &HtmlCollection, is_so: impl Fn(&Element) -> bool) -> Option<Element> {
    let element = |place| elements.item(place);
    let so = count(elements.length(), |place| {
        element(place).is_some_and(|it| is_so(&it))
    });
    element(so.checked_sub(1)?)
}

/// The last block that begins before the unit `at`, or with it if `or_there`. In a
/// section that is still empty there is none.
pub(crate) fn block_before(article: &Element, at: u32, or_there: bool) -> Option<Element> {
    let begins = |element: &Element, name: &str| {
        number(element, name).is_some_and(|start| start < at || (start == at && or_there))
    };
    let section = last(&article.children(), |section| begins(section, FROM))?;
    last(&section.children(), |block| begins(block, START))
}

/// The section that holds the unit `at` of the text.
pub(crate) fn section_at(article: &Element, at: u32) -> Option<Element> {
    last(&article.children(), |section| {
        number(section, FROM).is_some_and(|from| from <= at)
    })
}

/// The first and the last element of a mark.
pub(crate) fn ends_of(article: &Element, spot: &MarkLocation) -> Option<(Element, Element)> {
    let selector = format!("mark[data-annotation=\"{}\"]", spot.id);
    let first = block_before(article, spot.first.0, true)?;
    let first = first.query_selector(&selector).ok()??;
    let last = block_before(article, spot.last.0, true)?;
    let pieces = last.query_selector_all(&selector).ok()?;
    let last = pieces.item(pieces.length().checked_sub(1)?)?;
    Some((first, last.dyn_into().ok()?))
}

/// The first block that reaches below this height of the window.
pub(crate) fn block_below(article: &Element, height: f64) -> Option<(Element, DomRect)> {
    let is_above = |element: &Element| element.get_bounding_client_rect().bottom() <= height;
    let after = |elements: &HtmlCollection| match last(elements, is_above) {
        Some(above) => above.next_element_sibling(),
        None => elements.item(0),
    };
    let block = after(&after(&article.children())?.children())?;
    let rect = block.get_bounding_client_rect();
    Some((block, rect))
}

/// Puts the text into the section at `place`, block by block and without marks, if it is
/// plain and empty: so all of the text is there to be found, selected and printed before
/// its marks are.
pub fn fill(article: Option<Node>, place: usize, of: &Article, blocks: &[Block]) {
    let section = selection::element(article)
        .and_then(|article| article.children().item(u32::try_from(place).ok()?));
    let Some(section) = section else { return };
    if !section.matches(".plain:empty").unwrap_or(false) {
        return;
    }
    let document = gloo::utils::document();
    for block in blocks {
        let (name, class) = element_of(block.kind);
        let start = of.offsets().utf16(block.span.start());
        let (Ok(element), Some(start)) = (document.create_element(name), start) else {
            continue;
        };
        element.set_text_content(block.span.slice(of.text()));
        // Attributes of these names can always be set.
        let _ = element.set_attribute(START, &start.0.to_string());
        if !class.is_empty() {
            element.set_class_name(class);
        }
        if block.direction != of.direction {
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
