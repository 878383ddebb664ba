//! How many of some buttons have room in a few rows.

use crate::browser::page::element_size;
use yew::prelude::*;

/// How many children of `parent` of the class `with-tip` have room in its first `rows` rows,
/// with `reserve` pixels left after the last for a button that leads to the others. It is
/// measured with all of them drawn, before the browser paints, when `what` they are or the
/// width of the parent changes.
#[hook]
pub(crate) fn use_fitting<T>(parent: &NodeRef, what: T, rows: usize, reserve: f64) -> usize
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
    let what = (what, *width);
    let measured = use_state_eq(|| None::<((T, i32), usize)>);
    let known = match &*measured {
        Some((of, shown)) if *of == what => Some(*shown),
        _ => None,
    };
    let (set, parent) = (measured.setter(), parent.clone());
    use_effect_with((what, known.is_some()), move |(what, is_known)| {
        if !is_known {
            let shown = element_size::fitting_children(parent.get(), ".with-tip", rows, reserve);
            set.set(Some((what.clone(), shown)));
        }
    });
    known.unwrap_or(usize::MAX)
}
