//! Work survives crashes, unconfirmed steps, a full storage and damaged records.

use crate::browser::{key, perform, play};
use serde_json::Value as Json;

/// Something changes the page under the program, as a hostile extension might. The app says what
/// broke, and the work can be downloaded as a file.
#[tokio::test]
async fn a_crash_offers_the_work_as_a_file() {
    let (console, requests) = perform("breaks", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        browser
            .script(
                // Moves the second row out of the list.
                "document.body.append(document.querySelectorAll('.panel .line')[1]);",
                Vec::new(),
            )
            .await;
        browser.sweep("Barely a fortnight").await;
        browser.until_words_card().await;
        browser.card_tag("Event").await;
        browser
            .until(
                "the sentence",
                "return !document.querySelector('#stopped').hidden",
            )
            .await;
        browser.picture("stopped").await;
        let file = browser
            .rescued_file("document.querySelector('#stopped-file').href")
            .await;
        let file: Json = serde_json::from_str(&file).expect("the file is whole");
        assert_eq!(file["annotations"].as_array().map(Vec::len), Some(23));
    })
    .await;
    assert!(
        console.iter().any(|said| said.contains("unreachable")),
        "{console:#?}"
    );
    assert!(requests.is_empty(), "{requests:#?}");
}

/// A step that IndexedDB has not confirmed is in the pending log, and is restored.
#[tokio::test]
async fn an_unconfirmed_step_is_not_lost() {
    play("tail", async |browser| {
        let path = browser.file("a.txt", "Headline 🙂\n\nSome words to mark here.".as_bytes());
        browser.open_file(&path).await;
        browser.until("the article", "return !!document.querySelector('article p')").await;
        browser.saved().await;
        browser.mark("words", "Actor").await;
        browser.saved().await;
        // As if the browser had crashed between the two storages: the entry of the last step is
        // moved from the journal into the pending log.
        let moved = browser
            .records(
                "store.getAllKeys(IDBKeyRange.bound('step/', 'step/~')).onsuccess = (keys) => {
                     const key = keys.target.result.at(-1);
                     const article = key.split('/')[1];
                     store.get(key).onsuccess = (got) => {
                         const entry = got.target.result.split('.')[0];
                         localStorage.setItem(`pullquote.tail.${article}.${entry}`, got.target.result);
                         store.delete(key);
                         said = keys.target.result.length;
                     };
                 };",
            )
            .await;
        assert_eq!(moved, Json::from(1));
        browser.reload().await;
        browser.until_marks(1).await;
        assert_eq!(browser.marks().await, [("actor".to_owned(), "words".to_owned())]);
        browser.saved().await;
        browser.reload().await;
        browser.until_marks(1).await;
    })
    .await;
}

/// With two tabs on one article, each shows at once what the other does, and both save.
#[tokio::test]
async fn two_tabs_merge_their_steps() {
    play("tabs", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        let first = browser.other_tab().await;
        browser.until_marks(23).await;
        browser.mark("Faith", "Actor").await;
        browser.saved().await;
        let second = browser.switch_tab(&first).await;
        browser.until_marks(24).await;
        browser.mark("telephones", "Place").await;
        browser.saved().await;
        browser.switch_tab(&second).await;
        browser.until_marks(25).await;
        // Measures the time from the step in this tab to the mark in the other, by the clock that
        // both share.
        browser
            .script(
                "const channel = new BroadcastChannel('test');
                 window.seen = null;
                 channel.onmessage = (event) => { window.seen = event.data - window.made; };
                 new MutationObserver(() => { window.made ??= Date.now(); })
                     .observe(document.querySelector('article'), { childList: true, subtree: true });",
                Vec::new(),
            )
            .await;
        browser.switch_tab(&first).await;
        browser
            .script(
                "const channel = new BroadcastChannel('test');
                 new MutationObserver(() => channel.postMessage(Date.now()))
                     .observe(document.querySelector('article'), { childList: true, subtree: true });",
                Vec::new(),
            )
            .await;
        browser.switch_tab(&second).await;
        browser.mark("calendar", "Event").await;
        browser.until("the news of the other tab", "return window.seen !== null").await;
        let millis = browser.script("return window.seen", Vec::new()).await;
        println!("a step is in the other tab after {millis} ms");
        // Undo takes back the last step, whichever tab made it.
        browser.switch_tab(&first).await;
        browser.until_marks(26).await;
        browser.press(&[key::CONTROL], 'z').await;
        browser.until_marks(25).await;
        browser.saved().await;
        browser.switch_tab(&second).await;
        browser.until_marks(25).await;
        browser.reload().await;
        browser.until_marks(25).await;
        let marks = browser.marks().await;
        assert!(marks.contains(&("actor".to_owned(), "Faith".to_owned())));
        assert!(marks.contains(&("place".to_owned(), "telephones".to_owned())));
        // The history is that of the article, not of the tab.
        for left in [24, 23] {
            browser.press(&[key::CONTROL], 'z').await;
            browser.until_marks(left).await;
        }
        browser.saved().await;
        browser.close_tab(&first).await;
    })
    .await;
}

