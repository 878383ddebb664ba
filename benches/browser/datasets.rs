//! What a dataset takes: a book in every format, and a thousand articles as one.

use crate::book::BOOK;
use crate::stage::Stage;
use crate::{copy, generated, restored, until_long};
use pullquote_datasets::catalogue::FORMATS;
use pullquote_formats::document_file::write_document;

use std::time::Instant;

/// Formats in which the library is measured: the quick, the usual, the slow.
const OF_LIBRARY: [&str; 5] = ["doccano", "conll2003", "spacy", "parquet", "cas-json"];

const ARTICLES: u64 = 1_000;

/// Watches the frames of the page. (A loop that keeps it busy, as the other benchmarks have,
/// would make the browser collect that loop's own garbage while the worker is at work.)
const FRAMES: &str = "
    window.longest = 0;
    let last = performance.now();
    const frame = (now) => {
        longest = Math.max(longest, now - last);
        last = now;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";

/// From the choice of a format until all of it is written, read back and verified; and the
/// longest time between two frames meanwhile, which at rest is 17.
pub(crate) async fn datasets() {
    println!("\na dataset of 1 MB, 10,000 marks, in Chromium, milliseconds");
    heading();
    let stage = Stage::open("bench-datasets").await;
    stage.script(FRAMES, Vec::new()).await;
    let file = write_document(&generated(1, BOOK.0, BOOK.1).0);
    let path = stage.file("generated.pullquote.json", file.as_bytes());
    stage.open_file(&path).await;
    stage
        .until(
            "the bar",
            "return !!document.querySelector(\"a[aria-label='Export as…']\")",
        )
        .await;
    stage.saved().await;
    stage.click_on("a[aria-label='Export as…']").await;
    until_verified(&stage, "Pullquote").await;
    for format in FORMATS {
        stage.script("longest = 0", Vec::new()).await;
        let since = Instant::now();
        let input = format!(".export input[value='{}']", format.id);
        stage.click_on(&input).await;
        until_verified(&stage, format.name).await;
        row(&stage, format.id.as_str(), since).await;
    }
    stage.close().await;

    println!("\na dataset of {ARTICLES} articles, 6 KB, 30 marks each, in Chromium, milliseconds");
    heading();
    let stage = Stage::open("bench-datasets").await;
    stage.script(FRAMES, Vec::new()).await;
    let copies: Vec<_> = (0..ARTICLES)
        .map(|number| copy(number, generated(number, 6_000, 30).0))
        .collect();
    restored(&stage, &copies).await;
    stage.button("Export everything as…").await;
    for id in OF_LIBRARY {
        let input = format!(".export input[value='{id}']");
        stage.click_on(&input).await;
        stage.script("longest = 0", Vec::new()).await;
        let since = Instant::now();
        stage.button("Preview").await;
        until_long(
            &stage,
            "the verdict",
            "return document.querySelector('.verdict').textContent !== ''",
        )
        .await;
        row(&stage, id, since).await;
    }
    stage.close().await;
}

fn heading() {
    println!("{:<34}{:>9}{:>9}", "", "takes", "frame");
}

async fn row(stage: &Stage, name: &str, since: Instant) {
    let takes = since.elapsed().as_secs_f64() * 1_000.0;
    let frame = stage.script("return longest", Vec::new()).await;
    let frame = frame.as_f64().expect("a time");
    println!("{name:<34}{takes:>9.0}{frame:>9.0}");
}

async fn until_verified(stage: &Stage, name: &str) {
    let verified = format!(
        "return document.querySelector('.export h2')?.textContent === {name:?}
             && document.querySelector('.export-result')?.getAttribute('aria-busy') === 'false'
             && document.querySelector('.verdict').textContent !== ''"
    );
    until_long(stage, "the verdict", &verified).await;
}
