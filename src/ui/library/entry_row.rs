//! One article in the library.

use crate::browser::clock;
use crate::browser::page::blocks::direction;
use crate::browser::page::{dom, focus, text_box};
use crate::ui::controls::icon::{Sign, icon};
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::messages::ago::ago;
use pullquote_app::route::Route;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;

use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct ShelfRowProps {
    pub(crate) holding: Rc<LibraryEntry>,
    /// Whether another article here has the same title: then it says when it was added.
    pub(crate) has_namesake: bool,
    /// The time, to the minute.
    pub(crate) now: Timestamp,
    pub(crate) on: Callback<Action>,
}

/// An article: its title, its marks, when it was changed, when it last left.
#[component]
pub(crate) fn ShelfRow(props: &ShelfRowProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let is_done = use_mut_ref(|| false);
    let holding = &props.holding;
    let id = holding.id;
    let button = use_node_ref();
    {
        let (button, was) = (button.clone(), use_mut_ref(|| false));
        use_effect_with(draft.is_some(), move |editing| {
            let was = was.replace(*editing);
            if *editing {
                focus::element("#title-box");
            } else if was {
                // The row may move, as the one that was changed last.
                clock::after(30, move || focus::node(button.get())).forget();
            }
        });
    }
    let delete = {
        let on = props.on.clone();
        Callback::from(move |event: MouseEvent| {
            // The second of a double click would hit the row that moves up.
            if !dom::is_repeated_click(&event) {
                on.emit(Action::Library(LibraryAction::ArticleDeleted(id)));
                focus::element(".intake button");
            }
        })
    };
    let rename = {
        let (draft, title) = (draft.clone(), holding.title.clone());
        let is_done = is_done.clone();
        Callback::from(move |_: MouseEvent| {
            *is_done.borrow_mut() = false;
            draft.set(Some(title.clone()));
        })
    };
    let facts = [
        Some(holding.outlet.clone()).filter(|outlet| !outlet.is_empty()),
        Some(match holding.words {
            1 => "1 word".to_owned(),
            words => format!("{} words", grouped(words)),
        }),
        Some(holding.codebook.clone()),
        Some(format!("coded by {}", holding.coder)).filter(|_| !holding.coder.is_empty()),
        id.made_at()
            .filter(|_| props.has_namesake)
            .map(|at| format!("added {}", clock::local(at))),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let title = match &*draft {
        Some(text) => title_box(text, &draft, &is_done, holding, &props.on),
        None => html! {
            <a href={Route::Article(id).to_string()} dir={direction(holding.direction)} lang={holding.language.as_ref().map(|language| language.as_str().to_owned())}>
                { &holding.title }
            </a>
        },
    };
    html! {
        <tr data-article={id.to_string()}>
            <th scope="row">{ title }<small>{ facts.join(" · ") }</small></th>
            <td data-label="Marks">{ counts(holding) }</td>
            <td data-label="Changed">{ ago(holding.changed, props.now) }</td>
            <td data-label="Backed up">
                if let Some(copied) = holding.copied {
                    { ago(copied, props.now) }
                } else {
                    <span class="warn">{ "never" }</span>
                }
            </td>
            <td class="shelf-actions">
                <button ref={button} class="ghost small" aria-label={format!("Rename {}", holding.title)} title="Rename" onclick={rename}>{ icon(Sign::Rename) }</button>
                <button class="ghost small" aria-label={format!("Delete {}", holding.title)} title="Delete" onclick={delete}>{ icon(Sign::Delete) }</button>
            </td>
        </tr>
    }
}

/// The title as a text box: Enter or leaving it takes it, Escape does not.
fn title_box(
    text: &str,
    draft: &UseStateHandle<Option<String>>,
    is_done: &Rc<RefCell<bool>>,
    holding: &LibraryEntry,
    on: &Callback<Action>,
) -> Html {
    let id = holding.id;
    let write = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| draft.set(Some(text_box::value(event.target()))))
    };
    let leave = {
        let (draft, on) = (draft.clone(), on.clone());
        let is_done = is_done.clone();
        Callback::from(move |_: FocusEvent| {
            // Some browsers take the focus from a box that is taken away.
            if *is_done.borrow() {
                return;
            }
            if let Some(title) = &*draft {
                on.emit(Action::Library(LibraryAction::ArticleRenamed {
                    id,
                    title: title.clone(),
                }));
            }
            draft.set(None);
        })
    };
    let key = {
        let (draft, on) = (draft.clone(), on.clone());
        let is_done = is_done.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                // The key must not go on to the button that gets the focus.
                event.prevent_default();
                *is_done.borrow_mut() = true;
                if let Some(title) = &*draft {
                    on.emit(Action::Library(LibraryAction::ArticleRenamed {
                        id,
                        title: title.clone(),
                    }));
                }
                draft.set(None);
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

fn counts(holding: &LibraryEntry) -> Html {
    if holding.marks() == 0 {
        return html! { <span class="quiet">{ "none yet" }</span> };
    }
    let some = holding
        .counts
        .iter()
        .enumerate()
        .filter(|(_, count)| count.count > 0);
    html! {
        <span class="counts">
            { for some.map(|(place, count)| html! {
                <span key={place} aria-label={format!("{} {}", count.count, count.name)} role="img">
                    { tag_letter(count.colour, &count.letter) }{ count.count }
                </span>
            }) }
        </span>
    }
}

/// 1204 as "1,204".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
