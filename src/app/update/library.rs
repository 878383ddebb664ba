//! Articles come, are renamed, go and come back.

use crate::app::{
    Action, Change, Desk, Kept, Offer, Purpose, Request, Route, Shelf, Stamp, State, sentence,
};
use pullquote_core::edit;
use pullquote_core::formats::{
    Entry, ReadError, article_of_text, decode, is_pullquote, read_document,
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
            (Purpose::Open, result) if self.route == Route::Article(id) => match result {
                Ok(kept) => self.open(*kept),
                Err(reason) => self.missing = Some(reason),
            },
            (Purpose::Open, _) => {}
            (Purpose::Rename(title), Ok(kept)) => {
                let desk = Desk::new(kept.document, kept.entries);
                if let Ok(step) = edit::rename(desk.document(), &title)
                    && let Ok(history) = desk.history.apply(&step)
                {
                    let number = desk.entries + 1;
                    let article = history.document().article().clone();
                    self.shelve_after(history.document(), stamp);
                    self.append(article, number, step, stamp);
                    self.say(format!("Renamed to {title}"));
                }
            }
            (Purpose::Rename(_), Err(reason)) => {
                self.tell(true, format!("The article was not renamed: {reason}"), None);
            }
            (Purpose::Compare(document), Ok(kept)) if kept.document == document => {
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
                self.ask(Request::Go(Route::Article(id)));
            }
            (Purpose::Compare(document), _) => {
                let title = format!("{} (copy)", document.article().title);
                let copy = document.copied_as(stamp.id(0), title);
                self.tell(
                    false,
                    format!(
                        "“{}” is here already, with other marks. The file was opened as a copy \
                         beside it.",
                        document.article().title
                    ),
                    None,
                );
                self.add(Rc::new(copy), true, stamp);
            }
        }
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
        } else if kept.replayed > FOLD_AFTER {
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
        match document_of_file(name, bytes, stamp) {
            Ok((document, unknown)) => {
                if !unknown.is_empty() {
                    self.tell(
                        false,
                        format!(
                            "“{name}” has {} field(s) that this version does not know and cannot \
                             keep: {}.",
                            unknown.len(),
                            listed(&unknown)
                        ),
                        None,
                    );
                }
                self.arrive(Rc::new(document), alone, stamp);
            }
            Err(error) => self.tell(true, sentence::of_read_error(name, &error), None),
        }
    }

    /// A document came in. One of the same id that is kept is never touched.
    fn arrive(&mut self, document: Rc<Document>, shown: bool, stamp: Stamp) {
        let id = document.article().id;
        if self.shelf.holding(id).is_some() {
            self.ask(Request::ReadDocument(id, Purpose::Compare(document)));
        } else {
            self.add(document, shown, stamp);
        }
    }

    pub(super) fn pasted(&mut self, text: &str, stamp: Stamp) {
        let document = if is_pullquote(text) {
            read_document(text.as_bytes()).map(|opened| opened.document)
        } else {
            article_of_text(stamp.id(0), text, None).map(of_article)
        };
        match document {
            Ok(document) => self.arrive(Rc::new(document), true, stamp),
            Err(ReadError::Empty) => {
                self.tell(true, "There is no text to paste.".to_owned(), None);
            }
            Err(error) => {
                self.tell(
                    true,
                    sentence::of_read_error("The pasted text", &error),
                    None,
                );
            }
        }
    }

    /// Adds a document to the library, and goes there if it is to be `shown`.
    pub(super) fn add(&mut self, document: Rc<Document>, shown: bool, stamp: Stamp) {
        let id = document.article().id;
        let holding = Rc::new(Holding::new(&document, stamp.now));
        if let Shelf::Read(holdings) = &mut self.shelf {
            holdings.insert(id, holding.clone());
        }
        self.keep(vec![Change::Add(document.clone()), Change::Shelve(holding)]);
        self.say(format!("Opened {}", document.article().title));
        if !shown {
            return;
        }
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
        match self.desk.clone() {
            Some(desk) if desk.document().article().id == id => {
                let step = edit::rename(desk.document(), &title);
                self.step(&desk, step, stamp);
            }
            _ => self.ask(Request::ReadDocument(id, Purpose::Rename(title))),
        }
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
        let offer = Action::RestoreArticle(id);
        self.notices.retain(|notice| {
            !notice
                .offer
                .as_ref()
                .is_some_and(|other| *other.action == offer)
        });
        self.say(format!("{} is back", holding.title));
    }

    pub(super) fn purge_article(&mut self, id: Id) {
        let is_deleted = |holding: &Rc<Holding>| holding.deleted.is_some();
        if !self.shelf.holding(id).is_some_and(is_deleted) {
            return;
        }
        if let Shelf::Read(holdings) = &mut self.shelf {
            holdings.remove(&id);
        }
        let offer = Action::RestoreArticle(id);
        self.notices.retain(|notice| {
            !notice
                .offer
                .as_ref()
                .is_some_and(|other| *other.action == offer)
        });
        self.keep(vec![Change::Purge(id)]);
    }

    /// The line of a document that was just changed.
    pub(super) fn shelve_after(&mut self, document: &Document, stamp: Stamp) {
        let holding = match self.shelf.holding(document.article().id) {
            Some(holding) => holding.after(document, stamp.now),
            None => Holding::new(document, stamp.now),
        };
        if let Shelf::Read(holdings) = &mut self.shelf {
            holdings.insert(holding.id, Rc::new(holding));
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
    }

    pub(super) fn put_holding(&mut self, holding: Holding) {
        let holding = Rc::new(holding);
        if let Shelf::Read(holdings) = &mut self.shelf {
            holdings.insert(holding.id, holding.clone());
        }
        self.keep(vec![Change::Shelve(holding)]);
    }
}

fn of_article(article: Article) -> Document {
    Document::new(article, Codebook::news())
}

/// The document in a file, by its name and what it holds.
fn document_of_file(
    name: &str,
    bytes: &[u8],
    stamp: Stamp,
) -> Result<(Document, Vec<String>), ReadError> {
    let text = decode(bytes)?;
    let lower = name.to_lowercase();
    if lower.ends_with(".json") || is_pullquote(text) {
        return read_document(bytes).map(|opened| (opened.document, opened.unknown));
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    article_of_text(stamp.id(0), text, Some(stem)).map(|article| (of_article(article), Vec::new()))
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
