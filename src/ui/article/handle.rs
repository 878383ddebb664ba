//! A handle at an end of the chosen mark.

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
pub(crate) struct HandleProps {
    /// Which end of the mark.
    pub(crate) end: MarkEnd,
    /// Which mark.
    pub(crate) id: Id,
    /// Which of its pieces.
    pub(crate) piece: usize,
    /// How many it has.
    pub(crate) pieces: usize,
    /// Its tag's colour.
    pub(crate) colour: Colour,
    /// Whether lines run from right to left.
    pub(crate) rtl: bool,
    /// The article, to find the place under the pointer.
    pub(crate) article: NodeRef,
    /// The handle's element, to be placed.
    pub(crate) place: NodeRef,
    pub(crate) on: Callback<Action>,
}

/// A handle at an end of the chosen mark: dragged by the pointer, or stepped by
/// arrow keys from word to word.
#[component]
pub(crate) fn Handle(props: &HandleProps) -> Html {
    let held = use_mut_ref(|| None::<HeldHandle>);
    let dragging = use_state_eq(|| false);
    let (end, id, piece) = (props.end, props.id, props.piece);
    let take = {
        let (held, dragging) = (held.clone(), dragging.clone());
        Callback::from(move |event: PointerEvent| {
            event.prevent_default();
            *held.borrow_mut() = handle::take(&event);
            dragging.set(true);
        })
    };
    let drag = {
        let (held, article, on) = (held.clone(), props.article.clone(), props.on.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(hold) = *held.borrow() else { return };
            let (x, y) = hold.point(&event);
            if let Some(to) = selection::at_point(article.get(), x, y) {
                let exact = event.alt_key();
                on.emit(Action::Mark(MarkAction::EndDragged {
                    id,
                    index: piece,
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
            if held.borrow_mut().take().is_some() {
                dragging.set(false);
                on.emit(Action::Mark(MarkAction::EditingFinished));
            }
        })
    };
    let (on, rtl) = (props.on.clone(), props.rtl);
    let step = Callback::from(move |event: KeyboardEvent| {
        if event.shift_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let way = match (event.key().as_str(), rtl) {
            ("ArrowRight", false) | ("ArrowLeft", true) => MoveDirection::Forward,
            ("ArrowLeft", false) | ("ArrowRight", true) => MoveDirection::Back,
            _ => return,
        };
        event.prevent_default();
        on.emit(Action::Mark(MarkAction::EndStepped {
            index: Some(piece),
            end,
            direction: way,
        }));
    });
    let (which, side) = match end {
        MarkEnd::Start => ("Start", "handle-start"),
        MarkEnd::End => ("End", "handle-end"),
    };
    let name = if props.pieces > 1 {
        format!("{which} of piece {} of the mark", piece + 1)
    } else {
        format!("{which} of the mark")
    };
    html! {
        <button
            ref={props.place.clone()}
            class={classes!("handle", side, colour_class(props.colour), dragging.then_some("dragging"))}
            aria-label={name}
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
