//! Articles come, are renamed, go and come back.

use crate::app::{
    Action, Change, Desk, Kept, NOT_KEPT, Notice, Offer, Purpose, Request, Route, Shelf, Stamp,
    State, sentence,
};
use pullquote_core::edit;
use pullquote_core::formats::{
    Entry, Opened, ReadError, article_of_text, decode, is_pullquote, read_document,
};
use pullquote_core::model::{Article, Codebook, Document, Holding, Id};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Entries that are replayed when an article is opened, before they are folded
/// into its snapshot.
const FOLD_AFTER: u64 = 200;

impl State {
    pub(super) fn shelf_read(&mut self, result: Result<(Vec<Holding>, usize), String>) {
        match result {
            Ok((holdings, damaged)) => {
                let mut lines = BTreeMap::new();
                for holding in holdings {
                    lines.insert(holding.id, Rc::new(holding));
                }
                // What was added before the library was known stays.
                if let Shelf::Read(added) = &self.shelf {
                    for (id, holding) in added {
                        lines.insert(*id, holding.clone());
                    }
                }
                self.shelf = Shelf::Read(lines);
                if damaged > 0 {
                    self.tell(
                        true,
                        format!(
                            "{damaged} line(s) of the library are damaged and are not shown. \
                             Nothing was deleted."
                        ),
                        None,
                    );
                }
            }
            Err(reason) => self.shelf = Shelf::Failed(reason),
        }
    }

    pub(super) fn document_read(
        &mut self,
        id: Id,
        purpose: Purpose,
        result: Result<Box<Kept>, String>,
        stamp: Stamp,
    ) {
        match (purpose, result) {
            // Asked for twice, it comes twice: the first is worked on already. What is
            // at hand is never older than what was read.
            (Purpose::Open, _) if self.is_open(id) => {}
            (Purpose::Open, _) if self.route == Route::Article(id) && self.is_parked(id) => {
                self.desk = self.take_parked(id);
            }
            (Purpose::Rename(title), _) if self.is_open(id) || self.is_parked(id) => {
                self.rename(id, title, stamp);
            }
            (Purpose::Open, result) if self.route == Route::Article(id) => match result {
                Ok(kept) => self.open(*kept),
                Err(reason) => self.missing = Some(reason),
            },
            (Purpose::Open, _) => {}
            (Purpose::Rename(title), Ok(kept)) if kept.broken.is_none() => {
                let desk = Desk::new(kept.document, kept.entries);
                let step = edit::rename(desk.document(), &title);
                self.step_aside(&desk, step, stamp);
            }
            (Purpose::Rename(_), result) => {
                let reason = match result {
                    Ok(kept) => kept.broken.unwrap_or_default(),
                    Err(reason) => reason,
                };
                self.tell(true, format!("The article was not renamed: {reason}"), None);
            }
            (Purpose::Compare(document, shown), Ok(kept)) if kept.document == document => {
                if self
                    .shelf
                    .holding(id)
                    .is_some_and(|it| it.deleted.is_some())
                {
                    self.restore_article(id);
                }
                self.tell(
                    false,
                    format!(
                        "“{}” is here already, with the same marks.",
                        document.article().title
                    ),
                    None,
                );
                if shown {
                    self.ask(Request::Go(Route::Article(id)));
                }
            }
            (Purpose::Compare(document, shown), Ok(_)) => {
                self.tell(
                    false,
                    format!(
                        "“{}” is here already, with other marks. The file was opened as a copy \
                         beside it.",
                        document.article().title
                    ),
                    None,
                );
                self.add_copy(&document, shown, stamp);
            }
            (Purpose::Compare(document, shown), Err(reason)) => {
                let has_no_library = matches!(self.shelf, Shelf::Failed(_));
                if reason == NOT_KEPT || has_no_library {
                    return self.add(document, shown, stamp);
                }
                self.tell(
                    true,
                    format!(
                        "“{}” is here already and could not be read: {reason} The file was opened \
                         as a copy beside it.",
                        document.article().title
                    ),
                    None,
                );
                self.add_copy(&document, shown, stamp);
            }
        }
    }

    fn is_parked(&self, id: Id) -> bool {
        let mut parked = self.parked.iter();
        parked.any(|desk| desk.document().article().id == id)
    }

    fn is_open(&self, id: Id) -> bool {
        let open = self.desk.as_ref();
        open.is_some_and(|desk| desk.document().article().id == id)
    }

    fn add_copy(&mut self, document: &Document, shown: bool, stamp: Stamp) {
        let title = format!("{} (copy)", document.article().title);
        self.add(
            Rc::new(document.copied_as(stamp.id(0), title)),
            shown,
            stamp,
        );
    }

