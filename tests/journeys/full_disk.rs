//! The browser's profile on a disk that is really full.

use crate::browser::Browser;
use serde_json::Value as Json;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small file system, unmounted when this value is dropped.
struct Disk(PathBuf);

impl Disk {
    fn new(megabytes: u32, name: &str) -> Self {
        let place =
            std::env::temp_dir().join(format!("pullquote-disk-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&place).unwrap();
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(&place)
            .status();
        assert!(
            mounted.is_ok_and(|it| it.success()),
            "a file system can be mounted"
        );
        Self(place)
    }

    /// Leaves no byte free.
    fn fill(&self) {
        let mut file = std::fs::OpenOptions::new();
        let file = file.create(true).append(true).open(self.0.join("fill"));
        let mut file = file.unwrap();
        for size in [1 << 20, 4_096, 1] {
            let block = vec![0; size];
            while file.write_all(&block).is_ok() {}
        }
    }

    fn make_room(&self) {
        std::fs::remove_file(self.0.join("fill")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
        let _ = std::fs::remove_dir(&self.0);
    }
}

async fn marks(browser: &Browser) -> usize {
    browser.marks().await.len()
}

async fn is_not_saved(browser: &Browser) -> bool {
    let state = "return document.querySelector('[role=status]').textContent === 'Not saved'";
    browser.script(state, Vec::new()).await == true
}

/// Does something that makes the app save, and waits until the app has tried: until the status
/// region has changed, and then says that the work is saved, or that it is not.
async fn until_tried(browser: &Browser, action: impl AsyncFnOnce()) {
    let watch = "window.states = [];
         const status = document.querySelector('[role=status]');
         const note = () => states.push(status.textContent);
         new MutationObserver(note).observe(status, { characterData: true, childList: true, subtree: true });";
    browser.script(watch, Vec::new()).await;
    action().await;
    let tried = "return ['Saved', 'Not saved'].includes(states.at(-1))";
    browser.until("an attempt to save", tried).await;
}

/// Opens a browser on this disk and saves 24 marks; then fills the disk and marks words until
/// the page says that it cannot save them. Returns the browser and the number of marks.
async fn fill_up(disk: &Disk, profile: &Path) -> (Browser, usize) {
    std::fs::create_dir_all(profile).unwrap();
    let browser = Browser::open_in("disk", Some(profile)).await;
    browser.button("Open the sample").await;
    browser.until_marks(23).await;
    browser.mark("Faith", "Actor").await;
    browser.saved().await;
    // The browser may still have blocks of its own to write to.
    let words = ["telephones", "calendar", "frontier", "trust", "borders"];
    let mut made = 24;
    for (number, word) in words.iter().enumerate() {
        disk.fill();
        browser.mark(word, "Place").await;
        made += 1;
        let note = format!("note {number} ").repeat(4_000);
        browser.open_note().await;
        let script = "const box = document.querySelector('.card textarea');
             const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
             set.call(box, arguments[0]);
             box.dispatchEvent(new InputEvent('input', { bubbles: true }));";
        if is_not_saved(&browser).await {
            break;
        }
        until_tried(&browser, async || {
            browser.script(script, vec![note.into()]).await;
        })
        .await;
        if is_not_saved(&browser).await {
            break;
        }
    }
    assert!(is_not_saved(&browser).await, "the disk was never full");
    (browser, made)
}

/// Opens the article in a new browser on the same profile, and waits for its marks.
async fn find_again(profile: &Path, marks: usize) {
    let browser = Browser::open_in("disk", Some(profile)).await;
    let line = "return !!document.querySelector('.shelf th > a')";
    browser.until("the article", line).await;
    let open = "document.querySelector('.shelf th > a').click()";
    browser.script(open, Vec::new()).await;
    browser.until_marks(marks).await;
    browser.close().await;
}

/// The user is told at once that the disk is full. The work stays on the screen and can be
/// exported, earlier records stay intact, and with room again everything is saved, even if the
/// browser is killed and started again.
#[tokio::test]
#[ignore = "mounts a file system, for which it must be root: `cargo xtask test disk`"]
async fn a_full_disk_loses_nothing() {
    let disk = Disk::new(160, "told");
    let profile: &Path = &disk.0.join("profile");
    let (browser, made) = fill_up(&disk, profile).await;
    let alert = browser.alert().await;
    for part in ["Not saved", "disk is full", "Export it", "32 MB"] {
        assert!(alert.contains(part), "{alert}");
    }
    println!("told after {} further marks: {alert}", made - 24);
    browser.picture("told").await;
    assert_eq!(marks(&browser).await, made);
    let (_, file) = browser.export().await;
    let file: Json = serde_json::from_slice(&file).unwrap();
    assert_eq!(file["annotations"].as_array().map(Vec::len), Some(made));
    // A second attempt on the full disk fails with the same message and loses nothing.
    for _ in 0..2 {
        disk.fill();
        until_tried(&browser, async || browser.button("Try again").await).await;
        assert!(is_not_saved(&browser).await);
        assert_eq!(marks(&browser).await, made);
    }
    disk.make_room();
    browser.button("Try again").await;
    browser.saved().await;
    browser.reload().await;
    browser.until_marks(made).await;
    // Later work is saved as usual.
    browser.mark("concrete", "Event").await;
    browser.saved().await;
    browser.kill();
    find_again(profile, made + 1).await;
}

/// The browser is killed while the disk is full. Everything that the app called saved is there
/// once the disk has room.
#[tokio::test]
#[ignore = "mounts a file system, for which it must be root: `cargo xtask test disk`"]
async fn a_browser_killed_on_a_full_disk_keeps_saved_work() {
    for tries in [0, 1, 3] {
        let disk = Disk::new(160, "killed");
        let profile: &Path = &disk.0.join("profile");
        let (browser, made) = fill_up(&disk, profile).await;
        for _ in 0..tries {
            disk.fill();
            until_tried(&browser, async || browser.button("Try again").await).await;
        }
        browser.kill();
        disk.make_room();
        // The mark that was not called saved may have been in the pending log.
        let browser = Browser::open_in("disk", Some(profile)).await;
        let line = "return !!document.querySelector('.shelf th > a')";
        browser.until("the article", line).await;
        let open = "document.querySelector('.shelf th > a').click()";
        browser.script(open, Vec::new()).await;
        let there = format!(
            "return new Set([...document.querySelectorAll('article mark')].map((m) => m.dataset.annotation)).size >= {}",
            made - 1
        );
        browser.until("what was saved", &there).await;
        println!(
            "{tries} tries: {made} made, {} there",
            marks(&browser).await
        );
        browser.close().await;
    }
}
