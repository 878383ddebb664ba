//! The whole browser is killed at random moments. Everything that the app called saved is there.

use crate::browser::Browser;
use serde_json::{Value as Json, json};
use std::path::Path;
use std::time::{Duration, Instant};

const TRIALS: u64 = 25;
const EDITS: u64 = 200;
const TAGS: [&str; 4] = ["place", "commitment", "event", "actor"];

/// The mark after this number of edits: its note and its tag. Every fourth edit gives another
/// tag, and the others write the number of the edit as the note, so no two states are the same.
fn state(edits: u64) -> (String, &'static str) {
    let note = (1..=edits).rev().find(|edit| edit % 4 != 0);
    let tag = match edits / 4 {
        0 => "actor",
        turns => TAGS[(turns as usize - 1) % 4],
    };
    (note.map(|it| it.to_string()).unwrap_or_default(), tag)
}

/// Runs in the page: makes the edits with the events of a keyboard, in bursts with different
/// pauses. `window.seen`: how many edits the page has called unsaved; `window.saved`:
/// how many of those were done when it said "Saved" again.
const RUN: &str = "
    const [edits, seed] = arguments;
    let dice = seed;
    const roll = (below) => (dice = (dice * 1103515245 + 12345) % 2147483648) % below;
    const status = document.querySelector('[role=status]');
    window.done = window.seen = window.saved = 0;
    let wake = () => {};
    new MutationObserver(() => {
        if (status.textContent === 'Saved') window.saved = window.seen;
        else { window.seen = window.done; wake(); }
    }).observe(status, { childList: true, characterData: true, subtree: true });
    const one = (number) => {
        if (number % 4 === 0) {
            const key = 'pcea'[(number / 4 - 1) % 4];
            document.querySelector('article').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        } else {
            const box = document.querySelector('.card textarea');
            const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
            set.call(box, String(number));
            box.dispatchEvent(new InputEvent('input', { bubbles: true }));
        }
    };
    (async () => {
        while (window.done < edits) {
            for (let burst = 1 + roll(3); burst > 0 && window.done < edits; burst--) one(++window.done);
            const woken = new Promise((resolve) => { wake = resolve; });
            await Promise.race([woken, new Promise((resolve) => setTimeout(resolve, 30))]);
            await new Promise((resolve) => setTimeout(resolve, roll(12)));
        }
    })();";

#[tokio::test]
async fn saved_work_survives_a_killed_browser() {
    let profiles = std::env::temp_dir().join(format!("pullquote-kill-{}", std::process::id()));
    let mut table = String::from("trial  killed after  edits made  called saved  there again\n");
    for trial in 0..TRIALS {
        let profile = profiles.join(trial.to_string());
        std::fs::create_dir_all(&profile).expect("a profile can be made");
        // The moments are spread over the run, from its first milliseconds on.
        let moment = Duration::from_millis(5 + trial * 90 + (trial * 7_919) % 83);
        let (made, saved) = run_and_kill(&profile, trial, moment).await;
        let (note, tag) = what_is_there(&profile).await;
        let there = (0..=EDITS).find(|edits| state(*edits) == (note.clone(), tag.as_str()));
        let there = there.unwrap_or_else(|| panic!("trial {trial}: half an edit: {note:?} {tag}"));
        table.push_str(&format!(
            "{trial:>5}  {:>9} ms  {made:>10}  {saved:>12}  {there:>11}\n",
            moment.as_millis()
        ));
        assert!(there >= saved, "called saved and lost:\n{table}");
        let _ = std::fs::remove_dir_all(&profile);
    }
    println!("{table}");
    let _ = std::fs::remove_dir_all(&profiles);
}

/// The numbers of edits that the page had made, and had called saved, when it was last asked
/// before the browser was killed.
async fn run_and_kill(profile: &Path, trial: u64, moment: Duration) -> (u64, u64) {
    let browser = Browser::open_in("kill", Some(profile)).await;
    let path = browser.file(
        "a.txt",
        "Headline 🙂\n\nSome words to mark here.".as_bytes(),
    );
    browser.open_file(&path).await;
    browser
        .until(
            "the article",
            "return !!document.querySelector('article p')",
        )
        .await;
    browser.mark("words", "Actor").await;
    browser.saved().await;
    browser.open_note().await;
    let start = Instant::now();
    browser
        .script(RUN, vec![json!(EDITS), json!(trial + 1)])
        .await;
    let mut asked = (0, 0);
    while start.elapsed() < moment {
        let counts = browser
            .script("return [window.done, window.saved]", Vec::new())
            .await;
        asked = (
            counts[0].as_u64().expect("a count"),
            counts[1].as_u64().expect("a count"),
        );
    }
    browser.kill();
    asked
}

/// The note and the tag of the mark, in a new browser on the same profile.
async fn what_is_there(profile: &Path) -> (String, String) {
    let browser = Browser::open_in("kill-after", Some(profile)).await;
    browser
        .until(
            "the line",
            "return !!document.querySelector('.shelf th > a')",
        )
        .await;
    browser.click_on(".shelf th > a").await;
    browser.until_marks(1).await;
    browser.saved().await;
    browser.open_card("words").await;
    let found = browser
        .script(
            "return [document.querySelector('.card textarea')?.value ?? '', document.querySelector('article mark').dataset.tag,
                     document.querySelector('.notices [role=alert]').textContent]",
            Vec::new(),
        )
        .await;
    assert_eq!(found[2], Json::from(""), "nothing is damaged");
    browser.close().await;
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    (text(&found[0]), text(&found[1]))
}
