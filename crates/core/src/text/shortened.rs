//! Texts shortened or reshaped for one line.

/// The text on one line: each run of white space becomes one space, and both ends are trimmed.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with its first letter in upper case.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The text on one line of at most `most` characters. If something was left out, the last
/// character is an ellipsis.
///
/// ```
/// use pullquote_core::text::shortened::shortened;
///
/// assert_eq!(shortened("two\nlines", 40), "two lines");
/// assert_eq!(shortened("a long one", 7), "a long…");
/// ```
#[must_use]
pub fn shortened(text: &str, most: usize) -> String {
    let line = one_line(text);
    if line.chars().count() <= most {
        return line;
    }
    let kept: String = line.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
