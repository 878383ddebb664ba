//! Words in the form in which they are compared.

/// The words in lower case, with single spaces between them and without a possessive at the end.
/// Two names that a reader would consider the same become equal.
///
/// ```
/// use pullquote_core::analysis::case_folding::fold_case;
///
/// assert_eq!(fold_case("  General\nMUNIR’s "), "general munir");
/// ```
#[must_use]
pub fn fold_case(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    let bare = ["’s", "'s"].iter().find_map(|end| folded.strip_suffix(end));
    match bare {
        Some(bare) => bare.to_owned(),
        None => folded,
    }
}
