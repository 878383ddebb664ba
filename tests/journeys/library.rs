//! The library: several articles, renamed, deleted and restored; and files that are refused.

use crate::browser::{Browser, key, play};
use serde_json::Value as Json;

async fn titles(browser: &Browser) -> Vec<String> {
    let titles = browser
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

async fn until_titles(browser: &Browser, count: usize) {
    browser
        .until_with(
            "the lines of the library",
            "return document.querySelectorAll('.shelf tbody tr').length === arguments[0]",
            vec![count.into()],
        )
        .await;
}

#[tokio::test]
async fn a_deleted_article_is_brought_back() {
    play("library", async |browser| {
        for (name, text) in [
            ("one.txt", "First article é\n\nWith a paragraph."),
            ("two.txt", "Second article 🙂\n\nWith another paragraph."),
            ("three.txt", "سرحدی علاقوں میں تعاون\n\nپاکستان اور ایران نے اتفاق کیا۔"),
        ] {
            let path = browser.file(name, text.as_bytes());
            browser.open_file(&path).await;
            browser.until("the article", "return !!document.querySelector('article p')").await;
            browser.saved().await;
            browser.click_on(".bar .name").await;
            browser.until("the library", "return !!document.querySelector('.library')").await;
        }
        until_titles(browser, 3).await;
        browser.picture("three").await;
        browser.size(390, 844).await;
        browser.picture("three-390").await;
        browser.size(1440, 900).await;

        browser.button("Rename Second article").await;
        browser.until("the box", "return document.activeElement?.id === 'title-box'").await;
        browser.script("document.querySelector('#title-box').select()", Vec::new()).await;
        browser.type_text("#title-box", "A better title").await;
        browser.press(&[], key::ENTER).await;
        browser
            .until(
                "the new title",
                "return [...document.querySelectorAll('.shelf th > a')].some((a) => a.textContent === 'A better title')",
            )
            .await;
        browser.saved().await;

        browser.button("Delete First article").await;
        until_titles(browser, 2).await;
        let beside = "return document.activeElement.matches('.shelf-actions button') && document.activeElement.title";
        assert_eq!(browser.script(beside, Vec::new()).await, Json::from("Delete"), "the focus stays in the table");
        browser.picture("deleted").await;
        browser.button("Undo").await;
        until_titles(browser, 3).await;
        browser.button("Delete First article").await;
        until_titles(browser, 2).await;
        browser.press(&[key::CONTROL], 'z').await;
        until_titles(browser, 3).await;
        browser.button("Delete A better title").await;
        until_titles(browser, 2).await;
        browser.saved().await;
        browser.reload().await;
        until_titles(browser, 2).await;
        browser.click_on(".bin summary").await;
        browser.button("Restore A better title").await;
        until_titles(browser, 3).await;
        browser.saved().await;
        browser.reload().await;
        until_titles(browser, 3).await;
        let mut titles = titles(browser).await;
        titles.sort();
        assert_eq!(titles, ["A better title", "First article é", "سرحدی علاقوں میں تعاون"]);
        // The article has the new title, and its headline is unchanged.
        browser.script("[...document.querySelectorAll('.shelf th > a')].find((a) => a.textContent === 'A better title').click()", Vec::new()).await;
        browser.until("the article", "return document.querySelector('article')?.getAttribute('aria-label') === 'A better title'").await;
        let headline = browser.script("return document.querySelector('article h1').textContent", Vec::new()).await;
        assert_eq!(headline, Json::from("Second article 🙂"));
    })
    .await;
}

#[tokio::test]
async fn a_damaged_file_is_refused_with_a_sentence() {
    play("damaged", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        let (_, bytes) = browser.export().await;
        browser.saved().await;
        let before = browser.marks().await;
        browser.click_on(".bar .name").await;
        until_titles(browser, 1).await;

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
            let path = browser.file(name, &bytes);
            browser.open_file(&path).await;
            let alert = browser.alert().await;
            assert!(alert.contains(name), "{alert}");
            for part in expected {
                assert!(alert.contains(part), "{name}: {alert}");
            }
            if name == "quote.json" {
                browser.picture("quote").await;
            }
            browser.click_on(".notice [aria-label=Dismiss]").await;
            browser
                .until("no alert", "return document.querySelector('.notices [role=alert]').textContent === ''")
                .await;
            until_titles(browser, 1).await;
        }
        browser.click_on(".shelf th > a").await;
        browser.until_marks(23).await;
        assert_eq!(browser.marks().await, before);
        let (_, again) = browser.export().await;
        assert!(again == bytes, "what is kept is what was there before");

        // The same file again is the same article; with other marks it is a copy.
        browser.click_on(".bar .name").await;
        let path = browser.file("same.pullquote.json", &bytes);
        browser.open_file(&path).await;
        browser.until_marks(23).await;
        browser.click_on(".bar .name").await;
        until_titles(browser, 1).await;
        let other = change(&|file| file["annotations"][0]["note"] = "another note".into());
        let path = browser.file("other.pullquote.json", &other);
        browser.open_file(&path).await;
        browser.until_marks(23).await;
        browser.click_on(".bar .name").await;
        until_titles(browser, 2).await;
        let mut titles = titles(browser).await;
        titles.sort();
        assert!(titles[1].ends_with("(copy)"), "{titles:?}");
        // A message names a field that this version does not know.
        let extra = change(&|file| file["mood"] = "good".into());
        let path = browser.file("extra.pullquote.json", &extra);
        browser.open_file(&path).await;
        browser
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
    play("drop", async |browser| {
        let drop = "const data = new DataTransfer();
             for (const [name, text] of arguments[0]) data.items.add(new File([text], name));
             const page = document.querySelector('.app');
             page.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
             page.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));";
        let one = serde_json::json!([["one.txt", "One é\n\nwith words."]]);
        browser.script(drop, vec![one]).await;
        browser
            .until(
                "the article",
                "return document.querySelector('article h1')?.textContent === 'One é'",
            )
            .await;
        browser.click_on(".bar .name").await;
        // After several files at once, the library stays open.
        let several = serde_json::json!([["two.txt", "Two 🙂\n\nwords."], ["three.txt", "نمبر تین\n\nwords."]]);
        browser.script(drop, vec![several]).await;
        until_titles(browser, 3).await;
        let mut titles = titles(browser).await;
        titles.sort();
        assert_eq!(titles, ["One é", "Two 🙂", "نمبر تین"]);
        browser.saved().await;
    })
    .await;
}

