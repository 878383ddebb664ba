//! A button that moves an item of a list one place up or down.

use crate::ui::controls::icon::{Icon, icon};
use yew::prelude::*;

/// Which way an item moves.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Move {
    Up,
    Down,
}

/// Moves the item called `name` from `index` in a list of `count` items. The button is
/// disabled where the item cannot move further. `on_move` is told the new index.
pub(crate) fn move_button(
    direction: Move,
    name: &str,
    index: usize,
    count: usize,
    on_move: &Callback<usize>,
) -> Html {
    let (word, symbol, target) = match direction {
        Move::Up => ("up", Icon::Up, index.checked_sub(1)),
        Move::Down => ("down", Icon::Down, Some(index + 1).filter(|to| *to < count)),
    };
    let to = target.unwrap_or(0);
    let press = on_move.reform(move |_: MouseEvent| to);
    html! {
        <button class="ghost small" aria-label={format!("Move {name} {word}")} title={format!("Move {word}")} disabled={target.is_none()} onclick={press}>{ icon(symbol) }</button>
    }
}
