//! A whole analysis: every mark, who is who, who promised what to whom, how firmly; by the
//! mouse, and by the keys alone.

use crate::stage::{Stage, key, play};
use crate::work::{check_file, shared_article};
use serde_json::{Value as Json, json};
use std::time::Instant;

#[derive(Clone, Copy, PartialEq)]
enum By {
    Mouse,
    Keys,
}

/// The words of each mark, and its tag: the first place where they stand.
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

/// Who is whom: the name to be called by, and the words of the marks that join it.
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

/// What is promised: the first words of the commitment, a word of the name of who promises
/// it and of whom it is promised to, and the place of its strength among firm, planned,
/// hoped, conditional.
const PROMISES: &[(&str, &str, Option<&str>, usize)] = &[
    ("have pledged to join", "two nations", None, 1),
    ("A mechanism to deploy", "Munir", Some("Abdollahian"), 2),
    ("reaffirmed their commitment", "two nations", None, 1),
    ("reiterated their commitment", "two nations", None, 1),
    ("the mutual commitment", "two nations", None, 1),
];

/// The ledger as one who has read the article would write it: what, by whom, to whom, how
/// firmly, by when.
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
    play(name, async |stage| {
        stage.open_file(&article).await;
        stage
            .until(
                "the article",
                "return !!document.querySelector('article h1')",
            )
            .await;
        for (number, (words, tag)) in MARKS.iter().enumerate() {
            mark(stage, words, tag, by).await;
            stage.until_marks(number + 1).await;
        }
        stage.picture("marked").await;
        cast(stage, by).await;
        stage.picture("cast").await;
        let since = Instant::now();
        for promise in PROMISES {
            say(stage, promise, by).await;
        }
        let took = since.elapsed().as_secs_f64() / PROMISES.len() as f64;
        println!("{name}: {took:.1} s a commitment, waits of the test included");
        date_the_events(stage, by).await;
        check_ledger(stage, by).await;
        stage.picture("ledger").await;
        stage.saved().await;
        shown = stage.marks().await;
        left = stage.export().await;
    })
    .await;
    check_file(&left.1, &shown);
    check_content(&left.1);
    play(&format!("{name}-again"), async |stage| {
        let file = stage.file(&left.0, &left.1);
        stage.open_file(&file).await;
        stage.until_marks(shown.len()).await;
        check_ledger(stage, By::Mouse).await;
        let again = stage.export().await;
        assert!(again.1 == left.1, "the file of the file differs");
    })
    .await;
}

async fn mark(stage: &Stage, words: &str, tag: &str, by: By) {
    if by == By::Mouse {
        return stage.mark(words, tag).await;
    }
    find(stage, words).await;
    let key = tag.to_lowercase().chars().next().unwrap();
    stage.press(&[], key).await;
}

/// The words are found by their letters, and swept; then the keys are the card's.
async fn find(stage: &Stage, words: &str) {
    stage.search_box().await;
    stage.keys(words).await;
    stage.press(&[], key::ENTER).await;
    stage.until_words_card().await;
    stage.press(&[], key::ESCAPE).await;
    stage
        .until(
            "the card has the keys",
            "return !!document.activeElement.closest('.card')",
        )
        .await;
}

async fn cast(stage: &Stage, by: By) {
    turn_to(stage, "Cast", by).await;
    for (name, others) in CAST {
        for other in *others {
            let same = format!("The same: {other} and {name}");
            let is_offered = format!(
                "[...document.querySelectorAll('.suggestion button')].some((b) => b.ariaLabel === {})",
                json!(same)
            );
            let offered = stage
                .script(&format!("return {is_offered}"), Vec::new())
                .await;
            if offered == true {
                press_button(stage, &same, by).await;
            } else {
                merge(stage, other, name).await;
            }
            let joined = "return [...document.querySelectorAll('.member')].some((member) =>
                 member.querySelector('.member-name').textContent === arguments[0]
                     && member.textContent.includes(arguments[1]))";
            stage
                .until_with("the member", joined, vec![json!(name), json!(other)])
                .await;
        }
    }
    let members = "return [...document.querySelectorAll('.member')].map((member) =>
         member.querySelector('.member-name').textContent + ' ' + member.querySelector('.count').dataset.count)";
    let members = stage.script(members, Vec::new()).await;
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
    turn_to(stage, "Marks", by).await;
}

