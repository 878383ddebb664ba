//! The worker reads and writes large files, even without a network. Without workers the page
//! does the work itself, and a crashed worker is reported.

use crate::browser::{Browser, play};
use crate::long_articles::many_marks;
use pullquote_formats::document_file::write_document;
use serde_json::{Value as Json, json};

/// Makes the page count the workers that it starts from now on, and record their answers.
pub(crate) async fn count_workers(browser: &Browser) {
    let script = "window.begun = []; window.jobs = []; window.answers = [];
         window.Worker = class extends Worker {
             constructor(...given) {
                 super(...given);
                 begun.push(given[0]);
                 const post = this.postMessage;
                 this.postMessage = (data) => { jobs.push(data.job[0]); post.call(this, data); };
                 this.addEventListener('message', ({ data }) => answers.push(...Object.keys(data)));
             }
         };";
    browser.script(script, Vec::new()).await;
}

async fn answers(browser: &Browser) -> Json {
    browser
        .script(
            "return [begun.length, [...new Set(answers)].sort()]",
            Vec::new(),
        )
        .await
}

async fn until_drawn(browser: &Browser) {
    browser
        .until(
            "the marks",
            "return !!document.querySelector('article mark') && !document.querySelector('article .plain')",
        )
        .await;
}

/// Cuts the page off the network.
pub(crate) async fn go_offline(browser: &Browser) {
    browser
        .devtools(
            "Network.emulateNetworkConditions",
            json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 }),
        )
        .await;
}

#[tokio::test]
async fn a_worker_reads_and_writes_a_large_file() {
    play("beside", async |browser| {
        let file = write_document(&many_marks());
        let path = browser.file("many.pullquote.json", file.as_bytes());
        count_workers(browser).await;
        go_offline(browser).await;
        browser.open_file(&path).await;
        until_drawn(browser).await;
        browser.saved().await;
        let once = json!([1, ["begun", "file", "texts"]]);
        assert_eq!(answers(browser).await, once);
        let (name, bytes) = browser.export().await;
        assert_eq!(name, "Many marks.pullquote.json");
        assert!(
            bytes == file.as_bytes(),
            "the file that left is the one that came"
        );
        assert_eq!(answers(browser).await[0], 2);
        // A state that is not saved yet is sent to the worker; a saved one is read from the storage
        // there.
        browser.sweep("The ministers").await;
        browser.until_words_card().await;
        browser.press(&[], 'a').await;
        browser
            .until(
                "the mark",
                "return document.querySelector('article mark').dataset.tag === 'actor'",
            )
            .await;
        browser.saved().await;
        browser.export().await;
        let script = "return jobs.map((job) => JSON.parse(job).job)";
        let jobs = browser.script(script, Vec::new()).await;
        assert_eq!(jobs, json!(["read", "write", "write_kept"]));

        // The window does small work itself: the sample.
        browser.click_on(".bar .name").await;
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.export().await;
        assert_eq!(answers(browser).await[0], 3);
    })
    .await;
}

#[tokio::test]
async fn without_workers_the_page_does_the_work() {
    play("no-worker", async |browser| {
        let file = write_document(&many_marks());
        let path = browser.file("many.pullquote.json", file.as_bytes());
        count_workers(browser).await;
        // The worker does not start, because its script is invalid.
        browser
            .script(
                "window.pullquoteWorker = URL.createObjectURL(new Blob(['not a script'], { type: 'text/javascript' }))",
                Vec::new(),
            )
            .await;
        browser.open_file(&path).await;
        until_drawn(browser).await;
        browser.saved().await;
        assert_eq!(answers(browser).await, json!([1, []]));
        // The page does not wait forever for a script that does not come.
        browser
            .script("window.pullquoteWorker = new Promise(() => {})", Vec::new())
            .await;
        let (_, bytes) = browser.export().await;
        assert!(bytes == file.as_bytes());
        // There is no script at all.
        browser.script("delete window.pullquoteWorker", Vec::new()).await;
        let (_, bytes) = browser.export().await;
        assert!(bytes == file.as_bytes());
        assert_eq!(answers(browser).await[0], 1);
    })
    .await;
}

#[tokio::test]
async fn a_crashed_worker_loses_nothing() {
    play("broken-worker", async |browser| {
        let path = browser.file(
            "many.pullquote.json",
            write_document(&many_marks()).as_bytes(),
        );
        browser
            .script(
                "window.sound = window.pullquoteWorker;
                 window.pullquoteWorker = URL.createObjectURL(new Blob([
                     `postMessage({ begun: true }); postMessage({ broken: 'out of memory' })`,
                 ], { type: 'text/javascript' }))",
                Vec::new(),
            )
            .await;
        browser.open_file(&path).await;
        let alert = browser.alert().await;
        assert_eq!(
            alert,
            "“many.pullquote.json” could not be read: the work was broken off (out of memory). \
             Try opening it again."
        );
        browser
            .script("window.pullquoteWorker = window.sound", Vec::new())
            .await;
        browser.open_file(&path).await;
        until_drawn(browser).await;
        browser.saved().await;
    })
    .await;
}