/// When the storage is full, the user is told at once and can export the work. Earlier records stay
/// intact, and everything is saved when there is room again.
#[tokio::test]
async fn a_full_storage_loses_nothing() {
    play("full", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.mark("Faith", "Actor").await;
        browser.saved().await;
        let all =
            "store.getAll().onsuccess = (all) => { said = JSON.stringify(all.target.result); };";
        let before = browser.records(all).await;
        browser
            .script(
                "const put = IDBObjectStore.prototype.put;
                 IDBObjectStore.prototype.put = function (...given) {
                     if (window.full) throw new DOMException('no room', 'QuotaExceededError');
                     return put.apply(this, given);
                 };
                 window.full = true;",
                Vec::new(),
            )
            .await;
        browser.sweep("telephones").await;
        browser.until_words_card().await;
        browser.card_tag("Place").await;
        let alert = browser.alert().await;
        for part in [
            "Not saved",
            "storage is full",
            "Export it",
            "for good",
            "more room",
        ] {
            assert!(alert.contains(part), "{alert}");
        }
        browser.picture("told").await;
        browser.until_marks(25).await;
        browser.mark("calendar", "Event").await;
        let state = "return document.querySelector('[role=status]').textContent === 'Not saved'";
        browser.until("the state", state).await;
        assert_eq!(browser.records(all).await, before);
        let (_, bytes) = browser.export().await;
        let file: Json = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(file["annotations"].as_array().map(Vec::len), Some(26));
        browser.script("window.full = false", Vec::new()).await;
        browser.button("Try again").await;
        browser.saved().await;
        browser
            .until(
                "no alert",
                "return document.querySelector('.notices [role=alert]').textContent === ''",
            )
            .await;
        browser.reload().await;
        browser.until_marks(26).await;
    })
    .await;
}

/// Of a damaged entry, only that entry is lost; its bytes are set aside, not deleted.
#[tokio::test]
async fn a_damaged_journal_entry_is_set_aside() {
    play("garbled", async |browser| {
        let path = browser.file("a.txt", "Headline 🙂\n\nSome words to mark here.".as_bytes());
        browser.open_file(&path).await;
        browser
            .until("the article", "return !!document.querySelector('article p')")
            .await;
        browser.mark("words", "Actor").await;
        browser.mark("here", "Place").await;
        browser.mark("mark", "Event").await;
        browser.saved().await;
        let garbled = "store.getAllKeys(IDBKeyRange.bound('step/', 'step/~')).onsuccess = (keys) => {
                 store.put('{garbled', keys.target.result.at(-2));
                 said = keys.target.result.length;
             };";
        assert_eq!(browser.records(garbled).await, Json::from(3));
        browser.reload().await;
        browser.until_marks(2).await;
        assert!(browser.alert().await.contains("step 2 is damaged"));
        browser.saved().await;
        let aside = "store.getAll(IDBKeyRange.bound('aside/', 'aside/~')).onsuccess = (all) => { said = all.target.result; };";
        browser
            .until_records("what is set aside", aside, &serde_json::json!(["{garbled"]))
            .await;
        // Later steps are saved as usual.
        browser.mark("Some", "Event").await;
        browser.saved().await;
        browser.reload().await;
        browser.until_marks(3).await;
        // The records that were set aside can be downloaded.
        browser.click_on(".bar .name").await;
        browser
            .until(
                "the damaged records",
                "return document.querySelector('.safekeeping')?.textContent.includes('One record could not be read')",
            )
            .await;
        let (_, bytes) = browser.file_of_button("Download them").await;
        let file: Json = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(file[0]["record"], Json::from("{garbled"));
        assert!(file[0]["key"].as_str().unwrap().starts_with("step/"));
        browser.button("Delete them for good").await;
        browser.until_records("nothing set aside", aside, &serde_json::json!([])).await;
    })
    .await;
}