/// Says that one is the same as another, in the list of the others. The list is the browser's
/// own: the keys that open it are not the page's.
async fn merge(stage: &Stage, one: &str, other: &str) {
    let open = "const member = [...document.querySelectorAll('.member')].find((member) =>
             member.querySelector('.member-name').textContent === arguments[0]);
         if (!member.querySelector('select')) { member.querySelector('.member-more').click(); return false; }
         const list = member.querySelector('select');
         const option = [...list.options].find((option) => option.textContent === arguments[1]);
         list.value = option.value;
         list.dispatchEvent(new Event('change', { bubbles: true }));
         return true";
    stage
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
    stage.until("it can be merged", press).await;
}

async fn press_button(stage: &Stage, name: &str, by: By) {
    if by == By::Mouse {
        return stage.button(name).await;
    }
    // From the tab on, with the Tab key, until it has the focus.
    stage
        .script(
            "document.querySelector('.panel .switch[aria-selected=true]').focus()",
            Vec::new(),
        )
        .await;
    for _ in 0..60 {
        stage.press(&[], key::TAB).await;
        let here = stage
            .script("return document.activeElement.ariaLabel", Vec::new())
            .await;
        if here == json!(name) {
            return stage.press(&[], key::ENTER).await;
        }
    }
    panic!("{name} is not reached by the Tab key");
}

async fn turn_to(stage: &Stage, tab: &str, by: By) {
    let is_there = format!(
        "return document.querySelector('.panel .switch[aria-selected=true]')?.textContent === '{tab}'"
    );
    if by == By::Mouse {
        stage.button(tab).await;
        return stage.until("the panel", &is_there).await;
    }
    stage.press(&[], key::ESCAPE).await;
    stage.press(&[], key::ESCAPE).await;
    stage.search_box().await;
    stage.press(&[key::SHIFT], key::TAB).await;
    stage.press(&[key::SHIFT], key::TAB).await;
    for _ in 0..5 {
        if stage.script(&is_there, Vec::new()).await == true {
            return;
        }
        stage.press(&[], key::RIGHT).await;
        tokio::time::sleep(std::time::Duration::from_millis(60)).await;
    }
    stage.until("the panel", &is_there).await;
}

/// By whom, to whom, how firmly.
async fn say(stage: &Stage, promise: &(&str, &str, Option<&str>, usize), by: By) {
    let (words, who, whom, strength) = promise;
    choose(stage, words, by).await;
    let mut keys = 0;
    for (number, other) in [(1, Some(*who)), (3, *whom)] {
        let Some(other) = other else { continue };
        let linked = "return document.querySelectorAll('.card .chip.linked').length";
        let before = stage.script(linked, Vec::new()).await.as_u64().unwrap();
        if by == By::Mouse {
            let kind = if number == 1 { "Made by" } else { "Made to" };
            stage.button(&format!("{kind}: link a mark")).await;
            stage
                .until(
                    "the candidates",
                    "return !!document.querySelector('.card-link')",
                )
                .await;
            let candidate = "const one = [...document.querySelectorAll('.card-link li button')].find((b) => b.textContent.includes(arguments[0]));
                 one.scrollIntoView({ block: 'nearest' });
                 const r = one.getBoundingClientRect();
                 return [r.left + r.width / 2, r.top + r.height / 2]";
            let place = stage.script(candidate, vec![json!(other)]).await;
            stage
                .click(place[0].as_f64().unwrap(), place[1].as_f64().unwrap())
                .await;
        } else {
            stage
                .press(&[], char::from_digit(number, 10).unwrap())
                .await;
            stage
                .until("the candidates", "return document.activeElement.getAttribute('aria-label') === 'Find the other mark'")
                .await;
            let digit = "return [...document.querySelectorAll('.card-link li')].findIndex((li) => li.textContent.includes(arguments[0])) + 1";
            let digit = stage
                .script(digit, vec![json!(other)])
                .await
                .as_u64()
                .unwrap();
            stage
                .press(
                    &[],
                    char::from_digit(u32::try_from(digit).unwrap(), 10).unwrap(),
                )
                .await;
            keys += 2;
        }
        let more = format!("{linked} === {}", before + 1);
        stage.until("the link", &more).await;
    }
    let given = format!(
        "return document.querySelector('.card .chip[aria-pressed=true]')?.textContent === '{}'",
        ["firm", "planned", "hoped", "conditional"][strength - 1]
    );
    if by == By::Mouse {
        let word = ["firm", "planned", "hoped", "conditional"][strength - 1];
        stage.button(word).await;
    } else {
        stage.press(&[], '2').await;
        stage
            .until(
                "the digits of the answers",
                "return !!document.querySelector('.card .chip kbd')",
            )
            .await;
        stage
            .press(&[], char::from_digit(*strength as u32, 10).unwrap())
            .await;
        keys += 2;
    }
    stage.until("the strength", &given).await;
    if whom.is_some() {
        // What was promised has its time as well, in words.
        if by == By::Mouse {
            stage
                .type_text(".card input[aria-label='By when']", "soon")
                .await;
        } else {
            println!(
                "a commitment with promiser, beneficiary and strength: {} keys after its tag’s",
                keys
            );
            stage.press(&[], '7').await;
            stage
                .until(
                    "the box",
                    "return document.activeElement.getAttribute('aria-label') === 'By when'",
                )
                .await;
            stage.keys("soon").await;
            stage.press(&[], key::ENTER).await;
        }
        stage
            .until("the time", "return document.querySelector('.card input[aria-label=\"By when\"]').value === 'soon'")
            .await;
    }
}

