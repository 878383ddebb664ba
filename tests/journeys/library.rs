//! The library: several articles, renamed, deleted and brought back; files that
//! are not let in.

use crate::stage::{Stage, key, play};
use serde_json::Value as Json;

async fn titles(stage: &Stage) -> Vec<String> {
    let titles = stage
        .script(
            "return [...document.querySelectorAll('.shelf tbody th > a')].map((a) => a.textContent)",
            Vec::new(),
        )
        .await;
    let titles = titles.as_array().cloned().unwrap_or_default();
    titles
        .iter()
        .map(|title| title.as_str().unwrap_or_default().to_owned())
        .collect()
}

async fn until_titles(stage: &Stage, count: usize) {
    stage
        .until_with(
            "the lines of the library",
            "return document.querySelectorAll('.shelf tbody tr').length === arguments[0]",
            vec![count.into()],
        )
        .await;
}

#[tokio::test]
async fn articles_are_kept_renamed_deleted_and_brought_back() {
    play("library", async |stage| {
        for (name, text) in [
            ("one.txt", "First article é\n\nWith a paragraph."),
            ("two.txt", "Second article 🙂\n\nWith another paragraph."),
            ("three.txt", "سرحدی علاقوں میں تعاون\n\nپاکستان اور ایران نے اتفاق کیا۔"),
        ] {
            let path = stage.file(name, text.as_bytes());
            stage.open_file(&path).await;
            stage.until("the article", "return !!document.querySelector('article p')").await;
            stage.saved().await;
            stage.click_on(".bar .name").await;
            stage.until("the library", "return !!document.querySelector('.library')").await;
        }
        until_titles(stage, 3).await;
        stage.picture("three").await;
        stage.size(390, 844).await;
        stage.picture("three-390").await;
        stage.size(1440, 900).await;

        stage.button("Rename Second article").await;
        stage.until("the box", "return document.activeElement?.id === 'title-box'").await;
        stage.script("document.querySelector('#title-box').select()", Vec::new()).await;
        stage.type_text("#title-box", "A better title").await;
        stage.press(&[], key::ENTER).await;
        stage
            .until(
                "the new title",
                "return [...document.querySelectorAll('.shelf th > a')].some((a) => a.textContent === 'A better title')",
            )
            .await;
        stage.saved().await;

        stage.button("Delete First article").await;
        until_titles(stage, 2).await;
        stage.picture("deleted").await;
        stage.button("Undo").await;
        until_titles(stage, 3).await;
        stage.button("Delete First article").await;
        until_titles(stage, 2).await;
        stage.press(&[key::CONTROL], 'z').await;
        until_titles(stage, 3).await;
        stage.button("Delete A better title").await;
        until_titles(stage, 2).await;
        stage.saved().await;
        stage.reload().await;
        until_titles(stage, 2).await;
        stage.click_on(".bin summary").await;
        stage.button("Restore A better title").await;
        until_titles(stage, 3).await;
        stage.saved().await;
        stage.reload().await;
        until_titles(stage, 3).await;
        let mut titles = titles(stage).await;
        titles.sort();
        assert_eq!(titles, ["A better title", "First article é", "سرحدی علاقوں میں تعاون"]);
        // The article itself carries the title, and its headline is untouched.
        stage.script("[...document.querySelectorAll('.shelf th > a')].find((a) => a.textContent === 'A better title').click()", Vec::new()).await;
        stage.until("the article", "return document.querySelector('article')?.getAttribute('aria-label') === 'A better title'").await;
        let headline = stage.script("return document.querySelector('article h1').textContent", Vec::new()).await;
        assert_eq!(headline, Json::from("Second article 🙂"));
    })
    .await;
}

