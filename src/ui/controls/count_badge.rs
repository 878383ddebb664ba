//! A number on a button.

use yew::prelude::*;

/// Draws a number as generated content: it is seen, and is not part of the button's name.
pub(crate) fn count_badge(number: usize) -> Html {
    html! { <span class="count" data-count={number.to_string()} /> }
}