/// Drops files on the page, each with its name and its text.
const DROP: &str = "const data = new DataTransfer();
     for (const [name, text] of arguments[0]) data.items.add(new File([text], name));
     document.querySelector('.app').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));";

/// Pastes a text, or a file with this name, where the focus is.
const PASTE: &str = "const data = new DataTransfer();
     if (arguments[1]) data.items.add(new File([arguments[0]], arguments[1]));
     else data.setData('text/plain', arguments[0]);
     const at = document.activeElement ?? document.body;
     at.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));";

async fn until_headline(browser: &Browser, headline: &str) {
    browser
        .until_with(
            "the article",
            "return document.querySelector('article h1')?.textContent === arguments[0]",
            vec![headline.into()],
        )
        .await;
}

#[tokio::test]
async fn what_is_pasted_in_the_library_becomes_an_article() {
    play("paste", async |browser| {
        let text = "Pasted 🙂 caf\u{e9}\n\nSome words, علي.";
        browser.script(PASTE, vec![text.into(), Json::Null]).await;
        until_headline(browser, "Pasted 🙂 caf\u{e9}").await;
        browser.saved().await;
        // On an article, nothing is added.
        browser
            .script(PASTE, vec!["Not here\n\nWords.".into(), Json::Null])
            .await;
        browser.click_on(".bar .name").await;
        until_titles(browser, 1).await;
        // A button with the focus does not mind; the text box takes its text itself.
        browser
            .script(
                "document.querySelector('.intake button').focus()",
                Vec::new(),
            )
            .await;
        browser
            .script(
                PASTE,
                vec!["A file 国境\n\nWords.".into(), "copied.txt".into()],
            )
            .await;
        until_headline(browser, "A file 国境").await;
        browser.saved().await;
        browser.click_on(".bar .name").await;
        until_titles(browser, 2).await;
        browser.button("Paste").await;
        browser
            .until(
                "the box",
                "return document.activeElement?.id === 'article-text'",
            )
            .await;
        browser
            .script(PASTE, vec!["Not yet\n\nWords.".into(), Json::Null])
            .await;
        browser.button("Cancel").await;
        until_titles(browser, 2).await;
    })
    .await;
}

#[tokio::test]
async fn the_page_says_what_a_drop_does() {
    play("drag", async |browser| {
        let send = "const data = new DataTransfer();
             data.items.add(new File(['x'], 'x.txt'));
             const at = document.querySelector(arguments[1]) ?? document.body;
             at.dispatchEvent(new DragEvent(arguments[0], { dataTransfer: data, bubbles: true, cancelable: true }));";
        let seen = "return document.getElementById('drop').checkVisibility()";
        for (screen, over) in [("library", ".library"), ("article", "article")] {
            if screen == "article" {
                browser.button("Open the sample").await;
                browser.until_marks(23).await;
            }
            assert_eq!(browser.script(seen, Vec::new()).await, Json::from(false), "{screen}");
            browser.script(send, vec!["dragover".into(), over.into()]).await;
            assert_eq!(browser.script(seen, Vec::new()).await, Json::from(true), "{screen}");
            browser.pictures(screen).await;
            browser.script(send, vec!["dragleave".into(), over.into()]).await;
            browser.until("the quiet page", "return !document.getElementById('drop').checkVisibility()").await;
        }
        browser.click_on(".bar .name").await;
        browser.button("Paste").await;
        browser.until("the box", "return !!document.querySelector('#article-text')").await;
        browser.script(send, vec!["dragover".into(), ".intake".into()]).await;
        assert_eq!(browser.script(seen, Vec::new()).await, Json::from(true));
        // The text box takes the text itself.
        browser.script(send, vec!["dragover".into(), "#article-text".into()]).await;
        assert_eq!(browser.script(seen, Vec::new()).await, Json::from(false));
        browser.script(send, vec!["dragover".into(), ".intake".into()]).await;
        browser.script(send, vec!["drop".into(), ".intake".into()]).await;
        assert_eq!(browser.script(seen, Vec::new()).await, Json::from(false));
    })
    .await;
}

