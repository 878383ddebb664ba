//! Copies outside the browser: a backup and restoring it, the backup folder, and whether the
//! browser keeps the storage. Also restoring an earlier state from the history.

use crate::browser::{Browser, key, perform, play};
use serde_json::Value as Json;

async fn go_to_the_library(browser: &Browser) {
    browser.click_on(".bar .name").await;
    browser
        .until("the library", "return !!document.querySelector('.library')")
        .await;
}

async fn restore(browser: &Browser, path: &std::path::Path) {
    browser.open_file(path).await;
    browser
        .until(
            "what the backup would do",
            "return document.activeElement?.id === 'transfer-title' && !!document.querySelector('.transfer-actions')",
        )
        .await;
}

async fn transfer(browser: &Browser) -> String {
    let text = browser
        .script(
            "return document.querySelector('.transfer').innerText",
            Vec::new(),
        )
        .await;
    text.as_str().unwrap_or_default().to_owned()
}

/// One browser writes a backup. Another one, with its own profile, restores it, changes it, and
/// writes a backup for the first one. The newer version wins, and the merge can be undone.
#[tokio::test]
async fn a_backup_carries_a_library_to_another_browser_and_back() {
    play("backup", async |browser| {
        let path = browser.file("a.txt", "Headline 🙂\n\nSome words to mark here.".as_bytes());
        browser.open_file(&path).await;
        browser.until("the article", "return !!document.querySelector('article p')").await;
        browser.mark("words", "Actor").await;
        browser.mark("here", "Place").await;
        browser.saved().await;
        go_to_the_library(browser).await;
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        go_to_the_library(browser).await;
        browser.picture("library").await;
        let (name, base) = browser.file_of_button("Back up everything").await;
        assert!(name.starts_with("pullquote-library-") && name.ends_with(".pullquote.jsonl"), "{name}");
        let lines: Vec<&str> = std::str::from_utf8(&base).unwrap().lines().collect();
        assert_eq!(lines.len(), 4);
        let schema = include_str!("../../schema/pullquote-backup-1.schema.json");
        let schema = serde_json::from_str(schema).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for line in &lines {
            assert!(validator.is_valid(&serde_json::from_str(line).unwrap()), "{line}");
        }
        browser
            .until(
                "the age of the copies",
                "return [...document.querySelectorAll('td[data-label=\"Copy outside\"]')].every((td) => td.textContent === 'now')",
            )
            .await;

        let other = Browser::open("backup-other").await;
        let file = other.file(&name, &base);
        restore(&other, &file).await;
        other.picture("asked").await;
        let said = transfer(&other).await;
        for part in ["2 articles new here", "new here, 2 marks", "new here, 23 marks"] {
            assert!(said.contains(part), "{said}");
        }
        let count = "store.count().onsuccess = (count) => { said = count.target.result; };";
        assert_eq!(other.records(count).await, Json::from(0), "nothing is written before it is asked");
        other.button("Restore pullquote-library").await;
        other.until("what was done", "return document.querySelector('.transfer h2')?.textContent.endsWith('was restored')").await;
        other.picture("done").await;
        other.button("Done").await;
        other.script("[...document.querySelectorAll('.shelf th > a')].find((a) => a.textContent.startsWith('Headline')).click()", Vec::new()).await;
        other.until_marks(2).await;
        other.mark("Some", "Event").await;
        other.open_card("here").await;
        other.press(&[], key::DELETE).await;
        other.until_marks(2).await;
        other.saved().await;
        go_to_the_library(&other).await;
        let (_, newer) = other.file_of_button("Back up everything").await;
        // Restoring what is already here changes nothing.
        let file = other.file("same.pullquote.jsonl", &newer);
        restore(&other, &file).await;
        assert!(transfer(&other).await.contains("Everything in it is here already."));
        other.close().await;

        let file = browser.file("newer.pullquote.jsonl", &newer);
        restore(browser, &file).await;
        let said = transfer(browser).await;
        for part in ["1 article with something newer", "1 mark added, 1 mark deleted", "1 article with nothing newer"] {
            assert!(said.contains(part), "{said}");
        }
        browser.dark(true).await;
        browser.size(390, 844).await;
        browser.picture("asked-390-dark").await;
        browser.size(1440, 900).await;
        browser.dark(false).await;
        browser.button("Restore newer").await;
        browser.until("what was done", "return document.querySelector('.transfer h2')?.textContent.endsWith('was restored')").await;
        browser.button("Done").await;
        browser.script("[...document.querySelectorAll('.shelf th > a')].find((a) => a.textContent.startsWith('Headline')).click()", Vec::new()).await;
        browser.until_marks(2).await;
        let marks = browser.marks().await;
        assert_eq!(marks[0].1, "Some");
        browser.button("Undo: restore from a backup").await;
        browser.until("the mark that the other browser deleted", "return [...document.querySelectorAll('article mark')].some((m) => m.textContent === 'here')").await;
        browser.saved().await;
    })
    .await;
}

