//! Articles leave as datasets: what each will be is said before, what leaves is proved
//! again here, and all of it goes by keys too.

use crate::stage::{Stage, key, play};
use pullquote_core::formats::dataset::{FORMATS, Format, unzip};
use serde_json::Value as Json;

async fn text_of(stage: &Stage, selector: &str) -> String {
    let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
    let text = stage.script(script, vec![selector.into()]).await;
    text.as_str().unwrap_or_default().to_owned()
}

/// Waits until it is known what the dataset comes to.
async fn until_made(stage: &Stage) {
    stage
        .until(
            "the verdict",
            "return !!document.querySelector('.export-result .verdict')",
        )
        .await;
}

async fn choose(stage: &Stage, format: &str) {
    stage
        .click_on(&format!(".export input[value='{format}']"))
        .await;
    stage
        .until_with(
            "the format",
            "return !!document.querySelector(`.export input[value='${arguments[0]}']:checked`)
                 && !!document.querySelector('.export-result .verdict')",
            vec![format.into()],
        )
        .await;
}

/// The spans of a file that the browser wrote, each sliced again here.
fn spans(format: &Format, name: &str, bytes: &[u8]) -> usize {
    let checked = |name: &str, bytes: &[u8], text: Option<&str>| {
        let spans = format.check_with(bytes, text);
        spans.unwrap_or_else(|reason| panic!("{}: {name}: {reason}", format.id))
    };
    if !name.ends_with(".zip") {
        return checked(name, bytes, None);
    }
    let files = unzip(bytes).expect("it is an archive");
    let text = files.iter().find(|(name, _)| name.ends_with(".txt"));
    let text = text.map(|(_, bytes)| String::from_utf8(bytes.clone()).expect("it is UTF-8"));
    let is_data = |name: &str| match format.id {
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
            choose(stage, format.id).await;
            let (name, bytes) = stage.file_of_button("Export").await;
            let verdict = text_of(stage, ".export-result .verdict").await;
            let found = spans(format, &name, &bytes);
            assert!(
                verdict.starts_with(&format!("{found} of {found} spans verified")),
                "{}: {found} in the file, said was {verdict}",
                format.id
            );
            let has_marks = !matches!(format.id, "qdc" | "graphml" | "gexf");
            assert_eq!(found >= 20, has_marks, "{}: {found}", format.id);
            if format.id == "conll2003" {
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
