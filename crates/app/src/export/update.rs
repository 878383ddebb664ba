//! Updates of the export: datasets, the article's own file, printing.

use crate::browser_reason::BrowserReason;
use crate::editor::panel::listed;
use crate::editor::state::Editor;
use crate::effect::Effect;
use crate::export::action::ExportAction;
use crate::export::settings::{ExportChange, ExportScope, ExportSettings};
use crate::export::state::{Export, Progress};
use crate::export::summary::DatasetSummary;
use crate::messages::export;
use crate::notice::FileWork;
use crate::route::Route;
use crate::saving::state::SavedState;
use crate::state::State;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_datasets::catalogue::{Format, FormatId};
use pullquote_formats::file_name::file_stem;
use std::rc::Rc;

impl State {
    /// Handles what happened to an export.
    pub(crate) fn export_action(&mut self, action: ExportAction) {
        match action {
            ExportAction::Changed(change) => {
                let mut export = (*self.export).clone();
                if let ExportChange::Scope(scope) = change {
                    export.scope = scope;
                }
                export.settings = export.settings.with(&change);
                self.export = Rc::new(export);
                self.preview_dataset();
            }
            ExportAction::RecentRead(ids) => self.recent_formats_read(&ids),
            ExportAction::DatasetRequested { download } => self.build_dataset(download),
            ExportAction::DatasetProgressed { number, done, all } => {
                if let (true, Progress::Busy { download, .. }) =
                    (number == self.export.number, &self.export.state)
                {
                    let download = *download;
                    self.set_progress(Progress::Busy {
                        download,
                        done,
                        all,
                    });
                }
            }
            ExportAction::DatasetBuilt { number, result } => {
                if number == self.export.number {
                    match result {
                        Ok(summary) => self.dataset_built(Rc::new(*summary)),
                        Err(reason) => self.set_progress(Progress::Failed(reason)),
                    }
                }
            }
            ExportAction::DatasetStopped => self.stop_dataset(),
            ExportAction::ArticleFileRequested => {
                if let Some(editor) = self.editor.clone() {
                    self.write_article_file(&editor);
                }
            }
            ExportAction::PrintRequested => {
                if let Some(editor) = self.editor.clone() {
                    self.print(&editor);
                }
            }
            ExportAction::ArticleFileWritten { id, asked, result } => {
                self.article_file_written(id, asked, result);
            }
        }
    }

    /// The formats that were exported last are known: the last one is chosen. Ids that no format
    /// has any more are ignored.
    fn recent_formats_read(&mut self, ids: &[String]) {
        let known = ids.iter().filter_map(|id| Format::named(id));
        let known: Vec<&'static str> = known.map(|format| format.id.as_str()).collect();
        let Some(last) = known.first() else { return };
        let mut export = (*self.export).clone();
        if export.settings == ExportSettings::default() {
            let last = ExportChange::Format((*last).to_owned());
            export.settings = export.settings.with(&last);
        }
        export.remember(known);
        export.first.clone_from(&export.recent);
        self.export = Rc::new(export);
    }

    /// Stops the run. Its result is discarded.
    fn stop_dataset(&mut self) {
        self.request(Effect::StopDataset);
        let mut export = (*self.export).clone();
        export.number += 1;
        export.state = Progress::Stopped;
        self.export = Rc::new(export);
    }

    /// Writes the article to a Pullquote file, which holds everything. If the storage has the
    /// article in this state, the worker reads it from there.
    fn write_article_file(&mut self, editor: &Editor) {
        let is_saved = self.saved_state() == SavedState::Saved;
        // Without entries, nothing tells this state from another with the same id.
        let latest = editor.history.latest().filter(|_| is_saved);
        let stored = latest.map(|latest| (editor.history.number(), Some(latest)));
        let article = editor.document().article();
        self.under_way.push(FileWork::Writing {
            id: article.id,
            title: article.title.clone(),
        });
        self.request(Effect::WriteArticleFile {
            document: editor.document().clone(),
            stored,
        });
    }

    fn article_file_written(
        &mut self,
        id: Id,
        asked: Timestamp,
        result: Result<(), BrowserReason>,
    ) {
        self.end_work(|work| matches!(work, FileWork::Writing { id: other, .. } if *other == id));
        match result {
            Ok(()) => {
                self.articles_copied([(id, asked)].into_iter());
                self.announce(export::EXPORTED);
            }
            Err(reason) => self.alarm(export::file_not_written(&reason)),
        }
    }

    /// Prints the article, on its own screen.
    fn print(&mut self, editor: &Editor) {
        let article = editor.document().article().clone();
        if !matches!(self.route, Route::Article(_)) {
            self.request(Effect::ChangeRoute(Route::Article(article.id)));
        }
        self.request(Effect::Print(article));
    }

    fn set_progress(&mut self, state: Progress) {
        let mut export = (*self.export).clone();
        export.state = state;
        self.export = Rc::new(export);
    }

