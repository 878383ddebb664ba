//! The main job from end to end: open a file, mark it, change the marks, reload,
//! export, and open the export in a fresh browser.

use crate::browser::{Browser, key, play};
use serde_json::Value as Json;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The marks of one article, and the changes to them.
struct Plan {
    /// A word of the headline.
    headline: &'static str,
    /// Words and their tag. The last four are a mark, one inside it, one that overlaps it, and one
    /// across a paragraph break.
    marks: &'static [(&'static str, &'static str)],
    /// The words of a mark that is changed.
    changed: &'static str,
    /// The word after it.
    next: &'static str,
    /// The words of a mark that is deleted.
    deleted: &'static str,
}

const BORDER: Plan = Plan {
    headline: "Pakistan and Iran Pledge",
    marks: &[
        ("General Syed Asim Munir", "Actor"),
        ("Iranian Foreign Minister", "Actor"),
        ("Rawalpindi", "Place"),
        ("Tensions between Pakistan and Iran escalated", "Event"),
        ("Tehran", "Place"),
        ("ambassadors asked to return to their posts", "Commitment"),
        ("General Asim", "Actor"),
        ("Both sides", "Actor"),
        ("agreed that terrorism is a common threat", "Commitment"),
        ("the border region", "Place"),
        ("the recent missile strikes", "Event"),
        (
            "A mechanism to deploy military liaison officers",
            "Commitment",
        ),
        ("military liaison officers", "Actor"),
        ("liaison officers in each other’s countries", "Event"),
        (
            "response efficiency against common threats. Both nations",
            "Event",
        ),
    ],
    changed: "Both sides",
    next: "agreed",
    deleted: "Tehran",
};

const RIVER: Plan = Plan {
    headline: "City council puts off vote",
    marks: &[
        ("The council of Port Ellery", "Actor"),
        ("Port Ellery", "Place"),
        ("Mayor Ines Okafor", "Actor"),
        (
            "every household below the mill will get a letter",
            "Commitment",
        ),
        ("The flood of last March", "Event"),
        ("forty families", "Actor"),
        ("volunteers of the rowing club", "Actor"),
        ("Tom Lindqvist", "Actor"),
        (
            "his office will pay for two new gauges by June",
            "Commitment",
        ),
        ("Hollin Bridge", "Place"),
        ("the old customs house", "Place"),
        ("agreed to keep its meadows free of sheds", "Commitment"),
        ("its meadows", "Place"),
        ("free of sheds, so that the water", "Event"),
        ("two new gauges by June. Upstream", "Event"),
    ],
    changed: "forty families",
    next: "without",
    deleted: "Hollin Bridge",
};

#[derive(Clone, Copy, PartialEq)]
enum By {
    Pointer,
    Keys,
}

/// The article in the shared folder, if there is one.
pub(crate) fn shared_article() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/articles/pakistan-iran.txt");
    if path.exists() {
        return Some(path);
    }
    // Not with a macro, because the test harness hides what a macro prints in a test that passes.
    let line = "skipped: there is no shared/articles/pakistan-iran.txt beside this checkout";
    writeln!(std::io::stderr(), "{line}").expect("the line can be printed");
    None
}

#[tokio::test]
async fn the_shared_article_by_pointer() {
    if let Some(path) = shared_article() {
        journey("border-pointer", &path, &BORDER, By::Pointer).await;
    }
}

#[tokio::test]
async fn the_shared_article_by_keys() {
    if let Some(path) = shared_article() {
        journey("border-keys", &path, &BORDER, By::Keys).await;
    }
}

#[tokio::test]
async fn our_own_article_by_pointer() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/river-wall.txt");
    journey("river-pointer", &path, &RIVER, By::Pointer).await;
}

