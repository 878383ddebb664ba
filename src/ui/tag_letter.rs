//! A tag's letter on its colour.

use yew::prelude::*;

/// The letter of the tag at this place of the palette; its name is said beside it.
pub(super) fn tag_letter(place: usize, letter: &str) -> Html {
    html! {
        <i class={format!("tag-letter tag-{place}")} aria-hidden="true">{ letter }</i>
    }
}
