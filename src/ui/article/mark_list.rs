//! The rows of the list of marks. Only the rows near the visible ones are mounted.

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

/// How many rows are mounted before their height is known.
const FIRST: usize = 30;

/// How long after a mark is chosen the list goes to its row, if that is not mounted, in
/// milliseconds.
const FOLLOW_DELAY: u32 = 40;

/// The expected height of a row before one has been measured, in pixels.
const ROW_HEIGHT: f64 = 46.0;

#[derive(PartialEq, Properties)]
pub(crate) struct MarkListProps {
    pub(crate) document: Rc<Document>,
    pub(crate) list: Rc<RowList>,
    /// The mark that the card shows.
    pub(crate) chosen: Option<Id>,
    /// The element that the list scrolls in.
    pub(crate) scroller: NodeRef,
    pub(crate) on: Callback<Action>,
}

/// The rows, in the order of the list. A spacer above and one below stand for the rows that
/// are not mounted.
#[component]
pub(crate) fn MarkList(props: &MarkListProps) -> Html {
    let (above, below) = (use_node_ref(), use_node_ref());
    let rows = use_mounted_rows(props, &above, &below);
    html! {
        <>
            <div class="spacer" ref={above} />
            { for groups(&props.list, rows).into_iter().map(|(tag, rows)| group(props, tag, rows)) }
            <div class="spacer" ref={below} />
        </>
    }
}

/// The rows to mount: those near the visible ones. Sizes the spacers, keeps what is visible
/// where it is when other rows are mounted, and scrolls to the row of a mark that is chosen.
#[hook]
fn use_mounted_rows(props: &MarkListProps, above: &NodeRef, below: &NodeRef) -> Range<usize> {
    let all = props.list.len();
    let mounted = use_state_eq(|| 0..all.min(FIRST));
    let rows = mounted.start.min(all)..mounted.end.min(all);
    let height = use_mut_ref(|| None::<f64>);
    // What the effect after the next drawing has to restore.
    let anchor = use_mut_ref(|| None::<RowPosition>);
    let has_focus = use_mut_ref(|| false);
    let at_end = use_mut_ref(|| false);
    let wanted = use_mut_ref(|| None::<Id>);
    let scroller = &props.scroller;

    // Finds out which rows are visible, and mounts others where necessary.
    let look = {
        let (scroller, height, anchor) = (scroller.clone(), height.clone(), anchor.clone());
        let mounted = mounted.clone();
        let (rows, has_focus, at_end) = (rows.clone(), has_focus.clone(), at_end.clone());
        Rc::new(move || {
            let Some(seen) = virtual_list::measure(scroller.get()) else {
                return;
            };
            let height = height.borrow().unwrap_or(ROW_HEIGHT);
            let next = window(all, &rows, &seen, height);
            if next != *mounted {
                *anchor.borrow_mut() = virtual_list::first_row(scroller.get());
                *at_end.borrow_mut() = seen.at_end && seen.lines.is_none();
                *has_focus.borrow_mut() = virtual_list::has_focus(scroller.get());
                mounted.set(next);
            }
        })
    };
    {
        let (scroller, look) = (scroller.clone(), look.clone());
        use_effect_with((rows.clone(), all), move |_| {
            let listeners = virtual_list::listen(scroller.get(), move || look());
            move || drop(listeners)
        });
    }
    // The chosen mark's row is shown; it may have to be mounted first.
    {
        let (list, wanted) = (props.list.clone(), wanted.clone());
        let rows = rows.clone();
        use_effect_with(props.chosen, move |chosen| {
            *wanted.borrow_mut() = *chosen;
            let index = chosen.and_then(|id| list.index_of(id));
            // The text is painted first, and the list follows.
            let follow = index.filter(|index| !rows.contains(index)).map(|index| {
                let from = index.saturating_sub(FIRST / 2);
                let around = from..(from + FIRST).min(list.len());
                clock::after(FOLLOW_DELAY, move || mounted.set(around))
            });
            move || drop(follow)
        });
    }
    {
        let (scroller, above, below) = (scroller.clone(), above.clone(), below.clone());
        let what = (rows.clone(), props.list.clone(), props.chosen);
        use_effect_with(what, move |(rows, list, _)| {
            let known = *height.borrow();
            let row = known.or_else(|| virtual_list::line_height(scroller.get()));
            if rows.len() >= 8 {
                *height.borrow_mut() = row;
            }
            let row = row.unwrap_or(ROW_HEIGHT);
            virtual_list::set_height(above.get(), rows.start as f64 * row);
            virtual_list::set_height(below.get(), (all - rows.end) as f64 * row);
            if let Some(anchor) = anchor.borrow_mut().take() {
                virtual_list::restore_row(scroller.get(), &anchor);
            }
            if at_end.take() {
                virtual_list::scroll_to_end(scroller.get());
            }
            if has_focus.take() {
                virtual_list::take_focus(scroller.get());
            }
            // A row that is not mounted yet is shown after the next drawing.
            let shown = *wanted.borrow();
            match shown.and_then(|id| Some((id, list.index_of(id)?))) {
                Some((_, index)) if !rows.contains(&index) => return,
                Some((id, _)) => virtual_list::show(scroller.get(), id),
                None => {}
            }
            wanted.replace(None);
            look();
        });
    }
    rows
}

/// The rows by the heading that they stand under. `None`: the list has no headings.
fn groups(list: &RowList, rows: Range<usize>) -> Vec<(Option<usize>, Range<usize>)> {
    let mut groups: Vec<(Option<usize>, Range<usize>)> = Vec::new();
    for index in rows {
        let tag = list.group_of(index);
        match groups.last_mut().filter(|(last, _)| *last == tag) {
            Some((_, rows)) => rows.end = index + 1,
            None => groups.push((tag, index..index + 1)),
        }
    }
    groups
}

fn group(props: &MarkListProps, tag: Option<usize>, rows: Range<usize>) -> Html {
    let tags = props.document.codebook().tags();
    let name = tag.and_then(|tag| tags.get(tag)).map(|tag| &tag.name);
    let label = name.map_or_else(|| "Marks".to_owned(), |name| format!("Marks: {name}"));
    let heading = match props.list.item(rows.start) {
        Some(Item::Heading { marks, .. }) => name.map(|name| format!("{name} · {marks}")),
        _ => None,
    };
    html! {
        <div class="group" key={tag.map_or(0, |tag| tag + 1)}>
            if let Some(heading) = heading {
                <h3 class="line">{ heading }</h3>
            }
            <div class="marks" role="list" aria-label={label}>
                for index in rows {
                    { row(props, index) }
                }
            </div>
        </div>
    }
}

/// The row at this index; nothing where a heading stands there.
fn row(props: &MarkListProps, index: usize) -> Html {
    let Some(row) = props.list.row(index, props.chosen) else {
        return html! {};
    };
    let (number, count) = props.list.number_of(index);
    html! {
        <div
            key={row.id.to_string()}
            class="line"
            role="listitem"
            aria-posinset={number.to_string()}
            aria-setsize={count.to_string()}
        >
            <MarkRow row={Rc::new(row)} on={props.on.clone()} />
        </div>
    }
}
