//! What a format allows in a name, and how a name is written accordingly.

use crate::naming::stems::without_space;

/// What a format allows in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameGrammar {
    /// Everything that is a label.
    Any,
    /// No white space.
    Word,
    /// The same for relations alone; tags may have any name.
    RelationWord,
    /// Letters and digits of ASCII, `-` and `_`: brat's configuration makes signs of all else.
    Ascii,
    /// Capitals of ASCII and `_`: spaCy's reader of CoNLL-U keeps no more of a label.
    Capitals,
}

impl NameGrammar {
    pub(crate) fn suffix(self, number: usize) -> String {
        match self {
            Self::Capitals => letters(number),
            _ => format!("_{number}"),
        }
    }

    /// The name as it can be written; `None` where letters of it cannot be.
    pub(crate) fn folded(self, name: &str) -> Option<String> {
        match self {
            Self::Any => Some(name.to_owned()),
            Self::Word | Self::RelationWord => Some(without_space(name)),
            Self::Ascii => ascii(name),
            Self::Capitals => ascii(name).and_then(|name| capitals(&name)),
        }
    }
}

/// Letters with a mark, or two in one, and how ASCII has them.
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

/// The name in letters and digits of ASCII, `-` and `_`; `None` where it has other letters.
fn ascii(name: &str) -> Option<String> {
    let mut out = String::new();
    for char in name.chars() {
        match char {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => out.push(char),
            // An accent that is a character of its own.
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
    // Hyphens alone are a line between others in brat's configuration.
    let has_letter = bare.contains(|char: char| char.is_ascii_alphanumeric());
    Some(if has_letter {
        bare.to_owned()
    } else {
        String::new()
    })
}

/// The same in capitals of ASCII and `_`.
fn capitals(name: &str) -> Option<String> {
    let name = name.to_ascii_uppercase();
    let words = name.split(|char: char| !char.is_ascii_uppercase());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    Some(words.join("_"))
}

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
    fn brat_has_letters_of_ascii_and_none_of_another_script() {
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
    fn conllu_has_capitals() {
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
    fn columns_have_every_letter_and_no_space() {
        check(
            NameGrammar::Word,
            "Vague\u{a0} promise",
            Some("Vague_promise"),
        );
        check(NameGrammar::Word, "رہنما اول", Some("رہنما_اول"));
    }
}