async fn journey(name: &str, article: &Path, plan: &Plan, by: By) {
    let mut exported = (String::new(), Vec::new());
    let mut shown = Vec::new();
    play(name, async |browser| {
        browser.open_file(article).await;
        browser
            .until(
                "the article",
                "return !!document.querySelector('article h1')",
            )
            .await;
        annotate(browser, plan, by).await;
        change(browser, plan, by).await;
        shown = reload(browser).await;
        exported = browser.export().await;
        browser.picture("exported").await;
    })
    .await;
    check_file(&exported.1, &shown);
    assert!(exported.0.starts_with(plan.headline), "{}", exported.0);
    assert!(exported.0.ends_with(".pullquote.json"), "{}", exported.0);
    play(&format!("{name}-again"), async |browser| {
        let file = browser.file(&exported.0, &exported.1);
        browser.open_file(&file).await;
        browser.until_marks(shown.len()).await;
        assert_eq!(browser.marks().await, shown);
        let again = browser.export().await;
        assert_eq!(again.0, exported.0);
        assert!(again.1 == exported.1, "the file of the file differs");
    })
    .await;
}

async fn annotate(browser: &Browser, plan: &Plan, by: By) {
    for (number, (words, tag)) in plan.marks.iter().enumerate() {
        match by {
            By::Pointer => browser.mark(words, tag).await,
            By::Keys => {
                browser.sweep(words).await;
                browser.until_words_card().await;
                let key = tag.to_lowercase().chars().next().unwrap();
                browser.press(&[], key).await;
                browser.until_marks(number + 1).await;
            }
        }
        if number == 1 {
            browser.picture("marking").await;
        }
        let flat = |text: &str| text.split_whitespace().collect::<String>();
        let marks = browser.marks().await;
        let found = marks
            .iter()
            .any(|(id, text)| *id == tag.to_lowercase() && flat(text) == flat(words));
        assert!(found, "{words} as {tag} is not among {marks:#?}");
    }
    browser.picture("marked").await;
    let undo = name_of_undo(browser).await;
    let (words, tag) = plan.marks.last().unwrap();
    assert!(undo.starts_with("Undo: tag ‘"), "{undo}");
    assert!(undo.ends_with(&format!("as {tag}")), "{undo}");
    let shortened: String = words.chars().take(30).collect();
    assert!(undo.contains(&shortened), "{undo}");
}

async fn name_of_undo(browser: &Browser) -> String {
    let name = browser
        .script(
            "return [...document.querySelectorAll('.bar button')].map((b) => b.getAttribute('aria-label'))
                 .find((name) => name?.startsWith('Undo'))",
            Vec::new(),
        )
        .await;
    name.as_str().unwrap_or_default().to_owned()
}

async fn change(browser: &Browser, plan: &Plan, by: By) {
    // Another tag.
    browser.open_card(plan.changed).await;
    match by {
        By::Pointer => browser.card_tag("Place").await,
        By::Keys => browser.press(&[], 'p').await,
    }
    let has = async |tag: &str, words: &str| {
        browser
            .until_with(
                "a mark",
                "return [...document.querySelectorAll('article mark')]
                     .some((m) => m.dataset.tag === arguments[0] && m.textContent === arguments[1])",
                vec![tag.into(), words.into()],
            )
            .await;
    };
    has("place", plan.changed).await;

    // A note; all its keys are one step.
    browser.open_note().await;
    browser
        .type_text(".card textarea", "a note, é 🙂 نوٹ")
        .await;
    browser.press(&[], key::ESCAPE).await;
    browser
        .until(
            "the note in the list",
            "return [...document.querySelectorAll('.mark-row small.mark-row-note')].some((s) => s.textContent === 'a note, é 🙂 نوٹ')",
        )
        .await;
    assert_eq!(
        name_of_undo(browser).await,
        format!("Undo: note on ‘{}’", plan.changed)
    );

    // The end moves by one word, with the handle or with keys.
    let longer = format!("{} {}", plan.changed, plan.next);
    match by {
        By::Pointer => {
            let (_, to) = browser.word_edges(plan.next).await;
            let from = middle_of(browser, ".handle-end .knob").await;
            browser.drag(from, to, None).await;
        }
        By::Keys => {
            browser.open_card(plan.changed).await;
            browser.press(&[key::SHIFT, key::ALT], key::RIGHT).await;
        }
    }
    has("place", &longer).await;
    browser.picture("resized").await;

    // Undo and redo.
    let before = browser.marks().await;
    browser.press(&[key::ESCAPE], key::ESCAPE).await;
    browser.press(&[key::CONTROL], 'z').await;
    has("place", plan.changed).await;
    browser.press(&[key::CONTROL, key::SHIFT], 'z').await;
    has("place", &longer).await;
    assert_eq!(browser.marks().await, before);

    // Delete, undo, redo.
    let count = before.len();
    browser.open_card(plan.deleted).await;
    match by {
        By::Pointer => browser.button("Delete").await,
        By::Keys => browser.press(&[], key::DELETE).await,
    }
    browser.until_marks(count - 1).await;
    browser.button("Undo: delete").await;
    browser.until_marks(count).await;
    assert_eq!(browser.marks().await, before);
    browser.button("Redo").await;
    browser.until_marks(count - 1).await;
}

