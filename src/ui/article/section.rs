//! A section: about twenty blocks of the article. The browser does not lay out a section
//! that is far away.

use crate::ui::article::block::Block;
use pullquote_app::editor::view::block_view::SectionView;
use pullquote_core::model::article::Article;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct SectionProps {
    pub(crate) article: Rc<Article>,
    pub(crate) section: Rc<SectionView>,
    /// The step of its expected height, see [`height_class`].
    pub(crate) height: usize,
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
    html! {
        <div class={classes!("section", height_class(props.height))} data-from={start.map(|start| start.to_string())}>
            for block in props.section.blocks.iter() {
                <Block key={block.start} article={props.article.clone()} block={block.clone()} />
            }
        </div>
    }
}
