//! Where the letter of a mark is drawn.

use pullquote_core::model::article::TextDirection;
use pullquote_core::text::bidi;

/// Where the letter of a mark is drawn. The words around it must not move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LetterPlace {
    /// Before the first word.
    #[default]
    Before,
    /// After the words, because the mark begins between joined letters or inside a number.
    After,
    /// Nowhere, because neither end has room for it.
    Nowhere,
}

/// Where the letter of a mark on the bytes `from..to` of a line is drawn.
pub(crate) fn letter_place(
    line: &str,
    from: usize,
    to: usize,
    direction: TextDirection,
) -> LetterPlace {
    let (before, words) = (&line[..from], &line[from..to]);
    let is_mixed =
        || direction == TextDirection::RightToLeft || line.chars().any(bidi::is_right_to_left);
    let first = words.chars().next();
    if bidi::is_open(before.chars().next_back(), first, is_mixed) {
        return LetterPlace::Before;
    }
    let (last, after) = (words.chars().next_back(), line[to..].chars().next());
    // Numbers run from left to right in Hebrew lines too: what follows a number would be drawn
    // before its first digit.
    let is_turned = last.is_some_and(|last| last.is_ascii_digit());
    if bidi::is_open(last, after, is_mixed) && !is_turned {
        LetterPlace::After
    } else {
        LetterPlace::Nowhere
    }
}

#[cfg(test)]
mod tests {
    use super::{LetterPlace, letter_place};
    use pullquote_core::model::article::TextDirection;

    /// The words between the bars.
    #[track_caller]
    fn check(line: &str, expected: LetterPlace) {
        let parts: Vec<&str> = line.split('|').collect();
        let from = parts[0].len();
        let line = parts.concat();
        let place = letter_place(
            &line,
            from,
            from + parts[1].len(),
            TextDirection::from_text(&line),
        );
        assert_eq!(place, expected, "{line}");
    }

    #[test]
    fn a_letter_stands_before_its_words() {
        check("The |minister| spoke 🙂.", LetterPlace::Before);
        check("The minister |قال| today.", LetterPlace::Before);
        check("قال |أحمد| اليوم", LetterPlace::Before);
        check("قال |Cafe\u{301}| اليوم", LetterPlace::Before);
        check("في |10-12| مايو", LetterPlace::Before);
        check("The minister |«قال»| today.", LetterPlace::Before);
        check("会談は|国境の町|で", LetterPlace::Before);
    }

    #[test]
    fn a_letter_that_would_part_what_belongs_together_stands_after_or_nowhere() {
        check("ב 10-|12| במאי", LetterPlace::Nowhere);
        check("في ١٠-|١٢| مايو", LetterPlace::After);
        check("ב |10|-12 במאי", LetterPlace::Before);
        check("ב 1|0-1|2 במאי", LetterPlace::Nowhere);
        check("قال ع|لي| اليوم", LetterPlace::After);
        check("قال م|حم|د اليوم", LetterPlace::Nowhere);
        check("from 10-|12| May", LetterPlace::Before);
        check("un|believ|able", LetterPlace::Before);
    }
}
