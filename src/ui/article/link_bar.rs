//! Chooses the mark at the other end of a new link, in a bar that stays in view.

use crate::browser::page::{focus, text_box};
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{MarkAction, SelectionAction};
use pullquote_app::editor::state::Linking;
use pullquote_app::editor::view::fields::{Candidate, candidates};
use pullquote_app::messages::editor::link_question;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use std::rc::Rc;
use yew::prelude::*;

/// The most candidates that are shown; the text box finds the others.
const SHOWN: usize = 12;

#[derive(PartialEq, Properties)]
pub(crate) struct LinkBarProps {
    pub(crate) document: Rc<Document>,
    pub(crate) linking: Linking,
    pub(crate) on: Callback<Action>,
}

/// A question, and the candidates by name, nearest first. A click on a name or on its mark in the
/// text, a digit, or a few letters and Enter choose one.
#[component]
pub(crate) fn LinkBar(props: &LinkBarProps) -> Html {
    let filter = use_state_eq(String::new);
    let input = use_node_ref();
    {
        let input = input.clone();
        use_effect_with(props.linking.clone(), move |_| {
            focus::node_without_scrolling(input.get());
        });
    }
    let found = candidates(&props.document, &props.linking, &filter);
    let kind = props.document.codebook().relation(&props.linking.kind);
    let name = kind.map(|kind| kind.name.clone()).unwrap_or_default();
    let question = link_question(&name, props.linking.backwards);
    let write = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| filter.set(text_box::value(event.target())))
    };
    let ids: Vec<Id> = found.iter().map(|candidate| candidate.nearest).collect();
    let key = choose_by_key(ids, filter.is_empty(), &props.on);
    let buttons = found
        .iter()
        .take(SHOWN)
        .enumerate()
        .map(|(index, candidate)| {
            let digit = (index < 9 && filter.is_empty()).then_some(index + 1);
            candidate_button(candidate, digit, &props.on)
        });
    let more = found.len().saturating_sub(SHOWN);
    let cancel = props
        .on
        .reform(|_: MouseEvent| Action::Selection(SelectionAction::Escaped));
    html! {
        <section class="link-bar" aria-label={question.clone()}>
            <p><b>{ question }</b>{ " Click a mark, or choose:" }</p>
            <input
                ref={input}
                aria-label="Find the other mark"
                placeholder="Type a number or name"
                autocomplete="off"
                dir="auto"
                value={(*filter).clone()}
                oninput={write}
                onkeydown={key}
            />
            <button class="line small" onclick={cancel}>{ "Cancel (Esc)" }</button>
            <ul>
                { for buttons }
                if found.is_empty() {
                    <li class="quiet">{ no_candidates(props, &filter) }</li>
                }
                if more > 0 {
                    <li class="quiet">{ format!("and {more} more: type a part of the name") }</li>
                }
            </ul>
        </section>
    }
}

/// Enter chooses the first candidate; a digit chooses the candidate with that number, while
/// nothing has been typed.
fn choose_by_key(ids: Vec<Id>, is_empty: bool, on: &Callback<Action>) -> Callback<KeyboardEvent> {
    let on = on.clone();
    Callback::from(move |event: KeyboardEvent| {
        let key = event.key();
        let digit = key.parse::<usize>().ok().filter(|_| is_empty);
        let index = match key.as_str() {
            "Enter" if !event.is_composing() => Some(0),
            _ => digit.and_then(|digit| digit.checked_sub(1)),
        };
        if let Some(id) = index.and_then(|index| ids.get(index)) {
            event.prevent_default();
            on.emit(Action::Mark(MarkAction::RelationCompleted(*id)));
        }
    })
}

fn candidate_button(candidate: &Candidate, digit: Option<usize>, on: &Callback<Action>) -> Html {
    let id = candidate.nearest;
    let choose = on.reform(move |_: MouseEvent| Action::Mark(MarkAction::RelationCompleted(id)));
    html! {
        <li key={id.to_string()}>
            <button class="chip" onclick={choose}>
                if let Some(digit) = digit {
                    <kbd>{ digit }</kbd>
                }
                { tag_letter(candidate.colour, &candidate.letter) }
                <span dir="auto">{ &candidate.name }</span>
            </button>
        </li>
    }
}

/// Says why there is no candidate, and what to do.
fn no_candidates(props: &LinkBarProps, filter: &str) -> String {
    if !filter.is_empty() {
        return "No mark has this name.".to_owned();
    }
    let codebook = props.document.codebook();
    let kind = codebook.relation(&props.linking.kind);
    let ends = kind.map(|kind| {
        if props.linking.backwards {
            &kind.from
        } else {
            &kind.to
        }
    });
    let tags = ends.into_iter().flatten().filter_map(|id| codebook.tag(id));
    let names: Vec<&str> = tags.map(|tag| tag.name.as_str()).collect();
    format!(
        "No mark can be linked yet. Mark one first: {}.",
        names.join(", ")
    )
}
