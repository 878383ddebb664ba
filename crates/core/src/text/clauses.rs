//! Where clauses end: before a comma, a full stop, a bracket, the end of a line.

use crate::text::invisible::is_space;
use crate::text::snapping::is_loose;

/// The byte at which the clause ends that `from` is in. A clause has at least one letter or digit
/// after `from`; at the end of the text, the end.
///
/// ```
/// use pullquote_core::text::clauses::clause_end;
///
/// let text = "He said, at 3.5 km (far), yes.";
/// assert_eq!(&text[..clause_end(text, 0)], "He said");
/// assert_eq!(&text[..clause_end(text, 7)], "He said, at 3.5 km ");
/// assert_eq!(&text[..clause_end(text, 19)], "He said, at 3.5 km (far");
/// ```
#[must_use]
pub fn clause_end(text: &str, from: usize) -> usize {
    let mut has_words = false;
    let mut chars = text[from..].char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        if has_words && ends_clause(char, next) {
            return from + at;
        }
        has_words |= char.is_alphanumeric();
    }
    text.len()
}

/// Whether a clause ends before `char`, which `next` follows. A full stop or comma inside a
/// number or a name ends none.
fn ends_clause(char: char, next: Option<char>) -> bool {
    let is_bracket = matches!(char, '(' | ')' | '[' | ']' | '“' | '”' | '«' | '»' | '\n');
    let is_stop = is_loose(char)
        && (!char.is_ascii() || next.is_none_or(|next| is_space(next) || !next.is_alphanumeric()));
    is_bracket || is_stop
}

#[cfg(test)]
mod tests {
    use super::clause_end;

    #[test]
    fn clauses_follow_each_other_to_the_end() {
        let text = "Nein 🙂, sagte er: «gut» — und ging。次は、終わり";
        let ends = std::iter::successors(Some(0), |end| {
            (*end < text.len()).then(|| clause_end(text, *end))
        });
        let ends: Vec<usize> = ends.collect();
        let clauses: Vec<&str> = ends
            .windows(2)
            .map(|ends| &text[ends[0]..ends[1]])
            .collect();
        assert_eq!(
            clauses,
            [
                "Nein 🙂",
                ", sagte er",
                ": «gut",
                "» — und ging",
                "。次は",
                "、終わり"
            ]
        );
    }
}
