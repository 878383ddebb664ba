//! Sorted lists, and a map in one sorted list.
//!
//! Items are inserted one by one. If they arrive in order, as they do from our own files, each
//! is appended and the list is made in linear time. A general sort would be faster only for
//! unsorted lists, and adds some seven kilobytes to the app for every type that it sorts
//! (measured on 2026-11-24).

use std::cmp::Ordering;

/// Inserts `item` into a sorted list, after the items that are equal to it.
pub fn insert_sorted<T>(list: &mut Vec<T>, item: T, order: impl Fn(&T, &T) -> Ordering) {
    let index = match list.last() {
        Some(last) if order(last, &item).is_gt() => {
            list.partition_point(|other| order(other, &item).is_le())
        }
        _ => list.len(),
    };
    list.insert(index, item);
}

/// Collects items into a sorted list. Equal items keep their order.
pub fn collect_sorted<T>(
    items: impl IntoIterator<Item = T>,
    order: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    let items = items.into_iter();
    let mut list = Vec::with_capacity(items.size_hint().0);
    for item in items {
        insert_sorted(&mut list, item, &order);
    }
    list
}

/// A map in one list that is sorted by key.
///
/// Inserting one pair takes linear time, which is as fast as a tree for the few hundred items
/// that the app has of most kinds. To insert many, use [`vec_map`], which sorts them. A tree
/// adds some five kilobytes of code for every type of key and value (measured on 2026-11-24).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VecMap<K, V>(Vec<(K, V)>); // Invariant: keys ascend, none is there twice.

impl<K, V> Default for VecMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> VecMap<K, V> {
    /// An empty map.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of pairs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the map is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The index of a key, or the index where it would be inserted.
    fn index(&self, key: &K) -> Result<usize, usize> {
        match self.0.last() {
            Some((last, _)) if last >= key => self.0.binary_search_by(|(other, _)| other.cmp(key)),
            _ => Err(self.0.len()),
        }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&V> {
        self.index(key).ok().map(|index| &self.0[index].1)
    }

    /// The value of a key, mutable.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.index(key).ok().map(|index| &mut self.0[index].1)
    }

    /// Whether the key has a value.
    #[must_use]
    pub fn contains_key(&self, key: &K) -> bool {
        self.index(key).is_ok()
    }

    /// Sets the value of a key and returns the old one.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.index(&key) {
            Ok(index) => Some(std::mem::replace(&mut self.0[index].1, value)),
            Err(index) => {
                self.0.insert(index, (key, value));
                None
            }
        }
    }

    /// Removes a key and returns its value.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        self.index(key).ok().map(|index| self.0.remove(index).1)
    }

    /// The value of a key, mutable; inserts the default value if there is none.
    pub fn or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let index = match self.index(&key) {
            Ok(index) => index,
            Err(index) => {
                self.0.insert(index, (key, V::default()));
                index
            }
        };
        &mut self.0[index].1
    }

    /// Keeps only the pairs for which `keeps` returns true.
    pub fn retain(&mut self, keeps: impl Fn(&K, &V) -> bool) {
        self.0.retain(|(key, value)| keeps(key, value));
    }

    /// Keys with their values, in order.
    pub fn iter(&self) -> Iter<'_, K, V> {
        self.into_iter()
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }
}

/// Iterator over keys with their values, in order.
pub type Iter<'a, K, V> = std::iter::Map<std::slice::Iter<'a, (K, V)>, fn(&(K, V)) -> (&K, &V)>;

impl<'a, K, V> IntoIterator for &'a VecMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

impl<K, V> IntoIterator for VecMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Collects pairs into a map; if two have the same key, the later one wins.
pub fn vec_map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> VecMap<K, V> {
    let mut pairs: Vec<Option<(K, V)>> = pairs.into_iter().map(Some).collect();
    let key = |index: usize| pairs[index].as_ref().map(|(key, _)| key);
    let indices = sorted(pairs.len(), &|a, b| key(a).cmp(&key(b)));
    let mut map = VecMap::new();
    for index in indices {
        // Each index comes up once; the pair is appended.
        if let Some((key, value)) = pairs[index].take() {
            map.insert(key, value);
        }
    }
    map
}

/// The indices `0..count`, sorted stably by `order`. It works on indices so that one sort is
/// compiled for all types.
fn sorted(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..count).collect();
    if (1..count).any(|index| order(index - 1, index).is_gt()) {
        indices.sort_by(|a, b| order(*a, *b));
    }
    indices
}

#[cfg(test)]
mod tests {
    use super::{VecMap, collect_sorted, vec_map};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn a_list_equals_a_stable_sort(items in proptest::collection::vec(any::<(u8, u8)>(), 0..60)) {
            let mut sorted = items.clone();
            sorted.sort_by_key(|item| item.0);
            prop_assert_eq!(collect_sorted(items, |a, b| a.0.cmp(&b.0)), sorted);
        }

        #[test]
        fn a_map_equals_a_tree(deeds in proptest::collection::vec(any::<(u8, Option<u8>)>(), 0..80)) {
            let (mut list, mut tree) = (VecMap::new(), BTreeMap::new());
            for (key, value) in &deeds {
                let key = key % 16;
                prop_assert_eq!(list.get(&key), tree.get(&key));
                prop_assert_eq!(list.contains_key(&key), tree.contains_key(&key));
                match value {
                    Some(value) => prop_assert_eq!(list.insert(key, *value), tree.insert(key, *value)),
                    None => prop_assert_eq!(list.remove(&key), tree.remove(&key)),
                }
                *list.or_default(key / 2) = 7;
                *tree.entry(key / 2).or_default() = 7;
                prop_assert!(list.iter().eq(tree.iter()));
                prop_assert_eq!((list.len(), list.is_empty()), (tree.len(), tree.is_empty()));
            }
            prop_assert!(list.keys().eq(tree.keys()) && list.values().eq(tree.values()));
            prop_assert_eq!(&vec_map(list.iter().rev()), &vec_map(list.iter()));
            prop_assert!(list.into_iter().eq(tree));
        }
    }
}
