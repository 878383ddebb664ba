//! What must stay calm while one works: no line of the text and nothing in the bar moves, a card
//! shows all of itself, targets are large enough, and few actions and keys are needed. Each journey
//! prints the figure that it checks.

use crate::browser::{Browser, key, play};
use serde_json::{Value as Json, json};

/// For each word of the article, where it is on the page, in pixels.
const WORDS: &str = "
    const places = [];
    for (const block of document.querySelectorAll('article p[data-start], article h1')) {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        let text = '', nodes = [];
        while (walker.nextNode()) {
            nodes.push([text.length, walker.currentNode]);
            text += walker.currentNode.data;
        }
        const at = (offset) => {
            const [start, node] = nodes.findLast(([start]) => start <= offset);
            return [node, offset - start];
        };
        for (const { index } of text.matchAll(/\\S+/g)) {
            const range = document.createRange();
            range.setStart(...at(index));
            const [node, offset] = at(index);
            range.setEnd(node, offset + 1);
            const { left, top } = range.getBoundingClientRect();
            places.push([Math.round(left * 4), Math.round((top + scrollY) * 4)]);
        }
    }
    return places;";

async fn words(browser: &Browser) -> Vec<Json> {
    // The positions are those of a page that is drawn.
    browser
        .script_async("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))")
        .await;
    let places = browser.script(WORDS, Vec::new()).await;
    places.as_array().cloned().unwrap_or_default()
}

/// How many words stand elsewhere than before.
fn moved(before: &[Json], after: &[Json]) -> usize {
    assert_eq!(before.len(), after.len(), "the words of the article");
    before.iter().zip(after).filter(|(a, b)| a != b).count()
}

#[tokio::test]
async fn no_word_moves_while_one_marks_fills_flags_links_and_undoes() {
    play("calm-text", async |browser| {
        let mut compared = 0;
        for width in [420, 1366] {
            browser.size(width, 900).await;
            browser.script("location.hash = '#/'", Vec::new()).await;
            browser
                .until("the library", "return !!document.querySelector('.intake')")
                .await;
            browser.button("Open the sample").await;
            browser.until_marks(23).await;
            let before = words(browser).await;
            assert!(before.len() > 300, "{} words", before.len());
            let mut check = async |done: &str| {
                let after = words(browser).await;
                assert_eq!(
                    moved(&before, &after),
                    0,
                    "at {width} pixels, after: {done}"
                );
                compared += before.len();
            };
            browser.mark("blaming each other", "Commitment").await;
            check("a mark").await;
            browser.button("firm").await;
            check("an answer").await;
            browser.button("Flag").await;
            check("a flag").await;
            browser.open_note().await;
            browser.type_text(".field-note textarea", "why?").await;
            check("a note").await;
            browser.press(&[], key::ESCAPE).await;
            browser.button("Made by: link a mark").await;
            browser
                .until("the bar", "return !!document.querySelector('.link-bar')")
                .await;
            browser.keys("1").await;
            browser
                .until(
                    "the link",
                    "return !!document.querySelector('.card .linked')",
                )
                .await;
            check("a link").await;
            browser.press(&[], key::ESCAPE).await;
            // Three marks over the same words, and a fourth inside them.
            for (quote, tag) in [
                ("instead of blaming each other for them", "Event"),
                ("blaming each other for", "Actor"),
                ("each other", "Place"),
            ] {
                browser.mark(quote, tag).await;
                check(tag).await;
                browser.press(&[], key::ESCAPE).await;
            }
            browser.open_card("Hossein Amir-Abdollahian").await;
            browser.keys("e").await;
            check("another tag").await;
            browser.button("Delete").await;
            check("a mark deleted").await;
            for _ in 0..9 {
                browser.button("Undo").await;
                check("undo").await;
            }
            browser.pictures(&format!("marked-{width}")).await;
        }
        println!("calm: 0 of {compared} words moved");
        // The measure itself: one letter more moves words.
        let before = words(browser).await;
        browser
            .script(
                "document.querySelector('article p').firstChild.before('m')",
                Vec::new(),
            )
            .await;
        let after = words(browser).await;
        assert!(before.iter().zip(&after).any(|(a, b)| a != b));
    })
    .await;
}

