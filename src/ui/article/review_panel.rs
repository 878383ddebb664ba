//! The side panel: places like a mark, looked through before they are tagged.

use crate::browser::page::focus;
use crate::ui::controls::icon::{Sign, icon};
use pullquote_app::action::Action;
use pullquote_app::editor::action::ReviewAction;
use pullquote_app::editor::action::SelectionAction;
use pullquote_app::editor::state::{Editor, Review};
use pullquote_core::analysis::occurrences::{WordMatching, around};

use std::rc::Rc;
use yew::prelude::*;

/// Places that are shown; all that are wanted are tagged.
const SHOWN: usize = 400;

/// Characters of the text around a place.
const AROUND: usize = 48;

#[derive(PartialEq, Properties)]
pub(crate) struct ReviewPanelProps {
    pub(crate) editor: Rc<Editor>,
    pub(crate) review: Review,
    pub(crate) on: Callback<Action>,
}

/// The places in their context, each wanted or not, and how the words may stand.
#[component]
pub(crate) fn ReviewPanel(props: &ReviewPanelProps) -> Html {
    let (review, on) = (&props.review, &props.on);
    use_effect_with(review.like, |_| {
        focus::without_scrolling(".review-take button");
        // The places are tagged, or left: the mark's card goes on.
        || focus::without_scrolling(".card")
    });
    let document = props.editor.document();
    let places = review.occurrences(document);
    let wanted = places
        .iter()
        .filter(|it| review.unwanted.binary_search(&it.start().0).is_err())
        .count();
    let mark = document.annotation(review.like);
    let tag = mark.and_then(|mark| document.codebook().tag(&mark.tag));
    let name = tag.map(|tag| tag.name.clone()).unwrap_or_default();
    let quote = mark
        .map(|mark| mark.quote(document.article()))
        .unwrap_or_default();
    let has_names = mark.is_some_and(|mark| mark.entity.is_some());
    let words = review.words;
    let ask = |label: &'static str, is_on: bool, asked: WordMatching, aliases: bool| {
        let turn = on.reform(move |_: Event| {
            Action::Review(ReviewAction::MatchingChanged {
                words: asked,
                aliases,
            })
        });
        html! { <label class="check"><input type="checkbox" checked={is_on} onchange={turn} />{ label }</label> }
    };
    let lines = places.iter().take(SHOWN).map(|span| {
        let (before, after) = around(document, *span, AROUND);
        let at = span.start().0;
        let is_wanted = review.unwanted.binary_search(&at).is_err();
        let turn = on.reform(move |_: Event| {
            Action::Review(ReviewAction::OccurrenceToggled {
                start: at,
                wanted: !is_wanted,
            })
        });
        let words = span.slice(document.article().text()).unwrap_or_default();
        html! {
            <li key={at}>
                <label class="check place">
                    <input type="checkbox" checked={is_wanted} onchange={turn} />
                    <span dir="auto">{ before }<b>{ words.to_owned() }</b>{ after }</span>
                </label>
            </li>
        }
    });
    let all = wanted == places.len();
    let turn_all =
        on.reform(move |_: MouseEvent| Action::Review(ReviewAction::AllToggled { wanted: !all }));
    let take = on.reform(|_: MouseEvent| Action::Review(ReviewAction::Accepted));
    let leave = on.reform(|_: MouseEvent| Action::Selection(SelectionAction::Escaped));
    html! {
        <aside class="panel" aria-label="More places">
            <header class="panel-head">
                <h2>{ format!("Tag more as {name}") }</h2>
                <span class="grow" />
                <button class="ghost small" aria-label="Leave the list of places" title="Close (Escape)" onclick={leave}>{ icon(Sign::Close) }</button>
            </header>
            <p class="review-words" dir="auto">{ format!("“{quote}”") }</p>
            <div class="review-how" role="group" aria-label="Match">
                { ask("Match case", words.same_case, WordMatching { same_case: !words.same_case, ..words }, review.aliases) }
                { ask("Plurals and possessives", words.inflected, WordMatching { inflected: !words.inflected, ..words }, review.aliases) }
                { ask("Parts of words", words.parts, WordMatching { parts: !words.parts, ..words }, review.aliases) }
                if has_names {
                    { ask("Other names of the cast", review.aliases, words, !review.aliases) }
                }
            </div>
            <div class="review-take">
                <button class="primary" disabled={wanted == 0} onclick={take}>{ format!("Tag {wanted} as {name}") }</button>
                <button class="ghost small" onclick={turn_all}>{ if all { "Deselect all" } else { "Select all" } }</button>
            </div>
            <div class="panel-scroll" tabindex="-1">
                if places.is_empty() {
                    <p class="empty">{ "Every occurrence is tagged." }</p>
                }
                <ul class="places" aria-label="Places">{ for lines }</ul>
                if places.len() > SHOWN {
                    <p class="empty">{ format!("and {} more, which are tagged too", places.len() - SHOWN) }</p>
                }
            </div>
        </aside>
    }
}