#[tokio::test]
async fn a_damaged_file_gets_a_sentence_and_harms_nothing() {
    play("damaged", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.saved().await;
        let (_, bytes) = stage.export().await;
        stage.saved().await;
        let before = stage.marks().await;
        stage.click_on(".bar .name").await;
        until_titles(stage, 1).await;

        let change = |change: &dyn Fn(&mut Json)| {
            let mut file: Json = serde_json::from_slice(&bytes).unwrap();
            change(&mut file);
            file.to_string().into_bytes()
        };
        let cases: Vec<(&str, Vec<u8>, &[&str])> = vec![
            ("cut.pullquote.json", bytes[..bytes.len() / 2].to_vec(), &["damaged or cut off", "line"]),
            ("other.json", b"{\"text\": \"from another tool\"}".to_vec(), &["a JSON file of another program", "use Paste"]),
            ("newer.json", change(&|file| file["version"] = 9.into()), &["newer Pullquote", "version 9"]),
            (
                "quote.json",
                change(&|file| file["annotations"][3]["spans"][0]["quote"] = "Narnia".into()),
                &["annotations[3].spans[0].quote", "“Narnia”", "“Iran”"],
            ),
            (
                "offset.json",
                change(&|file| file["annotations"][2]["spans"][0]["end"] = 999_999.into()),
                &["annotations[2].spans[0]", "999999"],
            ),
            (
                "text.json",
                change(&|file| file["article"]["text"] = "Another text".into()),
                &["article."],
            ),
            (
                "field.json",
                change(&|file| {
                    file["annotations"][5].as_object_mut().unwrap().remove("tag");
                }),
                &["annotations[5]", "tag"],
            ),
            ("binary.txt", b"GIF\x03\x00\x00".to_vec(), &["not a text file"]),
            ("library.zip", b"PK\x03\x04\x00\x00".to_vec(), &["an archive", "Unpack it"]),
            ("latin.txt", b"caf\xE9 noir".to_vec(), &["Latin-1", "Save it as UTF-8"]),
            ("page.html", b"<!DOCTYPE html><p>Words</p>".to_vec(), &["a web page", "use Paste"]),
            ("empty.txt", b" \n ".to_vec(), &["no text"]),
        ];
        for (name, bytes, expected) in cases {
            let path = stage.file(name, &bytes);
            stage.open_file(&path).await;
            let alert = stage.alert().await;
            assert!(alert.contains(name), "{alert}");
            for part in expected {
                assert!(alert.contains(part), "{name}: {alert}");
            }
            if name == "quote.json" {
                stage.picture("quote").await;
            }
            stage.click_on(".notice [aria-label=Dismiss]").await;
            stage
                .until("no alert", "return document.querySelector('.notices [role=alert]').textContent === ''")
                .await;
            until_titles(stage, 1).await;
        }
        stage.click_on(".shelf th > a").await;
        stage.until_marks(23).await;
        assert_eq!(stage.marks().await, before);
        let (_, again) = stage.export().await;
        assert!(again == bytes, "what is kept is what was there before");

        // The same file again is the same article, with other marks it is a copy.
        stage.click_on(".bar .name").await;
        let path = stage.file("same.pullquote.json", &bytes);
        stage.open_file(&path).await;
        stage.until_marks(23).await;
        stage.click_on(".bar .name").await;
        until_titles(stage, 1).await;
        let other = change(&|file| file["annotations"][0]["note"] = "another note".into());
        let path = stage.file("other.pullquote.json", &other);
        stage.open_file(&path).await;
        stage.until_marks(23).await;
        stage.click_on(".bar .name").await;
        until_titles(stage, 2).await;
        let mut titles = titles(stage).await;
        titles.sort();
        assert!(titles[1].ends_with("(copy)"), "{titles:?}");
        // A field that this version does not know is named.
        let extra = change(&|file| file["mood"] = "good".into());
        let path = stage.file("extra.pullquote.json", &extra);
        stage.open_file(&path).await;
        stage
            .until(
                "the sentence on the field",
                "return document.querySelector('.notices').textContent.includes('does not know') && document.querySelector('.notices').textContent.includes('mood')",
            )
            .await;
    })
    .await;
}

#[tokio::test]
async fn files_that_are_dropped_on_the_page_are_opened() {
    play("drop", async |stage| {
        let drop = "const data = new DataTransfer();
             for (const [name, text] of arguments[0]) data.items.add(new File([text], name));
             const page = document.querySelector('.app');
             page.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
             page.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));";
        let one = serde_json::json!([["one.txt", "One é\n\nwith words."]]);
        stage.script(drop, vec![one]).await;
        stage
            .until(
                "the article",
                "return document.querySelector('article h1')?.textContent === 'One é'",
            )
            .await;
        stage.click_on(".bar .name").await;
        // Several at once stay in the library.
        let several = serde_json::json!([["two.txt", "Two 🙂\n\nwords."], ["three.txt", "نمبر تین\n\nwords."]]);
        stage.script(drop, vec![several]).await;
        until_titles(stage, 3).await;
        let mut titles = titles(stage).await;
        titles.sort();
        assert_eq!(titles, ["One é", "Two 🙂", "نمبر تین"]);
        stage.saved().await;
    })
    .await;
}
