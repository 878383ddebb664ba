//! Where the article comes from, under its headline.
//!
//! It stands among the blocks of the article, but has no text of its own: what it shows is
//! generated content, so that it is no part of a selection, of a copy or of an offset. It has the
//! offset of the next block, because blocks are found by binary search.

use crate::browser::page::{focus, text_box};
use pullquote_app::action::Action;
use pullquote_app::editor::action::HistoryAction;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::messages::counts::counted;
use pullquote_core::model::article::{Article, Source};
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct SourceLineProps {
    pub(crate) article: Rc<Article>,
    /// How many words the article has.
    pub(crate) words: usize,
    /// Whether an earlier version is shown, which cannot be changed.
    pub(crate) is_past: bool,
    /// The UTF-16 offset of the block that follows; `None` if none does.
    pub(crate) start: Option<u32>,
    pub(crate) on: Callback<Action>,
}

/// Which part of the source a text box is for.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Title,
    Outlet,
    Author,
    Date,
    Address,
}

const PARTS: [(Part, &str, &str); 5] = [
    (Part::Outlet, "Outlet", "Outlet"),
    (Part::Author, "Author", "Author"),
    (Part::Date, "Date", "Date, such as 30 January 2024"),
    (Part::Address, "Address", "Address, such as https://…"),
    (Part::Title, "Title", "Title"),
];

/// One line with what is known: outlet, author, date, address, number of words. A press opens a
/// text box for each. A title that differs from the headline is shown too, since the text of an
/// article never changes.
#[component]
pub(crate) fn SourceLine(props: &SourceLineProps) -> Html {
    let is_open = use_state_eq(|| false);
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    {
        let was_open = use_mut_ref(|| false);
        use_effect_with(*is_open, move |is_open| {
            if was_open.replace(*is_open) != *is_open {
                focus::element(if *is_open {
                    ".source-line input"
                } else {
                    ".source-line button"
                });
            }
        });
    }
    let leave = {
        let is_open = is_open.clone();
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | "Escape") && !event.is_composing() {
                event.prevent_default();
                event.stop_propagation();
                // The box that has the focus loses it, and so its text is saved.
                focus::remove();
                is_open.set(false);
            }
        })
    };
    let line = line(&props.article, props.words);
    html! {
        <div class="source-line" data-next={props.start.map(|start| start.to_string())}>
            if *is_open && !props.is_past {
                <div class="source-boxes" role="group" aria-label="Source of the article" onkeydown={leave}>
                    { for PARTS.iter().map(|(part, label, hint)| text_box(props, *part, label, hint)) }
                    <button class="line small" data-text="Done" aria-label="Done" onclick={toggle} />
                </div>
            } else {
                <button
                    class="ghost"
                    aria-label={format!("Source: {line}")}
                    title="Edit the source: outlet, author, date, address"
                    data-text={line}
                    disabled={props.is_past}
                    onclick={toggle}
                />
            }
        </div>
    }
}

/// What the line says.
fn line(article: &Article, words: usize) -> String {
    let source = &article.source;
    let first = article.blocks().first();
    let headline = first.and_then(|block| block.span.slice(article.text()));
    let title = headline.is_some_and(|headline| headline.trim() != article.title);
    let known = [
        if title { article.title.as_str() } else { "" },
        &source.outlet,
        &source.byline,
        &source.published,
        &source.url,
    ];
    let mut known: Vec<&str> = known.into_iter().filter(|part| !part.is_empty()).collect();
    if known.is_empty() {
        known.push("Add the source");
    }
    let words = counted(words, "word", "words");
    known.push(&words);
    known.join(" · ")
}

/// The box of a part. Its text is kept when the box is left.
fn text_box(props: &SourceLineProps, part: Part, label: &'static str, hint: &'static str) -> Html {
    let source = &props.article.source;
    let value = match part {
        Part::Title => &props.article.title,
        Part::Outlet => &source.outlet,
        Part::Author => &source.byline,
        Part::Date => &source.published,
        Part::Address => &source.url,
    };
    let keep = {
        let (on, article) = (props.on.clone(), props.article.clone());
        Callback::from(move |event: Event| {
            let text = text_box::value(event.target()).trim().to_owned();
            let mut source: Source = article.source.clone();
            let field = match part {
                Part::Title => {
                    let (id, title) = (article.id, text);
                    return on.emit(Action::Library(LibraryAction::ArticleRenamed { id, title }));
                }
                Part::Outlet => &mut source.outlet,
                Part::Author => &mut source.byline,
                Part::Date => &mut source.published,
                Part::Address => &mut source.url,
            };
            *field = text;
            on.emit(Action::History(HistoryAction::SourceDescribed(source)));
        })
    };
    html! {
        <input
            key={label}
            aria-label={label}
            placeholder={hint}
            title={(part == Part::Title).then_some("The name of the article in the library and in exports. Its headline stays: the text of an article never changes.")}
            autocomplete="off"
            dir="auto"
            value={value.clone()}
            onchange={keep}
        />
    }
}
