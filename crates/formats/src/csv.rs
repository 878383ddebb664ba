//! Comma-separated values (RFC 4180).

/// The records of RFC 4180, with `between` for the comma.
pub fn records(text: &str, between: char) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut record = vec![String::new()];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let cell = record.last_mut();
        match (char, quoted) {
            ('"', true) if chars.next_if_eq(&'"').is_some() => {
                cell.into_iter().for_each(|cell| cell.push('"'));
            }
            ('"', _) => quoted = !quoted,
            ('\r', false) if chars.peek() == Some(&'\n') => {}
            ('\n', false) => records.push(std::mem::replace(&mut record, vec![String::new()])),
            (char, false) if char == between => record.push(String::new()),
            (char, _) => cell.into_iter().for_each(|cell| cell.push(char)),
        }
    }
    if record.len() > 1 || !record[0].is_empty() {
        records.push(record);
    }
    records
}