/// Counts the layout shifts that the browser reports of elements in the bar.
const SHIFTS: &str = "
    window.barShifts = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            for (const { node } of entry.sources) {
                const element = node?.nodeType === 1 ? node : node?.parentElement;
                if (element?.closest('.bar')) barShifts.push(element.className || element.tagName);
            }
        }
    }).observe({ type: 'layout-shift' });";

#[tokio::test]
async fn nothing_in_the_bar_moves_in_two_hundred_steps() {
    play("calm-bar", async |browser| {
        browser.size(1440, 900).await;
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        browser.script(SHIFTS, Vec::new()).await;
        let step = async |number: usize| {
            let name = format!("step {number}");
            let said = "return document.querySelector('.bar .step').getAttribute('aria-label')";
            let before = browser.script(said, Vec::new()).await;
            match number % 4 {
                0 => browser.keys("p").await,
                1 => browser.keys("a").await,
                2 => browser.press(&[key::CONTROL], 'z').await,
                _ => browser.press(&[key::CONTROL, key::SHIFT], 'z').await,
            }
            let changed = format!("{} !== arguments[0]", said);
            browser.until_with(&name, &changed, vec![before]).await;
        };
        browser.open_card("General Asim Munir").await;
        for number in 0..200 {
            step(number).await;
        }
        browser.saved().await;
        let shifts = browser.script("return barShifts", Vec::new()).await;
        println!(
            "calm: {} shifts in the bar in 200 steps",
            shifts.as_array().map_or(0, Vec::len)
        );
        assert_eq!(shifts, json!([]));
        // The counter itself: something wider in the bar is a shift.
        browser
            .script(
                "document.querySelector('.bar .copy').after('wider and wider and wider')",
                Vec::new(),
            )
            .await;
        browser
            .until("a shift", "return barShifts.length > 0")
            .await;
    })
    .await;
}

/// How many rows the card has, and how far it reaches beyond the window or hides a row, in pixels.
const CARD: &str = "
    const card = document.querySelector('.card');
    const rect = card.getBoundingClientRect();
    const rows = card.querySelectorAll('.field, .more-fields, .field-note');
    const foot = card.querySelector('footer').getBoundingClientRect();
    const lowest = Math.max(...[...rows].map((row) => row.getBoundingClientRect().bottom));
    const top = document.querySelector('.bar').getBoundingClientRect().bottom;
    const beyond = Math.max(top - rect.top, rect.bottom - innerHeight, lowest - foot.top, rect.right - innerWidth, 0);
    return [rows.length, Math.round(beyond)];";

#[tokio::test]
async fn the_card_of_a_new_mark_has_six_rows_and_all_of_it_is_in_view() {
    play("calm-card", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        let mut most = 0;
        let sizes = [(420, 844), (768, 1024), (1366, 768), (1440, 900), (1920, 1080), (960, 540)];
        for (width, height) in sizes {
            browser.size(width, height).await;
            for tag in ["Commitment", "Actor", "Event", "Place"] {
                browser.mark("sat down with", tag).await;
                browser
                    .until("the card's place", "const t = document.querySelector('.card')?.getBoundingClientRect(); return !!t && t.right > 0 && t.left >= 0")
                    .await;
                let measured = browser.script(CARD, Vec::new()).await;
                let at = format!("{tag} at {width} × {height}: {measured}");
                if tag == "Commitment" {
                    browser.picture(&format!("new-{width}")).await;
                }
                assert!((1..=6).contains(&measured[0].as_u64().unwrap()), "{at}");
                assert_eq!(measured[1], 0, "{at}");
                most = most.max(measured[0].as_u64().unwrap());
                browser.button("Delete").await;
                browser.until_marks(23).await;
            }
        }
        println!("calm: at most {most} rows on the card of a new mark, all in view at six sizes");
    })
    .await;
}

