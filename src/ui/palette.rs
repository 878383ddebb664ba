//! The tags, within reach of the words at all times.

use super::tag_letter::tag_letter;
use crate::app::Action;
use pullquote_core::model::{Codebook, Slug};
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct PaletteProps {
    pub(super) codebook: Rc<Codebook>,
    /// Marks by tag, in the order of the palette.
    pub(super) counts: Rc<[usize]>,
    /// The chosen mark's tag.
    pub(super) pressed: Option<Slug>,
    pub(super) on: Callback<Action>,
}

/// A toolbar with a button for each tag.
#[component]
pub(super) fn Palette(props: &PaletteProps) -> Html {
    let buttons = props
        .codebook
        .tags()
        .iter()
        .zip(props.counts.iter())
        .enumerate();
    let buttons = buttons.map(|(place, (tag, count))| {
        let is_pressed = props.pressed.as_ref() == Some(&tag.id);
        let id = tag.id.clone();
        let give = props
            .on
            .reform(move |_: MouseEvent| Action::TagGiven(id.clone()));
        let key = tag.key.map(|key| format!(" — key {}", key.to_uppercase()));
        html! {
            <button
                key={tag.id.to_string()}
                class={classes!("tag", format!("tag-{place}"))}
                aria-pressed={is_pressed.to_string()}
                aria-label={tag.name.clone()}
                aria-keyshortcuts={tag.key.map(String::from)}
                title={format!("{}{}: {}", tag.name, key.unwrap_or_default(), tag.definition)}
                onclick={give}
            >
                { tag_letter(place, &tag.letter()) }
                { &tag.name }
                <span class="count">{ count }</span>
            </button>
        }
    });
    html! {
        <div class="palette" role="toolbar" aria-label="Tags">{ for buttons }</div>
    }
}
