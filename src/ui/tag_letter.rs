//! A tag's letter on its colour.

use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct TagLetterProps {
    /// The tag's place in the palette.
    pub(super) tag: usize,
    pub(super) letter: Rc<str>,
}

/// A tag's letter; its name is said beside it.
#[component]
pub(super) fn TagLetter(props: &TagLetterProps) -> Html {
    html! {
        <i class={format!("tag-letter tag-{}", props.tag)} aria-hidden="true">
            { props.letter.as_ref() }
        </i>
    }
}
