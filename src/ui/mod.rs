//! Function components, one a file, each with a style sheet part of its name.
//!
//! Invariants of the folder: a component draws values and sends [`Action`]s; it
//! builds no transaction and keeps nothing but the draft of a text box; its props
//! compare equal when nothing changed.
//!
//! [`Action`]: crate::app::Action

mod answer;
mod app;
mod attribute_form;
mod bar;
mod block;
mod card;
mod card_tags;
mod cast_panel;
mod codebook;
mod export_screen;
mod file_button;
mod fitting;
mod guide_panel;
mod handle;
mod history;
mod icon;
mod intake;
mod ledger_panel;
mod library;
mod link_box;
mod listeners;
mod mark_list;
mod mark_row;
mod notices;
mod outside;
mod palette;
mod panel;
mod panel_head;
mod paper;
mod pending_edit;
mod pick;
mod pick_decision;
mod reading;
mod relation_form;
mod review_panel;
mod safekeeping;
mod section;
mod sections;
mod shelf_row;
mod store;
mod tag_form;
mod tag_letter;
mod tag_picker;
mod threads;
mod transfer;

pub use app::App;
pub use block::{Block, BlockProps};
pub use history::{HistoryPanel, HistoryPanelProps};
pub use library::{Library, LibraryProps};
pub use mark_row::{MarkRow, MarkRowProps};
pub use panel::{MarksPanel, MarksPanelProps};

use crate::browser::{outline, rescue};

/// Starts the app in the page's mount point. A page without one is not ours.
pub fn mount() {
    yew::set_custom_panic_hook(Box::new(|broken| {
        rescue::stopped(&rescue::words_of(broken));
    }));
    if let Some(place) = outline::mount_point() {
        yew::Renderer::<App>::with_root(place).render();
    }
}
