//! What a mark or an article answers to one thing that is asked.

use crate::browser::page::{focus, text_box, viewport};
use pullquote_app::editor::view::fields::{answer_at, pressed_at};
use pullquote_core::edit::commands::relations::in_words;
use pullquote_core::model::value::{Attribute, AttributeKind, Number, PartialDate, Value};

use std::rc::Rc;
use yew::prelude::*;

/// Words that are shown as buttons side by side; more are a list to choose from.
const BUTTONS: usize = 8;

#[derive(PartialEq, Properties)]
pub(crate) struct AnswerProps {
    pub(crate) attribute: Attribute,
    pub(crate) value: Option<Value>,
    /// Whether the next digit answers it.
    pub(crate) asked: bool,
    /// Told the answer; `None`: it is taken back.
    pub(crate) on: Callback<Option<Value>>,
    /// Told when what was typed is done.
    pub(crate) settled: Callback<()>,
}

/// The answer, as buttons, a list or a box; what cannot be an answer says why.
#[component]
pub(crate) fn Answer(props: &AnswerProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(props.asked, move |asked| {
            if *asked {
                viewport::show(".card .field.asked");
                focus::node(place.get());
            }
        });
    }
    let attribute = &props.attribute;
    match &attribute.kind {
        AttributeKind::OneOf(words) if words.len() <= BUTTONS => buttons(props, words),
        AttributeKind::ManyOf(words) => buttons(props, words),
        AttributeKind::YesNo => buttons(props, &["yes".into(), "no".into()]),
        AttributeKind::OneOf(words) => list(props, words, &place),
        AttributeKind::Text | AttributeKind::Number | AttributeKind::Date => {
            typed(props, &draft, &place)
        }
    }
}

fn buttons(props: &AnswerProps, words: &[Rc<str>]) -> Html {
    let buttons = words.iter().enumerate().map(|(place, word)| {
        let answer = answer_at(&props.attribute, props.value.as_ref(), place);
        let is_given = match &props.value {
            Some(Value::Many(given)) => given.contains(word),
            value => value.is_some() && *value == answer,
        };
        let press = pressed_at(&props.attribute, props.value.as_ref(), place).flatten();
        let give = props.on.reform(move |_: MouseEvent| press.clone());
        html! {
            <button key={place} class="chip" aria-pressed={is_given.to_string()} onclick={give}>
                if props.asked && place < 9 {
                    <kbd>{ place + 1 }</kbd>
                }
                { word.as_ref() }
            </button>
        }
    });
    html! {
        <span class="chips" role="group" aria-label={props.attribute.name.clone()}>{ for buttons }</span>
    }
}

fn list(props: &AnswerProps, words: &[Rc<str>], place: &NodeRef) -> Html {
    let all: Vec<Rc<str>> = words.to_vec();
    let choose = props.on.reform(move |event: Event| {
        let chosen = text_box::value(event.target());
        let word = all.iter().find(|word| ***word == *chosen);
        word.cloned().map(Value::One)
    });
    let given = props.value.as_ref().map(in_words).unwrap_or_default();
    html! {
        <select ref={place} aria-label={props.attribute.name.clone()} onchange={choose}>
            <option value="" selected={given.is_empty()}>{ "–" }</option>
            { for words.iter().map(|word| html! {
                <option key={word.to_string()} value={word.to_string()} selected={given == **word}>{ word.as_ref() }</option>
            }) }
        </select>
    }
}

/// "1,500" as 1500, "1,5" as 1.5.
fn plain_number(text: &str) -> String {
    let mut groups = text.split(',').skip(1);
    let is_grouped = text.contains(',')
        && groups.all(|group| {
            let digits = group.split('.').next().unwrap_or_default();
            digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
        });
    text.replace(',', if is_grouped { "" } else { "." })
}

/// The answer that a text comes to, or why it is none.
fn read(kind: &AttributeKind, text: &str) -> Result<Option<Value>, &'static str> {
    let bare = text.trim();
    match kind {
        AttributeKind::Number if bare.is_empty() => Ok(None),
        AttributeKind::Number => {
            let number = plain_number(bare).parse().ok();
            let number = number.and_then(|number| Number::new(number).ok());
            let number = number.ok_or("A number, such as 30 or 1.5: at most 15 digits.")?;
            Ok(Some(Value::Number(number)))
        }
        AttributeKind::Date if bare.is_empty() => Ok(None),
        AttributeKind::Date => match PartialDate::new(bare) {
            Ok(date) => Ok(Some(Value::Date(date))),
            Err(_) => Err("A year, a month or a day: 2024, 2024-01 or 2024-01-30."),
        },
        _ => Ok(Some(text.to_owned())
            .filter(|it| !it.is_empty())
            .map(Value::Text)),
    }
}

fn typed(props: &AnswerProps, draft: &UseStateHandle<Option<String>>, place: &NodeRef) -> Html {
    let kind = props.attribute.kind.clone();
    let given = props.value.as_ref().map(|value| match value {
        Value::Text(text) => text.clone(),
        value => in_words(value),
    });
    let shown = (**draft).clone().or(given).unwrap_or_default();
    let wrong = draft.as_ref().and_then(|draft| read(&kind, draft).err());
    let write = {
        let (draft, on, kind) = (draft.clone(), props.on.clone(), kind.clone());
        Callback::from(move |event: InputEvent| {
            let text = text_box::value(event.target());
            if let Ok(value) = read(&kind, &text) {
                on.emit(value);
            }
            draft.set(Some(text));
        })
    };
    let leave = {
        let (draft, settled) = (draft.clone(), props.settled.clone());
        Callback::from(move |_: FocusEvent| {
            draft.set(None);
            settled.emit(());
        })
    };
    let key = Callback::from(|event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            focus::without_scrolling(".card");
        }
    });
    let (hint, mode) = match kind {
        AttributeKind::Date => ("2024-01-30", "text"),
        AttributeKind::Number => ("a number", "decimal"),
        _ => ("", "text"),
    };
    html! {
        <span class="typed">
            <input
                ref={place}
                aria-label={props.attribute.name.clone()}
                aria-invalid={wrong.is_some().then_some("true")}
                inputmode={mode}
                placeholder={hint}
                autocomplete="off"
                dir="auto"
                value={shown}
                oninput={write}
                onblur={leave}
                onkeydown={key}
            />
            if let Some(wrong) = wrong {
                <small class="warn" role="alert">{ wrong }</small>
            }
        </span>
    }
}
