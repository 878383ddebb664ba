//! A whole analysis: every mark, the cast, and who promised what to whom and how firmly; with
//! the mouse, and with keys alone.

use crate::browser::{Browser, key, play};
use crate::whole_task::{check_file, shared_article};
use serde_json::{Value as Json, json};
use std::time::Instant;

#[derive(Clone, Copy, PartialEq)]
enum By {
    Mouse,
    Keys,
}

/// The words of each mark and its tag. The mark is at the first place of these words.
const MARKS: &[(&str, &str)] = &[
    (
        "Chief of Army Staff (COAS) General Syed Asim Munir",
        "Actor",
    ),
    ("Iranian Foreign Minister Amir Abdollahian", "Actor"),
    ("The two nations", "Actor"),
    ("both parties", "Actor"),
    ("Abdollahian invited", "Actor"),
    ("General Asim", "Actor"),
    ("Both sides", "Actor"),
    ("COAS Munir", "Actor"),
    ("Both nations", "Actor"),
    ("the two Muslim nations", "Actor"),
    ("the General Headquarters (GHQ)", "Place"),
    ("Rawalpindi", "Place"),
    ("Tehran", "Place"),
    ("the border region", "Place"),
    (
        "have pledged to join forces in combating terrorism",
        "Commitment",
    ),
    (
        "A mechanism to deploy military liaison officers in each other’s countries will be operationalised soon",
        "Commitment",
    ),
    (
        "reaffirmed their commitment to maintaining close engagement",
        "Commitment",
    ),
    (
        "reiterated their commitment to peace, stability, and prosperity",
        "Commitment",
    ),
    ("the mutual commitment to fight terrorism", "Commitment"),
    ("a meeting", "Event"),
    ("recent missile strikes", "Event"),
    ("recalled its ambassador", "Event"),
];

/// The cast: the name of each member, and the words of the marks that are merged into it.
const CAST: &[(&str, &[&str])] = &[
    (
        "Chief of Army Staff (COAS) General Syed Asim Munir",
        &["General Asim", "COAS Munir"],
    ),
    (
        "Iranian Foreign Minister Amir Abdollahian",
        &["Abdollahian invited"],
    ),
    (
        "The two nations",
        &[
            "both parties",
            "Both sides",
            "Both nations",
            "the two Muslim nations",
        ],
    ),
];

/// The promises: the first words of the commitment; a word of the name of who makes it, and of
/// whom it is made to; and the index of its strength in firm, planned, hoped, conditional.
const PROMISES: &[(&str, &str, Option<&str>, usize)] = &[
    ("have pledged to join", "two nations", None, 1),
    ("A mechanism to deploy", "Munir", Some("Abdollahian"), 2),
    ("reaffirmed their commitment", "two nations", None, 1),
    ("reiterated their commitment", "two nations", None, 1),
    ("the mutual commitment", "two nations", None, 1),
];

/// The ledger as a reader of the article would write it: what, by whom, to whom, how firmly, by
/// when.
const LEDGER: [[&str; 5]; 5] = [
    [
        "have pledged to join forces in combating terrorism",
        "The two nations",
        "",
        "firm",
        "",
    ],
    [
        "A mechanism to deploy military liaison officers in each other’s countries will be operationalised soon",
        "Chief of Army Staff (COAS) General Syed Asim Munir",
        "Iranian Foreign Minister Amir Abdollahian",
        "planned",
        "soon",
    ],
    [
        "reaffirmed their commitment to maintaining close engagement",
        "The two nations",
        "",
        "firm",
        "",
    ],
    [
        "reiterated their commitment to peace, stability, and prosperity",
        "The two nations",
        "",
        "firm",
        "",
    ],
    [
        "the mutual commitment to fight terrorism",
        "The two nations",
        "",
        "firm",
        "",
    ],
];

#[tokio::test]
async fn the_shared_article_is_analysed_by_mouse() {
    analysed("analysis-mouse", By::Mouse).await;
}

#[tokio::test]
async fn the_shared_article_is_analysed_by_keys_alone() {
    analysed("analysis-keys", By::Keys).await;
}

