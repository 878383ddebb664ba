//! The form of one tag of the codebook.

use crate::browser::page::text_box;
use crate::ui::codebook::attribute_form::AttributeForm;
use crate::ui::codebook::new_name::NewName;
use crate::ui::controls::icon::{Icon, icon};
use crate::ui::controls::pick_list::PickList;
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::codebook::codebook_edit::{CodebookEdit, new_attribute};
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::colour_vision::{DISTINCT, PALETTE, Vision};
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::Attribute;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct TagFormProps {
    pub(crate) codebook: Rc<Codebook>,
    /// The index of the tag in the codebook.
    pub(crate) index: usize,
    /// How many marks have the tag.
    pub(crate) marks: usize,
    pub(crate) on: Callback<CodebookEdit>,
    /// Told the tag, its new index, and the selector of what has the focus afterwards.
    pub(crate) on_move: Callback<(Slug, usize, String)>,
}

/// The form: name, key, colour, rules and fields; buttons that move, merge or delete the tag.
#[component]
pub(crate) fn TagForm(props: &TagFormProps) -> Html {
    let Some(tag) = props.codebook.tags().get(props.index) else {
        return Html::default();
    };
    html! {
        <>
            <div class="form">
                { name_and_key(tag, &props.on) }
                { colour(tag, &props.on) }
                { palette(tag, &props.on) }
                { similar_colours(&props.codebook, tag) }
                { rules(tag, &props.on) }
            </div>
            <h3>{ "Fields" }</h3>
            { attributes(tag, &props.on) }
            { actions(tag, props) }
        </>
    }
}

/// The name and the key. An entry that the codebook refuses must not stay in its box, so each
/// box shows the old value until the change is drawn.
fn name_and_key(tag: &Rc<Tag>, on: &Callback<CodebookEdit>) -> Html {
    let changed = |old: String, change: fn(&mut Tag, String)| {
        let (tag, on) = (tag.clone(), on.clone());
        Callback::from(move |event: Event| {
            let mut changed = Tag::clone(&tag);
            change(&mut changed, text_box::value(event.target()));
            text_box::set_value(event.target(), &old);
            on.emit(CodebookEdit::ChangeTag(Box::new(changed)));
        })
    };
    let key = tag.key.map(String::from).unwrap_or_default();
    let change_name = changed(tag.name.clone(), |tag, name| tag.name = name);
    let change_key = changed(key.clone(), |tag, key| tag.key = key.trim().chars().next());
    html! {
        <>
            <label><span>{ "Name" }</span><input dir="auto" autocomplete="off" value={tag.name.clone()} onchange={change_name} /></label>
            <label class="short"><span>{ "Key" }</span><input maxlength="2" autocomplete="off" value={key} onchange={change_key} /></label>
        </>
    }
}

fn colour(tag: &Rc<Tag>, on: &Callback<CodebookEdit>) -> Html {
    let hex = tag.colour.to_string();
    let (tag, on) = (tag.clone(), on.clone());
    let change = Callback::from(move |event: Event| {
        if let Ok(colour) = text_box::value(event.target()).parse() {
            let changed = Tag {
                colour,
                ..Tag::clone(&tag)
            };
            on.emit(CodebookEdit::ChangeTag(Box::new(changed)));
        }
    });
    html! { <label class="short"><span>{ "Colour" }</span><input type="color" value={hex} onchange={change} /></label> }
}

/// The definition, the rules, and whether the tag's marks are listed in the cast.
fn rules(tag: &Rc<Tag>, on: &Callback<CodebookEdit>) -> Html {
    let text = |label: &'static str, value: &str, change: fn(&mut Tag, String)| {
        let tag = tag.clone();
        let change = on.reform(move |event: Event| {
            let mut changed = Tag::clone(&tag);
            change(&mut changed, text_box::value(event.target()));
            CodebookEdit::ChangeTag(Box::new(changed))
        });
        html! {
            <label class="whole"><span>{ label }</span><textarea rows="2" dir="auto" value={value.to_owned()} onchange={change} /></label>
        }
    };
    let toggle_cast = {
        let tag = tag.clone();
        on.reform(move |_: Event| {
            let is_cast = !tag.is_cast;
            CodebookEdit::ChangeTag(Box::new(Tag {
                is_cast,
                ..Tag::clone(&tag)
            }))
        })
    };
    html! {
        <>
            { text("What it means", &tag.definition, |tag, text| tag.definition = text) }
            { text("What counts", &tag.include, |tag, text| tag.include = text) }
            { text("What does not count", &tag.exclude, |tag, text| tag.exclude = text) }
            { text("An example, with the words to mark in [brackets]", &tag.example, |tag, text| tag.example = text) }
            <label class="check whole"><input type="checkbox" checked={tag.is_cast} onchange={toggle_cast} />{ "Show in Cast (groups repeated mentions)" }</label>
        </>
    }
}

