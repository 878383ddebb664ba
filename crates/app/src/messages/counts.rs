//! Numbers with their nouns.

/// A count with its noun: "1 mark was", "3 marks were".
#[must_use]
pub fn counted(count: usize, one: &str, more: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {more}"),
    }
}
