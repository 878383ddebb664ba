//! Keys: none is lost right after a sweep, an article is marked by the keys alone, the focus
//! goes where one goes on, and other layouts work.

use crate::stage::{Stage, key, play};
use serde_json::{Value as Json, json};

/// Waits until these words are chosen and have no tag yet.
async fn words(stage: &Stage, expected: &str) {
    let script =
        "const quote = document.querySelector('.card[aria-label=\"Tag these words\"] .card-quote');
         return quote?.textContent === arguments[0]";
    stage
        .until_with(expected, script, vec![json!(expected)])
        .await;
}

/// What has the focus, in a word.
async fn focus(stage: &Stage) -> String {
    let script = "const a = document.activeElement;
         return a.matches('article mark') ? 'mark ' + a.textContent : a.tagName.toLowerCase() + '.' + a.className.split(' ')[0]";
    let found = stage.script(script, Vec::new()).await;
    found.as_str().unwrap_or_default().to_owned()
}

async fn until_focus(stage: &Stage, selector: &str) {
    let script = "return document.activeElement.matches(arguments[0])";
    stage
        .until_with(
            &format!("the focus on {selector}"),
            script,
            vec![json!(selector)],
        )
        .await;
}

/// A fast coder: a sweep and the tag's key with nothing between them, line after line, on a
/// processor that is up to twenty times slower.
#[tokio::test]
async fn no_key_after_a_sweep_is_lost() {
    play("fast-coder", async |stage| {
        stage.size(1440, 1000).await;
        let lines: Vec<String> = (1..=200).map(|number| format!("Wort{number} steht hier.")).collect();
        stage.open_text(&format!("Zweihundert\n\n{}\n", lines.join("\n\n"))).await;
        let mut made = 0;
        for rate in [1, 4, 8, 20].into_iter().cycle() {
            if made >= 200 {
                break;
            }
            stage.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await;
            stage.press(&[], key::ESCAPE).await;
            let places = stage.script(FIRST_WORDS, vec![json!(made)]).await;
            let places = places.as_array().cloned().unwrap_or_default();
            assert!(!places.is_empty(), "lines in view: {places:?}");
            stage.sweep_and_press(&places, 'a').await;
            made += places.len();
            stage.until_with(
                &format!("{made} marks at {rate} times slower"),
                "const ids = [...document.querySelectorAll('article mark')].map((m) => m.dataset.annotation);
                 return new Set(ids).size === arguments[0]",
                vec![json!(made)],
            )
            .await;
        }
        stage.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 })).await;
        stage.press(&[], key::ESCAPE).await;
        let marks = stage.marks().await;
        assert_eq!(marks.len(), 200);
        for (number, (tag, words)) in (1..).zip(&marks) {
            assert_eq!((tag.as_str(), words.as_str()), ("actor", format!("Wort{number}").as_str()));
        }
    })
    .await;
}

/// Brings the line after so many into view, and gives where the first words of it and of those
/// below it begin and end: what is in view, at most twenty.
const FIRST_WORDS: &str = "const lines = [...document.querySelectorAll('article p')].slice(arguments[0], arguments[0] + 20);
     lines[0].scrollIntoView({ block: 'start' });
     scrollBy(0, -140);
     const places = [];
     for (const line of lines) {
         const range = document.createRange();
         range.setStart(line.firstChild, 0);
         range.setEnd(line.firstChild, line.textContent.indexOf(' '));
         const r = range.getBoundingClientRect();
         if (r.bottom > innerHeight - 8) break;
         places.push([r.left + 1, r.right - 1, r.top + r.height / 2]);
     }
     return places;";

#[tokio::test]
async fn an_article_is_marked_by_keys_alone_without_starting_again() {
    play("keys-alone", async |stage| {
        stage.open_text("Talks at noon\n\nMunir met the minister in Rawalpindi.\n\nسرحدی علاقوں میں امن 🙂.\n",
        )
        .await;
        stage.press(&[], key::ENTER).await;
        words(stage, "Talks").await;
        stage.press(&[], 'e').await;
        stage.until_marks(1).await;
        // From the mark on, not from the top of the view.
        stage.press(&[], key::RIGHT).await;
        words(stage, "at").await;
        stage.press(&[], key::DOWN).await;
        words(stage, "Munir").await;
        stage.press(&[], 'a').await;
        stage.until_marks(2).await;
        // Escape leaves the card and keeps the place: the arrows go on from there.
        stage.press(&[], key::ESCAPE).await;
        stage
            .until("no card", "return !document.querySelector('.card')")
            .await;
        assert_eq!(focus(stage).await, "mark Munir");
        stage.press(&[], key::RIGHT).await;
        words(stage, "met").await;
        stage.press(&[], key::ESCAPE).await;
        stage.press(&[], key::RIGHT).await;
        words(stage, "the").await;
        // Left for good, Enter comes back to it.
        stage.press(&[], key::ESCAPE).await;
        stage.press(&[], key::ESCAPE).await;
        stage.press(&[], key::ENTER).await;
        words(stage, "the").await;
        for _ in 0..3 {
            stage.press(&[], key::RIGHT).await;
        }
        words(stage, "Rawalpindi").await;
        stage.press(&[], 'p').await;
        stage.until_marks(3).await;
        // In a paragraph that runs the other way, so do the arrows.
        stage.press(&[], key::DOWN).await;
        words(stage, "سرحدی").await;
        stage.press(&[], key::LEFT).await;
        words(stage, "علاقوں").await;
        stage.press(&[], 'p').await;
        stage.until_marks(4).await;
        let marks = stage.marks().await;
        let said: Vec<&str> = marks.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(said, ["Talks", "Munir", "Rawalpindi", "علاقوں"]);
    })
    .await;
}

