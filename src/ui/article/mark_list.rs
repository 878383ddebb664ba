//! The lines of the list of marks: only those near what is seen are mounted.

use crate::browser::clock;
use crate::browser::page::virtual_list;
use crate::browser::page::virtual_list::RowPosition;
use crate::ui::article::mark_row::MarkRow;
use pullquote_app::action::Action;
use pullquote_app::editor::view::mark_rows::{Item, RowList};
use pullquote_app::editor::view::window::window;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;

use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// Lines that are mounted before their height is known.
const FIRST: usize = 30;

/// How long after a mark is chosen the list goes to its line, where that is far away, in
/// milliseconds.
const FOLLOW: u32 = 40;

/// About how high a line is, in pixels, before one is there.
const HEIGHT: f64 = 46.0;

#[derive(PartialEq, Properties)]
pub(crate) struct MarkListProps {
    pub(crate) document: Rc<Document>,
    pub(crate) list: Rc<RowList>,
    /// The mark that the card shows.
    pub(crate) chosen: Option<Id>,
    /// The box that the list scrolls in.
    pub(crate) scroller: NodeRef,
    pub(crate) on: Callback<Action>,
}

/// The lines, in the order of the list. A line that is far away is not there; a spacer
/// stands for it.
#[component]
pub(crate) fn MarkList(props: &MarkListProps) -> Html {
    let all = props.list.len();
    let mounted = use_state_eq(|| 0..all.min(FIRST));
    let lines = mounted.start.min(all)..mounted.end.min(all);
    let height = use_mut_ref(|| None::<f64>);
    let anchor = use_mut_ref(|| None::<RowPosition>);
    let in_focus = use_mut_ref(|| false);
    let at_end = use_mut_ref(|| false);
    let wanted = use_mut_ref(|| None::<Id>);
    let (above, below) = (use_node_ref(), use_node_ref());
    let scroller = &props.scroller;

    // Where other lines are to be mounted: the list is looked at.
    let look = {
        let (scroller, height, anchor) = (scroller.clone(), height.clone(), anchor.clone());
        let mounted = mounted.clone();
        let (lines, in_focus) = (lines.clone(), in_focus.clone());
        let at_end = at_end.clone();
        Rc::new(move || {
            let Some(seen) = virtual_list::measure(scroller.get()) else {
                return;
            };
            let next = window(all, &lines, &seen, height.borrow().unwrap_or(HEIGHT));
            if next != *mounted {
                *anchor.borrow_mut() = virtual_list::first_row(scroller.get());
                *at_end.borrow_mut() = seen.at_end && seen.lines.is_none();
                *in_focus.borrow_mut() = virtual_list::has_focus(scroller.get());
                mounted.set(next);
            }
        })
    };
    {
        let (scroller, look) = (scroller.clone(), look.clone());
        let what = (lines.clone(), all);
        use_effect_with(what, move |_| {
            let listeners = virtual_list::listen(scroller.get(), move || look());
            move || drop(listeners)
        });
    }
    // The mark that is chosen is shown; its line may have to be mounted first.
    {
        let (list, mounted, wanted) = (props.list.clone(), mounted, wanted.clone());
        let lines = lines.clone();
        use_effect_with(props.chosen, move |chosen| {
            *wanted.borrow_mut() = *chosen;
            let place = chosen.and_then(|id| list.index_of(id));
            let far = place.filter(|place| !lines.contains(place));
            // The words come first: the list follows when they are painted.
            let follow = far.map(|place| {
                let from = place.saturating_sub(FIRST / 2);
                let around = from..(from + FIRST).min(list.len());
                clock::after(FOLLOW, move || mounted.set(around))
            });
            move || drop(follow)
        });
    }
    {
        let (scroller, above, below) = (scroller.clone(), above.clone(), below.clone());
        let what = (lines.clone(), props.list.clone(), props.chosen);
        use_effect_with(what, move |(lines, list, _)| {
            let known = *height.borrow();
            let line = known.or_else(|| virtual_list::line_height(scroller.get()));
            if lines.len() >= 8 {
                *height.borrow_mut() = line;
            }
            let line = line.unwrap_or(HEIGHT);
            virtual_list::set_height(above.get(), lines.start as f64 * line);
            virtual_list::set_height(below.get(), (all - lines.end) as f64 * line);
            if let Some(anchor) = anchor.borrow_mut().take() {
                virtual_list::restore_row(scroller.get(), &anchor);
            }
            if at_end.take() {
                virtual_list::scroll_to_end(scroller.get());
            }
            if in_focus.take() {
                virtual_list::take_focus(scroller.get());
            }
            // A mark whose line is being mounted is shown as soon as it is.
            let shown = *wanted.borrow();
            match shown.and_then(|id| Some((id, list.index_of(id)?))) {
                Some((_, place)) if !lines.contains(&place) => return,
                Some((id, _)) => virtual_list::show(scroller.get(), id),
                None => {}
            }
            wanted.replace(None);
            look();
        });
    }
    html! {
        <>
            <div class="spacer" ref={above} />
            { for groups(&props.list, lines).into_iter().map(|(tag, lines)| group(props, tag, lines)) }
            <div class="spacer" ref={below} />
        </>
    }
}

/// The lines under one heading each.
fn groups(list: &RowList, lines: Range<usize>) -> Vec<(Option<usize>, Range<usize>)> {
    let mut groups: Vec<(Option<usize>, Range<usize>)> = Vec::new();
    for place in lines {
        let tag = list.group_of(place);
        match groups.last_mut().filter(|(last, _)| *last == tag) {
            Some((_, lines)) => lines.end = place + 1,
            None => groups.push((tag, place..place + 1)),
        }
    }
    groups
}

fn group(props: &MarkListProps, tag: Option<usize>, lines: Range<usize>) -> Html {
    let tags = props.document.codebook().tags();
    let name = tag.and_then(|tag| tags.get(tag)).map(|tag| &tag.name);
    let label = name.map_or_else(|| "Marks".to_owned(), |name| format!("Marks: {name}"));
    let heading = match props.list.item(lines.start) {
        Some(Item::Heading { marks, .. }) => name.map(|name| format!("{name} · {marks}")),
        _ => None,
    };
    html! {
        <div class="group" key={tag.map_or(0, |tag| tag + 1)}>
            if let Some(heading) = heading {
                <h3 class="line">{ heading }</h3>
            }
            <div class="marks" role="list" aria-label={label}>
                for place in lines {
                    { line(props, place) }
                }
            </div>
        </div>
    }
}

fn line(props: &MarkListProps, place: usize) -> Html {
    let Some(row) = props.list.row(place, props.chosen) else {
        return html! {};
    };
    let (number, of) = props.list.number_of(place);
    html! {
        <div
            key={row.id.to_string()}
            class="line"
            role="listitem"
            aria-posinset={number.to_string()}
            aria-setsize={of.to_string()}
        >
            <MarkRow row={Rc::new(row)} on={props.on.clone()} />
        </div>
    }
}
