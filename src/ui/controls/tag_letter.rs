//! The letter of a tag, on the tag's colour.

use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_core::model::colour::Colour;
use yew::prelude::*;

/// Draws the letter as generated content: it is seen, and is not part of the name of the
/// button that it stands on. The tag's name has to stand beside it.
pub(crate) fn tag_letter(colour: Colour, letter: &str) -> Html {
    html! {
        <i class={classes!("tag-letter", colour_class(colour))} data-letter={letter.to_owned()} />
    }
}
