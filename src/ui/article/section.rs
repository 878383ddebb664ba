//! A section: about twenty blocks of the article. The browser does not lay out a section
//! that is far away.

use crate::ui::article::block::Block;
use crate::ui::article::source_line::SourceLine;
use pullquote_app::action::Action;
use pullquote_app::editor::view::block_view::SectionView;
use pullquote_core::model::article::{Article, Block as ArticleBlock, BlockKind};
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct SectionProps {
    pub(crate) article: Rc<Article>,
    pub(crate) section: Rc<SectionView>,
    /// The step of its expected height, see [`height_class`].
    pub(crate) height: usize,
    /// Whether it is the first one, which also says where the article comes from.
    pub(crate) is_first: bool,
    /// How many words the article has.
    pub(crate) words: usize,
    /// Whether an earlier version is shown, which cannot be changed.
    pub(crate) is_past: bool,
    pub(crate) on: Callback<Action>,
}

/// The class that reserves the expected height of a section. `step` is what
/// `Drawing::height_step` returns.
pub(crate) fn height_class(step: usize) -> String {
    format!("high-{step}")
}

/// A section. Each block is a component of its own, so that an edit draws one block anew.
#[component]
pub(crate) fn Section(props: &SectionProps) -> Html {
    let start = props.section.blocks.first().map(|block| block.start);
    let blocks = |range: Range<usize>| {
        let blocks = props.section.blocks[range].iter();
        let blocks = blocks.map(|block| {
            html! { <Block key={block.start} article={props.article.clone()} block={block.clone()} /> }
        });
        blocks.collect::<Html>()
    };
    let all = props.section.blocks.len();
    let has_headline = props.article.blocks().first().is_some_and(is_heading);
    let above = usize::from(props.is_first && has_headline).min(all);
    html! {
        <div class={classes!("section", height_class(props.height))} data-from={start.map(|start| start.to_string())}>
            { blocks(0..above) }
            if props.is_first {
                <SourceLine article={props.article.clone()} words={props.words} is_past={props.is_past} start={props.section.blocks.get(above).map(|block| block.start)} on={props.on.clone()} />
            }
            { blocks(above..all) }
        </div>
    }
}

fn is_heading(block: &ArticleBlock) -> bool {
    matches!(block.kind, BlockKind::Heading(_))
}
