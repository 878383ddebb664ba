//! The page that is shown before the program is loaded. What the user does on it is not lost.

use crate::browser::{Browser, perform, play};
use serde_json::{Value as Json, json};

/// Delays the program until the page's `letGo` is called.
const HOLD: &str = "
    const now = window.fetch;
    const gate = new Promise((go) => { window.letGo = go; });
    window.fetch = async (...given) => {
        if (String(given[0]).endsWith('_bg.wasm')) await gate;
        return now(...given);
    };";

/// Stops the timers that wait until the user has been idle for 4 s.
const NO_REST: &str = "
    window.rests = [];
    const [set, clear] = [window.setTimeout, window.clearTimeout];
    window.setTimeout = (act, time, ...more) =>
        time === 4000 ? 'rest ' + (rests.push(act) - 1) : set(act, time, ...more);
    window.clearTimeout = (timer) => {
        const [word, place] = String(timer).split(' ');
        if (word === 'rest') rests[place] = null; else clear(timer);
    };";

const TEXT: &str = "Headline 🙂 before its time\n\nCafe\u{0301} talks, 国境 and علي.";

/// The positions of elements, by their selectors: left, top, width, height.
const PLACES: &str = "
    const root = document.getElementById('shell') ?? document.getElementById('app');
    const all = ['.bar', '.bar .name', '.intake', '.intake h2', '.intake-row button', '.paste', '.paste textarea', '.paste-actions button'];
    return all.map((one) => { const r = root.querySelector(one).getBoundingClientRect(); return [r.left, r.top, r.width, r.height]; });";

/// The elements of the text box. Ids are left out, because none can be twice on a page.
const BOX: &str = "
    const root = document.getElementById('shell') ?? document.getElementById('app');
    const copy = root.querySelector('.intake').cloneNode(true);
    for (const one of copy.querySelectorAll('*')) {
        const all = [...one.attributes].filter(({ name }) => !['id', 'for', 'value', 'multiple', 'autocomplete'].includes(name));
        for (const { name } of [...one.attributes]) one.removeAttribute(name);
        all.sort((a, b) => a.name < b.name ? -1 : 1).forEach(({ name, value }) => one.setAttribute(name, value));
    }
    copy.normalize();
    return copy.outerHTML.replaceAll(/>\\s+</g, '><')";

/// Loads the page again and waits for the first page.
async fn first_page(browser: &Browser, script: &str) {
    let source = json!({ "source": script });
    browser
        .devtools("Page.addScriptToEvaluateOnNewDocument", source)
        .await;
    browser.refresh().await;
    browser
        .until(
            "the first page",
            "return !!document.querySelector('.shell.ready, #app .bar')",
        )
        .await;
}

async fn until_taken_over(browser: &Browser) {
    browser
        .until(
            "the app",
            "return !document.getElementById('shell') && !!document.querySelector('#app .bar')",
        )
        .await;
}

async fn let_go(browser: &Browser) {
    browser.script("letGo()", Vec::new()).await;
    until_taken_over(browser).await;
}

/// What the console says, without the messages about requests that the journey blocks.
fn of_ours(console: Vec<String>) -> Vec<String> {
    let is_of_the_test = |said: &String| said.contains("preload") || said.contains("ERR_BLOCKED");
    console
        .into_iter()
        .filter(|said| !is_of_the_test(said))
        .collect()
}

