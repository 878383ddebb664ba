//! The data of the site is deleted while it is open; and one note is typed in two tabs at once.

use crate::stage::{Stage, play};
use serde_json::json;

const TEXT: &str = "Talks 🤝 at noon\n\nMunir met the minister in Rawalpindi. سرحدی علاقوں میں.\n";

#[tokio::test]
async fn an_open_article_is_saved_again_when_the_site_data_was_deleted() {
    play("cleared", async |stage| {
        stage.open_text(TEXT).await;
        stage.mark("Munir", "Actor").await;
        stage.saved().await;
        let origin = stage.script("return location.origin", Vec::new()).await;
        let all = json!({ "origin": origin, "storageTypes": "all" });
        stage.devtools("Storage.clearDataForOrigin", all).await;
        let told = stage.alert().await;
        assert!(
            told.contains("data of this site was deleted") && told.contains("Talks"),
            "{told}"
        );
        stage.picture("told").await;
        // What is done next is saved as well, and it can all be taken back after a reload.
        stage.mark("Rawalpindi", "Place").await;
        stage.saved().await;
        stage.reload().await;
        stage.until_marks(2).await;
        stage.button("Undo").await;
        stage.until_marks(1).await;
        stage.button("Undo").await;
        stage.until_marks(0).await;
    })
    .await;
}

/// The text box of the note.
const NOTE: &str = "document.querySelector('.card textarea[aria-label=Note]')";

/// Has the page of this tab keep the focus while another is gone to.
async fn keep_focus(stage: &Stage) {
    let enabled = json!({ "enabled": true });
    stage
        .devtools("Emulation.setFocusEmulationEnabled", enabled)
        .await;
}

async fn go_to_the_note(stage: &Stage) {
    stage.script(&format!("{NOTE}.focus()"), Vec::new()).await;
}

/// Types a letter at the end of what the box shows.
async fn type_letter(stage: &Stage, letter: char) {
    let script = format!(
        "const box = {NOTE};
         box.value += arguments[0];
         box.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));"
    );
    stage.script(&script, vec![json!(letter.to_string())]).await;
}

async fn note(stage: &Stage) -> String {
    let script = format!("return {NOTE}.value");
    let note = stage.script(&script, Vec::new()).await;
    note.as_str().unwrap_or_default().to_owned()
}

/// Two tabs write one note: the later stands as a whole, and the other is offered.
#[tokio::test]
async fn one_note_typed_in_two_tabs_is_never_mixed() {
    play("two-notes", async |stage| {
        stage.open_text(TEXT).await;
        stage.mark("Munir", "Actor").await;
        stage.saved().await;
        // Both tabs are windows of their own: neither takes the focus from the other.
        keep_focus(stage).await;
        let first = stage.other_tab().await;
        keep_focus(stage).await;
        stage.until_marks(1).await;
        stage.open_card("Munir").await;
        go_to_the_note(stage).await;
        let second = stage.switch_tab(&first).await;
        go_to_the_note(stage).await;
        for (here, there) in "fear 🙂".chars().zip("hope\u{301}s".chars()) {
            type_letter(stage, here).await;
            stage.saved().await;
            stage.switch_tab(&second).await;
            type_letter(stage, there).await;
            stage.saved().await;
            stage.switch_tab(&first).await;
        }
        stage.saved().await;
        let told = stage.alert().await;
        assert!(
            told.contains("“fear 🙂”") && told.contains("“hope\u{301}s”"),
            "{told}"
        );
        assert_eq!(note(stage).await, "fear 🙂");
        stage.picture("told").await;
        // The other is taken; both tabs and the storage have it as it was.
        stage.button("Use the other").await;
        let is_taken = format!("return {NOTE}.value === 'hope\u{301}s'");
        stage.until("the other note", &is_taken).await;
        stage.saved().await;
        stage.switch_tab(&second).await;
        stage.saved().await;
        assert_eq!(note(stage).await, "hope\u{301}s");
        stage.reload().await;
        stage.until_marks(1).await;
        stage.open_card("Munir").await;
        assert_eq!(note(stage).await, "hope\u{301}s");
    })
    .await;
}
