//! The marks as a list: filtered, searched, grouped.

use crate::editor::state::Panel;
use crate::messages::editor;
use pullquote_core::analysis::completeness::Links;
use pullquote_core::analysis::ledger::name_of;
use pullquote_core::analysis::query::{Query, searchable_text};
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::colour::Colour;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::value::in_words;
use pullquote_core::text::shortened::{one_line, shortened};

use std::rc::Rc;

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// The heading over the marks of a tag.
    Heading {
        /// The index of the tag in the codebook.
        tag: usize,
        /// The number of its marks in the list.
        marks: usize,
    },
    /// The mark with this index in the document.
    Mark(usize),
}

/// One mark in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowView {
    /// The mark.
    pub id: Id,
    /// Its tag's colour.
    pub colour: Colour,
    /// Its tag's letter.
    pub letter: Rc<str>,
    /// Its tag's name.
    pub tag_name: Rc<str>,
    /// Its words.
    pub quote: Rc<str>,
    /// Its note, on one line; empty if there is none.
    pub note: Rc<str>,
    /// Its relations and answers, in short.
    pub summary: Rc<str>,
    /// The required fields that are empty; empty if there are none.
    pub missing: Rc<str>,
    /// Whether it is set aside for another look.
    pub flagged: bool,
    /// Whether the card shows it.
    pub chosen: bool,
}

/// Lists of the same document with the same search, filter and grouping are equal.
impl PartialEq for RowList {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Rc<Document>, &Rc<Document>)| Rc::ptr_eq(a, b);
        let documents = self.document.as_ref().zip(other.document.as_ref());
        documents.is_some_and(same) && self.panel.lists_like(&other.panel)
    }
}

/// The list of marks. The content of a row is made when it is requested, because of ten thousand
/// rows only a few dozen are on the screen.
#[derive(Clone, Debug, Default)]
pub struct RowList {
    document: Option<Rc<Document>>,
    // Invariant: the rows that `panel` asks for; `None` means every mark in document order.
    items: Option<Rc<[Item]>>,
    marks: usize,
    panel: Panel,
    // Of the document.
    links: Rc<Links>,
    incomplete: usize,
    // The searchable text of each mark; empty if there is no search.
    folded: Vec<Folded>,
}

/// A mark with its searchable text in lower case.
#[derive(Clone, Debug)]
struct Folded {
    mark: Rc<Annotation>,
    words: Rc<str>,
}

impl RowList {
    /// The marks that `panel` asks for; its query is read by [`Query`].
    #[must_use]
    pub fn next(&self, document: &Rc<Document>, panel: &Panel) -> Self {
        let is_same = |old: &Rc<Document>| Rc::ptr_eq(old, document);
        if self.panel.lists_like(panel) && self.document.as_ref().is_some_and(is_same) {
            return self.clone();
        }
        let query = Query::new(&panel.query);
        let links = self.links.after(self.document.as_deref(), document);
        let folded = if query.is_empty() {
            Vec::new()
        } else {
            self.folded(document)
        };
        let book = document.codebook();
        let is_listed = |index: usize, mark: &Annotation| {
            panel.only.as_ref().is_none_or(|only| *only == mark.tag)
                && (query.is_empty() || query.fits(document, &links, mark, &folded[index].words))
        };
        let all = document.annotations();
        let is_whole = query.is_empty() && panel.only.is_none() && !panel.grouped;
        let marks = (0..)
            .zip(all)
            .filter(|(index, mark)| is_listed(*index, mark));
        let items: Option<Rc<[Item]>> = if is_whole {
            None
        } else if panel.grouped {
            let mut by_tag = vec![Vec::new(); book.tags().len()];
            for (index, mark) in marks {
                if let Some(tag) = book.index_of(&mark.tag) {
                    by_tag[tag].push(Item::Mark(index));
                }
            }
            let groups = (0..).zip(by_tag).filter(|(_, marks)| !marks.is_empty());
            let items = groups.flat_map(|(tag, marks)| {
                std::iter::once(Item::Heading {
                    tag,
                    marks: marks.len(),
                })
                .chain(marks)
            });
            Some(items.collect())
        } else {
            Some(marks.map(|(index, _)| Item::Mark(index)).collect())
        };
        let is_mark = |item: &&Item| matches!(item, Item::Mark(_));
        Self {
            document: Some(document.clone()),
            marks: items
                .as_ref()
                .map_or(all.len(), |items| items.iter().filter(is_mark).count()),
            items,
            panel: panel.clone(),
            folded,
            incomplete: links.incomplete(document),
            links,
        }
    }

