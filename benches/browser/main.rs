//! Measures the app in a real browser: the sizes of the release build, and times from an event
//! to the painted frame. Asserts nothing, because machines are shared. Run by `cargo xtask bench`.
//!
//! *open*: from the change of the address, with the article in the browser's
//! storage, until the frame that shows it is painted. *tag*: from the key event
//! that gives a selected word a tag, until the frame that shows the mark is
//! painted. Painted means: the frame after the change has been handed over (a task
//! posted from its animation frame runs).
//!
//! *save*: from the key event to the word "Saved", that is, to the completion of the
//! storage's transaction; and what is written for it, counted at `IDBObjectStore.put`.
//! *list*: from the change of the address until all lines of the library are painted.
//!
//! `book` measures a book of 1 MB with 10,000 marks.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

#[expect(dead_code, reason = "the journeys use the rest")]
#[path = "../../tests/journeys/browser/mod.rs"]
mod browser;

mod book;
mod datasets;
mod host;

use pullquote_core::edit::change::Edit;
use pullquote_core::edit::change_times::ChangeTimes;
use pullquote_core::edit::step_name::StepName;
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::Values;
use pullquote_formats::backup_file::{ArticleCopy, BackupWriter};
use pullquote_formats::document_file::write_document;
use pullquote_formats::plain_text::article_of_text;

use browser::Browser;
use serde_json::json;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::rc::Rc;

const TAGGED: usize = 100;
const OPENED: usize = 7;

fn main() {
    // Cargo passes `--bench` to every benchmark; the other arguments are names.
    let asked = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'));
    let asked: Vec<String> = asked.collect();
    let is_asked = |name: &str| asked.is_empty() || asked.iter().any(|asked| asked == name);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    runtime.block_on(async {
        if is_asked("sizes") {
            sizes();
        }
        if is_asked("times") {
            times().await;
        }
        if is_asked("edits") {
            book::edits().await;
        }
        if is_asked("looks") {
            book::looks().await;
        }
        if is_asked("files") {
            book::files().await;
        }
        if is_asked("datasets") {
            datasets::datasets().await;
        }
        if is_asked("session") {
            book::session().await;
        }
        if is_asked("starts") {
            book::starts().await;
        }
        if is_asked("saves") {
            saves().await;
        }
    });
}

/// The bytes of everything that the first screen needs, and of the program that writes datasets,
/// which loads later.
fn sizes() {
    let dist = std::env::var("PULLQUOTE_DIST").expect("run this with `cargo xtask bench`");
    let mut rows: Vec<(String, [usize; 3])> = Vec::new();
    let mut later = [0; 3];
    for kind in ["wasm", "js", "css", "html"] {
        let mut first = [0; 3];
        for entry in std::fs::read_dir(&dist).expect("dist is there") {
            let path = entry.expect("dist can be listed").path();
            if path.extension().is_some_and(|extension| extension == kind) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let sum = match name.starts_with("pullquote-datasets") {
                    true => &mut later,
                    false => &mut first,
                };
                let bytes = std::fs::read(&path).expect("a file of dist can be read");
                for (total, part) in sum.iter_mut().zip(packed(&bytes)) {
                    *total += part;
                }
            }
        }
        rows.push((kind.to_owned(), first));
    }
    let total = rows.iter().fold([0; 3], |mut total, (_, row)| {
        total
            .iter_mut()
            .zip(row)
            .for_each(|(total, part)| *total += part);
        total
    });
    rows.push(("all".to_owned(), total));
    rows.push(("then".to_owned(), later));
    println!("\nsize of the release build, bytes");
    println!(
        "{:<6}{:>12}{:>12}{:>12}",
        "", "raw", "gzip -9", "brotli -11"
    );
    for (kind, [raw, gzip, brotli]) in rows {
        println!("{kind:<6}{raw:>12}{gzip:>12}{brotli:>12}");
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes).expect("memory takes it");
    gzip.finish().expect("memory takes it")
}

fn packed(bytes: &[u8]) -> [usize; 3] {
    let gzip = gzip(bytes).len();
    let mut brotli = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut brotli, &parameters).expect("memory takes it");
    [bytes.len(), gzip, brotli.len()]
}

/// A word of the language of the generated article.
fn word(seed: &mut u64) -> String {
    // Numerical Recipes' generator: the same article on every machine.
    let mut next = |below: u64| {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % below
    };
    let syllables = [
        "ba", "lo", "ter", "min", "ra", "pos", "i", "den", "ku", "sal", "é", "vor",
    ];
    (0..=next(3))
        .map(|_| syllables[next(12) as usize])
        .collect()
}