async fn middle_of(browser: &Browser, selector: &str) -> (f64, f64) {
    let place = browser
        .script(
            "const r = document.querySelector(arguments[0]).getBoundingClientRect();
             return [r.left + r.width / 2, r.top + r.height / 2];",
            vec![selector.into()],
        )
        .await;
    (place[0].as_f64().unwrap(), place[1].as_f64().unwrap())
}

/// Loads the page again and checks that it has the same marks and the same position. Returns the
/// marks.
async fn reload(browser: &Browser) -> Vec<(String, String)> {
    browser.saved().await;
    let marks = browser.marks().await;
    browser.script("window.scrollTo(0, 200)", Vec::new()).await;
    browser
        .until(
            "the place to be noted",
            "const place = Object.entries(localStorage).find(([key]) => key.startsWith('pullquote.place.'));
             if (!place) return false;
             const [start, below] = place[1].split(' ');
             const top = document.querySelector(`[data-start=\"${start}\"]`).getBoundingClientRect().top;
             return Math.abs(120 - top - below) < 2;",
        )
        .await;
    let tail = browser
        .script(
            "return Object.keys(localStorage).filter((key) => key.startsWith('pullquote.tail.')).length",
            Vec::new(),
        )
        .await;
    assert_eq!(tail, Json::from(0), "what is confirmed leaves the tail");
    browser.reload().await;
    browser.until_marks(marks.len()).await;
    assert_eq!(browser.marks().await, marks);
    browser
        .until(
            "the place in the article",
            "return Math.abs(window.scrollY - 200) < 40",
        )
        .await;
    let note = browser
        .script(
            "return [...document.querySelectorAll('.mark-row small.mark-row-note')].map((s) => s.textContent).join('|')",
            Vec::new(),
        )
        .await;
    assert_eq!(note, Json::from("a note, é 🙂 نوٹ"));
    marks
}

/// Checks that the file fits the schema, and that every quote is where the offsets say, sliced by
/// code points.
pub(crate) fn check_file(bytes: &[u8], shown: &[(String, String)]) {
    let file: Json = serde_json::from_slice(bytes).expect("the export is JSON");
    let schema = include_str!("../../schema/pullquote-1.schema.json");
    let schema = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&file)
        .map(|fault| fault.to_string())
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let text: Vec<char> = file["article"]["text"].as_str().unwrap().chars().collect();
    let annotations = file["annotations"].as_array().unwrap();
    assert_eq!(annotations.len(), shown.len());
    for annotation in annotations {
        let span = &annotation["spans"][0];
        let at = |side: &str| usize::try_from(span[side].as_u64().unwrap()).unwrap();
        let slice: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(Json::from(slice.as_str()), span["quote"]);
        let drawn = |(tag, words): &(String, String)| {
            let flat = |text: &str| text.replace('\n', "");
            annotation["tag"] == tag.as_str() && flat(words) == flat(&slice)
        };
        assert!(shown.iter().any(drawn), "{slice} is not on the page");
    }
}
