//! Time, timers and randomness.

use crate::browser::js;
use pullquote_app::stamp::Stamp;
use pullquote_core::model::timestamp::Timestamp;

use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::{Interval, Timeout};
use js_sys::Promise;

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Crypto;

/// The current time, and ten random bytes.
#[must_use]
pub fn stamp() -> Stamp {
    let mut random = [0; 10];
    // The global object is a window, or the scope of a worker.
    let crypto = js::field(&js_sys::global(), "crypto").dyn_into::<Crypto>();
    let filled = crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut random));
    if filled.is_err() {
        // Every browser that runs WebAssembly has `crypto`. Should one refuse it, ids must
        // still differ.
        for byte in &mut random {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    Stamp { now: now(), random }
}

/// The current time.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// The current day in UTC, such as `2026-11-24`.
#[must_use]
pub fn date() -> String {
    let now = String::from(js_sys::Date::new_0().to_iso_string());
    now.chars().take(10).collect()
}

/// A time as day, hour and minute, in the language and the time zone of the browser.
#[must_use]
pub fn local(time: Timestamp) -> String {
    let date = js_sys::Date::new(&(time.0 as f64).into());
    let options = js::object(&[
        ("dateStyle", "medium".into()),
        ("timeStyle", "short".into()),
    ]);
    String::from(date.to_locale_string("default", &options))
}

/// Calls `callback` once after `millis` milliseconds, unless the returned timer is dropped
/// before.
pub fn after(millis: u32, callback: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(millis, callback)
}

/// A promise that is resolved after `millis` milliseconds, with `undefined`.
pub(crate) fn timeout(millis: u32) -> Promise {
    Promise::new(&mut |resolve, _| {
        let callback = move || {
            // The resolving function of a promise never throws.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        };
        Timeout::new(millis, callback).forget();
    })
}

/// Waits for `millis` milliseconds; with 0, until the next task.
pub(crate) async fn wait(millis: u32) {
    // It is never rejected.
    let _ = JsFuture::from(timeout(millis)).await;
}

/// Calls `callback` before the next frame is painted, unless the returned request is dropped
/// before.
pub fn next_frame(callback: impl FnOnce() + 'static) -> AnimationFrame {
    request_animation_frame(move |_| callback())
}

/// Calls `tick` every minute, until the returned interval is dropped.
pub fn every_minute(tick: impl Fn() + 'static) -> Interval {
    Interval::new(60_000, tick)
}
