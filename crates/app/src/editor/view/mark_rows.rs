//! The marks as a list: filtered, searched, grouped.

use crate::editor::state::Panel;
use pullquote_core::analysis::completeness::Links;
use pullquote_core::analysis::ledger::name_of;
use pullquote_core::analysis::query::{Query, searchable_text};
use pullquote_core::edit::commands::relations::in_words;
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::colour::Colour;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::text::shortened::{one_line, shortened};

use std::rc::Rc;

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// The heading over the marks of the tag at this place of the palette: how many.
    Heading(usize, usize),
    /// The mark at this place of the document.
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
    /// What is said of it, in short: whom it is linked to, what was answered.
    pub said: Rc<str>,
    /// What is missing that should be there; empty where nothing is.
    pub missing: Rc<str>,
    /// Whether it is set aside for another look.
    pub flagged: bool,
    /// Whether the card shows it.
    pub chosen: bool,
}

/// Lists of the very same marks, asked for in the same way, are the same.
impl PartialEq for RowList {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Rc<Document>, &Rc<Document>)| Rc::ptr_eq(a, b);
        let documents = self.document.as_ref().zip(other.document.as_ref());
        documents.is_some_and(same) && self.panel.asks_as(&other.panel)
    }
}

/// What the list has, line by line. A line's words are made when it is asked for: of ten
/// thousand, a few dozen are on the screen.
#[derive(Clone, Debug, Default)]
pub struct RowList {
    document: Option<Rc<Document>>,
    // Invariant: what `panel` asks of the document; `None` for every mark in its order.
    items: Option<Rc<[Item]>>,
    marks: usize,
    panel: Panel,
    // Of the document.
    links: Rc<Links>,
    incomplete: usize,
    // What is searched, a mark: see `Folded`. Empty where nothing is searched for.
    folded: Vec<Folded>,
}

/// A mark with all that is known of it in lower case.
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
        if self.panel.asks_as(panel) && self.document.as_ref().is_some_and(is_same) {
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
        let wanted = |place: usize, mark: &Annotation| {
            panel.only.as_ref().is_none_or(|only| *only == mark.tag)
                && (query.is_empty() || query.fits(document, &links, mark, &folded[place].words))
        };
        let all = document.annotations();
        let is_whole = query.is_empty() && panel.only.is_none() && !panel.grouped;
        let marks = (0..).zip(all).filter(|(place, mark)| wanted(*place, mark));
        let items: Option<Rc<[Item]>> = if is_whole {
            None
        } else if panel.grouped {
            let mut by_tag = vec![Vec::new(); book.tags().len()];
            for (place, mark) in marks {
                if let Some(tag) = book.place_of(&mark.tag) {
                    by_tag[tag].push(Item::Mark(place));
                }
            }
            let groups = (0..).zip(by_tag).filter(|(_, marks)| !marks.is_empty());
            let items = groups.flat_map(|(tag, marks)| {
                std::iter::once(Item::Heading(tag, marks.len())).chain(marks)
            });
            Some(items.collect())
        } else {
            Some(marks.map(|(place, _)| Item::Mark(place)).collect())
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

    /// What is searched: of a mark that was there before it is there already.
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
        // Both are in document order: the old ones are gone through beside the new.
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

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.as_ref().map_or(self.marks, |items| items.len())
    }

    /// Whether there is no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many marks there are.
    #[must_use]
    pub fn marks(&self) -> usize {
        self.marks
    }

    /// How many marks of the document miss something that should be there.
    #[must_use]
    pub fn incomplete(&self) -> usize {
        self.incomplete
    }

    /// The line at `place`.
    #[must_use]
    pub fn item(&self, place: usize) -> Option<Item> {
        match &self.items {
            Some(items) => items.get(place).copied(),
            None => (place < self.marks).then_some(Item::Mark(place)),
        }
    }

    /// The mark of the line at `place`; none for a heading.
    #[must_use]
    pub fn id(&self, place: usize) -> Option<Id> {
        let Some(Item::Mark(at)) = self.item(place) else {
            return None;
        };
        let marks = self.document.as_ref()?.annotations();
        marks.get(at).map(|mark| mark.id)
    }

    /// The place of the line of a mark.
    #[must_use]
    pub fn place_of(&self, id: Id) -> Option<usize> {
        let mark = self.document.as_ref()?.place_of(id)?;
        match &self.items {
            Some(items) => items.iter().position(|item| *item == Item::Mark(mark)),
            None => Some(mark),
        }
    }

    /// The tag under whose heading a line stands: its place in the palette.
    #[must_use]
    pub fn group_of(&self, place: usize) -> Option<usize> {
        match self.item(place).filter(|_| self.panel.grouped)? {
            Item::Heading(tag, _) => Some(tag),
            Item::Mark(mark) => {
                let document = self.document.as_ref()?;
                let tag = &document.annotations().get(mark)?.tag;
                document.codebook().place_of(tag)
            }
        }
    }

    /// A line's mark, written out; none for a heading.
    #[must_use]
    pub fn row(&self, place: usize, chosen: Option<Id>) -> Option<RowView> {
        let Some(Item::Mark(at)) = self.item(place) else {
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
            said: said_of(document, &self.links, mark).into(),
            missing: missing_of(document, &self.links, mark).into(),
            flagged: mark.flagged,
            chosen: chosen == Some(mark.id),
        })
    }

    /// The number of a mark's line among those under its heading, from 1, and how many
    /// stand there.
    #[must_use]
    pub fn number_of(&self, place: usize) -> (usize, usize) {
        if !self.panel.grouped {
            return (place + 1, self.marks);
        }
        let items = self.items.iter().flat_map(|items| items[..place].iter());
        let heading = items.rev().zip(1..).find_map(|(item, number)| match item {
            Item::Heading(_, marks) => Some((number, *marks)),
            Item::Mark(_) => None,
        });
        heading.unwrap_or((place + 1, self.marks))
    }
}

/// "made by Pakistan · planned · soon": links first, then answers, of each the first few.
fn said_of(document: &Document, links: &Links, mark: &Annotation) -> String {
    let book = document.codebook();
    let mut said = Vec::new();
    for kind in book.relations() {
        let others = links.from(mark.id).iter().filter(|it| it.kind == kind.id);
        let others = others.filter_map(|it| document.annotation(it.to));
        let names: Vec<String> = others.map(|other| name_of(document, other)).collect();
        if !names.is_empty() {
            said.push(format!("{} {}", kind.name, names.join(", ")));
        }
    }
    let entity = document.member_of(mark);
    let quote = mark.quote(document.article());
    said.extend(
        entity
            .map(|it| it.name.clone())
            .filter(|name| *name != quote),
    );
    let tag = book.tag(&mark.tag);
    for attribute in tag.iter().flat_map(|tag| &tag.attributes) {
        said.extend(mark.values.get(&attribute.id).map(in_words));
    }
    let all = said.len();
    said.truncate(SAID);
    if all > SAID {
        said.push("…".to_owned());
    }
    shortened(&said.join(" · "), 140)
}

/// How many things a line says of its mark.
const SAID: usize = 5;

/// "no made by, no Strength".
fn missing_of(document: &Document, links: &Links, mark: &Annotation) -> String {
    let gaps = links.gaps(document, mark);
    let gaps = gaps
        .iter()
        .map(|gap| format!("no {}", gap.name().to_lowercase()));
    gaps.collect::<Vec<_>>().join(", ")
}