/// Without workers, the program that writes backups runs in the window.
#[tokio::test]
async fn without_workers_a_backup_is_written_and_restored() {
    let (console, requests) = perform("backup-window", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        browser
            .script(
                "delete window.Worker; window.Worker = undefined",
                Vec::new(),
            )
            .await;
        go_to_the_library(browser).await;
        let (name, backup) = browser.file_of_button("Back up everything").await;
        let file = browser.file(&name, &backup);

        let other = Browser::open("backup-window-other").await;
        other
            .script(
                "delete window.Worker; window.Worker = undefined",
                Vec::new(),
            )
            .await;
        restore(&other, &file).await;
        assert!(transfer(&other).await.contains("new here, 23 marks"));
        other.button("Restore pullquote-library").await;
        let is_done =
            "return document.querySelector('.transfer h2')?.textContent.endsWith('was restored')";
        other.until("what was done", is_done).await;
        other.button("Done").await;
        let open = "document.querySelector('.shelf th > a').click()";
        other.script(open, Vec::new()).await;
        other.until_marks(23).await;
        other.close().await;
    })
    .await;
    assert!(console.is_empty(), "{console:#?}");
    // The script is requested again, as a module of the window.
    let is_script = |address: &String| address.contains("/pullquote-datasets.js?");
    assert!(requests.iter().all(is_script), "{requests:#?}");
}

/// A truncated backup is reported, and its whole lines are restored. A file that is no backup is
/// refused.
#[tokio::test]
async fn a_truncated_backup_restores_its_whole_lines() {
    play("cut-backup", async |browser| {
        for _ in 0..2 {
            browser.button("Open the sample").await;
            browser.until_marks(23).await;
            browser.saved().await;
            go_to_the_library(browser).await;
        }
        let (_, file) = browser.file_of_button("Back up everything").await;
        let cut = browser.file("cut.pullquote.jsonl", &file[..file.len() * 3 / 4]);
        let other = Browser::open("cut-backup-other").await;
        restore(&other, &cut).await;
        let said = transfer(&other).await;
        for part in ["incomplete or was changed", "Line 3", "1 article new here"] {
            assert!(said.contains(part), "{said}");
        }
        other.picture("asked").await;
        other.button("Restore cut").await;
        other
            .until(
                "the article",
                "return document.querySelectorAll('.shelf tbody tr').length === 1",
            )
            .await;
        let newer =
            String::from_utf8(file)
                .unwrap()
                .replacen("\"version\": 1", "\"version\": 7", 1);
        let newer = other.file("newer.pullquote.jsonl", newer.as_bytes());
        other.open_file(&newer).await;
        assert!(other.alert().await.contains("newer Pullquote (version 7"));
        other.close().await;
    })
    .await;
}

