//! A button that lets the user choose files.

use crate::browser::{files, outline};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct FileButtonProps {
    /// What it says; also the name of the file input behind it.
    pub(super) label: &'static str,
    pub(super) class: &'static str,
    /// The kinds of files that are offered, as the browser has it; empty for all. empty: all, so that what is
    /// not opened is told what it is.
    pub(super) accept: &'static str,
    pub(super) multiple: bool,
    /// Whether the file must have a codebook: then nothing else is opened.
    #[prop_or_default]
    pub(super) as_codebook: bool,
    /// Told of each file, and whether it came alone.
    pub(super) chosen: Callback<(files::Opened, bool)>,
}

/// The button, with the unseen input that it stands for.
#[component]
pub(super) fn FileButton(props: &FileButtonProps) -> Html {
    let input = use_node_ref();
    let open = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| outline::click(input.get()))
    };
    let change = {
        let (input, chosen) = (input.clone(), props.chosen.clone());
        let as_codebook = props.as_codebook;
        Callback::from(move |_: Event| {
            let chosen = chosen.clone();
            let read = move |file, alone| chosen.emit((file, alone));
            if as_codebook {
                files::codebook_of_input(input.get(), read);
            } else {
                files::of_input(input.get(), read);
            }
        })
    };
    html! {
        <>
            <button class={props.class} onclick={open}>{ props.label }</button>
            <input
                ref={input}
                class="unseen"
                type="file"
                multiple={props.multiple}
                accept={(!props.accept.is_empty()).then_some(props.accept)}
                aria-label={props.label}
                tabindex="-1"
                onchange={change}
            />
        </>
    }
}
