//! Text boxes and lists of choices.

use crate::browser::page::dom;

use wasm_bindgen::JsCast as _;
use web_sys::{EventTarget, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// The text in the text box that an event comes from, or the value that is chosen in the list;
/// empty for anything else.
#[must_use]
pub fn value(target: Option<EventTarget>) -> String {
    let Some(target) = target else {
        return String::new();
    };
    let area = target.dyn_ref().map(HtmlTextAreaElement::value);
    let input = || target.dyn_ref().map(HtmlInputElement::value);
    let list = || target.dyn_ref().map(HtmlSelectElement::value);
    area.or_else(input).or_else(list).unwrap_or_default()
}

/// Replaces the text in a text box, such as by the one from before an input that is refused.
pub fn set_value(target: Option<EventTarget>, text: &str) {
    if let Some(input) = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
        input.set_value(text);
    }
}

/// Whether there is a text box with more than white space in it.
#[must_use]
pub fn has_text(selector: &str) -> bool {
    let text = dom::found(selector).map(|element| value(Some(element.into())));
    text.is_some_and(|text| !text.trim().is_empty())
}
