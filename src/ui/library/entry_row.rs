//! One article in the library.

use crate::browser::clock;
use crate::browser::page::blocks::direction;
use crate::browser::page::{dom, focus, text_box};
use crate::ui::controls::icon::{Icon, icon};
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::messages::ago::ago;
use pullquote_app::route::Route;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::{LibraryEntry, TagCount};
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::sorted;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct EntryRowProps {
    pub(crate) entry: Rc<LibraryEntry>,
    /// Whether another article has the same title: then the row says when it was added.
    pub(crate) has_namesake: bool,
    /// The time, to the minute.
    pub(crate) now: Timestamp,
    pub(crate) on: Callback<Action>,
}

/// An article: its title, its marks, when it was changed, and when it was last backed up.
#[component]
pub(crate) fn EntryRow(props: &EntryRowProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let is_done = use_mut_ref(|| false);
    let entry = &props.entry;
    let id = entry.id;
    let button = use_node_ref();
    {
        let (button, was_editing) = (button.clone(), use_mut_ref(|| false));
        use_effect_with(draft.is_some(), move |is_editing| {
            let was_editing = was_editing.replace(*is_editing);
            if *is_editing {
                focus::element("#title-box");
            } else if was_editing {
                // The row may move to the top, as the one that was changed last.
                clock::after(30, move || focus::node(button.get())).forget();
            }
        });
    }
    // The second click of a double click would make another copy.
    let duplicate = {
        let on = props.on.clone();
        Callback::from(move |event: MouseEvent| {
            if !dom::is_repeated_click(&event) {
                on.emit(Action::Library(LibraryAction::ArticleDuplicated(id)));
            }
        })
    };
    let done = entry.done;
    let toggle_done = props
        .on
        .reform(move |_: MouseEvent| Action::Library(LibraryAction::DoneSet { id, done: !done }));
    let row = use_node_ref();
    let delete = {
        let (on, row) = (props.on.clone(), row.clone());
        Callback::from(move |event: MouseEvent| {
            // The second click of a double click would delete the row that moves up.
            if !dom::is_repeated_click(&event) {
                focus::row_beside(row.get(), "[title=Delete]", ".intake button");
                on.emit(Action::Library(LibraryAction::ArticleDeleted(id)));
            }
        })
    };
    let rename = {
        let (draft, title) = (draft.clone(), entry.title.clone());
        let is_done = is_done.clone();
        Callback::from(move |_: MouseEvent| {
            *is_done.borrow_mut() = false;
            draft.set(Some(title.clone()));
        })
    };
    let title = match &*draft {
        Some(text) => title_box(text, &draft, &is_done, id, &props.on),
        None => html! {
            <a href={Route::Article(id).to_string()} dir={direction(entry.direction)} lang={entry.language.as_ref().map(|language| language.as_str().to_owned())}>
                { &entry.title }
            </a>
        },
    };
    html! {
        <tr ref={row} data-article={id.to_string()} role="row" class={done.then_some("done")}>
            <th scope="row" role="rowheader">{ title }<small>{ facts(entry, props.has_namesake) }</small></th>
            <td role="cell">{ counts(entry) }</td>
            <td role="cell" data-label="Changed">{ ago(entry.changed, props.now) }</td>
            <td role="cell" data-label="Backed up">
                if let Some(copied) = entry.copied {
                    { ago(copied, props.now) }
                } else {
                    <span class="warn">{ "never" }</span>
                }
            </td>
            <td role="cell" class="shelf-actions">
                <button class="ghost small check" aria-label={format!("Done: {}", entry.title)} aria-pressed={done.to_string()} title="Done" onclick={toggle_done}>{ icon(Icon::Check) }</button>
                <button ref={button} class="ghost small" aria-label={format!("Rename {}", entry.title)} title="Rename" onclick={rename}>{ icon(Icon::Rename) }</button>
                <button class="ghost small" aria-label={format!("Duplicate {}", entry.title)} title="Duplicate, with its marks" onclick={duplicate}>{ icon(Icon::Copy) }</button>
                <button class="ghost small" aria-label={format!("Delete {}", entry.title)} title="Delete" onclick={delete}>{ icon(Icon::Delete) }</button>
            </td>
        </tr>
    }
}

