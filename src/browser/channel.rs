//! Messages between tabs: which article was changed.

use gloo::events::EventListener;
use pullquote_core::model::id::Id;

use std::cell::RefCell;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// The open channel, and its listener once there is one.
type Channel = (BroadcastChannel, Option<EventListener>);

thread_local! {
    static CHANNEL: RefCell<Option<Channel>> = const { RefCell::new(None) };
}

fn with_channel(work: impl FnOnce(&mut Channel)) {
    CHANNEL.with_borrow_mut(|open| {
        if open.is_none() {
            // Without BroadcastChannel, a tab learns of changes when it becomes visible
            // again, and at the latest when it writes.
            let channel = BroadcastChannel::new("pullquote").ok();
            *open = channel.map(|channel| (channel, None));
        }
        if let Some(open) = open {
            work(open);
        }
    });
}

/// Tells the other tabs that something of this article was written.
pub fn announce(article: Id) {
    with_channel(|(channel, _)| {
        // A message that is not sent costs other tabs nothing but time, see above.
        let _ = channel.post_message(&JsValue::from_str(&article.to_string()));
    });
}

/// Calls `on_change` with each article that another tab announces, as long as the page is
/// open.
pub fn listen(on_change: impl Fn(Id) + 'static) {
    with_channel(|(channel, listener)| {
        *listener = Some(EventListener::new(channel, "message", move |event| {
            let message = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            let article = message.and_then(|message| message.as_string());
            if let Some(id) = article.and_then(|article| article.parse().ok()) {
                on_change(id);
            }
        }));
    });
}
