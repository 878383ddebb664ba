//! The tags of a codebook: a row for each, which opens its form, and can be moved.

use crate::browser::page::{focus, row_drag, viewport};
use crate::ui::codebook::folds::{Folds, head_of};
use crate::ui::codebook::tag_form::TagForm;
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::codebook::codebook_edit::CodebookEdit;
use pullquote_core::model::codebook::Tag;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Slug;
use std::rc::Rc;
use yew::prelude::*;

/// The id of the sentence that says how rows are moved.
const HINT: &str = "reorder-hint";

#[derive(PartialEq, Properties)]
pub(crate) struct TagListProps {
    pub(crate) document: Rc<Document>,
    pub(crate) folds: Folds,
    pub(crate) on: Callback<CodebookEdit>,
}

/// A row that is being dragged: its index, and the place between rows where it would be put.
type Drag = Option<(usize, usize)>;

/// The rows. One is moved by dragging its grip, or by Alt with an arrow key on its head.
#[component]
pub(crate) fn TagList(props: &TagListProps) -> Html {
    let list = use_node_ref();
    let drag = use_state_eq(|| Drag::None);
    // What has the focus after a move, which takes it away: a selector.
    let moved = use_mut_ref(|| None::<(Slug, String)>);
    let last = use_mut_ref(|| None::<Slug>);
    let codebook = props.document.codebook();
    {
        let moved = moved.clone();
        use_effect_with(codebook.clone(), move |_| {
            if let Some((tag, selector)) = moved.borrow_mut().take() {
                focus::without_scrolling(&selector);
                if focus::is_lost() {
                    focus::without_scrolling(&head_of(&tag_id(&tag)));
                }
                viewport::show(&head_of(&tag_id(&tag)));
                *last.borrow_mut() = Some(tag);
            } else if let Some(tag) = &*last.borrow()
                && focus::is_lost()
            {
                // An undo moved the row that had the focus.
                focus::without_scrolling(&head_of(&tag_id(tag)));
            }
        });
    }
    let move_tag = {
        let on = props.on.clone();
        Callback::from(move |(tag, index, selector): (Slug, usize, String)| {
            *moved.borrow_mut() = Some((tag.clone(), selector));
            on.emit(CodebookEdit::MoveTag { tag, index });
        })
    };
    let rows = codebook.tags().iter().enumerate().map(|(index, tag)| {
        let place = match *drag {
            Some((from, _)) if from == index => Some("dragged"),
            Some((from, to)) if to == index && to != from + 1 => Some("drop-before"),
            Some((from, to)) if to == index + 1 && to == codebook.tags().len() && to != from => {
                Some("drop-after")
            }
            _ => None,
        };
        let is_open = props.folds.is_open(&tag_id(&tag.id));
        html! {
            <li class={classes!("fold", "tag-form", is_open.then_some("open"), place)} key={tag.id.to_string()}>
                { grip(tag, index, &list, &drag, &move_tag) }
                { head(props, index, tag, &move_tag) }
                if is_open {
                    <div class="fold-body" id={tag_id(&tag.id)} role="group" aria-label={tag.name.clone()}>
                        <TagForm
                            codebook={codebook.clone()}
                            {index}
                            marks={props.document.tag_counts()[index]}
                            on={props.on.clone()}
                            on_move={move_tag.clone()}
                        />
                    </div>
                }
            </li>
        }
    });
    html! {
        <>
            if codebook.tags().len() > 1 {
                <p class="quiet" id={HINT}>{ "Drag" }<span class="by-keys">{ ", or press Alt with ↑ or ↓," }</span>{ " to reorder." }</p>
            }
            <ul class="folds" ref={list.clone()}>{ for rows }</ul>
        </>
    }
}

/// The id of the content of a tag's row.
pub(crate) fn tag_id(tag: &Slug) -> String {
    format!("tag-{tag}")
}

/// The handle that drags the row, for pointers only.
fn grip(
    tag: &Rc<Tag>,
    index: usize,
    list: &NodeRef,
    drag: &UseStateHandle<Drag>,
    on_move: &Callback<(Slug, usize, String)>,
) -> Html {
    let take = {
        let drag = drag.clone();
        Callback::from(move |event: PointerEvent| {
            if event.button() == 0 {
                event.prevent_default();
                row_drag::take(&event);
                drag.set(Some((index, index)));
            }
        })
    };
    let follow = {
        let (drag, list) = (drag.clone(), list.clone());
        Callback::from(move |event: PointerEvent| {
            if drag.is_some()
                && let Some(place) = row_drag::place(list.get(), ".fold-head", &event)
            {
                drag.set(Some((index, place)));
            }
        })
    };
    let release = {
        let (drag, on_move, tag) = (drag.clone(), on_move.clone(), tag.id.clone());
        Callback::from(move |_: PointerEvent| {
            if let Some((from, to)) = *drag {
                drag.set(None);
                // The row itself leaves a place above the one where it goes.
                let to = if to > from { to - 1 } else { to };
                if to != from {
                    on_move.emit((tag.clone(), to, head_of(&tag_id(&tag))));
                }
            }
        })
    };
    let cancel = {
        let drag = drag.clone();
        Callback::from(move |_: PointerEvent| drag.set(None))
    };
    html! {
        <span
            class="grip"
            aria-hidden="true"
            title="Drag to reorder"
            onpointerdown={take}
            onpointermove={follow}
            onpointerup={release}
            onpointercancel={cancel}
        />
    }
}

/// What tells tags apart: letter, name, key, the beginning of the definition, and the marks.
fn head(
    props: &TagListProps,
    index: usize,
    tag: &Rc<Tag>,
    on_move: &Callback<(Slug, usize, String)>,
) -> Html {
    let count = props.document.codebook().tags().len();
    let step = {
        let (tag, on_move) = (tag.id.clone(), on_move.clone());
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowUp" if event.alt_key() => index.checked_sub(1),
                "ArrowDown" if event.alt_key() => Some(index + 1).filter(|to| *to < count),
                _ => return,
            };
            event.prevent_default();
            if let Some(to) = to {
                on_move.emit((tag.clone(), to, head_of(&tag_id(&tag))));
            }
        })
    };
    let marks = match props.document.tag_counts()[index] {
        0 => String::new(),
        1 => "1 mark".to_owned(),
        marks => format!("{marks} marks"),
    };
    let content = html! {
        <>
            { tag_letter(tag.colour, &tag.letter()) }
            <b dir="auto" title={tag.name.clone()}>{ &tag.name }</b>
            if let Some(key) = tag.key {
                <kbd title={format!("Key {key}")}>{ key }</kbd>
            }
            <span class="quiet fold-about" dir="auto">{ &tag.definition }</span>
            <span class="quiet fold-count">{ marks }</span>
        </>
    };
    props
        .folds
        .head(&tag_id(&tag.id), content, Some(HINT), step)
}
