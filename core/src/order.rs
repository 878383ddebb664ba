//! Lists that are kept in a stated order, by putting each thing in its place.
//!
//! Where the things come in that order already, as they do from our own files,
//! each is put at the end, and the list is made in linear time. A general sort
//! would be faster only on lists in disorder, and adds some seven kilobytes to
//! the app for every type it sorts (measured on 2026-11-24).

use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Puts `item` in its place, after those that are equal to it.
pub fn insert<T>(list: &mut Vec<T>, item: T, order: impl Fn(&T, &T) -> Ordering) {
    let place = match list.last() {
        Some(last) if order(last, &item).is_gt() => {
            list.partition_point(|other| order(other, &item).is_le())
        }
        _ => list.len(),
    };
    list.insert(place, item);
}

/// These things as a list in order.
pub fn collect<T>(
    items: impl IntoIterator<Item = T>,
    order: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    let items = items.into_iter();
    let mut list = Vec::with_capacity(items.size_hint().0);
    for item in items {
        insert(&mut list, item, &order);
    }
    list
}

/// These pairs as a map; of two with one key the later counts.
///
/// A map that is collected from an iterator sorts it first, with three kilobytes of code
/// for every type (measured on 2026-11-24): here each pair is put in its place.
pub fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in pairs {
        map.insert(key, value);
    }
    map
}

#[cfg(test)]
mod tests {
    use super::collect;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_list_is_as_a_stable_sort_has_it(items in proptest::collection::vec(any::<(u8, u8)>(), 0..60)) {
            let mut sorted = items.clone();
            sorted.sort_by_key(|item| item.0);
            prop_assert_eq!(collect(items, |a, b| a.0.cmp(&b.0)), sorted);
        }
    }
}
