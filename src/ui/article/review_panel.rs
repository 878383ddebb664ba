//! The side panel that lists further occurrences of a mark's words before they are tagged.

use crate::browser::page::focus;
use crate::ui::controls::icon::{Icon, icon};
use pullquote_app::action::Action;
use pullquote_app::editor::action::{ReviewAction, SelectionAction};
use pullquote_app::editor::state::{Editor, Review};
use pullquote_core::analysis::occurrences::{WordMatching, around};
use pullquote_core::model::document::Document;
use pullquote_core::text::span::Span;
use std::rc::Rc;
use yew::prelude::*;

/// The most occurrences that are shown; the others are tagged as well.
const SHOWN: usize = 400;

/// How many characters of context stand on each side of an occurrence.
const CONTEXT: usize = 48;

#[derive(PartialEq, Properties)]
pub(crate) struct ReviewPanelProps {
    pub(crate) editor: Rc<Editor>,
    pub(crate) review: Review,
    pub(crate) on: Callback<Action>,
}

/// The occurrences in their context, each with a checkbox, and how words are matched.
#[component]
pub(crate) fn ReviewPanel(props: &ReviewPanelProps) -> Html {
    let (review, on) = (&props.review, &props.on);
    use_effect_with(review.like, |_| {
        focus::without_scrolling(".review-take button");
        // Afterwards the focus goes back to the card of the mark.
        || focus::without_scrolling(".card")
    });
    let document = props.editor.document();
    let occurrences = review.occurrences(document);
    let is_wanted = |span: &&Span| review.unwanted.binary_search(&span.start().0).is_err();
    let wanted = occurrences.iter().filter(is_wanted).count();
    let mark = document.annotation(review.like);
    let tag = mark.and_then(|mark| document.codebook().tag(&mark.tag));
    let tag_name = tag.map(|tag| tag.name.as_str()).unwrap_or_default();
    let quote = mark
        .map(|mark| mark.quote(document.article()))
        .unwrap_or_default();
    let has_entity = mark.is_some_and(|mark| mark.entity.is_some());
    let shown = occurrences.iter().take(SHOWN);
    let rows = shown.map(|span| occurrence(document, *span, is_wanted(&span), on));
    let has_all = wanted == occurrences.len();
    let toggle_all = on
        .reform(move |_: MouseEvent| Action::Review(ReviewAction::AllToggled { wanted: !has_all }));
    let accept = on.reform(|_: MouseEvent| Action::Review(ReviewAction::Accepted));
    let close = on.reform(|_: MouseEvent| Action::Selection(SelectionAction::Escaped));
    html! {
        <aside class="panel" aria-label="More occurrences">
            <header class="panel-head">
                <h2>{ format!("Tag more as {tag_name}") }</h2>
                <span class="grow" />
                <button class="ghost small" aria-label="Close the list of occurrences" title="Close (Escape)" onclick={close}>{ icon(Icon::Close) }</button>
            </header>
            <p class="review-words" dir="auto">{ format!("“{quote}”") }</p>
            { matching(review, has_entity, on) }
            <div class="review-take">
                <button class="primary" disabled={wanted == 0} onclick={accept}>{ format!("Tag {wanted} as {tag_name}") }</button>
                <button class="ghost small" onclick={toggle_all}>{ if has_all { "Deselect all" } else { "Select all" } }</button>
            </div>
            <div class="panel-scroll" tabindex="-1">
                if occurrences.is_empty() {
                    <p class="empty">{ "Every occurrence is tagged." }</p>
                }
                <ul class="places" aria-label="Occurrences">{ for rows }</ul>
                if occurrences.len() > SHOWN {
                    <p class="empty">{ format!("and {} more, which are tagged too", occurrences.len() - SHOWN) }</p>
                }
            </div>
        </aside>
    }
}

/// How the words are matched: a checkbox for each rule.
fn matching(review: &Review, has_entity: bool, on: &Callback<Action>) -> Html {
    let (words, aliases) = (review.words, review.aliases);
    let rule = |label: &'static str, is_on: bool, words: WordMatching, aliases: bool| {
        let toggle = on.reform(move |_: Event| {
            Action::Review(ReviewAction::MatchingChanged { words, aliases })
        });
        html! { <label class="check"><input type="checkbox" checked={is_on} onchange={toggle} />{ label }</label> }
    };
    let same_case = WordMatching {
        same_case: !words.same_case,
        ..words
    };
    let inflected = WordMatching {
        inflected: !words.inflected,
        ..words
    };
    let parts = WordMatching {
        parts: !words.parts,
        ..words
    };
    html! {
        <div class="review-how" role="group" aria-label="Match">
            { rule("Match case", words.same_case, same_case, aliases) }
            { rule("Plurals and possessives", words.inflected, inflected, aliases) }
            { rule("Parts of words", words.parts, parts, aliases) }
            if has_entity {
                { rule("Other names in the cast", aliases, words, !aliases) }
            }
        </div>
    }
}

/// One occurrence in its context.
fn occurrence(document: &Document, span: Span, is_wanted: bool, on: &Callback<Action>) -> Html {
    let (before, after) = around(document, span, CONTEXT);
    let start = span.start().0;
    let toggle = on.reform(move |_: Event| {
        Action::Review(ReviewAction::OccurrenceToggled {
            start,
            wanted: !is_wanted,
        })
    });
    let quote = span.slice(document.article().text()).unwrap_or_default();
    html! {
        <li key={start}>
            <label class="check place">
                <input type="checkbox" checked={is_wanted} onchange={toggle} />
                <span dir="auto">{ before }<b>{ quote.to_owned() }</b>{ after }</span>
            </label>
        </li>
    }
}
