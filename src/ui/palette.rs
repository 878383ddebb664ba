//! The tags, within reach of the words at all times.

use super::tag_letter::{count, tag_letter};
use crate::app::Action;
use crate::app::view::colour_class;
use pullquote_core::model::{Document, Slug};
use yew::prelude::*;

/// A toolbar with a button for each tag; `pressed` is the chosen mark's.
pub(super) fn palette(document: &Document, pressed: Option<&Slug>, on: &Callback<Action>) -> Html {
    let counts = document.tag_counts();
    let buttons = document.codebook().tags().iter().zip(counts);
    let buttons = buttons.map(|(tag, marks)| {
        let is_pressed = pressed == Some(&tag.id);
        let id = tag.id.clone();
        let give = on.reform(move |_: MouseEvent| Action::TagGiven(id.clone()));
        let key = tag.key.map(|key| format!(" — key {}", key.to_uppercase()));
        html! {
            <button
                key={tag.id.to_string()}
                class={classes!("tag", colour_class(tag.colour))}
                aria-pressed={is_pressed.to_string()}
                aria-label={tag.name.clone()}
                aria-keyshortcuts={tag.key.map(String::from)}
                title={format!("{}{}: {}", tag.name, key.unwrap_or_default(), tag.definition)}
                onclick={give}
            >
                { tag_letter(tag.colour, &tag.letter()) }
                { &tag.name }
                { count(*marks) }
            </button>
        }
    });
    html! {
        <div class="palette" role="toolbar" aria-label="Tags">{ for buttons }</div>
    }
}