#[tokio::test]
async fn a_text_begun_before_the_program_is_there_goes_on_in_its_box() {
    let (console, _) = perform("first-text", async |browser| {
        first_page(browser, HOLD).await;
        browser.pictures("loading").await;
        browser.dark(true).await;
        browser.pictures("loading-dark").await;
        browser.dark(false).await;
        browser.button("Paste").await;
        browser.until("the focus", "return document.activeElement.matches('.paste textarea')").await;
        browser.script("document.execCommand('insertText', false, arguments[0])", vec![TEXT.into()]).await;
        browser.script("document.activeElement.setSelectionRange(3, 8)", Vec::new()).await;
        browser.picture("typed").await;
        let before = browser.script(PLACES, Vec::new()).await;
        let was = browser.script(BOX, Vec::new()).await;
        let_go(browser).await;
        let state = "const box = document.querySelector('#article-text');
             return [box.value, document.activeElement === box, box.selectionStart, box.selectionEnd]";
        assert_eq!(browser.script(state, Vec::new()).await, json!([TEXT, true, 3, 8]));
        assert_eq!(browser.script(PLACES, Vec::new()).await, before, "nothing has moved");
        assert_eq!(browser.script(BOX, Vec::new()).await, was, "the same box, by the same names");
        // Typing replaces the text that was selected before.
        browser.press(&[], 'x').await;
        let value = browser.script("return document.querySelector('#article-text').value", Vec::new()).await;
        assert_eq!(value, json!(TEXT.replace("dline", "x")));
        browser.button("Add the article").await;
        browser.until("the article", "return document.querySelector('article h1')?.textContent === 'Heax 🙂 before its time'").await;
    })
    .await;
    assert_eq!(of_ours(console), [""; 0]);
}

#[tokio::test]
async fn actions_on_the_first_page_wait_for_the_program() {
    let (console, _) = perform("first-files", async |browser| {
        let one = browser.file("one.txt", "A file 🙂 chosen early\n\nWords.".as_bytes());
        first_page(browser, HOLD).await;
        let said = "return document.querySelector('.shell [role=status]').textContent";
        browser.open_file(&one).await;
        assert_eq!(browser.script(said, Vec::new()).await, json!("“one.txt” opens as soon as Pullquote is loaded."));
        browser.button("Open the sample").await;
        browser.button("Paste").await;
        browser.script("document.execCommand('insertText', false, arguments[0])", vec![TEXT.into()]).await;
        browser.button("Add the article").await;
        let emptied = "return [document.querySelector('.shell .paste').hidden, document.querySelector('.shell textarea').value]";
        assert_eq!(browser.script(emptied, Vec::new()).await, json!([true, ""]));
        // The browser does not open a dropped file in place of the page.
        let drop = "const given = new DataTransfer();
             given.items.add(new File(['Dropped early\\n\\nWords.'], 'two.txt', { type: 'text/plain' }));
             const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: given });
             document.querySelector('.shell .empty').dispatchEvent(event);
             return event.defaultPrevented";
        assert_eq!(browser.script(drop, Vec::new()).await, Json::from(true));
        browser.picture("waiting").await;
        let_go(browser).await;
        browser.until("an article", "return !!document.querySelector('article h1')").await;
        browser.saved().await;
        browser.click_on(".bar .name").await;
        browser
            .until(
                "four articles",
                "const titles = [...document.querySelectorAll('.shelf tbody th a')].map((a) => a.textContent).sort();
                 return titles.length === 4 && ['A file 🙂 chosen early', 'Dropped early', 'Headline 🙂 before its time']
                     .every((title) => titles.includes(title))",
            )
            .await;
    })
    .await;
    assert_eq!(of_ours(console), [""; 0]);
}

#[tokio::test]
async fn the_focus_stays_on_its_button() {
    let (console, _) = perform("first-focus", async |browser| {
        first_page(browser, HOLD).await;
        let focus = "[...document.querySelectorAll('.shell button')].find((b) => b.textContent === 'Open the sample').focus()";
        browser.script(focus, Vec::new()).await;
        let_go(browser).await;
        let name = browser.script("return document.activeElement.textContent", Vec::new()).await;
        assert_eq!(name, json!("Open the sample"));
    })
    .await;
    assert_eq!(of_ours(console), [""; 0]);
}

