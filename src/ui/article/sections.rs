//! All sections of the article. Those that the reader sees are drawn first.

use crate::browser::clock;
use crate::browser::page::{blocks, print, reading_position};
use crate::ui::article::section::{Section, height_class};
use pullquote_app::action::Action;
use pullquote_app::editor::view::reading::Drawing;
use pullquote_core::model::article::Article;
use std::rc::Rc;
use yew::prelude::*;

/// How many sections get their text in each frame after the first, until all have it.
const TEXTS_PER_FRAME: usize = 64;

/// How many sections get their marks in each frame after that.
const MARKED_PER_FRAME: usize = 2;

#[derive(PartialEq, Properties)]
pub(crate) struct SectionsProps {
    pub(crate) article: Rc<Article>,
    pub(crate) drawing: Rc<Drawing>,
    /// How many words the article has.
    pub(crate) words: usize,
    /// Whether an earlier version is shown, which cannot be changed.
    pub(crate) is_past: bool,
    pub(crate) on: Callback<Action>,
    /// The element that contains them.
    pub(crate) page: NodeRef,
}

/// How much of the article is drawn.
#[derive(Clone, Copy, PartialEq)]
struct Drawn {
    /// How many sections have their text.
    texts: usize,
    /// How many sections also have their marks.
    marked: usize,
}

/// The sections. First those that the reader sees, with their marks. In the next few frames
/// the text of all others, so that the browser can find, select and print the whole article.
/// Then their marks, a few sections per frame. An empty section has its expected height: the
/// page has about its final length, and the reader can go anywhere.
#[component]
pub(crate) fn Sections(props: &SectionsProps) -> Html {
    let all = props.drawing.sections();
    let start_of = |index: usize| {
        let first = props.drawing.blocks(index).first();
        first.and_then(|block| props.article.offsets().utf16(block.span.start()))
    };
    // Drawn at once: the section that the reader is in, which is longer than any screen, and
    // the one before it, since its height decides what the screen shows.
    let (from, first) = {
        let id = props.article.id;
        *use_state(|| {
            let position = reading_position::block_start(id).unwrap_or(0);
            let is_before =
                |index: &usize| start_of(*index).is_none_or(|start| start.0 <= position);
            let current = (0..all).take_while(is_before).count().saturating_sub(1);
            let from = current.saturating_sub(1);
            (from, current - from + 1)
        })
    };
    let drawn = use_drawn(props, from, first);
    html! {
        for index in 0..all {
            if rank_of(index, from, all) < drawn.marked {
                <Section
                    key={index}
                    article={props.article.clone()}
                    section={props.drawing.section(index)}
                    height={props.drawing.height_step(index)}
                    is_first={index == 0}
                    words={props.words} is_past={props.is_past}
                    on={props.on.clone()}
                />
            } else {
                <div key={index} class={classes!("section", "plain", height_class(props.drawing.height_step(index)))} data-from={start_of(index).map(|start| start.0.to_string())} />
            }
        }
    }
}

/// Draws more with each frame, starting at the section `from`, until the whole article is
/// drawn; draws all at once before printing. `first` sections have their marks from the start.
#[hook]
fn use_drawn(props: &SectionsProps, from: usize, first: usize) -> Drawn {
    let all = props.drawing.sections();
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
                let texts = drawn.texts + TEXTS_PER_FRAME;
                for rank in drawn.texts..texts.min(all) {
                    let index = index_at(rank, from, all);
                    blocks::fill(page.get(), index, &article, drawing.blocks(index));
                }
                set.set(if drawn.texts < all {
                    Drawn { texts, ..drawn }
                } else {
                    let marked = drawn.marked + MARKED_PER_FRAME;
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
    *drawn
}

/// The rank at which a section is drawn when the reader is at `from`: first from there down to
/// the end, then from there up to the beginning.
fn rank_of(index: usize, from: usize, all: usize) -> usize {
    if index >= from {
        index - from
    } else {
        all - 1 - index
    }
}

/// The index of the section that is drawn at `rank`: the inverse of [`rank_of`].
fn index_at(rank: usize, from: usize, all: usize) -> usize {
    if from + rank < all {
        from + rank
    } else {
        all - 1 - rank
    }
}

#[cfg(test)]
mod tests {
    use super::{index_at, rank_of};

    #[test]
    fn sections_are_drawn_from_the_reader_down_then_up() {
        let ranks: Vec<usize> = (0..5).map(|index| rank_of(index, 2, 5)).collect();
        assert_eq!(ranks, [4, 3, 0, 1, 2]);
        let indices: Vec<usize> = ranks.iter().map(|rank| index_at(*rank, 2, 5)).collect();
        assert_eq!(indices, [0, 1, 2, 3, 4]);
        let ranks: Vec<usize> = (0..3).map(|index| rank_of(index, 0, 3)).collect();
        assert_eq!(ranks, [0, 1, 2]);
    }
}
