//! The marks of a document in order, and where two states of it differ.

use crate::model::annotation::Annotation;
use crate::model::id::Id;
use crate::sorted;

use std::cmp::Ordering;
use std::ops::Range;
use std::rc::Rc;

/// Marks in document order.
///
/// Their ids are kept in a separate list: a mark is found by scanning 16 bytes per mark, without
/// visiting the memory of every mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    // Invariant: in document order; `ids[i]` is the id of `list[i]`.
    list: Vec<Rc<Annotation>>,
    ids: Vec<Id>,
}

/// The ranges in which two lists of marks differ, without the items that both share at their
/// start and at their end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Differing {
    /// Indices in the older list.
    pub(crate) old: Range<usize>,
    /// Indices in the newer list.
    pub(crate) new: Range<usize>,
}

impl Marks {
    /// Sorts these marks.
    pub(crate) fn new(marks: impl IntoIterator<Item = Annotation>) -> Self {
        let marks = marks.into_iter().map(Rc::new);
        let list = sorted::collect_sorted(marks, |a, b| a.order(b));
        let ids = list.iter().map(|mark| mark.id).collect();
        Self { list, ids }
    }

    pub(crate) fn as_slice(&self) -> &[Rc<Annotation>] {
        &self.list
    }

    pub(crate) fn index_of(&self, id: Id) -> Option<usize> {
        self.ids.iter().position(|other| *other == id)
    }

    /// Inserts a mark where the order wants it.
    pub(crate) fn insert(&mut self, mark: Rc<Annotation>) {
        let index = self
            .list
            .partition_point(|other| other.order(&mark).is_lt());
        self.ids.insert(index, mark.id);
        self.list.insert(index, mark);
    }

    /// Replaces the mark at `index` by `mark`, which has the same id, and returns the old one.
    /// If the order changes, it moves.
    pub(crate) fn replace(&mut self, index: usize, mark: Rc<Annotation>) -> Rc<Annotation> {
        let before = index
            .checked_sub(1)
            .and_then(|before| self.list.get(before));
        let behind = self.list.get(index + 1);
        let stays = before.is_none_or(|before| before.order(&mark).is_lt())
            && behind.is_none_or(|behind| mark.order(behind).is_lt());
        if stays {
            return std::mem::replace(&mut self.list[index], mark);
        }
        let old = self.remove(index);
        self.insert(mark);
        old
    }

    /// Removes the mark at `index` and returns it.
    pub(crate) fn remove(&mut self, index: usize) -> Rc<Annotation> {
        self.ids.remove(index);
        self.list.remove(index)
    }

    /// Where this list and `newer` differ: the items before and after those ranges are shared.
    pub(crate) fn differing(&self, newer: &Self) -> Differing {
        let pairs = self.list.iter().zip(&newer.list);
        let before = pairs.take_while(|(a, b)| Rc::ptr_eq(a, b)).count();
        let (old, new) = (&self.list[before..], &newer.list[before..]);
        let pairs = old.iter().rev().zip(new.iter().rev());
        let behind = pairs.take_while(|(a, b)| Rc::ptr_eq(a, b)).count();
        Differing {
            old: before..self.list.len() - behind,
            new: before..newer.list.len() - behind,
        }
    }
}

impl Differing {
    /// Calls `found` for each mark in these ranges: with its index in the older list alone if
    /// the newer lacks it, with its index in the newer list alone if the older lacks it, and
    /// with both if both have it. A changed mark counts as one removed and one added.
    pub(crate) fn each(
        &self,
        (old, new): (&Marks, &Marks),
        mut found: impl FnMut(Option<usize>, Option<usize>),
    ) {
        let (mut a, mut b) = (self.old.clone(), self.new.clone());
        while let (Some(was), Some(is)) = (a.clone().next(), b.clone().next()) {
            let (before, after) = (&old.list[was], &new.list[is]);
            if Rc::ptr_eq(before, after) {
                found(Some(was), Some(is));
                (a.start, b.start) = (was + 1, is + 1);
                continue;
            }
            let order = before.order(after);
            if order != Ordering::Greater {
                found(Some(was), None);
                a.start += 1;
            }
            if order != Ordering::Less {
                found(None, Some(is));
                b.start += 1;
            }
        }
        a.for_each(|was| found(Some(was), None));
        b.for_each(|is| found(None, Some(is)));
    }
}
