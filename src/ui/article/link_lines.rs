//! Threads from the chosen mark, and from the one under the pointer, to those it is linked to.

use crate::browser::page::{link_lines, viewport};
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_app::editor::state::PanelTab;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;

use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct ThreadsProps {
    pub(crate) document: Rc<Document>,
    pub(crate) chosen: Option<Id>,
    /// What takes room from the text: whether the panel is open, and what it shows.
    pub(crate) beside: (bool, PanelTab),
}

/// The drawing, behind the text.
#[component]
pub(crate) fn Threads(props: &ThreadsProps) -> Html {
    let drawing = use_node_ref();
    let over = use_state_eq(|| None::<Id>);
    {
        let over = over.setter();
        use_effect_with((), move |()| {
            let listener = link_lines::listen(move |mark| over.set(mark));
            move || drop(listener)
        });
    }
    let pairs = pairs(&props.document, [props.chosen, *over]);
    {
        let drawing = drawing.clone();
        use_effect_with((pairs, props.beside), move |(pairs, _)| {
            let pairs = pairs.clone();
            let draw = move || link_lines::draw(drawing.get(), &pairs);
            draw();
            let listener = viewport::listen_to_resize(draw);
            move || drop(listener)
        });
    }
    html! { <svg class="threads" ref={drawing} aria-hidden="true" focusable="false" /> }
}

/// The ends of the relations of these marks.
fn pairs(document: &Document, marks: [Option<Id>; 2]) -> Vec<(MarkLocation, MarkLocation)> {
    let is_of = |id: Id| marks.contains(&Some(id));
    let relations = document.relations().iter();
    let relations = relations.filter(|it| is_of(it.from) || is_of(it.to));
    let spot = |id: Id| MarkLocation::new(document.annotation(id)?, document.article());
    relations
        .filter_map(|it| Some((spot(it.from)?, spot(it.to)?)))
        .collect()
}
