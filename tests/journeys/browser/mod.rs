//! A real Chromium with a fresh profile, driven over WebDriver with real pointer and key events.

mod files;
mod gestures;
mod tabs;

use fantoccini::wd::{PrintConfiguration, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use futures_util::FutureExt as _;
use hyper_util::client::legacy::connect::HttpConnector;

use serde_json::{Value as Json, json};
use std::net::TcpListener;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The time limit for anything that a journey waits for, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The keys that type no character, as WebDriver writes them.
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

/// A variable that `cargo xtask test` sets for the journeys.
fn from_environment(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: run the journeys with `cargo xtask test journeys`")
    })
}

/// Plays a journey in a fresh profile. At its end the console must have no error and no warning,
/// and the page must not have used the network after it was loaded.
pub(crate) async fn play(name: &str, journey: impl AsyncFnOnce(&Browser)) {
    let (console, requests) = perform(name, journey).await;
    assert!(console.is_empty(), "the console of {name}: {console:#?}");
    assert!(
        requests.is_empty(),
        "{name} asked the network for {requests:#?}"
    );
}

/// Plays a journey in which something breaks on purpose. Returns what the console says and what
/// the page requested from the network.
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

    /// Waits until the page has everything that it will ever request. The requests until then are
    /// forgotten.
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

    /// Runs a script and returns its result. The script finds its arguments in `arguments[0]`, ….
    pub(crate) async fn script(&self, script: &str, arguments: Vec<Json>) -> Json {
        match self.client.execute(script, arguments).await {
            Ok(value) => value,
            Err(error) => panic!("in {}: {error}\n{script}", self.name),
        }
    }

    /// Runs a script and returns what it passes to its last argument, a function.
    pub(crate) async fn script_async(&self, script: &str) -> Json {
        self.script_async_with(script, Vec::new()).await
    }

    /// The same, with arguments before the function.
    pub(crate) async fn script_async_with(&self, script: &str, arguments: Vec<Json>) -> Json {
        match self.client.execute_async(script, arguments).await {
            Ok(value) => value,
            Err(error) => panic!("in {}: {error}\n{script}", self.name),
        }
    }

    /// Waits until a script returns `true`.
    pub(crate) async fn until(&self, what: &str, script: &str) {
        self.until_with(what, script, Vec::new()).await;
    }

    /// Waits until a script, with these arguments, returns `true`.
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

    /// Sends a command of Chromium's DevTools protocol.
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

    /// Gives the page this size, in CSS pixels. Waits until the page has noticed it and scrolls no
    /// more, because after a change of width it brings the reader back to the same words.
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

    /// Sets the system's preference for dark or light.
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

    /// Prints the page into `target/screenshots/<journey>-<state>.pdf`. Returns how many pages it
    /// has.
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

    /// The errors and warnings in the console since the last call.
    pub(crate) async fn console(&self) -> Vec<String> {
        let log = self.command("se/log", json!({ "type": "browser" })).await;
        let entries = log.as_array().cloned().unwrap_or_default();
        entries
            .iter()
            .filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING")
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// The addresses that the page has requested since the last call.
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

    /// Loads the page again. The requests for this are forgotten.
    pub(crate) async fn reload(&self) {
        self.refresh().await;
        self.until("the app", "return !!document.querySelector('#app main')")
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

    /// Waits until the status region says that everything is saved.
    pub(crate) async fn saved(&self) {
        self.until(
            "Saved",
            "return document.querySelector('[role=status]').textContent === 'Saved'",
        )
        .await;
    }

    /// The driver and all processes that it has started, directly or through others.
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

    /// Kills all processes of the browser and its driver at once.
    pub(crate) fn kill(self) {
        let tree = self.processes();
        let status = Command::new("kill")
            .arg("-9")
            .args(tree.iter().map(u32::to_string))
            .stderr(Stdio::null())
            .status();
        status.expect("there is a `kill`");
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

    /// The marks that the page shows, as tag and words, in the order of their first words. Pieces
    /// of one mark are joined.
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

/// Every process of this machine with its parent.
fn parents() -> Vec<(u32, u32)> {
    let processes = std::fs::read_dir("/proc").expect("there is a list of processes");
    let processes = processes.filter_map(|entry| {
        let id: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name, in parentheses, may contain any character.
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
