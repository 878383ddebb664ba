//! The only side effects: what the browser has and does.
//!
//! Invariants of the folder: every function reads the outside into a value, or
//! does one thing outside; none sees the app's state. What the browser may lack
//! or refuse comes back as `None` or an error, never as a panic.

use wasm_bindgen::JsValue;

/// The small storage that is written at once; `None` where the browser refuses it, and in
/// a worker.
pub(crate) fn local_storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// A file of this name in a folder, made where it is not there.
pub(crate) async fn file_in(folder: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"create".into(), &true.into())?;
    answer_of(folder, "getFileHandle", &[name.into(), options.into()]).await
}

/// What a method that takes its time answers; an error where there is none.
pub(crate) async fn answer_of(
    target: &JsValue,
    method: &str,
    arguments: &[JsValue],
) -> Result<JsValue, JsValue> {
    use js_sys::{Array, Function, Promise, Reflect};
    use wasm_bindgen::JsCast as _;
    let function: Function = Reflect::get(target, &method.into())?.dyn_into()?;
    let answer = Reflect::apply(&function, target, &arguments.iter().collect::<Array>())?;
    wasm_bindgen_futures::JsFuture::from(Promise::resolve(&answer)).await
}

/// A plain object with these fields.
pub(crate) fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in fields {
        // Setting a field of a plain object never fails.
        let _ = js_sys::Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// The name of an exception of the browser's.
pub(crate) fn name_of(error: &JsValue) -> Option<String> {
    use wasm_bindgen::JsCast as _;
    let exception = error.dyn_ref::<web_sys::DomException>();
    exception.map(web_sys::DomException::name)
}

/// What the browser says of an error, on one line.
pub(crate) fn said(error: &JsValue) -> String {
    use wasm_bindgen::JsCast as _;
    if let Some(exception) = error.dyn_ref::<web_sys::DomException>() {
        return format!("{}: {}", exception.name(), exception.message());
    }
    error.dyn_ref::<js_sys::Error>().map_or_else(
        || format!("{error:?}"),
        |error| String::from(error.message()),
    )
}
