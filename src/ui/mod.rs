//! Function components, one a file, each with a style sheet part of its name.
//!
//! Invariants of the folder: a component draws values and sends [`Action`]s; it
//! builds no transaction and keeps nothing but the draft of a text box; its props
//! compare equal when nothing changed.
//!
//! [`Action`]: pullquote_app::action::Action

pub mod app;
pub mod article;
pub mod bar;
pub mod codebook;
pub mod controls;
pub mod export;
pub mod library;
pub mod notices;
pub mod shortcuts;
pub mod store;

use crate::browser::crash;
use crate::browser::page::dom;
use crate::ui::app::App;

/// Starts the app in the page's mount point. A page without one is not ours.
pub fn mount() {
    yew::set_custom_panic_hook(Box::new(|broken| {
        crash::report(&crash::describe(broken));
    }));
    if let Some(place) = dom::mount_point() {
        yew::Renderer::<App>::with_root(place).render();
    }
}
