//! Where the card and the handles stand: set through the CSSOM, since our policy
//! lets no `style` attribute through.

use crate::browser::page::{blocks, dom, selection};
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_core::text::offset::Utf16Offset;

use gloo::events::EventListener;

use std::ops::Range;
use wasm_bindgen::JsCast as _;
use web_sys::{DomRect, DomRectList, HtmlElement, Node};

/// What a card belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Words that were swept.
    Words(Range<Utf16Offset>),
    /// A mark.
    Mark(MarkLocation),
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

/// Puts the card where all of it is in view and it covers neither its own words nor, if there is
/// any other place, the words that are read next: in a margin, level with the first line; else
/// above the first line; else under the last; where the window is too low for that, as a sheet
/// at its foot, with the words scrolled above it. On a phone the style sheet makes it a sheet.
/// And the two handles at the ends of a mark.
///
/// Everything is measured first and moved then: the browser lays the page out once.
pub fn put(frame: &Frame, placed: &Placed, anchor: &Anchor) {
    let Some(lines) = frame.measured(anchor) else {
        return;
    };
    let card = html(placed.card.as_ref()).map(|card| (lines.card_place(&card), card));
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
            Place::At(left, top) => lines.move_to(&card, left, top),
            Place::Sheet => {
                make_sheet(&card, true);
                uncover(&card, &lines);
            }
            Place::OwnSheet => uncover(&card, &lines),
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
    /// Where the card goes. It is measured as high as it wants to be: what held it under
    /// another line no longer counts.
    fn card_place(&self, card: &HtmlElement) -> Place {
        make_sheet(card, false);
        limit_height(card, None);
        set_width(card, None);
        if is_sheet(card) {
            return Place::OwnSheet;
        }
        let (column, article) = (&self.column, &self.article);
        // In a margin that is nearly wide enough it is narrower: it covers no word there.
        let after = column.right() - article.right() - 1.5 * GAP;
        let wanted = f64::from(card.offset_width());
        set_width(
            card,
            (after < wanted && after >= NARROWEST).then_some(after),
        );
        let (width, height) = (
            f64::from(card.offset_width()),
            f64::from(card.offset_height()),
        );
        let margin = width + 1.5 * GAP;
        let (window, top_edge) = (dom::height(), top_edge());
        let room = window - top_edge - GAP;
        let level = beside(self.first.top() - 12.0, height.min(room), top_edge);
        let in_margin = |left: f64| {
            limit_height(card, (height > room).then_some(room));
            Place::At(left, level)
        };
        if column.right() - article.right() >= margin - 1.0 {
            return in_margin(article.right() + GAP);
        }
        if article.left() - column.left() >= margin {
            return in_margin(article.left() - GAP - width);
        }
        // In what margin there is: it covers as few of the words as it can.
        let left = if self.is_rtl {
            column.left() + GAP
        } else {
            (column.right() - GAP - width).max(column.left() + GAP)
        };
        let above = self.first.top() - GAP - top_edge;
        let top_below = self.last.bottom() + GAP + 4.0;
        let below = window - top_below - GAP;
        let is_in_view = self.first.bottom() > top_edge && self.last.top() < window;
        let least = height.min(LEAST);
        if !is_in_view || (height > above && height <= below) {
            // Words outside the window keep their card under them.
            return Place::At(left, top_below);
        }
        if above >= least && (above >= below || height <= above) {
            let height = height.min(above);
            limit_height(card, Some(height));
            return Place::At(left, self.first.top() - GAP - height);
        }
        if below >= least {
            limit_height(card, Some(below));
            return Place::At(left, top_below);
        }
        Place::Sheet
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

/// Where the card goes.
enum Place {
    /// To this place of the window: its left and its top, in pixels.
    At(f64, f64),
    /// To the foot of a window that has no room for it elsewhere.
    Sheet,
    /// Where the style sheet puts it: to the foot of a small window.
    OwnSheet,
}

/// Whether the style sheet puts the card at the foot of the window.
fn is_sheet(card: &HtmlElement) -> bool {
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

/// Makes the card a sheet at the foot of the window, or no longer.
fn make_sheet(card: &HtmlElement, is_one: bool) {
    // An attribute of this name can always be set.
    let _ = if is_one {
        card.set_attribute(SHEET, "")
    } else {
        card.remove_attribute(SHEET)
    };
}

const SHEET: &str = "data-sheet";

/// The lower edge of what stands over the text at the top of the window: the palette, or the
/// bar; in pixels.
fn top_edge() -> f64 {
    let bottom = |selector: &str| {
        let found = gloo::utils::document().query_selector(selector);
        let rect = found.ok().flatten()?.get_bounding_client_rect();
        (rect.height() > 0.0).then(|| rect.bottom())
    };
    let edges = [".bar", ".palette"].into_iter().filter_map(bottom);
    edges.fold(0.0, f64::max) + 4.0
}

/// Scrolls the words out from under the card, or the first of them where there is no room for
/// all.
fn uncover(card: &HtmlElement, lines: &Lines) {
    let hidden = lines.last.bottom() + GAP - card.get_bounding_client_rect().top();
    let most = lines.first.top() - top_edge() - GAP;
    let by = hidden.min(most.max(0.0));
    if by > 0.0 {
        gloo::utils::window().scroll_by_with_x_and_y(0.0, by);
    }
}

/// The least height of a card above or under the line, in pixels: its tags, a few fields, its
/// foot.
const LEAST: f64 = 220.0;

/// The least width of a card, in pixels.
const NARROWEST: f64 = 300.0;

/// Makes the card so wide, in pixels; `None`: as the style sheet has it.
fn set_width(card: &HtmlElement, width: Option<f64>) {
    let style = card.style();
    // Setting a length never fails.
    let _ = match width {
        Some(width) => style.set_property("width", &format!("{}px", width.floor())),
        None => style.remove_property("width").map(drop),
    };
}

/// Below this height, in pixels, the parts of a card have no room of their own.
const LOW: f64 = 400.0;

/// A card is no higher than the room that it has, in pixels; what is in it scrolls.
fn limit_height(card: &HtmlElement, height: Option<f64>) {
    let style = card.style();
    // An attribute of this name can always be set.
    let _ = match height {
        Some(height) if height < LOW => card.set_attribute("data-low", ""),
        _ => card.remove_attribute("data-low"),
    };
    // Setting a length never fails.
    let _ = match height {
        Some(height) => style.set_property("max-height", &format!("{}px", height.floor())),
        None => style.remove_property("max-height").map(drop),
    };
}

/// As near to `top` as the window shows the whole card, below `top_edge`.
fn beside(top: f64, height: f64, top_edge: f64) -> f64 {
    let window = dom::height();
    if top > 0.0 && top < window {
        top.min(window - height - GAP).max(top_edge)
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
