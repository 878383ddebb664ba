//! The codebook screen, and the screen of codebooks: rows that open one at a time, tags that are
//! moved, and the codebook of new articles.

use crate::browser::{Browser, key, play};
use serde_json::{Value as Json, json};

/// The ids of the tags, in the order of their rows.
const TAGS: &str = "return [...document.querySelectorAll('.tag-form .fold-head')].map((head) => head.id.slice(4, -5)).join()";

async fn until_tags(browser: &Browser, tags: &str) {
    let is_so = format!("return (() => {{ {TAGS} }})() === arguments[0]");
    browser.until_with(tags, &is_so, vec![json!(tags)]).await;
}

/// Opens the codebook screen of the sample.
async fn codebook_of_the_sample(browser: &Browser) {
    browser.button("Open the sample").await;
    browser.until_marks(23).await;
    browser.saved().await;
    browser.button("Edit the codebook").await;
    until_tags(browser, "actor,place,commitment,event").await;
}

#[tokio::test]
async fn one_row_is_open_at_a_time_and_stays_under_the_pointer() {
    play("book-folds", async |browser| {
        codebook_of_the_sample(browser).await;
        let labels: Vec<String> = (1..=40)
            .map(|number| match number % 4 {
                0 => format!("رہنما {number}"),
                1 => format!("A longer name for the topic {number} 🙂"),
                _ => format!("Topic {number}"),
            })
            .collect();
        browser.click_on(".bar .name").await;
        let path = browser.file("a.txt", b"Headline\n\nSome words.");
        browser.open_file(&path).await;
        browser
            .until("the article", "return document.querySelector('article h1')?.textContent === 'Headline'")
            .await;
        browser.button("Edit the codebook").await;
        browser.until("the codebook", "return !!document.querySelector('.book')").await;
        let path = browser.file("labels.txt", labels.join("\n").as_bytes());
        browser.take_file("Import codebook…", &path).await;
        let rows = "return document.querySelectorAll('.tag-form').length === 40";
        browser.until("forty rows", rows).await;
        for (width, height) in [(390, 844), (1366, 768), (1440, 900)] {
            browser.size(width, height).await;
            browser.script("scrollTo(0, 0)", Vec::new()).await;
            browser.picture(&format!("forty-{width}")).await;
        }
        let page = browser.script("return document.documentElement.scrollHeight", Vec::new()).await;
        assert!(page.as_f64().unwrap() < 2_000.0, "the page is {page} high");

        let open = "const head = document.querySelectorAll('.tag-form .fold-head')[arguments[0]];
             head.scrollIntoView({ block: 'center' });
             const before = head.getBoundingClientRect().top;
             head.focus();
             head.click();
             return before;";
        for index in [3, 30, 12] {
            let before = browser.script(open, vec![json!(index)]).await;
            let is_open = "const rows = [...document.querySelectorAll('.fold')];
                 const row = document.querySelectorAll('.tag-form')[arguments[0]];
                 return row.matches('.open') && rows.filter((one) => one.matches('.open')).length === 1
                     && document.activeElement === row.querySelector('.fold-head')";
            browser.until_with("it alone is open", is_open, vec![json!(index)]).await;
            let after = "return document.querySelectorAll('.tag-form .fold-head')[arguments[0]].getBoundingClientRect().top";
            let after = browser.script(after, vec![json!(index)]).await;
            let moved = after.as_f64().unwrap() - before.as_f64().unwrap();
            assert!(moved.abs() < 1.5, "row {index} moved by {moved}");
        }
        browser.picture("open").await;
        browser.press(&[], key::ENTER).await;
        browser.until("no row is open", "return !document.querySelector('.fold.open')").await;
    })
    .await;
}

