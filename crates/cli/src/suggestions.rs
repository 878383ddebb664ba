//! Suggestions for mistyped words.

/// The known words nearest to an unknown one: equal but for case and punctuation; else one a
/// prefix of the other; else within an edit distance of a quarter of its length. Empty if none
/// is near.
pub(crate) fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let bare = |word: &str| -> String {
        let letters = word.chars().filter(|char| char.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let sought = bare(typed);
    if sought.is_empty() {
        return Vec::new();
    }
    let mut near: Vec<(usize, &str)> = known
        .filter_map(|word| {
            let bare = bare(word);
            let is_begun = bare.starts_with(&sought) || sought.starts_with(&bare);
            let steps = strsim::damerau_levenshtein(&bare, &sought);
            let most = sought.chars().count().div_ceil(4);
            match () {
                () if steps == 0 => Some((0, word)),
                () if is_begun => Some((1, word)),
                () if steps <= most => Some((1 + steps, word)),
                () => None,
            }
        })
        .collect();
    near.sort();
    let best = near.first().map_or(0, |(steps, _)| *steps);
    near.retain(|(steps, _)| *steps == best);
    near.into_iter().map(|(_, word)| word).collect()
}

/// "; did you mean conll2003 or conllu?", or nothing.
pub(crate) fn hint<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = nearest(typed, known);
    match near.as_slice() {
        [] => String::new(),
        [only] => format!("; did you mean {only}?"),
        [first @ .., last] => format!("; did you mean {} or {last}?", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;
    use pullquote_datasets::catalogue::FORMATS;

    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        let known = FORMATS.iter().map(|format| format.id.as_str());
        assert_eq!(nearest(typed, known), expected, "{typed}");
    }

    #[test]
    fn the_nearest_formats_are_suggested() {
        check("spaCy", &["spacy"]);
        check("conll", &["conll2003", "conllu"]);
        check("CoNLL-2003", &["conll2003"]);
        check("labelstudio", &["label-studio"]);
        check("label_studio", &["label-studio"]);
        check("docano", &["doccano"]);
        check("biose", &["bioes"]);
        check("excel", &[]);
        check("🙂", &[]);
    }
}
