//! What the browser says of the storage that it gives.

use crate::browser::js::{answer_of, local_storage};
use js_sys::Reflect;
use pullquote_app::backup::storage_status::StorageStatus;
use wasm_bindgen::JsValue;

/// Where the last answer of the browser is noted.
const ANSWER: &str = "pullquote.persisted";

/// What the browser says of its storage.
pub async fn read() -> StorageStatus {
    let estimate = answer("estimate").await.unwrap_or_default();
    let number = |name: &str| {
        let number = Reflect::get(&estimate, &name.into()).ok()?.as_f64()?;
        Some(number as u64)
    };
    StorageStatus {
        persisted: answer("persisted").await.and_then(|it| it.as_bool()),
        used: number("usage"),
        quota: number("quota"),
        seven_days: is_cleared_after_seven_days(),
    }
}

/// Asks the browser to keep the storage; `true`: it answers otherwise than when it was
/// asked last.
pub async fn persist() -> (StorageStatus, bool) {
    let persisted = answer("persist").await.and_then(|it| it.as_bool());
    let noted = local_storage();
    let said = format!("{persisted:?}");
    let is_news = noted.as_ref().is_none_or(|storage| {
        let before = storage.get_item(ANSWER).ok().flatten();
        let _ = storage.set_item(ANSWER, &said);
        before.as_ref() != Some(&said)
    });
    let shelter = StorageStatus {
        persisted,
        ..read().await
    };
    (shelter, is_news)
}

/// What `navigator.storage` answers; `None` where there is none, or it does not.
pub(crate) async fn answer(method: &str) -> Option<JsValue> {
    let navigator: JsValue = gloo::utils::window().navigator().into();
    let manager = Reflect::get(&navigator, &"storage".into()).ok()?;
    answer_of(&manager, method, &[]).await.ok()
}

/// Safari clears the storage of a page that was not visited for seven days of its use;
/// on iOS and iPadOS every browser is Safari inside.
fn is_cleared_after_seven_days() -> bool {
    let navigator = gloo::utils::window().navigator();
    let agent = navigator.user_agent().unwrap_or_default();
    let is_apple = ["iPhone", "iPad", "iPod"];
    let is_safari = agent.contains("Macintosh") && agent.contains("Version/");
    is_safari || is_apple.iter().any(|name| agent.contains(name))
}
