//! A long article: the first screen at once, the rest within a second, nothing missing.

use crate::stage::{Stage, play};
use serde_json::Value as Json;
use std::fmt::Write as _;

const PARAGRAPHS: usize = 1_500;

/// Some 500 KB; each paragraph has a word of its own.
fn text() -> String {
    let mut text = String::from("A long article 🙂\n\n");
    for number in 0..PARAGRAPHS {
        for _ in 0..9 {
            text.push_str("the ministers spoke of the border, ");
        }
        let _ = write!(text, "and then of anchor{number}x.\n\n");
    }
    text
}

async fn until_whole(stage: &Stage) {
    let whole = "return !document.querySelector('article .plain')";
    stage.until("the whole article", whole).await;
}

async fn until_in_view(stage: &Stage, words: &str) {
    let script = "const it = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
         for (let n = it.nextNode(); n; n = it.nextNode()) {
             const at = n.data.indexOf(arguments[0]);
             if (at < 0) continue;
             const range = document.createRange();
             range.setStart(n, at);
             range.setEnd(n, at + arguments[0].length);
             const r = range.getBoundingClientRect();
             return r.height > 0 && r.top >= 0 && r.bottom <= innerHeight;
         }
         return false";
    stage.until_with(words, script, vec![words.into()]).await;
}

#[tokio::test]
async fn a_long_article_is_there_at_once_and_whole_soon_after() {
    play("long", async |stage| {
        let path = stage.file("long.txt", text().as_bytes());
        stage.open_file(&path).await;
        until_in_view(stage, "anchor0x").await;
        stage.picture("first").await;
        until_whole(stage).await;
        // Every paragraph, in order, and found by the browser's own search.
        let blocks = stage.script("return document.querySelectorAll('article [data-start]').length", Vec::new()).await;
        assert_eq!(blocks, Json::from(PARAGRAPHS + 1));
        let last = format!("anchor{}x", PARAGRAPHS - 1);
        let all = "const range = document.createRange();
             range.selectNodeContents(document.querySelector('article'));
             return range.toString().endsWith(arguments[0] + '.') && window.find(arguments[0])";
        assert_eq!(stage.script(all, vec![last.clone().into()]).await, Json::from(true));
        stage.script("getSelection().removeAllRanges()", Vec::new()).await;

        // A mark at the end; from the top, the list leads to it, also right after the
        // article was opened again.
        stage.mark(&last, "Place").await;
        stage.saved().await;
        stage.script("window.scrollTo(0, 0)", Vec::new()).await;
        stage
            .until("the place is noted", "return Object.entries(localStorage).some(([key, it]) => key.startsWith('pullquote.place.') && Number(it.split(' ')[0]) < 2000)")
            .await;
        stage.reload().await;
        stage.click_on(".mark-row, .marks [role=listitem] button, .marks button").await;
        until_in_view(stage, &last).await;
        stage.picture("last").await;

        // Where the reader was, they come back to, while the rest is still coming.
        let note = "return Object.entries(localStorage).some(([key, it]) => key.startsWith('pullquote.place.') && Number(it.split(' ')[0]) > 100000)";
        stage.until("the place is noted", note).await;
        stage.reload().await;
        until_in_view(stage, &last).await;
        until_whole(stage).await;
        until_in_view(stage, &last).await;
    })
    .await;
}
