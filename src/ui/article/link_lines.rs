//! Lines from the chosen mark, and from the mark under the pointer, to the marks that they
//! are linked to.

use crate::browser::page::{link_lines, viewport};
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_app::editor::state::PanelTab;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct LinkLinesProps {
    pub(crate) document: Rc<Document>,
    pub(crate) chosen: Option<Id>,
    /// Whether the side panel is open, and its tab: both change the width of the text.
    pub(crate) panel: (bool, PanelTab),
}

/// The drawing, behind the text. The browser draws the lines, since only it knows where the
/// marks are.
#[component]
pub(crate) fn LinkLines(props: &LinkLinesProps) -> Html {
    let drawing = use_node_ref();
    let hovered = use_state_eq(|| None::<Id>);
    {
        let hovered = hovered.setter();
        use_effect_with((), move |()| {
            let listener = link_lines::listen(move |mark| hovered.set(mark));
            move || drop(listener)
        });
    }
    let links = links_of(&props.document, [props.chosen, *hovered]);
    {
        let drawing = drawing.clone();
        use_effect_with((links, props.panel), move |(links, _)| {
            let links = links.clone();
            let draw = move || link_lines::draw(drawing.get(), &links);
            draw();
            let listener = viewport::listen_to_resize(draw);
            move || drop(listener)
        });
    }
    html! { <svg class="threads" ref={drawing} aria-hidden="true" focusable="false" /> }
}

/// The two ends of each relation that one of these marks has.
fn links_of(document: &Document, marks: [Option<Id>; 2]) -> Vec<(MarkLocation, MarkLocation)> {
    let is_wanted = |id: Id| marks.contains(&Some(id));
    let relations = document.relations().iter();
    let relations = relations.filter(|relation| is_wanted(relation.from) || is_wanted(relation.to));
    let location = |id: Id| MarkLocation::new(document.annotation(id)?, document.article());
    relations
        .filter_map(|relation| Some((location(relation.from)?, location(relation.to)?)))
        .collect()
}
