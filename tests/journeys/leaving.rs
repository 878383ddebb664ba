//! Articles leave as datasets: what each will be is said before, what leaves is proved
//! again here, and all of it goes by keys too.

use crate::beside::{count_workers, go_offline};
use crate::long::many_marks;
use crate::stage::{Stage, key, perform, play};
use pullquote_datasets::catalogue::{FORMATS, Format};
use pullquote_datasets::encoding::zip::unzip;
use pullquote_datasets::foreign::check;
use serde_json::Value as Json;

async fn text_of(stage: &Stage, selector: &str) -> String {
    let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
    let text = stage.script(script, vec![selector.into()]).await;
    text.as_str().unwrap_or_default().to_owned()
}

/// Waits until it is known what the dataset comes to.
async fn until_made(stage: &Stage) {
    stage.until("the verdict", MADE).await;
}

/// Whether it is known what the dataset comes to.
const MADE: &str =
    "return (document.querySelector('.export-result .verdict')?.textContent ?? '') !== ''";

async fn choose(stage: &Stage, format: &str) {
    stage
        .click_on(&format!(".export input[value='{format}']"))
        .await;
    stage
        .until_with(
            "the format",
            "return !!document.querySelector(`.export input[value='${arguments[0]}']:checked`)
                 && document.querySelector('.export-result').getAttribute('aria-busy') === 'false'
                 && document.querySelector('.export-result .verdict').textContent !== ''",
            vec![format.into()],
        )
        .await;
}

/// The spans of a file that the browser wrote, each sliced again here.
fn spans(format: &Format, name: &str, bytes: &[u8]) -> usize {
    let checked = |name: &str, bytes: &[u8], text: Option<&str>| {
        let checked = check(format, bytes, text);
        let spans = checked.map(|checked| checked.spans);
        spans.unwrap_or_else(|reason| panic!("{}: {name}: {reason}", format.id))
    };
    if !name.ends_with(".zip") {
        return checked(name, bytes, None);
    }
    let files = unzip(bytes).expect("it is an archive");
    let text = files.iter().find(|(name, _)| name.ends_with(".txt"));
    let text = text.map(|(_, bytes)| String::from_utf8(bytes.clone()).expect("it is UTF-8"));
    let is_data = |name: &str| match format.id.as_str() {
        "hf" => name.ends_with("spans.jsonl"),
        "parquet" => name.ends_with("spans.parquet"),
        "brat" => name.ends_with(".ann"),
        "csv" | "tsv" => name.starts_with("marks."),
        "cas-xmi" => name.ends_with(".xmi"),
        other => name.ends_with(Format::named(other).map_or("", |it| it.extension)),
    };
    let data = files.iter().filter(|(name, _)| is_data(name));
    data.map(|(name, bytes)| checked(name, bytes, text.as_deref()))
        .sum()
}

#[tokio::test]
async fn every_format_is_looked_at_written_and_right() {
    play("leaving", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.saved().await;
        stage.click_on("a[aria-label='Export as…']").await;
        until_made(stage).await;
        assert_eq!(
            text_of(stage, ".export h1 bdi").await,
            text_of(stage, ".title bdi, .bar .title").await
        );
        stage.picture("own").await;
        for format in FORMATS {
            choose(stage, format.id.as_str()).await;
            let (name, bytes) = stage.file_of_button("Export").await;
            let verdict = text_of(stage, ".export-result .verdict").await;
            let found = spans(format, &name, &bytes);
            assert!(
                found == 0 || verdict.contains(&format!("{found} of {found} marks verified")),
                "{}: {found} in the file, said was {verdict}",
                format.id
            );
            let has_marks = !matches!(format.id.as_str(), "qdc" | "graphml" | "gexf");
            assert_eq!(found >= 20, has_marks, "{}: {found}", format.id);
            if format.id.as_str() == "conll2003" {
                stage.picture("conll2003").await;
                stage.size(1920, 1080).await;
                stage.dark(true).await;
                stage.picture("conll2003-1920-dark").await;
                stage.size(390, 844).await;
                stage.picture("conll2003-390-dark").await;
                stage.dark(false).await;
                stage.picture("conll2003-390").await;
                stage.size(1440, 900).await;
            }
        }
    })
    .await;
}

/// Presses Tab until the focus is on what a selector finds.
async fn tab_to(stage: &Stage, selector: &str) {
    for _ in 0..80 {
        let is_there = "return document.activeElement?.matches(arguments[0]) ?? false";
        if stage.script(is_there, vec![selector.into()]).await == Json::Bool(true) {
            return;
        }
        stage.press(&[], key::TAB).await;
    }
    panic!("Tab does not come to {selector}");
}

#[tokio::test]
async fn what_the_list_shows_leaves_by_keys_alone() {
    play("leaving-keys", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.saved().await;
        stage.search_box().await;
        stage.keys("tag:place").await;
        stage
            .until(
                "the places alone",
                "return document.querySelectorAll('.mark-row').length === 4",
            )
            .await;
        tab_to(stage, "a[aria-label='Export as…']").await;
        stage.press(&[], key::ENTER).await;
        stage
            .until(
                "the screen, with the focus on its heading",
                "return document.activeElement?.matches('.export h1') ?? false",
            )
            .await;
        until_made(stage).await;
        tab_to(stage, "input[name=scope]").await;
        stage.press(&[], key::DOWN).await;
        stage
            .until(
                "four spans",
                "return document.querySelector('.verdict')?.textContent.includes('4 of 4 marks verified') ?? false",
            )
            .await;
        tab_to(stage, "input[name=format]").await;
        stage.press(&[], key::DOWN).await;
        stage.press(&[], key::DOWN).await;
        stage
            .until(
                "Prodigy’s rows",
                "return document.querySelector('.export h2')?.textContent === 'Prodigy JSONL'
                     && document.querySelector('.verdict').textContent !== ''",
            )
            .await;
        tab_to(stage, ".export-actions .primary").await;
        stage.picture("focus").await;
        let (name, bytes) = stage.file_of_key(key::ENTER).await;
        assert!(name.ends_with(".jsonl"), "{name}");
        let format = Format::named("prodigy").expect("there is such a format");
        assert_eq!(spans(format, &name, &bytes), 4);
        // The way back leads to the text, with all of its marks.
        tab_to(stage, ".bar .name").await;
        stage.script("history.back()", Vec::new()).await;
        stage.until_marks(23).await;
    })
    .await;
}

