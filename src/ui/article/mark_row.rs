//! One mark in the list of marks.

use crate::ui::controls::icon::{Icon, icon};
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::SelectionAction;
use pullquote_app::editor::view::mark_rows::RowView;
use std::rc::Rc;
use yew::prelude::*;

/// What a row is drawn from.
#[derive(PartialEq, Properties)]
pub struct MarkRowProps {
    /// The mark.
    pub row: Rc<RowView>,
    /// Told what the user does.
    pub on: Callback<Action>,
}

/// A mark: its tag, quote, answers, what is missing, and note. A click goes to the mark in the
/// text.
#[component]
pub fn MarkRow(props: &MarkRowProps) -> Html {
    let row = &props.row;
    let id = row.id;
    let go = props.on.reform(move |_: MouseEvent| {
        Action::Selection(SelectionAction::MarkChosen {
            id,
            goes_there: true,
        })
    });
    html! {
        <div class={classes!("mark-row", row.chosen.then_some("chosen"))} data-row={id.to_string()}>
            <button onclick={go} aria-current={row.chosen.then_some("true")}>
                { tag_letter(row.colour, &row.letter) }
                <span class="unseen">{ format!("{}: ", row.tag_name) }</span>
                <span class="mark-row-words" dir="auto">{ row.quote.as_ref() }</span>
                if row.flagged {
                    <span class="mark-row-flag" title="Flagged">{ icon(Icon::Flag) }</span>
                }
                if !row.summary.is_empty() {
                    <small dir="auto">{ row.summary.as_ref() }</small>
                }
                if !row.missing.is_empty() {
                    <small class="gap">{ format!("○ {}", row.missing) }</small>
                }
                if !row.note.is_empty() {
                    <small class="mark-row-note" dir="auto">{ row.note.as_ref() }</small>
                }
            </button>
        </div>
    }
}
