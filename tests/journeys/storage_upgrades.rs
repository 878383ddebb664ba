//! Storage that another version of the app wrote.

use crate::browser::{Browser, key, play};
use serde_json::{Value as Json, json};

/// Replaces the browser's storage with a fixture: this `version` of the database, with stores
/// of these names and records. Then opens the one of its two articles whose title begins with
/// `title`.
async fn open_stored(browser: &Browser, version: u32, local: Json, stores: Json, title: &str) {
    browser.leave().await;
    browser
        .script_async_with(
            "const [version, local, stores, done] = arguments;
             for (const [name, value] of local) localStorage.setItem(name, value);
             const names = Object.keys(stores);
             indexedDB.deleteDatabase('pullquote').onsuccess = () => {
                 const open = indexedDB.open('pullquote', version);
                 open.onupgradeneeded = () => names.forEach((name) => open.result.createObjectStore(name));
                 open.onsuccess = () => {
                     const tx = open.result.transaction(names, 'readwrite');
                     for (const name of names) {
                         for (const [key, record] of stores[name]) tx.objectStore(name).put(record, key);
                     }
                     tx.oncomplete = () => { open.result.close(); done(true); };
                 };
             };",
            vec![version.into(), local, stores],
        )
        .await;
    browser.come_back().await;
    browser
        .until(
            "the articles",
            "return document.querySelectorAll('.shelf tbody tr').length === 2",
        )
        .await;
    browser.picture("library").await;
    browser
        .script(
            "[...document.querySelectorAll('.shelf th > a')].find((a) => a.textContent.startsWith(arguments[0])).click()",
            vec![title.into()],
        )
        .await;
}

/// The articles of version 1 are there with all their marks, and its stores are gone.
#[tokio::test]
async fn storage_of_version_1_is_upgraded() {
    play("upgrade", async |browser| {
        let fixture: Json =
            serde_json::from_str(include_str!("../fixtures/storage-1.json")).unwrap();
        let (local, stores) = (fixture["local"].clone(), fixture["stores"].clone());
        open_stored(browser, 1, local, stores, "Harbour").await;
        browser.until_marks(6).await;
        browser.saved().await;
        let held = browser
            .script(
                "return Object.keys(localStorage).filter((key) => key.startsWith('pullquote.tail.')).length",
                Vec::new(),
            )
            .await;
        assert_eq!(held, Json::from(0));
        for left in [6, 6, 5] {
            // The last two steps were keys of a note, the one before them a mark.
            browser.press(&[key::CONTROL], 'z').await;
            browser.until_marks(left).await;
        }
        browser.saved().await;
        browser.reload().await;
        browser.until_marks(5).await;
    })
    .await;
}

/// The articles of version 2 are there, with the entry that only `localStorage` had.
#[tokio::test]
async fn storage_of_version_2_is_upgraded() {
    play("upgrade-2", async |browser| {
        let fixture: Json =
            serde_json::from_str(include_str!("../fixtures/storage-2.json")).unwrap();
        let stores = json!({ "records": fixture["records"] });
        open_stored(browser, 2, fixture["local"].clone(), stores, "Talks").await;
        browser.until_marks(2).await;
        browser.saved().await;
        browser.press(&[key::CONTROL], 'z').await;
        browser.until_marks(1).await;
        browser.saved().await;
        browser.reload().await;
        browser.until_marks(1).await;
    })
    .await;
}

/// A tab that does not answer keeps the storage open in an older version. The app says so, and
/// goes on when that tab is closed.
#[tokio::test]
async fn a_tab_that_blocks_the_upgrade_is_reported() {
    play("held", async |browser| {
        browser.leave().await;
        let hold = "const done = arguments[0];
             indexedDB.deleteDatabase('pullquote').onsuccess = () => {
                 const open = indexedDB.open('pullquote', 2);
                 open.onupgradeneeded = () => open.result.createObjectStore('records');
                 open.onsuccess = () => { window.held = open.result; done(true); };
             };";
        browser.script_async(hold).await;
        let app = browser.other_tab_at_the_library().await;
        browser
            .until(
                "the sentence",
                "return document.querySelector('.library .empty')?.textContent.includes('Close the other tabs of Pullquote')",
            )
            .await;
        browser.picture("told").await;
        browser.close_tab(&app).await;
        // The empty page has no icon of its own.
        browser.console().await;
        browser.reload().await;
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
    })
    .await;
}

/// A newer Pullquote in another tab has upgraded the storage. This one says so and stops
/// writing, and the stored records stay as the newer one left them.
#[tokio::test]
async fn an_older_version_leaves_newer_storage_alone() {
    play("newer", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        let upgrade = "const done = arguments[0];
             const open = indexedDB.open('pullquote', 99);
             open.onupgradeneeded = () => {};
             open.onsuccess = () => {
                 const all = open.result.transaction('records').objectStore('records').getAll();
                 all.onsuccess = () => { open.result.close(); done(JSON.stringify(all.result)); };
             };";
        let before = browser.script_async(upgrade).await;
        browser.sweep("Faith").await;
        browser.until_words_card().await;
        browser.card_tag("Actor").await;
        let alert = browser.alert().await;
        assert!(alert.contains("newer Pullquote"), "{alert}");
        browser
            .until(
                "the state",
                "return document.querySelector('[role=status]').textContent === 'Not saved'",
            )
            .await;
        let after = browser.script_async(upgrade).await;
        assert_eq!(before, after);
        // The work on the screen can be taken away.
        let (_, bytes) = browser.export().await;
        let file: Json = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(file["annotations"].as_array().map(Vec::len), Some(24));
    })
    .await;
}
