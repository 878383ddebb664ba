//! Where the card and the handles stand: set through the CSSOM, since our policy
//! lets no `style` attribute through.

use super::{blocks, outline, selection};
use crate::app::Spot;
use gloo::events::EventListener;
use pullquote_core::text::Utf16Offset;
use std::ops::Range;
use wasm_bindgen::JsCast as _;
use web_sys::{DomRect, DomRectList, HtmlElement, Node};

/// What a card belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Words that were swept.
    Words(Range<Utf16Offset>),
    /// A mark.
    Mark(Spot),
}

/// What card and handles are placed in.
pub struct Frame {
    /// The column: what they are positioned by.
    pub column: Option<Node>,
    /// The article in it.
    pub article: Option<Node>,
}

/// Room that is left between the words and the card, in pixels.
const GAP: f64 = 16.0;

/// What is put there.
#[derive(Default)]
pub struct Placed {
    /// The card.
    pub card: Option<Node>,
    /// The handle at the start of the mark.
    pub start: Option<Node>,
    /// The handle at its end.
    pub end: Option<Node>,
    /// The handles between its pieces: each with the words of its piece, and whether it is
    /// at the start of them.
    pub inner: Vec<(Option<Node>, Range<Utf16Offset>, bool)>,
}

/// Puts the card beside the anchor: in the margin, level with the first line, where
/// there is room; else under the last line. On a phone the style sheet puts it at
/// the thumb. And the two handles at the ends of a mark.
///
/// Everything is measured first and moved then: the browser lays the page out once.
pub fn put(frame: &Frame, placed: &Placed, anchor: &Anchor) {
    let Some(lines) = frame.measured(anchor) else {
        return;
    };
    let card = html(placed.card.as_ref()).map(|card| (lines.beside(&card), card));
    let ends = html(placed.start.as_ref()).zip(html(placed.end.as_ref()));
    let inner: Vec<_> = placed
        .inner
        .iter()
        .filter_map(|(handle, words, at_start)| {
            let article = selection::element(frame.article.clone())?;
            let rects = selection::range_of(&article, words)?.get_client_rects()?;
            let (first, last) = self::ends(&rects, &rects)?;
            let rect = if *at_start { first } else { last };
            let left = if *at_start == lines.is_rtl {
                rect.right()
            } else {
                rect.left()
            };
            Some((html(handle.as_ref())?, left, rect.top()))
        })
        .collect();
    for (handle, left, top) in &inner {
        lines.move_to(handle, *left, *top);
    }
    if let Some((place, card)) = card {
        match place {
            Some((left, top)) => lines.move_to(&card, left, top),
            None => uncover(&card, &lines.last),
        }
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

/// Where words stand, and in what.
struct Lines {
    column: DomRect,
    article: DomRect,
    first: DomRect,
    last: DomRect,
    /// Whether the first line runs from right to left.
    is_rtl: bool,
}

impl Lines {
    /// Where the card goes; `None` where the style sheet puts it at the bottom of the
    /// window.
    fn beside(&self, card: &HtmlElement) -> Option<(f64, f64)> {
        // As high as it wants to be: what held it under another line no longer counts.
        room(card, None);
        let (width, height) = (
            f64::from(card.offset_width()),
            f64::from(card.offset_height()),
        );
        if is_at_the_thumb(card) {
            return None;
        }
        let (column, article) = (&self.column, &self.article);
        Some(if column.right() - article.right() >= width + 1.5 * GAP {
            let top = beside(self.first.top() - 12.0, height);
            (article.right() + GAP, top)
        } else {
            let most = (column.right() - GAP - width).max(column.left() + GAP);
            // In what margin there is: it covers as few of the words as it can.
            let left = if self.is_rtl {
                column.left() + GAP
            } else {
                most
            };
            let top = self.last.bottom() + GAP + 4.0;
            room(card, Some(outline::height() - top - GAP));
            (left, top)
        })
    }

    /// Moves an element to a place of the window.
    fn move_to(&self, element: &HtmlElement, left: f64, top: f64) {
        let style = element.style();
        let (left, top) = (left - self.column.left(), top - self.column.top());
        // Moved by `translate`, it is not laid out again. Setting a length never fails.
        let _ = style.set_property(
            "translate",
            &format!("{}px {}px", left.round(), top.round()),
        );
    }
}

/// Whether the style sheet puts the card at the bottom of the window.
fn is_at_the_thumb(card: &HtmlElement) -> bool {
    let style = gloo::utils::window()
        .get_computed_style(card)
        .ok()
        .flatten();
    style.is_some_and(|style| {
        style
            .get_property_value("position")
            .is_ok_and(|position| position == "fixed")
    })
}

/// Scrolls the words out from under the card.
fn uncover(card: &HtmlElement, last: &DomRect) {
    let hidden = last.bottom() + GAP - card.get_bounding_client_rect().top();
    if hidden > 0.0 {
        gloo::utils::window().scroll_by_with_x_and_y(0.0, hidden);
    }
}

/// The least height of a card under the line: its tags, a few fields, its foot.
const LEAST: f64 = 300.0;

/// A card under the line is no higher than the window has room for; what is in it scrolls.
fn room(card: &HtmlElement, height: Option<f64>) {
    let style = card.style();
    // Setting a length never fails.
    let _ = match height {
        Some(height) => style.set_property("max-height", &format!("{}px", height.max(LEAST))),
        None => style.remove_property("max-height").map(drop),
    };
}

/// As near to `top` as the window shows the whole card.
fn beside(top: f64, height: f64) -> f64 {
    let window = outline::height();
    if top > 0.0 && top < window {
        top.min(window - height - GAP).max(top - height).max(72.0)
    } else {
        // Words outside the window keep their card beside them.
        top
    }
}

/// Calls `moved` when the window gets another size.
pub fn listen(moved: impl Fn() + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "resize", move |_| moved())
}

fn html(node: Option<&Node>) -> Option<HtmlElement> {
    node?.dyn_ref().cloned()
}

impl Frame {
    /// Where the anchor's first and last line stand.
    fn measured(&self, anchor: &Anchor) -> Option<Lines> {
        let column = selection::element(self.column.clone())?;
        let article = selection::element(self.article.clone())?;
        let (first, last, is_rtl) = match anchor {
            Anchor::Words(stretch) => {
                let rects = selection::range_of(&article, stretch)?.get_client_rects()?;
                let (first, last) = ends(&rects, &rects)?;
                (first, last, false)
            }
            Anchor::Mark(spot) => {
                let (from, to) = blocks::ends_of(&article, spot)?;
                let (first, last) = ends(&from.get_client_rects(), &to.get_client_rects())?;
                let block = from.closest("[dir]").ok().flatten();
                let dir = block.and_then(|block| block.get_attribute("dir"));
                (first, last, dir.as_deref() == Some("rtl"))
            }
        };
        Some(Lines {
            column: column.get_bounding_client_rect(),
            article: article.get_bounding_client_rect(),
            first,
            last,
            is_rtl,
        })
    }
}

/// The first of the lines in `from` and the last of those in `to` that can be seen.
fn ends(from: &DomRectList, to: &DomRectList) -> Option<(DomRect, DomRect)> {
    let is_shown = |rect: &DomRect| rect.width() > 0.5 && rect.height() > 0.5;
    let shown = |list: &DomRectList, place: u32| list.item(place).filter(is_shown);
    let first = (0..from.length()).find_map(|place| shown(from, place))?;
    let last = (0..to.length()).rev().find_map(|place| shown(to, place))?;
    Some((first, last))
}