/// What is known about the article: outlet, length, codebook, coder, and the date on which it
/// was added if another article has the same title.
fn facts(entry: &LibraryEntry, has_namesake: bool) -> String {
    let added = entry.id.made_at().filter(|_| has_namesake);
    let facts = [
        Some(entry.outlet.clone()).filter(|outlet| !outlet.is_empty()),
        Some(match entry.words {
            1 => "1 word".to_owned(),
            words => format!("{} words", grouped(words)),
        }),
        Some(entry.codebook.clone()),
        Some(format!("coded by {}", entry.coder)).filter(|_| !entry.coder.is_empty()),
        added.map(|at| format!("added {}", clock::local(at))),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    facts.join(" · ")
}

/// The title as a text box. Enter or leaving the box renames the article, Escape does not.
fn title_box(
    text: &str,
    draft: &UseStateHandle<Option<String>>,
    is_done: &Rc<RefCell<bool>>,
    id: Id,
    on: &Callback<Action>,
) -> Html {
    let write = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| draft.set(Some(text_box::value(event.target()))))
    };
    let rename = {
        let (draft, on) = (draft.clone(), on.clone());
        Rc::new(move || {
            if let Some(title) = &*draft {
                on.emit(Action::Library(LibraryAction::ArticleRenamed {
                    id,
                    title: title.clone(),
                }));
            }
            draft.set(None);
        })
    };
    let leave = {
        let (rename, is_done) = (rename.clone(), is_done.clone());
        Callback::from(move |_: FocusEvent| {
            // Some browsers take the focus from a box when it is removed.
            if !*is_done.borrow() {
                rename();
            }
        })
    };
    let key = {
        let (draft, is_done) = (draft.clone(), is_done.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            // Keys of an input method are not for the box.
            _ if event.is_composing() => {}
            "Enter" => {
                // The key must not reach the button that gets the focus next.
                event.prevent_default();
                *is_done.borrow_mut() = true;
                rename();
            }
            "Escape" => {
                *is_done.borrow_mut() = true;
                draft.set(None);
            }
            _ => {}
        })
    };
    html! {
        <input
            class="title-box"
            aria-label="Title"
            dir="auto"
            value={text.to_owned()}
            id="title-box"
            oninput={write}
            onblur={leave}
            onkeydown={key}
        />
    }
}

/// Up to this number of tags, the row shows how many marks have each; else the most frequent.
const TAGS: usize = 6;

/// How many marks have each tag.
fn counts(entry: &LibraryEntry) -> Html {
    if entry.marks() == 0 {
        return html! { <span class="quiet">{ "no marks" }</span> };
    }
    let used = entry.counts.iter().filter(|count| count.count > 0);
    let mut used: Vec<&TagCount> = used.collect();
    let rest = used.len().saturating_sub(TAGS);
    if rest > 0 {
        used = sorted::collect_sorted(used, |one, other| other.count.cmp(&one.count));
    }
    let rest: Vec<&str> = used
        .drain(used.len() - rest..)
        .map(|count| count.name.as_str())
        .collect();
    html! {
        <span class="counts">
            { for used.into_iter().enumerate().map(|(index, count)| html! {
                <span key={index} title={count.name.clone()} aria-label={format!("{} {}", count.count, count.name)} role="img">
                    { tag_letter(count.colour, &count.letter) }{ count.count }
                </span>
            }) }
            if !rest.is_empty() {
                <span class="quiet" title={rest.join(", ")}>{ format!("+{} tags", rest.len()) }</span>
            }
        </span>
    }
}

/// The number with its digits in groups of three: "1,204".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