    fn open(&mut self, kept: Kept) {
        self.missing = None;
        let id = kept.document.article().id;
        if let Some(reason) = &kept.broken {
            self.tell(
                true,
                format!(
                    "The last steps of this article are damaged in the storage ({reason}). \
                     Everything before them is here. Export it now."
                ),
                Some(Offer {
                    label: "Export",
                    action: Box::new(Action::Export),
                }),
            );
        }
        // What cannot be replayed must not be replayed later, on other steps.
        if kept.broken.is_some() || kept.replayed > FOLD_AFTER {
            self.keep(vec![Change::Fold(kept.document.clone(), kept.entries)]);
        }
        let mut desk = Desk::new(kept.document, kept.entries);
        desk.panel.open = !self.narrow;
        if matches!(self.shelf, Shelf::Read(_)) {
            // The line may lag behind entries that only the tail had.
            let kept = self.shelf.holding(id);
            let true_line = match kept {
                Some(holding) => holding.after(desk.document(), holding.changed),
                None => Holding::new(desk.document(), self.now),
            };
            if kept.is_none_or(|holding| **holding != true_line) {
                self.put_holding(true_line);
            }
        }
        self.desk = Some(Rc::new(desk));
    }

    pub(super) fn file_read(&mut self, name: &str, bytes: &[u8], alone: bool, stamp: Stamp) {
        match opened_file(name, bytes) {
            Ok(Some(opened)) => self.arrived(name, opened, alone),
            Ok(None) => {
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                let read =
                    decode(bytes).and_then(|text| article_of_text(stamp.id(0), text, Some(stem)));
                match read {
                    Ok(article) => self.add(Rc::new(of_article(article)), alone, stamp),
                    Err(error) => self.tell(true, sentence::of_read_error(name, &error), None),
                }
            }
            Err(error) => self.tell(true, sentence::of_read_error(name, &error), None),
        }
    }

    /// A document came in: its fields that this version does not know are named.
    fn arrived(&mut self, name: &str, opened: Opened, shown: bool) {
        if !opened.unknown.is_empty() {
            self.tell(
                false,
                format!(
                    "“{name}” has {} field(s) that this version does not know and cannot keep: {}.",
                    opened.unknown.len(),
                    listed(&opened.unknown)
                ),
                None,
            );
        }
        // One of the same id that is kept is never touched: the storage is asked.
        let document = Rc::new(opened.document);
        let id = document.article().id;
        self.ask(Request::ReadDocument(id, Purpose::Compare(document, shown)));
    }

    pub(super) fn pasted(&mut self, text: &str, stamp: Stamp) {
        const NAME: &str = "The pasted text";
        if is_pullquote(text) {
            return match read_document(text.as_bytes()) {
                Ok(opened) => self.arrived(NAME, opened, true),
                Err(error) => self.tell(true, sentence::of_read_error(NAME, &error), None),
            };
        }
        match article_of_text(stamp.id(0), text, None) {
            Ok(article) => self.add(Rc::new(of_article(article)), true, stamp),
            Err(ReadError::Empty) => {
                self.tell(true, "There is no text to paste.".to_owned(), None);
            }
            Err(error) => self.tell(true, sentence::of_read_error(NAME, &error), None),
        }
    }

    /// Adds a document to the library, and goes there if it is to be `shown`.
    pub(super) fn add(&mut self, document: Rc<Document>, shown: bool, stamp: Stamp) {
        let id = document.article().id;
        let holding = Rc::new(Holding::new(&document, stamp.now));
        self.put_line(holding.clone());
        self.keep(vec![Change::Add(document.clone()), Change::Shelve(holding)]);
        self.say(format!("Opened {}", document.article().title));
        if !shown {
            return;
        }
        self.leave_desk();
        let mut desk = Desk::new(document, 0);
        desk.panel.open = !self.narrow;
        self.desk = Some(Rc::new(desk));
        self.route = Route::Article(id);
        self.missing = None;
        self.ask(Request::Go(Route::Article(id)));
    }

    pub(super) fn rename(&mut self, id: Id, title: String, stamp: Stamp) {
        let title = title.trim().to_owned();
        let holding = self.shelf.holding(id);
        if title.is_empty() || holding.is_some_and(|holding| holding.title == title) {
            return;
        }
        if let Some(desk) = self.desk.clone().filter(|_| self.is_open(id)) {
            let step = edit::rename(desk.document(), &title);
            return self.step(&desk, step, stamp);
        }
        match self.take_parked(id) {
            Some(desk) => {
                let step = edit::rename(desk.document(), &title);
                self.step_aside(&desk, step, stamp);
            }
            None => self.ask(Request::ReadDocument(id, Purpose::Rename(title))),
        }
    }