/// Fifteen marks of the sample, key by key: an arrow is `→`, Shift is `⇧`.
const KEYS: &str = "Enter ↓ p ⇧p a → → a ⇧m ← ⇧↓ e ⇧a ⇧r ← ⇧→ ⇧→ ⇧→ p → → ⇧→ ⇧→ a ⇧h ⇧→ ⇧→ a \
    ⇧g ⇧e ← ⇧→ a ⇧t ⇧w ← ⇧→ ⇧→ a ⇧s ⇧t ← ⇧→ e → a ⇧t p ⇧m ⇧→ ⇧→ a ⇧c ⇧o ⇧u ← ⇧→ a ⇧b ⇧o ← ⇧→ ⇧→ p";

const MADE: [(&str, &str); 15] = [
    ("place", "RAWALPINDI"),
    ("actor", "Pakistan"),
    ("actor", "Iran"),
    ("event", "a meeting at the army’s General Headquarters"),
    ("place", "the army’s General Headquarters"),
    ("actor", "General Asim Munir"),
    ("actor", "Hossein Amir-Abdollahian"),
    ("actor", "The general"),
    ("actor", "The two governments"),
    ("event", "the strikes"),
    ("actor", "Islamabad"),
    ("place", "Tehran"),
    ("actor", "Mr Amir-Abdollahian"),
    ("actor", "Both countries"),
    ("place", "the border districts"),
];

#[tokio::test]
async fn fifteen_marks_take_at_most_150_keys() {
    play("calm-keys", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        let text = "return [...document.querySelectorAll('article [data-start]')].map((block) => block.textContent).filter(Boolean).join('\\n\\n')";
        let text = browser.script(text, Vec::new()).await;
        browser.script("location.hash = '#/'", Vec::new()).await;
            browser.until("the library", "return !!document.querySelector('.intake')").await;
        browser.open_text(text.as_str().unwrap()).await;
        let keys: Vec<&str> = KEYS.split_whitespace().collect();
        for name in &keys {
            let (held, name) = match name.strip_prefix('⇧') {
                Some(name) => (vec![key::SHIFT], name),
                None => (Vec::new(), *name),
            };
            let pressed = match name {
                "Enter" => key::ENTER,
                "→" => key::RIGHT,
                "←" => key::LEFT,
                "↓" => key::DOWN,
                letter => {
                    let letter = letter.chars().next().unwrap();
                    if held.is_empty() { letter } else { letter.to_ascii_uppercase() }
                }
            };
            browser.press(&held, pressed).await;
        }
        browser.until_marks(15).await;
        let made: Vec<(String, String)> = browser.marks().await;
        let expected = MADE.map(|(tag, words)| (tag.to_owned(), words.to_owned()));
        assert_eq!(made, expected);
        println!("calm: {} keys for 15 marks", keys.len());
        assert!(keys.len() <= 150);
        browser.picture("fifteen").await;
    })
    .await;
}

#[tokio::test]
async fn the_first_own_mark_takes_at_most_four_actions() {
    play("calm-first", async |browser| {
        let paste = "const data = new DataTransfer();
             data.setData('text/plain', arguments[0]);
             document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))";
        let text = "A wall for Port Ellery 🌊\n\nThe mayor spoke at noon.";
        browser.picture("cold").await;
        browser.script(paste, vec![json!(text)]).await;
        browser
            .until("the article", "return !!document.querySelector('article h1')")
            .await;
        browser.sweep("The mayor").await;
        browser.keys("a").await;
        browser.until_marks(1).await;
        assert_eq!(browser.marks().await, [("actor".to_owned(), "The mayor".to_owned())]);
        println!("calm: 3 actions from the cold page to the first own mark: paste, sweep, key");
        browser.picture("marked").await;
    })
    .await;
}

