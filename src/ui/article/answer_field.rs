//! The answer to one attribute of a mark, or to one question about the article.

use crate::browser::page::{focus, text_box, viewport};
use pullquote_app::editor::view::fields::{answer_at, pressed_at};
use pullquote_core::model::value::in_words;
use pullquote_core::model::value::{Attribute, AttributeKind, Number, PartialDate, Value};
use std::rc::Rc;
use yew::prelude::*;

/// The most options of a single choice that are shown as buttons; more become a list.
const MOST_BUTTONS: usize = 8;

#[derive(PartialEq, Properties)]
pub(crate) struct AnswerFieldProps {
    pub(crate) attribute: Attribute,
    pub(crate) value: Option<Value>,
    /// Whether the field has been called by its digit: then the next digit chooses an option.
    pub(crate) asked: bool,
    /// Told the answer; `None` deletes it.
    pub(crate) on: Callback<Option<Value>>,
    /// Called when a text box is left.
    pub(crate) finished: Callback<()>,
}

/// Buttons, a list or a text box, depending on the kind of answer. A text that is not a
/// valid answer is kept in the box, with the reason.
#[component]
pub(crate) fn AnswerField(props: &AnswerFieldProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let input = use_node_ref();
    {
        let input = input.clone();
        use_effect_with(props.asked, move |asked| {
            if *asked {
                viewport::show(".card .field.asked");
                focus::node(input.get());
            }
        });
    }
    let attribute = &props.attribute;
    match &attribute.kind {
        AttributeKind::OneOf(options) if options.len() <= MOST_BUTTONS => buttons(props, options),
        AttributeKind::ManyOf(options) => buttons(props, options),
        AttributeKind::YesNo => buttons(props, &["yes".into(), "no".into()]),
        AttributeKind::OneOf(options) => list(props, options, &input),
        AttributeKind::Text | AttributeKind::Number | AttributeKind::Date => {
            text_box(props, &draft, &input)
        }
    }
}

fn buttons(props: &AnswerFieldProps, options: &[Rc<str>]) -> Html {
    let buttons = options.iter().enumerate().map(|(index, option)| {
        let answer = answer_at(&props.attribute, props.value.as_ref(), index);
        let is_given = match &props.value {
            Some(Value::Many(given)) => given.contains(option),
            value => value.is_some() && *value == answer,
        };
        let press = pressed_at(&props.attribute, props.value.as_ref(), index).flatten();
        let give = props.on.reform(move |_: MouseEvent| press.clone());
        html! {
            <button key={index} class="chip" aria-pressed={is_given.to_string()} onclick={give}>
                if props.asked && index < 9 {
                    <kbd>{ index + 1 }</kbd>
                }
                { option.as_ref() }
            </button>
        }
    });
    html! {
        <span class="chips" role="group" aria-label={props.attribute.name.clone()}>{ for buttons }</span>
    }
}

fn list(props: &AnswerFieldProps, options: &[Rc<str>], input: &NodeRef) -> Html {
    let all: Vec<Rc<str>> = options.to_vec();
    let choose = props.on.reform(move |event: Event| {
        let chosen = text_box::value(event.target());
        let option = all.iter().find(|option| ***option == *chosen);
        option.cloned().map(Value::One)
    });
    let given = props.value.as_ref().map(in_words).unwrap_or_default();
    html! {
        <select ref={input} aria-label={props.attribute.name.clone()} onchange={choose}>
            <option value="" selected={given.is_empty()}>{ "–" }</option>
            { for options.iter().map(|option| html! {
                <option key={option.to_string()} value={option.to_string()} selected={given == **option}>{ option.as_ref() }</option>
            }) }
        </select>
    }
}

/// The number without digit groups and with a decimal point: "1,500" becomes "1500", and
/// "1,5" becomes "1.5".
fn plain_number(text: &str) -> String {
    let mut groups = text.split(',').skip(1);
    let is_grouped = text.contains(',')
        && groups.all(|group| {
            let digits = group.split('.').next().unwrap_or_default();
            digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
        });
    text.replace(',', if is_grouped { "" } else { "." })
}

/// Reads an answer of this kind. An empty text is no answer; the error says what is expected.
fn read_answer(kind: &AttributeKind, text: &str) -> Result<Option<Value>, &'static str> {
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
            .filter(|text| !text.is_empty())
            .map(Value::Text)),
    }
}

fn text_box(
    props: &AnswerFieldProps,
    draft: &UseStateHandle<Option<String>>,
    input: &NodeRef,
) -> Html {
    let kind = props.attribute.kind.clone();
    let given = props.value.as_ref().map(|value| match value {
        Value::Text(text) => text.clone(),
        value => in_words(value),
    });
    let shown = (**draft).clone().or(given).unwrap_or_default();
    let error = draft
        .as_ref()
        .and_then(|draft| read_answer(&kind, draft).err());
    let write = {
        let (draft, on, kind) = (draft.clone(), props.on.clone(), kind.clone());
        Callback::from(move |event: InputEvent| {
            let text = text_box::value(event.target());
            if let Ok(value) = read_answer(&kind, &text) {
                on.emit(value);
            }
            draft.set(Some(text));
        })
    };
    let leave = {
        let (draft, finished) = (draft.clone(), props.finished.clone());
        Callback::from(move |_: FocusEvent| {
            draft.set(None);
            finished.emit(());
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
                ref={input}
                aria-label={props.attribute.name.clone()}
                aria-invalid={error.is_some().then_some("true")}
                inputmode={mode}
                placeholder={hint}
                autocomplete="off"
                dir="auto"
                value={shown}
                oninput={write}
                onblur={leave}
                onkeydown={key}
            />
            if let Some(error) = error {
                <small class="warn" role="alert">{ error }</small>
            }
        </span>
    }
}
