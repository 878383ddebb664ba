//! The side panel: who is who.

use crate::browser::page::{focus, text_box};
use crate::ui::article::panel_head::panel_head;
use crate::ui::controls::icon::{Sign, icon};
use crate::ui::controls::pick::Pick;
use crate::ui::controls::tag_letter::{count, tag_letter};
use pullquote_app::action::Action;
use pullquote_app::editor::action::EntityAction;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::action::SelectionAction;
use pullquote_app::editor::state::{Editor, PanelTab};
use pullquote_core::analysis::entities::{EntityMentions, entities_of, suggestions};
use pullquote_core::model::codebook::Tag;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;

use std::rc::Rc;
use yew::prelude::*;

/// Suggestions that are shown at once.
const SHOWN: usize = 6;

#[derive(PartialEq, Properties)]
pub(crate) struct CastPanelProps {
    pub(crate) editor: Rc<Editor>,
    pub(crate) on: Callback<Action>,
}

/// Every actor and place once, with all mentions; who may be the same; and the means to say
/// so.
#[component]
pub(crate) fn CastPanel(props: &CastPanelProps) -> Html {
    let document = props.editor.shown().clone();
    let made = use_memo(Same(document.clone()), |Same(document)| {
        let members = entities_of(document);
        let pairs = suggestions(document, &members);
        (members, pairs)
    });
    let (members, pairs) = (&made.0, &made.1);
    let opened = use_state_eq(String::new);
    let is_apart = |one: &EntityMentions, other: &EntityMentions| {
        if props.editor.apart.is_empty() {
            return false;
        }
        let mut pairs = one
            .marks
            .iter()
            .flat_map(|a| other.marks.iter().map(move |b| (*a, *b)));
        pairs.any(|(a, b)| props.editor.apart.contains(&(a.min(b), a.max(b))))
    };
    let open: Vec<_> = pairs
        .iter()
        .filter(|pair| !members[pair.one].marks.is_empty() && !members[pair.other].marks.is_empty())
        .filter(|pair| !is_apart(&members[pair.one], &members[pair.other]))
        .collect();
    let tags = document.codebook().tags().iter().filter(|tag| tag.is_cast);
    html! {
        <aside class="panel" aria-label="Cast">
            { panel_head(PanelTab::Cast, "Close the cast", &props.on) }
            <div class="panel-scroll" tabindex="-1">
                if members.is_empty() {
                    <p class="empty">{ "Nobody yet. Mark actors and places: each is listed here once, with all its mentions." }</p>
                }
                if !open.is_empty() {
                    <section class="same" aria-label="Same person?">
                        <h3>{ format!("Same person? · {}", open.len()) }</h3>
                        { for open.iter().take(SHOWN).map(|pair| {
                            suggestion(&document, &members[pair.one], &members[pair.other], pair.why.words(), &props.on)
                        }) }
                    </section>
                }
                { for tags.map(|tag| group(&document, tag, members, &opened, props)) }
            </div>
        </aside>
    }
}

/// Compared by address: a document that was not changed is the very same.
pub(crate) struct Same(pub(crate) Rc<Document>);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

