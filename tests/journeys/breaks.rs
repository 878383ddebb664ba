//! When the program breaks, and when the page is left too early.

use crate::stage::{Stage, key, perform, play};
use serde_json::{Value as Json, json};

/// The page is torn from under the program, as a hostile extension might do it.
/// What broke is said, and the work can be taken away as a file.
#[tokio::test]
async fn a_break_is_told_and_gives_the_work_as_a_file() {
    let (console, requests) = perform("breaks", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.saved().await;
        stage
            .script(
                // The row after the one that comes next.
                "document.body.append(document.querySelectorAll('.panel .line')[1]);",
                Vec::new(),
            )
            .await;
        stage.sweep("Barely a fortnight").await;
        stage.until_words_card().await;
        stage.card_tag("Event").await;
        stage
            .until(
                "the sentence",
                "return !document.querySelector('#stopped').hidden",
            )
            .await;
        stage.picture("stopped").await;
        let file = stage
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

/// A step that IndexedDB has not confirmed is in the tail, and comes back.
#[tokio::test]
async fn a_step_that_was_not_yet_confirmed_is_not_lost() {
    play("tail", async |stage| {
        let path = stage.file("a.txt", "Headline 🙂\n\nSome words to mark here.".as_bytes());
        stage.open_file(&path).await;
        stage.until("the article", "return !!document.querySelector('article p')").await;
        stage.saved().await;
        stage.mark("words", "Actor").await;
        stage.saved().await;
        // As if the browser had died between the two stores: the entry of the last
        // step goes from the journal into the tail.
        let moved = stage
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
        stage.reload().await;
        stage.until_marks(1).await;
        assert_eq!(stage.marks().await, [("actor".to_owned(), "words".to_owned())]);
        stage.saved().await;
        stage.reload().await;
        stage.until_marks(1).await;
    })
    .await;
}

/// Two tabs on one article: each shows what the other does, at once, and both save.
#[tokio::test]
async fn two_tabs_show_and_keep_the_steps_of_both() {
    play("tabs", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.saved().await;
        let first = stage.other_tab().await;
        stage.until_marks(23).await;
        stage.mark("Faith", "Actor").await;
        stage.saved().await;
        let second = stage.switch_tab(&first).await;
        stage.until_marks(24).await;
        stage.mark("telephones", "Place").await;
        stage.saved().await;
        stage.switch_tab(&second).await;
        stage.until_marks(25).await;
        // How long it takes, while both are there: from the step in this tab to the mark
        // in the other, by the clock that both share.
        stage
            .script(
                "const channel = new BroadcastChannel('test');
                 window.seen = null;
                 channel.onmessage = (event) => { window.seen = event.data - window.made; };
                 new MutationObserver(() => { window.made ??= Date.now(); })
                     .observe(document.querySelector('article'), { childList: true, subtree: true });",
                Vec::new(),
            )
            .await;
        stage.switch_tab(&first).await;
        stage
            .script(
                "const channel = new BroadcastChannel('test');
                 new MutationObserver(() => channel.postMessage(Date.now()))
                     .observe(document.querySelector('article'), { childList: true, subtree: true });",
                Vec::new(),
            )
            .await;
        stage.switch_tab(&second).await;
        stage.mark("calendar", "Event").await;
        stage.until("the news of the other tab", "return window.seen !== null").await;
        let millis = stage.script("return window.seen", Vec::new()).await;
        println!("a step is in the other tab after {millis} ms");
        // Undo in one takes back the last step, whichever tab did it.
        stage.switch_tab(&first).await;
        stage.until_marks(26).await;
        stage.press(&[key::CONTROL], 'z').await;
        stage.until_marks(25).await;
        stage.saved().await;
        stage.switch_tab(&second).await;
        stage.until_marks(25).await;
        stage.reload().await;
        stage.until_marks(25).await;
        let marks = stage.marks().await;
        assert!(marks.contains(&("actor".to_owned(), "Faith".to_owned())));
        assert!(marks.contains(&("place".to_owned(), "telephones".to_owned())));
        // And the way back is that of the article, not of the tab.
        for left in [24, 23] {
            stage.press(&[key::CONTROL], 'z').await;
            stage.until_marks(left).await;
        }
        stage.saved().await;
        stage.close_tab(&first).await;
    })
    .await;
}

/// Puts a fixture in the place of what the browser has stored: `version` of the storage
/// with stores of these names and records. Then opens the one of its two articles whose
/// title begins so.
async fn open_stored(stage: &Stage, version: u32, local: Json, stores: Json, title: &str) {
    stage.leave().await;
    stage
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
    stage.come_back().await;
    stage
        .until(
            "the articles",
            "return document.querySelectorAll('.shelf tbody tr').length === 2",
        )
        .await;
    stage.picture("library").await;
    stage
        .script(
            "[...document.querySelectorAll('.shelf th > a')].find((a) => a.textContent.startsWith(arguments[0])).click()",
            vec![title.into()],
        )
        .await;
}

/// What version 1 stored is there, with all its marks, and its stores are gone.
#[tokio::test]
async fn what_version_1_stored_is_upgraded() {
    play("upgrade", async |stage| {
        let fixture: Json =
            serde_json::from_str(include_str!("../fixtures/storage-1.json")).unwrap();
        let (local, stores) = (fixture["local"].clone(), fixture["stores"].clone());
        open_stored(stage, 1, local, stores, "Harbour").await;
        stage.until_marks(6).await;
        stage.saved().await;
        let held = stage
            .script(
                "return Object.keys(localStorage).filter((key) => key.startsWith('pullquote.tail.')).length",
                Vec::new(),
            )
            .await;
        assert_eq!(held, Json::from(0));
        for left in [6, 6, 5] {
            // The last two steps were keys of a note, the one before them a mark.
            stage.press(&[key::CONTROL], 'z').await;
            stage.until_marks(left).await;
        }
        stage.saved().await;
        stage.reload().await;
        stage.until_marks(5).await;
    })
    .await;
}

/// What version 2 stored is there, the entry that only `localStorage` had among it.
#[tokio::test]
async fn what_version_2_stored_is_upgraded() {
    play("upgrade-2", async |stage| {
        let fixture: Json =
            serde_json::from_str(include_str!("../fixtures/storage-2.json")).unwrap();
        let stores = json!({ "records": fixture["records"] });
        open_stored(stage, 2, fixture["local"].clone(), stores, "Talks").await;
        stage.until_marks(2).await;
        stage.saved().await;
        stage.press(&[key::CONTROL], 'z').await;
        stage.until_marks(1).await;
        stage.saved().await;
        stage.reload().await;
        stage.until_marks(1).await;
    })
    .await;
}

/// A tab that does not answer holds the storage in an older version: that is said, and when
/// it is gone all is well.
#[tokio::test]
async fn a_tab_that_holds_the_storage_is_told_of() {
    play("held", async |stage| {
        stage.leave().await;
        let hold = "const done = arguments[0];
             indexedDB.deleteDatabase('pullquote').onsuccess = () => {
                 const open = indexedDB.open('pullquote', 2);
                 open.onupgradeneeded = () => open.result.createObjectStore('records');
                 open.onsuccess = () => { window.held = open.result; done(true); };
             };";
        stage.script_async(hold).await;
        let app = stage.other_tab_at_the_library().await;
        stage
            .until(
                "the sentence",
                "return document.querySelector('.library .empty')?.textContent.includes('Close the other tabs of Pullquote')",
            )
            .await;
        stage.picture("told").await;
        stage.close_tab(&app).await;
        // The empty page has no icon of its own.
        stage.console().await;
        stage.reload().await;
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.saved().await;
    })
    .await;
}

/// A newer Pullquote in another tab has upgraded the storage: this one writes no more,
/// says so, and what is stored stays as the newer one left it.
#[tokio::test]
async fn an_older_version_does_not_write_into_what_a_newer_one_stores() {
    play("newer", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.saved().await;
        let upgrade = "const done = arguments[0];
             const open = indexedDB.open('pullquote', 99);
             open.onupgradeneeded = () => {};
             open.onsuccess = () => {
                 const all = open.result.transaction('records').objectStore('records').getAll();
                 all.onsuccess = () => { open.result.close(); done(JSON.stringify(all.result)); };
             };";
        let before = stage.script_async(upgrade).await;
        stage.sweep("Faith").await;
        stage.until_words_card().await;
        stage.card_tag("Actor").await;
        let alert = stage.alert().await;
        assert!(alert.contains("newer Pullquote"), "{alert}");
        stage
            .until(
                "the state",
                "return document.querySelector('[role=status]').textContent === 'Not saved'",
            )
            .await;
        let after = stage.script_async(upgrade).await;
        assert_eq!(before, after);
        // The work on the screen can be taken away.
        let (_, bytes) = stage.export().await;
        let file: Json = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(file["annotations"].as_array().map(Vec::len), Some(24));
    })
    .await;
}

