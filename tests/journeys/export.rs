//! Exporting datasets: the preview matches the file, every span is checked again here, and
//! everything works with keys alone.

use crate::browser::{Browser, key, perform, play};
use crate::long_articles::many_marks;
use crate::worker::{count_workers, go_offline};
use pullquote_datasets::catalogue::{FORMATS, Format};
use pullquote_datasets::encoding::zip::unzip;
use pullquote_datasets::foreign::check;
use serde_json::Value as Json;

async fn text_of(browser: &Browser, selector: &str) -> String {
    let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
    let text = browser.script(script, vec![selector.into()]).await;
    text.as_str().unwrap_or_default().to_owned()
}

/// Waits until the summary of the dataset is known.
async fn until_made(browser: &Browser) {
    browser.until("the verdict", MADE).await;
}

/// Whether the summary of the dataset is known.
const MADE: &str =
    "return (document.querySelector('.export-result .verdict')?.textContent ?? '') !== ''";

async fn choose(browser: &Browser, format: &str) {
    browser
        .click_on(&format!(".export input[value='{format}']"))
        .await;
    browser
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
async fn every_format_is_written_as_it_was_previewed() {
    play("leaving", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        browser.click_on("a[aria-label='Export as…']").await;
        until_made(browser).await;
        assert_eq!(
            text_of(browser, ".export h1 bdi").await,
            text_of(browser, ".title bdi, .bar .title").await
        );
        browser.picture("own").await;
        for format in FORMATS {
            choose(browser, format.id.as_str()).await;
            let (name, bytes) = browser.file_of_button("Export").await;
            let verdict = text_of(browser, ".export-result .verdict").await;
            let found = spans(format, &name, &bytes);
            assert!(
                found == 0 || verdict.contains(&format!("{found} of {found} marks verified")),
                "{}: {found} in the file, said was {verdict}",
                format.id
            );
            let has_marks = !matches!(format.id.as_str(), "qdc" | "graphml" | "gexf");
            assert_eq!(found >= 20, has_marks, "{}: {found}", format.id);
            if format.id.as_str() == "conll2003" {
                browser.picture("conll2003").await;
                browser.size(1920, 1080).await;
                browser.dark(true).await;
                browser.picture("conll2003-1920-dark").await;
                browser.size(390, 844).await;
                browser.picture("conll2003-390-dark").await;
                browser.dark(false).await;
                browser.picture("conll2003-390").await;
                browser.size(1440, 900).await;
            }
        }
    })
    .await;
}

/// Presses Tab until the focus is on what a selector finds.
async fn tab_to(browser: &Browser, selector: &str) {
    for _ in 0..80 {
        let is_there = "return document.activeElement?.matches(arguments[0]) ?? false";
        if browser.script(is_there, vec![selector.into()]).await == Json::Bool(true) {
            return;
        }
        browser.press(&[], key::TAB).await;
    }
    panic!("Tab does not come to {selector}");
}

#[tokio::test]
async fn listed_articles_are_exported_by_keys_alone() {
    play("leaving-keys", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        browser.search_box().await;
        browser.keys("tag:place").await;
        browser
            .until(
                "the places alone",
                "return document.querySelectorAll('.mark-row').length === 4",
            )
            .await;
        tab_to(browser, "a[aria-label='Export as…']").await;
        browser.press(&[], key::ENTER).await;
        browser
            .until(
                "the screen, with the focus on its heading",
                "return document.activeElement?.matches('.export h1') ?? false",
            )
            .await;
        until_made(browser).await;
        tab_to(browser, "input[name=scope]").await;
        browser.press(&[], key::DOWN).await;
        browser
            .until(
                "four spans",
                "return document.querySelector('.verdict')?.textContent.includes('4 of 4 marks verified') ?? false",
            )
            .await;
        tab_to(browser, "input[name=format]").await;
        browser.press(&[], key::DOWN).await;
        browser.press(&[], key::DOWN).await;
        browser
            .until(
                "Prodigy’s rows",
                "return document.querySelector('.export h2')?.textContent === 'Prodigy (.jsonl)'
                     && document.querySelector('.verdict').textContent !== ''",
            )
            .await;
        tab_to(browser, ".export-actions .primary").await;
        browser.picture("focus").await;
        let (name, bytes) = browser.file_of_key(key::ENTER).await;
        assert!(name.ends_with(".jsonl"), "{name}");
        let format = Format::named("prodigy").expect("there is such a format");
        assert_eq!(spans(format, &name, &bytes), 4);
        // The link back leads to the text, with all of its marks.
        tab_to(browser, ".bar .name").await;
        browser.script("history.back()", Vec::new()).await;
        browser.until_marks(23).await;
    })
    .await;
}

