//! One block of the article (a paragraph, a heading, a list item, …) with its marks.

use crate::browser::page::blocks::direction;
use pullquote_app::editor::view::block_view::{BlockView, MarkView, TextRun, element_of};
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_app::editor::view::letter_place::LetterPlace;
use pullquote_core::model::article::Article;
use std::rc::Rc;
use yew::prelude::*;

/// What a block is drawn from.
#[derive(PartialEq, Properties)]
pub struct BlockProps {
    /// The article that the block belongs to.
    pub article: Rc<Article>,
    /// The block's kind and its runs of text and marks.
    pub block: Rc<BlockView>,
}

/// The block's element. Its attribute `data-start` is the UTF-16 offset of its text, and its
/// text content is exactly the text of the article.
#[component]
pub fn Block(props: &BlockProps) -> Html {
    let block = &props.block;
    let (element, class) = element_of(block.kind);
    let class = (!class.is_empty()).then_some(class);
    html! {
        <@{element} class={class} data-start={block.start.to_string()} dir={block.direction.map(direction)}>
            { runs(props.article.text(), &block.runs) }
        </@>
    }
}

fn runs(text: &str, runs: &[TextRun]) -> Html {
    runs.iter()
        .map(|run| match run {
            TextRun::Text(span) => Html::from(span.slice(text).unwrap_or_default()),
            TextRun::Mark(view) => mark(text, view),
        })
        .collect()
}

/// How many underlines fit between two lines of text; further ones share the last lane.
const LANES: u16 = 4;

/// How many letters can stand before that of a mark which begins at the same word; further ones
/// cover each other.
const LETTERS: u16 = 3;

fn mark(text: &str, view: &MarkView) -> Html {
    let is_first = view.letter.is_some();
    let class = classes!(
        "mark",
        colour_class(view.colour),
        format!("stroke-{}", view.tag % 4),
        (view.lane > 0).then(|| format!("lane-{}", view.lane.min(LANES - 1))),
        (view.letters_before > 0).then(|| format!("before-{}", view.letters_before.min(LETTERS))),
        view.chosen.then_some("chosen"),
        view.noted.then_some("noted"),
        view.flagged.then_some("flagged"),
        view.incomplete.then_some("lacking"),
        match view.letter_place {
            LetterPlace::Before => None,
            LetterPlace::After => Some("letter-after"),
            LetterPlace::Nowhere => Some("letter-none"),
        },
    );
    html! {
        <mark
            {class}
            role="group"
            aria-label={view.label.as_ref().to_owned()}
            aria-description={view.incomplete.then_some("incomplete")}
            aria-current={view.chosen.then_some("true")}
            tabindex={if is_first { "0" } else { "-1" }}
            data-annotation={view.id.to_string()}
            data-tag={view.tag_id.as_ref().to_owned()}
            data-letter={view.letter.as_ref().map(|letter| letter.as_ref().to_owned())}
        >
            { runs(text, &view.runs) }
        </mark>
    }
}
