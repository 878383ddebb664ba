//! The help: the main gestures and the keys, in a sheet over the page.

use crate::browser::page::dialog;
use crate::ui::controls::icon::{Icon, icon};
use pullquote_app::action::Action;
use yew::prelude::*;

/// What is done with the pointer on an article.
const GESTURES: &[(&str, &str)] = &[
    ("Select words", "then choose a tag in the card that opens"),
    (
        "Click a tag first",
        "then everything you select gets it, until Esc",
    ),
    ("Click a mark", "opens its card: fields, note, links"),
    ("Drag an end of a mark", "makes it longer or shorter"),
    (
        "Hold Ctrl and select",
        "adds the words to the previous mark",
    ),
    ("Hold Alt and select", "selects exact characters"),
];

/// The keys on an article.
const KEYS: &[(&str, &str)] = &[
    (
        "Enter",
        "select the first word in view; on a mark, open its card",
    ),
    ("← → ↑ ↓", "move by words and paragraphs"),
    ("⇧ ← →", "extend or shrink the selection by a word"),
    (
        "⇧ ↓ ↑",
        "extend it to the end of the clause, or take a clause back",
    ),
    (
        "⇧ and letters",
        "go to the next word that begins so; Enter goes to the one after",
    ),
    (
        "A letter",
        "give the selection or mark the tag with this letter",
    ),
    (
        "1 – 9",
        "go to a field of the card; a number or text answers it",
    ),
    ("0", "write a note on the mark"),
    ("comma", "go to the next incomplete mark"),
    ("*", "tag further occurrences of the mark's words"),
    ("⇧ Alt ← → ↑ ↓", "move the end or the start of the mark"),
    ("+", "add the selection to the previous mark"),
    ("Tab", "go from the selection to its card"),
    ("Delete", "delete the mark"),
    ("/", "search the text and the marks"),
    ("full stop", "show all tags"),
    ("Esc", "cancel, close the card, stop the active tag"),
    ("Ctrl Z · ⇧ Ctrl Z", "undo · redo"),
    ("Ctrl P", "print the article"),
];

/// The keys in the library.
const LIBRARY_KEYS: &[(&str, &str)] = &[
    ("Ctrl V", "add the copied text or file as an article"),
    ("Ctrl Z", "restore the article that was deleted last"),
    ("?", "show or close this help"),
];

#[derive(PartialEq, Properties)]
pub(crate) struct HelpSheetProps {
    pub(crate) on: Callback<Action>,
}

/// The sheet. It has the focus until Escape, its button or a click beside it closes it; then the
/// focus goes back.
#[component]
pub(crate) fn HelpSheet(props: &HelpSheetProps) -> Html {
    let sheet = use_node_ref();
    {
        let sheet = sheet.clone();
        use_effect_with((), move |()| {
            dialog::show(sheet.get());
            move || dialog::close(sheet.get())
        });
    }
    let closed = props.on.reform(|_: Event| Action::HelpClosed);
    let close = props.on.reform(|_: MouseEvent| Action::HelpClosed);
    let beside = {
        let on = props.on.clone();
        Callback::from(move |event: MouseEvent| {
            if dialog::is_on_backdrop(&event) {
                on.emit(Action::HelpClosed);
            }
        })
    };
    html! {
        <dialog ref={sheet} class="help" aria-labelledby="help-title" onclick={beside} onclose={closed}>
            <div class="help-sheet">
                <header>
                    <h2 id="help-title">{ "Help" }</h2>
                    <button class="ghost" aria-label="Close the help" title="Close (Esc)" onclick={close}>{ icon(Icon::Close) }</button>
                </header>
                <div class="help-parts">
                    <section>
                        <h3>{ "Marking an article" }</h3>
                        { list(GESTURES, false) }
                        <h3>{ "Keys in the library" }</h3>
                        { list(LIBRARY_KEYS, true) }
                    </section>
                    <section>
                        <h3>{ "Keys on an article" }</h3>
                        { list(KEYS, true) }
                    </section>
                </div>
                <p class="quiet">{ "On a Mac: ⌘ for Ctrl, ⌥ for Alt." }</p>
            </div>
        </dialog>
    }
}

/// What the user does, and what it does.
fn list(items: &[(&'static str, &'static str)], are_keys: bool) -> Html {
    let items = items.iter().map(|&(what, does)| {
        let what = if are_keys {
            html! { <kbd>{ what }</kbd> }
        } else {
            html! { what }
        };
        html! { <><dt>{ what }</dt><dd>{ does }</dd></> }
    });
    html! { <dl class="help-list">{ for items }</dl> }
}