#[tokio::test]
async fn a_format_is_found_by_what_people_call_it() {
    play("leaving-search", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        browser.click_on("a[aria-label='Export as…']").await;
        until_made(browser).await;
        let search = "[aria-label='Search formats']";
        browser.type_text(search, "excel").await;
        let shown = "return [...document.querySelectorAll('.format input')].map((one) => one.value).join()";
        let only = |formats: &str| {
            let shown = shown.replacen("return ", "", 1);
            format!("return {shown} === '{formats}'")
        };
        browser.until("the workbook alone", &only("xlsx")).await;
        browser.picture("found").await;
        // Enter chooses it, and the search keeps the focus.
        browser.press(&[], key::ENTER).await;
        let chosen = "return document.querySelector('.export h2').textContent === 'Excel (.xlsx)'
             && document.activeElement.matches('[type=search]')
             && document.querySelector('.verdict').textContent !== ''";
        browser.until("Excel", chosen).await;
        let (name, _) = browser.file_of_button("Export").await;
        assert!(name.ends_with(".xlsx"), "{name}");
        browser.click_on(search).await;
        browser.press(&[key::CONTROL], 'a').await;
        browser.keys("رہنما").await;
        let nothing = "return document.querySelector('.export-choices [role=status]').textContent.includes('No format found for “رہنما”')";
        browser.until("that there is none", nothing).await;
        browser.button("Show all").await;
        let all = format!("return document.querySelectorAll('.format').length === {}", FORMATS.len());
        browser.until("all formats", &all).await;
        // The next time it is the first, even after a reload.
        let first = "return document.querySelector('.export-choices fieldset:has(.format)').textContent.startsWith('Recently usedExcel (.xlsx)')
             && document.querySelector('.format input').checked";
        browser.reload().await;
        browser.until("what was used last", first).await;
        assert_eq!(text_of(browser, ".export h2").await, "Excel (.xlsx)");
    })
    .await;
}

/// Opens the export screen of a library with a long article and a short one.
async fn library_of_two(browser: &Browser) {
    browser.open_document(&many_marks()).await;
    browser.saved().await;
    browser.click_on(".bar .name").await;
    browser.button("Open the sample").await;
    browser.until_marks(23).await;
    browser.saved().await;
    browser.click_on(".bar .name").await;
    browser.button("Export everything as…").await;
    browser
        .until("the screen", "return !!document.querySelector('.export')")
        .await;
}

#[tokio::test]
async fn a_library_is_exported_as_a_package_after_a_cancelled_try() {
    play("leaving-library", async |browser| {
        library_of_two(browser).await;
        count_workers(browser).await;
        go_offline(browser).await;
        browser.click_on(".package input").await;
        browser.click_on(".export input[value='hf']").await;
        browser.click_on(".export input[value='conll2003']").await;
        browser.picture("waiting").await;
        browser.button("Export").await;
        browser.button("Cancel").await;
        let said = "return document.querySelector('.export-result').textContent.includes('Stopped. Nothing was written')";
        browser.until("that it was stopped", said).await;
        browser.button("Preview").await;
        until_made(browser).await;
        browser.picture("package").await;
        assert!(browser.downloads().is_empty(), "what was stopped, or looked at, was written");
        let losses = text_of(browser, ".export-result").await;
        assert!(losses.contains("CoNLL-2003 (.conll) does not hold"), "{losses}");
        let (name, bytes) = browser.file_of_button("Export").await;
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
        let begun = browser.script("return begun.length", Vec::new()).await;
        assert_eq!(begun, Json::from(3), "one worker each");
    })
    .await;
}

#[tokio::test]
async fn a_damaged_article_stops_the_export() {
    play("leaving-damaged", async |browser| {
        library_of_two(browser).await;
        let garbled =
            "store.openCursor(IDBKeyRange.bound('state/', 'state/~')).onsuccess = (found) => {
             found.target.result.update('garbled');
             said = found.target.result.key.split('/')[0];
         };";
        assert_eq!(browser.records(garbled).await, Json::from("state"));
        browser.button("Export").await;
        browser
            .until(
                "the reason",
                "return !!document.querySelector('.export-result .warn')",
            )
            .await;
        browser.picture("refused").await;
        let reason = text_of(browser, ".export-result .warn").await;
        assert!(reason.starts_with("This cannot be exported: “"), "{reason}");
        assert!(reason.ends_with("Nothing was written."), "{reason}");
        assert!(browser.downloads().is_empty());
    })
    .await;
}

#[tokio::test]
async fn without_workers_the_page_makes_the_dataset() {
    let (console, requests) = perform("leaving-window", async |browser| {
        library_of_two(browser).await;
        browser
            .script(
                "delete window.Worker; window.Worker = undefined",
                Vec::new(),
            )
            .await;
        browser.click_on(".export input[value='spacy']").await;
        let (name, bytes) = browser.file_of_button("Export").await;
        let format = Format::named("spacy").expect("there is such a format");
        assert_eq!(spans(format, &name, &bytes), 4_023);
    })
    .await;
    assert!(console.is_empty(), "{console:#?}");
    // The script is requested again, as a module of the window; mostly from the browser's cache.
    let is_script = |address: &String| address.contains("/pullquote-datasets.js?");
    assert!(requests.iter().all(is_script), "{requests:#?}");
}

#[tokio::test]
async fn a_missing_dataset_program_is_requested_again() {
    play("leaving-late", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        let gone = "window.kept = window.pullquoteDatasets;
             window.pullquoteDatasets = () => Promise.reject(new Error('it is away'));
             window.pullquoteDatasetsHere = window.pullquoteDatasets;";
        browser.script(gone, Vec::new()).await;
        browser.click_on("a[aria-label='Export as…']").await;
        let is_refused = "return !!document.querySelector('.export-result .warn')";
        browser.until("the reason", is_refused).await;
        let reason = text_of(browser, ".export-result .warn").await;
        assert!(
            reason.contains("could not be loaded (it is away)"),
            "{reason}"
        );
        browser
            .script("window.pullquoteDatasets = window.kept", Vec::new())
            .await;
        browser.button("Try again").await;
        until_made(browser).await;
    })
    .await;
}
