//! The side panel "Marks": the marks as a list, with a search box and filters.

use crate::browser::clock;
use crate::browser::page::{focus, text_box, virtual_list};
use crate::ui::article::mark_list::MarkList;
use crate::ui::article::panel_head::panel_head;
use crate::ui::controls::count_badge::count_badge;
use crate::ui::controls::icon::{Icon, icon};
use crate::ui::controls::pick_list::PickList;
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{MarkAction, PanelAction, SelectionAction};
use pullquote_app::editor::state::{Panel, PanelTab, Selection};
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_app::editor::view::mark_rows::RowList;
use pullquote_app::messages::editor::search_hint;
use pullquote_core::model::document::Document;
use std::rc::Rc;
use yew::prelude::*;

/// The query that lists only incomplete marks.
const INCOMPLETE: &str = "is:incomplete";

/// What the panel is drawn from.
#[derive(PartialEq, Properties)]
pub struct MarksPanelProps {
    /// The document whose marks are listed.
    pub document: Rc<Document>,
    /// The query, the filter and the order of the list.
    pub panel: Panel,
    /// What is chosen.
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
        // A new search starts at the top of its results.
        let scroller = scroller.clone();
        use_effect_with(props.panel.clone(), move |_| {
            virtual_list::scroll_to_top(scroller.get())
        });
    }
    let on = &props.on;
    let matches = use_matches(props);
    let incomplete = list.incomplete();
    html! {
        <aside class="panel" aria-label="Marks">
            { panel_head(PanelTab::Marks, "Close the list of marks", on) }
            { search_box(props, matches) }
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
                    { listed_marks_actions(props, shown) }
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

/// The search box. `matches` is the number of matches in the text.
fn search_box(props: &MarksPanelProps, matches: usize) -> Html {
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
                // From the match to its card.
                "Escape" if is_found => {
                    event.prevent_default();
                    focus::without_scrolling(".card");
                }
                "Escape" if is_empty => focus::remove(),
                _ => {}
            }
        })
    };
    html! {
        <div class="find">
            { icon(Icon::Search) }
            <input
                id="marks-search"
                type="search"
                aria-label="Search the marks"
                placeholder={search_hint(props.document.codebook())}
                autocomplete="off"
                dir="auto"
                value={props.panel.query.clone()}
                oninput={search}
                onkeydown={find}
            />
            if matches > 0 {
                { match_buttons(matches, &props.panel, on) }
            }
        </div>
    }
}

/// How long after a key press the text is searched, in milliseconds: the list comes first.
const SEARCH_DELAY: u32 = 150;

/// The number of matches in the text, counted when the user pauses typing.
#[hook]
fn use_matches(props: &MarksPanelProps) -> usize {
    let matches = use_state_eq(|| 0);
    let (set, panel) = (matches.setter(), props.panel.clone());
    let document = props.document.clone();
    // The text of an article never changes, so an edit needs no new search.
    use_effect_with((panel.query.clone(), document.article().id), move |_| {
        let is_empty = panel.query.is_empty();
        let count = move || set.set(panel.matches(&document).len());
        let timer = if is_empty {
            count();
            None
        } else {
            Some(clock::after(SEARCH_DELAY, count))
        };
        move || drop(timer)
    });
    *matches
}

/// The number of matches in the text, with buttons to the previous and the next one.
fn match_buttons(matches: usize, panel: &Panel, on: &Callback<Action>) -> Html {
    let position = match panel.found {
        Some(index) => format!("{} of {matches}", index + 1),
        None => format!("{matches} in the text"),
    };
    let walk = |forward: bool| {
        on.reform(move |_: MouseEvent| Action::Selection(SelectionAction::FoundStepped { forward }))
    };
    html! {
        <>
            <small class="found" role="status">{ position }</small>
            <button class="ghost small" aria-label="Previous match" title="Previous (Shift+Enter)" onclick={walk(false)}>{ icon(Icon::Up) }</button>
            <button class="ghost small" aria-label="Next match" title="Next (Enter)" onclick={walk(true)}>{ icon(Icon::Down) }</button>
        </>
    }
}

/// What can be done with all listed marks at once, while a search or filter is on.
fn listed_marks_actions(props: &MarksPanelProps, shown: usize) -> Html {
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
            <PickList label={format!("Change {count} to…")} verb="Change" {options} on={retag} />
            <button class="ghost small" onclick={delete}>{ icon(Icon::Delete) }{ format!("Delete {count}") }</button>
        </div>
    }
}

/// A button for each tag that has marks, which lists only those marks; and the buttons for
/// incomplete marks and for grouping.
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
                    { count_badge(*marks) }
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
                <button class="filter" aria-pressed={is_only.to_string()} aria-label="Only incomplete marks" title="Incomplete" onclick={only}>{ "○" }{ count_badge(incomplete) }</button>
            }
            <span class="grow" />
            <button class="ghost small" aria-pressed={is_grouped.to_string()} onclick={group}>{ "By tag" }</button>
        </div>
    }
}
