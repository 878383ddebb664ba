//! A tag's letter on its colour.

use crate::app::view::colour_class;
use pullquote_core::model::Colour;
use yew::prelude::*;

/// The letter of a tag of this colour; its name is said beside it.
pub(super) fn tag_letter(colour: Colour, letter: &str) -> Html {
    html! {
        <i class={classes!("tag-letter", colour_class(colour))} aria-hidden="true">{ letter }</i>
    }
}
