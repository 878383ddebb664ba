//! File names that every system accepts.

/// A file name for `title` with an extension; its stem is that of [`file_stem`].
///
/// ```
/// use pullquote_formats::file_name::file_name;
///
/// assert_eq!(file_name("Who said: \"never\"?", "json"), "Who said never.json");
/// ```
#[must_use]
pub fn file_name(title: &str, extension: &str) -> String {
    format!("{}.{extension}", file_stem(title))
}

/// A file name for `title` without an extension. It has no characters that a system forbids or that
/// change the reading direction, is not a reserved name, and has at most 80 characters and 160
/// bytes.
///
/// ```
/// use pullquote_formats::file_name::file_stem;
///
/// assert_eq!(file_stem("Report.x / part 2"), "Report.x part 2");
/// assert_eq!(file_stem("Report.x"), "Report.x");
/// ```
#[must_use]
pub fn file_stem(title: &str) -> String {
    let safe: String = title
        .chars()
        .map(|char| if is_safe(char) { char } else { ' ' })
        .collect();
    let mut stem = String::new();
    for char in safe
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        if stem.len() + char.len_utf8() > 160 || stem.chars().count() == 80 {
            break;
        }
        stem.push(char);
    }
    let stem = stem.trim_matches([' ', '.']);
    let first = stem.split('.').next().unwrap_or_default();
    match stem {
        "" => "article".to_owned(),
        _ if is_reserved(first) => format!("_{stem}"),
        _ => stem.to_owned(),
    }
}

/// The name of a file without its extension. An extension is one to ten letters and digits after
/// the last full stop, of which the first is a letter.
///
/// ```
/// use pullquote_formats::file_name::without_extension;
///
/// assert_eq!(without_extension("Report.txt"), "Report");
/// assert_eq!(without_extension("Talks at 10.30"), "Talks at 10.30");
/// ```
#[must_use]
pub fn without_extension(name: &str) -> &str {
    let is_extension = |end: &str| {
        let is_short = (1..=10).contains(&end.len());
        let begins = end.starts_with(|char: char| char.is_ascii_alphabetic());
        is_short && begins && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    match name.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() && is_extension(end) => stem,
        _ => name,
    }
}

fn is_safe(char: char) -> bool {
    !char.is_control()
        && !matches!(
            char,
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{FEFF}'
        )
        && !matches!(char, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether this is the name of a device on Windows, in upper or lower case.
fn is_reserved(name: &str) -> bool {
    let name = name.trim().to_ascii_uppercase();
    let numbered = |device: &str| {
        name.strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    matches!(name.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}
