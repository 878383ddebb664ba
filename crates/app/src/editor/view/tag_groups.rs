//! The tags of a large codebook, to choose from: those used last, then all in their groups; or
//! those whose names contain what is typed.

use crate::messages::editor;
use pullquote_core::analysis::case_folding::fold_case;
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::id::Slug;

use std::rc::Rc;

/// Tags under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagGroup {
    /// The heading; empty where there is none.
    pub heading: String,
    /// The tags.
    pub tags: Vec<Rc<Tag>>,
}

/// The group of a tag and its name in it: "Economy: banks", "Economy / banks" and
/// "Economy::banks" are "banks" in "Economy". `None` for a name without a group.
#[must_use]
pub fn group_of(name: &str) -> Option<(&str, &str)> {
    let parted = ["::", ": ", " / ", " > ", "/"];
    let mut parted = parted.iter().filter_map(|mark| name.split_once(mark));
    let (group, rest) =
        parted.find(|(group, rest)| !group.trim().is_empty() && !rest.trim().is_empty())?;
    Some((group.trim(), rest.trim()))
}

/// The tags whose names contain all words of `typed`; names that begin with it come first. If
/// nothing is typed: the `recent` tags, then all tags in the order of the codebook, with those of
/// a group together.
#[must_use]
pub fn tag_groups(book: &Codebook, recent: &[Slug], typed: &str) -> Vec<TagGroup> {
    let typed = fold_case(typed.trim());
    if !typed.is_empty() {
        let (mut first, mut others) = (Vec::new(), Vec::new());
        for tag in book.tags() {
            let name = fold_case(&tag.name);
            let inner = group_of(&tag.name).map(|(_, inner)| fold_case(inner));
            if name.starts_with(&typed) || inner.is_some_and(|inner| inner.starts_with(&typed)) {
                first.push(tag.clone());
            } else if typed.split_whitespace().all(|word| name.contains(word)) {
                others.push(tag.clone());
            }
        }
        first.append(&mut others);
        return grouped(String::new(), first).into_iter().collect();
    }
    let recent: Vec<Rc<Tag>> = recent
        .iter()
        .filter_map(|id| book.tag(id).cloned())
        .collect();
    let mut groups: Vec<TagGroup> = grouped(editor::USED_LAST.to_owned(), recent)
        .into_iter()
        .collect();
    let mut all: Vec<TagGroup> = Vec::new();
    for tag in book.tags() {
        let heading = group_of(&tag.name).map_or("", |(group, _)| group);
        match all.iter_mut().find(|group| group.heading == heading) {
            Some(group) => group.tags.push(tag.clone()),
            None => all.push(TagGroup {
                heading: heading.to_owned(),
                tags: vec![tag.clone()],
            }),
        }
    }
    if let (false, [only]) = (groups.is_empty(), all.as_mut_slice())
        && only.heading.is_empty()
    {
        editor::ALL_TAGS.clone_into(&mut only.heading);
    }
    groups.append(&mut all);
    groups
}

fn grouped(heading: String, tags: Vec<Rc<Tag>>) -> Option<TagGroup> {
    (!tags.is_empty()).then_some(TagGroup { heading, tags })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::{group_of, tag_groups};
    use pullquote_core::model::codebook::Codebook;
    use pullquote_core::model::id::Slug;

    fn book(names: &[&str]) -> Codebook {
        let mut book = Codebook::empty("b".to_owned());
        for name in names {
            let tag = book.new_tag(name).unwrap();
            book = book.with_tag(tag, usize::MAX).unwrap();
        }
        book
    }

    fn shown(book: &Codebook, recent: &[&str], typed: &str) -> Vec<String> {
        let recent: Vec<Slug> = recent.iter().map(|id| id.parse().unwrap()).collect();
        let groups = tag_groups(book, &recent, typed).into_iter();
        let lines = groups.map(|group| {
            let names: Vec<&str> = group.tags.iter().map(|tag| tag.name.as_str()).collect();
            format!("{}| {}", group.heading, names.join(", "))
        });
        lines.collect()
    }

    #[test]
    fn a_name_may_begin_with_its_group() {
        assert_eq!(group_of("Economy: banks"), Some(("Economy", "banks")));
        assert_eq!(group_of("Economy/banks"), Some(("Economy", "banks")));
        assert_eq!(group_of("معیشت / بینک"), Some(("معیشت", "بینک")));
        assert_eq!(
            (group_of("10:30"), group_of("Call:"), group_of("Actor")),
            (None, None, None)
        );
    }

    #[test]
    fn tags_stand_in_their_groups_and_those_used_last_come_first() {
        let book = book(&["Actor", "Economy: banks", "رہنما", "Economy: work 🙂"]);
        assert_eq!(
            shown(&book, &["رہنما"], ""),
            [
                "Used last| رہنما",
                "| Actor, رہنما",
                "Economy| Economy: banks, Economy: work 🙂"
            ]
        );
        assert_eq!(shown(&book, &[], "WORK"), ["| Economy: work 🙂"]);
        assert_eq!(shown(&book, &[], "a"), ["| Actor, Economy: banks"]);
        assert_eq!(shown(&book, &[], "economy b"), ["| Economy: banks"]);
        assert_eq!(shown(&book, &[], "x"), [""; 0]);
    }
}
