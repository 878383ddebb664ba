//! Which rows of a long list are mounted.

use std::ops::Range;

/// The visible part of a long list of which only some rows are mounted.
#[derive(Clone, Debug, PartialEq)]
pub struct Viewport {
    /// The height of the visible part, in pixels.
    pub view: f64,
    /// How far the list is scrolled, in pixels.
    pub scrolled: f64,
    /// The visible rows, counted from the first mounted one; `None` if the list was scrolled to a
    /// part without mounted rows.
    pub lines: Option<Range<usize>>,
    /// Whether the list is scrolled to its end.
    pub at_end: bool,
}

/// The rows to mount of a list of `all` rows, if `mounted` are mounted now and a row is about
/// `height` pixels high. The rows extend beyond the visible part by its size at both ends. Nothing
/// changes as long as they extend by a third of that.
#[must_use]
pub fn window(all: usize, mounted: &Range<usize>, seen: &Viewport, height: f64) -> Range<usize> {
    let height = height.max(1.0);
    let page = (seen.view / height).ceil() as usize + 1;
    let first = match &seen.lines {
        Some(lines) => mounted.start + lines.start,
        // Heights are estimates, but the end is known.
        None if seen.at_end => all.saturating_sub(page),
        None => (seen.scrolled / height) as usize,
    };
    let first = first.min(all);
    let last = match &seen.lines {
        Some(lines) => mounted.start + lines.end,
        None => first + page,
    };
    let reaching = |more: usize| first.saturating_sub(more)..(last + more).min(all);
    let least = reaching(page / 3);
    if mounted.start <= least.start && mounted.end >= least.end && mounted.end <= all {
        return mounted.clone();
    }
    reaching(page)
}

#[cfg(test)]
mod tests {
    use super::{Viewport, window};
    use proptest::prelude::*;

    fn seen(lines: std::ops::Range<usize>) -> Viewport {
        Viewport {
            view: 400.0,
            scrolled: 0.0,
            lines: Some(lines),
            at_end: false,
        }
    }

    #[test]
    fn a_short_list_is_mounted_whole() {
        assert_eq!(window(12, &(0..12), &seen(0..10), 40.0), 0..12);
        assert_eq!(window(12, &(0..4), &seen(0..4), 40.0), 0..12);
    }

    #[test]
    fn scrolling_on_mounts_more_before_the_end_is_seen() {
        assert_eq!(window(1_000, &(0..30), &seen(2..12), 40.0), 0..30);
        assert_eq!(window(1_000, &(0..30), &seen(18..28), 40.0), 7..39);
    }

    #[test]
    fn a_jump_mounts_what_is_there() {
        let jump = Viewport {
            view: 400.0,
            scrolled: 20_000.0,
            lines: None,
            at_end: false,
        };
        assert_eq!(window(1_000, &(0..30), &jump, 40.0), 489..522);
        let end = Viewport {
            at_end: true,
            ..jump
        };
        assert_eq!(window(1_000, &(0..30), &end, 40.0), 978..1_000);
    }

    proptest! {
        /// What is asked for again with the same view stays, and is in the list.
        #[test]
        fn the_window_settles(
            all in 0_usize..500,
            from in 0_usize..500,
            length in 0_usize..100,
            at in 0_usize..100,
            lines in 0_usize..40,
        ) {
            let mounted = from.min(all)..(from + length).min(all);
            let at = at.min(mounted.len());
            let lines = at..(at + lines).min(mounted.len());
            let seen = Viewport { view: 400.0, scrolled: 0.0, lines: Some(lines.clone()), at_end: false };
            let next = window(all, &mounted, &seen, 40.0);
            prop_assert!(next.start <= next.end && next.end <= all);
            let first = mounted.start + lines.start;
            prop_assert!(next.start <= first && next.end >= mounted.start + lines.end);
            let moved = first - next.start..mounted.start + lines.end - next.start;
            let again = Viewport { lines: Some(moved), ..seen };
            prop_assert_eq!(window(all, &next, &again, 40.0), next);
        }
    }
}
