//! Pointer and keys: clicks, sweeps, drags and typing.

use super::{Browser, key};
use fantoccini::Locator;
use serde_json::{Value as Json, json};

impl Browser {
    /// Waits for the button with this name, or with a name that begins with it, and clicks it with
    /// the pointer.
    pub(crate) async fn button(&self, name: &str) {
        let find = "const named = (b) => (b.getAttribute('aria-label') ?? b.textContent).trim();
             const all = [...document.querySelectorAll('button, a.button')].filter((b) => b.offsetParent && !b.disabled);
             const one = all.find((b) => named(b) === arguments[0])
                 ?? all.find((b) => named(b).startsWith(arguments[0]));";
        let is_there = format!("{find} return !!one;");
        let what = format!("the button {name}");
        self.until_with(&what, &is_there, vec![json!(name)]).await;
        let bring = format!(
            "{find}
             one.scrollIntoView({{ block: 'nearest' }});
             const r = one.getBoundingClientRect();
             return [r.left + r.width / 2, r.top + r.height / 2];"
        );
        let place = self.script(&bring, vec![json!(name)]).await;
        let (x, y) = point(&place).unwrap_or_else(|| panic!("{}: no button {name}", self.name));
        self.click(x, y).await;
    }

    /// Clicks the tag with this name in the card.
    pub(crate) async fn card_tag(&self, name: &str) {
        self.until("the card", "return !!document.querySelector('.card')")
            .await;
        let place = self
            .script(
                "const tags = [...document.querySelectorAll('.card-tags button')];
                 const r = tags.find((b) => b.textContent.endsWith(arguments[0])).getBoundingClientRect();
                 return [r.left + r.width / 2, r.top + r.height / 2];",
                vec![json!(name)],
            )
            .await;
        let (x, y) = point(&place).expect("the card has this tag");
        self.click(x, y).await;
    }

    /// Clicks the element that a selector finds.
    pub(crate) async fn click_on(&self, selector: &str) {
        let element = self.client.find(Locator::Css(selector)).await;
        let element = element.unwrap_or_else(|_| panic!("{}: no {selector}", self.name));
        element.click().await.expect("it can be clicked");
    }

    /// Types into the element that a selector finds.
    pub(crate) async fn type_text(&self, selector: &str, text: &str) {
        let element = self.client.find(Locator::Css(selector)).await;
        let element = element.unwrap_or_else(|_| panic!("{}: no {selector}", self.name));
        element.send_keys(text).await.expect("it takes text");
    }

    /// Clicks at a position.
    pub(crate) async fn click(&self, x: f64, y: f64) {
        self.clicks(x, y, 1).await;
    }

    /// Clicks at a position, `count` times in a row.
    pub(crate) async fn clicks(&self, x: f64, y: f64, count: usize) {
        let mut pointer = vec![moved(x, y)];
        for _ in 0..count {
            pointer.push(json!({ "type": "pointerDown", "button": 0 }));
            pointer.push(json!({ "type": "pointerUp", "button": 0 }));
        }
        self.act(vec![mouse(pointer)]).await;
    }

    /// Presses a key while the keys in `held` are held down.
    pub(crate) async fn press(&self, held: &[char], key: char) {
        let down = |key: &char| json!({ "type": "keyDown", "value": key.to_string() });
        let up = |key: &char| json!({ "type": "keyUp", "value": key.to_string() });
        let mut keys: Vec<Json> = held.iter().map(down).collect();
        keys.push(down(&key));
        keys.push(up(&key));
        keys.extend(held.iter().rev().map(up));
        self.act(vec![
            json!({ "type": "key", "id": "keys", "actions": keys }),
        ])
        .await;
    }

    /// Presses the keys of a text, one after the other.
    pub(crate) async fn keys(&self, text: &str) {
        for char in text.chars() {
            self.press(&[], char).await;
        }
    }

    /// Goes to the search box with its key.
    pub(crate) async fn search_box(&self) {
        self.press(&[], '/').await;
        let has_focus = "return document.activeElement.id === 'marks-search'";
        self.until("the search box", has_focus).await;
    }

