//! Texts and documents for the laws.

use proptest::prelude::*;
use pullquote_core::edit::commands::marks::CommandError;
use pullquote_core::edit::commands::recode;
use pullquote_core::edit::commands::recoding::Recoding;
use pullquote_core::edit::step_name::{CodebookChange, StepName};
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::annotation::Spans;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::span::Span;
use pullquote_formats::plain_text::article_of_text;

/// Pieces of text that often cause errors, one per line, with a name beside each.
pub(crate) const PIECES: &[&str] = &[
    "word",
    "two words",
    " ",
    "\n\n",
    "\r",
    "\u{00A0}",
    "\u{200B}",
    "\u{200D}",
    "\u{FEFF}",
    "e\u{0301}",                        // combining accent
    "👩\u{200D}👩\u{200D}👧\u{200D}👦", // family
    "👍🏽",                               // skin tone
    "🇵🇰",                               // flag
    "سرحدی علاقوں",                      // Urdu
    "क्षत्रिय",                           // Devanagari conjunct
    "한국어",                           // Hangul syllables
    "\u{1112}\u{1161}\u{11AB}",         // Hangul jamo
    "国境の町",                         // CJK
    "𠮷",                               // CJK outside the first plane
    "(COAS)",
    "“soon”",
    "Iran’s",
    ".",
    "…",
];

pub(crate) fn id(number: u64) -> Id {
    Id::new(1_700_000_000_000 + number, &[7; 10])
}

pub(crate) fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

/// A text of up to 40 of the pieces.
pub(crate) fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..40)
        .prop_map(|pieces| pieces.concat())
}

/// A document without marks; its text is `text` after the word "Start".
pub(crate) fn document_of(text: &str) -> Document {
    let article = article_of_text(id(0), &format!("Start {text}"), None).unwrap();
    Document::new(article, Codebook::news())
}

/// The span between the two characters nearest to these fractions of the text.
pub(crate) fn span_at(document: &Document, a: u16, b: u16) -> Span {
    let text = document.article().text();
    let at = |share: u16| {
        let byte = text.len() * usize::from(share) / usize::from(u16::MAX);
        text.floor_char_boundary(byte)
    };
    let (start, end) = (at(a.min(b)), at(a.max(b)));
    let end = if end > start {
        end
    } else {
        text.ceil_char_boundary(start + 1)
    };
    let start = if start == text.len() { 0 } else { start };
    document.article().span(start..end).unwrap()
}

/// A document with a mark for each pair of fractions; the tags take turns.
pub(crate) fn marked(text: &str, spans: &[(u16, u16)]) -> Document {
    let tags = ["actor", "place", "commitment", "event"];
    let mut document = document_of(text);
    for (number, (a, b)) in (1..).zip(spans) {
        let tag = slug(tags[number as usize % 4]);
        let spans = Spans::from(span_at(&document, *a, *b));
        let step = pullquote_core::edit::commands::marks::mark(
            &document,
            id(number),
            &tag,
            spans,
            Timestamp(1),
        );
        if let Ok(step) = step {
            document = after(&document, &step);
        }
    }
    document
}

/// A step name that no command uses.
pub(crate) fn named(text: &str) -> StepName {
    StepName::Text(text.to_owned())
}

pub(crate) fn after(document: &Document, step: &Transaction) -> Document {
    (*step.apply(document).unwrap().0).clone()
}

/// Fractions of a text, for up to `most` spans.
pub(crate) fn shares(most: usize) -> impl Strategy<Value = Vec<(u16, u16)>> {
    proptest::collection::vec(any::<(u16, u16)>(), 0..most)
}

/// Deletes a tag of the codebook with everything that depends on it.
pub(crate) fn delete_tag(document: &Document, tag: &Slug) -> Result<Transaction, CommandError> {
    let codebook = document.codebook();
    let change = CodebookChange::DeleteTag(codebook.tag(tag).unwrap().name.clone());
    let codebook = codebook.dissolving(tag, None)?;
    let (step, _) = recode::recode(document, &Recoding::new(codebook), change, Timestamp(1))?;
    Ok(step)
}
