//! The card beside the words: what they are, and what can be said of them.

use super::icon::{Sign, icon};
use super::tag_letter::tag_letter;
use crate::app::view::colour_class;
use crate::app::{Action, Choice, Desk};
use crate::browser::outline;
use pullquote_core::model::{Annotation, Codebook, Document, Id, Slug};
use yew::prelude::*;

/// A card for swept words or for marks; nothing where nothing is chosen. `place` is
/// its element, to be placed.
pub(super) fn card(desk: &Desk, place: NodeRef, on: &Callback<Action>) -> Html {
    let document = desk.document();
    let (label, inner) = match &desk.choice {
        Choice::Nothing => return Html::default(),
        Choice::Words(span) => {
            let words = span.slice(document.article().text()).unwrap_or_default();
            let inner = html! {
                <>
                    { tags(document.codebook(), None, on) }
                    <p class="card-quote" dir="auto">{ shortened(words) }</p>
                </>
            };
            ("Tag these words", inner)
        }
        Choice::Marks { all, at } => {
            let Some(mark) = document.annotation(*at) else {
                return Html::default();
            };
            let inner = html! {
                <>
                    { tags(document.codebook(), Some(&mark.tag), on) }
                    { several(document, all, *at, on) }
                    { about(document, mark, on) }
                </>
            };
            ("Mark", inner)
        }
    };
    let close = on.reform(|_: MouseEvent| Action::Cleared);
    html! {
        <section class="card" ref={place} aria-label={label}>
            <button class="ghost small card-close" onclick={close} aria-label="Close" title="Close (Escape)">
                { icon(Sign::Close) }
            </button>
            { inner }
        </section>
    }
}

fn tags(codebook: &Codebook, given: Option<&Slug>, on: &Callback<Action>) -> Html {
    let buttons = codebook.tags().iter().map(|tag| {
        let id = tag.id.clone();
        let give = on.reform(move |_: MouseEvent| Action::TagGiven(id.clone()));
        html! {
            <button
                key={tag.id.to_string()}
                class={classes!("tag", colour_class(tag.colour))}
                aria-pressed={(given == Some(&tag.id)).to_string()}
                title={tag.definition.clone()}
                onclick={give}
            >
                { tag_letter(tag.colour, &tag.letter()) }
                { &tag.name }
            </button>
        }
    });
    html! {
        <div class="card-tags" role="group" aria-label="Tag">{ for buttons }</div>
    }
}

/// Where several marks lie over each other, all of them.
fn several(document: &Document, all: &[Id], at: Id, on: &Callback<Action>) -> Html {
    if all.len() < 2 {
        return Html::default();
    }
    let buttons = all.iter().filter_map(|id| {
        let mark = document.annotation(*id)?;
        let place = document.codebook().place_of(&mark.tag)?;
        let tag = &document.codebook().tags()[place];
        let id = *id;
        let choose = on.reform(move |_: MouseEvent| Action::Chosen(id, false));
        let quote = shortened(&mark.quote(document.article()));
        Some(html! {
            <li key={id.to_string()}>
                <button
                    class="here"
                    aria-pressed={(id == at).to_string()}
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

fn about(document: &Document, mark: &Annotation, on: &Callback<Action>) -> Html {
    let id = mark.id;
    let write =
        on.reform(move |event: InputEvent| Action::NoteWritten(id, outline::typed(event.target())));
    let settle = on.reform(|_: FocusEvent| Action::Settled);
    let flag = on.reform(move |_: MouseEvent| Action::FlagTurned(id));
    let delete = on.reform(move |_: MouseEvent| Action::DeleteMark(id));
    html! {
        <>
            <blockquote class="card-quote" dir="auto">{ shortened(&mark.quote(document.article())) }</blockquote>
            <label class="card-note">
                <span>{ "Note" }</span>
                <textarea
                    key={id.to_string()}
                    rows="2"
                    dir="auto"
                    value={mark.note.clone()}
                    oninput={write}
                    onblur={settle}
                />
            </label>
            <footer>
                <button class="ghost small" aria-pressed={mark.flagged.to_string()} onclick={flag}>
                    { icon(Sign::Flag) }
                    { if mark.flagged { "Flagged" } else { "Flag" } }
                </button>
                <span class="quiet hint" title="Shift, Alt and an arrow key: left and right move the end, up and down the start">
                    <kbd>{ "⇧" }</kbd><kbd>{ "Alt" }</kbd><kbd>{ "←→↑↓" }</kbd>
                </span>
                <span class="grow" />
                <button class="ghost small" onclick={delete}>
                    { icon(Sign::Delete) }
                    { "Delete" }
                </button>
            </footer>
        </>
    }
}

/// At most 220 characters, on one line: the beginning and the end, in whole words.
fn shortened(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 220 {
        return line;
    }
    let at = |place: usize| {
        line.char_indices()
            .nth(place)
            .map_or(line.len(), |(at, _)| at)
    };
    let count = line.chars().count();
    let (start, end) = (&line[..at(150)], &line[at(count - 50)..]);
    let start = start.rsplit_once(' ').map_or(start, |(start, _)| start);
    let end = end.split_once(' ').map_or(end, |(_, end)| end);
    format!("{start} … {end}")
}
