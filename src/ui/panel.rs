//! The side panel: the marks as a list.

use super::growing::use_growing;
use super::icon::{Sign, icon};
use super::mark_row::MarkRow;
use super::tag_letter::{count, tag_letter};
use crate::app::view::{RowGroup, RowList, RowRun, colour_class};
use crate::app::{Action, Choice, Panel, Shows};
use crate::browser::outline;
use pullquote_core::model::Document;
use std::rc::Rc;
use yew::prelude::*;

/// Runs of rows that are mounted at once, and with every further frame.
const FIRST: usize = 12;
const STEP: usize = 12;

/// What the list is drawn from.
#[derive(PartialEq, Properties)]
pub struct MarksPanelProps {
    /// Whose marks.
    pub document: Rc<Document>,
    /// What is searched for, and how the list is ordered.
    pub panel: Panel,
    /// What the card shows.
    pub choice: Choice,
    /// Told what the user does.
    pub on: Callback<Action>,
}

/// The marks in document order or by tag, searched and filtered.
#[component]
pub fn MarksPanel(props: &MarksPanelProps) -> Html {
    let total = props.document.annotations().len();
    let list = {
        let last = use_mut_ref(RowList::default);
        let next = last
            .borrow()
            .next(&props.document, &props.panel, &props.choice);
        last.borrow_mut().clone_from(&next);
        next
    };
    let shown: usize = list.groups().iter().map(RowGroup::rows).sum();
    let runs: usize = list.groups().iter().map(|group| group.runs.len()).sum();
    let mut left = use_growing(runs, FIRST, STEP);
    let on = &props.on;
    let search = on.reform(|event: InputEvent| Action::Searched(outline::typed(event.target())));
    let is_grouped = props.panel.grouped;
    let group = on.reform(move |_: MouseEvent| Action::Grouped(!is_grouped));
    let close = on.reform(|_: MouseEvent| Action::PanelTurned);
    html! {
        <aside class="panel" aria-label="Marks">
            <header class="panel-head">
                <h2>{ "Marks" }{ count(total) }</h2>
                <span class="grow" />
                { switch(Shows::History, "History", on) }
                <button class="ghost small" aria-pressed={is_grouped.to_string()} onclick={group}>{ "By tag" }</button>
                <button class="ghost small" aria-label="Close the list of marks" title="Close" onclick={close}>{ icon(Sign::Close) }</button>
            </header>
            <div class="find">
                { icon(Sign::Search) }
                <input
                    id="marks-search"
                    type="search"
                    aria-label="Search the marks"
                    placeholder="Find words, notes, tags"
                    autocomplete="off"
                    dir="auto"
                    value={props.panel.query.clone()}
                    oninput={search}
                />
            </div>
            { filters(props) }
            <div class="panel-scroll">
                if total == 0 {
                    <p class="empty">{ "No marks yet. Select words in the article and choose what they are." }</p>
                } else if shown == 0 {
                    <p class="empty">{ "No mark is like that. Change the search or the filter." }</p>
                } else if shown < total {
                    <p class="empty">{ format!("{shown} of {total} marks") }</p>
                }
                { for list.groups().iter().enumerate().map(|(place, group)| html! {
                    <div class="group" key={place}>
                        if let Some(heading) = &group.heading {
                            <h3>{ format!("{heading} · {}", group.rows()) }</h3>
                        }
                        <div class="marks" role="list" aria-label={group.heading.as_ref().map_or_else(|| "Marks".to_owned(), |heading| format!("Marks: {heading}"))}>
                            for run in group.runs.iter().take(taken(&mut left, group)) {
                                <Run key={run.number} run={run.clone()} on={on.clone()} />
                            }
                        </div>
                    </div>
                }) }
            </div>
        </aside>
    }
}

/// How many runs of a group are mounted, of those that are left for it and what follows.
fn taken(left: &mut usize, group: &RowGroup) -> usize {
    let taken = group.runs.len().min(*left);
    *left -= taken;
    taken
}

/// A button that turns the panel to something else.
pub(super) fn switch(to: Shows, name: &'static str, on: &Callback<Action>) -> Html {
    let turn = on.reform(move |_: MouseEvent| Action::PanelShows(to));
    html! { <button class="ghost small switch" onclick={turn}>{ name }</button> }
}

#[derive(PartialEq, Properties)]
struct RunProps {
    run: Rc<RowRun>,
    on: Callback<Action>,
}

/// Rows that are skipped together while they are far away.
#[component]
fn Run(props: &RunProps) -> Html {
    html! {
        <div class="run" role="presentation">
            for row in props.run.rows.iter() {
                <MarkRow key={row.id.to_string()} row={row.clone()} on={props.on.clone()} />
            }
        </div>
    }
}

/// A button for each tag that has marks: only those are listed.
fn filters(props: &MarksPanelProps) -> Html {
    let counts = props.document.tag_counts();
    let tags = props.document.codebook().tags().iter().zip(counts);
    let buttons = tags.filter(|(_, marks)| *marks > 0).map(|(tag, marks)| {
        let is_on = props.panel.only.as_ref() == Some(&tag.id);
        let only = (!is_on).then(|| tag.id.clone());
        let filter = props
            .on
            .reform(move |_: MouseEvent| Action::Filtered(only.clone()));
        html! {
            <button
                key={tag.id.to_string()}
                class={classes!("filter", colour_class(tag.colour))}
                aria-pressed={is_on.to_string()}
                aria-label={format!("Only {}", tag.name)}
                title={format!("Only {}", tag.name)}
                onclick={filter}
            >
                { tag_letter(tag.colour, &tag.letter()) }
                { count(marks) }
            </button>
        }
    });
    html! {
        <div class="filters" role="group" aria-label="Only marks of one tag">{ for buttons }</div>
    }
}
