//! Keys: none is lost right after a sweep, an article can be marked with keys alone, the focus goes
//! where the user continues, and other keyboard layouts work.

use crate::browser::{Browser, key, play};
use serde_json::{Value as Json, json};

/// Waits until these words are selected and have no tag yet.
async fn words(browser: &Browser, expected: &str) {
    let script =
        "const quote = document.querySelector('.card[aria-label=\"Tag these words\"] .card-quote');
         return quote?.textContent === arguments[0]";
    browser
        .until_with(expected, script, vec![json!(expected)])
        .await;
}

/// What has the focus, in one word.
async fn focus(browser: &Browser) -> String {
    let script = "const a = document.activeElement;
         return a.matches('article mark') ? 'mark ' + a.textContent : a.tagName.toLowerCase() + '.' + a.className.split(' ')[0]";
    let found = browser.script(script, Vec::new()).await;
    found.as_str().unwrap_or_default().to_owned()
}

async fn until_focus(browser: &Browser, selector: &str) {
    let script = "return document.activeElement.matches(arguments[0])";
    browser
        .until_with(
            &format!("the focus on {selector}"),
            script,
            vec![json!(selector)],
        )
        .await;
}

/// A fast coder sweeps and presses the tag's key without a pause, line after line, on a processor
/// that is up to twenty times slower.
#[tokio::test]
async fn no_key_after_a_sweep_is_lost() {
    play("fast-coder", async |browser| {
        browser.size(1440, 1000).await;
        let lines: Vec<String> = (1..=200).map(|number| format!("Wort{number} steht hier.")).collect();
        browser.open_text(&format!("Zweihundert\n\n{}\n", lines.join("\n\n"))).await;
        let mut made = 0;
        for rate in [1, 4, 8, 20].into_iter().cycle() {
            if made >= 200 {
                break;
            }
            browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await;
            browser.press(&[], key::ESCAPE).await;
            let places = browser.script(FIRST_WORDS, vec![json!(made)]).await;
            let places = places.as_array().cloned().unwrap_or_default();
            assert!(!places.is_empty(), "lines in view: {places:?}");
            browser.sweep_and_press(&places, 'a').await;
            made += places.len();
            browser.until_with(
                &format!("{made} marks at {rate} times slower"),
                "const ids = [...document.querySelectorAll('article mark')].map((m) => m.dataset.annotation);
                 return new Set(ids).size === arguments[0]",
                vec![json!(made)],
            )
            .await;
        }
        browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 })).await;
        browser.press(&[], key::ESCAPE).await;
        let marks = browser.marks().await;
        assert_eq!(marks.len(), 200);
        for (number, (tag, words)) in (1..).zip(&marks) {
            assert_eq!((tag.as_str(), words.as_str()), ("actor", format!("Wort{number}").as_str()));
        }
    })
    .await;
}

/// Brings the line with this index into view. Returns the left and right ends and the height of the
/// first words of it and of the visible lines below it, for at most twenty lines.
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
async fn an_article_is_marked_by_keys_in_one_pass() {
    play("keys-alone", async |browser| {
        browser.open_text("Talks at noon\n\nMunir met the minister in Rawalpindi.\n\nسرحدی علاقوں میں امن 🙂.\n",
        )
        .await;
        browser.press(&[], key::ENTER).await;
        words(browser, "Talks").await;
        browser.press(&[], 'e').await;
        browser.until_marks(1).await;
        // The keys continue from the mark, not from the top of the view.
        browser.press(&[], key::RIGHT).await;
        words(browser, "at").await;
        browser.press(&[], key::DOWN).await;
        words(browser, "Munir").await;
        browser.press(&[], 'a').await;
        browser.until_marks(2).await;
        // Escape leaves the card and keeps the place: the arrows continue from there.
        browser.press(&[], key::ESCAPE).await;
        browser
            .until("no card", "return !document.querySelector('.card')")
            .await;
        assert_eq!(focus(browser).await, "mark Munir");
        browser.press(&[], key::RIGHT).await;
        words(browser, "met").await;
        browser.press(&[], key::ESCAPE).await;
        browser.press(&[], key::RIGHT).await;
        words(browser, "the").await;
        // After the place was left, Enter comes back to it.
        browser.press(&[], key::ESCAPE).await;
        browser.press(&[], key::ESCAPE).await;
        browser.press(&[], key::ENTER).await;
        words(browser, "the").await;
        for _ in 0..3 {
            browser.press(&[], key::RIGHT).await;
        }
        words(browser, "Rawalpindi").await;
        browser.press(&[], 'p').await;
        browser.until_marks(3).await;
        // In a right-to-left paragraph the arrows work the other way round.
        browser.press(&[], key::DOWN).await;
        words(browser, "سرحدی").await;
        browser.press(&[], key::LEFT).await;
        words(browser, "علاقوں").await;
        browser.press(&[], 'p').await;
        browser.until_marks(4).await;
        let marks = browser.marks().await;
        let said: Vec<&str> = marks.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(said, ["Talks", "Munir", "Rawalpindi", "علاقوں"]);
    })
    .await;
}

