//! The card beside the text: the tag of the chosen words, and everything about a mark.

use crate::browser::page::{focus, text_box};
use crate::ui::article::card_tags::CardTags;
use crate::ui::article::link_picker::LinkPicker;
use crate::ui::article::mark_fields::mark_fields;
use crate::ui::article::mark_parts::{add_part_button, add_to_last_mark, mark_parts};
use crate::ui::controls::icon::{Icon, icon};
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{MarkAction, ReviewAction, SelectionAction};
use pullquote_app::editor::state::{Editor, Mode, Selection};
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::text::shortened::one_line;
use yew::prelude::*;

/// Draws the card for selected words or for marks; nothing where nothing is chosen. `node`
/// becomes the card's element, so that the caller can place it.
pub(crate) fn card(editor: &Editor, node: NodeRef, on: &Callback<Action>) -> Html {
    let document = editor.document();
    let (label, content) = match &editor.selection {
        Selection::Nothing => return Html::default(),
        Selection::Words(span) => {
            let quote = span.slice(document.article().text()).unwrap_or_default();
            let content = html! {
                <>
                    { tags(editor, None, on) }
                    <p class="card-quote" dir="auto">{ card_quote(quote) }</p>
                    { add_to_last_mark(editor, on) }
                </>
            };
            ("Tag these words", content)
        }
        Selection::Marks { all, at } => {
            let Some(mark) = document.annotation(*at) else {
                return Html::default();
            };
            let content = match &editor.mode {
                Mode::Linking(linking) => html! {
                    <>
                        { tags(editor, Some(&mark.tag), on) }
                        <blockquote class="card-quote short" dir="auto">{ card_quote(&mark.quote(document.article())) }</blockquote>
                        <LinkPicker document={document.clone()} linking={linking.clone()} on={on.clone()} />
                    </>
                },
                _ => html! {
                    <>
                        { tags(editor, Some(&mark.tag), on) }
                        { overlapping_marks(document, all, *at, on) }
                        { mark_details(editor, mark, on) }
                    </>
                },
            };
            ("Mark", content)
        }
    };
    let close = on.reform(|_: MouseEvent| Action::Selection(SelectionAction::Cleared));
    html! {
        <section class="card" ref={node} aria-label={label} tabindex="-1">
            <button class="ghost small card-close" onclick={close} aria-label="Close" title="Close (Escape)">
                { icon(Icon::Close) }
            </button>
            { content }
        </section>
    }
}

/// The tags at the top; `given` is the tag of the mark.
fn tags(editor: &Editor, given: Option<&Slug>, on: &Callback<Action>) -> Html {
    let codebook = editor.document().codebook().clone();
    let recent = editor.recent.clone();
    html! { <CardTags {codebook} given={given.cloned()} {recent} on={on.clone()} /> }
}

/// A button for each of several marks that overlap; nothing for one mark alone.
fn overlapping_marks(document: &Document, all: &[Id], chosen: Id, on: &Callback<Action>) -> Html {
    if all.len() < 2 {
        return Html::default();
    }
    let buttons = all.iter().filter_map(|id| {
        let mark = document.annotation(*id)?;
        let tag = document.codebook().tag(&mark.tag)?;
        let id = *id;
        let choose = on.reform(move |_: MouseEvent| {
            Action::Selection(SelectionAction::MarkChosen {
                id,
                goes_there: false,
            })
        });
        let quote = card_quote(&mark.quote(document.article()));
        Some(html! {
            <li key={id.to_string()}>
                <button
                    class="here"
                    aria-pressed={(id == chosen).to_string()}
                    aria-label={format!("{}: {quote}", tag.name)}
                    onclick={choose}
                >
                    { tag_letter(tag.colour, &tag.letter()) }
                    <span dir="auto">{ quote }</span>
                </button>
            </li>
        })
    });
    html! {
        <div class="card-here">
            <p class="quiet">{ format!("{} marks lie here", all.len()) }</p>
            <ul>{ for buttons }</ul>
        </div>
    }
}

