//! All tags of a large codebook, to be found by name.

use crate::browser::page::focus::Neighbour;
use crate::browser::page::{focus, text_box};
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_app::editor::view::tag_groups::tag_groups;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::id::Slug;

use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct TagPickerProps {
    pub(crate) book: Rc<Codebook>,
    /// Tags that were given last, the newest first.
    pub(crate) recent: Rc<[Slug]>,
    /// The tag that the chosen mark has, or that is armed.
    pub(crate) pressed: Option<Slug>,
    /// Told the tag.
    pub(crate) on_pick: Callback<Slug>,
    /// Told that none is wanted.
    pub(crate) on_close: Callback<()>,
}

/// A box that finds tags by name, over the tags used last and all others by their groups. Enter
/// gives the first; the arrows go through the list.
#[component]
pub(crate) fn TagPicker(props: &TagPickerProps) -> Html {
    let typed = use_state_eq(String::new);
    let (place, list) = (use_node_ref(), use_node_ref());
    {
        let place = place.clone();
        use_effect_with((), move |()| focus::node(place.get()));
    }
    let groups = tag_groups(&props.book, &props.recent, &typed);
    let first = groups.first().and_then(|group| group.tags.first());
    let write = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| typed.set(text_box::value(event.target())))
    };
    let key = {
        let first = first.map(|tag| tag.id.clone());
        let (pick, close, list) = (props.on_pick.clone(), props.on_close.clone(), list.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                if let Some(first) = &first {
                    pick.emit(first.clone());
                }
            }
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                close.emit(());
            }
            "ArrowDown" => {
                event.prevent_default();
                focus::neighbour(list.get(), "button", Neighbour::Next);
            }
            _ => {}
        })
    };
    let walk = {
        let (close, list) = (props.on_close.clone(), list.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowDown" | "ArrowUp" => {
                event.prevent_default();
                let which = match event.key().as_str() {
                    "ArrowDown" => Neighbour::Next,
                    _ => Neighbour::Previous,
                };
                focus::neighbour(list.get(), "button", which);
            }
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                close.emit(());
            }
            _ => {}
        })
    };
    html! {
        <div class="tag-picker" role="group" aria-label="All tags">
            <input
                ref={place}
                aria-label="Find a tag"
                placeholder="Find a tag; Enter takes the first"
                autocomplete="off"
                dir="auto"
                value={(*typed).clone()}
                oninput={write}
                onkeydown={key}
            />
            if groups.is_empty() {
                <p class="quiet" role="status">{ "No tag has this name." }</p>
            }
            <div class="tag-picker-list" ref={list} onkeydown={walk}>
                { for groups.into_iter().map(|group| html! {
                    <div key={group.heading.clone()} role="group" aria-label={group.heading.clone()}>
                        if !group.heading.is_empty() {
                            <h3 dir="auto">{ &group.heading }</h3>
                        }
                        { for group.tags.iter().map(|tag| {
                            let id = tag.id.clone();
                            let give = props.on_pick.reform(move |_: MouseEvent| id.clone());
                            html! {
                                <button
                                    key={tag.id.to_string()}
                                    class={classes!("tag", colour_class(tag.colour))}
                                    aria-pressed={(props.pressed.as_ref() == Some(&tag.id)).to_string()}
                                    title={tag.definition.clone()}
                                    onclick={give}
                                >
                                    { tag_letter(tag.colour, &tag.letter()) }
                                    <span dir="auto">{ &tag.name }</span>
                                </button>
                            }
                        }) }
                    </div>
                }) }
            </div>
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub(crate) struct MoreTagsProps {
    pub(crate) book: Rc<Codebook>,
    /// How many tags have no button beside this one.
    pub(crate) hidden: usize,
    pub(crate) recent: Rc<[Slug]>,
    pub(crate) pressed: Option<Slug>,
    pub(crate) on: Callback<Action>,
}

/// The button that leads to all tags, with the box that it opens.
#[component]
pub(crate) fn MoreTags(props: &MoreTagsProps) -> Html {
    let picking = use_state_eq(|| false);
    let button = use_node_ref();
    let turn = {
        let picking = picking.clone();
        Callback::from(move |_: MouseEvent| picking.set(!*picking))
    };
    let on_pick = {
        let (picking, on) = (picking.clone(), props.on.clone());
        Callback::from(move |tag: Slug| {
            picking.set(false);
            focus::remove();
            on.emit(Action::Mark(MarkAction::TagGiven(tag)));
        })
    };
    let on_close = {
        let (picking, button) = (picking.clone(), button.clone());
        Callback::from(move |()| {
            picking.set(false);
            focus::node(button.get());
        })
    };
    // Where all have a button, the key still leads to the box.
    let (class, words, tabindex) = match props.hidden {
        0 => ("more-tags unseen", "All tags".to_owned(), Some("-1")),
        hidden => ("ghost small more-tags", format!("{hidden} more…"), None),
    };
    html! {
        <>
            <button ref={button} {class} {tabindex} aria-expanded={picking.to_string()} title="All tags, by name (.)" onclick={turn}>
                { words }
            </button>
            if *picking {
                <TagPicker book={props.book.clone()} recent={props.recent.clone()} pressed={props.pressed.clone()} {on_pick} {on_close} />
            }
        </>
    }
}
