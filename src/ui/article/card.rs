//! The card beside the words: what they are, and what can be said of them.

use crate::browser::page::{focus, text_box};
use crate::ui::article::answer::Answer;
use crate::ui::article::card_tags::CardTags;
use crate::ui::article::link_box::LinkBox;
use crate::ui::controls::icon::{Sign, icon};
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::action::ReviewAction;
use pullquote_app::editor::action::SelectionAction;
use pullquote_app::editor::state::{Editor, Mode, Selection};
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_app::editor::view::fields::{Chip, Field, FieldKind, backlinks, fields};
use pullquote_core::edit::commands::entities::mentions;
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::codebook::Tag;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::text::shortened;
use pullquote_core::text::shortened::one_line;

use yew::prelude::*;

/// A card for swept words or for marks; nothing where nothing is chosen. `place` is
/// its element, to be placed.
pub(crate) fn card(editor: &Editor, place: NodeRef, on: &Callback<Action>) -> Html {
    let document = editor.document();
    let (label, inner) = match &editor.selection {
        Selection::Nothing => return Html::default(),
        Selection::Words(span) => {
            let words = span.slice(document.article().text()).unwrap_or_default();
            let inner = html! {
                <>
                    { tags(editor, None, on) }
                    <p class="card-quote" dir="auto">{ shortened(words) }</p>
                    { add_to_last(editor, on) }
                </>
            };
            ("Tag these words", inner)
        }
        Selection::Marks { all, at } => {
            let Some(mark) = document.annotation(*at) else {
                return Html::default();
            };
            let inner = match &editor.mode {
                Mode::Linking(linking) => html! {
                    <>
                        { tags(editor, Some(&mark.tag), on) }
                        <blockquote class="card-quote short" dir="auto">{ shortened(&mark.quote(document.article())) }</blockquote>
                        <LinkBox document={document.clone()} linking={linking.clone()} on={on.clone()} />
                    </>
                },
                _ => html! {
                    <>
                        { tags(editor, Some(&mark.tag), on) }
                        { several(document, all, *at, on) }
                        { about(editor, mark, on) }
                    </>
                },
            };
            ("Mark", inner)
        }
    };
    let close = on.reform(|_: MouseEvent| Action::Selection(SelectionAction::Cleared));
    html! {
        <section class="card" ref={place} aria-label={label} tabindex="-1">
            <button class="ghost small card-close" onclick={close} aria-label="Close" title="Close (Escape)">
                { icon(Sign::Close) }
            </button>
            { inner }
        </section>
    }
}

fn tags(editor: &Editor, given: Option<&Slug>, on: &Callback<Action>) -> Html {
    let (book, recent) = (editor.document().codebook().clone(), editor.recent.clone());
    html! { <CardTags {book} given={given.cloned()} {recent} on={on.clone()} /> }
}

/// What counts as a tag and what does not, for the ear.
pub(crate) fn rules_of(tag: &Tag) -> String {
    let lines = [
        ("", &tag.definition),
        ("Counts: ", &tag.include),
        ("Does not: ", &tag.exclude),
    ];
    let said = lines.iter().filter(|(_, text)| !text.is_empty());
    let said: Vec<String> = said.map(|(name, text)| format!("{name}{text}")).collect();
    said.join(" ")
}