/// Nothing jumps when the program takes over, with or without articles.
#[tokio::test]
async fn the_first_page_stands_where_the_library_will() {
    let places = "
        const root = document.getElementById('shell') ?? document.getElementById('app');
        const all = [...root.querySelectorAll('.bar .name, .headline, .intake, .intake h2, .intake-row > button')];
        return all.filter((one) => one.checkVisibility()).map((one) => {
            const r = one.getBoundingClientRect();
            return [one.textContent.trim().slice(0, 20), one.className, r.left, r.top, r.width, r.height];
        });";
    let (console, _) = perform("first-places", async |browser| {
        let mut hold = HOLD;
        for library in ["empty", "kept"] {
            for (width, height) in [(390, 844), (768, 1024), (1440, 900)] {
                browser.size(width, height).await;
                // The script stays for all further loads.
                first_page(browser, std::mem::take(&mut hold)).await;
                browser.picture(&format!("{library}-{width}")).await;
                let before = browser.script(places, Vec::new()).await;
                let_go(browser).await;
                assert_eq!(
                    browser.script(places, Vec::new()).await,
                    before,
                    "{library} {width}"
                );
                let read = "return !!document.querySelector('.library div.empty, .library .shelf')";
                browser.until("the library", read).await;
                assert_eq!(
                    browser.script(places, Vec::new()).await,
                    before,
                    "{library} {width}"
                );
                let first = browser
                    .script(
                        "return document.querySelector('.intake .primary').textContent",
                        Vec::new(),
                    )
                    .await;
                let expected = if library == "empty" {
                    "Open the sample"
                } else {
                    "Open files"
                };
                assert_eq!(first, json!(expected));
            }
            if library == "empty" {
                browser.button("Open the sample").await;
                browser.until_marks(23).await;
                browser.saved().await;
                browser.click_on(".bar .name").await;
                browser
                    .until("the library", "return !!document.querySelector('.shelf')")
                    .await;
            }
        }
    })
    .await;
    assert_eq!(of_ours(console), [""; 0]);
}

#[tokio::test]
async fn the_address_of_an_article_shows_no_first_page() {
    let (console, _) = perform("first-article", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        first_page(browser, HOLD).await;
        let seen = "return ['.shell .intake', '.shell .bar .name', '.shell progress'].map((one) => document.querySelector(one).checkVisibility({ visibilityProperty: true }))";
        assert_eq!(browser.script(seen, Vec::new()).await, json!([false, true, true]));
        browser.picture("loading").await;
        let_go(browser).await;
        browser.until_marks(23).await;
        // The link back works in the meantime, too.
        first_page(browser, "").await;
        browser.click_on(".shell .bar .name").await;
        assert_eq!(browser.script(seen, Vec::new()).await, json!([true, true, true]));
        let_go(browser).await;
        browser.until("the library", "return !!document.querySelector('#app .intake')").await;
    })
    .await;
    assert_eq!(of_ours(console), [""; 0]);
}

#[tokio::test]
async fn a_failed_download_is_reported_and_repeated() {
    for (name, blocked) in [
        ("wasm", "*_bg.wasm"),
        ("script", "*/pullquote-app-*.js"),
        ("styles", "*/rest-*.css"),
    ] {
        let (console, _) = perform(&format!("first-failed-{name}"), async |browser| {
            browser.devtools("Network.enable", json!({})).await;
            browser.devtools("Network.setBlockedURLs", json!({ "urls": [blocked] })).await;
            first_page(browser, "").await;
            browser.until("the sentence", "return document.querySelector('.shell [role=alert]').textContent.startsWith('Pullquote could not be loaded')").await;
            browser.button("Paste").await;
            browser.script("document.execCommand('insertText', false, arguments[0])", vec![TEXT.into()]).await;
            browser.picture("failed").await;
            browser.devtools("Network.setBlockedURLs", json!({ "urls": [] })).await;
            browser.button("Try again").await;
            until_taken_over(browser).await;
            let value = browser.script("return document.querySelector('#article-text').value", Vec::new()).await;
            assert_eq!(value, json!(TEXT));
            // All style sheets are loaded.
            let sheets = "return [...document.querySelectorAll('link[rel=stylesheet]')].every((link) => link.sheet && link.media !== 'print')";
            assert_eq!(browser.script(sheets, Vec::new()).await, Json::from(true));
        })
        .await;
        assert_eq!(of_ours(console), [""; 0]);
    }
}

