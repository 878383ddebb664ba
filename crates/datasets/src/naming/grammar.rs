//! The characters that a format allows in a name, and how other names are written.

use crate::naming::stems::without_space;

/// The characters that a format allows in the names of tags and relations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameGrammar {
    /// Every label (see [`crate::projection::labels`]).
    Any,
    /// No white space.
    Word,
    /// No white space in names of relations; tags may have any name.
    RelationWord,
    /// Letters and digits of ASCII, `-` and `_`: other characters have a meaning in brat's
    /// configuration.
    Ascii,
    /// Capitals of ASCII and `_`: spaCy's reader of CoNLL-U drops all other characters.
    Capitals,
}

impl NameGrammar {
    /// What is appended to a name that is taken, to make the second, third, … name from it.
    pub(crate) fn suffix(self, number: usize) -> String {
        match self {
            Self::Capitals => letters(number),
            _ => format!("_{number}"),
        }
    }

    /// The name in the allowed characters; `None` if it has letters that cannot be written. The
    /// result is empty if the name has signs only.
    pub(crate) fn folded(self, name: &str) -> Option<String> {
        match self {
            Self::Any => Some(name.to_owned()),
            Self::Word | Self::RelationWord => Some(without_space(name)),
            Self::Ascii => ascii(name),
            Self::Capitals => ascii(name).and_then(|name| capitals(&name)),
        }
    }
}

/// Letters with diacritics, ligatures and some others, with their spelling in ASCII.
const LATIN: [(&str, &str); 44] = [
    ("ÀÁÂÃÅĀĂĄǍ", "A"),
    ("àáâãåāăąǎ", "a"),
    ("ÇĆĈĊČ", "C"),
    ("çćĉċč", "c"),
    ("ÐĎĐ", "D"),
    ("ðďđ", "d"),
    ("ÈÉÊËĒĔĖĘĚ", "E"),
    ("èéêëēĕėęě", "e"),
    ("ĜĞĠĢ", "G"),
    ("ĝğġģ", "g"),
    ("ĤĦ", "H"),
    ("ĥħ", "h"),
    ("ÌÍÎÏĨĪĬĮİ", "I"),
    ("ìíîïĩīĭįı", "i"),
    ("Ĵ", "J"),
    ("ĵ", "j"),
    ("Ķ", "K"),
    ("ķ", "k"),
    ("ĹĻĽĿŁ", "L"),
    ("ĺļľŀł", "l"),
    ("ÑŃŅŇ", "N"),
    ("ñńņň", "n"),
    ("ÒÓÔÕŌŎŐØ", "O"),
    ("òóôõōŏőø", "o"),
    ("ŔŖŘ", "R"),
    ("ŕŗř", "r"),
    ("ŚŜŞŠȘ", "S"),
    ("śŝşšș", "s"),
    ("ŢŤŦȚ", "T"),
    ("ţťŧț", "t"),
    ("ÙÚÛŨŪŬŮŰŲ", "U"),
    ("ùúûũūŭůűų", "u"),
    ("ŴÝŶŸ", "Y"),
    ("ýÿŷ", "y"),
    ("ŹŻŽ", "Z"),
    ("źżž", "z"),
    ("ÄÆ", "Ae"),
    ("äæ", "ae"),
    ("ÖŒ", "Oe"),
    ("öœ", "oe"),
    ("Ü", "Ue"),
    ("ü", "ue"),
    ("ßſ", "ss"),
    ("Þþ", "th"),
];

/// The name in letters and digits of ASCII, `-` and `_`; `None` if it has letters that are not
/// in [`LATIN`]. Runs of other characters become one `_`.
fn ascii(name: &str) -> Option<String> {
    let mut out = String::new();
    for char in name.chars() {
        match char {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => out.push(char),
            // A combining accent.
            '\u{300}'..='\u{36F}' => {}
            char => match LATIN.iter().find(|(letters, _)| letters.contains(char)) {
                Some((_, ascii)) => out.push_str(ascii),
                None if char.is_alphanumeric() => return None,
                None if out.ends_with('_') => {}
                None => out.push('_'),
            },
        }
    }
    let is_replaced = |char: char| char == '_';
    let bare = match name.starts_with('_') || name.ends_with('_') {
        true => out.as_str(),
        false => out.trim_matches(is_replaced),
    };
    // In brat's configuration, hyphens alone are a separator line.
    let has_letter = bare.contains(|char: char| char.is_ascii_alphanumeric());
    Some(if has_letter {
        bare.to_owned()
    } else {
        String::new()
    })
}

/// An ASCII name in capitals and `_`. Other characters separate words.
fn capitals(name: &str) -> Option<String> {
    let name = name.to_ascii_uppercase();
    let words = name.split(|char: char| !char.is_ascii_uppercase());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    Some(words.join("_"))
}

/// A suffix of letters for a number: `_B` for 2, `_C` for 3.
fn letters(number: usize) -> String {
    let letter = |number: usize| char::from(b'A' + (number % 26) as u8);
    let mut letters = String::from("_");
    let mut rest = number;
    while rest > 0 {
        letters.push(letter(rest - 1));
        rest /= 27;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::NameGrammar;

    #[track_caller]
    fn check(grammar: NameGrammar, name: &str, expected: Option<&str>) {
        assert_eq!(grammar.folded(name).as_deref(), expected, "{name}");
    }

    #[test]
    fn a_name_for_brat_has_ascii_letters_or_is_replaced() {
        check(NameGrammar::Ascii, "Vague promise", Some("Vague_promise"));
        check(
            NameGrammar::Ascii,
            "Évènement e\u{301}lan",
            Some("Evenement_elan"),
        );
        check(NameGrammar::Ascii, "🚜 farm – (old)", Some("farm_old"));
        check(NameGrammar::Ascii, "_a_ - b", Some("_a_-_b"));
        check(NameGrammar::Ascii, "رہنما", None);
        check(NameGrammar::Ascii, "Actor 指導者", None);
        check(NameGrammar::Ascii, "🚜", Some(""));
        check(NameGrammar::Ascii, "---", Some(""));
    }

    #[test]
    fn a_name_for_conllu_has_capitals_only() {
        check(
            NameGrammar::Capitals,
            "Vague promise",
            Some("VAGUE_PROMISE"),
        );
        check(NameGrammar::Capitals, "Phase 2 (of 3)", Some("PHASE_OF"));
        check(NameGrammar::Capitals, "42", Some(""));
        check(NameGrammar::Capitals, "رہنما", None);
    }

    #[test]
    fn a_name_in_columns_keeps_every_letter_and_has_no_space() {
        check(
            NameGrammar::Word,
            "Vague\u{a0} promise",
            Some("Vague_promise"),
        );
        check(NameGrammar::Word, "رہنما اول", Some("رہنما_اول"));
    }
}
