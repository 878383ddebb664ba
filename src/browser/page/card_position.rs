//! Where the card is: beside, above or under the words that it belongs to, or as a sheet at the
//! foot of the window.

use crate::browser::page::anchor_lines::AnchorLines;
use crate::browser::page::{dom, viewport};

use web_sys::HtmlElement;

/// The room between the words and the card, in pixels.
const GAP: f64 = 16.0;

/// The least width of a card, in pixels.
const LEAST_WIDTH: f64 = 300.0;

/// The most width of a card, in pixels.
const WIDEST: f64 = 640.0;

/// Below this height, in pixels, the parts of a card do not scroll by themselves.
const LOW: f64 = 400.0;

/// The attribute of a card that is a sheet because there is no room for it elsewhere.
const SHEET: &str = "data-sheet";

/// Where a card is.
pub(crate) enum CardPosition {
    /// At a point of the window, in pixels.
    At {
        /// Its left edge.
        left: f64,
        /// Its upper edge.
        top: f64,
    },
    /// At the foot of a window that has no room for it elsewhere.
    Sheet,
    /// At the foot of a small window, where the style sheet puts it.
    SheetByStyle,
}

impl CardPosition {
    /// Finds a position, and sets the size that the card has there. Measures the card at its
    /// natural size: a limit that an earlier position set does not count.
    pub(crate) fn measure(card: &HtmlElement, lines: &AnchorLines) -> Self {
        set_attribute(card, SHEET, false);
        limit_height(card, None);
        set_width(card, None);
        if is_sheet_by_style(card) {
            return Self::SheetByStyle;
        }
        narrow_for_margin(card, lines);
        let size = CardSize::measure(card);
        if let Some(position) = size.in_margin(card, lines) {
            return position;
        }
        set_width(card, None);
        let size = CardSize::measure(card);
        if size.fits_over_the_text(lines) {
            return size.over_the_text(lines);
        }
        // As wide as the column: more options stand in a line.
        let width = lines.column.width() - 2.0 * GAP;
        set_width(card, Some(width.min(WIDEST)));
        CardSize::measure(card).over_the_text(lines)
    }

    /// Moves the card there.
    pub(crate) fn apply(&self, card: &HtmlElement, lines: &AnchorLines) {
        match self {
            Self::At { left, top } => lines.move_to(card, *left, *top),
            Self::Sheet => {
                set_attribute(card, SHEET, true);
                uncover(card, lines);
            }
            Self::SheetByStyle => uncover(card, lines),
        }
    }
}

/// The size of a card, and the room that it may take, in pixels.
struct CardSize {
    width: f64,
    height: f64,
    /// The lower edge of what covers the top of the window.
    top_edge: f64,
    /// The height of the window.
    window: f64,
}

impl CardSize {
    fn measure(card: &HtmlElement) -> Self {
        Self {
            width: f64::from(card.offset_width()),
            height: f64::from(card.offset_height()),
            top_edge: top_edge(),
            window: viewport::height(),
        }
    }

    /// The room above the first line, and the room below the last.
    fn room(&self, lines: &AnchorLines) -> (f64, f64) {
        let above = lines.first.top() - GAP - self.top_edge;
        (above, self.window - lines.last.bottom() - 2.0 * GAP - 4.0)
    }

    /// Whether the whole card fits above the first line or below the last.
    fn fits_over_the_text(&self, lines: &AnchorLines) -> bool {
        let (above, below) = self.room(lines);
        self.height <= above.max(below)
    }

    /// In a margin beside the article, level with the first line; `None` if both are too narrow.
    fn in_margin(&self, card: &HtmlElement, lines: &AnchorLines) -> Option<CardPosition> {
        let (column, article) = (&lines.column, &lines.article);
        let margin = self.width + 1.5 * GAP;
        let left = if column.right() - article.right() >= margin - 1.0 {
            article.right() + GAP
        } else if article.left() - column.left() >= margin {
            article.left() - GAP - self.width
        } else {
            return None;
        };
        let room = self.window - self.top_edge - GAP;
        let top = self.level_with(lines.first.top() - 12.0, self.height.min(room));
        limit_height(card, (self.height > room).then_some(room));
        Some(CardPosition::At { left, top })
    }

