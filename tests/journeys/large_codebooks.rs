//! Codebooks that change while there are marks, that come from lists of labels, or that have many
//! tags.

use crate::browser::{Browser, key, play};
use serde_json::json;

/// Imports a file as the codebook of the open article.
async fn import(browser: &Browser, name: &str, text: &str) {
    let path = browser.file(name, text.as_bytes());
    browser.take_file("Import codebook…", &path).await;
}

#[tokio::test]
async fn another_codebook_asks_what_to_do_with_the_marks() {
    play("another-codebook", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.button("Edit the codebook").await;
        browser.until("the codebook", "return !!document.querySelector('.book')").await;
        browser.until("the list", LISTED).await;
        browser.script(USE, vec![json!("Five Ws")]).await;
        browser.button("Use: Use another codebook").await;
        let asked = "return document.activeElement.id === 'pending-edit-title'";
        browser.until("the question", asked).await;
        for (width, height) in [(390, 844), (1366, 768), (1920, 1080)] {
            browser.size(width, height).await;
            browser.picture(&format!("asked-{width}")).await;
        }
        browser.size(1366, 768).await;
        browser.button("Cancel").await;
        browser.until("no question", "return !document.querySelector('.pending-edit')").await;
        browser.script("history.back()", Vec::new()).await;
        browser.until_marks(23).await;

        // The marks of Place are deleted; everything else stays.
        browser.button("Edit the codebook").await;
        browser.until("the codebook", "return !!document.querySelector('.book')").await;
        browser.until("the list", LISTED).await;
        browser.script(USE, vec![json!("Five Ws")]).await;
        browser.button("Use: Use another codebook").await;
        browser.until("the question", asked).await;
        let delete = "const list = document.querySelector('select[aria-label=\"What should happen to Place\"]');
             list.value = [...list.options].find((o) => o.text === 'Delete').value;
             list.dispatchEvent(new Event('change', { bubbles: true }));";
        browser.script(delete, Vec::new()).await;
        let said = "return document.querySelector('.pending-edit [role=status]').textContent.includes('Will be deleted: Place: 4 marks')";
        browser.until("what will be deleted", said).await;
        browser.button("Delete and change the codebook").await;
        browser.until("no question", "return !document.querySelector('.pending-edit')").await;
        let told = "return document.querySelector('.notices').textContent.includes('4 marks and 1 relation were deleted')";
        browser.until("what was deleted", told).await;
        browser.script("history.back()", Vec::new()).await;
        browser.until_marks(19).await;
        browser.button("Undo").await;
        browser.until_marks(23).await;
    })
    .await;
}

/// Chooses the other codebook whose name contains this text.
/// The codebooks that ship are loaded when the screen is opened.
const LISTED: &str = "return [...document.querySelectorAll('option')].some((option) => option.text.includes('Five Ws'))";

const USE: &str =
    "const list = document.querySelector('select[aria-label=\"Use another codebook\"]');
     list.value = [...list.options].find((o) => o.text.includes(arguments[0])).value;
     list.dispatchEvent(new Event('change', { bubbles: true }));";

#[tokio::test]
async fn a_list_of_labels_becomes_tags_in_place() {
    play("labels", async |browser| {
        let path = browser.file("a.txt", "Headline 🙂\n\nSome words to mark here.".as_bytes());
        browser.open_file(&path).await;
        browser.until("the article", "return !!document.querySelector('article p')").await;
        browser.button("Edit the codebook").await;
        browser.until("the codebook", "return !!document.querySelector('.book')").await;
        let prose = "A headline\n\nThe minister said on Tuesday that talks would go on for a week at the very least.\n";
        import(browser, "prose.txt", prose).await;
        let told = browser.alert().await;
        assert!(told.contains("neither a codebook nor a list of tags"), "{told}");
        import(browser, "labels.txt", "Threat\nرہنما\nCafe\u{301} 🙂\n").await;
        let tags = "return [...document.querySelectorAll('.tag-form .fold-head b')].map((b) => b.textContent).join('|')";
        let is_there = format!("{tags} === arguments[0]").replacen("return ", "return (", 1).replacen(" === ", ") === ", 1);
        browser.until_with("the tags", &is_there, vec![json!("Threat|رہنما|Cafe\u{301} 🙂")]).await;
        let screen = browser.script("return location.hash", Vec::new()).await;
        assert!(screen.as_str().is_some_and(|hash| hash.starts_with("#/codebook/")), "{screen}");
    })
    .await;
}

