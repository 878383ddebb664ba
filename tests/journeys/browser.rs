//! A real Chromium with a fresh profile, driven over WebDriver: real pointer and
//! key events, and what the page says of itself.

use fantoccini::wd::{PrintConfiguration, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use futures_util::FutureExt as _;
use hyper_util::client::legacy::connect::HttpConnector;
use pullquote_core::model::document::Document;
use pullquote_formats::document_file::write_document;

use serde_json::{Value as Json, json};
use std::net::TcpListener;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The time limit for anything that a journey waits for, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The keys that are no characters, as WebDriver writes them.
pub(crate) mod key {
    pub(crate) const BACKSPACE: char = '\u{E003}';
    pub(crate) const TAB: char = '\u{E004}';
    pub(crate) const ENTER: char = '\u{E007}';
    pub(crate) const SHIFT: char = '\u{E008}';
    pub(crate) const CONTROL: char = '\u{E009}';
    pub(crate) const ALT: char = '\u{E00A}';
    pub(crate) const ESCAPE: char = '\u{E00C}';
    pub(crate) const LEFT: char = '\u{E012}';
    pub(crate) const DOWN: char = '\u{E015}';
    pub(crate) const RIGHT: char = '\u{E014}';
    pub(crate) const DELETE: char = '\u{E017}';
}

/// A browser on the app's first page.
pub(crate) struct Browser {
    name: String,
    client: Client,
    url: String,
    downloads: PathBuf,
    driver: Child,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// What one journey needs from `cargo xtask test`.
fn from_environment(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: run the journeys with `cargo xtask test journeys`")
    })
}

/// Plays a journey in a fresh profile. Whatever it does, in the end the console
/// must hold no error and no warning, and the page must have asked the network for
/// nothing after it had loaded.
pub(crate) async fn play(name: &str, journey: impl AsyncFnOnce(&Browser)) {
    let (console, requests) = perform(name, journey).await;
    assert!(console.is_empty(), "the console of {name}: {console:#?}");
    assert!(
        requests.is_empty(),
        "{name} asked the network for {requests:#?}"
    );
}

/// Plays a journey in which something is meant to break: what the console says and
/// what the page asked the network for.
pub(crate) async fn perform(
    name: &str,
    journey: impl AsyncFnOnce(&Browser),
) -> (Vec<String>, Vec<String>) {
    let browser = Browser::open(name).await;
    let played = AssertUnwindSafe(journey(&browser)).catch_unwind().await;
    if let Err(failure) = played {
        browser.picture("failed").await;
        eprintln!(
            "console at the end of {name}: {:#?}",
            browser.console().await
        );
        browser.close().await;
        std::panic::resume_unwind(failure);
    }
    let console = browser.console().await;
    let requests = browser.requests().await;
    browser.close().await;
    (console, requests)
}

impl Browser {
    /// A browser with a fresh profile, on the app.
    pub(crate) async fn open(name: &str) -> Self {
        Self::open_in(name, None).await
    }

