//! Work beside the window: a large file is read and written by a worker, also when the
//! network is gone; without a worker the window does it; a worker that breaks is told of.

use crate::long::many_marks;
use crate::stage::{Stage, play};
use pullquote_formats::document_file::write_document;
use serde_json::{Value as Json, json};

/// From now on the page counts the workers that it starts, and what they answer with.
pub(crate) async fn count_workers(stage: &Stage) {
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
    stage.script(script, Vec::new()).await;
}

async fn answers(stage: &Stage) -> Json {
    stage
        .script(
            "return [begun.length, [...new Set(answers)].sort()]",
            Vec::new(),
        )
        .await
}

async fn until_drawn(stage: &Stage) {
    stage
        .until(
            "the marks",
            "return !!document.querySelector('article mark') && !document.querySelector('article .plain')",
        )
        .await;
}

/// Another device's network, to the page: none.
pub(crate) async fn go_offline(stage: &Stage) {
    stage
        .devtools(
            "Network.emulateNetworkConditions",
            json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 }),
        )
        .await;
}

#[tokio::test]
async fn a_large_file_is_read_and_written_beside_the_window() {
    play("beside", async |stage| {
        let file = write_document(&many_marks());
        let path = stage.file("many.pullquote.json", file.as_bytes());
        count_workers(stage).await;
        go_offline(stage).await;
        stage.open_file(&path).await;
        until_drawn(stage).await;
        stage.saved().await;
        let once = json!([1, ["begun", "file", "texts"]]);
        assert_eq!(answers(stage).await, once);
        let (name, bytes) = stage.export().await;
        assert_eq!(name, "Many marks.pullquote.json");
        assert!(
            bytes == file.as_bytes(),
            "the file that left is the one that came"
        );
        assert_eq!(answers(stage).await[0], 2);
        // A state that no step has named is handed over; one that is kept is read from the
        // storage there.
        stage.sweep("The ministers").await;
        stage.until_words_card().await;
        stage.press(&[], 'a').await;
        stage
            .until(
                "the mark",
                "return document.querySelector('article mark').dataset.tag === 'actor'",
            )
            .await;
        stage.saved().await;
        stage.export().await;
        let jobs = stage.script("return jobs", Vec::new()).await;
        assert_eq!(jobs, json!(["read", "write", "write kept"]));

        // What is small is done in the window: the sample.
        stage.click_on(".bar .name").await;
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.export().await;
        assert_eq!(answers(stage).await[0], 3);
    })
    .await;
}

#[tokio::test]
async fn without_a_worker_the_window_does_it() {
    play("no-worker", async |stage| {
        let file = write_document(&many_marks());
        let path = stage.file("many.pullquote.json", file.as_bytes());
        count_workers(stage).await;
        // It does not start: the script is no script.
        stage
            .script(
                "window.pullquoteWorker = URL.createObjectURL(new Blob(['not a script'], { type: 'text/javascript' }))",
                Vec::new(),
            )
            .await;
        stage.open_file(&path).await;
        until_drawn(stage).await;
        stage.saved().await;
        assert_eq!(answers(stage).await, json!([1, []]));
        // What does not come is not waited for, for ever.
        stage
            .script("window.pullquoteWorker = new Promise(() => {})", Vec::new())
            .await;
        let (_, bytes) = stage.export().await;
        assert!(bytes == file.as_bytes());
        // There is none at all.
        stage.script("delete window.pullquoteWorker", Vec::new()).await;
        let (_, bytes) = stage.export().await;
        assert!(bytes == file.as_bytes());
        assert_eq!(answers(stage).await[0], 1);
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_breaks_is_told_of_and_harms_nothing() {
    play("broken-worker", async |stage| {
        let path = stage.file(
            "many.pullquote.json",
            write_document(&many_marks()).as_bytes(),
        );
        stage
            .script(
                "window.sound = window.pullquoteWorker;
                 window.pullquoteWorker = URL.createObjectURL(new Blob([
                     `postMessage({ begun: true }); postMessage({ broken: 'out of memory' })`,
                 ], { type: 'text/javascript' }))",
                Vec::new(),
            )
            .await;
        stage.open_file(&path).await;
        let alert = stage.alert().await;
        assert_eq!(
            alert,
            "“many.pullquote.json” could not be read: the work was broken off (out of memory). \
             Try opening it again."
        );
        stage
            .script("window.pullquoteWorker = window.sound", Vec::new())
            .await;
        stage.open_file(&path).await;
        until_drawn(stage).await;
        stage.saved().await;
    })
    .await;
}
