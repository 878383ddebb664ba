//! The fields of a mark on the card: its entity, its answers, and its links to other marks.

use crate::browser::page::focus;
use crate::ui::article::answer_field::AnswerField;
use crate::ui::controls::icon::{Icon, icon};
use pullquote_app::action::Action;
use pullquote_app::editor::action::{MarkAction, SelectionAction};
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_app::editor::view::fields::{
    Chip, FIRST_FIELDS, Field, FieldKind, backlinks, fields, first_fields,
};
use pullquote_core::edit::commands::entities::mentions;
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::codebook::RelationKind;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::value::{Attribute, Value};
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct MarkFieldsProps {
    pub(crate) document: Rc<Document>,
    pub(crate) mark: Rc<Annotation>,
    /// The index of the field that was called by its digit.
    pub(crate) asked: Option<usize>,
    pub(crate) on: Callback<Action>,
}

/// The fields that the codebook asks for, below the entity, and above the links that other marks
/// have to this one. The less important ones are hidden until the user asks for them.
#[component]
pub(crate) fn MarkFields(props: &MarkFieldsProps) -> Html {
    let shows_all = use_state_eq(|| false);
    let (document, mark, on) = (&props.document, &*props.mark, &props.on);
    let fields = fields(document, mark);
    let most = FIRST_FIELDS - usize::from(document.member_of(mark).is_some());
    let mut first = first_fields(&fields, most, props.asked);
    // What was shown stays, even if it becomes empty.
    let was_shown = use_mut_ref(Vec::<bool>::new);
    for (first, was_shown) in first.iter_mut().zip(was_shown.borrow().iter()) {
        *first |= was_shown;
    }
    was_shown.replace(first.clone());
    let hidden = first.iter().filter(|first| !**first).count();
    let rows = fields.into_iter().zip(first).enumerate();
    let rows = rows.filter(|(_, (_, is_first))| *is_first || *shows_all);
    let backlinks = backlinks(document, mark).into_iter();
    let toggle = {
        let shows_all = shows_all.clone();
        Callback::from(move |_: MouseEvent| shows_all.set(!*shows_all))
    };
    html! {
        <div class="card-fields">
            { entity(document, mark, on) }
            { for rows.map(|(index, (field, _))| field_row(props, index, field)) }
            if hidden > 0 {
                <button class="ghost small more-fields" key="more" aria-expanded={shows_all.to_string()} onclick={toggle}>
                    if *shows_all {
                        { icon(Icon::Up) }{ "Fewer fields" }
                    } else {
                        { icon(Icon::Down) }{ format!("{hidden} more fields") }
                    }
                </button>
            }
            { for backlinks.map(|(name, chip)| html! {
                <div class="field" key={chip.relation.to_string()}>
                    <span class="field-name">{ format!("{name} this") }</span>
                    <span class="chips">{ link_chip(chip, on) }</span>
                </div>
            }) }
        </div>
    }
}

/// The entity that the mark mentions, with buttons to its other mentions.
fn entity(document: &Document, mark: &Annotation, on: &Callback<Action>) -> Html {
    let Some(entity) = document.member_of(mark) else {
        return Html::default();
    };
    let marks: Vec<Id> = mentions(document, entity.id).map(|mark| mark.id).collect();
    let index = marks.iter().position(|id| *id == mark.id).unwrap_or(0);
    let walk = |forward: bool| {
        let marks = marks.clone();
        on.reform(move |_: MouseEvent| {
            Action::Selection(SelectionAction::MarkStepped {
                marks: marks.clone(),
                forward,
            })
        })
    };
    html! {
        <div class="field" key="cast">
            <span class="field-name">{ "Cast" }</span>
            <span class="chips">
                <b dir="auto">{ &entity.name }</b>
                <span class="quiet">{ format!("{} of {}", index + 1, marks.len()) }</span>
                if marks.len() > 1 {
                    <button class="ghost small" aria-label="Previous mention" onclick={walk(false)}>{ icon(Icon::Up) }</button>
                    <button class="ghost small" aria-label="Next mention" onclick={walk(true)}>{ icon(Icon::Down) }</button>
                }
            </span>
        </div>
    }
}

/// One field. The digit `index + 1` moves the focus to it; only the first nine have a digit.
fn field_row(props: &MarkFieldsProps, index: usize, field: Field) -> Html {
    let (mark, on) = (props.mark.id, &props.on);
    let is_asked = props.asked == Some(index);
    let content = match field.kind {
        FieldKind::Link { kind, chips } => links(mark, &field.name, &kind, chips, on),
        FieldKind::Answer { attribute, value } => answer(mark, attribute, value, is_asked, on),
    };
    html! {
        <div
            class={classes!(
                "field",
                field.missing.then_some("missing"),
                is_asked.then_some("asked"),
            )}
            key={index}
        >
            <span class="field-name" title={field.help}>
                if index < 9 {
                    <kbd>{ index + 1 }</kbd>
                }
                { field.name }
                if field.missing {
                    <span class="unseen">{ " (missing)" }</span>
                }
            </span>
            { content }
        </div>
    }
}

/// The links of one relation kind, and the button that starts another.
fn links(
    mark: Id,
    name: &str,
    kind: &RelationKind,
    chips: Vec<Chip>,
    on: &Callback<Action>,
) -> Html {
    let label = format!("{name}: link a mark");
    let text = if chips.is_empty() {
        "+ Link a mark"
    } else {
        "+"
    };
    let kind = kind.id.clone();
    let start = on.reform(move |_: MouseEvent| {
        Action::Mark(MarkAction::RelationStarted {
            id: mark,
            kind: kind.clone(),
            backwards: false,
        })
    });
    html! {
        <span class="chips">
            { for chips.into_iter().map(|chip| link_chip(chip, on)) }
            <button class="chip add" aria-label={label} onclick={start}>{ text }</button>
        </span>
    }
}

/// A link to another mark: one button goes to that mark, the other deletes the link.
fn link_chip(chip: Chip, on: &Callback<Action>) -> Html {
    let (mark, relation) = (chip.mark, chip.relation);
    let go = on.reform(move |_: MouseEvent| {
        Action::Selection(SelectionAction::MarkChosen {
            id: mark,
            goes_there: true,
        })
    });
    let unlink = on.reform(move |_: MouseEvent| {
        focus::without_scrolling(".card");
        Action::Mark(MarkAction::RelationDeleted(relation))
    });
    html! {
        <span class={classes!("chip", "linked", colour_class(chip.colour))} key={relation.to_string()}>
            <button class="chip-name" dir="auto" title="Go to this mark" onclick={go}>{ &chip.name }</button>
            <button class="chip-drop" aria-label={format!("Unlink {}", chip.name)} title="Unlink" onclick={unlink}>{ icon(Icon::Close) }</button>
        </span>
    }
}

/// The answer to one attribute.
fn answer(
    mark: Id,
    attribute: Attribute,
    value: Option<Value>,
    asked: bool,
    on: &Callback<Action>,
) -> Html {
    let id = attribute.id.clone();
    let give = on.reform(move |value| {
        Action::Mark(MarkAction::AnswerGiven {
            id: mark,
            attribute: id.clone(),
            value,
        })
    });
    let finished = on.reform(|()| Action::Mark(MarkAction::EditingFinished));
    html! { <AnswerField {attribute} {value} {asked} on={give} {finished} /> }
}
