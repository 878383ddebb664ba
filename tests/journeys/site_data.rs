//! The site's data is deleted while an article is open; and two tabs type in one note at once.

use crate::browser::{Browser, play};
use serde_json::json;

const TEXT: &str = "Talks 🤝 at noon\n\nMunir met the minister in Rawalpindi. سرحدی علاقوں میں.\n";

#[tokio::test]
async fn an_open_article_is_saved_again_after_its_site_data_was_deleted() {
    play("cleared", async |browser| {
        browser.open_text(TEXT).await;
        browser.mark("Munir", "Actor").await;
        browser.saved().await;
        let origin = browser.script("return location.origin", Vec::new()).await;
        let all = json!({ "origin": origin, "storageTypes": "all" });
        browser.devtools("Storage.clearDataForOrigin", all).await;
        let told = browser.alert().await;
        assert!(
            told.contains("data of this site was deleted") && told.contains("Talks"),
            "{told}"
        );
        browser.picture("told").await;
        // The next step is saved as well, and all can be undone after a reload.
        browser.mark("Rawalpindi", "Place").await;
        browser.saved().await;
        browser.reload().await;
        browser.until_marks(2).await;
        browser.button("Undo").await;
        browser.until_marks(1).await;
        browser.button("Undo").await;
        browser.until_marks(0).await;
    })
    .await;
}

/// The text box of the note.
const NOTE: &str = "document.querySelector('.card textarea[aria-label=Note]')";

/// Makes the page of this tab keep the focus while another tab is shown.
async fn keep_focus(browser: &Browser) {
    let enabled = json!({ "enabled": true });
    browser
        .devtools("Emulation.setFocusEmulationEnabled", enabled)
        .await;
}

async fn go_to_the_note(browser: &Browser) {
    browser
        .script(
            "document.querySelector('.card .write-note')?.click()",
            Vec::new(),
        )
        .await;
    browser.until("the note", &format!("return !!{NOTE}")).await;
    browser.script(&format!("{NOTE}.focus()"), Vec::new()).await;
}

/// Types a letter at the end of the text in the box.
async fn type_letter(browser: &Browser, letter: char) {
    let script = format!(
        "const box = {NOTE};
         box.value += arguments[0];
         box.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));"
    );
    browser
        .script(&script, vec![json!(letter.to_string())])
        .await;
}

async fn note(browser: &Browser) -> String {
    let script = format!("return {NOTE}.value");
    let note = browser.script(&script, Vec::new()).await;
    note.as_str().unwrap_or_default().to_owned()
}

/// If two tabs write one note, the later text is kept as a whole, and the other one is offered.
#[tokio::test]
async fn one_note_typed_in_two_tabs_is_never_mixed() {
    play("two-notes", async |browser| {
        browser.open_text(TEXT).await;
        browser.mark("Munir", "Actor").await;
        browser.saved().await;
        // Both tabs act like separate windows: neither takes the focus from the other.
        keep_focus(browser).await;
        let first = browser.other_tab().await;
        keep_focus(browser).await;
        browser.until_marks(1).await;
        browser.open_card("Munir").await;
        go_to_the_note(browser).await;
        let second = browser.switch_tab(&first).await;
        go_to_the_note(browser).await;
        for (here, there) in "fear 🙂".chars().zip("hope\u{301}s".chars()) {
            type_letter(browser, here).await;
            browser.saved().await;
            browser.switch_tab(&second).await;
            type_letter(browser, there).await;
            browser.saved().await;
            browser.switch_tab(&first).await;
        }
        browser.saved().await;
        let told = browser.alert().await;
        assert!(
            told.contains("“fear 🙂”") && told.contains("“hope\u{301}s”"),
            "{told}"
        );
        assert_eq!(note(browser).await, "fear 🙂");
        browser.picture("told").await;
        // The user takes the other text; both tabs and the storage have it unchanged.
        browser.button("Use the other").await;
        let is_taken = format!("return {NOTE}.value === 'hope\u{301}s'");
        browser.until("the other note", &is_taken).await;
        browser.saved().await;
        browser.switch_tab(&second).await;
        browser.saved().await;
        assert_eq!(note(browser).await, "hope\u{301}s");
        browser.reload().await;
        browser.until_marks(1).await;
        browser.open_card("Munir").await;
        assert_eq!(note(browser).await, "hope\u{301}s");
    })
    .await;
}