/// Opens the card of the mark that begins with these words.
async fn choose(stage: &Stage, words: &str, by: By) {
    if by == By::Mouse {
        return stage.open_card(words).await;
    }
    stage.press(&[], key::ESCAPE).await;
    stage.press(&[], key::ESCAPE).await;
    stage.search_box().await;
    stage.keys(words).await;
    let one = "return document.querySelectorAll('.mark-row').length === 1";
    stage.until("its line", one).await;
    for _ in 0..24 {
        stage.press(&[], key::TAB).await;
        let row = stage
            .script(
                "return !!document.activeElement.closest('.mark-row')",
                Vec::new(),
            )
            .await;
        if row == true {
            break;
        }
    }
    stage.press(&[], key::ENTER).await;
    stage
        .until(
            "the card",
            "return !!document.querySelector('.card .card-fields')",
        )
        .await;
    // The words have the focus: the digits are the card's.
    stage
        .until(
            "the words",
            "return document.activeElement.tagName === 'MARK'",
        )
        .await;
}

/// The events get what the codebook requires: words that say when.
async fn date_the_events(stage: &Stage, by: By) {
    for words in [
        "a meeting",
        "recent missile strikes",
        "recalled its ambassador",
    ] {
        choose(stage, words, by).await;
        stage
            .type_text(".card input[aria-label='When']", "January 2024")
            .await;
        stage.press(&[], key::ENTER).await;
    }
    stage.press(&[], key::ESCAPE).await;
    stage.press(&[], key::ESCAPE).await;
    let complete = "return !document.querySelector('.mark-row .gap')";
    if by == By::Keys {
        stage.press(&[], '/').await;
        stage.press(&[], key::BACKSPACE).await;
        stage.press(&[], key::ESCAPE).await;
    }
    stage.until("nothing is missing", complete).await;
}

async fn check_ledger(stage: &Stage, by: By) {
    turn_to(stage, "Ledger", by).await;
    stage
        .until(
            "the table",
            "return document.querySelectorAll('.ledger tbody tr').length === 5",
        )
        .await;
    let table = "const heads = [...document.querySelectorAll('.ledger thead th')].map((th) => th.textContent);
         const columns = ['Commitment', 'Made by', 'Made to', 'Strength', 'By when'].map((name) => heads.indexOf(name));
         return [...document.querySelectorAll('.ledger tbody tr')].map((row) =>
             columns.map((at) => row.cells[at].textContent))";
    let table = stage.script(table, Vec::new()).await;
    assert_eq!(table, json!(LEDGER));
}

/// The file says what was said.
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
