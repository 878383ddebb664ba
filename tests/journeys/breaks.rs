//! When the program breaks, and when the page is left too early.

use crate::stage::{perform, play};
use serde_json::Value as Json;

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
                "document.body.append(document.querySelectorAll('.mark-row')[1]);",
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
            .script_async(
                "const done = arguments[0];
                 const open = indexedDB.open('pullquote');
                 open.onsuccess = () => {
                     const tx = open.result.transaction('journal', 'readwrite');
                     const store = tx.objectStore('journal');
                     const all = store.getAll();
                     store.getAllKeys().onsuccess = (keys) => {
                         const [article, number] = keys.target.result.at(-1);
                         localStorage.setItem(`pullquote.tail.${article}.${number}`, all.result.at(-1));
                         store.delete([article, number]);
                     };
                     tx.oncomplete = () => { open.result.close(); done(all.result.length); };
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

/// Two tabs on one article: the second to save a step is told, and harms nothing.
#[tokio::test]
async fn another_tab_is_not_written_over() {
    play("tabs", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.saved().await;
        let first = stage.other_tab().await;
        stage.until_marks(23).await;
        stage.mark("Faith", "Actor").await;
        stage.saved().await;
        let second = stage.switch_tab(&first).await;
        stage.mark("telephones", "Place").await;
        assert!(stage.alert().await.contains("another tab"));
        stage
            .until(
                "the state",
                "return document.querySelector('[role=status]').textContent === 'Not saved'",
            )
            .await;
        stage.switch_tab(&second).await;
        stage.reload().await;
        stage.until_marks(24).await;
        let marks = stage.marks().await;
        assert!(marks.contains(&("actor".to_owned(), "Faith".to_owned())));
        // What was refused is in the first tab's hands until it is exported.
        stage.close_tab(&first).await;
    })
    .await;
}

/// A garbled entry costs what was built on it; its bytes are set aside, not dropped.
#[tokio::test]
async fn a_garbled_entry_is_told_and_set_aside() {
    play("garbled", async |stage| {
        let path = stage.file("a.txt", "Headline 🙂\n\nSome words to mark here.".as_bytes());
        stage.open_file(&path).await;
        stage.until("the article", "return !!document.querySelector('article p')").await;
        stage.mark("words", "Actor").await;
        stage.mark("here", "Place").await;
        stage.saved().await;
        let script = |work: &str| {
            format!(
                "const done = arguments[0];
                 const open = indexedDB.open('pullquote');
                 open.onsuccess = () => {{
                     const tx = open.result.transaction('journal', 'readwrite');
                     const store = tx.objectStore('journal');
                     let said = null;
                     store.getAllKeys().onsuccess = (keys) => {{ keys = keys.target.result; {work} }};
                     tx.oncomplete = () => {{ open.result.close(); done(said); }};
                 }};"
            )
        };
        stage.script_async(&script("store.put('{garbled', keys.at(-1)); said = keys.length;")).await;
        stage.reload().await;
        stage.until_marks(1).await;
        assert!(stage.alert().await.contains("damaged"));
        stage.saved().await;
        let aside = "const key = keys.find((key) => key[0].endsWith('.aside'));
             if (key) store.get(key).onsuccess = (got) => { said = [key[1], got.target.result]; };";
        let aside = stage.script_async(&script(aside)).await;
        assert_eq!(aside, serde_json::json!([2, "{garbled"]));
        // What comes later is kept as ever.
        stage.mark("Some", "Event").await;
        stage.saved().await;
        stage.reload().await;
        stage.until_marks(2).await;
    })
    .await;
}
