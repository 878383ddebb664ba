//! The form of one attribute of a tag, or of one question about the article.

use crate::browser::page::text_box;
use crate::ui::controls::icon::{Icon, icon};
use crate::ui::controls::move_button::{Move, move_button};
use pullquote_core::model::value::{Attribute, AttributeKind};

use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct AttributeFormProps {
    pub(crate) attribute: Attribute,
    /// Told what replaces the attribute: the changed one, or nothing where it is deleted.
    pub(crate) on: Callback<Vec<Attribute>>,
    /// Its index in the list, and the length of the list.
    pub(crate) index: usize,
    pub(crate) count: usize,
    /// Told the index to move it to.
    pub(crate) on_move: Callback<usize>,
}

/// The kinds of answers: the value of each option, and its text.
const ANSWER_KINDS: [(&str, &str); 6] = [
    ("one", "single choice"),
    ("many", "multiple choice"),
    ("yes", "yes or no"),
    ("text", "text"),
    ("number", "a number"),
    ("date", "a date"),
];

/// The form: name, help, kind of answer, options, whether an answer is required.
#[component]
pub(crate) fn AttributeForm(props: &AttributeFormProps) -> Html {
    let attribute = &props.attribute;
    let text = |change: fn(&mut Attribute, String)| {
        let attribute = attribute.clone();
        props.on.reform(move |event: Event| {
            let mut changed = attribute.clone();
            change(&mut changed, text_box::value(event.target()));
            vec![changed]
        })
    };
    let name = text(|attribute, name| {
        if !name.trim().is_empty() {
            name.trim().clone_into(&mut attribute.name);
        }
    });
    let help = text(|attribute, help| help.trim().clone_into(&mut attribute.help));
    let kind = text(|attribute, kind| attribute.kind = kind_named(&kind, &attribute.kind));
    let options = text(|attribute, lines| {
        let options = distinct_lines(&lines);
        attribute.kind = match attribute.kind {
            AttributeKind::ManyOf(_) => AttributeKind::ManyOf(options),
            _ => AttributeKind::OneOf(options),
        };
    });
    let require = {
        let attribute = attribute.clone();
        props.on.reform(move |_: Event| {
            let required = !attribute.required;
            vec![Attribute {
                required,
                ..attribute.clone()
            }]
        })
    };
    let delete = props.on.reform(|_: MouseEvent| Vec::new());
    let lines = match &attribute.kind {
        AttributeKind::OneOf(options) | AttributeKind::ManyOf(options) => Some(options.join("\n")),
        _ => None,
    };
    let current = name_of(&attribute.kind);
    let move_by = |direction: Move| {
        move_button(
            direction,
            &attribute.name,
            props.index,
            props.count,
            &props.on_move,
        )
    };
    html! {
        <div class="form attribute-form" role="group" aria-label={attribute.name.clone()}>
            <label><span>{ "Name" }</span><input dir="auto" autocomplete="off" value={attribute.name.clone()} onchange={name} /></label>
            <label><span>{ "Answer" }</span>
                <select onchange={kind}>
                    { for ANSWER_KINDS.iter().map(|(id, name)| html! {
                        <option key={*id} value={*id} selected={*id == current}>{ *name }</option>
                    }) }
                </select>
            </label>
            <label class="check"><input type="checkbox" checked={attribute.required} onchange={require} />{ "required" }</label>
            <span class="moves">
                { move_by(Move::Up) }
                { move_by(Move::Down) }
                <button class="ghost small" aria-label={format!("Delete {}", attribute.name)} title="Delete" onclick={delete}>{ icon(Icon::Delete) }</button>
            </span>
            <label class="whole"><span>{ "What to look for" }</span><input dir="auto" autocomplete="off" value={attribute.help.clone()} onchange={help} /></label>
            if let Some(lines) = lines {
                <label class="whole"><span>{ "Options, one per line" }</span><textarea rows="4" dir="auto" value={lines} onchange={options} /></label>
            }
        </div>
    }
}

/// The name of a kind in [`ANSWER_KINDS`].
fn name_of(kind: &AttributeKind) -> &'static str {
    match kind {
        AttributeKind::OneOf(_) => "one",
        AttributeKind::ManyOf(_) => "many",
        AttributeKind::YesNo => "yes",
        AttributeKind::Text => "text",
        AttributeKind::Number => "number",
        AttributeKind::Date => "date",
    }
}

/// The kind with this name. It takes over the options of the kind before, if that had any.
fn kind_named(name: &str, before: &AttributeKind) -> AttributeKind {
    let options = match before {
        AttributeKind::OneOf(options) | AttributeKind::ManyOf(options) => options.clone(),
        _ => vec!["yes".into(), "no".into(), "unclear".into()],
    };
    match name {
        "one" => AttributeKind::OneOf(options),
        "many" => AttributeKind::ManyOf(options),
        "yes" => AttributeKind::YesNo,
        "number" => AttributeKind::Number,
        "date" => AttributeKind::Date,
        _ => AttributeKind::Text,
    }
}

/// The lines that are not empty, each once, in their order.
fn distinct_lines(lines: &str) -> Vec<Rc<str>> {
    let mut distinct: Vec<Rc<str>> = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !distinct.iter().any(|other| **other == *line) {
            distinct.push(line.into());
        }
    }
    distinct
}
