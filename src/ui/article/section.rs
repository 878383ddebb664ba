//! About twenty blocks of the article, skipped together while they are far away.

use crate::ui::article::block::Block;
use pullquote_app::editor::view::block_view::SectionView;
use pullquote_core::model::article::Article;

use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct SectionProps {
    pub(crate) article: Rc<Article>,
    pub(crate) section: Rc<SectionView>,
    /// See [`height_class`].
    pub(crate) height: usize,
}

/// The class of a section that will be about so high, see `Drawing::height_step`.
pub(crate) fn height_class(step: usize) -> String {
    format!("high-{step}")
}

/// A section; each block is a component, so that one edit draws one block anew.
#[component]
pub(crate) fn Section(props: &SectionProps) -> Html {
    let from = props.section.blocks.first().map(|block| block.start);
    html! {
        <div class={classes!("section", height_class(props.height))} data-from={from.map(|from| from.to_string())}>
            for block in props.section.blocks.iter() {
                <Block key={block.start} article={props.article.clone()} block={block.clone()} />
            }
        </div>
    }
}
