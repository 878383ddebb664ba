//! Keys that are pressed anywhere on the page.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, KeyboardEvent};

/// A key that was pressed, and what has the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// `KeyboardEvent.key`.
    pub key: String,
    /// The letter or digit that this key has on a Latin keyboard, in lower case, if it types
    /// another script (Cyrillic, Greek, Arabic, …); `None` if it types Latin itself.
    pub latin: Option<char>,
    /// Whether Control or Command is held.
    pub command: bool,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether Alt or Option is held.
    pub alt: bool,
    /// Whether a text box has the focus.
    pub typing: bool,
    /// Whether it is a search box, which Escape empties.
    pub searching: bool,
    /// Whether neither a control nor a mark has the focus.
    pub nowhere: bool,
    /// Whether a mark in the text has the focus.
    pub on_mark: bool,
    /// Whether the card itself has the focus, and no control in it.
    pub on_card: bool,
    /// Whether the focus is on something in the card.
    pub in_card: bool,
    /// Whether something about the chosen mark has the focus: the card, or the list of marks.
    pub on_details: bool,
}

impl Press {
    /// The letters that this key can mean: the one that it types first, then the Latin one.
    pub fn letters(&self) -> impl Iterator<Item = char> {
        let mut chars = self.key.chars();
        let typed = chars.next().filter(|_| chars.next().is_none());
        typed.into_iter().chain(self.latin)
    }
}

/// What becomes of a key after it was handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// It was used: the browser does nothing with it.
    Used,
    /// The browser does with it what it always does.
    Unused,
}

/// Calls `on_press` for every key, except while a text is composed (as in Chinese or Japanese).
pub fn listen(on_press: impl Fn(Press) -> KeyUse + 'static) -> EventListener {
    let document = gloo::utils::document();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if event.is_composing() {
            return;
        }
        if on_press(press(event)) == KeyUse::Used {
            event.prevent_default();
        }
    })
}

fn press(event: &KeyboardEvent) -> Press {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let matches = |selector: &str| {
        target
            .as_ref()
            .is_some_and(|target| target.matches(selector).unwrap_or(false))
    };
    let key = event.key();
    Press {
        latin: latin_of(&key, &event.code()),
        key,
        command: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
        typing: matches(
            "textarea, input:not([type=file], [type=checkbox]), select, [contenteditable]",
        ),
        nowhere: !matches(
            "button, a, summary, input, select, textarea, mark, .card, .panel-scroll",
        ),
        on_mark: matches("article mark"),
        on_card: matches(".card"),
        in_card: matches(".card *"),
        on_details: matches(".card, .card *, .panel-scroll, .mark-row, .mark-row *"),
        searching: matches("input[type=search]"),
    }
}

/// The letter or digit of a physical key (`KeyboardEvent.code`), if the character that it types
/// is not ASCII.
fn latin_of(key: &str, code: &str) -> Option<char> {
    if key.is_ascii() || key.chars().count() != 1 {
        return None;
    }
    let letter = code
        .strip_prefix("Key")
        .or_else(|| code.strip_prefix("Digit"));
    let mut chars = letter?.chars();
    let letter = chars.next()?.to_ascii_lowercase();
    (chars.next().is_none() && letter.is_ascii_alphanumeric()).then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::latin_of;

    #[test]
    fn a_key_that_types_another_script_is_known_by_its_code() {
        assert_eq!(latin_of("ф", "KeyA"), Some('a'));
        assert_eq!(latin_of("Ω", "KeyV"), Some('v'));
        assert_eq!(latin_of("١", "Digit1"), Some('1'));
        // Latin layouts mean what they type, wherever the key is: AZERTY, QWERTZ, Dvorak.
        assert_eq!(latin_of("a", "KeyQ"), None);
        assert_eq!(latin_of("Dead", "KeyE"), None);
        assert_eq!(latin_of("ж", "Semicolon"), None);
    }
}
