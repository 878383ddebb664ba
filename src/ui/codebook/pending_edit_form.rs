//! The form that asks what should happen to what a change of the codebook would delete.

use crate::browser::page::focus;
use crate::ui::codebook::decision_list::decision_list;
use pullquote_app::action::Action;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::codebook::pending_edit::{PendingEdit, PendingRow};
use pullquote_core::edit::commands::recoding::{CodebookPart, Decision};
use pullquote_core::model::document::Document;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct PendingEditProps {
    pub(crate) document: Rc<Document>,
    pub(crate) pending: PendingEdit,
    pub(crate) on: Callback<Action>,
}

/// A decision for each part that the changed codebook no longer has. Nothing is changed until
/// the user confirms.
#[component]
pub(crate) fn PendingEditForm(props: &PendingEditProps) -> Html {
    use_effect_with((), |()| focus::element(".pending-edit h2"));
    let (document, on) = (&props.document, &props.on);
    let rows = props.pending.resolved(document).map(|(rows, _)| rows);
    let rows = rows.unwrap_or_default();
    let deleted = rows.iter().filter(|row| row.decision == Decision::Delete);
    let deleted: Vec<String> = deleted.map(counted).collect();
    let summary = if deleted.is_empty() {
        "Nothing will be deleted.".to_owned()
    } else {
        format!(
            "Will be deleted: {}. This can be undone.",
            deleted.join("; ")
        )
    };
    let changed = rows
        .iter()
        .filter(|row| matches!(row.decision, Decision::Become(_)));
    let changed: Vec<String> = changed.map(counted).collect();
    let summary = if changed.is_empty() {
        summary
    } else {
        format!("Will be changed: {}. {summary}", changed.join("; "))
    };
    let confirm = on.reform(|_: MouseEvent| {
        focus::without_scrolling(".book h1");
        Action::Codebook(CodebookAction::Confirmed)
    });
    let cancel = on.reform(|_: MouseEvent| {
        focus::without_scrolling(".book h1");
        Action::Codebook(CodebookAction::Cancelled)
    });
    html! {
        <section class="pending-edit" aria-labelledby="pending-edit-title">
            <h2 id="pending-edit-title" tabindex="-1">{ "Before the codebook changes" }</h2>
            <p>{ "The changed codebook no longer has these. Nothing has been changed yet: decide what happens to each." }</p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ "In this article" }</th>
                        <th scope="col">{ "What should happen" }</th>
                    </tr>
                </thead>
                <tbody>
                    { for rows.iter().enumerate().map(|(index, row)| html! {
                        <tr key={index}>
                            <th scope="row" dir="auto">{ counted(row) }</th>
                            <td>{ decision_list(row, on) }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
            <p role="status">{ summary }</p>
            <div class="pending-edit-actions">
                <button class="primary" onclick={confirm}>{ if deleted.is_empty() { "Change the codebook" } else { "Delete and change the codebook" } }</button>
                <button class="line" onclick={cancel}>{ "Cancel" }</button>
            </div>
        </section>
    }
}

/// The row as text: "Actor: 8 marks, 2 entries of the cast, 3 relations".
fn counted(row: &PendingRow) -> String {
    let risk = &row.risk;
    let number_of = |count: usize, one: &str, more: &str| {
        (count > 0).then(|| match count {
            1 => format!("1 {one}"),
            count => format!("{count} {more}"),
        })
    };
    let (one, more) = match risk.part {
        CodebookPart::Tag(_) => ("mark", "marks"),
        CodebookPart::Relation(_) => ("relation", "relations"),
        CodebookPart::Attribute { .. } | CodebookPart::Question(_) => ("answer", "answers"),
    };
    let counts = [
        number_of(risk.count, one, more),
        number_of(risk.entities, "entry of the cast", "entries of the cast"),
        number_of(risk.relations, "relation", "relations"),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    format!("{}: {}", risk.name, counts.join(", "))
}
