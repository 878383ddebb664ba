//! Files that the page opens, and files that it downloads.

use super::{Browser, PATIENCE};
use fantoccini::Locator;
use pullquote_core::model::document::Document;
use pullquote_formats::document_file::write_document;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

impl Browser {
    /// The content of the file at a link of this page; `address` is a script's expression.
    pub(crate) async fn rescued_file(&self, address: &str) -> String {
        let script = format!(
            "const done = arguments[0];
             const link = document.createElement('a');
             link.href = {address};
             link.download = 'rescued.json';
             document.body.append(link);
             link.click();
             done(link.href);"
        );
        let href = self.script_async(&script).await;
        assert!(
            href.as_str().is_some_and(|href| href.starts_with("blob:")),
            "{href}"
        );
        String::from_utf8(self.download().await.1).expect("the file is UTF-8")
    }

    /// Waits until a file was downloaded. Returns its name and bytes.
    async fn download(&self) -> (String, Vec<u8>) {
        let start = Instant::now();
        loop {
            // A file has another name while it is being downloaded.
            let whole = |path: &PathBuf| {
                let is_coming = path.extension().is_some_and(|it| it == "crdownload");
                let is_hidden = path
                    .file_name()
                    .is_none_or(|it| it.as_encoded_bytes()[0] == b'.');
                !is_coming && !is_hidden
            };
            if let Some(path) = self.downloads().into_iter().find(whole)
                && let Ok(bytes) = std::fs::read(&path)
                && !bytes.is_empty()
            {
                let name = path
                    .file_name()
                    .map(|name| name.to_string_lossy().into_owned());
                return (name.unwrap_or_default(), bytes);
            }
            assert!(start.elapsed() < PATIENCE, "{}: no file came", self.name);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Opens a text as a file, and waits until it is shown.
    pub(crate) async fn open_text(&self, text: &str) {
        let path = self.file("a text.txt", text.as_bytes());
        self.open_file(&path).await;
        self.until(
            "the article",
            "return !!document.querySelector('article p')",
        )
        .await;
    }

    /// Opens a document as its file, and waits until its marks are shown.
    pub(crate) async fn open_document(&self, document: &Document) {
        let path = self.file("a.pullquote.json", write_document(document).as_bytes());
        self.open_file(&path).await;
        self.until(
            "the article",
            "return !!document.querySelector('article mark')",
        )
        .await;
    }

    /// Chooses a file in the input with the label `Open files`.
    pub(crate) async fn open_file(&self, path: &Path) {
        self.take_file("Open files", path).await;
    }

    /// Chooses a file in the input with this label.
    pub(crate) async fn take_file(&self, label: &str, path: &Path) {
        let input = format!("input[type=file][aria-label='{label}']");
        let input = self
            .client
            .find(Locator::Css(&input))
            .await
            .expect("there is a file input");
        let path = path.canonicalize().expect("the file is there");
        let path = path.to_str().expect("the path is UTF-8");
        input.send_keys(path).await.expect("the input takes a file");
    }

    /// Clicks Export and waits for the file. Returns its name and bytes.
    pub(crate) async fn export(&self) -> (String, Vec<u8>) {
        self.file_of_button("Export").await
    }

    /// Clicks a button that downloads a file, and waits for it. Returns its name and bytes.
    pub(crate) async fn file_of_button(&self, button: &str) -> (String, Vec<u8>) {
        self.forget_downloads();
        self.button(button).await;
        self.download().await
    }

    /// Presses a key that downloads a file, and waits for it. Returns its name and bytes.
    pub(crate) async fn file_of_key(&self, key: char) -> (String, Vec<u8>) {
        self.forget_downloads();
        self.press(&[], key).await;
        self.download().await
    }

    fn forget_downloads(&self) {
        for old in self.downloads() {
            let _ = std::fs::remove_file(old);
        }
    }

    /// The files that were downloaded or are being downloaded.
    pub(crate) fn downloads(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&self.downloads).expect("the folder is there");
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        paths.filter(|path| path.is_file()).collect()
    }

    /// Writes a file for this journey to open.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let folder = self.downloads.join("given");
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("a file can be written");
        path
    }
}
