//! What the browser promises about the storage that it gives (`navigator.storage`).

use crate::browser::js;
use crate::browser::storage::local_storage::{PERSISTED, local_storage};
use pullquote_app::backup::storage_status::StorageStatus;

use wasm_bindgen::JsValue;

/// Reads what the browser says of its storage.
pub async fn read() -> StorageStatus {
    let estimate = ask_manager("estimate").await.unwrap_or_default();
    let number = |name: &str| {
        js::field(&estimate, name)
            .as_f64()
            .map(|number| number as u64)
    };
    StorageStatus {
        persisted: ask_manager("persisted")
            .await
            .and_then(|answer| answer.as_bool()),
        used: number("usage"),
        quota: number("quota"),
        seven_days: is_cleared_after_seven_days(),
    }
}

/// What the browser answered when it was asked to keep the storage.
pub struct PersistAnswer {
    /// The storage now.
    pub status: StorageStatus,
    /// Whether the answer differs from the last time, or the last one is not known.
    pub is_new: bool,
}

/// Asks the browser to keep the storage.
pub async fn persist() -> PersistAnswer {
    let answer = ask_manager("persist").await;
    let persisted = answer.and_then(|answer| answer.as_bool());
    let text = format!("{persisted:?}");
    let is_new = local_storage().is_none_or(|storage| {
        let before = storage.get_item(PERSISTED).ok().flatten();
        // Where there is no room for it, the answer is shown again.
        let _ = storage.set_item(PERSISTED, &text);
        before.as_ref() != Some(&text)
    });
    let status = StorageStatus {
        persisted,
        ..read().await
    };
    PersistAnswer { status, is_new }
}

/// Calls a method of `navigator.storage`; `None` where there is none, or it fails.
pub(crate) async fn ask_manager(method: &str) -> Option<JsValue> {
    let navigator: JsValue = gloo::utils::window().navigator().into();
    let manager = js::field(&navigator, "storage");
    js::call_method(&manager, method, &[]).await.ok()
}

/// Safari deletes what a site stored if the user has not visited it for seven days of using
/// the browser. On iOS and iPadOS every browser uses Safari's engine.
fn is_cleared_after_seven_days() -> bool {
    let navigator = gloo::utils::window().navigator();
    let agent = navigator.user_agent().unwrap_or_default();
    let is_mobile = ["iPhone", "iPad", "iPod"]
        .iter()
        .any(|name| agent.contains(name));
    let is_safari = agent.contains("Macintosh") && agent.contains("Version/");
    is_safari || is_mobile
}
