//! The colours of codebooks, as rules in the app's own style sheet.
//!
//! The policy of `index.html` allows no `style` attribute and no inline style sheet. It does
//! allow rules that are inserted into the app's own sheet through the CSSOM.

use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_core::model::colour::Colour;
use pullquote_core::model::id::Id;

use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast as _;
use web_sys::CssStyleSheet;

thread_local! {
    /// The colours that have rules: each is inserted once.
    static WITH_RULES: RefCell<Vec<Colour>> = const { RefCell::new(Vec::new()) };
    /// Whether the first rule of the sheet is that of `emphasise`.
    static HAS_EMPHASIS: Cell<bool> = const { Cell::new(false) };
}

/// Makes the class of each colour set `--line` and `--tint`, for light and dark screens.
pub fn add_rules(colours: impl IntoIterator<Item = Colour>) {
    let Some(sheet) = own_sheet() else { return };
    for colour in colours {
        let is_new = WITH_RULES.with_borrow(|with_rules| !with_rules.contains(&colour));
        if is_new {
            add_rule(&sheet, colour);
            WITH_RULES.with_borrow_mut(|with_rules| with_rules.push(colour));
        }
    }
}

/// Which marks are drawn differently for a while.
#[derive(Clone, PartialEq)]
pub enum Emphasis {
    /// No marks.
    Nothing,
    /// Marks that have none of these tags lose their colours: the other end of a link is chosen.
    Only(Vec<String>),
    /// These marks get an outline: they are linked to the chosen one.
    Linked(Vec<Id>),
}

/// Draws some marks differently, until it is called again.
pub fn emphasise(emphasis: &Emphasis) {
    let Some(sheet) = own_sheet() else { return };
    let rule = match emphasis {
        Emphasis::Nothing => None,
        Emphasis::Only(tags) => {
            let others = tags.iter().map(|tag| format!(":not([data-tag=\"{tag}\"])"));
            let others: String = others.collect();
            Some(format!(
                "@media screen {{ article mark:not(.chosen){others} {{ --tint: transparent; --line: var(--rule); }} }}"
            ))
        }
        Emphasis::Linked(marks) => {
            let marks = marks
                .iter()
                .map(|id| format!("mark[data-annotation=\"{id}\"]"));
            let marks: Vec<String> = marks.collect();
            Some(format!(
                "@media screen {{ {} {{ outline: 1.5px solid var(--line); outline-offset: 1px; }} }}",
                marks.join(",")
            ))
        }
    };
    // The rule is the first of the sheet: those of colours are appended.
    if HAS_EMPHASIS.replace(rule.is_some()) {
        let _ = sheet.delete_rule(0);
    }
    // Ids and tags are words without quotation marks: the rule is always valid.
    if rule.is_some_and(|rule| sheet.insert_rule_with_index(&rule, 0).is_err()) {
        HAS_EMPHASIS.set(false);
    }
}

fn add_rule(sheet: &CssStyleSheet, colour: Colour) {
    let class = colour_class(colour);
    let (day, night) = (colour.by_day(), colour.by_night());
    let rules = [
        format!(".{class} {{ --line: {}; --tint: {}; }}", day.line, day.tint),
        format!(
            "@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) .{class} {{ --line: {}; --tint: {}; }} }}",
            night.line, night.tint
        ),
        format!(
            "@media screen {{ [data-theme=dark] .{class} {{ --line: {}; --tint: {}; }} }}",
            night.line, night.tint
        ),
    ];
    for rule in rules {
        let end = sheet.css_rules().map_or(0, |rules| rules.length());
        // These rules are always valid. A browser that refuses one shows the marks in the
        // sheet's own colours.
        let _ = sheet.insert_rule_with_index(&rule, end);
    }
}

/// The app's own sheet: the first one whose rules can be read.
fn own_sheet() -> Option<CssStyleSheet> {
    let sheets = gloo::utils::document().style_sheets();
    (0..sheets.length())
        .filter_map(|index| sheets.item(index))
        .filter_map(|sheet| sheet.dyn_into::<CssStyleSheet>().ok())
        .find(|sheet| sheet.css_rules().is_ok())
}
