//! Time and randomness.

use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::{Interval, Timeout};
use pullquote_app::stamp::Stamp;
use pullquote_core::model::timestamp::Timestamp;

use wasm_bindgen::JsCast as _;
use web_sys::Crypto;

/// The present moment, and ten random bytes.
#[must_use]
pub fn stamp() -> Stamp {
    let mut random = [0; 10];
    // Of a window or a worker.
    let crypto = js_sys::Reflect::get(&js_sys::global(), &"crypto".into());
    let filled = crypto
        .and_then(|crypto| crypto.dyn_into::<Crypto>())
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut random));
    if filled.is_err() {
        // Every browser that runs WebAssembly has `crypto`; should one refuse, ids
        // must still differ.
        for byte in &mut random {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    Stamp { now: now(), random }
}

/// The present moment.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// The present day, in UTC: `2026-11-24`.
#[must_use]
pub fn date() -> String {
    let now = String::from(js_sys::Date::new_0().to_iso_string());
    now.chars().take(10).collect()
}

/// A moment as the reader's browser writes it, in their language and time zone: day, hour and
/// minute.
#[must_use]
pub fn local(moment: Timestamp) -> String {
    let date = js_sys::Date::new(&(moment.0 as f64).into());
    let options = js_sys::Object::new();
    for (name, style) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // A property of a new object can always be set.
        let _ = js_sys::Reflect::set(&options, &name.into(), &style.into());
    }
    String::from(date.to_locale_string("default", &options))
}

/// Calls `late` once, after so many milliseconds, unless what it gives back is
/// dropped before.
pub fn after(millis: u32, late: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(millis, late)
}

/// Calls `late` before the next picture is painted, unless what it gives back is dropped
/// before.
pub fn next_frame(late: impl FnOnce() + 'static) -> AnimationFrame {
    request_animation_frame(move |_| late())
}

/// Calls `tick` every minute, until what it gives back is dropped.
pub fn every_minute(tick: impl Fn() + 'static) -> Interval {
    Interval::new(60_000, tick)
}