async fn analysed(name: &str, by: By) {
    let Some(article) = shared_article() else {
        return;
    };
    let mut left = (String::new(), Vec::new());
    let mut shown = Vec::new();
    play(name, async |browser| {
        browser.open_file(&article).await;
        browser
            .until(
                "the article",
                "return !!document.querySelector('article h1')",
            )
            .await;
        for (number, (words, tag)) in MARKS.iter().enumerate() {
            mark(browser, words, tag, by).await;
            browser.until_marks(number + 1).await;
        }
        browser.picture("marked").await;
        cast(browser, by).await;
        browser.picture("cast").await;
        let since = Instant::now();
        for promise in PROMISES {
            say(browser, promise, by).await;
        }
        let took = since.elapsed().as_secs_f64() / PROMISES.len() as f64;
        println!("{name}: {took:.1} s a commitment, waits of the test included");
        date_the_events(browser, by).await;
        check_ledger(browser, by).await;
        browser.picture("ledger").await;
        browser.saved().await;
        shown = browser.marks().await;
        left = browser.export().await;
    })
    .await;
    check_file(&left.1, &shown);
    check_content(&left.1);
    play(&format!("{name}-again"), async |browser| {
        let file = browser.file(&left.0, &left.1);
        browser.open_file(&file).await;
        browser.until_marks(shown.len()).await;
        check_ledger(browser, By::Mouse).await;
        let again = browser.export().await;
        assert!(again.1 == left.1, "the file of the file differs");
    })
    .await;
}

async fn mark(browser: &Browser, words: &str, tag: &str, by: By) {
    if by == By::Mouse {
        return browser.mark(words, tag).await;
    }
    find(browser, words).await;
    let key = tag.to_lowercase().chars().next().unwrap();
    browser.press(&[], key).await;
}

/// Finds and selects these words with the search box, and waits until the card has the keys.
async fn find(browser: &Browser, words: &str) {
    browser.search_box().await;
    browser.keys(words).await;
    browser.press(&[], key::ENTER).await;
    browser.until_words_card().await;
    browser.press(&[], key::ESCAPE).await;
    browser
        .until(
            "the card has the keys",
            "return !!document.activeElement.closest('.card')",
        )
        .await;
}

async fn cast(browser: &Browser, by: By) {
    turn_to(browser, "Cast", by).await;
    for (name, others) in CAST {
        for other in *others {
            let same = format!("The same: {other} and {name}");
            let is_offered = format!(
                "[...document.querySelectorAll('.suggestion button')].some((b) => b.ariaLabel === {})",
                json!(same)
            );
            let offered = browser
                .script(&format!("return {is_offered}"), Vec::new())
                .await;
            if offered == true {
                press_button(browser, &same, by).await;
            } else {
                merge(browser, other, name).await;
            }
            let joined = "return [...document.querySelectorAll('.member')].some((member) =>
                 member.querySelector('.member-name').textContent === arguments[0]
                     && member.textContent.includes(arguments[1]))";
            browser
                .until_with("the member", joined, vec![json!(name), json!(other)])
                .await;
        }
    }
    let members = "return [...document.querySelectorAll('.member')].map((member) =>
         member.querySelector('.member-name').textContent + ' ' + member.querySelector('.count').dataset.count)";
    let members = browser.script(members, Vec::new()).await;
    assert_eq!(
        members,
        json!([
            "Chief of Army Staff (COAS) General Syed Asim Munir 3",
            "Iranian Foreign Minister Amir Abdollahian 2",
            "The two nations 5",
            "the General Headquarters (GHQ) 1",
            "Rawalpindi 1",
            "Tehran 1",
            "the border region 1"
        ])
    );
    turn_to(browser, "Marks", by).await;
}

/// Merges one member into another with the list of the other members. This list is a control of
/// the browser, so the page does not get the keys that open it.
async fn merge(browser: &Browser, one: &str, other: &str) {
    let open = "const member = [...document.querySelectorAll('.member')].find((member) =>
             member.querySelector('.member-name').textContent === arguments[0]);
         if (!member.querySelector('select')) { member.querySelector('.member-more').click(); return false; }
         const list = member.querySelector('select');
         const option = [...list.options].find((option) => option.textContent === arguments[1]);
         list.value = option.value;
         list.dispatchEvent(new Event('change', { bubbles: true }));
         return true";
    browser
        .until_with(
            "the list of the others",
            open,
            vec![json!(one), json!(other)],
        )
        .await;
    let press = "const button = document.querySelector('.member .pick button');
         if (!button || button.disabled) return false;
         button.click();
         return true";
    browser.until("it can be merged", press).await;
}

