//! One tag of the codebook, to be changed.

use crate::browser::page::text_box;
use crate::ui::codebook::attribute_form::AttributeForm;
use crate::ui::codebook::screen::NewName;
use crate::ui::controls::icon::{Sign, icon};
use crate::ui::controls::pick::Pick;
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::codebook::codebook_edit::{CodebookEdit, new_attribute};
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::colour_vision::{DISTINCT, PALETTE};
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::Attribute;

use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct TagFormProps {
    pub(crate) book: Rc<Codebook>,
    pub(crate) place: usize,
    /// How many marks have it.
    pub(crate) marks: usize,
    pub(crate) on: Callback<CodebookEdit>,
}

/// A tag: its name, key, colour, rules, what it asks; moved, merged, deleted.
#[component]
pub(crate) fn TagForm(props: &TagFormProps) -> Html {
    let Some(tag) = props.book.tags().get(props.place) else {
        return Html::default();
    };
    // What the user writes goes in when the box is left.
    let text = |change: fn(&mut Tag, String)| {
        let tag = tag.clone();
        props.on.reform(move |event: Event| {
            let mut changed = Tag::clone(&tag);
            change(&mut changed, text_box::value(event.target()));
            CodebookEdit::ChangeTag(Box::new(changed))
        })
    };
    // What is refused is written back; what is taken is drawn anew.
    let short = |old: String, change: fn(&mut Tag, String)| {
        let (tag, on) = (tag.clone(), props.on.clone());
        Callback::from(move |event: Event| {
            let mut changed = Tag::clone(&tag);
            change(&mut changed, text_box::value(event.target()));
            text_box::set_value(event.target(), &old);
            on.emit(CodebookEdit::ChangeTag(Box::new(changed)));
        })
    };
    let name = short(tag.name.clone(), |tag, name| tag.name = name);
    let old_key = tag.key.map(String::from).unwrap_or_default();
    let key = short(old_key, |tag, key| tag.key = key.trim().chars().next());
    let definition = text(|tag, it| tag.definition = it);
    let include = text(|tag, it| tag.include = it);
    let exclude = text(|tag, it| tag.exclude = it);
    let example = text(|tag, it| tag.example = it);
    let colour = {
        let tag = tag.clone();
        let on = props.on.clone();
        Callback::from(move |event: Event| {
            if let Ok(colour) = text_box::value(event.target()).parse() {
                let changed = Tag {
                    colour,
                    ..Tag::clone(&tag)
                };
                on.emit(CodebookEdit::ChangeTag(Box::new(changed)));
            }
        })
    };
    let cast = {
        let tag = tag.clone();
        props.on.reform(move |_: Event| {
            let is_cast = !tag.is_cast;
            CodebookEdit::ChangeTag(Box::new(Tag {
                is_cast,
                ..Tag::clone(&tag)
            }))
        })
    };
    let go = |to: Option<usize>| {
        let (id, to) = (tag.id.clone(), to.unwrap_or(0));
        props.on.reform(move |_: MouseEvent| CodebookEdit::MoveTag {
            tag: id.clone(),
            index: to,
        })
    };
    let last = props.book.tags().len() - 1;
    let delete = {
        let id = tag.id.clone();
        props
            .on
            .reform(move |_: MouseEvent| CodebookEdit::DeleteTag(id.clone()))
    };
    let goes = match props.marks {
        0 => format!("Delete {}", tag.name),
        1 => format!("Delete {} and its mark", tag.name),
        marks => format!("Delete {} and its {marks} marks", tag.name),
    };
    let hex = tag.colour.to_string();
    html! {
        <details class="tag-form">
            <summary>
                { tag_letter(tag.colour, &tag.letter()) }
                <b dir="auto">{ &tag.name }</b>
                <span class="quiet" dir="auto">{ &tag.definition }</span>
            </summary>
            <div class="form">
                <label><span>{ "Name" }</span><input dir="auto" autocomplete="off" value={tag.name.clone()} onchange={name} /></label>
                <label class="short"><span>{ "Key" }</span><input maxlength="2" autocomplete="off" value={tag.key.map(String::from).unwrap_or_default()} onchange={key} /></label>
                <label class="short"><span>{ "Colour" }</span><input type="color" value={hex} onchange={colour} /></label>
                { palette(tag, &props.on) }
                { alike(&props.book, tag) }
                <label class="whole"><span>{ "What it means" }</span><textarea rows="2" dir="auto" value={tag.definition.clone()} onchange={definition} /></label>
                <label class="whole"><span>{ "What counts" }</span><textarea rows="2" dir="auto" value={tag.include.clone()} onchange={include} /></label>
                <label class="whole"><span>{ "What does not count" }</span><textarea rows="2" dir="auto" value={tag.exclude.clone()} onchange={exclude} /></label>
                <label class="whole"><span>{ "An example, with the words to mark in [brackets]" }</span><textarea rows="2" dir="auto" value={tag.example.clone()} onchange={example} /></label>
                <label class="check whole"><input type="checkbox" checked={tag.is_cast} onchange={cast} />{ "Show in Cast (groups repeated mentions)" }</label>
            </div>
            <h3>{ "Fields" }</h3>
            { attributes(tag, &props.on) }
            <div class="tag-form-actions">
                <button class="ghost small" aria-label={format!("Move {} up", tag.name)} disabled={props.place == 0} onclick={go(props.place.checked_sub(1))}>{ icon(Sign::Up) }{ "Up" }</button>
                <button class="ghost small" aria-label={format!("Move {} down", tag.name)} disabled={props.place == last} onclick={go(Some(props.place + 1))}>{ icon(Sign::Down) }{ "Down" }</button>
                { merge(&props.book, tag, props.marks, &props.on) }
                <span class="grow" />
                <button class="ghost small" onclick={delete}>{ icon(Sign::Delete) }{ goes }</button>
            </div>
        </details>
    }
}