    /// Above the first line or under the last, or as a sheet. It reaches into a margin as far as
    /// it can, to cover as few words as possible.
    fn over_the_text(&self, lines: &AnchorLines) -> CardPosition {
        let column = &lines.column;
        let left = if lines.is_rtl {
            column.left() + GAP
        } else {
            (column.right() - GAP - self.width).max(column.left() + GAP)
        };
        let (above, below) = self.room(lines);
        let is_in_view = lines.first.bottom() > self.top_edge && lines.last.top() < self.window;
        if is_in_view && self.height <= above {
            let top = lines.first.top() - GAP - self.height;
            return CardPosition::At { left, top };
        }
        // Words outside the window keep their card under them.
        if !is_in_view || self.height <= below {
            let top = lines.last.bottom() + GAP + 4.0;
            return CardPosition::At { left, top };
        }
        CardPosition::Sheet
    }

    /// The upper edge that is nearest to `top` where the window shows all of a card of this
    /// height. Words outside the window keep their card beside them.
    fn level_with(&self, top: f64, height: f64) -> f64 {
        if top > 0.0 && top < self.window {
            top.min(self.window - height - GAP).max(self.top_edge)
        } else {
            top
        }
    }
}

/// Makes a card narrower where the margin after the article is nearly wide enough: there it
/// covers no words.
fn narrow_for_margin(card: &HtmlElement, lines: &AnchorLines) {
    let margin = lines.column.right() - lines.article.right() - 1.5 * GAP;
    let natural = f64::from(card.offset_width());
    let is_nearly = margin < natural && margin >= LEAST_WIDTH;
    set_width(card, is_nearly.then_some(margin));
}

/// Whether the style sheet puts the card at the foot of the window.
fn is_sheet_by_style(card: &HtmlElement) -> bool {
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

/// Sets an attribute without a value, or removes it.
fn set_attribute(card: &HtmlElement, name: &str, is_set: bool) {
    // Attributes of these names can always be set.
    let _ = if is_set {
        card.set_attribute(name, "")
    } else {
        card.remove_attribute(name)
    };
}

/// The lower edge of what covers the text at the top of the window, the palette or the bar; in
/// pixels.
fn top_edge() -> f64 {
    let bottom = |selector: &str| {
        let rect = dom::found(selector)?.get_bounding_client_rect();
        (rect.height() > 0.0).then(|| rect.bottom())
    };
    let edges = [".bar", ".palette"].into_iter().filter_map(bottom);
    edges.fold(0.0, f64::max) + 4.0
}

/// Scrolls the words out from under the card, or the first of them if there is no room for all.
fn uncover(card: &HtmlElement, lines: &AnchorLines) {
    let hidden = lines.last.bottom() + GAP - card.get_bounding_client_rect().top();
    let most = lines.first.top() - top_edge() - GAP;
    let pixels = hidden.min(most.max(0.0));
    if pixels > 0.0 {
        viewport::scroll_by(pixels);
    }
}

/// Sets the width of the card in pixels; `None` for the one of the style sheet.
fn set_width(card: &HtmlElement, width: Option<f64>) {
    let style = card.style();
    // Setting a length never fails.
    let _ = match width {
        Some(width) => style.set_property("width", &format!("{}px", width.floor())),
        None => style.remove_property("width").map(drop),
    };
}

/// Limits the height of the card, in pixels; what is in it scrolls.
fn limit_height(card: &HtmlElement, height: Option<f64>) {
    let style = card.style();
    set_attribute(card, "data-low", height.is_some_and(|height| height < LOW));
    // Setting a length never fails.
    let _ = match height {
        Some(height) => style.set_property("max-height", &format!("{}px", height.floor())),
        None => style.remove_property("max-height").map(drop),
    };
}