/// The names and contents of the files in the folder. It is in the browser's private file system,
/// because no driver can choose a folder in the browser's dialog.
async fn in_the_folder(browser: &Browser) -> Json {
    browser
        .script_async(
            "const done = arguments[0];
             (async () => {
                 const root = await navigator.storage.getDirectory();
                 const folder = await root.getDirectoryHandle('copies', { create: true });
                 const files = {};
                 for await (const [name, handle] of folder.entries())
                     files[name] = await (await handle.getFile()).text();
                 done(files);
             })().catch(() => done(null)); // A file may go while it is looked at.",
        )
        .await
}

async fn until_in_the_folder(
    browser: &Browser,
    what: &str,
    is: impl Fn(&serde_json::Map<String, Json>) -> bool,
) {
    for _ in 0..300 {
        if in_the_folder(browser).await.as_object().is_some_and(&is) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!(
        "waited in vain for {what}: {}",
        in_the_folder(browser).await
    );
}

#[tokio::test]
async fn a_folder_is_kept_up_to_date_by_itself() {
    play("folder", async |browser| {
        let path = browser.file("a.txt", "Headline 🙂\n\nSome words to mark here.".as_bytes());
        browser.open_file(&path).await;
        browser.until("the article", "return !!document.querySelector('article p')").await;
        browser.mark("words", "Actor").await;
        browser.saved().await;
        go_to_the_library(browser).await;
        browser
            .script(
                "window.showDirectoryPicker = async () =>
                     (await navigator.storage.getDirectory()).getDirectoryHandle('copies', { create: true });",
                Vec::new(),
            )
            .await;
        browser.button("Choose a folder").await;
        until_in_the_folder(browser, "the article", |files| files.len() == 1).await;
        browser
            .until(
                "the folder's state",
                "return document.querySelector('.safekeeping').textContent.includes('“copies” is updated automatically. Last update: now')",
            )
            .await;
        browser.picture("chosen").await;
        let marks_of = |files: &serde_json::Map<String, Json>| {
            let file = files.values().next().and_then(Json::as_str).unwrap_or("{}").to_owned();
            let file: Json = serde_json::from_str(&file).unwrap_or_default();
            file["annotations"].as_array().map_or(0, Vec::len)
        };
        // Every later change goes there, also after a reload.
        browser.script("document.querySelector('.shelf th > a').click()", Vec::new()).await;
        browser.until_marks(1).await;
        browser.mark("here", "Place").await;
        browser.saved().await;
        until_in_the_folder(browser, "the second mark", |files| files.len() == 1 && marks_of(files) == 2).await;
        browser
            .until("the copy's age", "return document.querySelector('.bar .copy b')?.textContent === 'now'")
            .await;
        browser.reload().await;
        browser.until_marks(2).await;
        browser.mark("mark", "Event").await;
        browser.saved().await;
        until_in_the_folder(browser, "the third mark", |files| files.len() == 1 && marks_of(files) == 3).await;
        // With a new title the file has a new name, and the old file is removed.
        go_to_the_library(browser).await;
        browser.button("Rename Headline").await;
        browser.until("the box", "return document.activeElement?.id === 'title-box'").await;
        browser.script("document.querySelector('#title-box').select()", Vec::new()).await;
        browser.type_text("#title-box", "Better").await;
        browser.press(&[], key::ENTER).await;
        until_in_the_folder(browser, "the new name", |files| {
            files.len() == 1 && files.keys().all(|name| name.starts_with("Better."))
        })
        .await;
        // A missing folder is reported once, and nothing is lost here.
        browser
            .script_async(
                "const done = arguments[0];
                 navigator.storage.getDirectory()
                     .then((root) => root.removeEntry('copies', { recursive: true }))
                     .then(() => done(true));",
            )
            .await;
        browser.button("Delete Better").await;
        browser.button("Undo").await;
        browser.script("document.querySelector('.shelf th > a').click()", Vec::new()).await;
        browser.until_marks(3).await;
        browser.mark("Some", "Event").await;
        browser.saved().await;
        assert!(browser.alert().await.contains("The folder could not be brought up to date"));
        go_to_the_library(browser).await;
        browser.button("Stop").await;
        browser.until("no folder", "return [...document.querySelectorAll('.safekeeping button')].some((b) => b.textContent === 'Choose a folder')").await;
        browser.reload().await;
        browser.until("no folder", "return [...document.querySelectorAll('.safekeeping button')].some((b) => b.textContent === 'Choose a folder')").await;
    })
    .await;
}

/// At the first mark the browser is asked to keep the storage, and its answer is shown.
#[tokio::test]
async fn the_library_shows_whether_storage_is_persistent() {
    play("promise", async |browser| {
        browser
            .script(
                "window.asked = 0; window.answer = true;
                 navigator.storage.persist = async () => { window.asked++; return window.answer; };
                 navigator.storage.persisted = async () => window.asked > 0 && window.answer;",
                Vec::new(),
            )
            .await;
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        assert_eq!(browser.script("return window.asked", Vec::new()).await, Json::from(0));
        browser.mark("telephones", "Place").await;
        let answered = "return window.asked === 1 && document.querySelectorAll('.notice').length === 0";
        browser.until("the answer, and no notice over the text", answered).await;
        browser.mark("calendar", "Event").await;
        assert_eq!(browser.script("return window.asked", Vec::new()).await, Json::from(1));
        go_to_the_library(browser).await;
        let line = "const text = document.querySelector('.safekeeping').textContent;
                    return text.includes('keeps this data until you delete it') && /In use: [0-9.]+ [kM]?B/.test(text.replace('bytes', 'B'))";
        browser.until("the answer in the library", line).await;
    })
    .await;
}

/// Every earlier state can be shown and restored; restoring it is a step of its own.
#[tokio::test]
async fn an_earlier_state_is_restored_from_the_history() {
    play("history", async |browser| {
        let path = browser.file("a.txt", "Headline 🙂\n\nSome words to mark here.".as_bytes());
        browser.open_file(&path).await;
        browser.until("the article", "return !!document.querySelector('article p')").await;
        browser.mark("words", "Actor").await;
        browser.mark("here", "Place").await;
        browser.open_card("words").await;
        browser.press(&[], key::DELETE).await;
        browser.until_marks(1).await;
        browser.saved().await;
        browser.reload().await;
        browser.until_marks(1).await;
        browser.button("History").await;
        browser.until("the steps", "return document.querySelectorAll('.step-row').length === 4").await;
        let size = "return /3 steps take [0-9.]+ kB/.test(document.querySelector('.panel').textContent)";
        browser.until("the size of the history", size).await;
        browser.picture("steps").await;
        browser.script("[...document.querySelectorAll('.step-row')].find((b) => b.textContent.includes('here')).click()", Vec::new()).await;
        browser.until_marks(2).await;
        browser.picture("earlier").await;
        // Nothing can be changed in an earlier state.
        browser.press(&[], key::DELETE).await;
        browser.until_marks(2).await;
        browser.button("Restore this version").await;
        browser.until("the present", "return !document.querySelector('.past')").await;
        browser.until_marks(2).await;
        browser.saved().await;
        browser.reload().await;
        browser.until_marks(2).await;
        browser.button("Undo: restore").await;
        browser.until_marks(1).await;
        browser.size(390, 844).await;
        browser.dark(true).await;
        browser.button("List of marks").await;
        browser.button("History").await;
        browser.until("the six steps", "return document.querySelectorAll('.step-row').length === 6").await;
        browser.picture("steps-390-dark").await;
        // On a narrow screen, the text replaces the list of steps.
        browser.script("document.querySelectorAll('.step-row')[2].click()", Vec::new()).await;
        browser.until("the earlier state", "const r = document.querySelector('.past')?.getBoundingClientRect();
             return !!r && document.elementFromPoint(r.left + 20, r.top + r.height / 2)?.closest('.past') !== null").await;
        browser.picture("earlier-390-dark").await;
        browser.button("Back to current").await;
        browser.button("List of marks").await;
        browser.size(1920, 1080).await;
        browser.picture("steps-1920-dark").await;
    })
    .await;
}
