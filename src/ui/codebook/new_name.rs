//! A box for the name of a new tag, relation or question.

use crate::browser::page::text_box;
use crate::ui::controls::icon::{Icon, icon};
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct NewNameProps {
    pub(crate) label: &'static str,
    /// Told the name, without white space around it; never an empty one.
    pub(crate) on: Callback<String>,
}

/// A text box and a button. Enter or the button hands over the name and empties the box.
#[component]
pub(crate) fn NewName(props: &NewNameProps) -> Html {
    let draft = use_state_eq(String::new);
    let write = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| draft.set(text_box::value(event.target())))
    };
    let add = {
        let (draft, on) = (draft.clone(), props.on.clone());
        Rc::new(move || {
            if !draft.trim().is_empty() {
                on.emit(draft.trim().to_owned());
                draft.set(String::new());
            }
        })
    };
    let key = {
        let add = add.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() {
                event.prevent_default();
                add();
            }
        })
    };
    let press = Callback::from(move |_: MouseEvent| add());
    html! {
        <div class="new-name">
            <input aria-label={props.label} placeholder={props.label} dir="auto" autocomplete="off" value={(*draft).clone()} oninput={write} onkeydown={key} />
            <button class="line small" disabled={draft.trim().is_empty()} onclick={press}>{ icon(Icon::Add) }{ props.label }</button>
        </div>
    }
}
