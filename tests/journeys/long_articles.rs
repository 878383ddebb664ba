//! A long article shows its first screen at once and the rest within a second.

use crate::browser::{Browser, play};
use pullquote_core::model::annotation::{Annotation, Spans};
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::{Document, DocumentParts};
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::Values;
use pullquote_formats::document_file::write_document;
use pullquote_formats::plain_text::article_of_text;

use serde_json::Value as Json;
use std::fmt::Write as _;

const PARAGRAPHS: usize = 1_500;

/// A text of about 500 KB. Each paragraph has a unique word.
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

async fn until_whole(browser: &Browser) {
    let whole = "return !document.querySelector('article .plain')";
    browser.until("the whole article", whole).await;
}

async fn until_in_view(browser: &Browser, words: &str) {
    let script = "const article = document.querySelector('article');
         if (!article) return false;
         const it = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
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
    browser.until_with(words, script, vec![words.into()]).await;
}

#[tokio::test]
async fn a_long_article_shows_its_first_screen_at_once() {
    play("long", async |browser| {
        let path = browser.file("long.txt", text().as_bytes());
        browser.open_file(&path).await;
        until_in_view(browser, "anchor0x").await;
        browser.picture("first").await;
        until_whole(browser).await;
        // Every paragraph is there, in order, and the browser's search finds it.
        let blocks = browser.script("return document.querySelectorAll('article [data-start]').length", Vec::new()).await;
        assert_eq!(blocks, Json::from(PARAGRAPHS + 1));
        let last = format!("anchor{}x", PARAGRAPHS - 1);
        let all = "const range = document.createRange();
             range.selectNodeContents(document.querySelector('article'));
             return range.toString().endsWith(arguments[0] + '.') && window.find(arguments[0])";
        assert_eq!(browser.script(all, vec![last.clone().into()]).await, Json::from(true));
        browser.script("getSelection().removeAllRanges()", Vec::new()).await;

        // Sections that are not drawn yet have about their final height, so the end of the page is
        // where it will be.
        browser.script("window.scrollTo(0, 0)", Vec::new()).await;
        let frames = "return new Promise((go) => { let n = 0; const f = () => ++n > 10 ? go(true) : requestAnimationFrame(f); f(); })";
        browser.until("the picture", frames).await;
        browser.script("window.scrollTo(0, 1e9)", Vec::new()).await;
        until_in_view(browser, &last).await;
        // When the window gets narrower, the reader stays at the same words.
        browser.script("window.scrollTo(0, scrollY / 2)", Vec::new()).await;
        browser.until("the picture", frames).await;
        let at = "const block = document.elementFromPoint(innerWidth / 3, 120).closest('[data-start]');
             return Number(block?.dataset.start ?? -1)";
        browser.until("the place is noted", "return Object.entries(localStorage).some(([key, it]) => key.startsWith('pullquote.place.') && Number(it.split(' ')[0]) > 100000)").await;
        let before = browser.script(at, Vec::new()).await.as_i64().unwrap();
        browser.size(700, 800).await;
        let same = format!("const at = (() => {{ {at} }})(); return Math.abs(at - {before}) < 700");
        browser.until("the same words", &same).await;
        browser.until("the picture", frames).await;
        browser.until("the same words still", &same).await;
        browser.size(1440, 900).await;
        browser.until("the same words in the wide window", &same).await;
        // Scrolling by a script does not count as the user's: the page holds the position for some
        // frames.
        for _ in 0..2 {
            browser.until("the picture", frames).await;
        }

        // The list leads from the top to a mark at the end, also right after the article was
        // opened again.
        browser.mark(&last, "Place").await;
        browser.saved().await;
        browser.script("window.scrollTo(0, 0)", Vec::new()).await;
        browser
            .until("the place is noted", "return Object.entries(localStorage).some(([key, it]) => key.startsWith('pullquote.place.') && Number(it.split(' ')[0]) < 2000)")
            .await;
        browser.reload().await;
        browser.click_on(".mark-row, .marks [role=listitem] button, .marks button").await;
        until_in_view(browser, &last).await;
        browser.picture("last").await;

        // The reader comes back to the last position while the rest is still being drawn.
        let note = "return Object.entries(localStorage).some(([key, it]) => key.startsWith('pullquote.place.') && Number(it.split(' ')[0]) > 100000)";
        browser.until("the place is noted", note).await;
        browser.reload().await;
        until_in_view(browser, &last).await;
        until_whole(browser).await;
        until_in_view(browser, &last).await;
    })
    .await;
}

/// A document with a mark on the last word of every sentence, five in each paragraph.
pub(crate) fn many_marks() -> Document {
    let mut text = String::from("Many marks\n\n");
    for number in 0..MANY / 5 {
        for place in 0..5 {
            let _ = write!(text, "The ministers spoke of word{}x. ", 5 * number + place);
        }
        text.push_str("\n\n");
    }
    let id = |number: usize| Id::new(1_700_000_000_000 + number as u64, &[7; 10]);
    let article = article_of_text(id(0), &text, None).unwrap();
    let tags = ["actor", "place", "commitment", "event"];
    let mut at = 0;
    let marks = (0..MANY).map(|number| {
        let word = format!("word{number}x");
        let start = at + article.text()[at..].find(&word).unwrap();
        at = start + word.len();
        Annotation {
            id: id(number + 1),
            tag: tags[number % 4].parse().unwrap(),
            spans: Spans::from(article.span(start..at).unwrap()),
            values: Values::new(),
            entity: None,
            note: String::new(),
            flagged: false,
            coder: String::new(),
            created: Timestamp(1),
            modified: Timestamp(1),
        }
    });
    let annotations = marks.collect();
    Document::from_parts(DocumentParts {
        annotations,
        codebook: Codebook::news(),
        relations: Vec::new(),
        entities: Vec::new(),
        answers: Values::new(),
        coder: String::new(),
        article,
    })
    .unwrap()
}

