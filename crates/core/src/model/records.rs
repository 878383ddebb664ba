//! Lists of records in the order of their ids. The functions take the field that holds the id.

use crate::model::error::ModelError;
use crate::model::id::Id;
use crate::sorted;

use std::rc::Rc;

/// Sorts records by id. Fails if an id occurs twice.
pub(crate) fn sorted_by_id<T>(
    records: Vec<T>,
    id: impl Fn(&T) -> Id,
) -> Result<Vec<Rc<T>>, ModelError> {
    let records = records.into_iter().map(Rc::new);
    let records = sorted::collect_sorted(records, |a, b| id(a).cmp(&id(b)));
    match records.windows(2).find(|pair| id(&pair[0]) == id(&pair[1])) {
        Some(pair) => Err(ModelError::Twice(id(&pair[0]).to_string())),
        None => Ok(records),
    }
}

/// The record with the id `wanted`.
pub(crate) fn find<T>(records: &[Rc<T>], wanted: Id, id: impl Fn(&T) -> Id) -> Option<&Rc<T>> {
    records
        .binary_search_by_key(&wanted, |record| id(record))
        .ok()
        .map(|index| &records[index])
}

/// Inserts a record, or replaces the one with its id, which is returned.
pub(crate) fn put<T>(
    records: &mut Vec<Rc<T>>,
    record: Rc<T>,
    id: impl Fn(&T) -> Id,
) -> Option<Rc<T>> {
    match records.binary_search_by_key(&id(&record), |other| id(other)) {
        Ok(index) => Some(std::mem::replace(&mut records[index], record)),
        Err(index) => {
            records.insert(index, record);
            None
        }
    }
}

/// Removes the record with the id `wanted` and returns it.
pub(crate) fn take<T>(
    records: &mut Vec<Rc<T>>,
    wanted: Id,
    id: impl Fn(&T) -> Id,
) -> Option<Rc<T>> {
    records
        .binary_search_by_key(&wanted, |record| id(record))
        .ok()
        .map(|index| records.remove(index))
}