#[tokio::test]
async fn a_browser_without_webassembly_is_told_so() {
    let (console, _) = perform("first-old", async |browser| {
        first_page(browser, "delete window.WebAssembly;").await;
        let said = browser
            .script(
                "return document.querySelector('.shell [role=alert]').textContent",
                Vec::new(),
            )
            .await;
        let said = said.as_str().unwrap_or_default();
        assert!(said.starts_with("Pullquote needs WebAssembly"), "{said}");
        browser.picture("old").await;
    })
    .await;
    assert_eq!(of_ours(console), [""; 0]);
}

/// On a slow line nothing is requested a second time while it is being loaded, and the dataset
/// program does not compete for the line.
#[tokio::test]
async fn a_slow_line_downloads_everything_once() {
    let (console, _) = perform("first-slow", async |browser| {
        let line = json!({ "offline": false, "latency": 300, "downloadThroughput": 400_000, "uploadThroughput": 400_000 });
        browser.devtools("Network.enable", json!({})).await;
        browser.devtools("Network.clearBrowserCache", json!({})).await;
        browser.devtools("Network.emulateNetworkConditions", line).await;
        first_page(browser, NO_REST).await;
        let progress = "const bar = document.querySelector('.shell progress');
             return !bar || (bar.position > 0.2 && bar.position <= 1)";
        browser.until("the progress", progress).await;
        browser.picture("progress").await;
        until_taken_over(browser).await;
        let twice = "const names = performance.getEntriesByType('resource')
                 .filter((one) => one.transferSize > 0 && !one.name.endsWith('.js')).map((one) => one.name);
             return names.filter((name, at) => names.indexOf(name) < at || name.includes('datasets'))";
        assert_eq!(browser.script(twice, Vec::new()).await, json!([]));
    })
    .await;
    assert_eq!(of_ours(console), [""; 0]);
}

/// The dataset program is not requested while the user is active. It is loaded when the user is
/// idle.
#[tokio::test]
async fn the_dataset_program_loads_while_the_user_is_idle() {
    play("first-rest", async |browser| {
        first_page(browser, &format!("{HOLD}{NO_REST}")).await;
        let asked = "return performance.getEntriesByType('resource').some((one) => one.name.includes('pullquote-datasets'))";
        let pending = "return rests.filter(Boolean).length";
        assert_eq!(browser.script(pending, Vec::new()).await, json!(0), "while it loads");
        let_go(browser).await;
        browser.until("the wait", "return rests.filter(Boolean).length === 1").await;
        for key in ['x', crate::browser::key::TAB, crate::browser::key::SHIFT] {
            let count = browser.script("return rests.length", Vec::new()).await;
            browser.press(&[], key).await;
            assert_ne!(browser.script("return rests.length", Vec::new()).await, count, "the wait begins anew");
            assert_eq!(browser.script(pending, Vec::new()).await, json!(1));
        }
        assert_eq!(browser.script(asked, Vec::new()).await, Json::from(false));
        browser.script("rests.find(Boolean)()", Vec::new()).await;
        browser.until("the request", asked).await;
        browser.loaded().await;
    })
    .await;
}

#[tokio::test]
async fn the_dataset_program_loads_when_the_export_opens() {
    play("first-export", async |browser| {
        first_page(browser, NO_REST).await;
        until_taken_over(browser).await;
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        browser.click_on(".bar .name").await;
        let asked = "return performance.getEntriesByType('resource').some((one) => one.name.includes('pullquote-datasets'))";
        assert_eq!(browser.script(asked, Vec::new()).await, Json::from(false));
        browser.button("Export everything as…").await;
        browser.until("the request", asked).await;
        browser.loaded().await;
    })
    .await;
}
