//! The ways to add an article: files, pasted text, the sample.

use crate::browser::page::{first_page, focus, text_box};
use crate::ui::controls::file_button::FileButton;
use crate::ui::library::opened_file::opened_file_action;
use pullquote_app::action::Action;
use pullquote_app::library::action::LibraryAction;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct AddArticleProps {
    /// Whether the library has no article yet: then the sample comes first.
    pub(crate) is_cold: bool,
    pub(crate) on: Callback<Action>,
}

/// A button for each way, and the text box for pasted text while it is open.
#[component]
pub(crate) fn AddArticle(props: &AddArticleProps) -> Html {
    // The first page has a text box of its own: what was typed there goes on in this one.
    let is_pasting = use_state_eq(|| first_page::draft().is_some());
    let draft = use_state_eq(|| first_page::draft().unwrap_or_default());
    let chosen = props.on.reform(opened_file_action);
    let toggle_paste = {
        let is_pasting = is_pasting.clone();
        Callback::from(move |_: MouseEvent| is_pasting.set(!*is_pasting))
    };
    use_effect_with(*is_pasting, |is_pasting| {
        if *is_pasting {
            focus::element("#article-text");
        }
    });
    {
        let draft = draft.setter();
        use_effect_with((), move |()| {
            if let Some(text) = first_page::hand_over("#article-text") {
                draft.set(text);
            }
        });
    }
    let open_sample = props
        .on
        .reform(|_: MouseEvent| Action::Library(LibraryAction::SampleRequested));
    let sample = |class: &'static str| html! { <button {class} onclick={&open_sample}>{ "Open the sample" }</button> };
    html! {
        <section class="intake" aria-label="Add an article">
            <div class="intake-row">
                <div class="intake-words">
                    <h2>{ "Drop an article here" }</h2>
                    <p>{ "A text file, or a Pullquote file with its marks. Nothing is uploaded." }</p>
                </div>
                if props.is_cold {
                    { sample("primary") }
                }
                <FileButton
                    label="Open files"
                    class={if props.is_cold { "line" } else { "primary" }}
                    accept=""
                    multiple=true
                    {chosen}
                />
                <button class="line" aria-expanded={is_pasting.to_string()} onclick={toggle_paste}>{ "Paste" }</button>
                if !props.is_cold {
                    { sample("line") }
                }
            </div>
            if *is_pasting {
                { paste_box(&draft, &is_pasting, &props.on) }
            }
        </section>
    }
}

fn paste_box(
    draft: &UseStateHandle<String>,
    is_pasting: &UseStateHandle<bool>,
    on: &Callback<Action>,
) -> Html {
    let write = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| draft.set(text_box::value(event.target())))
    };
    let add = {
        let (draft, is_pasting, on) = (draft.clone(), is_pasting.clone(), on.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on.emit(Action::Library(LibraryAction::TextPasted((*draft).clone())));
            if !draft.trim().is_empty() {
                draft.set(String::new());
                is_pasting.set(false);
            }
        })
    };
    let cancel = {
        let is_pasting = is_pasting.clone();
        Callback::from(move |_: MouseEvent| is_pasting.set(false))
    };
    html! {
        <form class="paste" onsubmit={add}>
            <label for="article-text">{ "Article text" }</label>
            <textarea
                id="article-text"
                rows="10"
                dir="auto"
                placeholder="Paste the article here: headline first, a blank line between paragraphs."
                value={(**draft).clone()}
                oninput={write}
            />
            <div class="paste-actions">
                <button type="button" class="ghost" onclick={cancel}>{ "Cancel" }</button>
                <button class="primary">{ "Add the article" }</button>
            </div>
        </form>
    }
}