/// The buttons that move, merge and delete the tag.
fn actions(tag: &Rc<Tag>, props: &TagFormProps) -> Html {
    let (up, down) = (format!("up-{}", tag.id), format!("down-{}", tag.id));
    let move_to = |to: Option<usize>, button: &str| {
        let (id, to, button) = (
            tag.id.clone(),
            to.unwrap_or(0),
            format!("[id=\"{button}\"]"),
        );
        let press = move |_: MouseEvent| (id.clone(), to, button.clone());
        props.on_move.reform(press)
    };
    let last = props.codebook.tags().len() - 1;
    let delete = {
        let id = tag.id.clone();
        props
            .on
            .reform(move |_: MouseEvent| CodebookEdit::DeleteTag(id.clone()))
    };
    let delete_label = match props.marks {
        0 => format!("Delete {}", tag.name),
        1 => format!("Delete {} and its mark", tag.name),
        marks => format!("Delete {} and its {marks} marks", tag.name),
    };
    html! {
        <div class="fold-actions">
            <button class="ghost small" id={up.clone()} aria-label={format!("Move {} up", tag.name)} disabled={props.index == 0} onclick={move_to(props.index.checked_sub(1), &up)}>{ icon(Icon::Up) }{ "Up" }</button>
            <button class="ghost small" id={down.clone()} aria-label={format!("Move {} down", tag.name)} disabled={props.index == last} onclick={move_to(Some(props.index + 1), &down)}>{ icon(Icon::Down) }{ "Down" }</button>
            { merge(&props.codebook, tag, props.marks, &props.on) }
            <span class="grow" />
            <button class="ghost small" onclick={delete}>{ icon(Icon::Delete) }{ delete_label }</button>
        </div>
    }
}

/// A button for each colour of the palette: readable, and easy to tell from the others.
fn palette(tag: &Tag, on: &Callback<CodebookEdit>) -> Html {
    let buttons = PALETTE.iter().map(|colour| {
        let changed = Tag {
            colour: *colour,
            ..tag.clone()
        };
        let choose = on.reform(move |_: MouseEvent| CodebookEdit::ChangeTag(Box::new(changed.clone())));
        let is_chosen = *colour == tag.colour;
        html! {
            <button key={colour.to_string()} class="swatch" aria-label={format!("Colour {colour}")} aria-pressed={is_chosen.to_string()} onclick={choose}>
                { tag_letter(*colour, &tag.letter()) }
            </button>
        }
    });
    html! { <div class="swatches whole" role="group" aria-label="Colours that can be told apart">{ for buttons }</div> }
}

/// Warns of tags with a similar colour; of a single one, with which colour vision they look alike.
fn similar_colours(codebook: &Codebook, tag: &Tag) -> Html {
    let others = codebook.tags().iter().filter(|other| other.id != tag.id);
    let alike = others.filter_map(|other| {
        let (difference, vision) = tag.colour.least_difference(other.colour);
        (difference < DISTINCT).then_some((other.name.as_str(), vision))
    });
    let alike: Vec<(&str, Vision)> = alike.collect();
    let names = match alike.as_slice() {
        [] => return Html::default(),
        [(name, Vision::Full)] => (*name).to_owned(),
        [(name, vision)] => format!("{name} {}", vision.name()),
        [(first, _), (second, _)] => format!("{first} and {second}"),
        [(first, _), rest @ ..] => format!("{first} and {} more tags", rest.len()),
    };
    html! { <p class="warn whole" role="status">{ format!("Colour hard to tell from {names}. Letters and underlines still differ.") }</p> }
}

/// The fields of the tag, and the box that adds one.
fn attributes(tag: &Tag, on: &Callback<CodebookEdit>) -> Html {
    let forms = (0..tag.attributes.len()).map(|index| {
        let whole = tag.clone();
        let change = on.reform(move |changed: Vec<Attribute>| {
            let mut next = whole.clone();
            next.attributes.splice(index..=index, changed);
            CodebookEdit::ChangeTag(Box::new(next))
        });
        let attribute = tag.attributes[index].clone();
        let whole = tag.clone();
        let on_move = on.reform(move |to: usize| {
            let mut next = whole.clone();
            let moved = next.attributes.remove(index);
            next.attributes.insert(to.min(next.attributes.len()), moved);
            CodebookEdit::ChangeTag(Box::new(next))
        });
        html! { <AttributeForm key={attribute.id.to_string()} attribute={attribute.clone()} {index} count={tag.attributes.len()} on={change} {on_move} /> }
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
            <NewName label="New field" on={add} />
        </>
    }
}

/// The list of tags that this one can be merged into; nothing where it is the only tag.
fn merge(codebook: &Codebook, tag: &Tag, marks: usize, on: &Callback<CodebookEdit>) -> Html {
    let others: Vec<(Slug, String)> = codebook
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
    html! { <PickList {label} verb="Merge" {options} on={choose} /> }
}
