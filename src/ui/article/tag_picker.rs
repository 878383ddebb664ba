//! The picker of all tags of a codebook, in which tags are found by name.

use crate::browser::page::focus::Neighbour;
use crate::browser::page::{focus, text_box};
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_app::editor::view::tag_groups::tag_groups;
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::id::Slug;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct TagPickerProps {
    pub(crate) codebook: Rc<Codebook>,
    /// The tags that were used last, newest first.
    pub(crate) recent: Rc<[Slug]>,
    /// The tag of the chosen mark, or the armed tag.
    pub(crate) pressed: Option<Slug>,
    /// Told the tag that was picked.
    pub(crate) on_pick: Callback<Slug>,
    /// Called when the picker is closed without a choice.
    pub(crate) on_close: Callback<()>,
}

/// A text box that finds tags by name, above the recent tags and all others by group. Enter
/// picks the first one; the arrow keys go through the list.
#[component]
pub(crate) fn TagPicker(props: &TagPickerProps) -> Html {
    let filter = use_state_eq(String::new);
    let (input, list) = (use_node_ref(), use_node_ref());
    {
        let input = input.clone();
        use_effect_with((), move |()| focus::node(input.get()));
    }
    let groups = tag_groups(&props.codebook, &props.recent, &filter);
    let write = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| filter.set(text_box::value(event.target())))
    };
    let first = groups.first().and_then(|group| group.tags.first());
    let key = keys_of_the_box(props, first.map(|tag| tag.id.clone()), &list);
    let walk = keys_of_the_list(props, &list);
    html! {
        <div class="tag-picker" role="group" aria-label="All tags">
            <input
                ref={input}
                aria-label="Find a tag"
                placeholder="Find a tag; Enter takes the first"
                autocomplete="off"
                dir="auto"
                value={(*filter).clone()}
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
                        { for group.tags.iter().map(|tag| tag_choice(tag, props)) }
                    </div>
                }) }
            </div>
        </div>
    }
}
/// Enter picks the first tag that was found, the down arrow goes to the list, and Escape
/// closes the picker.
fn keys_of_the_box(
    props: &TagPickerProps,
    first: Option<Slug>,
    list: &NodeRef,
) -> Callback<KeyboardEvent> {
    let (pick, close) = (props.on_pick.clone(), props.on_close.clone());
    let list = list.clone();
    Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            if let Some(first) = &first {
                pick.emit(first.clone());
            }
        }
        "Escape" => close_by_key(&event, &close),
        "ArrowDown" => {
            event.prevent_default();
            focus::neighbour(list.get(), "button", Neighbour::Next);
        }
        _ => {}
    })
}

/// The arrow keys go through the list, and Escape closes the picker.
fn keys_of_the_list(props: &TagPickerProps, list: &NodeRef) -> Callback<KeyboardEvent> {
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
        "Escape" => close_by_key(&event, &close),
        _ => {}
    })
}

/// The key does not go on to the page, where it would close the card as well.
fn close_by_key(event: &KeyboardEvent, close: &Callback<()>) {
    event.prevent_default();
    event.stop_propagation();
    close.emit(());
}

fn tag_choice(tag: &Tag, props: &TagPickerProps) -> Html {
    let id = tag.id.clone();
    let pick = props.on_pick.reform(move |_: MouseEvent| id.clone());
    html! {
        <button
            key={tag.id.to_string()}
            class={classes!("tag", colour_class(tag.colour))}
            aria-pressed={(props.pressed.as_ref() == Some(&tag.id)).to_string()}
            title={tag.definition.clone()}
            onclick={pick}
        >
            { tag_letter(tag.colour, &tag.letter()) }
            <span dir="auto">{ &tag.name }</span>
        </button>
    }
}

#[derive(PartialEq, Properties)]
pub(crate) struct MoreTagsProps {
    pub(crate) codebook: Rc<Codebook>,
    /// How many tags have no button of their own.
    pub(crate) hidden: usize,
    pub(crate) recent: Rc<[Slug]>,
    pub(crate) pressed: Option<Slug>,
    pub(crate) on: Callback<Action>,
}

/// The button that opens the picker, and the picker while it is open.
#[component]
pub(crate) fn MoreTags(props: &MoreTagsProps) -> Html {
    let is_open = use_state_eq(|| false);
    let button = use_node_ref();
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let on_pick = {
        let (is_open, on) = (is_open.clone(), props.on.clone());
        Callback::from(move |tag: Slug| {
            is_open.set(false);
            focus::remove();
            on.emit(Action::Mark(MarkAction::TagGiven(tag)));
        })
    };
    let on_close = {
        let (is_open, button) = (is_open.clone(), button.clone());
        Callback::from(move |()| {
            is_open.set(false);
            focus::node(button.get());
        })
    };
    // Where every tag has a button, this one is hidden, and the key "." still presses it.
    let (class, text, tabindex) = match props.hidden {
        0 => ("more-tags unseen", "All tags".to_owned(), Some("-1")),
        hidden => ("ghost small more-tags", format!("{hidden} more…"), None),
    };
    html! {
        <>
            <button ref={button} {class} {tabindex} aria-expanded={is_open.to_string()} title="All tags, by name (.)" onclick={toggle}>
                { text }
            </button>
            if *is_open {
                <TagPicker codebook={props.codebook.clone()} recent={props.recent.clone()} pressed={props.pressed.clone()} {on_pick} {on_close} />
            }
        </>
    }
}
