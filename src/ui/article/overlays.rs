//! What is placed over the text: the card and the handles of the chosen mark.

use crate::browser::page::anchor_lines::{Anchor, Frame};
use crate::browser::page::overlay_position::{InnerHandle, Overlays};
use crate::browser::page::{element_size, overlay_position, viewport};
use crate::ui::article::span_handle::SpanHandle;
use pullquote_app::action::Action;
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_app::editor::state::{Editor, Selection};
use pullquote_core::edit::commands::marks::MarkEnd;
use pullquote_core::model::article::TextDirection;
use pullquote_core::model::colour::Colour;
use pullquote_core::model::document::Document;
use pullquote_core::text::offset::Utf16Offset;
use pullquote_core::text::span::Span;
use std::ops::Range;
use yew::prelude::*;

/// The elements of the screen that take part in placing.
#[derive(Clone)]
pub(crate) struct OverlayNodes {
    /// The column that the article stands in.
    pub(crate) column: NodeRef,
    pub(crate) article: NodeRef,
    pub(crate) card: NodeRef,
    /// The handles at the outer ends of the chosen mark.
    start: NodeRef,
    end: NodeRef,
    /// The handles between its parts: the end of the first part, the start of the second, and
    /// so on.
    inner: Vec<NodeRef>,
}

/// The elements, empty until they are drawn.
#[hook]
pub(crate) fn use_overlay_nodes(editor: &Editor) -> OverlayNodes {
    let inner = use_mut_ref(Vec::<NodeRef>::new);
    let parts = editor
        .chosen()
        .map_or(1, |mark| mark.spans.as_slice().len());
    inner
        .borrow_mut()
        .resize_with(2 * (parts - 1), NodeRef::default);
    OverlayNodes {
        column: use_node_ref(),
        article: use_node_ref(),
        card: use_node_ref(),
        start: use_node_ref(),
        end: use_node_ref(),
        inner: inner.borrow().clone(),
    }
}

/// Places the card and the handles after each change that may move them.
#[hook]
pub(crate) fn use_overlay_positions(editor: &Editor, nodes: &OverlayNodes) {
    let document = editor.shown();
    let anchor = anchor(document, &editor.selection);
    let inner = inner_ends(editor, nodes);
    let nodes = nodes.clone();
    let shape = (
        editor.panel.open,
        editor.panel.tab,
        editor.mode.clone(),
        editor.more,
    );
    use_effect_with((anchor, document.clone(), shape), move |(anchor, ..)| {
        let anchor = anchor.clone();
        let card = nodes.card.clone();
        let place = move || {
            if let Some(anchor) = &anchor {
                put(&nodes, &inner, anchor);
            }
        };
        place();
        let listener = viewport::listen_to_resize(place.clone());
        // A card that grows (a list of tags, a longer note) may need another place.
        let watch = element_size::watch(card.get(), move |_| place());
        move || drop((listener, watch))
    });
}

/// Draws a handle at each end of each part of the chosen mark.
pub(crate) fn span_handles(editor: &Editor, nodes: &OverlayNodes, on: &Callback<Action>) -> Html {
    let Some(mark) = editor.chosen() else {
        return Html::default();
    };
    let tag = editor.shown().codebook().tag(&mark.tag);
    let colour = tag.map_or(Colour::new(0, 0, 0), |tag| tag.colour);
    let rtl = editor.direction_of(mark) == TextDirection::RightToLeft;
    let last = mark.spans.as_slice().len() - 1;
    let outer = [
        (0, MarkEnd::Start, &nodes.start),
        (last, MarkEnd::End, &nodes.end),
    ];
    let inner = nodes.inner.iter().enumerate();
    let inner = inner.map(|(index, node)| (part_of(index), end_of(index), node));
    let handle = |(part, end, node): (usize, MarkEnd, &NodeRef)| {
        html! {
            <SpanHandle
                key={format!("{end:?} {part}")}
                {end}
                {part}
                parts={last + 1}
                id={mark.id}
                {colour}
                {rtl}
                article={nodes.article.clone()}
                node={node.clone()}
                on={on.clone()}
            />
        }
    };
    outer.into_iter().chain(inner).map(handle).collect()
}

/// The part that the inner handle with this index belongs to.
fn part_of(index: usize) -> usize {
    index.div_ceil(2)
}

/// The end of its part at which the inner handle with this index stands.
fn end_of(index: usize) -> MarkEnd {
    if index.is_multiple_of(2) {
        MarkEnd::End
    } else {
        MarkEnd::Start
    }
}

/// An end between two parts of the chosen mark.
#[derive(Clone)]
struct InnerEnd {
    /// Its handle.
    node: NodeRef,
    /// The text of its part.
    words: Range<Utf16Offset>,
    is_at_start: bool,
}

fn inner_ends(editor: &Editor, nodes: &OverlayNodes) -> Vec<InnerEnd> {
    let mark = editor.chosen();
    let spans = mark.map(|mark| mark.spans.as_slice()).unwrap_or_default();
    let ends = nodes.inner.iter().enumerate();
    let ends = ends.filter_map(|(index, node)| {
        Some(InnerEnd {
            node: node.clone(),
            words: utf16_range(editor.shown(), *spans.get(part_of(index))?)?,
            is_at_start: end_of(index) == MarkEnd::Start,
        })
    });
    ends.collect()
}

fn put(nodes: &OverlayNodes, inner: &[InnerEnd], anchor: &Anchor) {
    let frame = Frame {
        column: nodes.column.get(),
        article: nodes.article.get(),
    };
    let inner = inner.iter().map(|end| InnerHandle {
        handle: end.node.get(),
        words: end.words.clone(),
        is_at_start: end.is_at_start,
    });
    let overlays = Overlays {
        card: nodes.card.get(),
        start: nodes.start.get(),
        end: nodes.end.get(),
        inner: inner.collect(),
    };
    overlay_position::position(&frame, &overlays, anchor);
}

/// What the card stands beside; `None` where nothing is chosen.
fn anchor(document: &Document, selection: &Selection) -> Option<Anchor> {
    match selection {
        Selection::Nothing => None,
        Selection::Words(span) => utf16_range(document, *span).map(Anchor::Words),
        Selection::Marks { at, .. } => {
            let mark = document.annotation(*at)?;
            MarkLocation::new(mark, document.article()).map(Anchor::Mark)
        }
    }
}

/// The span in UTF-16 units; `None` where it is not a span of this document.
pub(crate) fn utf16_range(document: &Document, span: Span) -> Option<Range<Utf16Offset>> {
    let offsets = document.article().offsets();
    Some(offsets.utf16(span.start())?..offsets.utf16(span.end())?)
}
