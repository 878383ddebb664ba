//! The side panel: the marks as a list.

use crate::browser::clock;
use crate::browser::page::{focus, text_box, virtual_list};
use crate::ui::article::mark_list::MarkList;
use crate::ui::article::panel_head::panel_head;
use crate::ui::controls::icon::{Sign, icon};
use crate::ui::controls::pick::Pick;
use crate::ui::controls::tag_letter::{count, tag_letter};
use pullquote_app::action::Action;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::action::PanelAction;
use pullquote_app::editor::action::SelectionAction;
use pullquote_app::editor::state::{Panel, PanelTab, Selection};
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_app::editor::view::mark_rows::RowList;
use pullquote_core::model::document::Document;

use std::rc::Rc;
use yew::prelude::*;

/// What lists only marks that miss something.
const INCOMPLETE: &str = "is:incomplete";

/// What the list is drawn from.
#[derive(PartialEq, Properties)]
pub struct MarksPanelProps {
    /// Whose marks.
    pub document: Rc<Document>,
    /// What is searched for, and how the list is ordered.
    pub panel: Panel,
    /// What the card shows.
    pub selection: Selection,
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
    let chosen = match &props.selection {
        Selection::Marks { at, .. } => Some(*at),
        _ => None,
    };
    {
        // Another list begins at its beginning.
        let scroller = scroller.clone();
        let asked = props.panel.clone();
        use_effect_with(asked, move |_| virtual_list::scroll_to_top(scroller.get()));
    }
    let on = &props.on;
    let search = on.reform(|event: InputEvent| {
        Action::Panel(PanelAction::Searched(text_box::value(event.target())))
    });
    let find = {
        let (on, is_found) = (on.clone(), props.panel.found.is_some());
        let is_empty = props.panel.query.is_empty();
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "Enter" if !event.is_composing() => {
                    on.emit(Action::Selection(SelectionAction::FoundStepped {
                        forward: !event.shift_key(),
                    }));
                }
                // From the words that were found to what can be done with them.
                "Escape" if is_found => {
                    event.prevent_default();
                    focus::without_scrolling(".card");
                }
                "Escape" if is_empty => focus::remove(),
                _ => {}
            }
        })
    };
    let places = use_places(props);
    let incomplete = list.incomplete();
    html! {
        <aside class="panel" aria-label="Marks">
            { panel_head(PanelTab::Marks, "Close the list of marks", on) }
            <div class="find">
                { icon(Sign::Search) }
                <input
                    id="marks-search"
                    type="search"
                    aria-label="Search the marks"
                    placeholder="Find words, tags, notes, “has no made by”"
                    autocomplete="off"
                    dir="auto"
                    value={props.panel.query.clone()}
                    oninput={search}
                    onkeydown={find}
                />
                if places > 0 {
                    { found(places, &props.panel, on) }
                }
            </div>
            { filters(props, incomplete) }
            <div class="panel-scroll" tabindex="-1" ref={scroller.clone()}>
                if let Some(understood) = props.panel.understood(&props.document) {
                    <p class="empty understood">{ understood }</p>
                }
                if total == 0 {
                    <p class="empty">{ "No marks yet. Select words in the article and choose what they are." }</p>
                } else if shown == 0 {
                    <p class="empty">{ "No marks match. Clear the search or filter." }</p>
                } else if shown < total {
                    <p class="empty">{ format!("{shown} of {total} marks") }</p>
                    { listed(props, shown) }
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

/// How long after a key the text is searched, in milliseconds: the list comes first.
const SEARCHED_AFTER: u32 = 150;

/// How many places of the text have what is searched for, once the keys rest.
#[hook]
fn use_places(props: &MarksPanelProps) -> usize {
    let places = use_state_eq(|| 0);
    let (set, panel) = (places.setter(), props.panel.clone());
    let document = props.document.clone();
    // The text of an article never changes: an edit needs no new search.
    use_effect_with((panel.query.clone(), document.article().id), move |_| {
        let is_empty = panel.query.is_empty();
        let count = move || set.set(panel.matches(&document).len());
        let later = if is_empty {
            count();
            None
        } else {
            Some(clock::after(SEARCHED_AFTER, count))
        };
        move || drop(later)
    });
    *places
}

/// The places in the text of what is searched for, to be walked.
fn found(places: usize, panel: &Panel, on: &Callback<Action>) -> Html {
    let said = match panel.found {
        Some(at) => format!("{} of {places}", at + 1),
        None => format!("{places} in the text"),
    };
    let next = |forward: bool| {
        on.reform(move |_: MouseEvent| Action::Selection(SelectionAction::FoundStepped { forward }))
    };
    html! {
        <>
            <small class="found" role="status">{ said }</small>
            <button class="ghost small" aria-label="Previous match" title="Before (Shift+Enter)" onclick={next(false)}>{ icon(Sign::Up) }</button>
            <button class="ghost small" aria-label="Next match" title="Next (Enter)" onclick={next(true)}>{ icon(Sign::Down) }</button>
        </>
    }
}

/// What can be done with all marks that are listed, where those are not all there are.
fn listed(props: &MarksPanelProps, shown: usize) -> Html {
    let tags = props.document.codebook().tags();
    let ids: Vec<_> = tags.iter().map(|tag| tag.id.clone()).collect();
    let on = props.on.clone();
    let retag = Callback::from(move |wanted: String| {
        if let Some(id) = ids.iter().find(|id| id.as_str() == wanted) {
            on.emit(Action::Mark(MarkAction::ListedRetagged(id.clone())));
        }
    });
    let options = tags
        .iter()
        .map(|tag| (tag.id.to_string(), tag.name.clone()));
    let options: Vec<(String, String)> = options.collect();
    let delete = props
        .on
        .reform(|_: MouseEvent| Action::Mark(MarkAction::ListedDeleted));
    let count = match shown {
        1 => "this mark".to_owned(),
        shown => format!("these {shown} marks"),
    };
    html! {
        <div class="listed">
            <Pick label={format!("Change {count} to…")} verb="Change" {options} on={retag} />
            <button class="ghost small" onclick={delete}>{ icon(Sign::Delete) }{ format!("Delete {count}") }</button>
        </div>
    }
}

/// A button for each tag that has marks: only those are listed.
fn filters(props: &MarksPanelProps, incomplete: usize) -> Html {
    let counts = props.document.tag_counts();
    let tags = props.document.codebook().tags().iter().zip(counts);
    let buttons = tags
        .filter(|(tag, marks)| **marks > 0 || props.panel.only.as_ref() == Some(&tag.id))
        .map(|(tag, marks)| {
            let is_on = props.panel.only.as_ref() == Some(&tag.id);
            let only = (!is_on).then(|| tag.id.clone());
            let filter = props
                .on
                .reform(move |_: MouseEvent| Action::Panel(PanelAction::Filtered(only.clone())));
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
    let is_grouped = props.panel.grouped;
    let group = props.on.reform(move |_: MouseEvent| {
        Action::Panel(PanelAction::Grouped {
            by_tag: !is_grouped,
        })
    });
    let is_only = props.panel.query.trim() == INCOMPLETE;
    let only = props.on.reform(move |_: MouseEvent| {
        Action::Panel(PanelAction::Searched(if is_only {
            String::new()
        } else {
            INCOMPLETE.to_owned()
        }))
    });
    html! {
        <div class="filters" role="group" aria-label="Only some of the marks">
            { for buttons }
            if incomplete > 0 || is_only {
                <button class="filter" aria-pressed={is_only.to_string()} aria-label="Only incomplete marks" title="Incomplete" onclick={only}>{ "○" }{ count(incomplete) }</button>
            }
            <span class="grow" />
            <button class="ghost small" aria-pressed={is_grouped.to_string()} onclick={group}>{ "By tag" }</button>
        </div>
    }
}
