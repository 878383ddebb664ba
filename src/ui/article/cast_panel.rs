//! The side panel "Cast": each entity once, with all its mentions.

use crate::browser::page::{focus, text_box};
use crate::ui::article::panel_head::panel_head;
use crate::ui::article::same_document::SameDocument;
use crate::ui::controls::count_badge::count_badge;
use crate::ui::controls::icon::{Icon, icon};
use crate::ui::controls::pick_list::PickList;
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{EntityAction, MarkAction, SelectionAction};
use pullquote_app::editor::state::{Editor, PanelTab};
use pullquote_core::analysis::entities::{EntityMentions, entities_of, suggestions};
use pullquote_core::model::codebook::Tag;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use std::rc::Rc;
use yew::prelude::*;

/// The most suggestions that are shown at once.
const SHOWN: usize = 6;

#[derive(PartialEq, Properties)]
pub(crate) struct CastPanelProps {
    pub(crate) editor: Rc<Editor>,
    pub(crate) on: Callback<Action>,
}

/// The entities by tag, above them the pairs that may be the same. A mark that has no entity
/// is listed as one of its own.
#[component]
pub(crate) fn CastPanel(props: &CastPanelProps) -> Html {
    let document = props.editor.shown().clone();
    let computed = use_memo(SameDocument(document.clone()), |SameDocument(document)| {
        let entities = entities_of(document);
        let pairs = suggestions(document, &entities);
        (entities, pairs)
    });
    let (entities, pairs) = (&computed.0, &computed.1);
    let opened = use_state_eq(String::new);
    let open: Vec<_> = pairs
        .iter()
        .map(|pair| (&entities[pair.one], &entities[pair.other], pair.why.words()))
        .filter(|(one, other, _)| !one.marks.is_empty() && !other.marks.is_empty())
        .filter(|(one, other, _)| !is_kept_apart(&props.editor, one, other))
        .collect();
    let tags = document.codebook().tags().iter().filter(|tag| tag.is_cast);
    html! {
        <aside class="panel" aria-label="Cast">
            { panel_head(PanelTab::Cast, "Close the cast", &props.on) }
            <div class="panel-scroll" tabindex="-1">
                if entities.is_empty() {
                    <p class="empty">{ "Nobody yet. Mark actors and places: each is listed here once, with all its mentions." }</p>
                }
                if !open.is_empty() {
                    <section class="same" aria-label="Same person?">
                        <h3>{ format!("Same person? · {}", open.len()) }</h3>
                        { for open.iter().take(SHOWN).map(|(one, other, reason)| {
                            suggestion(&document, one, other, reason, &props.on)
                        }) }
                    </section>
                }
                { for tags.map(|tag| group(&document, tag, entities, &opened, props)) }
            </div>
        </aside>
    }
}

/// Whether the user has said that the two are not the same.
fn is_kept_apart(editor: &Editor, one: &EntityMentions, other: &EntityMentions) -> bool {
    if editor.apart.is_empty() {
        return false;
    }
    let mut pairs = one
        .marks
        .iter()
        .flat_map(|a| other.marks.iter().map(move |b| (*a, *b)));
    pairs.any(|(a, b)| editor.apart.contains(&(a.min(b), a.max(b))))
}

/// Asks whether two entities are the same; `reason` says why they may be.
fn suggestion(
    document: &Document,
    one: &EntityMentions,
    other: &EntityMentions,
    reason: &'static str,
    on: &Callback<Action>,
) -> Html {
    let tag = document.codebook().tag(&one.tag);
    let (colour, letter) =
        tag.map_or_else(Default::default, |tag| (Some(tag.colour), tag.letter()));
    let merged = Action::Entity(EntityAction::Assigned {
        entity: one.entity.or(other.entity),
        name: one.name.clone(),
        marks: one.marks.iter().chain(&other.marks).copied().collect(),
    });
    let merge = on.reform(move |_: MouseEvent| {
        focus::element(".panel .panel-scroll");
        merged.clone()
    });
    let pair = one.marks.first().copied().zip(other.marks.first().copied());
    let keep_apart = on.reform(move |_: MouseEvent| {
        focus::element(".panel .panel-scroll");
        match pair {
            Some((one, other)) => Action::Entity(EntityAction::KeptApart { one, other }),
            None => Action::Mark(MarkAction::EditingFinished),
        }
    });
    let key = format!("{:?}{:?}", one.marks.first(), other.marks.first());
    html! {
        <div class="suggestion" key={key}>
            { for colour.map(|colour| tag_letter(colour, &letter)) }
            <p>
                <span dir="auto">{ &other.name }</span>{ " = " }<b dir="auto">{ &one.name }</b>{ "?" }
                <small>{ reason }</small>
            </p>
            <button class="line small" aria-label={format!("The same: {} and {}", other.name, one.name)} onclick={merge}>{ "Merge" }</button>
            <button class="ghost small" aria-label={format!("Not the same: {} and {}", other.name, one.name)} onclick={keep_apart}>{ "No" }</button>
        </div>
    }
}

