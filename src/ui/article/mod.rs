//! The screen of one article.

pub mod answer;
pub mod block;
pub mod card;
pub mod card_tags;
pub mod cast_panel;
pub mod guide_panel;
pub mod handle;
pub mod history;
pub mod ledger_panel;
pub mod link_box;
pub mod link_lines;
pub mod mark_list;
pub mod mark_row;
pub mod palette;
pub mod panel;
pub mod panel_head;
pub mod paper;
pub mod reading;
pub mod review_panel;
pub mod section;
pub mod sections;
pub mod tag_picker;