#[tokio::test]
async fn the_source_is_described_under_the_headline() {
    play("calm-source", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        let text = "const range = document.createRange();
             range.selectNodeContents(document.querySelector('article'));
             return range.toString()";
        let before = browser.script(text, Vec::new()).await;
        browser.button("Source: Add the source").await;
        browser
            .until("the boxes", "return document.activeElement.getAttribute('aria-label') === 'Outlet'")
            .await;
        browser.keys("The Daily").await;
        browser.press(&[], key::ENTER).await;
        let line = "return document.querySelector('.source-line > button')?.dataset.text.startsWith('The Daily · ')";
        browser.until("the source", line).await;
        browser.picture("described").await;
        // It is no part of the text.
        assert_eq!(browser.script(text, Vec::new()).await, before);
        browser.saved().await;
        browser.reload().await;
        browser.until("the source again", line).await;
        browser.button("Undo: describe the source").await;
        browser
            .until("no source", "return document.querySelector('.source-line > button').dataset.text.startsWith('Add the source')")
            .await;
    })
    .await;
}

/// The targets on the screen that are smaller than they should be.
const SMALL: &str = "
    const least = matchMedia('(max-width: 700px), (pointer: coarse)').matches ? 44 : 24;
    const targets = 'button, a[href], input, select, textarea, summary, label:has(input)';
    const small = [];
    for (const target of document.querySelectorAll(targets)) {
        const shown = target.querySelector('.knob') ?? target;
        if (!shown.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        // Not for the pointer: hidden ones, and boxes whose label is the target.
        if (shown.matches('.unseen, .unseen *, .skip, [type=file], label input')) continue;
        const { width, height } = shown.getBoundingClientRect();
        if (width && Math.min(width, height) < least - 0.5) {
            small.push(`${target.className || target.tagName} ${target.ariaLabel || target.textContent}: ${width} x ${height}`);
        }
    }
    return small;";

#[tokio::test]
async fn every_target_is_large_enough() {
    play("calm-targets", async |browser| {
        let mut screens = 0;
        for width in [420, 1366] {
            browser.size(width, 900).await;
            let mut check = async |screen: &str| {
                let small = browser.script(SMALL, Vec::new()).await;
                assert_eq!(small, json!([]), "{screen} at {width} pixels");
                screens += 1;
            };
            browser.script("location.hash = '#/'", Vec::new()).await;
            browser
                .until("the library", "return !!document.querySelector('.intake')")
                .await;
            browser
                .until("the library", "return !!document.querySelector('.intake')")
                .await;
            check("library").await;
            browser.button("Open the sample").await;
            browser.until_marks(23).await;
            check("article").await;
            browser
                .open_card("to fight armed groups side by side")
                .await;
            check("card").await;
            browser
                .until(
                    "the other fields",
                    "return !!document.querySelector('.more-fields')",
                )
                .await;
            browser
                .script("document.querySelector('.more-fields').click()", Vec::new())
                .await;
            check("all fields").await;
            browser.button("Made to: link a mark").await;
            browser
                .until("the bar", "return !!document.querySelector('.link-bar')")
                .await;
            check("linking").await;
            browser.press(&[], key::ESCAPE).await;
            browser.press(&[], key::ESCAPE).await;
            let id = browser
                .script("return location.hash.split('/').pop()", Vec::new())
                .await;
            if width < 700 {
                browser.button("List of marks").await;
            }
            for tab in ["Marks", "Cast", "Ledger", "Guide", "History"] {
                browser.button(tab).await;
                check(tab).await;
            }
            for screen in ["codebook", "export"] {
                browser
                    .script(
                        "location.hash = arguments[0]",
                        vec![json!(format!("#/{screen}/{}", id.as_str().unwrap()))],
                    )
                    .await;
                browser
                    .until(screen, "return !!document.querySelector('main h1')")
                    .await;
                check(screen).await;
            }
        }
        println!("calm: every target on {screens} screens is at least 24 pixels, 44 for fingers");
    })
    .await;
}
