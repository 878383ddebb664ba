//! One relation kind of the codebook, to be changed.

use crate::browser::page::text_box;
use crate::ui::codebook::attribute_form::step;
use crate::ui::controls::icon::{Sign, icon};
use pullquote_app::codebook::codebook_edit::CodebookEdit;
use pullquote_core::model::codebook::{Codebook, RelationKind};
use pullquote_core::model::id::Slug;

use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct RelationFormProps {
    pub(crate) book: Rc<Codebook>,
    pub(crate) kind: RelationKind,
    /// Its place among the others.
    pub(crate) place: usize,
    /// How many relations are of it.
    pub(crate) count: usize,
    pub(crate) on: Callback<CodebookEdit>,
}

/// A relation: its name, which tags may stand at each end, whether it is required.
#[component]
pub(crate) fn RelationForm(props: &RelationFormProps) -> Html {
    let kind = &props.kind;
    let rename = {
        let kind = kind.clone();
        props.on.reform(move |event: Event| {
            let name = text_box::value(event.target()).trim().to_owned();
            CodebookEdit::ChangeRelation(RelationKind {
                name,
                ..kind.clone()
            })
        })
    };
    let require = {
        let kind = kind.clone();
        props.on.reform(move |_: Event| {
            let required = !kind.required;
            CodebookEdit::ChangeRelation(RelationKind {
                required,
                ..kind.clone()
            })
        })
    };
    let drop = {
        let id = kind.id.clone();
        props
            .on
            .reform(move |_: MouseEvent| CodebookEdit::DeleteRelation(id.clone()))
    };
    let of = props.book.relations().len();
    let go = {
        let id = kind.id.clone();
        props
            .on
            .reform(move |to: usize| CodebookEdit::MoveRelation {
                kind: id.clone(),
                index: to,
            })
    };
    let goes = match props.count {
        0 => format!("Delete {}", kind.name),
        1 => format!("Delete {} and its relation", kind.name),
        count => format!("Delete {} and its {count} relations", kind.name),
    };
    html! {
        <div class="form relation-form" role="group" aria-label={kind.name.clone()}>
            { end("From", props, |kind| &mut kind.from) }
            <label><span>{ "Name" }</span><input dir="auto" autocomplete="off" value={kind.name.clone()} onchange={rename} /></label>
            { end("To", props, |kind| &mut kind.to) }
            <label class="check"><input type="checkbox" checked={kind.required} onchange={require} />{ "required" }</label>
            <span class="moves">
                { step("up", &kind.name, props.place.checked_sub(1), &go) }
                { step("down", &kind.name, Some(props.place + 1).filter(|to| *to < of), &go) }
                <button class="ghost small" aria-label={goes.clone()} title={goes} onclick={drop}>{ icon(Sign::Delete) }</button>
            </span>
        </div>
    }
}

/// The tags that may stand at one end.
fn end(
    label: &'static str,
    props: &RelationFormProps,
    tags: fn(&mut RelationKind) -> &mut Vec<Slug>,
) -> Html {
    let mut kind = props.kind.clone();
    let allowed = tags(&mut kind).clone();
    let boxes = props.book.tags().iter().map(|tag| {
        let (id, kind) = (tag.id.clone(), props.kind.clone());
        let is_on = allowed.contains(&id);
        let turn = props.on.reform(move |_: Event| {
            let mut kind = kind.clone();
            let tags = tags(&mut kind);
            if is_on {
                tags.retain(|other| *other != id);
            } else {
                tags.push(id.clone());
            }
            CodebookEdit::ChangeRelation(kind)
        });
        html! { <label class="check" key={tag.id.to_string()}><input type="checkbox" checked={is_on} onchange={turn} />{ &tag.name }</label> }
    });
    html! { <div class="ends" role="group" aria-label={label}><span class="quiet">{ label }</span>{ for boxes }</div> }
}
