//! A list with a button, for a choice that changes much.

use crate::browser::page::{focus, text_box};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct PickListProps {
    /// What the list is for: its name and its first, empty option.
    pub(crate) label: String,
    /// The text of the button.
    pub(crate) verb: &'static str,
    /// The value and the text of each option.
    pub(crate) options: Vec<(String, String)>,
    /// Told the value that was chosen.
    pub(crate) on: Callback<String>,
}

/// The list and the button. Only the button applies the choice, so that the arrow keys can go
/// through the list without effect.
#[component]
pub(crate) fn PickList(props: &PickListProps) -> Html {
    let chosen = use_state_eq(String::new);
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| chosen.set(text_box::value(event.target())))
    };
    let is_chosen = props.options.iter().any(|(value, _)| *value == **chosen);
    let list = use_node_ref();
    let apply = {
        let (chosen, on) = (chosen.clone(), props.on.clone());
        let list = list.clone();
        Callback::from(move |_: MouseEvent| {
            // The button is disabled from now on, and would lose the focus.
            focus::node(list.get());
            on.emit((*chosen).clone());
            chosen.set(String::new());
        })
    };
    html! {
        <span class="pick">
            <select ref={list} aria-label={props.label.clone()} onchange={choose}>
                <option value="" selected={!is_chosen}>{ &props.label }</option>
                { for props.options.iter().map(|(value, name)| html! {
                    <option key={value.clone()} value={value.clone()} selected={**chosen == **value}>{ name }</option>
                }) }
            </select>
            <button class="line small" aria-label={format!("{}: {}", props.verb, props.label)} disabled={!is_chosen} onclick={apply}>{ props.verb }</button>
        </span>
    }
}
