//! The table of the articles, with its search and its order.

use crate::browser::clock;
use crate::browser::page::{focus, text_box};
use crate::ui::controls::icon::{Icon, icon};
use crate::ui::library::entry_row::EntryRow;
use pullquote_app::action::Action;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::library::view::{LibraryView, SortColumn};
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use std::rc::Rc;
use yew::prelude::*;

/// How many rows are drawn at once: more than any screen shows.
const FIRST_ROWS: usize = 40;

/// How many rows are added in each frame after that.
const ROWS_PER_FRAME: usize = 80;

/// Up to this number of articles nobody needs a search.
const FEW: usize = 6;

/// The columns by which the table can be sorted.
const COLUMNS: [(SortColumn, &str); 4] = [
    (SortColumn::Title, "Article"),
    (SortColumn::Marks, "Marks"),
    (SortColumn::Changed, "Changed"),
    (SortColumn::BackedUp, "Backed up"),
];

#[derive(PartialEq, Properties)]
pub(crate) struct EntryTableProps {
    /// The articles that are listed.
    pub(crate) entries: Vec<Rc<LibraryEntry>>,
    /// How many articles the library has.
    pub(crate) all: usize,
    /// Whether any of them is done.
    pub(crate) has_done: bool,
    pub(crate) view: LibraryView,
    /// The time, to the minute.
    pub(crate) now: Timestamp,
    pub(crate) on: Callback<Action>,
}

/// The articles. Those that fit on a screen are drawn at once, the others in the next frames:
/// nobody waits for a large library, and the browser still finds all of it.
#[component]
pub(crate) fn EntryTable(props: &EntryTableProps) -> Html {
    let drawn = use_state_eq(|| FIRST_ROWS);
    let listed = props.entries.len();
    {
        let (drawn, set) = (*drawn, drawn.setter());
        use_effect_with((drawn, listed), move |(drawn, listed)| {
            let more = *drawn + ROWS_PER_FRAME;
            let frame = (*drawn < *listed).then(|| clock::next_frame(move || set.set(more)));
            move || drop(frame)
        });
    }
    let mut titles: Vec<&str> = props
        .entries
        .iter()
        .map(|entry| entry.title.as_str())
        .collect();
    titles.sort_unstable();
    let has_namesake = |title: &str| {
        let first = titles.partition_point(|other| *other < title);
        titles.get(first + 1) == Some(&title)
    };
    html! {
        <>
            { tools(props) }
            if listed == 0 {
                { no_match(props) }
            } else {
                <table class="shelf" role="table" aria-rowcount={(listed + 1).to_string()}>
                    <caption class="unseen">{ "Articles" }</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            { for COLUMNS.iter().map(|&(column, name)| heading(column, name, props)) }
                            <th scope="col" role="columnheader"><span class="unseen">{ "Actions" }</span></th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        for entry in props.entries.iter().take(*drawn) {
                            <EntryRow key={entry.id.to_string()} entry={entry.clone()} has_namesake={has_namesake(&entry.title)} now={props.now} on={props.on.clone()} />
                        }
                    </tbody>
                </table>
            }
        </>
    }
}

/// The search of a larger library, whether articles that are done are hidden, and how many
/// articles are listed; nothing while there is nothing to choose.
fn tools(props: &EntryTableProps) -> Html {
    let has_search = props.all > FEW || !props.view.query.is_empty();
    let hides_done = props.view.hides_done;
    if !(has_search || props.has_done || hides_done) {
        return Html::default();
    }
    let search = props.on.reform(|event: InputEvent| {
        Action::Library(LibraryAction::Searched(text_box::value(event.target())))
    });
    let hide = props.on.reform(move |_: MouseEvent| {
        let hidden = !hides_done;
        Action::Library(LibraryAction::DoneHidden { hidden })
    });
    let count = match (props.entries.len(), props.all) {
        (1, 1) => "1 article".to_owned(),
        (listed, all) if listed == all => format!("{all} articles"),
        (listed, all) => format!("{listed} of {all} articles"),
    };
    html! {
        <div class="shelf-tools">
            if has_search {
                <input
                    id="library-search"
                    type="search"
                    aria-label="Search the library"
                    placeholder="Title, outlet, coder or codebook"
                    dir="auto"
                    value={props.view.query.clone()}
                    oninput={search}
                />
            }
            <span class="quiet" aria-live="polite">{ count }</span>
            if props.has_done || hides_done {
                <button class="ghost small" aria-pressed={hides_done.to_string()} onclick={hide}>{ "Hide done" }</button>
            }
        </div>
    }
}

/// Says that the search finds nothing, with a way back to all articles.
fn no_match(props: &EntryTableProps) -> Html {
    let on = props.on.clone();
    let clear = Callback::from(move |_: MouseEvent| {
        on.emit(Action::Library(LibraryAction::Searched(String::new())));
        on.emit(Action::Library(LibraryAction::DoneHidden { hidden: false }));
        focus::element(".shelf-tools > :is(input, button)");
    });
    html! {
        <div class="empty">
            <p>{ "No articles match." }</p>
            <p><button class="line small" onclick={clear}>{ "Show all articles" }</button></p>
        </div>
    }
}

/// The heading of a column, which sorts by it.
fn heading(column: SortColumn, name: &'static str, props: &EntryTableProps) -> Html {
    let order = props.view.order;
    let is_sorted = order.column == column;
    let (direction, symbol) = match order.is_ascending() {
        true => ("ascending", Icon::Up),
        false => ("descending", Icon::Down),
    };
    let sort = props
        .on
        .reform(move |_: MouseEvent| Action::Library(LibraryAction::SortChosen(column)));
    html! {
        <th scope="col" role="columnheader" aria-sort={is_sorted.then_some(direction)}>
            <button class="ghost" title={format!("Sort by: {name}")} onclick={sort}>
                { name }
                { icon(if is_sorted { symbol } else { Icon::Down }) }
            </button>
        </th>
    }
}
