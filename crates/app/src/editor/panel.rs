//! Updates of the side panel and of the ledger.

use crate::editor::action::{LedgerAction, PanelAction};
use crate::editor::state::{Editor, Panel, PanelTab, Sorting};
use crate::editor::view::ledger::sorted_ledger;
use crate::editor::view::mark_rows::RowList;
use crate::effect::Effect;
use crate::state::State;
use pullquote_core::model::id::Id;
use pullquote_formats::file_name::file_name;
use pullquote_formats::ledger_table::{to_csv, to_tsv};
use std::rc::Rc;

impl State {
    /// Handles a change of the side panel.
    pub(crate) fn panel_action(&mut self, editor: &Editor, action: PanelAction) {
        let document = editor.document();
        match action {
            PanelAction::TabShown(tab) => {
                self.with_panel(editor, |panel| {
                    panel.tab = tab;
                    panel.open = true;
                });
                if tab == PanelTab::History {
                    self.request(Effect::MeasureJournal(document.article().id));
                }
            }
            PanelAction::Searched(query) => self.with_panel(editor, |panel| {
                panel.query = query;
                panel.found = None;
            }),
            PanelAction::Filtered(only) => self.with_panel(editor, |panel| panel.only = only),
            PanelAction::Grouped { by_tag } => {
                self.with_panel(editor, |panel| panel.grouped = by_tag);
            }
            PanelAction::Toggled => self.with_panel(editor, |panel| panel.open = !panel.open),
        }
    }

    /// Handles a change of the ledger.
    pub(crate) fn ledger_action(&mut self, editor: &Editor, action: LedgerAction) {
        match action {
            LedgerAction::TagChosen(tag) => self.with_panel(editor, |panel| {
                panel.table = Some(tag);
                panel.sorted = None;
                panel.filter.clear();
            }),
            LedgerAction::Sorted(column) => self.with_panel(editor, |panel| {
                panel.sorted = match panel.sorted.take() {
                    Some(sorting) if sorting.column == column && sorting.descending => None,
                    Some(sorting) => Some(Sorting {
                        descending: sorting.column == column,
                        column,
                    }),
                    None => Some(Sorting {
                        column,
                        descending: false,
                    }),
                };
            }),
            LedgerAction::Filtered(filter) => {
                self.with_panel(editor, |panel| panel.filter = filter);
            }
            LedgerAction::Copied => {
                let (_, table) = sorted_ledger(editor.shown(), &editor.panel);
                self.request(Effect::CopyText(to_tsv(&table)));
            }
            LedgerAction::Exported => {
                let document = editor.shown();
                let (tag, table) = sorted_ledger(document, &editor.panel);
                let name = document.codebook().tag(&tag);
                let name = name.map(|tag| tag.name.as_str()).unwrap_or_default();
                let title = format!("{} {name}", document.article().title);
                let name = file_name(&title, "csv");
                let csv = to_csv(document, &table);
                self.request(Effect::DownloadFile {
                    name,
                    media_type: "text/csv",
                    text: csv,
                });
            }
        }
    }

    /// Opens the side panel.
    pub(crate) fn open_panel(&mut self) {
        if let Some(editor) = self.editor.clone() {
            self.with_panel(&editor, |panel| panel.open = true);
        }
    }

    /// Changes the side panel.
    pub(crate) fn with_panel(&mut self, editor: &Editor, change: impl FnOnce(&mut Panel)) {
        let mut editor = editor.clone();
        change(&mut editor.panel);
        self.editor = Some(Rc::new(editor));
    }
}

/// The marks that the list shows.
pub(crate) fn listed(editor: &Editor) -> Vec<Id> {
    let list = RowList::default().next(editor.document(), &editor.panel);
    (0..list.len()).filter_map(|index| list.id(index)).collect()
}
