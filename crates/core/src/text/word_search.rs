//! Finds the next word that begins with some letters.

/// The byte at which the first word after the byte `after` begins that starts with `letters`, in
/// capitals or not. `None` if there is none, or if `letters` is empty.
///
/// ```
/// use pullquote_core::text::word_search::word_beginning_with;
///
/// let text = "the general met groups of Generals";
/// assert_eq!(word_beginning_with(text, 0, "G"), Some(4));
/// assert_eq!(word_beginning_with(text, 4, "g"), Some(16));
/// assert_eq!(word_beginning_with(text, 4, "ge"), Some(26));
/// assert_eq!(word_beginning_with(text, 26, "ge"), None);
/// ```
#[must_use]
pub fn word_beginning_with(text: &str, after: usize, letters: &str) -> Option<usize> {
    let mut is_in_word = text.get(..after)?.chars().next_back().is_some_and(joins);
    for (at, char) in text[after..].char_indices() {
        let begins = char.is_alphanumeric() && !is_in_word;
        is_in_word = joins(char);
        if begins && at > 0 && begins_with(&text[after + at..], letters) {
            return Some(after + at);
        }
    }
    None
}

/// Whether a letter after this character goes on with a word.
fn joins(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '’' | '\'')
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
        assert_eq!(word_beginning_with(text, 0, "s"), text.find("South"));
        let after_south = |letters| word_beginning_with(text, text.find("South")?, letters);
        assert_eq!(after_south("s"), text.find("Sana"));
        assert_eq!(after_south("e"), text.find("East"));
    }

    #[test]
    fn other_scripts_have_capitals_too() {
        assert_eq!(word_beginning_with("в Москве", 0, "м"), Some(3));
        assert_eq!(word_beginning_with("قال الوزير", 0, "ا"), Some(7));
    }

    #[test]
    fn nothing_begins_with_nothing() {
        assert_eq!(word_beginning_with("a b", 0, ""), None);
        assert_eq!(word_beginning_with("", 0, "a"), None);
    }
}
