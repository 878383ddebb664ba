//! The side panel "Ledger": the marks of one tag as a table.

use crate::browser::page::text_box;
use crate::ui::article::panel_head::panel_head;
use crate::ui::article::same_document::SameDocument;
use crate::ui::controls::count_badge::count_badge;
use crate::ui::controls::icon::{Icon, icon};
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{LedgerAction, SelectionAction};
use pullquote_app::editor::state::{Editor, PanelTab};
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_app::editor::view::ledger::sorted_ledger;
use pullquote_core::analysis::completeness::Links;
use pullquote_core::analysis::ledger::Ledger;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Slug;
use std::rc::Rc;
use yew::prelude::*;

/// The most rows that are shown; a filter finds the others, and the CSV file has all.
const SHOWN: usize = 300;

/// The filter that shows only incomplete rows.
const INCOMPLETE: &str = "is:incomplete";

#[derive(PartialEq, Properties)]
pub(crate) struct LedgerPanelProps {
    pub(crate) editor: Rc<Editor>,
    pub(crate) on: Callback<Action>,
}

/// A table such as who promised what to whom. It can be sorted, filtered, copied and exported.
#[component]
pub(crate) fn LedgerPanel(props: &LedgerPanelProps) -> Html {
    let document = props.editor.shown();
    let panel = &props.editor.panel;
    let on = &props.on;
    let computed = {
        let settings = (
            panel.table.clone(),
            panel.sorted.clone(),
            panel.filter.clone(),
        );
        use_memo(
            (SameDocument(document.clone()), settings),
            |(SameDocument(document), _)| {
                let incomplete = Links::new(document).incomplete(document);
                (sorted_ledger(document, panel), incomplete)
            },
        )
    };
    let ((tag, table), incomplete) = (&computed.0, computed.1);
    let rows = table.rows.iter();
    let missing = rows.filter(|row| !row.missing.is_empty()).count();
    let elsewhere = incomplete.saturating_sub(missing);
    html! {
        <aside class="panel wide" aria-label="Ledger">
            { panel_head(PanelTab::Ledger, "Close the ledger", on) }
            { tag_filters(document, tag, on) }
            { tools(&panel.filter, missing, on) }
            <div class="panel-scroll ledger-scroll" tabindex="-1">
                if table.rows.is_empty() {
                    <p class="empty">{ "No rows. Mark some words with this tag, or clear the filter." }</p>
                } else {
                    { grid(table, props) }
                }
                if table.rows.len() > SHOWN {
                    <p class="empty">{ format!("The first {SHOWN} of {} rows. Filter the table, or export it as CSV to see all.", table.rows.len()) }</p>
                }
                if elsewhere > 0 {
                    <p class="empty">{ incomplete_elsewhere(elsewhere) }</p>
                }
            </div>
        </aside>
    }
}

/// A button for each tag, which shows the table of its marks.
fn tag_filters(document: &Document, shown: &Slug, on: &Callback<Action>) -> Html {
    let tags = document.codebook().tags().iter();
    let buttons = tags.zip(document.tag_counts()).map(|(tag, marks)| {
        let id = tag.id.clone();
        let show =
            on.reform(move |_: MouseEvent| Action::Ledger(LedgerAction::TagChosen(id.clone())));
        html! {
            <button
                key={tag.id.to_string()}
                class={classes!("filter", colour_class(tag.colour))}
                aria-pressed={(tag.id == *shown).to_string()}
                aria-label={format!("Table of {}", tag.name)}
                onclick={show}
            >
                { tag_letter(tag.colour, &tag.letter()) }
                { &tag.name }
                { count_badge(*marks) }
            </button>
        }
    });
    html! { <div class="filters ledger-tags" role="group" aria-label="Table of the marks of">{ for buttons }</div> }
}