/// A hundred tags leave room for the text, and each can be found by its name with keys alone.
#[tokio::test]
async fn a_hundred_tags_leave_room_for_the_text() {
    play("many-tags", async |browser| {
        let path = browser.file("a.txt", "Headline 🙂\n\nSome words to mark here, and some more.".as_bytes());
        browser.open_file(&path).await;
        browser.until("the article", "return !!document.querySelector('article p')").await;
        browser.button("Edit the codebook").await;
        browser.until("the codebook", "return !!document.querySelector('.book')").await;
        let names = (1..=100).map(|number| match number % 3 {
            0 => format!("Economy: topic {number}"),
            1 => format!("موضوع {number}"),
            _ => format!("A longer name for topic {number}"),
        });
        import(browser, "many.txt", &names.collect::<Vec<_>>().join("\n")).await;
        let all = "return document.querySelectorAll('.tag-form').length === 100";
        browser.until("a hundred tags", all).await;
        browser.script("history.back()", Vec::new()).await;
        browser.until("the palette", "return !!document.querySelector('.palette .more-tags')").await;
        for (width, height) in [(1024, 768), (1366, 768), (1920, 1080)] {
            browser.size(width, height).await;
            let rows = "return document.querySelector('.palette').getBoundingClientRect().height";
            browser.until("two rows", &format!("{rows} < 110")).await;
            browser.picture(&format!("palette-{width}")).await;
            // The whole card is in view, and the sweep reaches the words.
            browser.sweep("words").await;
            browser.until_words_card().await;
            let card = "const r = document.querySelector('.card').getBoundingClientRect();
                 return r.top >= 0 && r.bottom <= innerHeight && document.querySelector('.card-tags').getBoundingClientRect().height < 120";
            browser.until("the card in view", card).await;
            browser.picture(&format!("card-{width}")).await;
            browser.press(&[], key::ESCAPE).await;
        }
        // The window is so low that the card with its list has no room where it was without it.
        browser.size(1366, 460).await;
        browser.sweep("words").await;
        browser.until_words_card().await;
        browser.press(&[], '.').await;
        let open = "return document.activeElement.matches('.card .tag-picker input')";
        browser.until("the box", open).await;
        // With the list of all tags the card is higher, and still completely in view.
        browser.until("the card in view with its list", LIST_IN_VIEW).await;
        browser.keys("topic 77").await;
        browser.picture("found").await;
        browser.press(&[], key::ENTER).await;
        browser.until_marks(1).await;
        assert_eq!(browser.marks().await[0].0, "a-longer-name-for-topic-77");
        // The tag was used last, so it comes first now; and the arrow keys can choose it.
        browser.press(&[], key::ESCAPE).await;
        browser.sweep("here").await;
        browser.until_words_card().await;
        let first = "return document.querySelector('.card-tags .tag').textContent.includes('topic 77')";
        browser.until("the tag used last", first).await;
        browser.press(&[], '.').await;
        browser.until("the box", open).await;
        browser.press(&[], key::DOWN).await;
        browser.press(&[], key::ENTER).await;
        browser.until_marks(2).await;
        // Chosen from the palette, the tag is armed.
        browser.press(&[], key::ESCAPE).await;
        browser.press(&[], '.').await;
        let open = "return document.activeElement.matches('.palette .tag-picker input')";
        browser.until("the box of the palette", open).await;
        browser.keys("موضوع 10").await;
        browser.press(&[], key::ENTER).await;
        let armed = "return document.querySelector('.armed-note')?.textContent.includes('موضوع 10')";
        browser.until("the armed tag", armed).await;
    })
    .await;
}

const LIST_IN_VIEW: &str = "const r = document.querySelector('.card').getBoundingClientRect();
     const list = document.querySelector('.card .tag-picker-list').getBoundingClientRect();
     return r.top >= 0 && r.bottom <= innerHeight && list.bottom <= r.bottom && list.height > 60;";