    /// A browser on the app, with a profile that outlasts it, or a fresh one.
    pub(crate) async fn open_in(name: &str, profile: Option<&Path>) -> Self {
        let url = from_environment("PULLQUOTE_URL");
        let downloads =
            std::env::temp_dir().join(format!("pullquote-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&downloads);
        std::fs::create_dir_all(&downloads).expect("a folder for downloads can be made");
        let port = free_port();
        let driver = Command::new(from_environment("PULLQUOTE_CHROMEDRIVER"))
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let client = connect(port, &downloads, profile).await;
        let browser = Self {
            name: name.to_owned(),
            client,
            url,
            downloads,
            driver,
        };
        browser.size(1440, 900).await;
        browser
            .client
            .goto(&browser.url)
            .await
            .expect("the app has an address");
        browser
            .until(
                "the library",
                "return !!document.querySelector('#app .library')",
            )
            .await;
        browser.loaded().await;
        browser
    }

    /// Waits until the page has all that it will ever ask for. What loading it asks for is
    /// its own affair.
    pub(crate) async fn loaded(&self) {
        let page = "return !document.getElementById('shell') && !!window.pullquoteWorker";
        self.until("the program", page).await;
        let script = "const done = arguments[0];
             Promise.all([pullquoteDatasets(), pullquoteWorker]).then(() => done(true), (error) => done(String(error)));";
        assert_eq!(self.script_async(script).await, Json::Bool(true));
        self.requests().await;
    }

    /// Ends the browser.
    pub(crate) async fn close(&self) {
        let _ = self.client.clone().close().await;
        let _ = std::fs::remove_dir_all(&self.downloads);
    }

    /// What a script gives back. The script may name its arguments `arguments[0]`, ….
    pub(crate) async fn script(&self, script: &str, arguments: Vec<Json>) -> Json {
        match self.client.execute(script, arguments).await {
            Ok(value) => value,
            Err(error) => panic!("in {}: {error}\n{script}", self.name),
        }
    }

    /// What a script hands to its last argument.
    pub(crate) async fn script_async(&self, script: &str) -> Json {
        self.script_async_with(script, Vec::new()).await
    }

    /// The same, with arguments before that one.
    pub(crate) async fn script_async_with(&self, script: &str, arguments: Vec<Json>) -> Json {
        match self.client.execute_async(script, arguments).await {
            Ok(value) => value,
            Err(error) => panic!("in {}: {error}\n{script}", self.name),
        }
    }

    /// The file behind a link of this page, given as a script's expression.
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

    /// Waits until a file has come: its name and bytes.
    async fn download(&self) -> (String, Vec<u8>) {
        let start = Instant::now();
        loop {
            // One that is on its way has another name.
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

    /// Waits until a script gives `true`.
    pub(crate) async fn until(&self, what: &str, script: &str) {
        self.until_with(what, script, Vec::new()).await;
    }

    /// Waits until a script, with these arguments, gives `true`.
    pub(crate) async fn until_with(&self, what: &str, script: &str, arguments: Vec<Json>) {
        let start = Instant::now();
        loop {
            if self.script(script, arguments.clone()).await == Json::Bool(true) {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{}: waited in vain for {what}",
                self.name
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// A command of Chromium's own protocol.
    pub(crate) async fn devtools(&self, command: &str, parameters: Json) -> Json {
        let body = json!({ "cmd": command, "params": parameters });
        self.command("goog/cdp/execute", body).await
    }

    async fn command(&self, path: &'static str, body: Json) -> Json {
        let raw = Raw { path, body };
        match self.client.issue_cmd(raw).await {
            Ok(value) => value,
            Err(error) => panic!("in {}: {path}: {error}", self.name),
        }
    }

    /// Gives the page this size, in CSS pixels, and waits until the page knows and has come to
    /// rest: after another width it brings the reader back to the words.
    pub(crate) async fn size(&self, width: u32, height: u32) {
        let listen = "window.sized = innerWidth === arguments[0] && innerHeight === arguments[1];
             addEventListener('resize', () => { window.sized = true; }, { once: true });";
        self.script(listen, vec![json!(width), json!(height)]).await;
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size)
            .await;
        self.until("the new size", "return window.sized").await;
        let rest = "const first = document.querySelector('article p, article h1, main');
             const top = first?.getBoundingClientRect().top ?? 0;
             window.rested = window.restedAt === top ? (window.rested ?? 0) + 1 : 0;
             window.restedAt = top;
             return window.rested > 4;";
        self.until("a page at rest", rest).await;
    }

    /// Dark or light, as the system would ask for it.
    pub(crate) async fn dark(&self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", features).await;
    }

    /// Takes a picture of the page: `target/screenshots/<journey>-<state>.png`.
    pub(crate) async fn picture(&self, state: &str) {
        let picture = self
            .client
            .screenshot()
            .await
            .expect("the page can be drawn");
        let folder = PathBuf::from(from_environment("PULLQUOTE_SCREENSHOTS"));
        let path = folder.join(format!("{}-{state}.png", self.name));
        std::fs::write(&path, picture).expect("a picture can be written");
    }

    /// Takes a picture at the widths of a phone, a laptop and a projector.
    pub(crate) async fn pictures(&self, state: &str) {
        for (width, height) in [(390, 844), (1366, 768), (1920, 1080)] {
            self.size(width, height).await;
            self.picture(&format!("{state}-{width}")).await;
        }
        self.size(1440, 900).await;
    }

    /// Prints the page into `target/screenshots/<journey>-<state>.pdf`: how many pages it has.
    pub(crate) async fn pages(&self, state: &str) -> usize {
        let paper = PrintConfiguration::default();
        let paper = self.client.print(paper).await;
        let paper = paper.expect("the page can be printed");
        let folder = PathBuf::from(from_environment("PULLQUOTE_SCREENSHOTS"));
        let path = folder.join(format!("{}-{state}.pdf", self.name));
        std::fs::write(&path, &paper).expect("a file can be written");
        let page = b"/Type /Page\n";
        paper
            .windows(page.len())
            .filter(|part| part == page)
            .count()
    }

    /// Errors and warnings that the console has got since the last call.
    pub(crate) async fn console(&self) -> Vec<String> {
        let log = self.command("se/log", json!({ "type": "browser" })).await;
        let entries = log.as_array().cloned().unwrap_or_default();
        entries
            .iter()
            .filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING")
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Addresses that the page has asked for since the last call.
    pub(crate) async fn requests(&self) -> Vec<String> {
        let log = self
            .command("se/log", json!({ "type": "performance" }))
            .await;
        let entries = log.as_array().cloned().unwrap_or_default();
        entries
            .iter()
            .filter_map(|entry| {
                let message: Json = serde_json::from_str(entry["message"].as_str()?).ok()?;
                let message = &message["message"];
                let url = message["params"]["request"]["url"].as_str()?;
                let is_network = message["method"] == "Network.requestWillBeSent"
                    && !url.starts_with("blob:")
                    && !url.starts_with("data:");
                is_network.then(|| url.to_owned())
            })
            .collect()
    }

    /// Loads the page again. What that asks for is its own affair.
    pub(crate) async fn reload(&self) {
        self.refresh().await;
        self.until(
            "the app",
            "return !!document.querySelector('#app .library, article')",
        )
        .await;
        self.loaded().await;
    }

    /// Loads the page again, without waiting for the program.
    pub(crate) async fn refresh(&self) {
        let reloaded = self.client.refresh().await;
        reloaded.expect("the page can be reloaded");
    }

    /// Goes to an address.
    pub(crate) async fn go_to(&self, address: &str) {
        self.client
            .goto(address)
            .await
            .expect("the address is there");
    }

    /// Waits until the status region says that everything is kept.
    pub(crate) async fn saved(&self) {
        self.until(
            "Saved",
            "return document.querySelector('[role=status]').textContent === 'Saved'",
        )
        .await;
    }

    /// Leaves the library for an empty page of its own origin, which holds no storage open.
    /// What the page left asks of the storage is answered before: a page that is put away
    /// with an opening under way may hold the storage for as long as the browser likes.
    pub(crate) async fn leave(&self) {
        let read = "return !!document.querySelector('.library div.empty, .library .shelf')";
        self.until("the library as it is kept", read).await;
        let address = format!("{}icon.svg", self.url);
        self.client.goto(&address).await.expect("there is an icon");
    }

    /// Comes back to the library.
    pub(crate) async fn come_back(&self) {
        self.go_to(&self.url).await;
        self.until(
            "the library",
            "return !!document.querySelector('#app .library')",
        )
        .await;
        // The empty page has no icon of its own.
        self.console().await;
        self.loaded().await;
    }

    /// The driver and all processes that come of it.
    pub(crate) fn processes(&self) -> Vec<u32> {
        let mut tree = vec![self.driver.id()];
        let parents = parents();
        while let Some(more) = {
            let child = |(id, parent): &&(u32, u32)| tree.contains(parent) && !tree.contains(id);
            parents.iter().find(child).map(|(id, _)| *id)
        } {
            tree.push(more);
        }
        tree
    }

    /// Kills the browser's whole process tree, its driver with it, at once.
    pub(crate) fn kill(self) {
        let tree = self.processes();
        let status = Command::new("kill")
            .arg("-9")
            .args(tree.iter().map(u32::to_string))
            .stderr(Stdio::null())
            .status();
        status.expect("there is a `kill`");
    }

    /// Works on the app's own records with a script: `store` is where they are, what it
    /// puts into `said` is given back.
    pub(crate) async fn records(&self, work: &str) -> Json {
        let script = format!(
            "const done = arguments[0];
             const open = indexedDB.open('pullquote');
             open.onsuccess = () => {{
                 const tx = open.result.transaction('records', 'readwrite');
                 const store = tx.objectStore('records');
                 let said = null;
                 {work}
                 tx.oncomplete = () => {{ open.result.close(); done(said); }};
             }};"
        );
        self.script_async(&script).await
    }

    /// Waits until such a script gives this.
    pub(crate) async fn until_records(&self, what: &str, work: &str, expected: &Json) {
        let start = Instant::now();
        while self.records(work).await != *expected {
            assert!(
                start.elapsed() < PATIENCE,
                "{}: waited in vain for {what}",
                self.name
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Opens the same address in another tab and goes there; gives the tab it came from.
    pub(crate) async fn other_tab(&self) -> String {
        let address = self
            .client
            .current_url()
            .await
            .expect("the page has an address");
        self.other_tab_on(address.as_str()).await
    }

    /// Opens the app in another tab and goes there; gives the one it came from.
    pub(crate) async fn other_tab_at_the_library(&self) -> String {
        self.other_tab_on(&self.url).await
    }

    async fn other_tab_on(&self, address: &str) -> String {
        let tab = self
            .client
            .new_window(true)
            .await
            .expect("a tab can be opened");
        let from = self.switch_tab(&String::from(tab.handle)).await;
        self.client
            .goto(address)
            .await
            .expect("the address is there");
        self.until(
            "the app",
            "return !!document.querySelector('#app .library, article')",
        )
        .await;
        self.loaded().await;
        from
    }

    /// Goes to another tab; gives the one it came from.
    pub(crate) async fn switch_tab(&self, tab: &str) -> String {
        let from = self.client.window().await.expect("a tab is open");
        let to = tab.to_owned().try_into().expect("a tab's name");
        self.client
            .switch_to_window(to)
            .await
            .expect("the tab is open");
        from.into()
    }

    /// Closes a tab and comes back.
    pub(crate) async fn close_tab(&self, tab: &str) {
        let from = self.switch_tab(tab).await;
        self.client
            .close_window()
            .await
            .expect("the tab can be closed");
        let to = from.try_into().expect("a tab's name");
        self.client
            .switch_to_window(to)
            .await
            .expect("the tab is open");
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

    /// Chooses files in the input that is labelled `Open files`.
    pub(crate) async fn open_file(&self, path: &Path) {
        self.take_file("Open files", path).await;
    }

    /// Chooses files in the input of this label.
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

    /// Clicks the button of this name (or whose name begins so), with the pointer, once it is
    /// there.
    pub(crate) async fn button(&self, name: &str) {
        let find = "const named = (b) => (b.getAttribute('aria-label') ?? b.textContent).trim();
             const all = [...document.querySelectorAll('button, a.button')].filter((b) => b.offsetParent && !b.disabled);
             const one = all.find((b) => named(b) === arguments[0])
                 ?? all.find((b) => named(b).startsWith(arguments[0]));";
        let is_there = format!("{find} return !!one;");
        let what = format!("the button {name}");
        self.until_with(&what, &is_there, vec![json!(name)]).await;
        let bring = format!(
            "{find}
             one.scrollIntoView({{ block: 'nearest' }});
             const r = one.getBoundingClientRect();
             return [r.left + r.width / 2, r.top + r.height / 2];"
        );
        let place = self.script(&bring, vec![json!(name)]).await;
        let (x, y) = point(&place).unwrap_or_else(|| panic!("{}: no button {name}", self.name));
        self.click(x, y).await;
    }

    /// Clicks the tag of this name in the card.
    pub(crate) async fn card_tag(&self, name: &str) {
        self.until("the card", "return !!document.querySelector('.card')")
            .await;
        let place = self
            .script(
                "const tags = [...document.querySelectorAll('.card-tags button')];
                 const r = tags.find((b) => b.textContent.endsWith(arguments[0])).getBoundingClientRect();
                 return [r.left + r.width / 2, r.top + r.height / 2];",
                vec![json!(name)],
            )
            .await;
        let (x, y) = point(&place).expect("the card has this tag");
        self.click(x, y).await;
    }

    /// Clicks an element that a selector finds.
    pub(crate) async fn click_on(&self, selector: &str) {
        let element = self.client.find(Locator::Css(selector)).await;
        let element = element.unwrap_or_else(|_| panic!("{}: no {selector}", self.name));
        element.click().await.expect("it can be clicked");
    }

    /// Types into the element that has the focus.
    pub(crate) async fn type_text(&self, selector: &str, text: &str) {
        let element = self.client.find(Locator::Css(selector)).await;
        let element = element.unwrap_or_else(|_| panic!("{}: no {selector}", self.name));
        element.send_keys(text).await.expect("it takes text");
    }

    /// Presses a pointer at a place, once.
    pub(crate) async fn click(&self, x: f64, y: f64) {
        self.clicks(x, y, 1).await;
    }

    /// Presses a pointer at a place, `count` times in a row.
    pub(crate) async fn clicks(&self, x: f64, y: f64, count: usize) {
        let mut pointer = vec![moved(x, y)];
        for _ in 0..count {
            pointer.push(json!({ "type": "pointerDown", "button": 0 }));
            pointer.push(json!({ "type": "pointerUp", "button": 0 }));
        }
        self.act(vec![mouse(pointer)]).await;
    }

    /// Presses a key while others are held down.
    pub(crate) async fn press(&self, held: &[char], key: char) {
        let down = |key: &char| json!({ "type": "keyDown", "value": key.to_string() });
        let up = |key: &char| json!({ "type": "keyUp", "value": key.to_string() });
        let mut keys: Vec<Json> = held.iter().map(down).collect();
        keys.push(down(&key));
        keys.push(up(&key));
        keys.extend(held.iter().rev().map(up));
        self.act(vec![
            json!({ "type": "key", "id": "keys", "actions": keys }),
        ])
        .await;
    }

    /// Presses the keys of a text, one after the other.
    pub(crate) async fn keys(&self, text: &str) {
        for char in text.chars() {
            self.press(&[], char).await;
        }
    }

    /// Goes to the search box by its key.
    pub(crate) async fn search_box(&self) {
        self.press(&[], '/').await;
        let has_focus = "return document.activeElement.id === 'marks-search'";
        self.until("the search box", has_focus).await;
    }

    /// Drags the pointer from one place to another, holding a key if one is given.
    pub(crate) async fn drag(&self, from: (f64, f64), to: (f64, f64), held: Option<char>) {
        let half = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        let pointer = vec![
            moved(from.0, from.1),
            json!({ "type": "pointerDown", "button": 0 }),
            moved(half.0, half.1),
            moved(to.0, to.1),
            json!({ "type": "pointerUp", "button": 0 }),
        ];
        let pause = || json!({ "type": "pause", "duration": 0 });
        let mut sources = vec![mouse(pointer)];
        if let Some(key) = held {
            let key = key.to_string();
            let keys = vec![
                json!({ "type": "keyDown", "value": key }),
                pause(),
                pause(),
                pause(),
                pause(),
                json!({ "type": "keyUp", "value": key }),
            ];
            sources.push(json!({ "type": "key", "id": "keys", "actions": keys }));
        }
        self.act(sources).await;
    }

    /// Sweeps over each of these places (from x, to x, y) and presses a key after each, with
    /// nothing between the release of the pointer and the key, or the key and the next sweep.
    pub(crate) async fn sweep_and_press(&self, places: &[Json], key: char) {
        let pause = || json!({ "type": "pause", "duration": 0 });
        let (mut pointer, mut keys) = (Vec::new(), Vec::new());
        for place in places {
            let at = |number: usize| place[number].as_f64().expect("a place has three numbers");
            let (from, to, y) = (at(0), at(1), at(2));
            pointer.extend([
                moved(from, y),
                json!({ "type": "pointerDown", "button": 0 }),
                moved((from + to) / 2.0, y),
                moved(to, y),
                json!({ "type": "pointerUp", "button": 0 }),
                pause(),
                pause(),
            ]);
            let key = key.to_string();
            keys.extend((0..5).map(|_| pause()));
            keys.push(json!({ "type": "keyDown", "value": key }));
            keys.push(json!({ "type": "keyUp", "value": key }));
        }
        let keys = json!({ "type": "key", "id": "keys", "actions": keys });
        self.act(vec![mouse(pointer), keys]).await;
    }

    async fn act(&self, sources: Vec<Json>) {
        self.command("actions", json!({ "actions": sources })).await;
    }

    /// Sweeps the pointer over the first place where these words stand in the
    /// article; they are brought into view first. A line break stands for any
    /// white space between two blocks.
    pub(crate) async fn sweep(&self, words: &str) {
        self.sweep_with(words, None).await;
    }

    /// The same, holding a key.
    pub(crate) async fn sweep_with(&self, words: &str, held: Option<char>) {
        let (from, to) = self.word_edges(words).await;
        self.drag(from, to, held).await;
    }

    /// The places before the first and after the last character of these words.
    pub(crate) async fn word_edges(&self, words: &str) -> ((f64, f64), (f64, f64)) {
        let script = include_str!("word_edges.js");
        let places = self.script(script, vec![json!(words)]).await;
        let from = point(&places[0]).unwrap_or_else(|| panic!("{}: no words {words:?}", self.name));
        let to = point(&places[1]).expect("words that begin also end");
        (from, to)
    }

    /// Closes the card that is open, and opens that of the mark on these words.
    pub(crate) async fn open_card(&self, words: &str) {
        self.press(&[], key::ESCAPE).await;
        self.until("no card", "return !document.querySelector('.card')")
            .await;
        self.click_words(words).await;
        self.until(
            "the mark's card",
            "return !!document.querySelector('.card textarea')",
        )
        .await;
    }

    /// Clicks on the first of these words.
    pub(crate) async fn click_words(&self, words: &str) {
        let ((x, y), _) = self.word_edges(words).await;
        self.click(x + 3.0, y).await;
    }

    /// Marks these words: a sweep, then the tag of this name in the card.
    pub(crate) async fn mark(&self, words: &str, tag: &str) {
        let before = self.marks().await.len();
        self.sweep(words).await;
        self.until_words_card().await;
        self.card_tag(tag).await;
        self.until_marks(before + 1).await;
    }

    /// Waits for the card of words that have no tag yet.
    pub(crate) async fn until_words_card(&self) {
        self.until(
            "the card of the words",
            "return document.querySelector('.card')?.getAttribute('aria-label') === 'Tag these words'",
        )
        .await;
    }

    /// Waits until the page shows this many marks.
    pub(crate) async fn until_marks(&self, count: usize) {
        self.until_with(
            "the marks",
            "const ids = [...document.querySelectorAll('article mark')].map((m) => m.dataset.annotation);
             return new Set(ids).size === arguments[0]",
            vec![json!(count)],
        )
        .await;
    }

    /// The marks that the page shows: tag and words, in the order of their first
    /// words. Pieces of one mark are joined.
    pub(crate) async fn marks(&self) -> Vec<(String, String)> {
        let marks = self
            .script(
                "const found = new Map();
                 for (const mark of document.querySelectorAll('article mark')) {
                     const id = mark.dataset.annotation;
                     const before = found.get(id)?.[1] ?? '';
                     found.set(id, [mark.dataset.tag, before + mark.textContent]);
                 }
                 return [...found.values()];",
                Vec::new(),
            )
            .await;
        let marks = marks.as_array().cloned().unwrap_or_default();
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        marks
            .iter()
            .map(|mark| (text(&mark[0]), text(&mark[1])))
            .collect()
    }

    /// The sentences in the alert region.
    pub(crate) async fn alert(&self) -> String {
        self.until(
            "an alert",
            "return document.querySelector('[role=alert]').textContent.trim() !== ''",
        )
        .await;
        let text = self
            .script(
                "return document.querySelector('.notices [role=alert]').textContent",
                Vec::new(),
            )
            .await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Clicks Export and waits for the file: its name and bytes.
    pub(crate) async fn export(&self) -> (String, Vec<u8>) {
        self.file_of_button("Export").await
    }

    /// Clicks a button that gives a file, and waits for it: its name and bytes.
    pub(crate) async fn file_of_button(&self, button: &str) -> (String, Vec<u8>) {
        self.forget_downloads();
        self.button(button).await;
        self.download().await
    }

    /// Presses a key that gives a file, and waits for it: its name and bytes.
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

    /// The files that have come, or are coming.
    pub(crate) fn downloads(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&self.downloads).expect("the folder is there");
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        paths.filter(|path| path.is_file()).collect()
    }

    /// Writes a file of this journey, to be opened.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let folder = self.downloads.join("given");
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("a file can be written");
        path
    }
}

#[derive(Debug)]
struct Raw {
    path: &'static str,
    body: Json,
}

impl WebDriverCompatibleCommand for Raw {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

fn mouse(actions: Vec<Json>) -> Json {
    json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions })
}

fn moved(x: f64, y: f64) -> Json {
    json!({ "type": "pointerMove", "duration": 0, "origin": "viewport", "x": x, "y": y })
}

fn point(place: &Json) -> Option<(f64, f64)> {
    Some((place[0].as_f64()?, place[1].as_f64()?))
}

/// Every process of this machine with its parent.
fn parents() -> Vec<(u32, u32)> {
    let processes = std::fs::read_dir("/proc").expect("there is a list of processes");
    let processes = processes.filter_map(|entry| {
        let id: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name, in parentheses, may have anything in it.
        let rest = stat.rsplit_once(')')?.1;
        Some((id, rest.split_whitespace().nth(1)?.parse().ok()?))
    });
    processes.collect()
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

async fn connect(port: u16, downloads: &Path, profile: Option<&Path>) -> Client {
    let mut capabilities = json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        "goog:chromeOptions": {
            "binary": from_environment("PULLQUOTE_CHROMIUM"),
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-quic",
                "--window-size=1440,900",
            ],
            "prefs": {
                "download.default_directory": downloads,
                "download.prompt_for_download": false,
            },
        },
    });
    if let Some(profile) = profile {
        let argument = format!("--user-data-dir={}", profile.display());
        let arguments = capabilities["goog:chromeOptions"]["args"].as_array_mut();
        arguments.expect("a list").push(argument.into());
    }
    let Json::Object(capabilities) = capabilities else {
        unreachable!("capabilities are an object")
    };
    let start = Instant::now();
    loop {
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await;
        match client {
            Ok(client) => return client,
            Err(error) => {
                assert!(start.elapsed() < PATIENCE, "no browser: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}
