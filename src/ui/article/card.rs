//! The card beside the text: the tag of the chosen words, and everything about a mark.

use crate::ui::article::card_tags::CardTags;
use crate::ui::article::mark_fields::MarkFields;
use crate::ui::article::mark_footer::MarkFooter;
use crate::ui::article::mark_parts::{add_to_last_mark, mark_parts};
use crate::ui::controls::icon::{Icon, icon};
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::SelectionAction;
use pullquote_app::editor::state::{Editor, Mode, Selection};
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
                    <p class="card-quote" dir="auto">
                        if let Some(sought) = &editor.sought {
                            <kbd>{ format!("{}…", sought.letters) }</kbd>{ " " }
                        }
                        { card_quote(quote) }
                    </p>
                    { add_to_last_mark(editor, on) }
                </>
            };
            ("Tag these words".to_owned(), content)
        }
        Selection::Marks { all, at } => {
            let Some(mark) = document.annotation(*at) else {
                return Html::default();
            };
            if matches!(editor.mode, Mode::Linking(_)) {
                // The text is free for a click on the other mark.
                return Html::default();
            }
            let asked = match editor.mode {
                Mode::Asked(index) => Some(index),
                _ => None,
            };
            let content = html! {
                <>
                    { tags(editor, Some(&mark.tag), on) }
                    { overlapping_marks(document, all, *at, on) }
                    { mark_parts(document, mark, on) }
                    <MarkFields key={format!("{} {}", mark.id, mark.tag)} document={document.clone()} mark={mark.clone()} {asked} on={on.clone()} />
                    <MarkFooter
                        key={format!("foot {}", mark.id)}
                        mark={mark.clone()}
                        note={editor.note_of(mark).to_owned()}
                        relations={document.relations_of(mark.id).count()}
                        more={editor.more.filter(|(counted, _)| *counted == mark.id).map_or(0, |(_, count)| count)}
                        adds_part={editor.mode == Mode::AddingSpan}
                        on={on.clone()}
                    />
                </>
            };
            let name = document
                .codebook()
                .tag(&mark.tag)
                .map_or("", |tag| tag.name.as_str());
            (
                format!("{name}: {}", card_quote(&mark.quote(document.article()))),
                content,
            )
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
