//! The classes of colours in the style sheet.

use pullquote_core::model::colour::Colour;

/// The class that paints in this colour: `c-0b5fa5`. The browser adds the rules to the style sheet.
#[must_use]
pub fn colour_class(colour: Colour) -> String {
    let [red, green, blue] = colour.rgb;
    format!("c-{red:02x}{green:02x}{blue:02x}")
}