/// Everything about the chosen mark: its words, parts, fields and note, and what can be done
/// with it.
fn mark_details(editor: &Editor, mark: &Annotation, on: &Callback<Action>) -> Html {
    let document = editor.document();
    html! {
        <>
            <blockquote class="card-quote" dir="auto">{ card_quote(&mark.quote(document.article())) }</blockquote>
            { mark_parts(document, mark, on) }
            { mark_fields(editor, mark, on) }
            { note(editor, mark, on) }
            { more_occurrences(editor, mark.id, on) }
            { footer(editor, mark, on) }
        </>
    }
}

fn note(editor: &Editor, mark: &Annotation, on: &Callback<Action>) -> Html {
    let id = mark.id;
    let write = on.reform(move |event: InputEvent| {
        Action::Mark(MarkAction::NoteWritten {
            id,
            note: text_box::value(event.target()),
        })
    });
    let begin = on.reform(move |_: FocusEvent| Action::Mark(MarkAction::NoteFocused(id)));
    let finish = {
        let on = on.clone();
        Callback::from(move |event: FocusEvent| {
            // A window that loses the focus gives it back to the box later: not the end.
            if focus::has_moved(event.target()) {
                on.emit(Action::Mark(MarkAction::EditingFinished));
            }
        })
    };
    html! {
        <label class="field field-note">
            <span class="field-name">{ "Note" }</span>
            <textarea
                key={id.to_string()}
                rows="1"
                aria-label="Note"
                dir="auto"
                value={editor.note_of(mark).to_owned()}
                onfocus={begin}
                oninput={write}
                onblur={finish}
            />
        </label>
    }
}

/// Leads to further occurrences of the mark's words, once they have been counted.
fn more_occurrences(editor: &Editor, id: Id, on: &Callback<Action>) -> Html {
    let count = match editor.more {
        Some((counted, count)) if counted == id && count > 0 => count,
        _ => return Html::default(),
    };
    let review = on.reform(move |_: MouseEvent| Action::Review(ReviewAction::Started(id)));
    let found = match count {
        1 => "Found 1 more time".to_owned(),
        count => format!("Found {count} more times"),
    };
    html! {
        <p class="card-more">
            <span class="quiet">{ found }</span>
            <button class="line small" onclick={review}>{ "Tag them…" }</button>
        </p>
    }
}

fn footer(editor: &Editor, mark: &Annotation, on: &Callback<Action>) -> Html {
    let id = mark.id;
    let flag = on.reform(move |_: MouseEvent| Action::Mark(MarkAction::FlagToggled(id)));
    let delete = on.reform(move |_: MouseEvent| Action::Mark(MarkAction::Deleted(id)));
    let delete_title = match editor.document().relations_of(id).count() {
        0 => "Delete the mark".to_owned(),
        1 => "Delete the mark and its relation".to_owned(),
        relations => format!("Delete the mark and its {relations} relations"),
    };
    html! {
        <footer>
            <button class="ghost small" aria-pressed={mark.flagged.to_string()} onclick={flag}>
                { icon(Icon::Flag) }
                { if mark.flagged { "Flagged" } else { "Flag" } }
            </button>
            { add_part_button(editor, on) }
            <span class="quiet hint" title="Shift, Alt and an arrow key: left and right move the end, up and down the start">
                <kbd>{ "⇧" }</kbd><kbd>{ "Alt" }</kbd><kbd>{ "←→↑↓" }</kbd>
            </span>
            <span class="grow" />
            <button class="ghost small" onclick={delete} title={delete_title}>
                { icon(Icon::Delete) }
                { "Delete" }
            </button>
        </footer>
    }
}

/// The most characters of a quote on the card, and how many of its beginning and of its end
/// remain when it is longer.
const QUOTE: usize = 220;
const QUOTE_START: usize = 150;
const QUOTE_END: usize = 50;

/// The quote on one line; a long one is reduced to its beginning and its end, in whole words.
fn card_quote(quote: &str) -> String {
    let line = one_line(quote);
    let count = line.chars().count();
    if count <= QUOTE {
        return line;
    }
    let byte = |character: usize| {
        let mut characters = line.char_indices();
        characters.nth(character).map_or(line.len(), |(at, _)| at)
    };
    let (start, end) = (&line[..byte(QUOTE_START)], &line[byte(count - QUOTE_END)..]);
    let start = start.rsplit_once(' ').map_or(start, |(start, _)| start);
    let end = end.split_once(' ').map_or(end, |(_, end)| end);
    format!("{start} … {end}")
}
