//! Fields, methods, arrays and promises of JavaScript objects.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A field of an object; `undefined` where the value has no such field or is no object.
pub(crate) fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

/// A plain object with these fields.
pub(crate) fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a plain object never fails.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// Calls a method that returns a promise, and waits for it.
///
/// Errors: the object has no such method; the method threw; the promise was rejected.
pub(crate) async fn call_method(
    target: &JsValue,
    method: &str,
    arguments: &[JsValue],
) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(target, &method.into())?.dyn_into()?;
    let answer = Reflect::apply(&function, target, &arguments.iter().collect::<Array>())?;
    JsFuture::from(Promise::resolve(&answer)).await
}

/// Calls a global function of `boot.js` that returns a promise, and waits for it.
///
/// Errors: there is no such function; it threw; the promise was rejected.
pub(crate) async fn call_boot_function(name: &str) -> Result<JsValue, JsValue> {
    let function: Function = field(&js_sys::global(), name).dyn_into()?;
    let promise: Promise = function.call0(&JsValue::NULL)?.dyn_into()?;
    JsFuture::from(promise).await
}

/// Waits for whichever of two promises settles first.
pub(crate) async fn race(one: &JsValue, other: &JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::race(&Array::of2(one, other))).await
}

/// An array of these strings.
pub(crate) fn string_array(strings: impl IntoIterator<Item = String>) -> JsValue {
    let strings = strings.into_iter();
    strings
        .map(|string| JsValue::from_str(&string))
        .collect::<Array>()
        .into()
}

/// The strings in an array; other items are left out.
pub(crate) fn strings(array: &Array) -> Vec<String> {
    array.iter().filter_map(|item| item.as_string()).collect()
}