async fn press_button(browser: &Browser, name: &str, by: By) {
    if by == By::Mouse {
        return browser.button(name).await;
    }
    // Presses Tab, starting from the panel's tab, until the button has the focus.
    browser
        .script(
            "document.querySelector('.panel .switch[aria-selected=true]').focus()",
            Vec::new(),
        )
        .await;
    for _ in 0..60 {
        browser.press(&[], key::TAB).await;
        let here = browser
            .script("return document.activeElement.ariaLabel", Vec::new())
            .await;
        if here == json!(name) {
            return browser.press(&[], key::ENTER).await;
        }
    }
    panic!("{name} is not reached by the Tab key");
}

async fn turn_to(browser: &Browser, tab: &str, by: By) {
    let is_there = format!(
        "return document.querySelector('.panel .switch[aria-selected=true]')?.textContent === '{tab}'"
    );
    if by == By::Mouse {
        browser.button(tab).await;
        return browser.until("the panel", &is_there).await;
    }
    browser.press(&[], key::ESCAPE).await;
    browser.press(&[], key::ESCAPE).await;
    browser.search_box().await;
    browser.press(&[key::SHIFT], key::TAB).await;
    browser.press(&[key::SHIFT], key::TAB).await;
    let selected =
        "return document.querySelector('.panel .switch[aria-selected=true]')?.textContent ?? ''";
    for _ in 0..5 {
        if browser.script(&is_there, Vec::new()).await == true {
            return;
        }
        let before = browser.script(selected, Vec::new()).await;
        browser.press(&[], key::RIGHT).await;
        let has_moved = "return document.querySelector('.panel .switch[aria-selected=true]')?.textContent !== arguments[0]";
        browser
            .until_with("the next tab", has_moved, vec![before])
            .await;
    }
    browser.until("the panel", &is_there).await;
}

/// Answers the fields of a promise: by whom, to whom, how firmly.
async fn say(browser: &Browser, promise: &(&str, &str, Option<&str>, usize), by: By) {
    let (words, who, whom, strength) = promise;
    choose(browser, words, by).await;
    let mut keys = 0;
    for (number, other) in [(1, Some(*who)), (3, *whom)] {
        let Some(other) = other else { continue };
        let linked = "return document.querySelectorAll('.card .chip.linked').length";
        let before = browser.script(linked, Vec::new()).await.as_u64().unwrap();
        if by == By::Mouse {
            let kind = if number == 1 { "Made by" } else { "Made to" };
            browser.button(&format!("{kind}: link a mark")).await;
            browser
                .until(
                    "the candidates",
                    "return !!document.querySelector('.link-bar')",
                )
                .await;
            let candidate = "const one = [...document.querySelectorAll('.link-bar li button')].find((b) => b.textContent.includes(arguments[0]));
                 one.scrollIntoView({ block: 'nearest' });
                 const r = one.getBoundingClientRect();
                 return [r.left + r.width / 2, r.top + r.height / 2]";
            let place = browser.script(candidate, vec![json!(other)]).await;
            browser
                .click(place[0].as_f64().unwrap(), place[1].as_f64().unwrap())
                .await;
        } else {
            browser
                .press(&[], char::from_digit(number, 10).unwrap())
                .await;
            browser
                .until("the candidates", "return document.activeElement.getAttribute('aria-label') === 'Find the other mark'")
                .await;
            let digit = "return [...document.querySelectorAll('.link-bar li')].findIndex((li) => li.textContent.includes(arguments[0])) + 1";
            let digit = browser
                .script(digit, vec![json!(other)])
                .await
                .as_u64()
                .unwrap();
            browser
                .press(
                    &[],
                    char::from_digit(u32::try_from(digit).unwrap(), 10).unwrap(),
                )
                .await;
            keys += 2;
        }
        let more = format!("{linked} === {}", before + 1);
        browser.until("the link", &more).await;
    }
    let given = format!(
        "return document.querySelector('.card .chip[aria-pressed=true]')?.textContent === '{}'",
        ["firm", "planned", "hoped", "conditional"][strength - 1]
    );
    if by == By::Mouse {
        let word = ["firm", "planned", "hoped", "conditional"][strength - 1];
        browser.button(word).await;
    } else {
        browser.press(&[], '2').await;
        browser
            .until(
                "the digits of the answers",
                "return !!document.querySelector('.card .chip kbd')",
            )
            .await;
        browser
            .press(&[], char::from_digit(*strength as u32, 10).unwrap())
            .await;
        keys += 2;
    }
    browser.until("the strength", &given).await;
    if whom.is_some() {
        // The promise also gets its time, in words.
        if by == By::Mouse {
            browser.click_on(".more-fields").await;
            browser
                .type_text(".card input[aria-label='By when']", "soon")
                .await;
            browser.press(&[], key::ESCAPE).await;
        } else {
            println!(
                "a commitment with promiser, beneficiary and strength: {} keys after its tag’s",
                keys
            );
            browser.press(&[], '7').await;
            browser
                .until(
                    "the box",
                    "return document.activeElement.getAttribute('aria-label') === 'By when'",
                )
                .await;
            browser.keys("soon").await;
            browser.press(&[], key::ENTER).await;
        }
        browser
            .until("the time", "return document.querySelector('.card input[aria-label=\"By when\"]').value === 'soon'")
            .await;
    }
}

