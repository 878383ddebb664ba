//! Clicks and sweeps: words, paragraphs, overlapping marks, the list.

use crate::browser::{Browser, key, play};

/// The words that the card is about: it shows those that have no tag yet, and is named after a mark.
const QUOTE: &str = "const card = document.querySelector('.card');
     const quote = card?.querySelector('.card-quote')?.textContent
         ?? card?.getAttribute('aria-label').replace(/^[^:]*: /, '');";

async fn quote(browser: &Browser) -> String {
    browser
        .until("the card", &format!("{QUOTE} return !!card"))
        .await;
    let text = browser
        .script(&format!("{QUOTE} return quote"), Vec::new())
        .await;
    text.as_str().unwrap_or_default().to_owned()
}

async fn quote_becomes(browser: &Browser, words: &str) {
    browser
        .until_with(
            words,
            &format!("{QUOTE} return quote === arguments[0]"),
            vec![words.into()],
        )
        .await;
}

const TEXT: &str = "A headline of the day\n\nThe first paragraph has some words.\n\nThe second one has 🙂 more of them.\n";

#[tokio::test]
async fn a_double_click_is_one_of_two_words_without_a_space_between_them() {
    play("glued", async |browser| {
        browser
            .open_text("It ended.Karvel spoke 🙂 at noon:Anna left. See example.com now.\n")
            .await;
        for (word, quote) in [
            ("Karvel", "Karvel"),
            ("ended", "ended"),
            ("Anna", "Anna"),
            ("com", "example.com"),
        ] {
            let ((x, y), _) = browser.word_edges(word).await;
            browser.clicks(x + 6.0, y, 2).await;
            quote_becomes(browser, quote).await;
            browser.press(&[], key::ESCAPE).await;
            browser
                .until("no card", "return !document.querySelector('.card')")
                .await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_double_click_is_a_word_and_a_triple_click_a_paragraph() {
    play("clicks", async |browser| {
        browser.open_text(TEXT).await;
        let ((x, y), _) = browser.word_edges("paragraph").await;
        browser.clicks(x + 10.0, y, 2).await;
        quote_becomes(browser, "paragraph").await;
        browser.press(&[], key::ESCAPE).await;
        browser
            .until("no card", "return !document.querySelector('.card')")
            .await;
        browser.clicks(x + 10.0, y, 3).await;
        quote_becomes(browser, "The first paragraph has some words").await;
        browser.press(&[], 'e').await;
        browser.until_marks(1).await;
        let marks = browser.marks().await;
        assert_eq!(marks[0].1, "The first paragraph has some words");
        browser.picture("paragraph").await;
    })
    .await;
}

#[tokio::test]
async fn a_plain_click_makes_no_mark() {
    play("plain-click", async |browser| {
        browser.open_text(TEXT).await;
        browser.sweep("some words").await;
        quote_becomes(browser, "some words").await;
        let ((x, y), _) = browser.word_edges("second").await;
        browser.click(x + 5.0, y).await;
        browser
            .until("no card", "return !document.querySelector('.card')")
            .await;
        browser.press(&[], 'a').await;
        browser.press(&[], 'p').await;
        assert!(browser.marks().await.is_empty());
        // A sweep within a word takes the word, and one over a paragraph break takes both sides.
        browser.sweep("irst para").await;
        quote_becomes(browser, "first paragraph").await;
        browser.sweep("ome words. The sec").await;
        quote_becomes(browser, "some words. The second").await;
    })
    .await;
}

#[tokio::test]
async fn overlapping_marks_can_all_be_reached() {
    play("overlap", async |browser| {
        browser.open_text(TEXT).await;
        browser.mark("first paragraph has some", "Event").await;
        browser.mark("paragraph", "Actor").await;
        browser.mark("some words", "Place").await;
        // The same words are marked twice.
        browser.mark("paragraph", "Commitment").await;
        browser.picture("drawn").await;
        let letters = browser
            .script(
                "return [...document.querySelectorAll('article mark[data-letter]')].map((m) => m.dataset.letter).join('')",
                Vec::new(),
            )
            .await;
        assert_eq!(letters.as_str().map(|it| it.len()), Some(4));
        browser.press(&[], key::ESCAPE).await;
        browser.click_words("paragraph").await;
        browser.until("all three", "return document.querySelectorAll('.card-here li').length === 3").await;
        browser.picture("three").await;
        let mut seen = Vec::new();
        for number in 1..=3 {
            browser.click_on(&format!(".card-here li:nth-child({number}) button")).await;
            let text = browser
                .script(
                    "return document.querySelector('article mark.chosen').dataset.tag + ' ' + document.querySelector('.card .tag[aria-pressed=true]').textContent",
                    Vec::new(),
                )
                .await;
            seen.push(text.as_str().unwrap_or_default().to_owned());
        }
        seen.sort();
        assert_eq!(seen, ["actor Actor", "commitment Commitment", "event Event"]);
        // With keys alone: the focus goes to a mark, and Enter opens its card.
        browser.press(&[], key::ESCAPE).await;
        browser.script("document.querySelector('article mark[data-tag=place]').focus()", Vec::new()).await;
        browser.press(&[], key::ENTER).await;
        browser.until(
            "the card of both",
            "return document.querySelector('.card-here')?.textContent.includes('2 marks') ?? false",
        )
        .await;
        let lanes = browser
            .script(
                "return new Set([...document.querySelectorAll('article mark')].map((m) => getComputedStyle(m).paddingBottom)).size",
                Vec::new(),
            )
            .await;
        assert!(lanes.as_u64() >= Some(3), "each has a lane: {lanes}");
    })
    .await;
}

#[tokio::test]
async fn the_searched_list_leads_to_the_words() {
    play("list", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        let rows = "[...document.querySelectorAll('.mark-row')]";
        let order = browser
            .script(&format!("return {rows}.map((r) => r.dataset.row).join()"), Vec::new())
            .await;
        let drawn = browser
            .script(
                "return [...new Set([...document.querySelectorAll('article mark')].map((m) => m.dataset.annotation))].join()",
                Vec::new(),
            )
            .await;
        assert_eq!(order, drawn, "the list is in document order");
        browser.type_text("#marks-search", "soon").await;
        browser.until("one row, by its note", &format!("return {rows}.length === 1")).await;
        browser.script("document.querySelector('#marks-search').select()", Vec::new()).await;
        browser.press(&[], key::DELETE).await;
        browser.until("all rows", &format!("return {rows}.length === 23")).await;
        browser.button("Only Place").await;
        browser.until("four rows", &format!("return {rows}.length === 4")).await;
        browser.picture("filtered").await;
        browser.button("Only Place").await;
        browser.button("By tag").await;
        browser.until("groups", "return document.querySelectorAll('.group h3').length === 4").await;
        browser.picture("grouped").await;
        browser.button("By tag").await;
        browser.until("no groups", "return document.querySelectorAll('.group h3').length === 0").await;
        let last = "const rows = document.querySelectorAll('.mark-row button'); rows[rows.length - 1].click()";
        browser.script(last, Vec::new()).await;
        browser.until(
            "the words in view",
            "const mark = document.querySelector('article mark.chosen');
             if (mark?.textContent !== 'The exchange of strikes') return false;
             const r = mark.getBoundingClientRect();
             return r.top > 100 && r.bottom < innerHeight;",
        )
        .await;
        assert_eq!(quote(browser).await, "The exchange of strikes");
    })
    .await;
}

#[tokio::test]
async fn a_sweep_may_begin_and_end_beside_the_text() {
    play("beside", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        // A sweep from the margin before a line, and one past its end into the list.
        let (from, to) = browser.word_edges("Both men began").await;
        browser.drag((from.0 - 12.0, from.1), to, None).await;
        quote_becomes(browser, "Both men began").await;
        let (from, _) = browser.word_edges("called that respect").await;
        browser.drag(from, (1200.0, from.1), None).await;
        quote_becomes(browser, "called that respect the first rule between").await;
        // Pressing inside the selection begins a new sweep; no text is dragged.
        let before = browser.script("return location.hash", Vec::new()).await;
        let (from, to) = browser.word_edges("respect the first rule").await;
        browser.drag(from, to, None).await;
        quote_becomes(browser, "respect the first rule").await;
        assert_eq!(
            browser.script("return location.hash", Vec::new()).await,
            before
        );
        // The right half of a word's last letter belongs to the word, too.
        let (_, (x, y)) = browser.word_edges("reaches for a weapon").await;
        browser.clicks(x - 1.0, y, 2).await;
        quote_becomes(browser, "weapon").await;
    })
    .await;
}

#[tokio::test]
async fn one_edit_redraws_one_paragraph() {
    play("one-paragraph", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.sweep("fortnight").await;
        browser.until_words_card().await;
        let watch = "window.drawn = new Set();
             new MutationObserver((records) => {
                 for (const r of records) window.drawn.add(r.target.closest?.('[data-start]')?.dataset.start ?? r.target.nodeName);
             }).observe(document.querySelector('article'), { childList: true, subtree: true });";
        browser.script(watch, Vec::new()).await;
        browser.press(&[], 'e').await;
        browser.until_marks(24).await;
        let drawn = browser.script("return [...window.drawn].length", Vec::new()).await;
        assert_eq!(drawn, serde_json::json!(1));
        // Enter on a mark goes to its card, and Escape back to its words.
        browser.press(&[], key::ESCAPE).await;
        browser.script("document.querySelector('article mark[data-tag=event]').focus()", Vec::new()).await;
        browser.press(&[], key::ENTER).await;
        browser.until("the note", "return document.activeElement.matches('.card')").await;
        browser.press(&[], key::ESCAPE).await;
        browser
            .until("the words", "return document.activeElement.dataset.tag === 'event' && !document.querySelector('.card')")
            .await;
        browser.press(&[], '/').await;
        browser.until("the search", "return document.activeElement.id === 'marks-search'").await;
        let typed = browser.script("return document.activeElement.value", Vec::new()).await;
        assert_eq!(typed, serde_json::json!(""));
    })
    .await;
}
