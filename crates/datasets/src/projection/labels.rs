//! Labels: the names of tags and of kinds of relation, as every format can write them.

use crate::encoding::xml::can_hold;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::id::Slug;
use pullquote_core::text::shortened::one_line;

/// The label of each tag: its name on one line, in characters that every format can write. Its
/// id is added if another tag has the same name.
pub(crate) fn tag_labels(codebook: &Codebook) -> Vec<String> {
    let tags = codebook.tags().iter();
    distinct(tags.map(|tag| (tag.name.as_str(), &tag.id)), "tag")
}

/// The label of each kind of relation, made in the same way.
pub(crate) fn relation_labels(codebook: &Codebook) -> Vec<String> {
    let kinds = codebook.relations().iter();
    distinct(kinds.map(|kind| (kind.name.as_str(), &kind.id)), "relation")
}

/// Labels from names and ids, none twice. `fallback` replaces a label without characters.
fn distinct<'a>(names: impl Iterator<Item = (&'a str, &'a Slug)>, fallback: &str) -> Vec<String> {
    let label_of = |name: &str| {
        let chars = name
            .chars()
            .map(|char| if char.is_control() { ' ' } else { char })
            .filter(|char| can_hold(*char));
        name_or(&one_line(&chars.collect::<String>()), fallback).to_owned()
    };
    let names = names.map(|(name, id)| (label_of(name_or(name, id.as_str())), id));
    let names: Vec<(String, &Slug)> = names.collect();
    let is_repeated = |name: &String| names.iter().filter(|other| other.0 == *name).count() > 1;
    let label = |(name, id): &(String, &Slug)| match is_repeated(name) {
        true => format!("{name} ({id})"),
        false => name.clone(),
    };
    names.iter().map(label).collect()
}

/// The name, or the fallback if the name is blank.
fn name_or<'a>(name: &'a str, fallback: &'a str) -> &'a str {
    if name.trim().is_empty() {
        fallback
    } else {
        name
    }
}