    /// Does a step on an article that is not open.
    fn step_aside(
        &mut self,
        desk: &Desk,
        step: Result<edit::Transaction, edit::CommandError>,
        stamp: Stamp,
    ) {
        let open = self.desk.take();
        self.step(desk, step, stamp);
        // Also where the step was refused: the desk may hold the only copy of others.
        let after = std::mem::replace(&mut self.desk, open);
        self.parked
            .push(after.unwrap_or_else(|| Rc::new(desk.clone())));
    }

    pub(super) fn delete_article(&mut self, id: Id, stamp: Stamp) {
        let Some(holding) = self.shelf.holding(id).cloned() else {
            return;
        };
        self.put_holding(Holding {
            deleted: Some(stamp.now),
            ..(*holding).clone()
        });
        self.tell(
            false,
            format!("“{}” was deleted.", holding.title),
            Some(Offer {
                label: "Undo",
                action: Box::new(Action::RestoreArticle(id)),
            }),
        );
    }

    pub(super) fn restore_article(&mut self, id: Id) {
        let Some(holding) = self.shelf.holding(id).cloned() else {
            return;
        };
        self.put_holding(Holding {
            deleted: None,
            ..(*holding).clone()
        });
        self.withdraw(&Action::RestoreArticle(id));
        self.say(format!("{} is back", holding.title));
    }

    /// Brings back the article that was deleted last: what undo means in the library.
    pub(super) fn restore_latest(&mut self) {
        let deleted = self.shelf.listed(true).into_iter();
        if let Some(latest) = deleted.max_by_key(|holding| holding.deleted) {
            self.restore_article(latest.id);
        }
    }

    pub(super) fn purge_article(&mut self, id: Id) {
        let is_deleted = |holding: &Rc<Holding>| holding.deleted.is_some();
        if !self.shelf.holding(id).is_some_and(is_deleted) {
            return;
        }
        if let Shelf::Read(holdings) = &mut self.shelf {
            holdings.remove(&id);
        }
        self.withdraw(&Action::RestoreArticle(id));
        self.keep(vec![Change::Purge(id)]);
    }

    /// Takes back the notices that offer this.
    fn withdraw(&mut self, action: &Action) {
        let offers = |notice: &Rc<Notice>| {
            let offer = notice.offer.as_ref();
            offer.is_some_and(|offer| *offer.action == *action)
        };
        self.notices.retain(|notice| !offers(notice));
    }

    /// The line of a document that was just changed.
    pub(super) fn shelve_after(&mut self, document: &Document, stamp: Stamp) {
        let holding = match self.shelf.holding(document.article().id) {
            Some(holding) => holding.after(document, stamp.now),
            None => Holding::new(document, stamp.now),
        };
        self.put_line(Rc::new(holding));
    }

    /// Puts a line on the shelf, also where the shelf is not known yet.
    fn put_line(&mut self, holding: Rc<Holding>) {
        match &mut self.shelf {
            Shelf::Read(lines) => {
                lines.insert(holding.id, holding);
            }
            _ => self.shelf = Shelf::Read(BTreeMap::from([(holding.id, holding)])),
        }
    }

    /// One more entry in the journal, together with the article's line.
    pub(super) fn append(
        &mut self,
        article: Rc<Article>,
        number: u64,
        transaction: edit::Transaction,
        stamp: Stamp,
    ) {
        let id = article.id;
        let entry = Entry {
            number,
            at: stamp.now,
            transaction,
        };
        let mut changes = vec![Change::Append(article, Rc::new(entry))];
        changes.extend(self.shelf.holding(id).cloned().map(Change::Shelve));
        self.keep(changes);
        if number.is_multiple_of(FOLD_AFTER) {
            let open = self.desk.as_ref().filter(|_| self.is_open(id));
            let folded = open.map(|desk| Change::Fold(desk.document().clone(), number));
            self.keep(folded.into_iter().collect());
        }
    }

    pub(super) fn put_holding(&mut self, holding: Holding) {
        let holding = Rc::new(holding);
        self.put_line(holding.clone());
        self.keep(vec![Change::Shelve(holding)]);
    }
}

fn of_article(article: Article) -> Document {
    Document::new(article, Codebook::news())
}

/// The document in a file of ours; `None` for a file that may be a text.
fn opened_file(name: &str, bytes: &[u8]) -> Result<Option<Opened>, ReadError> {
    let text = decode(bytes)?;
    if name.to_lowercase().ends_with(".json") || is_pullquote(text) {
        return read_document(bytes).map(Some);
    }
    Ok(None)
}

/// The first three, and how many more.
fn listed(places: &[String]) -> String {
    let shown = places
        .iter()
        .take(3)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match places.len().saturating_sub(3) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
