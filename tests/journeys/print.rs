//! The printed article: nothing else, on white, with its legend and its source.

use crate::browser::{Browser, key, play};
use crate::long_articles::many_marks;
use pullquote_formats::document_file::write_document;
use serde_json::{Value as Json, json};

/// Shows the page as it is printed, from a screen with this theme.
async fn on_paper(browser: &Browser, theme: &str) {
    let media = json!({ "media": "print", "features": [{ "name": "prefers-color-scheme", "value": theme }] });
    browser.devtools("Emulation.setEmulatedMedia", media).await;
}

/// The visible elements with words or a picture that are neither the article nor belong to it on
/// paper.
const STRANGERS: &str = "
    const ours = (one) => one.closest('article, .paper');
    const all = [...document.body.querySelectorAll('*')].filter((one) => !ours(one) && !one.querySelector('article, .paper'));
    const seen = all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0);
    return seen.map((one) => `${one.tagName} ${one.className}`);";

/// The colours of the page and of its marks: background, words, letters, and the line of each tag.
const COLOURS: &str = "
    const style = (one, part) => getComputedStyle(document.querySelector(one), part);
    const line = (tag) => style(`article mark[data-tag=${tag}]`).getPropertyValue('--line').trim();
    return [
        style('body').backgroundColor, style('article p').color, style('article mark').color,
        style('article mark[data-letter]', '::before').color,
        ['actor', 'place', 'commitment', 'event'].map(line),
    ];";

#[tokio::test]
async fn a_printed_page_has_the_article_alone() {
    play("print", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        // The screen shows the panel, a card, handles and a notice.
        browser.click_words("Liaison officers of each army").await;
        browser.until("the card", "return !!document.querySelector('.card') && !!document.querySelector('.panel')").await;
        let hidden = "return ['.legend', '.source'].every((one) => !document.querySelector(one).checkVisibility())";
        assert_eq!(browser.script(hidden, Vec::new()).await, Json::from(true), "the screen is without them");
        let mut colours = Vec::new();
        for theme in ["light", "dark"] {
            on_paper(browser, theme).await;
            assert_eq!(browser.script(STRANGERS, Vec::new()).await, json!([]), "{theme}");
            browser.picture(theme).await;
            let seen = browser.script(COLOURS, Vec::new()).await;
            assert_eq!(seen[0], "rgb(255, 255, 255)", "{theme}");
            for place in 1..4 {
                assert_eq!(seen[place], "rgb(0, 0, 0)", "{theme}");
            }
            colours.push(seen);
        }
        assert_eq!(colours[0], colours[1], "paper is the same by day and by night");

        // Without colour, the tags differ by the pattern of the line and by the letter.
        let signs = "return ['actor', 'place', 'commitment', 'event'].map((tag) => {
             const mark = document.querySelector(`article mark[data-tag=${tag}][data-letter]`);
             const style = getComputedStyle(mark);
             const pattern = style.backgroundImage.replaceAll(/(rgb|color)[^)]*\\)/g, '') + style.backgroundSize;
             return [pattern, mark.dataset.letter, style.printColorAdjust];
         })";
        let signs = browser.script(signs, Vec::new()).await;
        let signs = signs.as_array().expect("a list");
        for (place, sign) in signs.iter().enumerate() {
            assert_eq!(sign[2], "exact");
            for other in &signs[..place] {
                assert_ne!(sign[0], other[0], "two patterns");
                assert_ne!(sign[1], other[1], "two letters");
            }
        }

        // The legend counts the marks.
        let legend = "return [...document.querySelectorAll('.legend li')].map((one) =>
             [one.firstElementChild.dataset.letter, one.textContent.replaceAll(/\\s+/g, ' ').trim()])";
        let counted = "return ['actor', 'place', 'commitment', 'event'].map((tag) =>
             new Set([...document.querySelectorAll(`article mark[data-tag=${tag}]`)].map((mark) => mark.dataset.annotation)).size)";
        let counts = browser.script(counted, Vec::new()).await;
        let names = [("A", "Actor"), ("P", "Place"), ("C", "Commitment"), ("E", "Event")];
        let expected: Vec<Json> = names
            .iter()
            .zip(counts.as_array().expect("a list"))
            .map(|((letter, name), count)| json!([letter, format!("{name} {count}")]))
            .collect();
        assert_eq!(browser.script(legend, Vec::new()).await, json!(expected));

        // No page ends with a heading, and no blank page follows the article.
        let breaks = "return [...document.querySelectorAll('article :is(h1, h2, h3)')].every((one) => getComputedStyle(one).breakAfter === 'avoid')";
        assert_eq!(browser.script(breaks, Vec::new()).await, Json::from(true));
        let pages = browser.pages("sample").await;
        assert!((1..=3).contains(&pages), "{pages} pages");
    })
    .await;
}

#[tokio::test]
async fn the_printed_source_leaves_out_unknown_parts() {
    play("print-source", async |browser| {
        let mut file: Json = serde_json::from_str(&write_document(&many_marks())).unwrap();
        file["article"]["source"] = json!({
            "url": "https://news.example/a?b=1", "outlet": "The Daily 🙂 Cafe\u{301}", "byline": "أحمد علي",
            "published": "2024-02-01", "retrieved": "",
        });
        let path = browser.file("source.pullquote.json", file.to_string().as_bytes());
        browser.open_file(&path).await;
        browser.until("the article", "return !!document.querySelector('article mark')").await;
        browser.saved().await;
        let source = browser.script("return document.querySelector('.source').textContent", Vec::new()).await;
        assert_eq!(source, "Many marks · The Daily 🙂 Cafe\u{301} · أحمد علي · 2024-02-01 · https://news.example/a?b=1");
    })
    .await;
}

/// Printing waits for the marks of a long article: with the button, with the key, and from the
/// export screen.
#[tokio::test]
async fn a_long_article_is_printed_with_all_its_marks() {
    play("print-long", async |browser| {
        browser.open_document(&many_marks()).await;
        let watch = "window.printed = [];
             window.print = () => printed.push(document.querySelectorAll('article mark').length)";
        browser.script(watch, Vec::new()).await;
        let printed = |times: usize| {
            format!("return printed.length === {times} && printed.every((marks) => marks === 4000)")
        };
        browser.button("Print").await;
        browser.until("the print of the button", &printed(1)).await;
        browser.press(&[key::CONTROL], 'p').await;
        browser.until("the print of the key", &printed(2)).await;
        browser.click_on("a[aria-label='Export as…']").await;
        browser
            .until("the screen", "return !!document.querySelector('.export')")
            .await;
        browser.button("Print the article").await;
        browser.until("the print of the export", &printed(3)).await;
    })
    .await;
}
