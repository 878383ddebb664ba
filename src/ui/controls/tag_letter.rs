//! A tag's letter on its colour, and how many there are of something.
//!
//! Both are generated content: they are for the eye, and no part of the name of the
//! button that they stand on.

use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_core::model::colour::Colour;

use yew::prelude::*;

/// The letter of a tag of this colour; its name is said beside it.
pub(crate) fn tag_letter(colour: Colour, letter: &str) -> Html {
    html! {
        <i class={classes!("tag-letter", colour_class(colour))} data-letter={letter.to_owned()} />
    }
}

/// How many.
pub(crate) fn count(number: usize) -> Html {
    html! { <span class="count" data-count={number.to_string()} /> }
}