/// An article of about `size` bytes with `marks` marks, 15 % of them over another.
/// Each paragraph has one unique word, `anchor0`, `anchor1`, …. Also returns the number of
/// paragraphs.
fn generated(number: u64, size: usize, marks: usize) -> (Document, usize) {
    let mut seed = 42 + number;
    let mut text = format!("A generated article of {size} bytes\n\n");
    let mut paragraphs = 0;
    while text.len() < size {
        for _ in 0..30 {
            let _ = write!(text, "{} ", word(&mut seed));
        }
        let _ = write!(text, "anchor{paragraphs} ");
        for _ in 0..30 {
            let _ = write!(text, "{} ", word(&mut seed));
        }
        text.truncate(text.trim_end().len());
        text.push_str(".\n\n");
        paragraphs += 1;
    }
    let mut random = [0; 10];
    random[2..].copy_from_slice(&number.to_be_bytes());
    let id = |record| Id::new(1_700_000_000_000 + record, &random);
    let article = article_of_text(id(0), &text, None).expect("there is text");
    let document = Document::new(article, Codebook::news());
    let starts: Vec<(usize, &str)> = text
        .split_inclusive([' ', '\n'])
        .scan(0, |at, piece| {
            let start = *at;
            *at += piece.len();
            Some((start, piece.trim_end_matches([' ', '\n', '.'])))
        })
        .filter(|(_, piece)| !piece.is_empty() && !piece.starts_with("anchor"))
        .collect();
    let mut edits = Vec::new();
    for mark in 0..marks {
        let first = mark * starts.len() / marks;
        // Every seventh mark begins where the one before it begins, and is longer.
        let (first, length) = if mark % 7 == 6 {
            (first - starts.len() / marks, 3)
        } else {
            (first, 1)
        };
        let (start, _) = starts[first];
        let (last, piece) = starts[(first + length - 1).min(starts.len() - 1)];
        let span = document
            .article()
            .span(start..last + piece.len())
            .expect("words of the text");
        let tag = ["actor", "place", "commitment", "event"][mark % 4]
            .parse()
            .expect("a slug");
        edits.push(Edit::PutAnnotation(Rc::new(Annotation {
            id: id(1 + mark as u64),
            tag,
            spans: span.into(),
            values: Values::new(),
            entity: None,
            note: String::new(),
            flagged: false,
            coder: String::new(),
            created: Timestamp(1_700_000_000_000),
            modified: Timestamp(1_700_000_000_000),
        })));
    }
    let step = Transaction::new(StepName::Text(String::new()), edits);
    let (marked, _) = step.apply(&document).expect("the marks fit");
    ((*marked).clone(), paragraphs)
}

async fn times() {
    println!("\ntimes in Chromium, milliseconds; medians of {OPENED} and of {TAGGED}");
    println!(
        "{:<24}{:>10}{:>10}{:>14}{:>12}{:>14}{:>12}",
        "", "open", "open max", "tag to paint", "tag p95", "main thread", "busy p95"
    );
    let browser = Browser::open("bench").await;
    let sample = "Sample";
    browser.button("Open the sample").await;
    browser.until_marks(23).await;
    measure(&browser, sample, 23, &|number| sample_words(number)).await;
    for (number, name, size, marks) in [
        (1, "10 KB, 100 marks", 10_000, 100),
        (2, "100 KB, 1,000 marks", 100_000, 1_000),
    ] {
        browser.click_on(".bar .name").await;
        let (document, paragraphs) = generated(number, size, marks);
        let file = write_document(&document);
        let path = browser.file("generated.pullquote.json", file.as_bytes());
        browser.open_file(Path::new(&path)).await;
        browser.until_marks(marks).await;
        measure(&browser, name, marks, &|number| {
            format!("anchor{} ", number % paragraphs)
        })
        .await;
    }
    browser.close().await;
}

/// Words of the sample that have no mark; each is tagged, then untagged.
fn sample_words(number: usize) -> String {
    let words = [
        "fortnight",
        "frontier",
        "trust",
        "borders",
        "worries",
        "concrete",
        "arrangement",
        "short",
        "tone",
        "Faith",
        "closing",
        "promise holds",
        "serious",
        "telephones",
        "calendar",
    ];
    words[number % words.len()].to_owned()
}