/// The arrows also continue from words that the pointer swept or that a search found. `.` finds a
/// tag by its name, also where all tags have a button.
#[tokio::test]
async fn the_arrow_keys_continue_from_every_mark() {
    play("keys-go-on", async |browser| {
        browser
            .open_text("Talks at noon\n\nMunir met the minister in Rawalpindi.\n")
            .await;
        browser.sweep("Munir").await;
        browser.until_words_card().await;
        browser.press(&[], 'a').await;
        browser.until_marks(1).await;
        browser.press(&[], key::RIGHT).await;
        words(browser, "met").await;
        browser.press(&[], key::ESCAPE).await;
        browser.search_box().await;
        browser.keys("minister").await;
        browser.press(&[], key::ENTER).await;
        browser.until_words_card().await;
        browser.press(&[], key::ESCAPE).await;
        browser.press(&[], 'a').await;
        browser.until_marks(2).await;
        browser.press(&[], key::RIGHT).await;
        words(browser, "in").await;
        browser.press(&[], key::RIGHT).await;
        words(browser, "Rawalpindi").await;
        browser.press(&[], '.').await;
        until_focus(browser, ".tag-picker input").await;
        browser.keys("pla").await;
        browser.press(&[], key::ENTER).await;
        browser.until_marks(3).await;
        assert_eq!(browser.marks().await[2].0, "place");
    })
    .await;
}

#[tokio::test]
async fn delete_removes_only_the_focused_mark() {
    play("focus", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        until_focus(browser, "article").await;
        // A button of the bar has the focus, so Delete does not delete the selected mark.
        browser.mark("telephones", "Place").await;
        browser
            .script("document.querySelector('.bar .step').focus()", Vec::new())
            .await;
        for key in [key::DELETE, key::BACKSPACE] {
            browser.press(&[], key).await;
        }
        assert_eq!(browser.marks().await.len(), 24);
        browser
            .script("document.activeElement.blur()", Vec::new())
            .await;
        browser.press(&[], key::DELETE).await;
        browser.until_marks(23).await;
        until_focus(browser, "article mark").await;
        // Clicking Delete in the card moves the focus to the next mark, too.
        browser.open_card("Tehran").await;
        browser.button("Delete").await;
        browser.until_marks(22).await;
        until_focus(browser, "article mark").await;
        // The way back from the codebook and from the export leads to the same place.
        browser.button("Edit the codebook").await;
        until_focus(browser, ".book h1").await;
        browser.script("history.back()", Vec::new()).await;
        until_focus(browser, ".palette a[aria-label='Edit the codebook']").await;
        browser.button("Export as…").await;
        until_focus(browser, ".export h1").await;
        browser.script("history.back()", Vec::new()).await;
        until_focus(browser, ".bar a[aria-label='Export as…']").await;
        browser.script("location.hash = '#/'", Vec::new()).await;
        until_focus(browser, "tr[data-article] a").await;
    })
    .await;
}

/// On a keyboard that types Cyrillic, Greek or Arabic, keys work by their position.
#[tokio::test]
async fn tag_keys_and_undo_work_on_other_layouts() {
    play("layouts", async |browser| {
        browser
            .open_text("Переговоры\n\nМинистр встретил генерала в Равалпинди.\n")
            .await;
        let typed = [
            ("ф", "KeyA", "генерала"),
            ("π", "KeyP", "Равалпинди"),
            ("ؤ", "KeyC", "встретил"),
        ];
        for (count, (key, code, word)) in (1..).zip(typed) {
            browser.sweep(word).await;
            browser.until_words_card().await;
            press_as(browser, key, code, false).await;
            browser.until_marks(count).await;
        }
        let tags: Vec<String> = browser
            .marks()
            .await
            .into_iter()
            .map(|(tag, _)| tag)
            .collect();
        assert_eq!(tags, ["commitment", "actor", "place"]);
        press_as(browser, "я", "KeyZ", true).await;
        browser.until_marks(2).await;
        press_as(browser, "ص", "KeyZ", true).await;
        browser.until_marks(1).await;
    })
    .await;
}

/// Presses a key that types `key` on this keyboard, where a Latin keyboard has `code`.
async fn press_as(browser: &Browser, key: &str, code: &str, control: bool) {
    let event = |kind: &str| -> Json {
        let modifiers = if control { 2 } else { 0 };
        json!({ "type": kind, "key": key, "code": code, "modifiers": modifiers })
    };
    for kind in ["rawKeyDown", "keyUp"] {
        browser
            .devtools("Input.dispatchKeyEvent", event(kind))
            .await;
    }
}