/// Opens the card of the mark that begins with these words, with keys.
async fn choose(browser: &Browser, words: &str, by: By) {
    if by == By::Mouse {
        return browser.open_card(words).await;
    }
    browser.press(&[], key::ESCAPE).await;
    browser.press(&[], key::ESCAPE).await;
    browser.search_box().await;
    browser.keys(words).await;
    let one = "return document.querySelectorAll('.mark-row').length === 1";
    browser.until("its line", one).await;
    for _ in 0..24 {
        browser.press(&[], key::TAB).await;
        let row = browser
            .script(
                "return !!document.activeElement.closest('.mark-row')",
                Vec::new(),
            )
            .await;
        if row == true {
            break;
        }
    }
    browser.press(&[], key::ENTER).await;
    browser
        .until(
            "the card",
            "return !!document.querySelector('.card .card-fields')",
        )
        .await;
    // The words have the focus, so the card gets the digits.
    browser
        .until(
            "the words",
            "return document.activeElement.tagName === 'MARK'",
        )
        .await;
}

/// Gives the events the answer that the codebook requires: words that say when.
async fn date_the_events(browser: &Browser, by: By) {
    for words in [
        "a meeting",
        "recent missile strikes",
        "recalled its ambassador",
    ] {
        choose(browser, words, by).await;
        browser
            .type_text(".card input[aria-label='When']", "January 2024")
            .await;
        browser.press(&[], key::ENTER).await;
    }
    browser.press(&[], key::ESCAPE).await;
    browser.press(&[], key::ESCAPE).await;
    let complete = "return !document.querySelector('.mark-row .gap')";
    if by == By::Keys {
        browser.press(&[], '/').await;
        browser.press(&[], key::BACKSPACE).await;
        browser.press(&[], key::ESCAPE).await;
    }
    browser.until("nothing is missing", complete).await;
}

async fn check_ledger(browser: &Browser, by: By) {
    turn_to(browser, "Ledger", by).await;
    browser
        .until(
            "the table",
            "return document.querySelectorAll('.ledger tbody tr').length === 5",
        )
        .await;
    let table = "const heads = [...document.querySelectorAll('.ledger thead th')].map((th) => th.textContent);
         const columns = ['Commitment', 'Made by', 'Made to', 'Strength', 'By when'].map((name) => heads.indexOf(name));
         return [...document.querySelectorAll('.ledger tbody tr')].map((row) =>
             columns.map((at) => row.cells[at].textContent))";
    let table = browser.script(table, Vec::new()).await;
    assert_eq!(table, json!(LEDGER));
}

/// Checks that the file has everything that was annotated.
fn check_content(bytes: &[u8]) {
    let file: Json = serde_json::from_slice(bytes).unwrap();
    let of = |tag: &str| {
        let marks = file["annotations"].as_array().unwrap().iter();
        marks.filter(|mark| mark["tag"] == tag).count()
    };
    assert_eq!(
        (of("actor"), of("place"), of("commitment"), of("event")),
        (10, 4, 5, 3)
    );
    assert_eq!(file["entities"].as_array().unwrap().len(), 3);
    assert_eq!(file["relations"].as_array().unwrap().len(), 6);
}