    /// Drags the pointer from one position to another, holding a key if one is given.
    pub(crate) async fn drag(&self, from: (f64, f64), to: (f64, f64), held: Option<char>) {
        let half = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        let pointer = vec![
            moved(from.0, from.1),
            json!({ "type": "pointerDown", "button": 0 }),
            moved(half.0, half.1),
            moved(to.0, to.1),
            json!({ "type": "pointerUp", "button": 0 }),
        ];
        let pause = || json!({ "type": "pause", "duration": 0 });
        let mut sources = vec![mouse(pointer)];
        if let Some(key) = held {
            let key = key.to_string();
            let keys = vec![
                json!({ "type": "keyDown", "value": key }),
                pause(),
                pause(),
                pause(),
                pause(),
                json!({ "type": "keyUp", "value": key }),
            ];
            sources.push(json!({ "type": "key", "id": "keys", "actions": keys }));
        }
        self.act(sources).await;
    }

    /// Sweeps over each of these ranges (from x, to x, y) and presses a key after each. There is no
    /// pause between the release of the pointer and the key, or between the key and the next sweep.
    pub(crate) async fn sweep_and_press(&self, places: &[Json], key: char) {
        let pause = || json!({ "type": "pause", "duration": 0 });
        let (mut pointer, mut keys) = (Vec::new(), Vec::new());
        for place in places {
            let at = |number: usize| place[number].as_f64().expect("a place has three numbers");
            let (from, to, y) = (at(0), at(1), at(2));
            pointer.extend([
                moved(from, y),
                json!({ "type": "pointerDown", "button": 0 }),
                moved((from + to) / 2.0, y),
                moved(to, y),
                json!({ "type": "pointerUp", "button": 0 }),
                pause(),
                pause(),
            ]);
            let key = key.to_string();
            keys.extend((0..5).map(|_| pause()));
            keys.push(json!({ "type": "keyDown", "value": key }));
            keys.push(json!({ "type": "keyUp", "value": key }));
        }
        let keys = json!({ "type": "key", "id": "keys", "actions": keys });
        self.act(vec![mouse(pointer), keys]).await;
    }

    async fn act(&self, sources: Vec<Json>) {
        self.command("actions", json!({ "actions": sources })).await;
    }

    /// Sweeps the pointer over the first occurrence of these words in the article, after scrolling
    /// them into view. A line break stands for any white space between two blocks.
    pub(crate) async fn sweep(&self, words: &str) {
        self.sweep_with(words, None).await;
    }

    /// The same, while a key is held down.
    pub(crate) async fn sweep_with(&self, words: &str, held: Option<char>) {
        let (from, to) = self.word_edges(words).await;
        self.drag(from, to, held).await;
    }

    /// The positions before the first and after the last character of these words.
    pub(crate) async fn word_edges(&self, words: &str) -> ((f64, f64), (f64, f64)) {
        let script = include_str!("word_edges.js");
        let places = self.script(script, vec![json!(words)]).await;
        let from = point(&places[0]).unwrap_or_else(|| panic!("{}: no words {words:?}", self.name));
        let to = point(&places[1]).expect("words that begin also end");
        (from, to)
    }

    /// Closes the open card, and opens the card of the mark on these words.
    pub(crate) async fn open_card(&self, words: &str) {
        self.press(&[], key::ESCAPE).await;
        self.until("no card", "return !document.querySelector('.card')")
            .await;
        self.click_words(words).await;
        self.until(
            "the mark's card",
            "return !!document.querySelector('.card footer')",
        )
        .await;
    }

    /// Opens the note of the mark that the card shows, by its key.
    pub(crate) async fn open_note(&self) {
        self.keys("0").await;
        let is_there = "return !!document.querySelector('.card textarea')";
        self.until("the note", is_there).await;
    }

    /// Clicks on the first of these words.
    pub(crate) async fn click_words(&self, words: &str) {
        let ((x, y), _) = self.word_edges(words).await;
        self.click(x + 3.0, y).await;
    }

    /// Marks these words: sweeps over them, then clicks the tag with this name in the card.
    pub(crate) async fn mark(&self, words: &str, tag: &str) {
        let before = self.marks().await.len();
        self.sweep(words).await;
        self.until_words_card().await;
        self.card_tag(tag).await;
        self.until_marks(before + 1).await;
    }
}

fn mouse(actions: Vec<Json>) -> Json {
    json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions })
}

fn moved(x: f64, y: f64) -> Json {
    json!({ "type": "pointerMove", "duration": 0, "origin": "viewport", "x": x, "y": y })
}

fn point(place: &Json) -> Option<(f64, f64)> {
    Some((place[0].as_f64()?, place[1].as_f64()?))
}
