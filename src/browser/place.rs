//! Where the card and the handles stand: set through the CSSOM, since our policy
//! lets no `style` attribute through.

use super::selection;
use gloo::events::EventListener;
use pullquote_core::model::Id;
use pullquote_core::text::Utf16Offset;
use std::ops::Range;
use wasm_bindgen::JsCast as _;
use web_sys::{DomRect, Element, HtmlElement, Node};

/// What a card belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Words that were swept.
    Words(Range<Utf16Offset>),
    /// A mark.
    Mark(Id),
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

/// Puts `card` beside the anchor: in the margin, level with the first line, where
/// there is room; else under the last line. On a phone the style sheet puts it at
/// the thumb.
pub fn card(frame: &Frame, card: Option<Node>, anchor: &Anchor) {
    let Some(card) = html(card) else { return };
    let Some(((column, article), (first, last))) = frame.measured(anchor) else {
        return;
    };
    let (width, height) = (
        f64::from(card.offset_width()),
        f64::from(card.offset_height()),
    );
    if is_at_the_thumb(&card) {
        return uncover(&card, &last);
    }
    let (left, top) = if column.right() - article.right() >= width + 1.5 * GAP {
        (article.right() + GAP, beside(first.top() - 12.0, height))
    } else {
        let most = (column.right() - GAP - width).max(column.left() + GAP);
        let left = last.left().clamp(column.left() + GAP, most);
        (left, last.bottom() + GAP + 4.0)
    };
    put(&card, left - column.left(), top - column.top());
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

/// As near to `top` as the window shows the whole card.
fn beside(top: f64, height: f64) -> f64 {
    let window = gloo::utils::window().inner_height();
    let window = window.ok().and_then(|height| height.as_f64());
    match window {
        // Words outside the window keep their card beside them.
        Some(window) if top > 0.0 && top < window => {
            top.min(window - height - GAP).max(top - height).max(72.0)
        }
        _ => top,
    }
}

/// Puts the two handles at the ends of the mark.
pub fn handles(frame: &Frame, start: Option<Node>, end: Option<Node>, id: Id) {
    let (Some(start), Some(end)) = (html(start), html(end)) else {
        return;
    };
    let Some(((column, _), (first, last))) = frame.measured(&Anchor::Mark(id)) else {
        return;
    };
    let (from, to) = if runs_from_right(frame, id) {
        (first.right(), last.left())
    } else {
        (first.left(), last.right())
    };
    put(&start, from - column.left(), first.top() - column.top());
    put(&end, to - column.left(), last.top() - column.top());
}

/// Whether the lines of a mark run from right to left.
fn runs_from_right(frame: &Frame, id: Id) -> bool {
    let selector = format!("mark[data-annotation=\"{id}\"]");
    selection::element(frame.article.clone())
        .and_then(|article| article.query_selector(&selector).ok().flatten())
        .and_then(|mark| mark.closest("[dir]").ok().flatten())
        .and_then(|block| block.get_attribute("dir"))
        .is_some_and(|direction| direction == "rtl")
}

/// Calls `moved` when the window gets another size.
pub fn listen(moved: impl Fn() + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "resize", move |_| moved())
}

fn html(node: Option<Node>) -> Option<HtmlElement> {
    node?.dyn_into().ok()
}

impl Frame {
    /// The rectangles of column and article, and of the anchor's first and last line.
    fn measured(&self, anchor: &Anchor) -> Option<((DomRect, DomRect), (DomRect, DomRect))> {
        let column = selection::element(self.column.clone())?;
        let article = selection::element(self.article.clone())?;
        let lines = lines(&article, anchor)?;
        let frame = (
            column.get_bounding_client_rect(),
            article.get_bounding_client_rect(),
        );
        Some((frame, lines))
    }
}

fn put(element: &HtmlElement, left: f64, top: f64) {
    let style = element.style();
    // Setting a length never fails.
    let _ = style.set_property("left", &format!("{}px", left.round() as i32));
    let _ = style.set_property("top", &format!("{}px", top.round() as i32));
}

/// The first and the last line of the anchor's words.
fn lines(article: &Element, anchor: &Anchor) -> Option<(DomRect, DomRect)> {
    let rects: Vec<DomRect> = match anchor {
        Anchor::Words(stretch) => {
            let rects = selection::range_of(article, stretch)?.get_client_rects()?;
            (0..rects.length())
                .filter_map(|place| rects.item(place))
                .collect()
        }
        Anchor::Mark(id) => {
            let selector = format!("mark[data-annotation=\"{id}\"]");
            let marks = article.query_selector_all(&selector).ok()?;
            (0..marks.length())
                .filter_map(|place| marks.item(place)?.dyn_into::<Element>().ok())
                .flat_map(|mark| {
                    let rects = mark.get_client_rects();
                    (0..rects.length()).filter_map(move |place| rects.item(place))
                })
                .collect()
        }
    };
    let shown = |rect: &&DomRect| rect.width() > 0.5 && rect.height() > 0.5;
    let first = rects.iter().find(shown)?.clone();
    let last = rects.iter().rev().find(shown)?.clone();
    Some((first, last))
}
