//! Articles on their way out, as a dataset.

use crate::action::Action;
use crate::editor::annotating::listed;
use crate::editor::state::Editor;
use crate::effect::Effect;
use crate::export::settings::{
    DatasetSummary, Export, ExportChange, ExportScope, ExportSettings, Progress,
};
use crate::route::Route;
use crate::state::State;
use pullquote_datasets::catalogue::FormatId;
use pullquote_formats::file_name::file_stem;

use std::rc::Rc;

impl State {
    pub(crate) fn leaving(&mut self, action: Action) {
        match action {
            Action::Wished(wish) => {
                let mut export = (*self.export).clone();
                if let ExportChange::Scope(scope) = wish {
                    export.scope = scope;
                }
                export.wanted = export.wanted.with(&wish);
                self.export = Rc::new(export);
                self.look();
            }
            Action::DatasetWanted(gives) => self.make(gives),
            Action::DatasetGrew(number, done, all) => {
                if let (true, Progress::Busy(gives, ..)) =
                    (number == self.export.number, &self.export.state)
                {
                    self.progressed(Progress::Busy(*gives, done, all));
                }
            }
            Action::DatasetMade(number, result) if number == self.export.number => {
                let gives = matches!(self.export.state, Progress::Busy(true, ..));
                match result {
                    Ok(look) => self.made(Rc::new(*look), gives),
                    Err(reason) => self.progressed(Progress::Failed(reason)),
                }
            }
            Action::DatasetStopped => {
                self.ask(Effect::StopDataset);
                let mut export = (*self.export).clone();
                // What it comes to after all is of no interest.
                export.number += 1;
                export.state = Progress::Stopped;
                self.export = Rc::new(export);
            }
            _ => {}
        }
    }

    fn progressed(&mut self, state: Progress) {
        let mut export = (*self.export).clone();
        export.state = state;
        self.export = Rc::new(export);
    }

    fn made(&mut self, look: Rc<DatasetSummary>, gives: bool) {
        if gives {
            let verdict = look.verdict();
            self.say(format!("{} was written: {verdict}", look.name));
            // Only our own file has all that is needed to go on elsewhere.
            let has_all = self
                .export
                .wanted
                .formats()
                .any(|it| it.id == FormatId::PullquoteJson);
            // Some of its marks are no copy of it.
            let has_all = has_all && self.export.scope != ExportScope::Listed;
            let (asked, ids) = (self.export.asked, self.export.articles.clone());
            if has_all {
                self.copied(ids.into_iter().map(|id| (id, asked)));
            }
        }
        self.progressed(Progress::Made(look, gives));
    }

    /// The screen of the export came: what it would come to is shown.
    pub(crate) fn came_to_the_export(&mut self) {
        let mut export = Export {
            wanted: self.export.wanted.clone(),
            number: self.export.number + 1,
            ..Export::default()
        };
        match self.route {
            Route::ExportAll => export.scope = ExportScope::Library,
            Route::Export(_) => {}
            _ => return,
        }
        self.export = Rc::new(export);
        self.look();
    }

    /// The screen of the export goes: what is being made is not waited for.
    pub(crate) fn left_the_export(&mut self, before: Route) {
        if matches!(before, Route::Export(_) | Route::ExportAll) {
            self.break_off();
        }
    }

    /// What is being made is of no interest any more; what was to be given is told of.
    fn break_off(&mut self) {
        if let Progress::Busy(gives, ..) = self.export.state {
            self.leaving(Action::DatasetStopped);
            if gives {
                self.say("The export was stopped. Nothing was written.");
            }
        }
    }

    /// Looks at what it comes to, where that does not take the whole library.
    pub(crate) fn look(&mut self) {
        if matches!(self.export.state, Progress::Busy(true, ..)) {
            self.break_off();
        }
        if self.export.scope == ExportScope::Library {
            if matches!(self.export.state, Progress::Busy(..)) {
                self.ask(Effect::StopDataset);
            }
            let mut export = (*self.export).clone();
            export.number += 1;
            export.state = Progress::Waiting;
            self.export = Rc::new(export);
        } else if self.desk.is_some() {
            self.make(false);
        }
    }

    /// Has it made; `gives`: for the user to keep.
    fn make(&mut self, gives: bool) {
        let mut export = (*self.export).clone();
        let source = match (export.scope, &self.desk) {
            (ExportScope::Library, _) => None,
            (_, None) => return,
            (ExportScope::Article, Some(desk)) => Some((desk.document().clone(), None)),
            (ExportScope::Listed, Some(desk)) => {
                Some((desk.document().clone(), Some(listed(desk))))
            }
        };
        let library = self.shelf.listed(false);
        let title = match &source {
            None => "pullquote-library".to_owned(),
            Some((document, ids)) => {
                let title = document.article().title.clone();
                let all = document.annotations().len();
                match ids {
                    // Not to be taken for the whole; before what is cut off a long title.
                    Some(ids) => format!("{} of {all} marks - {title}", ids.len()),
                    None => title,
                }
            }
        };
        let mut wanted: ExportSettings = export.wanted.clone();
        wanted.options.name = file_stem(&title);
        wanted.options.made = self.now;
        export.number += 1;
        export.asked = self.now;
        export.articles = match &source {
            Some((document, _)) => vec![document.article().id],
            None => library.iter().map(|line| line.id).collect(),
        };
        export.before = match export.state {
            Progress::Made(look, _) if source.is_some() => Some(look),
            Progress::Busy(..) if source.is_some() => export.before,
            _ => None,
        };
        let nothing = export.articles.is_empty();
        let nothing = nothing.then(|| "there is no article in the library".to_owned());
        if let Some(fault) = wanted.fault().or(nothing) {
            export.state = Progress::Failed(fault);
            self.ask(Effect::StopDataset);
        } else {
            export.state = Progress::Busy(gives, 0, export.articles.len());
            let wanted = Box::new(wanted);
            self.ask(Effect::Dataset(export.number, wanted, source, gives));
        }
        self.export = Rc::new(export);
    }
}

/// How many marks the list of an article shows.
#[must_use]
pub fn listed_marks(desk: &Editor) -> usize {
    listed(desk).len()
}