/// A storage that says it is full: the user is told at once, the way out is offered, nothing that
/// was written earlier is harmed, and with more room all is kept.
#[tokio::test]
async fn a_full_storage_is_told_and_harms_nothing() {
    play("full", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.mark("Faith", "Actor").await;
        stage.saved().await;
        let all =
            "store.getAll().onsuccess = (all) => { said = JSON.stringify(all.target.result); };";
        let before = stage.records(all).await;
        stage
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
        stage.sweep("telephones").await;
        stage.until_words_card().await;
        stage.card_tag("Place").await;
        let alert = stage.alert().await;
        for part in [
            "Not saved",
            "storage is full",
            "Export it",
            "for good",
            "more room",
        ] {
            assert!(alert.contains(part), "{alert}");
        }
        stage.picture("told").await;
        stage.until_marks(25).await;
        stage.mark("calendar", "Event").await;
        let state = "return document.querySelector('[role=status]').textContent === 'Not saved'";
        stage.until("the state", state).await;
        assert_eq!(stage.records(all).await, before);
        let (_, bytes) = stage.export().await;
        let file: Json = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(file["annotations"].as_array().map(Vec::len), Some(26));
        stage.script("window.full = false", Vec::new()).await;
        stage.button("Try again").await;
        stage.saved().await;
        stage
            .until(
                "no alert",
                "return document.querySelector('.notices [role=alert]').textContent === ''",
            )
            .await;
        stage.reload().await;
        stage.until_marks(26).await;
    })
    .await;
}

