//! The texts of a document that people typed, as far as a format writes them.

use crate::catalogue::Format;
use crate::loss::Loss;
use pullquote_core::model::document::Document;
use pullquote_core::model::value::in_words;

/// The texts that the format writes as they were typed. Labels are not among them: they are
/// written as [`crate::naming`] allows.
pub(crate) fn texts_of(format: &Format, document: &Document) -> Vec<String> {
    let (article, codebook) = (document.article(), document.codebook());
    let has = |loss| format.holds.contains(&loss);
    let mut texts: Vec<String> = Vec::new();
    if has(Loss::Text) {
        let source = &article.source;
        let fields = [
            &source.byline,
            &source.outlet,
            &source.published,
            &source.url,
        ];
        texts.push(article.text().to_owned());
        texts.push(article.title.clone());
        texts.extend(fields.into_iter().cloned());
    }
    if has(Loss::Notes) {
        texts.extend(document.annotations().iter().map(|mark| mark.note.clone()));
    }
    if has(Loss::Answers) {
        let values = document.annotations().iter().flat_map(|mark| &mark.values);
        texts.extend(values.map(|(_, value)| in_words(value)));
    }
    if has(Loss::Relations) {
        let kinds = codebook.relations().iter();
        texts.extend(kinds.map(|kind| kind.name.clone()));
        texts.extend(document.entities().iter().map(|entity| entity.name.clone()));
    }
    if has(Loss::Cast) {
        let references = document
            .entities()
            .iter()
            .map(|entity| entity.reference.clone());
        texts.extend(references);
        let marks = document.annotations().iter();
        let unlinked = marks.filter(|mark| mark.entity.is_none());
        texts.extend(unlinked.map(|mark| mark.quote(article)));
    }
    if has(Loss::Rules) {
        texts.push(codebook.guide.clone());
        texts.extend(codebook.tags().iter().map(|tag| tag.definition.clone()));
    }
    if has(Loss::MadeBy) {
        texts.extend([document.coder.clone(), codebook.name.clone()]);
    }
    texts
}
