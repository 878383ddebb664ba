//! Which of the texts that people typed a format writes.

use crate::catalogue::Format;
use crate::loss::Loss;
use pullquote_core::edit::commands::relations::in_words;
use pullquote_core::model::document::Document;

/// What a format writes of a document as it was typed, all but labels.
pub(crate) fn texts_of(format: &Format, document: &Document) -> Vec<String> {
    let (article, book) = (document.article(), document.codebook());
    let has = |loss| format.holds.contains(&loss);
    let mut texts: Vec<String> = Vec::new();
    if has(Loss::Text) {
        let source = &article.source;
        let about = [
            &source.byline,
            &source.outlet,
            &source.published,
            &source.url,
        ];
        texts.push(article.text().to_owned());
        texts.push(article.title.clone());
        texts.extend(about.into_iter().cloned());
    }
    if has(Loss::Notes) {
        texts.extend(document.annotations().iter().map(|mark| mark.note.clone()));
    }
    if has(Loss::Answers) {
        let values = document.annotations().iter().flat_map(|it| &it.values);
        texts.extend(values.map(|(_, value)| in_words(value)));
    }
    if has(Loss::Relations) {
        let kinds = book.relations().iter();
        texts.extend(kinds.map(|kind| kind.name.clone()));
        texts.extend(document.entities().iter().map(|it| it.name.clone()));
    }
    if has(Loss::Cast) {
        let references = document.entities().iter().map(|it| it.reference.clone());
        texts.extend(references);
        let marks = document.annotations().iter();
        let without = marks.filter(|mark| mark.entity.is_none());
        texts.extend(without.map(|mark| mark.quote(article)));
    }
    if has(Loss::Rules) {
        texts.push(book.guide.clone());
        texts.extend(book.tags().iter().map(|tag| tag.definition.clone()));
    }
    if has(Loss::MadeBy) {
        texts.extend([document.coder.clone(), book.name.clone()]);
    }
    texts
}