/// A garbled entry costs that entry; its bytes are set aside, not dropped.
#[tokio::test]
async fn a_garbled_entry_is_told_and_set_aside() {
    play("garbled", async |stage| {
        let path = stage.file("a.txt", "Headline 🙂\n\nSome words to mark here.".as_bytes());
        stage.open_file(&path).await;
        stage
            .until("the article", "return !!document.querySelector('article p')")
            .await;
        stage.mark("words", "Actor").await;
        stage.mark("here", "Place").await;
        stage.mark("mark", "Event").await;
        stage.saved().await;
        let garbled = "store.getAllKeys(IDBKeyRange.bound('step/', 'step/~')).onsuccess = (keys) => {
                 store.put('{garbled', keys.target.result.at(-2));
                 said = keys.target.result.length;
             };";
        assert_eq!(stage.records(garbled).await, Json::from(3));
        stage.reload().await;
        stage.until_marks(2).await;
        assert!(stage.alert().await.contains("step 2 is damaged"));
        stage.saved().await;
        let aside = "store.getAll(IDBKeyRange.bound('aside/', 'aside/~')).onsuccess = (all) => { said = all.target.result; };";
        stage
            .until_records("what is set aside", aside, &serde_json::json!(["{garbled"]))
            .await;
        // What comes later is kept as ever.
        stage.mark("Some", "Event").await;
        stage.saved().await;
        stage.reload().await;
        stage.until_marks(3).await;
        // And what was set aside can be taken out.
        stage.click_on(".bar .name").await;
        stage
            .until(
                "the damaged records",
                "return document.querySelector('.safekeeping')?.textContent.includes('One record could not be read')",
            )
            .await;
        let (_, bytes) = stage.file_of_button("Download them").await;
        let file: Json = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(file[0]["record"], Json::from("{garbled"));
        assert!(file[0]["key"].as_str().unwrap().starts_with("step/"));
        stage.button("Delete them for good").await;
        stage.until_records("nothing set aside", aside, &serde_json::json!([])).await;
    })
    .await;
}
