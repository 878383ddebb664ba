//! Emoji, families of emoji, Urdu: the export has exactly what was swept.

use crate::browser::{key, play};
use crate::whole_task::check_file;
use serde_json::Value as Json;

const TEXT: &str = "Border talks 🤝 in two scripts

The minister 👩\u{200D}👩\u{200D}👧\u{200D}👦 wrote: 👍🏽 agreed, cafe\u{0301} at noon. 国境の町で会談 was the headline.

پاکستان اور ایران نے سرحدی علاقوں میں تعاون پر اتفاق کیا۔ وزیر خارجہ نے کہا کہ بات چیت جاری رہے گی۔
";

#[tokio::test]
async fn emoji_and_urdu_are_exported_as_they_were_swept() {
    play("scripts", async |browser| {
        browser.button("Paste").await;
        browser
            .until(
                "the box",
                "return !!document.querySelector('#article-text')",
            )
            .await;
        let typed = "const box = document.querySelector('#article-text');
             box.focus();
             document.execCommand('insertText', false, arguments[0]);";
        browser.script(typed, vec![TEXT.into()]).await;
        browser.picture("paste").await;
        browser.button("Add the article").await;
        browser
            .until(
                "the article",
                "return !!document.querySelector('article h1')",
            )
            .await;
        let marks = [
            ("talks 🤝 in", "Event"),
            ("👩\u{200D}👩\u{200D}👧\u{200D}👦 wrote: 👍🏽", "Actor"),
            ("cafe\u{0301} at noon", "Place"),
            ("国境の町", "Place"),
            ("سرحدی علاقوں", "Place"),
            ("وزیر خارجہ", "Actor"),
            ("بات چیت جاری رہے گی", "Commitment"),
        ];
        for (words, tag) in marks {
            browser.mark(words, tag).await;
        }
        // With Alt, exactly these characters; a family of emoji is still one.
        browser.sweep_with("greed, caf", Some(key::ALT)).await;
        browser.until_words_card().await;
        browser.card_tag("Event").await;
        browser.until_marks(marks.len() + 1).await;
        browser.picture("marked").await;
        let shown = browser.marks().await;
        for (words, tag) in marks {
            let mark = (tag.to_lowercase(), words.to_owned());
            assert!(shown.contains(&mark), "{mark:?} is not among {shown:#?}");
        }
        let exact = shown.iter().find(|(_, words)| words.starts_with("greed"));
        assert_eq!(exact.map(|(_, words)| words.as_str()), Some("greed, caf"));
        let directions = browser
            .script(
                "return [...document.querySelectorAll('article [data-start]')].map((b) => getComputedStyle(b).direction).join()",
                Vec::new(),
            )
            .await;
        assert_eq!(directions, Json::from("ltr,ltr,rtl"));
        let (_, bytes) = browser.export().await;
        check_file(&bytes, &shown);
        let file: Json = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(file["article"]["text"], Json::from(TEXT));
    })
    .await;
}
