//! Clicks and sweeps: words, paragraphs, marks over marks, the list.

use crate::stage::{Stage, key, play};

/// The words that the card is about.
async fn quote(stage: &Stage) -> String {
    stage
        .until("the card", "return !!document.querySelector('.card-quote')")
        .await;
    let text = stage
        .script(
            "return document.querySelector('.card-quote').textContent",
            Vec::new(),
        )
        .await;
    text.as_str().unwrap_or_default().to_owned()
}

async fn quote_becomes(stage: &Stage, words: &str) {
    stage
        .until_with(
            words,
            "return document.querySelector('.card-quote')?.textContent === arguments[0]",
            vec![words.into()],
        )
        .await;
}

const TEXT: &str = "A headline of the day\n\nThe first paragraph has some words.\n\nThe second one has 🙂 more of them.\n";

#[tokio::test]
async fn a_double_click_is_one_of_two_words_without_a_space_between_them() {
    play("glued", async |stage| {
        stage
            .open_text("It ended.Karvel spoke 🙂 at noon:Anna left. See example.com now.\n")
            .await;
        for (word, quote) in [
            ("Karvel", "Karvel"),
            ("ended", "ended"),
            ("Anna", "Anna"),
            ("com", "example.com"),
        ] {
            let ((x, y), _) = stage.ends_of(word).await;
            stage.clicks(x + 6.0, y, 2).await;
            quote_becomes(stage, quote).await;
            stage.press(&[], key::ESCAPE).await;
            stage
                .until("no card", "return !document.querySelector('.card')")
                .await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_double_click_is_a_word_and_a_triple_click_a_paragraph() {
    play("clicks", async |stage| {
        stage.open_text(TEXT).await;
        let ((x, y), _) = stage.ends_of("paragraph").await;
        stage.clicks(x + 10.0, y, 2).await;
        quote_becomes(stage, "paragraph").await;
        stage.press(&[], key::ESCAPE).await;
        stage
            .until("no card", "return !document.querySelector('.card')")
            .await;
        stage.clicks(x + 10.0, y, 3).await;
        quote_becomes(stage, "The first paragraph has some words").await;
        stage.press(&[], 'e').await;
        stage.until_marks(1).await;
        let marks = stage.marks().await;
        assert_eq!(marks[0].1, "The first paragraph has some words");
        stage.picture("paragraph").await;
    })
    .await;
}

#[tokio::test]
async fn a_plain_click_makes_no_mark_and_closes_the_card() {
    play("plain-click", async |stage| {
        stage.open_text(TEXT).await;
        stage.sweep("some words").await;
        quote_becomes(stage, "some words").await;
        let ((x, y), _) = stage.ends_of("second").await;
        stage.click(x + 5.0, y).await;
        stage
            .until("no card", "return !document.querySelector('.card')")
            .await;
        stage.press(&[], 'a').await;
        stage.press(&[], 'p').await;
        assert!(stage.marks().await.is_empty());
        // A sweep within a word takes the word, and over a break both sides.
        stage.sweep("irst para").await;
        quote_becomes(stage, "first paragraph").await;
        stage.sweep("ome words. The sec").await;
        quote_becomes(stage, "some words. The second").await;
    })
    .await;
}

#[tokio::test]
async fn marks_over_marks_can_all_be_seen_and_reached() {
    play("overlap", async |stage| {
        stage.open_text(TEXT).await;
        stage.mark("first paragraph has some", "Event").await;
        stage.mark("paragraph", "Actor").await;
        stage.mark("some words", "Place").await;
        // The same words twice.
        stage.mark("paragraph", "Commitment").await;
        stage.picture("drawn").await;
        let letters = stage
            .script(
                "return [...document.querySelectorAll('article mark[data-letter]')].map((m) => m.dataset.letter).join('')",
                Vec::new(),
            )
            .await;
        assert_eq!(letters.as_str().map(|it| it.len()), Some(4));
        stage.press(&[], key::ESCAPE).await;
        stage.click_words("paragraph").await;
        stage.until("all three", "return document.querySelectorAll('.card-here li').length === 3").await;
        stage.picture("three").await;
        let mut seen = Vec::new();
        for number in 1..=3 {
            stage.click_on(&format!(".card-here li:nth-child({number}) button")).await;
            let text = stage
                .script(
                    "return document.querySelector('article mark.chosen').dataset.tag + ' ' + document.querySelector('.card .tag[aria-pressed=true]').textContent",
                    Vec::new(),
                )
                .await;
            seen.push(text.as_str().unwrap_or_default().to_owned());
        }
        seen.sort();
        assert_eq!(seen, ["actor Actor", "commitment Commitment", "event Event"]);
        // By keys alone: the focus goes to a mark, Enter opens its card.
        stage.press(&[], key::ESCAPE).await;
        stage.script("document.querySelector('article mark[data-tag=place]').focus()", Vec::new()).await;
        stage.press(&[], key::ENTER).await;
        stage.until(
            "the card of both",
            "return document.querySelector('.card-here')?.textContent.includes('2 marks') ?? false",
        )
        .await;
        let lanes = stage
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
async fn the_list_is_searched_filtered_and_leads_to_the_words() {
    play("list", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        let rows = "[...document.querySelectorAll('.mark-row')]";
        let order = stage
            .script(&format!("return {rows}.map((r) => r.dataset.row).join()"), Vec::new())
            .await;
        let drawn = stage
            .script(
                "return [...new Set([...document.querySelectorAll('article mark')].map((m) => m.dataset.annotation))].join()",
                Vec::new(),
            )
            .await;
        assert_eq!(order, drawn, "the list is in document order");
        stage.type_text("#marks-search", "soon").await;
        stage.until("one row, by its note", &format!("return {rows}.length === 1")).await;
        stage.script("document.querySelector('#marks-search').select()", Vec::new()).await;
        stage.press(&[], key::DELETE).await;
        stage.until("all rows", &format!("return {rows}.length === 23")).await;
        stage.button("Only Place").await;
        stage.until("four rows", &format!("return {rows}.length === 4")).await;
        stage.picture("filtered").await;
        stage.button("Only Place").await;
        stage.button("By tag").await;
        stage.until("groups", "return document.querySelectorAll('.group h3').length === 4").await;
        stage.picture("grouped").await;
        stage.button("By tag").await;
        stage.until("no groups", "return document.querySelectorAll('.group h3').length === 0").await;
        let last = "const rows = document.querySelectorAll('.mark-row button'); rows[rows.length - 1].click()";
        stage.script(last, Vec::new()).await;
        stage.until(
            "the words in view",
            "const mark = document.querySelector('article mark.chosen');
             if (mark?.textContent !== 'The exchange of strikes') return false;
             const r = mark.getBoundingClientRect();
             return r.top > 100 && r.bottom < innerHeight;",
        )
        .await;
        assert_eq!(quote(stage).await, "The exchange of strikes");
    })
    .await;
}

#[tokio::test]
async fn a_sweep_may_begin_and_end_beside_the_text() {
    play("beside", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        // From the margin before a line, and past its end into the list.
        let (from, to) = stage.ends_of("Both men began").await;
        stage.drag((from.0 - 12.0, from.1), to, None).await;
        quote_becomes(stage, "Both men began").await;
        let (from, _) = stage.ends_of("called that respect").await;
        stage.drag(from, (1200.0, from.1), None).await;
        quote_becomes(stage, "called that respect the first rule between").await;
        // A press into the selection begins a new sweep; nothing is dragged away.
        let before = stage.script("return location.hash", Vec::new()).await;
        let (from, to) = stage.ends_of("respect the first rule").await;
        stage.drag(from, to, None).await;
        quote_becomes(stage, "respect the first rule").await;
        assert_eq!(
            stage.script("return location.hash", Vec::new()).await,
            before
        );
        // The last half of a word's last letter is that word, too.
        let (_, (x, y)) = stage.ends_of("reaches for a weapon").await;
        stage.clicks(x - 1.0, y, 2).await;
        quote_becomes(stage, "weapon").await;
    })
    .await;
}

#[tokio::test]
async fn one_edit_draws_one_paragraph_and_the_list_by_keys_alone_is_in_reach() {
    play("one-paragraph", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.sweep("fortnight").await;
        stage.until_words_card().await;
        let watch = "window.drawn = new Set();
             new MutationObserver((records) => {
                 for (const r of records) window.drawn.add(r.target.closest?.('[data-start]')?.dataset.start ?? r.target.nodeName);
             }).observe(document.querySelector('article'), { childList: true, subtree: true });";
        stage.script(watch, Vec::new()).await;
        stage.press(&[], 'e').await;
        stage.until_marks(24).await;
        let drawn = stage.script("return [...window.drawn].length", Vec::new()).await;
        assert_eq!(drawn, serde_json::json!(1));
        // Enter on a mark goes to its card, Escape back to its words.
        stage.press(&[], key::ESCAPE).await;
        stage.script("document.querySelector('article mark[data-tag=event]').focus()", Vec::new()).await;
        stage.press(&[], key::ENTER).await;
        stage.until("the note", "return document.activeElement.matches('.card')").await;
        stage.press(&[], key::ESCAPE).await;
        stage
            .until("the words", "return document.activeElement.dataset.tag === 'event' && !document.querySelector('.card')")
            .await;
        stage.press(&[], '/').await;
        stage.until("the search", "return document.activeElement.id === 'marks-search'").await;
        let typed = stage.script("return document.activeElement.value", Vec::new()).await;
        assert_eq!(typed, serde_json::json!(""));
    })
    .await;
}