fn suggestion(
    document: &Document,
    one: &EntityMentions,
    other: &EntityMentions,
    why: &'static str,
    on: &Callback<Action>,
) -> Html {
    let tag = document.codebook().tag(&one.tag);
    let (colour, letter) =
        tag.map_or_else(Default::default, |tag| (Some(tag.colour), tag.letter()));
    let all: Vec<Id> = one.marks.iter().chain(&other.marks).copied().collect();
    let gathered = Action::Entity(EntityAction::Assigned {
        entity: one.entity.or(other.entity),
        name: one.name.clone(),
        marks: all,
    });
    let same = on.reform(move |_: MouseEvent| {
        focus::element(".panel .panel-scroll");
        gathered.clone()
    });
    let pair = one.marks.first().copied().zip(other.marks.first().copied());
    let apart = on.reform(move |_: MouseEvent| {
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
                <small>{ why }</small>
            </p>
            <button class="line small" aria-label={format!("The same: {} and {}", other.name, one.name)} onclick={same}>{ "Merge" }</button>
            <button class="ghost small" aria-label={format!("Not the same: {} and {}", other.name, one.name)} onclick={apart}>{ "No" }</button>
        </div>
    }
}

fn group(
    document: &Document,
    tag: &Tag,
    members: &[EntityMentions],
    opened: &UseStateHandle<String>,
    props: &CastPanelProps,
) -> Html {
    let of: Vec<&EntityMentions> = members
        .iter()
        .filter(|member| member.tag == tag.id)
        .collect();
    if of.is_empty() {
        return Html::default();
    }
    html! {
        <section class="members" key={tag.id.to_string()} aria-label={tag.name.clone()}>
            <h3>{ format!("{} · {}", tag.name, of.len()) }</h3>
            <ul>{ for of.iter().map(|member| line(document, tag, member, &of, opened, props)) }</ul>
        </section>
    }
}

fn line(
    document: &Document,
    tag: &Tag,
    member: &EntityMentions,
    others: &[&EntityMentions],
    opened: &UseStateHandle<String>,
    props: &CastPanelProps,
) -> Html {
    let on = &props.on;
    let first = member.marks.first().copied();
    let key = member
        .entity
        .or(first)
        .map(|id| id.to_string())
        .unwrap_or_default();
    let is_open = **opened == key;
    let turn = {
        let (opened, key) = (opened.clone(), key.clone());
        Callback::from(move |_: MouseEvent| {
            opened.set(if is_open { String::new() } else { key.clone() });
        })
    };
    let walk = |forward: bool| {
        let marks = member.marks.clone();
        on.reform(move |_: MouseEvent| {
            Action::Selection(SelectionAction::MarkStepped {
                marks: marks.clone(),
                forward,
            })
        })
    };
    let here = props
        .editor
        .chosen()
        .is_some_and(|mark| member.marks.contains(&mark.id));
    let names: Vec<&String> = member
        .called
        .iter()
        .filter(|name| **name != member.name)
        .collect();
    let called = names
        .iter()
        .map(|name| name.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    html! {
        <li key={key} class={classes!("member", here.then_some("chosen"))}>
            <div class="member-line">
                { tag_letter(tag.colour, &tag.letter()) }
                <button class="member-name" dir="auto" title="Go to the next mention" onclick={walk(true)}>{ &member.name }</button>
                { count(member.marks.len()) }
                <span class="unseen">{ mentions(member.marks.len()) }</span>
                <button class="ghost small" aria-label={format!("Previous mention of {}", member.name)} disabled={member.marks.is_empty()} onclick={walk(false)}>{ icon(Sign::Up) }</button>
                <button class="ghost small" aria-label={format!("Next mention of {}", member.name)} disabled={member.marks.is_empty()} onclick={walk(true)}>{ icon(Sign::Down) }</button>
                <button class="ghost small member-more" aria-expanded={is_open.to_string()} aria-label={format!("Rename, merge, split {}", member.name)} title="Rename, merge, split" onclick={turn}>{ icon(Sign::Rename) }</button>
            </div>
            if !called.is_empty() {
                <small class="quiet" dir="auto">{ format!("also {called}") }</small>
            }
            if is_open {
                { about(document, member, others, on) }
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

/// What can be done with a member: another name, an identifier, another whom it is the same
/// as, mentions that are none.
fn about(
    document: &Document,
    member: &EntityMentions,
    others: &[&EntityMentions],
    on: &Callback<Action>,
) -> Html {
    let entity = member.entity.and_then(|id| document.entity(id));
    let (id, marks) = (member.entity, member.marks.clone());
    let rename = {
        let marks = marks.clone();
        on.reform(move |event: Event| {
            let name = text_box::value(event.target());
            match id {
                Some(id) => Action::Entity(EntityAction::Renamed { id, name }),
                None => Action::Entity(EntityAction::Assigned {
                    entity: None,
                    name,
                    marks: marks.clone(),
                }),
            }
        })
    };
    let refer = id.map(|id| {
        on.reform(move |event: Event| {
            Action::Entity(EntityAction::ReferenceSet {
                id,
                reference: text_box::value(event.target()),
            })
        })
    });
    let choices: Vec<(String, String, Option<Id>, Vec<Id>)> = others
        .iter()
        .filter(|other| other.marks != member.marks || other.entity != member.entity)
        .map(|other| {
            let key = other.entity.or(other.marks.first().copied());
            let key = key.map(|id| id.to_string()).unwrap_or_default();
            (key, other.name.clone(), other.entity, other.marks.clone())
        })
        .collect();
    let options = choices
        .iter()
        .map(|(key, name, ..)| (key.clone(), name.clone()));
    let options: Vec<(String, String)> = options.collect();
    let merge = {
        let (choices, marks, on) = (choices.clone(), marks.clone(), on.clone());
        Callback::from(move |key: String| {
            if let Some((_, name, entity, theirs)) = choices.iter().find(|it| it.0 == key) {
                let all = theirs.iter().chain(&marks).copied().collect();
                on.emit(Action::Entity(EntityAction::Assigned {
                    entity: entity.or(id),
                    name: name.clone(),
                    marks: all,
                }));
            }
        })
    };
    if marks.is_empty() {
        let remove = on.reform(move |_: MouseEvent| {
            focus::element(".panel .panel-scroll");
            id.map_or(Action::Mark(MarkAction::EditingFinished), |value| {
                Action::Entity(EntityAction::Deleted(value))
            })
        });
        return html! {
            <div class="member-about">
                <p class="quiet">{ "No mark mentions it any more." }</p>
                <button class="line small" onclick={remove}>{ "Remove from the cast" }</button>
            </div>
        };
    }
    let parts = member.entity.map(|_| {
        let lines = marks.iter().filter_map(|mark| document.annotation(*mark)).map(|mark| {
            let id = mark.id;
            let part = on.reform(move |_: MouseEvent| Action::Entity(EntityAction::Detached(vec![id])));
            let go = on.reform(move |_: MouseEvent| Action::Selection(SelectionAction::MarkChosen { id, goes_there: true }));
            let quote = mark.quote(document.article());
            html! {
                <li key={id.to_string()}>
                    <button class="chip-name" dir="auto" onclick={go}>{ &quote }</button>
                    <button class="ghost small" aria-label={format!("Split {quote} off")} onclick={part}>{ "Split off" }</button>
                </li>
            }
        });
        html! { <ul class="parts">{ for lines }</ul> }
    });
    html! {
        <div class="member-about">
            <label><span>{ "Name" }</span><input dir="auto" autocomplete="off" value={member.name.clone()} onchange={rename} /></label>
            if let Some(entity) = entity {
                <label><span>{ "External ID (Wikidata, URL)" }</span><input dir="auto" autocomplete="off" placeholder="Q1234, an address" value={entity.reference.clone()} onchange={refer.clone()} /></label>
            }
            if !choices.is_empty() {
                <div><span class="quiet">{ "Merge with" }</span><Pick label="another member" verb="Merge" {options} on={merge} /></div>
            }
            { parts.unwrap_or_default() }
        </div>
    }
}
