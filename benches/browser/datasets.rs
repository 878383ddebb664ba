//! Measures datasets: a book in every format, and a thousand articles in some.

use crate::book::BOOK;
use crate::browser::Browser;
use crate::{copy, generated, restored, until_long};
use pullquote_datasets::catalogue::FORMATS;
use pullquote_formats::document_file::write_document;

use std::time::Instant;

/// The formats for the library: a quick, a usual and a slow one.
const OF_LIBRARY: [&str; 5] = ["doccano", "conll2003", "spacy", "parquet", "cas-json"];

const ARTICLES: u64 = 1_000;

/// Watches the frames of the page. (The idle loop of the other benchmarks would make the browser
/// collect that loop's own garbage while the worker runs.)
const FRAMES: &str = "
    window.longest = 0;
    let last = performance.now();
    const frame = (now) => {
        longest = Math.max(longest, now - last);
        last = now;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";

/// The time from the choice of a format until everything is written, read back and verified, and
/// the longest time between two frames meanwhile (17 ms at rest).
pub(crate) async fn datasets() {
    println!("\na dataset of 1 MB, 10,000 marks, in Chromium, milliseconds");
    heading();
    let browser = Browser::open("bench-datasets").await;
    browser.script(FRAMES, Vec::new()).await;
    let file = write_document(&generated(1, BOOK.0, BOOK.1).0);
    let path = browser.file("generated.pullquote.json", file.as_bytes());
    browser.open_file(&path).await;
    browser
        .until(
            "the bar",
            "return !!document.querySelector(\"a[aria-label='Export as…']\")",
        )
        .await;
    browser.saved().await;
    browser.click_on("a[aria-label='Export as…']").await;
    until_verified(&browser, "Pullquote").await;
    for format in FORMATS {
        browser.script("longest = 0", Vec::new()).await;
        let since = Instant::now();
        let input = format!(".export input[value='{}']", format.id);
        browser.click_on(&input).await;
        until_verified(&browser, format.name).await;
        row(&browser, format.id.as_str(), since).await;
    }
    browser.close().await;

    println!("\na dataset of {ARTICLES} articles, 6 KB, 30 marks each, in Chromium, milliseconds");
    heading();
    let browser = Browser::open("bench-datasets").await;
    browser.script(FRAMES, Vec::new()).await;
    let copies: Vec<_> = (0..ARTICLES)
        .map(|number| copy(number, generated(number, 6_000, 30).0))
        .collect();
    restored(&browser, &copies).await;
    browser.button("Export everything as…").await;
    for id in OF_LIBRARY {
        let input = format!(".export input[value='{id}']");
        browser.click_on(&input).await;
        browser.script("longest = 0", Vec::new()).await;
        let since = Instant::now();
        browser.button("Preview").await;
        until_long(
            &browser,
            "the verdict",
            "return document.querySelector('.verdict').textContent !== ''",
        )
        .await;
        row(&browser, id, since).await;
    }
    browser.close().await;
}

fn heading() {
    println!("{:<34}{:>9}{:>9}", "", "takes", "frame");
}

async fn row(browser: &Browser, name: &str, since: Instant) {
    let takes = since.elapsed().as_secs_f64() * 1_000.0;
    let frame = browser.script("return longest", Vec::new()).await;
    let frame = frame.as_f64().expect("a time");
    println!("{name:<34}{takes:>9.0}{frame:>9.0}");
}

async fn until_verified(browser: &Browser, name: &str) {
    let verified = format!(
        "return document.querySelector('.export h2')?.textContent === {name:?}
             && document.querySelector('.export-result')?.getAttribute('aria-busy') === 'false'
             && document.querySelector('.verdict').textContent !== ''"
    );
    until_long(browser, "the verdict", &verified).await;
}