/// The entities with this tag.
fn group(
    document: &Document,
    tag: &Tag,
    entities: &[EntityMentions],
    opened: &UseStateHandle<String>,
    props: &CastPanelProps,
) -> Html {
    let entities = entities.iter().filter(|entity| entity.tag == tag.id);
    let entities: Vec<&EntityMentions> = entities.collect();
    if entities.is_empty() {
        return Html::default();
    }
    html! {
        <section class="members" key={tag.id.to_string()} aria-label={tag.name.clone()}>
            <h3>{ format!("{} · {}", tag.name, entities.len()) }</h3>
            <ul>{ for entities.iter().map(|entity| row(document, tag, entity, &entities, opened, props)) }</ul>
        </section>
    }
}

/// What tells an entity from all others: its id, or that of its first mark.
fn key_of(entity: &EntityMentions) -> String {
    let id = entity.entity.or(entity.marks.first().copied());
    id.map(|id| id.to_string()).unwrap_or_default()
}

/// One entity: its name with the number of mentions, buttons that go through them, and its
/// details while it is `opened`. `others` are the entities with the same tag.
fn row(
    document: &Document,
    tag: &Tag,
    entity: &EntityMentions,
    others: &[&EntityMentions],
    opened: &UseStateHandle<String>,
    props: &CastPanelProps,
) -> Html {
    let on = &props.on;
    let key = key_of(entity);
    let is_open = **opened == key;
    let toggle = {
        let (opened, key) = (opened.clone(), key.clone());
        Callback::from(move |_: MouseEvent| {
            opened.set(if is_open { String::new() } else { key.clone() });
        })
    };
    let walk = |forward: bool| {
        let marks = entity.marks.clone();
        on.reform(move |_: MouseEvent| {
            Action::Selection(SelectionAction::MarkStepped {
                marks: marks.clone(),
                forward,
            })
        })
    };
    let chosen = props.editor.chosen();
    let is_chosen = chosen.is_some_and(|mark| entity.marks.contains(&mark.id));
    let aliases = entity.called.iter().filter(|name| **name != entity.name);
    let aliases: Vec<&str> = aliases.map(String::as_str).collect();
    html! {
        <li key={key} class={classes!("member", is_chosen.then_some("chosen"))}>
            <div class="member-line">
                { tag_letter(tag.colour, &tag.letter()) }
                <button class="member-name" dir="auto" title="Go to the next mention" onclick={walk(true)}>{ &entity.name }</button>
                { count_badge(entity.marks.len()) }
                <span class="unseen">{ mentions(entity.marks.len()) }</span>
                <button class="ghost small" aria-label={format!("Previous mention of {}", entity.name)} disabled={entity.marks.is_empty()} onclick={walk(false)}>{ icon(Icon::Up) }</button>
                <button class="ghost small" aria-label={format!("Next mention of {}", entity.name)} disabled={entity.marks.is_empty()} onclick={walk(true)}>{ icon(Icon::Down) }</button>
                <button class="ghost small member-more" aria-expanded={is_open.to_string()} aria-label={format!("Rename, merge, split {}", entity.name)} title="Rename, merge, split" onclick={toggle}>{ icon(Icon::Rename) }</button>
            </div>
            if !aliases.is_empty() {
                <small class="quiet" dir="auto">{ format!("also {}", aliases.join(", ")) }</small>
            }
            if is_open {
                { details(document, entity, others, on) }
            }
        </li>
    }
}

fn mentions(count: usize) -> String {
    match count {
        1 => " 1 mention".to_owned(),
        count => format!(" {count} mentions"),
    }
}