    /// The searchable text of each mark. That of unchanged marks is taken from this list.
    fn folded(&self, document: &Document) -> Vec<Folded> {
        let same_book = self.document.as_ref().is_some_and(|old| {
            Rc::ptr_eq(old.codebook(), document.codebook()) && old.entities() == document.entities()
        });
        let mut before = if same_book {
            self.folded.as_slice()
        } else {
            &[]
        };
        let marks = document.annotations().iter();
        // Both are in document order, so they can be compared side by side.
        let folded = marks.map(|mark| {
            while let [old, rest @ ..] = before
                && !Rc::ptr_eq(&old.mark, mark)
                && old.mark.order(mark).is_lt()
            {
                before = rest;
            }
            match before.first().filter(|old| Rc::ptr_eq(&old.mark, mark)) {
                Some(old) => old.clone(),
                None => Folded {
                    mark: mark.clone(),
                    words: searchable_text(document, mark).into(),
                },
            }
        });
        folded.collect()
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.as_ref().map_or(self.marks, |items| items.len())
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of marks in the list.
    #[must_use]
    pub fn marks(&self) -> usize {
        self.marks
    }

    /// The number of marks in the document with empty required fields.
    #[must_use]
    pub fn incomplete(&self) -> usize {
        self.incomplete
    }

    /// The row with this index.
    #[must_use]
    pub fn item(&self, index: usize) -> Option<Item> {
        match &self.items {
            Some(items) => items.get(index).copied(),
            None => (index < self.marks).then_some(Item::Mark(index)),
        }
    }

    /// The mark in the row with this index; `None` for a heading.
    #[must_use]
    pub fn id(&self, index: usize) -> Option<Id> {
        let Some(Item::Mark(at)) = self.item(index) else {
            return None;
        };
        let marks = self.document.as_ref()?.annotations();
        marks.get(at).map(|mark| mark.id)
    }

    /// The index of the row of a mark.
    #[must_use]
    pub fn index_of(&self, id: Id) -> Option<usize> {
        let mark = self.document.as_ref()?.index_of(id)?;
        match &self.items {
            Some(items) => items.iter().position(|item| *item == Item::Mark(mark)),
            None => Some(mark),
        }
    }

    /// The index in the codebook of the tag under whose heading a row is.
    #[must_use]
    pub fn group_of(&self, index: usize) -> Option<usize> {
        match self.item(index).filter(|_| self.panel.grouped)? {
            Item::Heading { tag, .. } => Some(tag),
            Item::Mark(mark) => {
                let document = self.document.as_ref()?;
                let tag = &document.annotations().get(mark)?.tag;
                document.codebook().index_of(tag)
            }
        }
    }

    /// The content of a row; `None` for a heading.
    #[must_use]
    pub fn row(&self, index: usize, chosen: Option<Id>) -> Option<RowView> {
        let Some(Item::Mark(at)) = self.item(index) else {
            return None;
        };
        let document = self.document.as_ref()?;
        let mark = document.annotations().get(at)?;
        let tag = document.codebook().tag(&mark.tag)?;
        Some(RowView {
            id: mark.id,
            colour: tag.colour,
            letter: tag.letter().into(),
            tag_name: tag.name.as_str().into(),
            quote: mark.quote(document.article()).into(),
            note: one_line(&mark.note).into(),
            summary: summary_of(document, &self.links, mark).into(),
            missing: missing_of(document, &self.links, mark).into(),
            flagged: mark.flagged,
            chosen: chosen == Some(mark.id),
        })
    }

    /// The number of a row among those under its heading, from 1, and the number of these rows.
    #[must_use]
    pub fn number_of(&self, index: usize) -> (usize, usize) {
        if !self.panel.grouped {
            return (index + 1, self.marks);
        }
        let items = self.items.iter().flat_map(|items| items[..index].iter());
        let heading = items.rev().zip(1..).find_map(|(item, number)| match item {
            Item::Heading { marks, .. } => Some((number, *marks)),
            Item::Mark(_) => None,
        });
        heading.unwrap_or((index + 1, self.marks))
    }
}

/// "made by Pakistan · planned · soon": links first, then answers, of each the first few.
fn summary_of(document: &Document, links: &Links, mark: &Annotation) -> String {
    let book = document.codebook();
    let mut phrases = Vec::new();
    for kind in book.relations() {
        let others = links
            .from(mark.id)
            .iter()
            .filter(|link| link.kind == kind.id);
        let others = others.filter_map(|link| document.annotation(link.to));
        let names: Vec<String> = others.map(|other| name_of(document, other)).collect();
        if !names.is_empty() {
            phrases.push(format!("{} {}", kind.name, names.join(", ")));
        }
    }
    let entity = document.member_of(mark);
    let quote = mark.quote(document.article());
    phrases.extend(
        entity
            .map(|entity| entity.name.clone())
            .filter(|name| *name != quote),
    );
    let tag = book.tag(&mark.tag);
    for attribute in tag.iter().flat_map(|tag| &tag.attributes) {
        phrases.extend(mark.values.get(&attribute.id).map(in_words));
    }
    let all = phrases.len();
    phrases.truncate(MOST_PHRASES);
    if all > MOST_PHRASES {
        phrases.push("…".to_owned());
    }
    shortened(&phrases.join(" · "), 140)
}

/// The largest number of phrases in the summary of a mark.
const MOST_PHRASES: usize = 5;

/// "no made by, no Strength".
fn missing_of(document: &Document, links: &Links, mark: &Annotation) -> String {
    let gaps = links.gaps(document, mark);
    editor::missing(gaps.iter().map(|gap| gap.name()))
}
