//! Whether something can be drawn between two characters of a line without disturbing them: the
//! bidirectional algorithm (UAX #9), and scripts whose letters join.

/// Whether the character is a letter of a right-to-left script, by the blocks whose characters
/// are right-to-left by default.
#[must_use]
pub fn is_right_to_left(char: char) -> bool {
    char.is_alphabetic()
        && matches!(char,
            '\u{0590}'..='\u{08FF}'
            | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFF}'
            | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}')
}

/// Whether an isolated sign can be drawn between two neighbouring characters without moving or
/// reshaping them. It cannot inside a number if the line also has right-to-left text
/// (`is_mixed`), nor between letters that join. `None` stands for the start or the end of the
/// line.
///
/// Within a number, the algorithm keeps digits and signs together only while they touch (rules
/// W4, W5, N1): `10-12` in a Hebrew line would be drawn as `12-10`.
#[must_use]
pub fn is_open(before: Option<char>, after: Option<char>, is_mixed: impl FnOnce() -> bool) -> bool {
    match before.zip(after) {
        None => true,
        Some((before, after)) if joins(before) && joins(after) => false,
        Some((before, after)) => !(is_of_number(before) && is_of_number(after) && is_mixed()),
    }
}

/// Whether the character is a letter, or a mark on a letter, of a script whose letters join.
fn joins(char: char) -> bool {
    let is_mark = matches!(char,
        '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}'
        | '\u{0711}' | '\u{0730}'..='\u{074A}' | '\u{07EB}'..='\u{07F3}' | '\u{0898}'..='\u{089F}'
        | '\u{08CA}'..='\u{08FF}' | '\u{200D}');
    let is_of_script = matches!(char,
        // Arabic, Syriac, N'Ko, Mandaic; Mongolian; ʼPhags-pa; presentation forms; Manichaean,
        // Psalter Pahlavi, Hanifi Rohingya, Sogdian; Adlam.
        '\u{0600}'..='\u{074F}' | '\u{0750}'..='\u{077F}' | '\u{07C0}'..='\u{07FF}'
        | '\u{0840}'..='\u{08FF}' | '\u{1800}'..='\u{18AF}' | '\u{A840}'..='\u{A877}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10AC0}'..='\u{10AFF}'
        | '\u{10B80}'..='\u{10BAF}' | '\u{10D00}'..='\u{10D3F}' | '\u{10F30}'..='\u{10F6F}'
        | '\u{1E900}'..='\u{1E95F}');
    is_mark || (is_of_script && char.is_alphabetic())
}

/// Whether the character may be part of a number: a digit, a character that stands between or
/// beside digits (classes EN, AN, ES, ET, CS of the algorithm), or one that takes the class of
/// the character before it (NSM).
fn is_of_number(char: char) -> bool {
    char.is_numeric()
        || matches!(char,
            '+' | '-' | ',' | '.' | '/' | ':' | '#' | '$' | '%'
            | '\u{A0}' | '\u{A2}'..='\u{A5}' | '\u{B0}' | '\u{B1}' | '\u{0300}'..='\u{036F}'
            | '\u{0609}' | '\u{060A}' | '\u{060C}' | '\u{066A}'..='\u{066C}' | '\u{200B}'
            | '\u{2030}'..='\u{2034}' | '\u{202F}' | '\u{2044}' | '\u{2060}' | '\u{20A0}'..='\u{20CF}'
            | '\u{2212}' | '\u{2213}')
}

#[cfg(test)]
mod tests {
    use super::{is_open, is_right_to_left};

    /// Checks the gap between the two characters around the bar.
    #[track_caller]
    fn check(text: &str, is_mixed: bool, expected: bool) {
        let (before, after) = text.split_once('|').unwrap_or_default();
        let (before, after) = (before.chars().next_back(), after.chars().next());
        assert_eq!(is_open(before, after, || is_mixed), expected, "{text}");
    }

    #[test]
    fn signs_fit_between_words_and_at_the_ends() {
        for text in [
            "|قال",
            "قال|",
            "أحمد |علي",
            "is |10",
            "a|b",
            "«|علي",
            "علي|،",
            "e\u{301}|🙂",
            "国|境",
        ] {
            check(text, true, true);
        }
    }

    #[test]
    fn no_sign_fits_inside_a_number_of_a_mixed_line() {
        for text in [
            "20|24",
            "10-|12",
            "10|-12",
            "3|.5",
            "$|5",
            "5|%",
            "۲|۰",
            "10\u{A0}|000",
        ] {
            check(text, true, false);
            check(text, false, true);
        }
    }

    #[test]
    fn no_sign_fits_between_joined_letters() {
        for text in ["ع|لي", "و|علي", "عَ|لي", "ܫ|ܠ"] {
            check(text, false, false);
        }
        check("ש|ל", true, true);
    }

    #[test]
    fn digits_and_signs_are_not_right_to_left() {
        let all: Vec<bool> = "عשA1٣.🙂".chars().map(is_right_to_left).collect();
        assert_eq!(all, [true, true, false, false, false, false, false]);
    }
}
