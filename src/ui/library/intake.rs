//! Where articles come in: files, pasted text, the sample.

use crate::browser::files::open::{FileContent, OpenedFile};
use crate::browser::page::{first_page, focus, text_box};
use crate::ui::controls::file_button::FileButton;
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::browser_reason::BrowserReason;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::library::action::LibraryAction;

use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct IntakeProps {
    pub(crate) on: Callback<Action>,
}

/// What a file that was opened means.
pub(crate) fn action_of(file: OpenedFile) -> Action {
    let alone = file.is_alone;
    match file.content {
        FileContent::Read { name, read } => {
            Action::Library(LibraryAction::FileRead { name, read, alone })
        }
        FileContent::Codebook { name, read } => {
            Action::Codebook(CodebookAction::FileRead { name, read })
        }
        FileContent::Reading { name } => Action::Library(LibraryAction::FileReadStarted(name)),
        FileContent::Unreadable { name, error } => {
            let reason = BrowserReason(error.to_string());
            Action::Library(LibraryAction::FileReadFailed { name, reason })
        }
        FileContent::Backup(backup) => Action::Backup(BackupAction::FileOpened(backup)),
    }
}

/// The ways in. The paste box opens in place.
#[component]
pub(crate) fn Intake(props: &IntakeProps) -> Html {
    // What was typed before the program was there goes on in this box.
    let pasting = use_state_eq(|| first_page::draft().is_some());
    let draft = use_state_eq(|| first_page::draft().unwrap_or_default());
    let chosen = props.on.reform(action_of);
    let turn = {
        let pasting = pasting.clone();
        Callback::from(move |_: MouseEvent| pasting.set(!*pasting))
    };
    use_effect_with(*pasting, |pasting| {
        if *pasting {
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
    let sample = props
        .on
        .reform(|_: MouseEvent| Action::Library(LibraryAction::SampleRequested));
    html! {
        <section class="intake" aria-label="Add an article">
            <div class="intake-row">
                <div class="intake-words">
                    <h2>{ "Drop an article here" }</h2>
                    <p>{ "A text file, or a Pullquote file with its marks. Nothing is uploaded." }</p>
                </div>
                <FileButton
                    label="Open files"
                    class="primary"
                    accept=""
                    multiple=true
                    {chosen}
                />
                <button class="line" aria-expanded={pasting.to_string()} onclick={turn}>{ "Paste" }</button>
                <button class="line" onclick={sample}>{ "Open the sample" }</button>
            </div>
            if *pasting {
                { paste_box(&draft, &pasting, &props.on) }
            }
        </section>
    }
}

fn paste_box(
    draft: &UseStateHandle<String>,
    pasting: &UseStateHandle<bool>,
    on: &Callback<Action>,
) -> Html {
    let write = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| draft.set(text_box::value(event.target())))
    };
    let add = {
        let (draft, pasting, on) = (draft.clone(), pasting.clone(), on.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on.emit(Action::Library(LibraryAction::TextPasted((*draft).clone())));
            if !draft.trim().is_empty() {
                draft.set(String::new());
                pasting.set(false);
            }
        })
    };
    let cancel = {
        let pasting = pasting.clone();
        Callback::from(move |_: MouseEvent| pasting.set(false))
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
