//! What stands around the article on paper only: the legend of its tags, and where it is from.

use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_core::model::article::Article;
use pullquote_core::model::document::Document;

use yew::prelude::*;

/// The tags that the article has marks of: letter, line, name, how many.
pub(crate) fn legend(document: &Document) -> Html {
    let tags = document.codebook().tags().iter().zip(document.tag_counts());
    let used = tags.enumerate().filter(|(_, (_, count))| **count > 0);
    let entries = used.map(|(place, (tag, count))| {
        let class = classes!(
            "legend-tag",
            colour_class(tag.colour),
            format!("stroke-{}", place % 4)
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

/// What is known of where the article is from.
pub(crate) fn source(article: &Article) -> Html {
    let source = &article.source;
    let known = [
        &article.title,
        &source.outlet,
        &source.byline,
        &source.published,
        &source.url,
    ];
    let known = known.into_iter().filter(|it| !it.trim().is_empty());
    let parts = known.enumerate().map(|(place, part)| {
        html! {
            <>
                if place > 0 {
                    { " · " }
                }
                <bdi>{ part }</bdi>
            </>
        }
    });
    html! { <p class="paper source">{ for parts }</p> }
}