/// The library with a long article and a short one, and its screen of export.
async fn library_of_two(stage: &Stage) {
    stage.open_document(&many_marks()).await;
    stage.saved().await;
    stage.click_on(".bar .name").await;
    stage.button("Open the sample").await;
    stage.until_marks(23).await;
    stage.saved().await;
    stage.click_on(".bar .name").await;
    stage.button("Export everything as…").await;
    stage
        .until("the screen", "return !!document.querySelector('.export')")
        .await;
}

#[tokio::test]
async fn a_library_leaves_as_a_package_or_is_stopped_on_its_way() {
    play("leaving-library", async |stage| {
        library_of_two(stage).await;
        count_workers(stage).await;
        go_offline(stage).await;
        stage.click_on(".package input").await;
        stage.click_on(".export input[value='hf']").await;
        stage.click_on(".export input[value='conll2003']").await;
        stage.picture("waiting").await;
        stage.button("Export").await;
        stage.button("Cancel").await;
        let said = "return document.querySelector('.export-result').textContent.includes('Stopped. Nothing was written')";
        stage.until("that it was stopped", said).await;
        stage.button("Preview").await;
        until_made(stage).await;
        stage.picture("package").await;
        assert!(stage.downloads().is_empty(), "what was stopped, or looked at, was written");
        let losses = text_of(stage, ".export-result").await;
        assert!(losses.contains("CoNLL-2003 does not hold"), "{losses}");
        let (name, bytes) = stage.file_of_button("Export").await;
        assert_eq!(name, "pullquote-library.package.zip");
        let files = unzip(&bytes).expect("it is an archive");
        let text = |name: &str| {
            let file = files.iter().find(|(other, _)| other == name);
            let bytes = file.unwrap_or_else(|| panic!("{name} is not in it")).1.clone();
            String::from_utf8(bytes).expect("it is UTF-8")
        };
        assert!(text("README.md").contains("Articles: 2."));
        assert_eq!(text("splits.tsv").lines().count(), 3);
        let own = Format::named("json").expect("there is such a format");
        let json = files.iter().filter(|(name, _)| name.ends_with(".pullquote.json"));
        let count: usize = json.map(|(name, bytes)| spans(own, name, bytes)).sum();
        assert_eq!(count, 4_023);
        let begun = stage.script("return begun.length", Vec::new()).await;
        assert_eq!(begun, Json::from(3), "one worker each");
    })
    .await;
}

#[tokio::test]
async fn an_article_that_is_not_whole_is_named_and_nothing_is_written() {
    play("leaving-damaged", async |stage| {
        library_of_two(stage).await;
        let garbled =
            "store.openCursor(IDBKeyRange.bound('state/', 'state/~')).onsuccess = (found) => {
             found.target.result.update('garbled');
             said = found.target.result.key.split('/')[0];
         };";
        assert_eq!(stage.records(garbled).await, Json::from("state"));
        stage.button("Export").await;
        stage
            .until(
                "the reason",
                "return !!document.querySelector('.export-result .warn')",
            )
            .await;
        stage.picture("refused").await;
        let reason = text_of(stage, ".export-result .warn").await;
        assert!(reason.starts_with("This cannot be exported: “"), "{reason}");
        assert!(reason.ends_with("Nothing was written."), "{reason}");
        assert!(stage.downloads().is_empty());
    })
    .await;
}

#[tokio::test]
async fn without_a_worker_the_window_makes_the_dataset() {
    let (console, requests) = perform("leaving-window", async |stage| {
        library_of_two(stage).await;
        stage
            .script(
                "delete window.Worker; window.Worker = undefined",
                Vec::new(),
            )
            .await;
        stage.click_on(".export input[value='spacy']").await;
        let (name, bytes) = stage.file_of_button("Export").await;
        let format = Format::named("spacy").expect("there is such a format");
        assert_eq!(spans(format, &name, &bytes), 4_023);
    })
    .await;
    assert!(console.is_empty(), "{console:#?}");
    // The script once more, as a module of the window: mostly from the browser's cache.
    let is_script = |address: &String| address.contains("/pullquote-datasets.js?");
    assert!(requests.iter().all(is_script), "{requests:#?}");
}

#[tokio::test]
async fn what_writes_datasets_is_asked_for_again_where_it_did_not_come() {
    play("leaving-late", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.saved().await;
        let gone = "window.kept = window.pullquoteDatasets;
             window.pullquoteDatasets = () => Promise.reject(new Error('it is away'));
             window.pullquoteDatasetsHere = window.pullquoteDatasets;";
        stage.script(gone, Vec::new()).await;
        stage.click_on("a[aria-label='Export as…']").await;
        let is_refused = "return !!document.querySelector('.export-result .warn')";
        stage.until("the reason", is_refused).await;
        let reason = text_of(stage, ".export-result .warn").await;
        assert!(
            reason.contains("could not be loaded (it is away)"),
            "{reason}"
        );
        stage
            .script("window.pullquoteDatasets = window.kept", Vec::new())
            .await;
        stage.button("Try again").await;
        until_made(stage).await;
    })
    .await;
}
