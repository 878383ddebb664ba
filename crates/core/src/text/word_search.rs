//! Finds the next word that begins with some letters.

use crate::text::snapping::word_around;

/// The byte at which the first word begins that starts with `letters`, in capitals or not, and
/// that begins after the byte `after`; `None` searches from the top. The result is `None` if there
/// is no such word, or if `letters` is empty.
///
/// ```
/// use pullquote_core::text::word_search::word_beginning_with;
///
/// let text = "the general met groups of Generals";
/// assert_eq!(word_beginning_with(text, None, "T"), Some(0));
/// assert_eq!(word_beginning_with(text, Some(4), "g"), Some(16));
/// assert_eq!(word_beginning_with(text, Some(4), "ge"), Some(26));
/// assert_eq!(word_beginning_with(text, Some(26), "ge"), None);
/// ```
#[must_use]
pub fn word_beginning_with(text: &str, after: Option<usize>, letters: &str) -> Option<usize> {
    let from = after.unwrap_or(0);
    let mut is_in_word = text.get(..from)?.chars().next_back().is_some_and(joins);
    for (at, char) in text[from..].char_indices() {
        let at = from + at;
        let begins = char.is_alphanumeric() && !is_in_word;
        is_in_word = joins(char);
        if begins
            && Some(at) != after
            && begins_with(&text[at..], letters)
            // Not a later part of an abbreviation, such as the S of `U.S.`.
            && word_around(text, at).is_none()
        {
            return Some(at);
        }
    }
    None
}

/// Whether a letter after this character goes on with a word.
fn joins(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '’' | '\'' | '_')
}

fn begins_with(text: &str, letters: &str) -> bool {
    let mut text = text.chars().flat_map(char::to_lowercase);
    let mut letters = letters.chars().flat_map(char::to_lowercase).peekable();
    letters.peek().is_some() && letters.all(|letter| text.next() == Some(letter))
}

#[cfg(test)]
mod tests {
    use super::word_beginning_with;

    #[test]
    fn letters_inside_a_word_do_not_begin_one() {
        let text = "Iran’s plan: “South-East” 🙂 Sana";
        assert_eq!(word_beginning_with(text, None, "s"), text.find("South"));
        let after_south = |letters| word_beginning_with(text, Some(text.find("South")?), letters);
        assert_eq!(after_south("s"), text.find("Sana"));
        assert_eq!(after_south("e"), text.find("East"));
        assert_eq!(word_beginning_with("U.S. troops", None, "s"), None);
        assert_eq!(word_beginning_with("foo_bar Zed", None, "b"), None);
        let text = "re\u{301}sume\u{301} over";
        assert_eq!(word_beginning_with(text, None, "s"), None);
    }

    #[test]
    fn the_first_word_of_the_text_is_found_from_the_top() {
        assert_eq!(word_beginning_with("Iran agreed.", None, "i"), Some(0));
        assert_eq!(word_beginning_with("Iran agreed.", Some(0), "i"), None);
    }

    #[test]
    fn other_scripts_have_capitals_too() {
        assert_eq!(word_beginning_with("в Москве", None, "м"), Some(3));
        assert_eq!(word_beginning_with("قال الوزير", None, "ا"), Some(7));
    }

    #[test]
    fn nothing_begins_with_nothing() {
        assert_eq!(word_beginning_with("a b", None, ""), None);
        assert_eq!(word_beginning_with("", None, "a"), None);
    }
}
