//! The library screen: the articles, the ways to add one, backups and storage.

pub mod add_article;
pub mod backup_panel;
pub mod backup_settings;
pub mod entry_row;
pub mod entry_table;
pub mod library_bar;
pub mod opened_file;
pub mod screen;