#[tokio::test]
async fn tags_are_moved_by_keys_and_by_dragging() {
    play("book-moves", async |browser| {
        codebook_of_the_sample(browser).await;
        let focus = "document.querySelector(\"[id='tag-actor-head']\").focus()";
        browser.script(focus, Vec::new()).await;
        browser.press(&[key::ALT], key::DOWN).await;
        until_tags(browser, "place,actor,commitment,event").await;
        browser.press(&[key::ALT], key::DOWN).await;
        until_tags(browser, "place,commitment,actor,event").await;
        let said = "return [...document.querySelectorAll('[aria-live]')].some((one) => one.textContent === 'Actor is now 3 of 4')";
        browser.until("what was said", said).await;
        browser.until("the focus", "return document.activeElement.id === 'tag-actor-head'").await;

        // With the buttons of the form, which keep the focus.
        browser.press(&[], key::ENTER).await;
        browser.click_on("[id='up-actor']").await;
        until_tags(browser, "place,actor,commitment,event").await;
        browser.until("the focus", "return document.activeElement.id === 'up-actor'").await;
        browser.press(&[], key::ENTER).await;
        until_tags(browser, "actor,place,commitment,event").await;
        // The button can do nothing more.
        browser.until("the focus", "return document.activeElement.id === 'tag-actor-head'").await;
        browser.press(&[], key::ENTER).await;
        browser.until("no row is open", "return !document.querySelector('.fold.open')").await;

        let places = "return [...document.querySelectorAll('.grip')].map((one) => {
             const r = one.getBoundingClientRect();
             return [r.left + r.width / 2, r.top + r.height / 2];
         })";
        let grip = async |index: usize| {
            let places = browser.script(places, Vec::new()).await;
            let at = |axis: usize| places[index][axis].as_f64().unwrap();
            (at(0), at(1))
        };
        let (first, third) = (grip(0).await, grip(2).await);
        browser.drag(first, (third.0, third.1 + 8.0), None).await;
        until_tags(browser, "place,commitment,actor,event").await;
        let (last, first) = (grip(3).await, grip(0).await);
        browser.drag(last, (first.0, first.1 - 8.0), None).await;
        until_tags(browser, "event,place,commitment,actor").await;
        // Dropped where it was, it changes nothing.
        browser.drag(grip(1).await, grip(1).await, None).await;
        until_tags(browser, "event,place,commitment,actor").await;
        browser.picture("moved").await;
        browser.click_on(".bar .crumb").await;
        browser.until_marks(23).await;
    })
    .await;
}

#[tokio::test]
async fn a_relation_is_edited_as_a_pair() {
    play("book-pairs", async |browser| {
        codebook_of_the_sample(browser).await;
        let pair = "return document.querySelector(\"[id='relation-made-by-head'] .pair\").textContent";
        let is_pair = |text: &str| format!("return (() => {{ {pair} }})() === '{text}'");
        browser.until("the pair", &is_pair("Commitment→made by→Actor")).await;
        browser.click_on("[id='relation-made-by-head']").await;
        let add = "const list = document.querySelector('select[aria-label=\"To: another tag…\"]');
             list.value = 'place';
             list.dispatchEvent(new Event('change', { bubbles: true }));";
        browser.script(add, Vec::new()).await;
        browser.button("Add: To: another tag…").await;
        browser.until("two tags", &is_pair("Commitment→made by→Actor,Place")).await;
        browser.picture("pair").await;
        browser.button("To: remove Place").await;
        browser.until("one tag", &is_pair("Commitment→made by→Actor")).await;
        // A new one is open, to be filled.
        browser.type_text("[aria-label='New relation']", "witnessed by").await;
        browser.press(&[], key::ENTER).await;
        let new = "return document.querySelector(\"[id='relation-witnessed-by'] input\")?.value === 'witnessed by'";
        browser.until("the new relation", new).await;
    })
    .await;
}

#[tokio::test]
async fn the_codebook_of_new_articles_is_chosen_among_all() {
    play("codebooks", async |browser| {
        browser.go_to("#/codebooks").await;
        let names = "return [...document.querySelectorAll('.shelf-name b')].map((name) => name.textContent)";
        browser.until("the codebooks", &format!("return (() => {{ {names} }})().length === 5")).await;
        let chosen = |name: &str| {
            format!("return document.querySelector('.shelf input:checked')?.closest('label').querySelector('b').textContent === '{name}'")
        };
        browser.until("the default", &chosen("News: who, where, promised, happened")).await;
        browser.click_on(".shelf li:nth-child(2) [id$='-head']").await;
        browser.until("its tags", "return document.querySelectorAll('.shelf-tags dt').length === 5").await;
        browser.pictures("open").await;
        let (name, bytes) = browser.file_of_button("Download codebook").await;
        assert_eq!(name, "Who said it.pullquote-codebook.json");
        let file: Json = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(file["codebook"]["tags"].as_array().unwrap().len(), 5);

        browser.click_on(".shelf li:nth-child(4) .shelf-name").await;
        browser.until("Five Ws", &chosen("Five Ws")).await;
        let path = browser.file("labels.txt", "Threat\nرہنما\nCafe\u{301} 🙂\n".as_bytes());
        browser.take_file("Import codebook…", &path).await;
        browser.until("the labels", &chosen("labels")).await;
        browser.picture("imported").await;
        // It is kept.
        browser.click_on(".bar .name").await;
        browser.reload().await;
        browser.go_to("#/codebooks").await;
        browser.until("the labels again", &chosen("labels")).await;
        let path = browser.file("a.txt", b"Headline\n\nSome words.");
        browser.click_on(".bar .name").await;
        browser.open_file(&path).await;
        let tags = "return [...document.querySelectorAll('.palette .tag')].map((tag) => tag.textContent).join().includes('رہنما')";
        browser.until("the tags in the palette", tags).await;
    })
    .await;
}
