//! What a colour is called in the style sheet.

use pullquote_core::model::colour::Colour;

/// The class that paints in this colour: `c-0b5fa5`. The browser's room puts
/// the rules in.
#[must_use]
pub fn colour_class(colour: Colour) -> String {
    let [red, green, blue] = colour.rgb;
    format!("c-{red:02x}{green:02x}{blue:02x}")
}