/// What counts as this tag and what does not, shown while it is pointed at.
pub(crate) fn tip(tag: &Tag) -> Html {
    let line = |name: &str, text: &str| {
        if text.is_empty() {
            return Html::default();
        }
        html! { <span><b>{ format!("{name} ") }</b>{ text }</span> }
    };
    let texts = [&tag.definition, &tag.include, &tag.exclude, &tag.example];
    if texts.iter().all(|text| text.is_empty()) {
        return Html::default();
    }
    html! {
        <span class="tip" aria-hidden="true">
            { line("", &tag.definition) }
            { line("Counts:", &tag.include) }
            { line("Does not:", &tag.exclude) }
            { line("Example:", &tag.example) }
        </span>
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
        let choose = on.reform(move |_: MouseEvent| {
            Action::Selection(SelectionAction::MarkChosen {
                id,
                goes_there: false,
            })
        });
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

fn about(editor: &Editor, mark: &Annotation, on: &Callback<Action>) -> Html {
    let document = editor.document();
    let id = mark.id;
    let write = on.reform(move |event: InputEvent| {
        Action::Mark(MarkAction::NoteWritten {
            id,
            note: text_box::value(event.target()),
        })
    });
    let begin = on.reform(move |_: FocusEvent| Action::Mark(MarkAction::NoteFocused(id)));
    let settle = {
        let on = on.clone();
        Callback::from(move |event: FocusEvent| {
            // A window that loses the focus gives it back to the box.
            if focus::has_moved(event.target()) {
                on.emit(Action::Mark(MarkAction::EditingFinished));
            }
        })
    };
    let flag = on.reform(move |_: MouseEvent| Action::Mark(MarkAction::FlagToggled(id)));
    let delete = on.reform(move |_: MouseEvent| Action::Mark(MarkAction::Deleted(id)));
    let links = document.relations_of(id).count();
    let goes = match links {
        0 => "Delete the mark".to_owned(),
        1 => "Delete the mark; 1 relation goes with it".to_owned(),
        links => format!("Delete the mark; {links} relations go with it"),
    };
    html! {
        <>
            <blockquote class="card-quote" dir="auto">{ shortened(&mark.quote(document.article())) }</blockquote>
            { pieces(document, mark, on) }
            <div class="card-fields" key={id.to_string()}>
                { mention(document, mark, on) }
                { for fields(document, mark).into_iter().enumerate().map(|(place, field)| {
                    row(editor, mark, place, field, on)
                }) }
                { for backlinks(document, mark).into_iter().map(|(name, chip)| html! {
                    <div class="field" key={chip.relation.to_string()}>
                        <span class="field-name">{ format!("{name} this") }</span>
                        <span class="chips">{ link(chip, on) }</span>
                    </div>
                }) }
            </div>
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
                        onblur={settle}
                    />
                </label>
            { more_places(editor, id, on) }
            <footer>
                <button class="ghost small" aria-pressed={mark.flagged.to_string()} onclick={flag}>
                    { icon(Sign::Flag) }
                    { if mark.flagged { "Flagged" } else { "Flag" } }
                </button>
                { add_piece(editor, on) }
                <span class="quiet hint" title="Shift, Alt and an arrow key: left and right move the end, up and down the start">
                    <kbd>{ "⇧" }</kbd><kbd>{ "Alt" }</kbd><kbd>{ "←→↑↓" }</kbd>
                </span>
                <span class="grow" />
                <button class="ghost small" onclick={delete} title={goes}>
                    { icon(Sign::Delete) }
                    { "Delete" }
                </button>
            </footer>
        </>
    }
}

/// One thing that is asked of the mark; its digit asks for it by key.
fn row(
    editor: &Editor,
    mark: &Annotation,
    place: usize,
    field: Field,
    on: &Callback<Action>,
) -> Html {
    let id = mark.id;
    let inner = match field.kind {
        FieldKind::Link { kind, chips } => {
            let name = format!("{}: link a mark", field.name);
            let words = if chips.is_empty() {
                "+ Link a mark"
            } else {
                "+"
            };
            let begin = on.reform(move |_: MouseEvent| {
                Action::Mark(MarkAction::RelationStarted {
                    id,
                    kind: kind.id.clone(),
                    backwards: false,
                })
            });
            html! {
                <span class="chips">
                    { for chips.into_iter().map(|chip| link(chip, on)) }
                    <button class="chip add" aria-label={name} onclick={begin}>{ words }</button>
                </span>
            }
        }
        FieldKind::Answer { attribute, value } => {
            let slug = attribute.id.clone();
            let give = on.reform(move |value| {
                Action::Mark(MarkAction::AnswerGiven {
                    id,
                    attribute: slug.clone(),
                    value,
                })
            });
            let settled = on.reform(|()| Action::Mark(MarkAction::EditingFinished));
            let asked = editor.mode == Mode::Asked(place);
            html! { <Answer {attribute} {value} {asked} on={give} {settled} /> }
        }
    };
    html! {
        <div
            class={classes!(
                "field",
                field.missing.then_some("missing"),
                (editor.mode == Mode::Asked(place)).then_some("asked"),
            )}
            key={place}
        >
            <span class="field-name" title={field.help}>
                if place < 9 {
                    <kbd>{ place + 1 }</kbd>
                }
                { field.name }
                if field.missing {
                    <span class="unseen">{ " (missing)" }</span>
                }
            </span>
            { inner }
        </div>
    }
}

/// A link: a press goes to the mark at its other end.
fn link(chip: Chip, on: &Callback<Action>) -> Html {
    let (mark, relation) = (chip.mark, chip.relation);
    let go = on.reform(move |_: MouseEvent| {
        Action::Selection(SelectionAction::MarkChosen {
            id: mark,
            goes_there: true,
        })
    });
    let unlink = on.reform(move |_: MouseEvent| {
        focus::without_scrolling(".card");
        Action::Mark(MarkAction::RelationDeleted(relation))
    });
    html! {
        <span class={classes!("chip", "linked", colour_class(chip.colour))} key={relation.to_string()}>
            <button class="chip-name" dir="auto" title="Go to this mark" onclick={go}>{ &chip.name }</button>
            <button class="chip-drop" aria-label={format!("Unlink {}", chip.name)} title="Unlink" onclick={unlink}>{ icon(Sign::Close) }</button>
        </span>
    }
}

/// Whom the mark mentions, with the way to the other mentions.
fn mention(document: &Document, mark: &Annotation, on: &Callback<Action>) -> Html {
    let Some(entity) = document.member_of(mark) else {
        return Html::default();
    };
    let marks: Vec<Id> = mentions(document, entity.id).map(|it| it.id).collect();
    let at = marks.iter().position(|id| *id == mark.id).unwrap_or(0);
    let walk = |forward: bool| {
        let marks = marks.clone();
        on.reform(move |_: MouseEvent| {
            Action::Selection(SelectionAction::MarkStepped {
                marks: marks.clone(),
                forward,
            })
        })
    };
    html! {
        <div class="field" key="cast">
            <span class="field-name">{ "Cast" }</span>
            <span class="chips">
                <b dir="auto">{ &entity.name }</b>
                <span class="quiet">{ format!("{} of {}", at + 1, marks.len()) }</span>
                if marks.len() > 1 {
                    <button class="ghost small" aria-label="Previous mention" onclick={walk(false)}>{ icon(Sign::Up) }</button>
                    <button class="ghost small" aria-label="Next mention" onclick={walk(true)}>{ icon(Sign::Down) }</button>
                }
            </span>
        </div>
    }
}

/// The pieces of a mark that has more than one, each of which can be taken out.
fn pieces(document: &Document, mark: &Annotation, on: &Callback<Action>) -> Html {
    let spans = mark.spans.as_slice();
    if spans.len() < 2 {
        return Html::default();
    }
    let id = mark.id;
    let tag = document.codebook().tag(&mark.tag);
    let colour = tag.map(|tag| colour_class(tag.colour));
    let buttons = spans.iter().enumerate().map(|(place, span)| {
        let colour = colour.clone();
        let words = span.slice(document.article().text()).unwrap_or_default();
        let words = shortened::shortened(words, 30);
        let drop = on.reform(move |_: MouseEvent| Action::Mark(MarkAction::SpanRemoved { id, index: place }));
        html! {
            <span class={classes!("chip", "linked", colour)} key={place}>
                <span class="chip-name" dir="auto">{ &words }</span>
                <button class="chip-drop" aria-label={format!("Remove {words}")} title="Remove this part" onclick={drop}>{ icon(Sign::Close) }</button>
            </span>
        }
    });
    html! { <div class="card-pieces chips" role="group" aria-label="Parts">{ for buttons }</div> }
}

/// The way to make the chosen words a further piece of the mark that was chosen last.
fn add_to_last(editor: &Editor, on: &Callback<Action>) -> Html {
    let document = editor.document();
    let Some(mark) = editor.last.and_then(|id| document.annotation(id)) else {
        return Html::default();
    };
    let quote = shortened::shortened(&mark.quote(document.article()), 28);
    let add = on.reform(|_: MouseEvent| Action::Mark(MarkAction::SpanAdded));
    html! {
        <p class="card-more">
            <button class="ghost small" title="Adds the selection to that mark" onclick={add}>
                <kbd>{ "+" }</kbd>{ format!("Add to “{quote}”") }
            </button>
        </p>
    }
}

fn add_piece(editor: &Editor, on: &Callback<Action>) -> Html {
    let is_wanted = editor.mode == Mode::AddingSpan;
    let want = on.reform(move |_: MouseEvent| {
        if is_wanted {
            Action::Selection(SelectionAction::Escaped)
        } else {
            Action::Mark(MarkAction::SpanRequested)
        }
    });
    html! {
        <button
            class="ghost small"
            aria-pressed={is_wanted.to_string()}
            title="Add part: select more words that belong to this mark, or hold Ctrl or ⌘ while you select them"
            onclick={want}
        >
            { icon(Sign::Add) }
            { if is_wanted { "Select words…" } else { "Add part" } }
        </button>
    }
}

/// The way to other places of the same words, once they are counted.
fn more_places(editor: &Editor, id: Id, on: &Callback<Action>) -> Html {
    let count = match editor.more {
        Some((of, count)) if of == id && count > 0 => count,
        _ => return Html::default(),
    };
    let review = on.reform(move |_: MouseEvent| Action::Review(ReviewAction::Started(id)));
    let words = match count {
        1 => "Found 1 more time".to_owned(),
        count => format!("Found {count} more times"),
    };
    html! {
        <p class="card-more">
            <span class="quiet">{ words }</span>
            <button class="line small" onclick={review}>{ "Tag them…" }</button>
        </p>
    }
}

/// At most 220 characters, on one line: the beginning and the end, in whole words.
fn shortened(words: &str) -> String {
    let line = one_line(words);
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
