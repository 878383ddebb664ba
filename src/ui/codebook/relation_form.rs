//! The form of one relation kind of the codebook.

use crate::browser::page::text_box;
use crate::ui::controls::icon::{Icon, icon};
use crate::ui::controls::move_button::{Move, move_button};
use pullquote_app::codebook::codebook_edit::CodebookEdit;
use pullquote_core::model::codebook::{Codebook, RelationKind};
use pullquote_core::model::id::Slug;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct RelationFormProps {
    pub(crate) codebook: Rc<Codebook>,
    pub(crate) kind: RelationKind,
    /// Its index in the codebook.
    pub(crate) index: usize,
    /// How many relations of this kind the document has.
    pub(crate) count: usize,
    pub(crate) on: Callback<CodebookEdit>,
}

/// The form: name, the tags that are allowed at each end, whether a relation is required.
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
    let delete = {
        let id = kind.id.clone();
        props
            .on
            .reform(move |_: MouseEvent| CodebookEdit::DeleteRelation(id.clone()))
    };
    let on_move = {
        let id = kind.id.clone();
        props
            .on
            .reform(move |to: usize| CodebookEdit::MoveRelation {
                kind: id.clone(),
                index: to,
            })
    };
    let move_by = |direction: Move| {
        let kinds = props.codebook.relations().len();
        move_button(direction, &kind.name, props.index, kinds, &on_move)
    };
    let delete_label = match props.count {
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
                { move_by(Move::Up) }
                { move_by(Move::Down) }
                <button class="ghost small" aria-label={delete_label.clone()} title={delete_label} onclick={delete}>{ icon(Icon::Delete) }</button>
            </span>
        </div>
    }
}

/// A checkbox for each tag: whether it is allowed at one end. `tags` borrows the list of that
/// end.
fn end(
    label: &'static str,
    props: &RelationFormProps,
    tags: fn(&mut RelationKind) -> &mut Vec<Slug>,
) -> Html {
    let mut kind = props.kind.clone();
    let allowed = tags(&mut kind).clone();
    let boxes = props.codebook.tags().iter().map(|tag| {
        let (id, kind) = (tag.id.clone(), props.kind.clone());
        let is_on = allowed.contains(&id);
        let toggle = props.on.reform(move |_: Event| {
            let mut kind = kind.clone();
            let tags = tags(&mut kind);
            if is_on {
                tags.retain(|other| *other != id);
            } else {
                tags.push(id.clone());
            }
            CodebookEdit::ChangeRelation(kind)
        });
        html! { <label class="check" key={tag.id.to_string()}><input type="checkbox" checked={is_on} onchange={toggle} />{ &tag.name }</label> }
    });
    html! { <div class="ends" role="group" aria-label={label}><span class="quiet">{ label }</span>{ for boxes }</div> }
}