/// Waits until a script returns `true`, with a longer limit than a journey has.
async fn until_long(browser: &Browser, what: &str, script: &str) {
    let since = std::time::Instant::now();
    while browser.script(script, Vec::new()).await != json!(true) {
        assert!(since.elapsed().as_secs() < 600, "waited in vain for {what}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// The number of saves of each kind.
const SAVED: usize = 40;

/// The cost of saving one edit, by the number of articles in the library and of marks in the
/// article; of listing and opening; and of a backup.
async fn saves() {
    println!("\none edit's save, in Chromium, milliseconds; medians of {SAVED}");
    println!(
        "{:<34}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "", "save", "p95", "records", "bytes", "list", "all of it", "open"
    );
    let mut backups = Vec::new();
    for count in [1, 100, 1_000] {
        let copies: Vec<ArticleCopy> = (0..count)
            .map(|number| copy(number, generated(number, 20_000, 200).0))
            .collect();
        let name = format!("{count} articles, 20 KB, 200 marks");
        backups.push((name.clone(), save(&name, &copies, 200).await));
    }
    for (size, marks) in [(20_000, 10), (700_000, 10), (700_000, 10_000)] {
        let copies = [copy(1, generated(1, size, marks).0)];
        let name = format!("1 article, {} KB, {marks} marks", size / 1_000);
        backups.push((name.clone(), save(&name, &copies, marks).await));
    }
    println!("\na backup of it all, milliseconds");
    println!(
        "{:<34}{:>9}{:>9}{:>9}{:>9}",
        "", "MB", "survey", "restore", "write"
    );
    for (name, [size, survey, restore, write]) in backups {
        println!("{name:<34}{size:>9.1}{survey:>9.0}{restore:>9.0}{write:>9.0}");
    }
}

fn copy(number: u64, document: Document) -> ArticleCopy {
    ArticleCopy {
        document: Rc::new(document),
        changed: Timestamp(1_700_000_000_000 + number as i64),
        deleted: None,
        done: false,
        change_times: ChangeTimes::default(),
    }
}

/// Fills the library with these articles from a backup. Returns the times of its preview and of
/// restoring it.
async fn restored(browser: &Browser, copies: &[ArticleCopy]) -> [f64; 2] {
    let mut writer = BackupWriter::default();
    let mut file = writer.head(Timestamp(1_700_000_000_000));
    for copy in copies {
        file += &writer.article(copy).expect("the article is not too long");
    }
    file += &writer.end();
    let path = browser.file("library.pullquote.jsonl", file.as_bytes());
    let since = std::time::Instant::now();
    browser.open_file(&path).await;
    let is_there = "return !!document.querySelector('.transfer-actions')";
    until_long(browser, "the survey", is_there).await;
    let survey = since.elapsed().as_secs_f64() * 1_000.0;
    let since = std::time::Instant::now();
    browser.button("Restore library").await;
    until_long(
        browser,
        "the articles",
        "return document.querySelector('.transfer h2')?.textContent.endsWith('was restored')",
    )
    .await;
    let restore = since.elapsed().as_secs_f64() * 1_000.0;
    browser.button("Done").await;
    let listed = format!(
        "return document.querySelectorAll('.shelf tbody tr').length === {}",
        copies.len()
    );
    until_long(browser, "the list", &listed).await;
    [survey, restore]
}

/// Measures a library of these articles, each with this number of marks. Prints the times of the
/// saves. Returns the size of the backup in MB, and the times of previewing, restoring and writing
/// it.
async fn save(name: &str, copies: &[ArticleCopy], marks: usize) -> [f64; 4] {
    let browser = Browser::open("bench-saves").await;
    let [survey, restore] = restored(&browser, copies).await;
    let since = std::time::Instant::now();
    let (_, written) = browser.file_of_button("Back up everything").await;
    let write = since.elapsed().as_secs_f64() * 1_000.0;

    browser
        .script(
            "document.querySelector('.shelf th > a').click()",
            Vec::new(),
        )
        .await;
    browser.until_marks(marks).await;
    let (mut listed, mut whole, mut opened) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..OPENED {
        let time = browser
            .script_async_with(LIST, vec![json!(copies.len())])
            .await;
        listed.push(time[0].as_f64().expect("a time"));
        whole.push(time[1].as_f64().expect("a time"));
        let time = browser.script_async_with(OPEN, vec![json!(marks)]).await;
        opened.push(time.as_f64().expect("a time"));
    }
    browser.script(WATCH_SAVES, Vec::new()).await;
    let (mut saved, mut records, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..SAVED {
        browser.sweep(&format!("anchor{}", number % 20)).await;
        browser.until_words_card().await;
        browser
            .script("window.kept = null; window.puts = [];", Vec::new())
            .await;
        browser.press(&[], 'c').await;
        browser
            .until("the save", "return window.kept !== null")
            .await;
        let puts = browser
            .script(
                "return [window.kept, window.puts.length, window.puts.reduce((a, b) => a + b, 0)]",
                Vec::new(),
            )
            .await;
        saved.push(puts[0].as_f64().expect("a time"));
        records.push(puts[1].as_f64().expect("a count"));
        bytes.push(puts[2].as_f64().expect("a count"));
        browser.press(&[browser::key::CONTROL], 'z').await;
        browser.until_marks(marks).await;
        browser.saved().await;
    }
    println!(
        "{name:<34}{:>9.1}{:>9.1}{:>9}{:>9}{:>9.1}{:>9.1}{:>9.1}",
        quantile(&mut saved, 0.5),
        quantile(&mut saved, 0.95),
        quantile(&mut records, 1.0),
        quantile(&mut bytes, 1.0),
        quantile(&mut listed, 0.5),
        quantile(&mut whole, 0.5),
        quantile(&mut opened, 0.5),
    );
    browser.close().await;
    [written.len() as f64 / 1e6, survey, restore, write]
}

async fn measure(browser: &Browser, name: &str, marks: usize, words: &dyn Fn(usize) -> String) {
    browser.saved().await;
    let mut opened = Vec::new();
    for _ in 0..OPENED {
        let time = browser.script_async_with(OPEN, vec![json!(marks)]).await;
        opened.push(time.as_f64().expect("a time"));
    }
    browser.script(WATCH, Vec::new()).await;
    let mut tagged = Vec::new();
    let mut busy = Vec::new();
    for number in 0..TAGGED {
        let words = words(number);
        browser.sweep(words.trim()).await;
        browser.until_words_card().await;
        browser.script("window.tagged = null", Vec::new()).await;
        browser.press(&[], 'c').await;
        browser
            .until("the mark", "return window.tagged !== null")
            .await;
        let time = browser.script("return window.tagged", Vec::new()).await;
        tagged.push(time[0].as_f64().expect("a time"));
        busy.push(time[1].as_f64().expect("a time"));
        browser.press(&[browser::key::CONTROL], 'z').await;
        browser.until_marks(marks).await;
    }
    println!(
        "{name:<24}{:>10.1}{:>10.1}{:>14.1}{:>12.1}{:>14.1}{:>12.1}",
        quantile(&mut opened, 0.5),
        quantile(&mut opened, 1.0),
        quantile(&mut tagged, 0.5),
        quantile(&mut tagged, 0.95),
        quantile(&mut busy, 0.5),
        quantile(&mut busy, 0.95),
    );
}

fn quantile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * share).round() as usize]
}

/// To the library and back: from the change of the address to the painted article.
const OPEN: &str = "
    const [marks, done] = arguments;
    const address = location.hash;
    location.hash = '#/';
    const library = () => {
        if (!document.querySelector('.library .shelf')) return requestAnimationFrame(library);
        setTimeout(() => {
            const start = performance.now();
            location.hash = address;
            const look = () => {
                const ids = new Set();
                for (const mark of document.querySelectorAll('article mark')) ids.add(mark.dataset.annotation);
                if (ids.size < marks) return requestAnimationFrame(look);
                const channel = new MessageChannel();
                channel.port1.onmessage = () => done(performance.now() - start);
                channel.port2.postMessage(0);
            };
            requestAnimationFrame(look);
        }, 300);
    };
    library();";

/// From each key to the frame that shows one more mark: [painted, last change].
const WATCH: &str = "
    let start = 0;
    document.addEventListener('keydown', (event) => { if (event.key === 'c') start = event.timeStamp; }, true);
    const article = document.querySelector('article');
    let before = article.querySelectorAll('mark').length;
    window.tagged = null;
    new MutationObserver(() => {
        const now = article.querySelectorAll('mark').length;
        const more = now > before;
        before = now;
        if (!more || !start) return;
        const changed = performance.now() - start;
        const from = start;
        start = 0;
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => { window.tagged = [performance.now() - from, changed]; };
            channel.port2.postMessage(0);
        });
    }).observe(article, { childList: true, subtree: true });";