#[tokio::test]
async fn the_help_keeps_the_focus_until_it_is_closed() {
    play("help", async |browser| {
        let open = "return !!document.querySelector('dialog.help[open]')";
        let closed = "return !document.querySelector('dialog.help')";
        browser.button("Help").await;
        browser.until("the help", open).await;
        browser.pictures("help").await;
        let inside = "return !!document.activeElement.closest('dialog.help')";
        assert_eq!(browser.script(inside, Vec::new()).await, Json::from(true));
        browser.press(&[], key::ESCAPE).await;
        browser.until("no help", closed).await;
        let name = "return document.activeElement.getAttribute('aria-label')";
        assert_eq!(browser.script(name, Vec::new()).await, Json::from("Help"));
        browser.press(&[], '?').await;
        browser.until("the help", open).await;
        browser.button("Close the help").await;
        browser.until("no help", closed).await;
        assert_eq!(browser.script(name, Vec::new()).await, Json::from("Help"));
    })
    .await;
}

#[tokio::test]
async fn a_larger_library_is_searched_and_sorted() {
    play("library-search", async |browser| {
        let files: Vec<Json> = (1..9)
            .map(|number| Json::from(vec![format!("{number}.txt"), format!("Report {number} 🙂\n\nWords of it.")]))
            .chain([Json::from(vec!["z.txt", "سرحدی علاقوں میں\n\nپاکستان"])])
            .collect();
        browser.script(DROP, vec![files.into()]).await;
        until_titles(browser, 9).await;
        browser.saved().await;
        browser.pictures("many").await;
        browser.click_on("#library-search").await;
        browser.keys("REPORT 7").await;
        until_titles(browser, 1).await;
        let count = "return document.querySelector('.shelf-tools [aria-live]').textContent";
        assert_eq!(browser.script(count, Vec::new()).await, Json::from("1 of 9 articles"));
        browser.keys("x").await;
        browser.until("no match", "return document.querySelector('.library .empty')?.textContent.startsWith('No articles match.')").await;
        browser.picture("no-match").await;
        browser.button("Show all articles").await;
        until_titles(browser, 9).await;
        let focused = "return document.activeElement.id";
        assert_eq!(browser.script(focused, Vec::new()).await, Json::from("library-search"));

        // By title, and the other way around; the order stays after a reload.
        browser.button("Article").await;
        browser.until("the order", "return document.querySelector('.shelf [aria-sort]').getAttribute('aria-sort') === 'ascending'").await;
        assert_eq!(titles(browser).await[..2], ["Report 1 🙂", "Report 2 🙂"]);
        browser.button("Article").await;
        browser.until("the order", "return document.querySelector('.shelf [aria-sort]').getAttribute('aria-sort') === 'descending'").await;
        assert_eq!(titles(browser).await[1..3], ["Report 8 🙂", "Report 7 🙂"]);
        browser.reload().await;
        until_titles(browser, 9).await;
        assert_eq!(titles(browser).await[1..3], ["Report 8 🙂", "Report 7 🙂"]);

        // Done, hidden, and a copy.
        browser.button("Done: Report 7 🙂").await;
        browser.until("the sign", "return !!document.querySelector('.shelf tr.done [aria-pressed=true]')").await;
        browser.button("Hide done").await;
        until_titles(browser, 8).await;
        browser.button("Duplicate Report 8 🙂").await;
        until_titles(browser, 9).await;
        assert_eq!(titles(browser).await[1], "Report 8 🙂 (copy)");
        browser.saved().await;
        browser.pictures("done").await;
        browser.button("Open").await;
        until_headline(browser, "Report 8 🙂").await;
        browser.click_on(".bar .name").await;
        browser.button("Hide done").await;
        until_titles(browser, 10).await;

        // On paper, the table stands alone.
        let media = serde_json::json!({ "media": "print" });
        browser.devtools("Emulation.setEmulatedMedia", media).await;
        let seen = "return ['.bar', '.intake', '.shelf-tools', '.shelf-actions', '.safekeeping', '.shelf'].map((one) => document.querySelector(one).checkVisibility())";
        assert_eq!(browser.script(seen, Vec::new()).await, serde_json::json!([false, false, false, false, false, true]));
        browser.picture("paper").await;
    })
    .await;
}
