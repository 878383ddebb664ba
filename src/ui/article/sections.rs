//! All sections of the article, drawn from where the reader is.

use crate::browser::clock;
use crate::browser::page::{blocks, print, reading_position};
use crate::ui::article::section::{Section, height_class};
use pullquote_app::editor::view::reading::Drawing;
use pullquote_core::model::article::Article;

use std::rc::Rc;
use yew::prelude::*;

/// Sections that get their text with every frame after the first, until all have it.
const TEXTS: usize = 64;

/// Sections that get their marks with every frame after that.
const MARKED: usize = 2;

#[derive(PartialEq, Properties)]
pub(crate) struct SectionsProps {
    pub(crate) article: Rc<Article>,
    pub(crate) drawing: Rc<Drawing>,
    /// The element that they stand in.
    pub(crate) page: NodeRef,
}

/// How far the article is drawn.
#[derive(Clone, Copy, PartialEq)]
struct Drawn {
    /// Sections that have their text.
    texts: usize,
    /// Sections that have their marks too.
    marked: usize,
}

/// The sections: first those that the reader sees, with their marks; with the next few
/// frames the text of all others, so that the browser finds, selects and prints all of it;
/// then their marks, a few sections a frame. One that is empty has the height that it may
/// have: so the page is as long as it will be, and the reader can go anywhere.
#[component]
pub(crate) fn Sections(props: &SectionsProps) -> Html {
    let all = props.drawing.sections();
    let start_of = |place: usize| {
        let first = props.drawing.blocks(place).first();
        first.and_then(|block| props.article.offsets().utf16(block.span.start()))
    };
    // At once: the section where the reader is, which is more than any screen shows; and
    // the one before it, whose height the place on the screen depends on.
    let (from, first) = {
        let id = props.article.id;
        *use_state(|| {
            let start = reading_position::block_start(id).unwrap_or(0);
            let begun = |place: &usize| start_of(*place).is_none_or(|it| it.0 <= start);
            let at = (0..all).take_while(begun).count().saturating_sub(1);
            let from = at.saturating_sub(1);
            (from, at - from + 1)
        })
    };
    let drawn = use_state_eq(|| Drawn {
        texts: 0,
        marked: first,
    });
    {
        let (article, drawing) = (props.article.clone(), props.drawing.clone());
        let (page, set) = (props.page.clone(), drawn.setter());
        use_effect_with((*drawn, all), move |(drawn, all)| {
            let (drawn, all) = (*drawn, *all);
            let next = move || {
                let texts = drawn.texts + TEXTS;
                for rank in drawn.texts..texts.min(all) {
                    let place = place_of(rank, from, all);
                    blocks::fill(page.get(), place, &article, drawing.blocks(place));
                }
                set.set(if drawn.texts < all {
                    Drawn { texts, ..drawn }
                } else {
                    let marked = drawn.marked + MARKED;
                    Drawn { marked, ..drawn }
                });
            };
            let frame = (drawn.marked < all).then(|| clock::next_frame(next));
            move || drop(frame)
        });
    }
    {
        let set = drawn.setter();
        use_effect_with(all, move |all| {
            let whole = Drawn {
                texts: *all,
                marked: *all,
            };
            let listener = print::listen(move || set.set(whole));
            move || drop(listener)
        });
    }
    html! {
        for place in 0..all {
            if rank_of(place, from, all) < drawn.marked {
                <Section
                    key={place}
                    article={props.article.clone()}
                    section={props.drawing.section(place)}
                    height={props.drawing.height_step(place)}
                />
            } else {
                <div key={place} class={classes!("section", "plain", height_class(props.drawing.height_step(place)))} data-from={start_of(place).map(|it| it.0.to_string())} />
            }
        }
    }
}

/// When the section at `place` of `all` is drawn, where `from` is looked at: from there
/// on down to the end, then from there up to the beginning.
fn rank_of(place: usize, from: usize, all: usize) -> usize {
    if place >= from {
        place - from
    } else {
        all - 1 - place
    }
}

/// The place of the section that is drawn at `rank`.
fn place_of(rank: usize, from: usize, all: usize) -> usize {
    if from + rank < all {
        from + rank
    } else {
        all - 1 - rank
    }
}

#[cfg(test)]
mod tests {
    use super::{place_of, rank_of};

    #[test]
    fn what_is_looked_at_comes_first_then_what_follows_then_what_is_before() {
        let ranks: Vec<usize> = (0..5).map(|place| rank_of(place, 2, 5)).collect();
        assert_eq!(ranks, [4, 3, 0, 1, 2]);
        let places: Vec<usize> = ranks.iter().map(|rank| place_of(*rank, 2, 5)).collect();
        assert_eq!(places, [0, 1, 2, 3, 4]);
        let ranks: Vec<usize> = (0..3).map(|place| rank_of(place, 0, 3)).collect();
        assert_eq!(ranks, [0, 1, 2]);
    }
}
