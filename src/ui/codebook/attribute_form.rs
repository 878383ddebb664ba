//! One thing that is asked of a mark or an article, to be changed.

use crate::browser::page::text_box;
use crate::ui::controls::icon::{Sign, icon};
use pullquote_core::model::value::{Attribute, AttributeKind};

use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct AttributeFormProps {
    pub(crate) attribute: Attribute,
    /// Told what takes its place: it as it was changed, or nothing.
    pub(crate) on: Callback<Vec<Attribute>>,
    /// Its place among its siblings, and how many there are.
    pub(crate) place: usize,
    pub(crate) of: usize,
    /// Told the place where it should go.
    pub(crate) go: Callback<usize>,
}

const KINDS: [(&str, &str); 6] = [
    ("one", "single choice"),
    ("many", "multiple choice"),
    ("yes", "yes or no"),
    ("text", "text"),
    ("number", "a number"),
    ("date", "a date"),
];

/// What is asked: its name, help, shape, words, whether it is required.
#[component]
pub(crate) fn AttributeForm(props: &AttributeFormProps) -> Html {
    let asked = &props.attribute;
    let text = |change: fn(&mut Attribute, String)| {
        let asked = asked.clone();
        props.on.reform(move |event: Event| {
            let mut changed = asked.clone();
            change(&mut changed, text_box::value(event.target()));
            vec![changed]
        })
    };
    let name = text(|asked, name| {
        if !name.trim().is_empty() {
            name.trim().clone_into(&mut asked.name);
        }
    });
    let help = text(|asked, help| help.trim().clone_into(&mut asked.help));
    let kind = text(|asked, kind| asked.kind = kind_of(&kind, &asked.kind));
    let words = text(|asked, words| {
        let words = distinct(&words);
        asked.kind = match asked.kind {
            AttributeKind::ManyOf(_) => AttributeKind::ManyOf(words),
            _ => AttributeKind::OneOf(words),
        };
    });
    let require = {
        let asked = asked.clone();
        props.on.reform(move |_: Event| {
            let required = !asked.required;
            vec![Attribute {
                required,
                ..asked.clone()
            }]
        })
    };
    let drop = props.on.reform(|_: MouseEvent| Vec::new());
    let list = match &asked.kind {
        AttributeKind::OneOf(words) | AttributeKind::ManyOf(words) => Some(words.join("\n")),
        _ => None,
    };
    let current = name_of(&asked.kind);
    html! {
        <div class="form attribute-form" role="group" aria-label={asked.name.clone()}>
            <label><span>{ "Name" }</span><input dir="auto" autocomplete="off" value={asked.name.clone()} onchange={name} /></label>
            <label><span>{ "Answer" }</span>
                <select onchange={kind}>
                    { for KINDS.iter().map(|(id, name)| html! {
                        <option key={*id} value={*id} selected={*id == current}>{ *name }</option>
                    }) }
                </select>
            </label>
            <label class="check"><input type="checkbox" checked={asked.required} onchange={require} />{ "required" }</label>
            <span class="moves">
                { step("up", &asked.name, props.place.checked_sub(1), &props.go) }
                { step("down", &asked.name, Some(props.place + 1).filter(|to| *to < props.of), &props.go) }
            <button class="ghost small" aria-label={format!("Delete {}", asked.name)} title="Delete" onclick={drop}>{ icon(Sign::Delete) }</button>
            </span>
            <label class="whole"><span>{ "What to look for" }</span><input dir="auto" autocomplete="off" value={asked.help.clone()} onchange={help} /></label>
            if let Some(list) = list {
                <label class="whole"><span>{ "Options, one per line" }</span><textarea rows="4" dir="auto" value={list} onchange={words} /></label>
            }
        </div>
    }
}

/// A button that moves something one place.
pub(crate) fn step(way: &'static str, name: &str, to: Option<usize>, go: &Callback<usize>) -> Html {
    let target = to.unwrap_or(0);
    let press = go.reform(move |_: MouseEvent| target);
    let sign = if way == "up" { Sign::Up } else { Sign::Down };
    html! {
        <button class="ghost small" aria-label={format!("Move {name} {way}")} title={format!("Move {way}")} disabled={to.is_none()} onclick={press}>{ icon(sign) }</button>
    }
}

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

/// The kind of this name, with the words of the one before.
fn kind_of(name: &str, before: &AttributeKind) -> AttributeKind {
    let words = match before {
        AttributeKind::OneOf(words) | AttributeKind::ManyOf(words) => words.clone(),
        _ => vec!["yes".into(), "no".into(), "unclear".into()],
    };
    match name {
        "one" => AttributeKind::OneOf(words),
        "many" => AttributeKind::ManyOf(words),
        "yes" => AttributeKind::YesNo,
        "number" => AttributeKind::Number,
        "date" => AttributeKind::Date,
        _ => AttributeKind::Text,
    }
}

/// The lines that say something, each once.
fn distinct(lines: &str) -> Vec<Rc<str>> {
    let mut words: Vec<Rc<str>> = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !words.iter().any(|word| **word == *line) {
            words.push(line.into());
        }
    }
    words
}