    fn dataset_built(&mut self, summary: Rc<DatasetSummary>) {
        let downloaded = matches!(self.export.state, Progress::Busy { download: true, .. });
        if downloaded {
            self.announce(export::dataset_written(&summary));
            let mut export = (*self.export).clone();
            export.remember(export.settings.formats.clone());
            self.request(Effect::SaveRecentFormats(export.recent.clone()));
            self.export = Rc::new(export);
            // Only our own format with all marks is a copy that can be worked on elsewhere.
            let has_own_format =
                (self.export.settings.formats()).any(|format| format.id == FormatId::PullquoteJson);
            if has_own_format && self.export.scope != ExportScope::Listed {
                let (asked, ids) = (self.export.asked, self.export.articles.clone());
                self.articles_copied(ids.into_iter().map(|id| (id, asked)));
            }
        }
        self.set_progress(Progress::Built {
            summary,
            downloaded,
        });
    }

    /// The export screen is shown: a preview of the dataset is built.
    pub(crate) fn export_screen_shown(&mut self) {
        let mut export = Export {
            settings: self.export.settings.clone(),
            first: self.export.recent.clone(),
            recent: self.export.recent.clone(),
            number: self.export.number + 1,
            ..Export::default()
        };
        match self.route {
            Route::ExportAll => export.scope = ExportScope::Library,
            Route::Export(_) => {}
            Route::Library | Route::Article(_) | Route::Codebook(_) | Route::Codebooks => return,
        }
        self.export = Rc::new(export);
        self.preview_dataset();
    }

    /// If the screen `before` was the export screen, stops the run.
    pub(crate) fn export_screen_left(&mut self, before: Route) {
        if matches!(before, Route::Export(_) | Route::ExportAll) {
            self.abandon_dataset();
        }
    }

    /// Stops the run, if there is one. If it was a download, the user is told.
    fn abandon_dataset(&mut self) {
        if let Progress::Busy { download, .. } = self.export.state {
            self.stop_dataset();
            if download {
                self.announce(export::STOPPED);
            }
        }
    }

    /// Builds a preview of the dataset, except of the whole library, which takes long.
    fn preview_dataset(&mut self) {
        if matches!(self.export.state, Progress::Busy { download: true, .. }) {
            self.abandon_dataset();
        }
        if self.export.scope == ExportScope::Library {
            if matches!(self.export.state, Progress::Busy { .. }) {
                self.request(Effect::StopDataset);
            }
            let mut export = (*self.export).clone();
            export.number += 1;
            export.state = Progress::Waiting;
            self.export = Rc::new(export);
        } else if self.editor.is_some() {
            self.build_dataset(false);
        }
    }

    fn build_dataset(&mut self, download: bool) {
        let mut export = (*self.export).clone();
        let source = match (export.scope, &self.editor) {
            (ExportScope::Library, _) => None,
            (_, None) => return,
            (ExportScope::Article, Some(editor)) => Some((editor.document().clone(), None)),
            (ExportScope::Listed, Some(editor)) => {
                Some((editor.document().clone(), Some(listed(editor))))
            }
        };
        let mut settings = export.settings.clone();
        settings.options.name = file_stem(&title_of(source.as_ref()));
        settings.options.made = self.now;
        export.number += 1;
        export.asked = self.now;
        export.articles = match &source {
            Some((document, _)) => vec![document.article().id],
            None => self.library.live().iter().map(|entry| entry.id).collect(),
        };
        export.before = match export.state {
            Progress::Built { summary, .. } if source.is_some() => Some(summary),
            Progress::Busy { .. } if source.is_some() => export.before,
            _ => None,
        };
        let failure = match settings.check() {
            Err(error) => Some(export::settings_error(&error)),
            Ok(()) if export.articles.is_empty() => Some(export::NO_ARTICLES.to_owned()),
            Ok(()) => None,
        };
        if let Some(failure) = failure {
            export.state = Progress::Failed(failure);
            self.request(Effect::StopDataset);
        } else {
            export.state = Progress::Busy {
                download,
                done: 0,
                all: export.articles.len(),
            };
            let settings = Box::new(settings);
            self.request(Effect::BuildDataset {
                number: export.number,
                settings,
                source,
                download,
            });
        }
        self.export = Rc::new(export);
    }
}

/// The title of the dataset of an article, of some marks of it, or of the library.
fn title_of(source: Option<&(Rc<Document>, Option<Vec<Id>>)>) -> String {
    let Some((document, marks)) = source else {
        return export::LIBRARY_NAME.to_owned();
    };
    let title = &document.article().title;
    match marks {
        Some(marks) => export::title_of_listed(title, marks.len(), document.annotations().len()),
        None => title.clone(),
    }
}

/// The number of marks that the list of an article shows.
#[must_use]
pub fn listed_marks(editor: &Editor) -> usize {
    listed(editor).len()
}
