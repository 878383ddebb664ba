//! The marks of a document in their order, and where two states of it differ.

use crate::model::annotation::Annotation;
use crate::model::id::Id;
use crate::sorted;

use std::cmp::Ordering;
use std::ops::Range;
use std::rc::Rc;

/// Marks in document order.
///
/// The ids stand beside them in a list of their own: a mark is found by its id by looking
/// through 16 bytes a mark, not through as many places in memory as there are marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    // Invariant: in document order; `ids[i]` is the id of `list[i]`.
    list: Vec<Rc<Annotation>>,
    ids: Vec<Id>,
}

/// The places of two lists of marks that are not the very same at both ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Differing {
    /// Places in the older list.
    pub(crate) old: Range<usize>,
    /// Places in the newer list.
    pub(crate) new: Range<usize>,
}

impl Marks {
    /// These marks, put in order.
    pub(crate) fn of(marks: impl IntoIterator<Item = Annotation>) -> Self {
        let marks = marks.into_iter().map(Rc::new);
        let list = sorted::collect_sorted(marks, |a, b| a.order(b));
        let ids = list.iter().map(|mark| mark.id).collect();
        Self { list, ids }
    }

    pub(crate) fn as_slice(&self) -> &[Rc<Annotation>] {
        &self.list
    }

    pub(crate) fn place_of(&self, id: Id) -> Option<usize> {
        self.ids.iter().position(|other| *other == id)
    }

    /// Puts a mark in its place.
    pub(crate) fn insert(&mut self, mark: Rc<Annotation>) {
        let place = self
            .list
            .partition_point(|other| other.order(&mark).is_lt());
        self.ids.insert(place, mark.id);
        self.list.insert(place, mark);
    }

    /// Puts a mark in for the one at `place`, which has its id; mostly it stays there.
    pub(crate) fn replace(&mut self, place: usize, mark: Rc<Annotation>) -> Rc<Annotation> {
        let before = place
            .checked_sub(1)
            .and_then(|before| self.list.get(before));
        let behind = self.list.get(place + 1);
        let stays = before.is_none_or(|before| before.order(&mark).is_lt())
            && behind.is_none_or(|behind| mark.order(behind).is_lt());
        if stays {
            return std::mem::replace(&mut self.list[place], mark);
        }
        let old = self.remove(place);
        self.insert(mark);
        old
    }

    /// Takes the mark at `place` out.
    pub(crate) fn remove(&mut self, place: usize) -> Rc<Annotation> {
        self.ids.remove(place);
        self.list.remove(place)
    }

    /// Where `crate::model::marks`, the older, and `newer` differ: what is before and behind is shared.
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
    /// Calls `found` with the place in the older list of each mark that the newer has not,
    /// with the place in the newer of each that the older has not, with both places of one
    /// that both have. Two states of one mark are one gone and one come.
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
