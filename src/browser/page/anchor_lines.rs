//! Where the words are, on the screen, that a card or a handle belongs to.

use crate::browser::page::text_position::dom_range;
use crate::browser::page::{blocks, dom};
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_core::text::offset::Utf16Offset;

use std::ops::Range;
use web_sys::{DomRect, DomRectList, HtmlElement, Node};

/// What a card belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Words that are selected.
    Words(Range<Utf16Offset>),
    /// A mark.
    Mark(MarkLocation),
}

/// The elements that cards and handles are positioned in.
pub struct Frame {
    /// The column: positions are relative to it.
    pub column: Option<Node>,
    /// The article in the column.
    pub article: Option<Node>,
}

impl Frame {
    /// Measures the words of an anchor; `None` if they are not drawn.
    pub(crate) fn measure(&self, anchor: &Anchor) -> Option<AnchorLines> {
        let column = dom::element(self.column.clone())?;
        let article = dom::element(self.article.clone())?;
        let (first, last, is_rtl) = match anchor {
            Anchor::Words(words) => {
                let rects = dom_range(&article, words)?.get_client_rects()?;
                let (first, last) = visible_ends(&rects, &rects)?;
                (first, last, false)
            }
            Anchor::Mark(mark) => {
                let (from, to) = blocks::ends_of(&article, mark)?;
                let (first, last) = visible_ends(&from.get_client_rects(), &to.get_client_rects())?;
                let block = from.closest("[dir]").ok().flatten();
                let dir = block.and_then(|block| block.get_attribute("dir"));
                (first, last, dir.as_deref() == Some("rtl"))
            }
        };
        Some(AnchorLines {
            column: column.get_bounding_client_rect(),
            article: article.get_bounding_client_rect(),
            first,
            last,
            is_rtl,
        })
    }
}

/// Where the first and the last line of an anchor are, in pixels of the window.
pub(crate) struct AnchorLines {
    pub(crate) column: DomRect,
    pub(crate) article: DomRect,
    pub(crate) first: DomRect,
    pub(crate) last: DomRect,
    /// Whether the first line of a mark runs from right to left.
    pub(crate) is_rtl: bool,
}

impl AnchorLines {
    /// Moves an element to a point of the window.
    pub(crate) fn move_to(&self, element: &HtmlElement, left: f64, top: f64) {
        let style = element.style();
        let (left, top) = (left - self.column.left(), top - self.column.top());
        // `translate` needs no new layout. Setting a length never fails.
        let _ = style.set_property(
            "translate",
            &format!("{}px {}px", left.round(), top.round()),
        );
    }
}

/// The first visible line in `from` and the last visible one in `to`.
pub(crate) fn visible_ends(from: &DomRectList, to: &DomRectList) -> Option<(DomRect, DomRect)> {
    let is_visible = |rect: &DomRect| rect.width() > 0.5 && rect.height() > 0.5;
    let visible = |list: &DomRectList, index: u32| list.item(index).filter(is_visible);
    let first = (0..from.length()).find_map(|index| visible(from, index))?;
    let last = (0..to.length())
        .rev()
        .find_map(|index| visible(to, index))?;
    Some((first, last))
}
