//! The side panel: the marks as a list.

use super::icon::{Sign, icon};
use super::mark_list::MarkList;
use super::tag_letter::{count, tag_letter};
use crate::app::view::{RowList, colour_class};
use crate::app::{Action, Choice, Panel, Shows};
use crate::browser::{outline, strip};
use pullquote_core::model::Document;
use std::rc::Rc;
use yew::prelude::*;

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
        let last = use_mut_ref(Rc::<RowList>::default);
        let mut list = last.borrow_mut();
        *list = Rc::new(list.next(&props.document, &props.panel));
        list.clone()
    };
    let shown = list.marks();
    let scroller = use_node_ref();
    let chosen = match &props.choice {
        Choice::Marks { at, .. } => Some(*at),
        _ => None,
    };
    {
        // Another list begins at its beginning.
        let scroller = scroller.clone();
        let asked = props.panel.clone();
        use_effect_with(asked, move |_| strip::to_top(scroller.get()));
    }
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
            <div class="panel-scroll" tabindex="-1" ref={scroller.clone()}>
                if total == 0 {
                    <p class="empty">{ "No marks yet. Select words in the article and choose what they are." }</p>
                } else if shown == 0 {
                    <p class="empty">{ "No mark is like that. Change the search or the filter." }</p>
                } else if shown < total {
                    <p class="empty">{ format!("{shown} of {total} marks") }</p>
                }
                <MarkList
                    document={props.document.clone()}
                    {list}
                    {chosen}
                    {scroller}
                    on={on.clone()}
                />
            </div>
        </aside>
    }
}

/// A button that turns the panel to something else.
pub(super) fn switch(to: Shows, name: &'static str, on: &Callback<Action>) -> Html {
    let turn = on.reform(move |_: MouseEvent| Action::PanelShows(to));
    html! { <button class="ghost small switch" onclick={turn}>{ name }</button> }
}

/// A button for each tag that has marks: only those are listed.
fn filters(props: &MarksPanelProps) -> Html {
    let counts = props.document.tag_counts();
    let tags = props.document.codebook().tags().iter().zip(counts);
    let buttons = tags.filter(|(_, marks)| **marks > 0).map(|(tag, marks)| {
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
                { count(*marks) }
            </button>
        }
    });
    html! {
        <div class="filters" role="group" aria-label="Only marks of one tag">{ for buttons }</div>
    }
}
