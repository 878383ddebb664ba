//! The side panel: the marks of one tag as a table.

use crate::browser::page::text_box;
use crate::ui::article::cast_panel::Same;
use crate::ui::article::panel_head::panel_head;
use crate::ui::controls::icon::{Sign, icon};
use crate::ui::controls::tag_letter::{count, tag_letter};
use pullquote_app::action::Action;
use pullquote_app::editor::action::LedgerAction;
use pullquote_app::editor::action::SelectionAction;
use pullquote_app::editor::state::{Editor, PanelTab};
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_app::editor::view::ledger::sorted_ledger;
use pullquote_core::analysis::completeness::Links;
use pullquote_core::analysis::ledger::Ledger;

use std::rc::Rc;
use yew::prelude::*;

/// Rows that are shown; a filter finds the others, and the file has all.
const SHOWN: usize = 300;

#[derive(PartialEq, Properties)]
pub(crate) struct LedgerPanelProps {
    pub(crate) editor: Rc<Editor>,
    pub(crate) on: Callback<Action>,
}

/// Who promised what to whom, as a table: sorted, filtered, copied, exported.
#[component]
pub(crate) fn LedgerPanel(props: &LedgerPanelProps) -> Html {
    let document = props.editor.shown();
    let panel = &props.editor.panel;
    let on = &props.on;
    let made = {
        let asked = (
            panel.table.clone(),
            panel.sorted.clone(),
            panel.filter.clone(),
        );
        use_memo((Same(document.clone()), asked), |(Same(document), _)| {
            (
                sorted_ledger(document, panel),
                Links::of(document).incomplete(document),
            )
        })
    };
    let ((tag, table), incomplete) = (&made.0, made.1);
    let counts = document.tag_counts();
    let tags = document.codebook().tags().iter().zip(counts);
    let tags = tags.map(|(other, marks)| {
        let id = other.id.clone();
        let turn =
            on.reform(move |_: MouseEvent| Action::Ledger(LedgerAction::TagChosen(id.clone())));
        html! {
            <button
                key={other.id.to_string()}
                class={classes!("filter", colour_class(other.colour))}
                aria-pressed={(other.id == *tag).to_string()}
                aria-label={format!("Table of {}", other.name)}
                onclick={turn}
            >
                { tag_letter(other.colour, &other.letter()) }
                { &other.name }
                { count(*marks) }
            </button>
        }
    });
    let filter = on.reform(|event: InputEvent| {
        Action::Ledger(LedgerAction::Filtered(text_box::value(event.target())))
    });
    let copy = on.reform(|_: MouseEvent| Action::Ledger(LedgerAction::Copied));
    let export = on.reform(|_: MouseEvent| Action::Ledger(LedgerAction::Exported));
    let missing = table
        .rows
        .iter()
        .filter(|row| !row.missing.is_empty())
        .count();
    let is_only = panel.filter.contains("is:incomplete");
    let only = on.reform(move |_: MouseEvent| {
        Action::Ledger(LedgerAction::Filtered(if is_only {
            String::new()
        } else {
            "is:incomplete".to_owned()
        }))
    });
    let elsewhere = incomplete.saturating_sub(missing);
    html! {
        <aside class="panel wide" aria-label="Ledger">
            { panel_head(PanelTab::Ledger, "Close the ledger", on) }
            <div class="filters ledger-tags" role="group" aria-label="Table of the marks of">{ for tags }</div>
            <div class="ledger-tools">
                <div class="find">
                    { icon(Sign::Search) }
                    <input type="search" aria-label="Filter the table" placeholder="Filter" autocomplete="off" dir="auto" value={panel.filter.clone()} oninput={filter} />
                </div>
                if missing > 0 || is_only {
                    <button class="filter" aria-pressed={is_only.to_string()} onclick={only}>{ format!("○ {missing} incomplete") }</button>
                }
                <span class="grow" />
                <button class="ghost small" title="Copy the table, to paste it into a spreadsheet" onclick={copy}>{ icon(Sign::Copy) }{ "Copy" }</button>
                <button class="ghost small" title="The table as a file for a spreadsheet" onclick={export}>{ "CSV" }</button>
            </div>
            <div class="panel-scroll ledger-scroll" tabindex="-1">
                if table.rows.is_empty() {
                    <p class="empty">{ "No row. Mark words of this kind, or change the filter." }</p>
                } else {
                    { grid(table, props) }
                }
                if table.rows.len() > SHOWN {
                    <p class="empty">{ format!("The first {SHOWN} of {} rows. Filter the table, or take the file: it has all.", table.rows.len()) }</p>
                }
                if elsewhere > 0 {
                    <p class="empty">{ incomplete_elsewhere(elsewhere) }</p>
                }
            </div>
        </aside>
    }
}

fn grid(table: &Ledger, props: &LedgerPanelProps) -> Html {
    let sorted = props.editor.panel.sorted.as_ref();
    let heads = table.columns.iter().map(|column| {
        let way = sorted
            .filter(|sorting| sorting.column == column.name)
            .map(|sorting| sorting.descending);
        let said = match way {
            Some(false) => "ascending",
            Some(true) => "descending",
            None => "none",
        };
        let name = column.name.clone();
        let sort = props
            .on
            .reform(move |_: MouseEvent| Action::Ledger(LedgerAction::Sorted(name.clone())));
        html! {
            <th scope="col" aria-sort={said} key={column.name.clone()}>
                <button onclick={sort}>
                    { &column.name }
                    if let Some(back) = way {
                        { icon(if back { Sign::Up } else { Sign::Down }) }
                    }
                </button>
            </th>
        }
    });
    let chosen = props.editor.chosen().map(|mark| mark.id);
    let rows = table.rows.iter().take(SHOWN).map(|row| {
        let id = row.id;
        let go = props.on.reform(move |_: MouseEvent| Action::Selection(SelectionAction::MarkChosen { id, goes_there: true }));
        let cells = row.cells.iter().enumerate().map(|(place, cell)| match place {
            0 => html! {
                <th scope="row" key={place}>
                    <div class="cell">
                        <button class="cell-words" dir="auto" title="Go to these words" onclick={go.clone()}>{ cell }</button>
                        if !row.missing.is_empty() {
                            <span class="gap" title={format!("Missing: {}", row.missing)}>{ "○" }<span class="unseen">{ format!("missing: {}", row.missing) }</span></span>
                        }
                    </div>
                </th>
            },
            _ => html! { <td dir="auto" key={place}>{ cell }</td> },
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
