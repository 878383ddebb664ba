//! Emoji, families, Urdu: what is exported is what was swept.

use crate::stage::{key, play};
use crate::work::check_file;
use serde_json::Value as Json;

const TEXT: &str = "Border talks 🤝 in two scripts

The minister 👩\u{200D}👩\u{200D}👧\u{200D}👦 wrote: 👍🏽 agreed, cafe\u{0301} at noon. 国境の町で会談 was the headline.

پاکستان اور ایران نے سرحدی علاقوں میں تعاون پر اتفاق کیا۔ وزیر خارجہ نے کہا کہ بات چیت جاری رہے گی۔
";

#[tokio::test]
async fn emoji_and_urdu_are_exported_as_they_were_swept() {
    play("scripts", async |stage| {
        stage.button("Paste").await;
        stage
            .until(
                "the box",
                "return !!document.querySelector('#article-text')",
            )
            .await;
        let typed = "const box = document.querySelector('#article-text');
             box.focus();
             document.execCommand('insertText', false, arguments[0]);";
        stage.script(typed, vec![TEXT.into()]).await;
        stage.picture("paste").await;
        stage.button("Add the article").await;
        stage
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
            stage.mark(words, tag).await;
        }
        // Alt: exactly these characters; a family is still one.
        stage.sweep_with("greed, caf", Some(key::ALT)).await;
        stage.until_words_card().await;
        stage.card_tag("Event").await;
        stage.until_marks(marks.len() + 1).await;
        stage.picture("marked").await;
        let shown = stage.marks().await;
        for (words, tag) in marks {
            let mark = (tag.to_lowercase(), words.to_owned());
            assert!(shown.contains(&mark), "{mark:?} is not among {shown:#?}");
        }
        let exact = shown.iter().find(|(_, words)| words.starts_with("greed"));
        assert_eq!(exact.map(|(_, words)| words.as_str()), Some("greed, caf"));
        let directions = stage
            .script(
                "return [...document.querySelectorAll('article [data-start]')].map((b) => getComputedStyle(b).direction).join()",
                Vec::new(),
            )
            .await;
        assert_eq!(directions, Json::from("ltr,ltr,rtl"));
        let (_, bytes) = stage.export().await;
        check_file(&bytes, &shown);
        let file: Json = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(file["article"]["text"], Json::from(TEXT));
    })
    .await;
}
