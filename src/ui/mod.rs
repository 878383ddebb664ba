//! The user interface: Yew function components, one per file, with a folder per screen.
//!
//! Rules of this folder:
//!
//! - A component draws values and sends [`Action`]s. It never changes a document itself.
//! - The state is in the reducer of [`app`]. `use_state` is only for what nobody else needs
//!   to know: the draft of a text box, an open list, how much is drawn.
//! - Properties are `Rc`s and small values that compare equal when nothing changed, so that
//!   Yew draws only what changed.
//! - A list has a stable key for each item.
//! - Only the browser knows sizes, positions and the focus: a component asks
//!   [`crate::browser`] for them in an effect.
//!
//! [`Action`]: pullquote_app::action::Action

pub mod app;
pub mod article;
pub mod bar;
pub mod codebook;
pub mod controls;
pub mod display_sheet;
pub mod export;
pub mod help;
pub mod library;
pub mod notices;
pub mod page_events;
pub mod shortcuts;
pub mod store;

use crate::browser::crash;
use crate::browser::page::dom;
use crate::ui::app::App;

/// Starts the app in the mount point of the page; does nothing on a page that has none.
pub fn mount() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        crash::report(&crash::describe(panic));
    }));
    if let Some(root) = dom::mount_point() {
        yew::Renderer::<App>::with_root(root).render();
    }
}
