//! A disk that is really full, under the browser's profile.

use crate::stage::Stage;
use serde_json::Value as Json;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small file system of its own; gone with this value.
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

async fn marks(stage: &Stage) -> usize {
    stage.marks().await.len()
}

async fn is_not_saved(stage: &Stage) -> bool {
    let state = "return document.querySelector('[role=status]').textContent === 'Not saved'";
    stage.script(state, Vec::new()).await == true
}

/// A browser on this disk, with 24 marks that are kept; then the disk is filled and words
/// are marked until the page says that it cannot keep them. How many marks there are.
async fn fill_up(disk: &Disk, profile: &Path) -> (Stage, usize) {
    std::fs::create_dir_all(profile).unwrap();
    let stage = Stage::open_in("disk", Some(profile)).await;
    stage.button("Open the sample").await;
    stage.until_marks(23).await;
    stage.mark("Faith", "Actor").await;
    stage.saved().await;
    // The browser may have some blocks of its own left to write to.
    let words = ["telephones", "calendar", "frontier", "trust", "borders"];
    let mut made = 24;
    for (number, word) in words.iter().enumerate() {
        disk.fill();
        stage.mark(word, "Place").await;
        made += 1;
        let note = format!("note {number} ").repeat(4_000);
        let script = "const box = document.querySelector('.card textarea');
             const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
             set.call(box, arguments[0]);
             box.dispatchEvent(new InputEvent('input', { bubbles: true }));";
        stage.script(script, vec![note.into()]).await;
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        if is_not_saved(&stage).await {
            break;
        }
    }
    assert!(is_not_saved(&stage).await, "the disk was never full");
    (stage, made)
}

/// Opens the article in a new browser on the same profile, and waits for its marks.
async fn find_again(profile: &Path, marks: usize) {
    let stage = Stage::open_in("disk", Some(profile)).await;
    let line = "return !!document.querySelector('.shelf th > a')";
    stage.until("the article", line).await;
    let open = "document.querySelector('.shelf th > a').click()";
    stage.script(open, Vec::new()).await;
    stage.until_marks(marks).await;
    stage.close().await;
}

/// On a disk that is really full: told at once, the work stays on the screen and can be
/// exported, what was written before is whole, and with room again all is kept, also
/// when the browser is killed and started again.
#[tokio::test]
#[ignore = "mounts a file system, for which it must be root: `cargo xtask test disk`"]
async fn a_full_disk_is_told_and_harms_nothing() {
    let disk = Disk::new(160, "told");
    let profile: &Path = &disk.0.join("profile");
    let (stage, made) = fill_up(&disk, profile).await;
    let alert = stage.alert().await;
    for part in ["Not saved", "disk is full", "Export it", "32 MB"] {
        assert!(alert.contains(part), "{alert}");
    }
    println!("told after {} further marks: {alert}", made - 24);
    stage.picture("told").await;
    assert_eq!(marks(&stage).await, made);
    let (_, file) = stage.export().await;
    let file: Json = serde_json::from_slice(&file).unwrap();
    assert_eq!(file["annotations"].as_array().map(Vec::len), Some(made));
    // Another try on the full disk is told again, and harms nothing either.
    for _ in 0..2 {
        disk.fill();
        stage.button("Try again").await;
        tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
        assert!(is_not_saved(&stage).await);
        assert_eq!(marks(&stage).await, made);
    }
    disk.make_room();
    stage.button("Try again").await;
    stage.saved().await;
    stage.reload().await;
    stage.until_marks(made).await;
    // What comes later is kept as ever.
    stage.mark("concrete", "Event").await;
    stage.saved().await;
    stage.kill();
    find_again(profile, made + 1).await;
}

/// Killed while the disk is full: what was called saved is there when there is room.
#[tokio::test]
#[ignore = "mounts a file system, for which it must be root: `cargo xtask test disk`"]
async fn a_browser_that_is_killed_on_a_full_disk_has_kept_what_was_saved() {
    for tries in [0, 1, 3] {
        let disk = Disk::new(160, "killed");
        let profile: &Path = &disk.0.join("profile");
        let (stage, made) = fill_up(&disk, profile).await;
        for _ in 0..tries {
            disk.fill();
            stage.button("Try again").await;
            tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        }
        stage.kill();
        disk.make_room();
        // The mark that was not called saved stood in the tail, or did not.
        let stage = Stage::open_in("disk", Some(profile)).await;
        let line = "return !!document.querySelector('.shelf th > a')";
        stage.until("the article", line).await;
        let open = "document.querySelector('.shelf th > a').click()";
        stage.script(open, Vec::new()).await;
        let there = format!(
            "return new Set([...document.querySelectorAll('article mark')].map((m) => m.dataset.annotation)).size >= {}",
            made - 1
        );
        stage.until("what was saved", &there).await;
        println!("{tries} tries: {made} made, {} there", marks(&stage).await);
        stage.close().await;
    }
}
