//! Long lists are mounted a few parts a frame, what the reader looks at first.

use crate::browser::clock;
use yew::prelude::*;

/// How many of `all` parts are mounted: `first` at once, and `step` more with every frame
/// until all are. They never become fewer.
#[hook]
pub(super) fn use_growing(all: usize, first: usize, step: usize) -> usize {
    let mounted = use_state_eq(|| first);
    let so_far = *mounted;
    use_effect_with((so_far, all), move |(so_far, all)| {
        let next = *so_far + step;
        let frame = (*so_far < *all).then(|| clock::next_frame(move || mounted.set(next)));
        move || drop(frame)
    });
    so_far.min(all)
}

/// When the part at `place` of `all` is mounted, where `from` is looked at: from there on
/// down to the end, then from there up to the beginning.
pub(super) fn rank(place: usize, from: usize, all: usize) -> usize {
    if place >= from {
        place - from
    } else {
        all - 1 - place
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn what_is_looked_at_comes_first_then_what_follows_then_what_is_before() {
        let ranks: Vec<usize> = (0..5).map(|place| rank(place, 2, 5)).collect();
        assert_eq!(ranks, [4, 3, 0, 1, 2]);
        let ranks: Vec<usize> = (0..3).map(|place| rank(place, 0, 3)).collect();
        assert_eq!(ranks, [0, 1, 2]);
    }
}