/// From the article to the library: from the change of the address to the painted list;
/// then back to the article.
const LIST: &str = "
    const [lines, done] = arguments;
    const address = location.hash;
    const start = performance.now();
    location.hash = '#/';
    let first = 0;
    const look = () => {
        const there = document.querySelectorAll('.library .shelf tbody tr').length;
        if (there === 0) return requestAnimationFrame(look);
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
            const time = performance.now() - start;
            first ||= time;
            if (there < lines) return requestAnimationFrame(look);
            location.hash = address;
            const back = () => document.querySelector('article mark') ? done([first, time]) : requestAnimationFrame(back);
            back();
        };
        channel.port2.postMessage(0);
    };
    requestAnimationFrame(look);";

/// From each key to the word \"Saved\"; and the lengths of what is put into the storage.
const WATCH_SAVES: &str = "
    let start = 0;
    document.addEventListener('keydown', (event) => { if (event.key === 'c') start = event.timeStamp; }, true);
    window.kept = null;
    window.puts = [];
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (record, key) {
        if (this.name === 'records') window.puts.push(new Blob([record, key]).size);
        return put.call(this, record, key);
    };
    new MutationObserver(() => {
        const state = document.querySelector('[role=status]').textContent;
        if (state !== 'Saved' || !start) return;
        window.kept = performance.now() - start;
        start = 0;
    }).observe(document.querySelector('.bar'), { childList: true, subtree: true, characterData: true });";
