//! A choice that changes much: made in a list, done by a button.

use crate::browser::page::{focus, text_box};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct PickProps {
    /// What the list is for.
    pub(crate) label: String,
    /// What the button says.
    pub(crate) verb: &'static str,
    /// Each with the value that stands for it.
    pub(crate) options: Vec<(String, String)>,
    /// Told the value.
    pub(crate) on: Callback<String>,
}

/// A list and a button: to go through the list by the arrow keys does nothing yet.
#[component]
pub(crate) fn Pick(props: &PickProps) -> Html {
    let chosen = use_state_eq(String::new);
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| chosen.set(text_box::value(event.target())))
    };
    let is_there = props.options.iter().any(|(value, _)| *value == **chosen);
    let list = use_node_ref();
    let take = {
        let (chosen, on) = (chosen.clone(), props.on.clone());
        let list = list.clone();
        Callback::from(move |_: MouseEvent| {
            // The button rests now.
            focus::node(list.get());
            on.emit((*chosen).clone());
            chosen.set(String::new());
        })
    };
    html! {
        <span class="pick">
            <select ref={list} aria-label={props.label.clone()} onchange={choose}>
                <option value="" selected={!is_there}>{ &props.label }</option>
                { for props.options.iter().map(|(value, name)| html! {
                    <option key={value.clone()} value={value.clone()} selected={**chosen == **value}>{ name }</option>
                }) }
            </select>
            <button class="line small" aria-label={format!("{}: {}", props.verb, props.label)} disabled={!is_there} onclick={take}>{ props.verb }</button>
        </span>
    }
}
