//! The foot of the card: the note of a mark, and what can be done with the mark.

use crate::browser::page::{focus, text_box};
use crate::ui::article::mark_parts::add_part_button;
use crate::ui::controls::icon::{Icon, icon};
use pullquote_app::action::Action;
use pullquote_app::editor::action::{MarkAction, ReviewAction};
use pullquote_core::model::annotation::Annotation;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct MarkFooterProps {
    pub(crate) mark: Rc<Annotation>,
    /// The text in the note's box.
    pub(crate) note: String,
    /// How many relations would be deleted with the mark.
    pub(crate) relations: usize,
    /// How many further occurrences its words have.
    pub(crate) more: usize,
    /// Whether the next selection becomes a part of the mark.
    pub(crate) adds_part: bool,
    pub(crate) on: Callback<Action>,
}

/// The note, if there is one or the user writes one, and the buttons.
#[component]
pub(crate) fn MarkFooter(props: &MarkFooterProps) -> Html {
    let (mark, on) = (&props.mark, &props.on);
    let id = mark.id;
    let is_writing = use_state_eq(|| false);
    let has_note = !props.note.is_empty() || *is_writing;
    let write = {
        let is_writing = is_writing.setter();
        Callback::from(move |_: MouseEvent| is_writing.set(true))
    };
    use_effect_with(*is_writing, |is_writing| {
        if *is_writing {
            focus::element(".field-note textarea");
        }
    });
    let flag = on.reform(move |_: MouseEvent| Action::Mark(MarkAction::FlagToggled(id)));
    let review = on.reform(move |_: MouseEvent| Action::Review(ReviewAction::Started(id)));
    let delete = on.reform(move |_: MouseEvent| Action::Mark(MarkAction::Deleted(id)));
    let delete_title = match props.relations {
        0 => "Delete the mark".to_owned(),
        1 => "Delete the mark and its relation".to_owned(),
        relations => format!("Delete the mark and its {relations} relations"),
    };
    html! {
        <>
            if has_note {
                { note(props, is_writing.setter()) }
            }
            <footer>
                if !has_note {
                    <button class="ghost small write-note" aria-keyshortcuts="0" onclick={write}><kbd>{ "0" }</kbd>{ "Note" }</button>
                }
                <button class="ghost small" aria-pressed={mark.flagged.to_string()} onclick={flag}>
                    { icon(Icon::Flag) }
                    { if mark.flagged { "Flagged" } else { "Flag" } }
                </button>
                { add_part_button(props.adds_part, on) }
                <span class="grow" />
                if props.more > 0 {
                    <button
                        class="line small tag-more"
                        aria-label={format!("Found {} more times: tag them…", props.more)}
                        title="The same words elsewhere in the article"
                        onclick={review}
                    >
                        { format!("Tag {} more", props.more) }
                    </button>
                }
                <button class="ghost small" aria-label="Delete" onclick={delete} title={delete_title}>{ icon(Icon::Delete) }</button>
            </footer>
        </>
    }
}

/// The most rows of a note that does not scroll.
const NOTE_ROWS: usize = 8;

/// About how many characters stand in a row of the note.
const NOTE_ROW: usize = 40;

/// The note's box, as high as its text.
fn note(props: &MarkFooterProps, is_writing: UseStateSetter<bool>) -> Html {
    let id = props.mark.id;
    let write = props.on.reform(move |event: InputEvent| {
        Action::Mark(MarkAction::NoteWritten {
            id,
            note: text_box::value(event.target()),
        })
    });
    let begin = {
        let (on, is_writing) = (props.on.clone(), is_writing.clone());
        Callback::from(move |_: FocusEvent| {
            // The box stays while it has the focus, even if it becomes empty.
            is_writing.set(true);
            on.emit(Action::Mark(MarkAction::NoteFocused(id)));
        })
    };
    let finish = {
        let on = props.on.clone();
        Callback::from(move |event: FocusEvent| {
            // A window that loses the focus gives it back to the box later: not the end.
            if focus::has_moved(event.target()) {
                is_writing.set(false);
                on.emit(Action::Mark(MarkAction::EditingFinished));
            }
        })
    };
    let lines = props.note.split('\n');
    let rows: usize = lines.map(|line| line.chars().count() / NOTE_ROW + 1).sum();
    html! {
        <label class="field-note">
            <textarea
                rows={rows.min(NOTE_ROWS).to_string()}
                aria-label="Note"
                placeholder="Note"
                dir="auto"
                value={props.note.clone()}
                onfocus={begin}
                oninput={write}
                onblur={finish}
            />
        </label>
    }
}
