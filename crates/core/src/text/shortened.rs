//! A text in short.

/// The text as one line: a space for each stretch of white space, none at its ends.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with a capital letter first.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The text as one line of at most `most` characters; where something was left out
/// the last is an ellipsis.
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