/// Words that the pointer swept, or that were found, are gone on from as well; and `.` finds a
/// tag by its name where all tags have a button.
#[tokio::test]
async fn the_arrows_go_on_from_every_mark_and_a_dot_finds_a_tag() {
    play("keys-go-on", async |stage| {
        stage
            .open_text("Talks at noon\n\nMunir met the minister in Rawalpindi.\n")
            .await;
        stage.sweep("Munir").await;
        stage.until_words_card().await;
        stage.press(&[], 'a').await;
        stage.until_marks(1).await;
        stage.press(&[], key::RIGHT).await;
        words(stage, "met").await;
        stage.press(&[], key::ESCAPE).await;
        stage.search_box().await;
        stage.keys("minister").await;
        stage.press(&[], key::ENTER).await;
        stage.until_words_card().await;
        stage.press(&[], key::ESCAPE).await;
        stage.press(&[], 'a').await;
        stage.until_marks(2).await;
        stage.press(&[], key::RIGHT).await;
        words(stage, "in").await;
        stage.press(&[], key::RIGHT).await;
        words(stage, "Rawalpindi").await;
        stage.press(&[], '.').await;
        until_focus(stage, ".tag-picker input").await;
        stage.keys("pla").await;
        stage.press(&[], key::ENTER).await;
        stage.until_marks(3).await;
        assert_eq!(stage.marks().await[2].0, "place");
    })
    .await;
}

#[tokio::test]
async fn the_focus_is_where_one_goes_on_and_delete_means_the_mark_alone() {
    play("focus", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        until_focus(stage, "article").await;
        // A button of the bar has the focus: Delete is not about the mark that is chosen.
        stage.mark("telephones", "Place").await;
        stage
            .script("document.querySelector('.bar .step').focus()", Vec::new())
            .await;
        for key in [key::DELETE, key::BACKSPACE] {
            stage.press(&[], key).await;
        }
        assert_eq!(stage.marks().await.len(), 24);
        stage
            .script("document.activeElement.blur()", Vec::new())
            .await;
        stage.press(&[], key::DELETE).await;
        stage.until_marks(23).await;
        until_focus(stage, "article mark").await;
        // With Delete in the card, by pointer: the next mark has the focus too.
        stage.open_card("Tehran").await;
        stage.button("Delete").await;
        stage.until_marks(22).await;
        until_focus(stage, "article mark").await;
        // Back from the codebook and from the export: to where one came from.
        stage.button("Edit the codebook").await;
        until_focus(stage, ".book h1").await;
        stage.script("history.back()", Vec::new()).await;
        until_focus(stage, ".palette a[aria-label='Edit the codebook']").await;
        stage.button("Export as…").await;
        until_focus(stage, ".export h1").await;
        stage.script("history.back()", Vec::new()).await;
        until_focus(stage, ".bar a[aria-label='Export as…']").await;
        stage.script("location.hash = '#/'", Vec::new()).await;
        until_focus(stage, "tr[data-article] a").await;
    })
    .await;
}

/// Keys by their place on a keyboard that types Cyrillic, Greek or Arabic.
#[tokio::test]
async fn tag_keys_and_undo_work_on_other_layouts() {
    play("layouts", async |stage| {
        stage
            .open_text("Переговоры\n\nМинистр встретил генерала в Равалпинди.\n")
            .await;
        let typed = [
            ("ф", "KeyA", "генерала"),
            ("π", "KeyP", "Равалпинди"),
            ("ؤ", "KeyC", "встретил"),
        ];
        for (count, (key, code, word)) in (1..).zip(typed) {
            stage.sweep(word).await;
            stage.until_words_card().await;
            press_as(stage, key, code, false).await;
            stage.until_marks(count).await;
        }
        let tags: Vec<String> = stage
            .marks()
            .await
            .into_iter()
            .map(|(tag, _)| tag)
            .collect();
        assert_eq!(tags, ["commitment", "actor", "place"]);
        press_as(stage, "я", "KeyZ", true).await;
        stage.until_marks(2).await;
        press_as(stage, "ص", "KeyZ", true).await;
        stage.until_marks(1).await;
    })
    .await;
}

/// A key that types `key` on this keyboard, at the place where a Latin one has `code`.
async fn press_as(stage: &Stage, key: &str, code: &str, control: bool) {
    let event = |kind: &str| -> Json {
        let modifiers = if control { 2 } else { 0 };
        json!({ "type": kind, "key": key, "code": code, "modifiers": modifiers })
    };
    for kind in ["rawKeyDown", "keyUp"] {
        stage.devtools("Input.dispatchKeyEvent", event(kind)).await;
    }
}