/// Colours that are readable and that can be told apart.
fn palette(tag: &Tag, on: &Callback<CodebookEdit>) -> Html {
    let buttons = PALETTE.iter().map(|colour| {
        let changed = Tag {
            colour: *colour,
            ..tag.clone()
        };
        let take = on.reform(move |_: MouseEvent| CodebookEdit::ChangeTag(Box::new(changed.clone())));
        let is_on = *colour == tag.colour;
        html! {
            <button key={colour.to_string()} class="swatch" aria-label={format!("Colour {colour}")} aria-pressed={is_on.to_string()} onclick={take}>
                { tag_letter(*colour, &tag.letter()) }
            </button>
        }
    });
    html! { <div class="swatches whole" role="group" aria-label="Colours that can be told apart">{ for buttons }</div> }
}

/// Says which tag this one's colour is hard to tell from, and to whom.
fn alike(book: &Codebook, tag: &Tag) -> Html {
    let others = book.tags().iter().filter(|other| other.id != tag.id);
    let alike = others.filter_map(|other| {
        let (least, vision) = tag.colour.least_difference(other.colour);
        (least < DISTINCT).then(|| format!("Hard to tell from {} {}.", other.name, vision.name()))
    });
    let alike: Vec<String> = alike.collect();
    if alike.is_empty() {
        return Html::default();
    }
    html! { <p class="warn whole" role="status">{ alike.join(" ") }{ " Its letter and its line still differ." }</p> }
}

fn attributes(tag: &Tag, on: &Callback<CodebookEdit>) -> Html {
    let forms = (0..tag.attributes.len()).map(|place| {
        let whole = tag.clone();
        let change = on.reform(move |changed: Vec<Attribute>| {
            let mut next = whole.clone();
            next.attributes.splice(place..=place, changed);
            CodebookEdit::ChangeTag(Box::new(next))
        });
        let attribute = tag.attributes[place].clone();
        let whole = tag.clone();
        let go = on.reform(move |to: usize| {
            let mut next = whole.clone();
            let moved = next.attributes.remove(place);
            next.attributes.insert(to.min(next.attributes.len()), moved);
            CodebookEdit::ChangeTag(Box::new(next))
        });
        html! { <AttributeForm key={attribute.id.to_string()} attribute={attribute.clone()} {place} of={tag.attributes.len()} on={change} {go} /> }
    });
    let add = {
        let (whole, on) = (tag.clone(), on.clone());
        Callback::from(move |name: String| {
            let mut next = whole.clone();
            if let Ok(new) = new_attribute(&next.attributes, &name) {
                next.attributes.push(new);
                on.emit(CodebookEdit::ChangeTag(Box::new(next)));
            }
        })
    };
    html! {
        <>
            { for forms }
            <NewName label="New attribute" on={add} />
        </>
    }
}

fn merge(book: &Codebook, tag: &Tag, marks: usize, on: &Callback<CodebookEdit>) -> Html {
    let others: Vec<(Slug, String)> = book
        .tags()
        .iter()
        .filter(|other| other.id != tag.id)
        .map(|other| (other.id.clone(), other.name.clone()))
        .collect();
    if others.is_empty() {
        return Html::default();
    }
    let id = tag.id.clone();
    let choices = others.clone();
    let choose = on.reform(move |wanted: String| {
        let other = choices.iter().find(|(other, _)| other.as_str() == wanted);
        let other = other.map_or_else(|| id.clone(), |(other, _)| other.clone());
        CodebookEdit::MergeTags {
            from: id.clone(),
            into: other,
        }
    });
    let label = match marks {
        0 => format!("Merge {} into…", tag.name),
        1 => format!("Merge {} and its mark into…", tag.name),
        marks => format!("Merge {} and its {marks} marks into…", tag.name),
    };
    let options = others
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()));
    let options: Vec<(String, String)> = options.collect();
    html! { <Pick {label} verb="Merge" {options} on={choose} /> }
}
