//! One relation kind of the codebook: its pair of tags as a line, and its form.

use crate::browser::page::text_box;
use crate::ui::controls::icon::{Icon, icon};
use crate::ui::controls::move_button::{Move, move_button};
use crate::ui::controls::pick_list::PickList;
use crate::ui::controls::tag_letter::tag_letter;
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
        <>
            <div class="form">
                <label><span>{ "Name" }</span><input dir="auto" autocomplete="off" value={kind.name.clone()} onchange={rename} /></label>
                <label class="check"><input type="checkbox" checked={kind.required} onchange={require} />{ "required" }</label>
            </div>
            { end("From", props, |kind| &mut kind.from) }
            { end("To", props, |kind| &mut kind.to) }
            <div class="fold-actions">
                { move_by(Move::Up) }
                { move_by(Move::Down) }
                <span class="grow" />
                <button class="ghost small" onclick={delete}>{ icon(Icon::Delete) }{ delete_label }</button>
            </div>
        </>
    }
}

/// The pair of a relation as a line: "Commitment → made by → Actor".
pub(crate) fn relation_pair(codebook: &Codebook, kind: &RelationKind) -> Html {
    html! {
        <>
            { tags_of(codebook, &kind.from) }
            <span aria-hidden="true">{ "→" }</span>
            <b dir="auto">{ &kind.name }</b>
            <span aria-hidden="true">{ "→" }</span>
            { tags_of(codebook, &kind.to) }
        </>
    }
}

/// How many tags of an end are named before the others are counted.
const NAMED: usize = 3;

/// The tags of an end: the first few, or that it can be any.
fn tags_of(codebook: &Codebook, end: &[Slug]) -> Html {
    let all = codebook.tags();
    if all.len() > 1 && end.len() == all.len() {
        return html! { <span class="pair-end">{ "any tag" }</span> };
    }
    let shown = match end.len() {
        more if more > NAMED => NAMED - 1,
        few => few,
    };
    let tags = end[..shown].iter().filter_map(|id| codebook.tag(id));
    let comma = |index: usize| if index + 1 < shown { "," } else { "" };
    html! {
        <span class="pair-end">
            { for tags.enumerate().map(|(index, tag)| html! {
                <span class="pair-tag" key={tag.id.to_string()}>{ tag_letter(tag.colour, &tag.letter()) }<span><bdi>{ &tag.name }</bdi>{ comma(index) }</span></span>
            }) }
            if end.len() > shown {
                <span class="quiet">{ format!("and {} more", end.len() - shown) }</span>
            }
        </span>
    }
}

/// The tags that are allowed at one end, each with a button that removes it; and a list of those
/// that can be added. `tags` borrows the list of that end.
fn end(
    label: &'static str,
    props: &RelationFormProps,
    tags: fn(&mut RelationKind) -> &mut Vec<Slug>,
) -> Html {
    let mut kind = props.kind.clone();
    let allowed = tags(&mut kind).clone();
    let is_last = allowed.len() == 1;
    let chips = allowed.iter().filter_map(|id| props.codebook.tag(id));
    let chips = chips.map(|tag| {
        let mut without = props.kind.clone();
        tags(&mut without).retain(|other| *other != tag.id);
        let remove = props
            .on
            .reform(move |_: MouseEvent| CodebookEdit::ChangeRelation(without.clone()));
        html! {
            <span class="end-tag" key={tag.id.to_string()}>
                { tag_letter(tag.colour, &tag.letter()) }<span dir="auto">{ &tag.name }</span>
                <button class="ghost small" aria-label={format!("{label}: remove {}", tag.name)} title="Remove" disabled={is_last} onclick={remove}>{ icon(Icon::Close) }</button>
            </span>
        }
    });
    let others = props.codebook.tags().iter();
    let others = others.filter(|tag| !allowed.contains(&tag.id));
    let options = others.map(|tag| (tag.id.to_string(), tag.name.clone()));
    let options: Vec<(String, String)> = options.collect();
    let add = {
        let (on, kind) = (props.on.clone(), props.kind.clone());
        Callback::from(move |id: String| {
            if let Ok(id) = id.parse() {
                let mut kind = kind.clone();
                tags(&mut kind).push(id);
                on.emit(CodebookEdit::ChangeRelation(kind));
            }
        })
    };
    html! {
        <div class="end" role="group" aria-label={label}>
            <span class="quiet end-label">{ label }</span>
            { for chips }
            if !options.is_empty() {
                <PickList label={format!("{label}: another tag…")} verb="Add" {options} on={add} />
            }
        </div>
    }
}