const MANY: usize = 4_000;

/// A list of thousands of marks has only the rows near the visible ones, and every row can be
/// reached: with the wheel, with keys, from the mark in the text.
#[tokio::test]
async fn a_list_of_thousands_of_marks_is_complete() {
    play("many", async |browser| {
        let file = write_document(&many_marks());
        let path = browser.file("many.pullquote.json", file.as_bytes());
        browser.open_file(&path).await;
        browser.until("the article", "return !!document.querySelector('article mark')").await;
        let rows = "document.querySelectorAll('.mark-row').length";
        let few = format!("return {rows} > 15 && {rows} < 150");
        browser.until("some rows", &few).await;
        // An article that is printed at once has all its marks.
        let print = "dispatchEvent(new Event('beforeprint')); return true";
        browser.script(print, Vec::new()).await;
        until_whole(browser).await;
        let marks = "return document.querySelectorAll('article mark').length";
        assert_eq!(browser.script(marks, Vec::new()).await, Json::from(MANY));

        // Scrolled to the end, and half way back: the visible rows are there, without a gap.
        let gap = "const list = document.querySelector('.panel-scroll').getBoundingClientRect();
             const lines = [...document.querySelectorAll('.panel .line')].map((line) => line.getBoundingClientRect());
             const seen = lines.filter((line) => line.bottom > list.top && line.top < list.bottom);
             const covered = seen.reduce((sum, line) => sum + line.height, 0);
             return covered >= list.height - 60";
        let to = "const box = document.querySelector('.panel-scroll'); box.scrollTop = arguments[0] * box.scrollHeight; return true";
        for share in [1.0, 0.5, 0.02] {
            browser.script(to, vec![share.into()]).await;
            browser.until("lines all over the list", gap).await;
            browser.until("still few rows", &few).await;
        }
        browser.script(to, vec![1.0.into()]).await;
        let last = format!("return [...document.querySelectorAll('.mark-row')].at(-1)?.textContent.includes('word{}x')", MANY - 1);
        browser.until("the last row", &last).await;
        let of = "return [...document.querySelectorAll('[role=listitem]')].at(-1).getAttribute('aria-posinset')";
        assert_eq!(browser.script(of, Vec::new()).await, Json::from(MANY.to_string()));
        browser.picture("end").await;

        // When the row with the focus is scrolled far away, the focus stays in the list.
        let focus = "[...document.querySelectorAll('.mark-row button')].at(-1).focus(); return true";
        browser.script(focus, Vec::new()).await;
        browser.script(to, vec![0.0.into()]).await;
        browser.until("few rows again", "return document.querySelector('.mark-row').textContent.includes('word0x')").await;
        let held = "return !!document.activeElement.closest('.panel-scroll')";
        browser.until("the focus", held).await;
        browser.script(to, vec![1.0.into()]).await;
        browser.until("the last row again", &last).await;

        // The page ends where the article ends, wherever the list is scrolled to.
        let over = "const end = document.querySelector('article').getBoundingClientRect().bottom + scrollY;
             return document.scrollingElement.scrollHeight - end < innerHeight";
        assert_eq!(browser.script(over, Vec::new()).await, Json::from(true));

        // The text does not move when the history replaces the list.
        let frames = "return new Promise((go) => { let n = 0; const f = () => ++n > 20 ? go(true) : requestAnimationFrame(f); f(); })";
        let place = "const block = document.elementFromPoint(300, 400).closest('[data-start]');
             return [block.dataset.start, Math.round(block.getBoundingClientRect().top)]";
        browser.script("scrollTo(0, 3000)", Vec::new()).await;
        browser.until("the picture", frames).await;
        let before = browser.script(place, Vec::new()).await;
        for other in ["History", "Marks"] {
            // With a script, because scrolling the button into view would move the page.
            let tab = format!("[...document.querySelectorAll('.panel .switch')].find((tab) => tab.textContent === '{other}')");
            browser.script(&format!("{tab}.click()"), Vec::new()).await;
            let turned = format!("return {tab}?.ariaSelected === 'true'");
            browser.until("the panel", &turned).await;
            browser.until("the picture", frames).await;
            assert_eq!(browser.script(place, Vec::new()).await, before, "{other}");
        }
        browser.script(to, vec![1.0.into()]).await;

        // A click on a mark in the text brings its row into view.
        browser.script("scrollTo(0, 0)", Vec::new()).await;
        browser.click_on("article mark").await;
        let shown = "const row = document.querySelector('.mark-row.chosen');
             const list = document.querySelector('.panel-scroll').getBoundingClientRect();
             const rect = row?.getBoundingClientRect();
             return !!row && row.textContent.includes('word0x') && rect.top >= list.top && rect.bottom <= list.bottom";
        browser.until("its row", shown).await;

        // A search covers all marks, and its result is shown from the start.
        browser.script(to, vec![1.0.into()]).await;
        let wanted = format!("word{}x", MANY / 2);
        browser.type_text("#marks-search", &wanted).await;
        browser.until("one row", &format!("return {rows} === 1")).await;
        browser.click_on(".mark-row button").await;
        until_in_view(browser, &wanted).await;

        // The library is shown from the start.
        browser.click_on(".bar .name").await;
        browser.until("the library", "return !!document.querySelector('.library') && scrollY === 0").await;
    })
    .await;
}
