//! A button that lets the user choose files.

use crate::browser::files::open;
use crate::browser::files::open::OpenedFile;
use crate::browser::page::dom;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct FileButtonProps {
    /// The text of the button, and the name of the file input behind it.
    pub(crate) label: &'static str,
    pub(crate) class: &'static str,
    /// The kinds of files that are offered, as in the attribute `accept`. Empty offers every
    /// kind: the user is then told why a file cannot be opened.
    pub(crate) accept: &'static str,
    pub(crate) multiple: bool,
    /// Whether only a file with a codebook is opened.
    #[prop_or_default]
    pub(crate) as_codebook: bool,
    /// Told each file.
    pub(crate) chosen: Callback<OpenedFile>,
}

/// The button, and the hidden file input that a press opens.
#[component]
pub(crate) fn FileButton(props: &FileButtonProps) -> Html {
    let input = use_node_ref();
    let open = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| dom::click(input.get()))
    };
    let change = {
        let (input, chosen) = (input.clone(), props.chosen.clone());
        let as_codebook = props.as_codebook;
        Callback::from(move |_: Event| {
            let chosen = chosen.clone();
            let read = move |file| chosen.emit(file);
            if as_codebook {
                open::read_codebook_input(input.get(), read);
            } else {
                open::read_input(input.get(), read);
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
