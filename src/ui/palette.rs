//! The tags, within reach of the words at all times.

use super::card::{rules_of, tip};
use super::icon::{Sign, icon};
use super::tag_letter::{count, tag_letter};
use crate::app::view::colour_class;
use crate::app::{Action, Desk, Route};
use yew::prelude::*;

/// A toolbar with a button for each tag. Where nothing is chosen a press arms the tag: every
/// sweep gives it, until Escape.
pub(super) fn palette(desk: &Desk, on: &Callback<Action>) -> Html {
    let document = desk.shown();
    let pressed = desk.chosen().map(|mark| &mark.tag).or(desk.armed.as_ref());
    let armed = desk
        .armed
        .as_ref()
        .and_then(|tag| document.codebook().tag(tag));
    let disarm = on.reform(|_: MouseEvent| Action::Armed(None));
    let book = Route::Codebook(document.article().id).to_string();
    let counts = document.tag_counts();
    let buttons = document.codebook().tags().iter().zip(counts);
    let buttons = buttons.map(|(tag, marks)| {
        let is_pressed = pressed == Some(&tag.id);
        let id = tag.id.clone();
        let give = on.reform(move |_: MouseEvent| Action::TagGiven(id.clone()));
        html! {
            <span class="with-tip" key={tag.id.to_string()}>
            <button
                class={classes!("tag", colour_class(tag.colour), (desk.armed.as_ref() == Some(&tag.id)).then_some("is-armed"))}
                aria-pressed={is_pressed.to_string()}
                aria-label={tag.name.clone()}
                aria-keyshortcuts={tag.key.map(String::from)}
                aria-description={rules_of(tag)}
                onclick={give}
            >
                { tag_letter(tag.colour, &tag.letter()) }
                { &tag.name }
                { count(*marks) }
            </button>
            { tip(tag) }
            </span>
        }
    });
    html! {
        <div class="palette" role="toolbar" aria-label="Tags">
            { for buttons }
            <a class="button ghost small edit-codebook" href={book} aria-label="Edit the codebook" title="Edit the codebook">{ icon(Sign::Add) }</a>
            if let Some(tag) = armed {
                <span class="armed-note" role="status">
                    { format!("Sweep to tag as {}", tag.name) }
                    <button class="line small" onclick={disarm}>{ "Stop (Esc)" }</button>
                </span>
            }
        </div>
    }
}
