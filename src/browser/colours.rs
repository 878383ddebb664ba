//! The colours of the codebook in use, as rules of one style sheet.
//!
//! Our policy lets no `style` attribute and no inline sheet through; rules that
//! are put into a sheet of our own through the CSSOM are ours.

use pullquote_core::model::{Codebook, Colour};
use wasm_bindgen::JsCast as _;
use web_sys::CssStyleSheet;

/// Sets `--line` and `--tint` of the classes `tag-0`, `tag-1`, … to the colours
/// of the codebook's tags, by day and by night.
pub fn paint(codebook: &Codebook) {
    let colours = codebook.tags().iter().map(|tag| tag.colour);
    for (place, colour) in colours.enumerate() {
        put(place, colour);
    }
}

fn put(place: usize, colour: Colour) {
    let Some(sheet) = own_sheet() else { return };
    let day = colour.by_day();
    let night = colour.by_night();
    let rules = [
        format!(
            ".tag-{place} {{ --line: {}; --tint: {}; }}",
            day.line, day.tint
        ),
        format!(
            "@media (prefers-color-scheme: dark) {{ .tag-{place} {{ --line: {}; --tint: {}; }} }}",
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
