//! Invisible characters.

/// Whether the character is invisible by itself: white space, a control character, one that
/// Unicode says to ignore where it is not supported (`Default_Ignorable_Code_Point`), or the
/// blank Braille pattern. Next to other characters some of these do have an effect: they join
/// emoji or change the direction.
#[must_use]
pub fn is_invisible(char: char) -> bool {
    char.is_whitespace()
        || char.is_control()
        || matches!(char,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether the character looks like a space: Unicode white space, and characters without width
/// that join nothing.
pub fn is_space(char: char) -> bool {
    char.is_whitespace()
        || matches!(
            char,
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}'
        )
}
