//! Colours of codebooks, as rules of the app's own style sheet.
//!
//! Our policy lets no `style` attribute and no inline sheet through; rules that are
//! put into a sheet of our own through the CSSOM are ours.

use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_core::model::colour::Colour;

use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast as _;
use web_sys::CssStyleSheet;

thread_local! {
    // Colours that have their rules: each is put in once.
    static PAINTED: RefCell<Vec<Colour>> = const { RefCell::new(Vec::new()) };
    // Whether the first rule makes marks step back.
    static SHADED: Cell<bool> = const { Cell::new(false) };
}

/// Makes the class of each of these colours set `--line` and `--tint`, by day and by
/// night.
pub fn paint(colours: impl IntoIterator<Item = Colour>) {
    let Some(sheet) = own_sheet() else { return };
    for colour in colours {
        let is_new = PAINTED.with_borrow(|painted| !painted.contains(&colour));
        if is_new {
            put(&sheet, colour);
            PAINTED.with_borrow_mut(|painted| painted.push(colour));
        }
    }
}

/// While the other end of a link is looked for, marks of other tags than these step back.
/// `None`: none do.
pub fn step_back(but: Option<&[String]>) {
    let Some(sheet) = own_sheet() else { return };
    // The rule is the first of the sheet: colours come in at its end.
    if SHADED.replace(but.is_some()) {
        let _ = sheet.delete_rule(0);
    }
    if let Some(tags) = but {
        let others = tags.iter().map(|tag| format!(":not([data-tag=\"{tag}\"])"));
        let others: String = others.collect();
        let rule = format!(
            "@media screen {{ article mark:not(.chosen){others} {{ --tint: transparent; --line: var(--rule); }} }}"
        );
        // Ids of tags are words without quotation marks: the rule is always valid.
        if sheet.insert_rule_with_index(&rule, 0).is_err() {
            SHADED.set(false);
        }
    }
}

fn put(sheet: &CssStyleSheet, colour: Colour) {
    let class = colour_class(colour);
    let (day, night) = (colour.by_day(), colour.by_night());
    let rules = [
        format!(".{class} {{ --line: {}; --tint: {}; }}", day.line, day.tint),
        format!(
            "@media screen and (prefers-color-scheme: dark) {{ .{class} {{ --line: {}; --tint: {}; }} }}",
            night.line, night.tint
        ),
    ];
    for rule in rules {
        let end = sheet.css_rules().map_or(0, |rules| rules.length());
        // A rule of these shapes is always valid; a browser that refuses it shows
        // the marks in the sheet's own colours.
        let _ = sheet.insert_rule_with_index(&rule, end);
    }
}

/// The app's own sheet, of which the policy lets us read and change the rules.
fn own_sheet() -> Option<CssStyleSheet> {
    let sheets = gloo::utils::document().style_sheets();
    (0..sheets.length())
        .filter_map(|place| sheets.item(place))
        .filter_map(|sheet| sheet.dyn_into::<CssStyleSheet>().ok())
        .find(|sheet| sheet.css_rules().is_ok())
}
