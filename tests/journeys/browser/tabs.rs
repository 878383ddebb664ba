//! Several tabs, and the records that they share.

use super::{Browser, PATIENCE};
use serde_json::Value as Json;
use std::time::{Duration, Instant};

impl Browser {
    /// Leaves the library for an empty page of the same origin, which does not open the storage.
    /// First waits until the storage has answered the page: a page that is left while it opens the
    /// storage may keep it open for an unknown time.
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
        // The empty page has no icon.
        self.console().await;
        self.loaded().await;
    }

    /// Runs a script on the app's stored records. The script gets their `store`; what it puts into
    /// `said` is returned.
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

    /// Waits until such a script returns this.
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

    /// Opens the same address in another tab and goes there. Returns the previous tab.
    pub(crate) async fn other_tab(&self) -> String {
        let address = self
            .client
            .current_url()
            .await
            .expect("the page has an address");
        self.other_tab_on(address.as_str()).await
    }

    /// Opens the app in another tab and goes there. Returns the previous tab.
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

    /// Goes to another tab. Returns the previous tab.
    pub(crate) async fn switch_tab(&self, tab: &str) -> String {
        let from = self.client.window().await.expect("a tab is open");
        let to = tab.to_owned().try_into().expect("a tab's name");
        self.client
            .switch_to_window(to)
            .await
            .expect("the tab is open");
        from.into()
    }

    /// Closes a tab and stays in the present one.
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
}
