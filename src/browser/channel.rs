//! What tabs tell each other: which article was changed.

use gloo::events::EventListener;
use pullquote_core::model::id::Id;
use std::cell::RefCell;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

thread_local! {
    static OPEN: RefCell<Option<(BroadcastChannel, Option<EventListener>)>> =
        const { RefCell::new(None) };
}

fn with(work: impl FnOnce(&mut (BroadcastChannel, Option<EventListener>))) {
    OPEN.with_borrow_mut(|open| {
        if open.is_none() {
            // Where there is none, a tab learns of others when it is looked at again,
            // and at the latest when it writes.
            *open = BroadcastChannel::new("pullquote").ok().map(|it| (it, None));
        }
        if let Some(open) = open {
            work(open);
        }
    });
}

/// Tells the other tabs that something of this article was written.
pub fn tell(article: Id) {
    with(|(channel, _)| {
        let _ = channel.post_message(&JsValue::from_str(&article.to_string()));
    });
}

/// Calls `heard` whenever another tab tells of an article; while the page is open.
pub fn listen(heard: impl Fn(Id) + 'static) {
    with(|(channel, listener)| {
        *listener = Some(EventListener::new(channel, "message", move |event| {
            let message = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            let article = message.and_then(|message| message.as_string());
            if let Some(id) = article.and_then(|article| article.parse().ok()) {
                heard(id);
            }
        }));
    });
}
