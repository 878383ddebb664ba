//! All sections of the article, mounted from where the reader is.

use super::growing::{rank, use_growing};
use super::section::Section;
use crate::app::view::SectionView;
use crate::browser::scroll;
use pullquote_core::model::Article;
use std::rc::Rc;
use yew::prelude::*;

/// Sections that are mounted at once: more than any screen shows.
const FIRST: usize = 2;

/// Sections that are mounted with every further frame.
const STEP: usize = 2;

#[derive(PartialEq, Properties)]
pub(super) struct SectionsProps {
    pub(super) article: Rc<Article>,
    pub(super) sections: Vec<Rc<SectionView>>,
}

/// The sections. Those that are not mounted yet stand there, empty, with the height that
/// they may have: so the page is as long as it will be, and the reader can go anywhere.
#[component]
pub(super) fn Sections(props: &SectionsProps) -> Html {
    let all = props.sections.len();
    let from = {
        let sections = &props.sections;
        let id = props.article.id;
        *use_state(|| {
            let start = scroll::left_at(id).unwrap_or(0);
            let begins = |section: &Rc<SectionView>| section.blocks.first().map(|it| it.start);
            let before = sections.partition_point(|it| begins(it).is_none_or(|it| it <= start));
            before.saturating_sub(1)
        })
    };
    let mounted = use_growing(all, FIRST, STEP);
    html! {
        for (place, section) in props.sections.iter().enumerate() {
            <Section
                key={place}
                article={props.article.clone()}
                section={section.clone()}
                mounted={rank(place, from, all) < mounted}
            />
        }
    }
}