/// What can be changed: the name, the external id, the entity that this one is merged with,
/// and which marks mention it. An entity without marks can only be removed.
fn details(
    document: &Document,
    entity: &EntityMentions,
    others: &[&EntityMentions],
    on: &Callback<Action>,
) -> Html {
    if entity.marks.is_empty() {
        return without_mentions(entity.entity, on);
    }
    let (id, marks) = (entity.entity, entity.marks.clone());
    let rename = on.reform(move |event: Event| {
        let name = text_box::value(event.target());
        Action::Entity(match id {
            Some(id) => EntityAction::Renamed { id, name },
            None => EntityAction::Assigned {
                entity: None,
                name,
                marks: marks.clone(),
            },
        })
    });
    let reference = id.and_then(|id| document.entity(id)).map(|entity| {
        let id = entity.id;
        let set = on.reform(move |event: Event| {
            Action::Entity(EntityAction::ReferenceSet {
                id,
                reference: text_box::value(event.target()),
            })
        });
        html! {
            <label><span>{ "External ID (Wikidata, URL)" }</span><input dir="auto" autocomplete="off" placeholder="Q1234 or a web address" value={entity.reference.clone()} onchange={set} /></label>
        }
    });
    html! {
        <div class="member-about">
            <label><span>{ "Name" }</span><input dir="auto" autocomplete="off" value={entity.name.clone()} onchange={rename} /></label>
            { reference.unwrap_or_default() }
            { merge_list(entity, others, on) }
            if id.is_some() {
                { mention_list(document, &entity.marks, on) }
            }
        </div>
    }
}

/// Offers to remove an entity that no mark mentions.
fn without_mentions(id: Option<Id>, on: &Callback<Action>) -> Html {
    let remove = on.reform(move |_: MouseEvent| {
        focus::element(".panel .panel-scroll");
        match id {
            Some(id) => Action::Entity(EntityAction::Deleted(id)),
            None => Action::Mark(MarkAction::EditingFinished),
        }
    });
    html! {
        <div class="member-about">
            <p class="quiet">{ "No mark mentions it any more." }</p>
            <button class="line small" onclick={remove}>{ "Remove from the cast" }</button>
        </div>
    }
}

/// The other entities that this one can be merged with; nothing where there are none.
fn merge_list(entity: &EntityMentions, others: &[&EntityMentions], on: &Callback<Action>) -> Html {
    let others = others
        .iter()
        .filter(|other| other.marks != entity.marks || other.entity != entity.entity);
    let choices: Vec<(String, EntityMentions)> = others
        .map(|other| (key_of(other), (*other).clone()))
        .collect();
    if choices.is_empty() {
        return Html::default();
    }
    let options = choices.iter();
    let options: Vec<(String, String)> = options
        .map(|(key, other)| (key.clone(), other.name.clone()))
        .collect();
    let (id, marks, on) = (entity.entity, entity.marks.clone(), on.clone());
    let merge = Callback::from(move |wanted: String| {
        if let Some((_, other)) = choices.iter().find(|(key, _)| *key == wanted) {
            on.emit(Action::Entity(EntityAction::Assigned {
                entity: other.entity.or(id),
                name: other.name.clone(),
                marks: other.marks.iter().chain(&marks).copied().collect(),
            }));
        }
    });
    html! { <div><span class="quiet">{ "Merge with" }</span><PickList label="another entry" verb="Merge" {options} on={merge} /></div> }
}

/// The mentions of an entity, each with a button that makes it an entity of its own.
fn mention_list(document: &Document, marks: &[Id], on: &Callback<Action>) -> Html {
    let marks = marks.iter().filter_map(|mark| document.annotation(*mark));
    let rows = marks.map(|mark| {
        let id = mark.id;
        let split = on.reform(move |_: MouseEvent| Action::Entity(EntityAction::Detached(vec![id])));
        let go = on.reform(move |_: MouseEvent| Action::Selection(SelectionAction::MarkChosen { id, goes_there: true }));
        let quote = mark.quote(document.article());
        html! {
            <li key={id.to_string()}>
                <button class="chip-name" dir="auto" onclick={go}>{ &quote }</button>
                <button class="ghost small" aria-label={format!("Split {quote} off")} onclick={split}>{ "Split off" }</button>
            </li>
        }
    });
    html! { <ul class="parts">{ for rows }</ul> }
}
