//! Who may be at the other end of a link.

use crate::browser::page::{focus, text_box};
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::action::SelectionAction;
use pullquote_app::editor::state::Linking;
use pullquote_app::editor::view::fields::candidates;
use pullquote_core::model::document::Document;

use std::rc::Rc;
use yew::prelude::*;

/// Names that are shown; a word in the box finds the others.
const SHOWN: usize = 24;

#[derive(PartialEq, Properties)]
pub(crate) struct LinkBoxProps {
    pub(crate) document: Rc<Document>,
    pub(crate) linking: Linking,
    pub(crate) on: Callback<Action>,
}

/// The candidates by name, the nearest first: a click, a digit, or a few letters and Enter
/// choose one. So does a click on its mark in the text.
#[component]
pub(crate) fn LinkBox(props: &LinkBoxProps) -> Html {
    let filter = use_state_eq(String::new);
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(props.linking.clone(), move |_| focus::node(place.get()));
    }
    let found = candidates(&props.document, &props.linking, &filter);
    let kind = props.document.codebook().relation(&props.linking.kind);
    let name = kind.map(|kind| kind.name.clone()).unwrap_or_default();
    let title = if props.linking.backwards {
        format!("What is {name} this?")
    } else {
        format!("{name} …")
    };
    let write = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| filter.set(text_box::value(event.target())))
    };
    let key = {
        let is_empty = filter.is_empty();
        let ids: Vec<_> = found.iter().map(|it| it.nearest).collect();
        let on = props.on.clone();
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            let digit = key.parse::<usize>().ok().filter(|_| is_empty);
            let place = match key.as_str() {
                "Enter" if !event.is_composing() => Some(0),
                _ => digit.and_then(|digit| digit.checked_sub(1)),
            };
            if let Some(id) = place.and_then(|place| ids.get(place)) {
                event.prevent_default();
                on.emit(Action::Mark(MarkAction::RelationCompleted(*id)));
            }
        })
    };
    let shown = found.iter().take(SHOWN).enumerate();
    let buttons = shown.map(|(number, candidate)| {
        let id = candidate.nearest;
        let choose = props
            .on
            .reform(move |_: MouseEvent| Action::Mark(MarkAction::RelationCompleted(id)));
        html! {
            <li key={id.to_string()}>
                <button class="here" onclick={choose}>
                    if number < 9 && filter.is_empty() {
                        <kbd>{ number + 1 }</kbd>
                    }
                    { tag_letter(candidate.colour, &candidate.letter) }
                    <span dir="auto">{ &candidate.name }</span>
                </button>
            </li>
        }
    });
    let more = found.len().saturating_sub(SHOWN);
    let leave = props
        .on
        .reform(|_: MouseEvent| Action::Selection(SelectionAction::Escaped));
    html! {
        <div class="card-link" role="group" aria-label={title.clone()}>
            <p><b>{ title }</b>{ " Click a mark, or choose:" }</p>
            <input
                ref={place}
                aria-label="Find the other mark"
                placeholder="Type a number or name"
                autocomplete="off"
                dir="auto"
                value={(*filter).clone()}
                oninput={write}
                onkeydown={key}
            />
            if found.is_empty() {
                <p class="quiet">{ nobody(props, &filter) }</p>
            }
            <ul>{ for buttons }</ul>
            if more > 0 {
                <p class="quiet">{ format!("and {more} more: type a part of the name") }</p>
            }
            <button class="ghost small" onclick={leave}>{ "Cancel" }</button>
        </div>
    }
}

fn nobody(props: &LinkBoxProps, filter: &str) -> String {
    if !filter.is_empty() {
        return "None of them is called so.".to_owned();
    }
    let book = props.document.codebook();
    let kind = book.relation(&props.linking.kind);
    let ends = kind.map(|kind| {
        if props.linking.backwards {
            &kind.from
        } else {
            &kind.to
        }
    });
    let tags = ends.into_iter().flatten().filter_map(|id| book.tag(id));
    let names: Vec<&str> = tags.map(|tag| tag.name.as_str()).collect();
    format!(
        "There is no mark for it yet. Mark one first: {}.",
        names.join(", ")
    )
}
