//! What is printed around the article: the legend of its tags above, its source below. Style
//! sheets hide both on the screen.

use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_core::model::article::Article;
use pullquote_core::model::document::Document;
use yew::prelude::*;

/// Lists the tags that the article has marks of: letter, underline, name, number of marks.
pub(crate) fn print_legend(document: &Document) -> Html {
    let tags = document.codebook().tags().iter().zip(document.tag_counts());
    let used = tags.enumerate().filter(|(_, (_, count))| **count > 0);
    let entries = used.map(|(index, (tag, count))| {
        let class = classes!(
            "legend-tag",
            colour_class(tag.colour),
            format!("stroke-{}", index % 4)
        );
        html! {
            <li key={tag.id.to_string()}>
                <span {class} data-letter={tag.letter()}>{ &tag.name }</span>
                { format!(" {count}") }
            </li>
        }
    });
    html! { <ul class="paper legend">{ for entries }</ul> }
}

/// Lists what is known of the source: title, outlet, author, date, address.
pub(crate) fn print_source(article: &Article) -> Html {
    let source = &article.source;
    let known = [
        &article.title,
        &source.outlet,
        &source.byline,
        &source.published,
        &source.url,
    ];
    let known = known.into_iter().filter(|part| !part.trim().is_empty());
    let parts = known.enumerate().map(|(index, part)| {
        html! {
            <>
                if index > 0 {
                    { " · " }
                }
                <bdi>{ part }</bdi>
            </>
        }
    });
    html! { <p class="paper source">{ for parts }</p> }
}
