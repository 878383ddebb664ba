//! What the two formats for people, HTML and Markdown, have in common.

use crate::formats::tables::answers;
use crate::projection::spans::Projection;
use pullquote_core::analysis::ledger::name_of;
use pullquote_core::model::article::BlockKind;
use pullquote_core::model::document::Document;
use pullquote_core::text::shortened::{one_line, shortened};

/// Marked words as the list of marks shows them: on one line, at most 300 characters.
pub(crate) fn words(marked: &str) -> String {
    shortened(&one_line(marked), 300)
}

/// Whether the text begins with a heading that is the title.
pub(crate) fn begins_with_title(projection: &Projection) -> bool {
    let article = projection.document.article();
    let first = article.blocks().first();
    let first = first.filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    first.is_some_and(|block| one_line(projection.slice(block.span)) == one_line(&article.title))
}

/// What the list shows for each mark, by index: its answers, and the marks that it is related to.
pub(crate) fn details(projection: &Projection) -> Vec<Vec<String>> {
    let document = projection.document;
    let marks = document.annotations().iter();
    let mut details: Vec<Vec<String>> = marks.map(|mark| answers(document, mark)).collect();
    for relation in projection.relations() {
        let name = name_of(document, &document.annotations()[relation.to]);
        let line = format!("{}: {}", relation.kind, shortened(&one_line(&name), 120));
        details[relation.from].push(line);
    }
    details
}

/// Who wrote the article, where and when it was published, and its address, as far as known.
pub(crate) fn source_line(document: &Document) -> String {
    let source = &document.article().source;
    let known = [
        &source.byline,
        &source.outlet,
        &source.published,
        &source.url,
    ];
    let known = known.into_iter().map(String::as_str);
    let known: Vec<&str> = known.filter(|text| !text.is_empty()).collect();
    known.join(" · ")
}
