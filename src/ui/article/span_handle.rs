//! A handle at an end of a part of the chosen mark.

use crate::browser::page::handle::HeldHandle;
use crate::browser::page::{handle, selection};
use pullquote_app::action::Action;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_core::edit::commands::marks::MarkEnd;
use pullquote_core::model::colour::Colour;
use pullquote_core::model::id::Id;
use pullquote_core::text::snapping::MoveDirection;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct SpanHandleProps {
    /// Which end of the part.
    pub(crate) end: MarkEnd,
    /// The mark.
    pub(crate) id: Id,
    /// The index of the part in the mark.
    pub(crate) part: usize,
    /// How many parts the mark has.
    pub(crate) parts: usize,
    /// The colour of its tag.
    pub(crate) colour: Colour,
    /// Whether the text runs from right to left.
    pub(crate) rtl: bool,
    /// The article's element, in which the text under the pointer is found.
    pub(crate) article: NodeRef,
    /// Becomes the handle's element, so that the screen can place it.
    pub(crate) node: NodeRef,
    pub(crate) on: Callback<Action>,
}

/// A button that moves an end of the mark: by dragging, or from word to word by the arrow
/// keys.
#[component]
pub(crate) fn SpanHandle(props: &SpanHandleProps) -> Html {
    let hold = use_mut_ref(|| None::<HeldHandle>);
    let dragging = use_state_eq(|| false);
    let (end, id, part) = (props.end, props.id, props.part);
    let take = {
        let (hold, dragging) = (hold.clone(), dragging.clone());
        Callback::from(move |event: PointerEvent| {
            event.prevent_default();
            *hold.borrow_mut() = handle::take(&event);
            dragging.set(true);
        })
    };
    let drag = {
        let (hold, article, on) = (hold.clone(), props.article.clone(), props.on.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(hold) = *hold.borrow() else { return };
            let (x, y) = hold.point(&event);
            if let Some(to) = selection::at_point(article.get(), x, y) {
                let exact = event.alt_key();
                on.emit(Action::Mark(MarkAction::EndDragged {
                    id,
                    index: part,
                    end,
                    to,
                    exact,
                }));
            }
        })
    };
    let release = {
        let (dragging, on) = (dragging.clone(), props.on.clone());
        Callback::from(move |_: PointerEvent| {
            if hold.borrow_mut().take().is_some() {
                dragging.set(false);
                on.emit(Action::Mark(MarkAction::EditingFinished));
            }
        })
    };
    let step = step_by_key(props);
    let (which, class) = match end {
        MarkEnd::Start => ("Start", "handle-start"),
        MarkEnd::End => ("End", "handle-end"),
    };
    let label = if props.parts > 1 {
        format!("{which} of part {} of the mark", part + 1)
    } else {
        format!("{which} of the mark")
    };
    html! {
        <button
            ref={props.node.clone()}
            class={classes!("handle", class, colour_class(props.colour), dragging.then_some("dragging"))}
            aria-label={label}
            title="Drag, or use the arrow keys"
            onpointerdown={take}
            onpointermove={drag}
            onpointerup={release.clone()}
            onpointercancel={release}
            onkeydown={step}
        >
            <span class="knob" />
        </button>
    }
}

/// The arrow keys move the end by a word. With another key held they are shortcuts.
fn step_by_key(props: &SpanHandleProps) -> Callback<KeyboardEvent> {
    let (end, part, rtl, on) = (props.end, props.part, props.rtl, props.on.clone());
    Callback::from(move |event: KeyboardEvent| {
        if event.shift_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let direction = match (event.key().as_str(), rtl) {
            ("ArrowRight", false) | ("ArrowLeft", true) => MoveDirection::Forward,
            ("ArrowLeft", false) | ("ArrowRight", true) => MoveDirection::Back,
            _ => return,
        };
        event.prevent_default();
        on.emit(Action::Mark(MarkAction::EndStepped {
            index: Some(part),
            end,
            direction,
        }));
    })
}