/// The filter of the table, and the ways to take the table elsewhere. `missing` is the number
/// of incomplete rows.
fn tools(filter: &str, missing: usize, on: &Callback<Action>) -> Html {
    let write = on.reform(|event: InputEvent| {
        Action::Ledger(LedgerAction::Filtered(text_box::value(event.target())))
    });
    let copy = on.reform(|_: MouseEvent| Action::Ledger(LedgerAction::Copied));
    let export = on.reform(|_: MouseEvent| Action::Ledger(LedgerAction::Exported));
    let is_only_incomplete = filter.contains(INCOMPLETE);
    let next = if is_only_incomplete { "" } else { INCOMPLETE };
    let toggle =
        on.reform(move |_: MouseEvent| Action::Ledger(LedgerAction::Filtered(next.to_owned())));
    html! {
        <div class="ledger-tools">
            <div class="find">
                { icon(Icon::Search) }
                <input type="search" aria-label="Filter the table" placeholder="Filter" autocomplete="off" dir="auto" value={filter.to_owned()} oninput={write} />
            </div>
            if missing > 0 || is_only_incomplete {
                <button class="filter" aria-pressed={is_only_incomplete.to_string()} onclick={toggle}>{ format!("○ {missing} incomplete") }</button>
            }
            <span class="grow" />
            <button class="ghost small" title="Copy the table, to paste it into a spreadsheet" onclick={copy}>{ icon(Icon::Copy) }{ "Copy" }</button>
            <button class="ghost small" title="Download the table as CSV" onclick={export}>{ "CSV" }</button>
        </div>
    }
}

/// The table itself: a heading sorts by its column, a row's first cell goes to its mark.
fn grid(table: &Ledger, props: &LedgerPanelProps) -> Html {
    let sorted = props.editor.panel.sorted.as_ref();
    let heads = table.columns.iter().map(|column| {
        let descending = sorted
            .filter(|sorting| sorting.column == column.name)
            .map(|sorting| sorting.descending);
        let order = match descending {
            Some(false) => "ascending",
            Some(true) => "descending",
            None => "none",
        };
        let name = column.name.clone();
        let sort = props
            .on
            .reform(move |_: MouseEvent| Action::Ledger(LedgerAction::Sorted(name.clone())));
        html! {
            <th scope="col" aria-sort={order} key={column.name.clone()}>
                <button onclick={sort}>
                    { &column.name }
                    if let Some(descending) = descending {
                        { icon(if descending { Icon::Up } else { Icon::Down }) }
                    }
                </button>
            </th>
        }
    });
    let chosen = props.editor.chosen().map(|mark| mark.id);
    let rows = table.rows.iter().take(SHOWN).map(|row| {
        let id = row.id;
        let go = props.on.reform(move |_: MouseEvent| Action::Selection(SelectionAction::MarkChosen { id, goes_there: true }));
        let cells = row.cells.iter().enumerate().map(|(index, cell)| match index {
            0 => html! {
                <th scope="row" key={index}>
                    <div class="cell">
                        <button class="cell-words" dir="auto" title="Go to these words" onclick={go.clone()}>{ cell }</button>
                        if !row.missing.is_empty() {
                            <span class="gap" title={format!("Missing: {}", row.missing)}>{ "○" }<span class="unseen">{ format!("missing: {}", row.missing) }</span></span>
                        }
                    </div>
                </th>
            },
            _ => html! { <td dir="auto" key={index}>{ cell }</td> },
        });
        html! { <tr key={id.to_string()} class={(chosen == Some(id)).then_some("chosen")}>{ for cells }</tr> }
    });
    html! {
        <table class="ledger">
            <caption class="unseen">{ "Ledger" }</caption>
            <thead><tr>{ for heads }</tr></thead>
            <tbody>{ for rows }</tbody>
        </table>
    }
}

/// How many marks with other tags are incomplete.
fn incomplete_elsewhere(count: usize) -> String {
    match count {
        1 => "1 mark with another tag is incomplete.".to_owned(),
        count => format!("{count} marks with other tags are incomplete."),
    }
}
