//! How many of a row of buttons fit into a few lines.

use crate::browser::page::element_size;
use yew::prelude::*;

/// How many children of `parent` with the class `with-tip` fit into its first `rows` rows,
/// with `reserve` pixels left after the last one for a button that leads to the others.
///
/// It is measured when the width of the parent or `content` changes: all children are drawn
/// (the result is `usize::MAX`), and measured before the browser paints them.
#[hook]
pub(crate) fn use_visible_count<T>(parent: &NodeRef, content: T, rows: usize, reserve: f64) -> usize
where
    T: Clone + PartialEq + 'static,
{
    let width = use_state_eq(|| 0);
    {
        let (width, parent) = (width.setter(), parent.clone());
        use_effect_with((), move |()| {
            let watch = element_size::watch(parent.get(), move |now| width.set(now));
            move || drop(watch)
        });
    }
    let key = (content, *width);
    let measured = use_state_eq(|| None::<((T, i32), usize)>);
    let known = match &*measured {
        Some((measured_key, count)) if *measured_key == key => Some(*count),
        _ => None,
    };
    let (set, parent) = (measured.setter(), parent.clone());
    use_effect_with((key, known.is_some()), move |(key, is_known)| {
        if !is_known {
            let count = element_size::fitting_children(parent.get(), ".with-tip", rows, reserve);
            set.set(Some((key.clone(), count)));
        }
    });
    known.unwrap_or(usize::MAX)
}
