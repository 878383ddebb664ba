//! Codebooks that change under marks, come from lists of labels, and have many tags.

use crate::stage::{Stage, key, play};
use serde_json::json;

/// Imports a file as the codebook of the open article.
async fn import(stage: &Stage, name: &str, text: &str) {
    let path = stage.file(name, text.as_bytes());
    stage.take_file("Import codebook…", &path).await;
}

#[tokio::test]
async fn another_codebook_asks_what_becomes_of_the_marks() {
    play("another-codebook", async |stage| {
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.button("Edit the codebook").await;
        stage.until("the codebook", "return !!document.querySelector('.book')").await;
        stage.script(USE, vec![json!("Five Ws")]).await;
        stage.button("Use: Use another codebook").await;
        let asked = "return document.activeElement.id === 'pending-edit-title'";
        stage.until("the question", asked).await;
        for (width, height) in [(390, 844), (1366, 768), (1920, 1080)] {
            stage.size(width, height).await;
            stage.picture(&format!("asked-{width}")).await;
        }
        stage.size(1366, 768).await;
        stage.button("Cancel").await;
        stage.until("no question", "return !document.querySelector('.pending-edit')").await;
        stage.script("history.back()", Vec::new()).await;
        stage.until_marks(23).await;

        // Places are deleted, all else stays as it is.
        stage.button("Edit the codebook").await;
        stage.until("the codebook", "return !!document.querySelector('.book')").await;
        stage.script(USE, vec![json!("Five Ws")]).await;
        stage.button("Use: Use another codebook").await;
        stage.until("the question", asked).await;
        let delete = "const list = document.querySelector('select[aria-label=\"What should happen to Place\"]');
             list.value = [...list.options].find((o) => o.text === 'Delete').value;
             list.dispatchEvent(new Event('change', { bubbles: true }));";
        stage.script(delete, Vec::new()).await;
        let said = "return document.querySelector('.pending-edit [role=status]').textContent.includes('Will be deleted: Place: 4 marks')";
        stage.until("what will be deleted", said).await;
        stage.button("Delete and change the codebook").await;
        stage.until("no question", "return !document.querySelector('.pending-edit')").await;
        let told = "return document.querySelector('.notices').textContent.includes('4 marks and 1 relation were deleted')";
        stage.until("what was deleted", told).await;
        stage.script("history.back()", Vec::new()).await;
        stage.until_marks(19).await;
        stage.button("Undo").await;
        stage.until_marks(23).await;
    })
    .await;
}

/// Chooses in the list of other codebooks the one whose name has this.
const USE: &str =
    "const list = document.querySelector('select[aria-label=\"Use another codebook\"]');
     list.value = [...list.options].find((o) => o.text.includes(arguments[0])).value;
     list.dispatchEvent(new Event('change', { bubbles: true }));";

#[tokio::test]
async fn a_list_of_labels_becomes_tags_and_the_user_stays_where_they_are() {
    play("labels", async |stage| {
        let path = stage.file("a.txt", "Headline 🙂\n\nSome words to mark here.".as_bytes());
        stage.open_file(&path).await;
        stage.until("the article", "return !!document.querySelector('article p')").await;
        stage.button("Edit the codebook").await;
        stage.until("the codebook", "return !!document.querySelector('.book')").await;
        let prose = "A headline\n\nThe minister said on Tuesday that talks would go on for a week at the very least.\n";
        import(stage, "prose.txt", prose).await;
        let told = stage.alert().await;
        assert!(told.contains("neither a codebook nor a list of tags"), "{told}");
        import(stage, "labels.txt", "Threat\nرہنما\nCafe\u{301} 🙂\n").await;
        let tags = "return [...document.querySelectorAll('.tag-form summary b')].map((b) => b.textContent).join('|')";
        let is_there = format!("{tags} === arguments[0]").replacen("return ", "return (", 1).replacen(" === ", ") === ", 1);
        stage.until_with("the tags", &is_there, vec![json!("Threat|رہنما|Cafe\u{301} 🙂")]).await;
        let screen = stage.script("return location.hash", Vec::new()).await;
        assert!(screen.as_str().is_some_and(|hash| hash.starts_with("#/codebook/")), "{screen}");
    })
    .await;
}

/// A hundred tags leave room for the text, and each is found by its name, with the keys alone.
#[tokio::test]
async fn a_hundred_tags_leave_room_for_the_text() {
    play("many-tags", async |stage| {
        let path = stage.file("a.txt", "Headline 🙂\n\nSome words to mark here, and some more.".as_bytes());
        stage.open_file(&path).await;
        stage.until("the article", "return !!document.querySelector('article p')").await;
        stage.button("Edit the codebook").await;
        stage.until("the codebook", "return !!document.querySelector('.book')").await;
        let names = (1..=100).map(|number| match number % 3 {
            0 => format!("Economy: topic {number}"),
            1 => format!("موضوع {number}"),
            _ => format!("A longer name for topic {number}"),
        });
        import(stage, "many.txt", &names.collect::<Vec<_>>().join("\n")).await;
        let all = "return document.querySelectorAll('.tag-form').length === 100";
        stage.until("a hundred tags", all).await;
        stage.script("history.back()", Vec::new()).await;
        stage.until("the palette", "return !!document.querySelector('.palette .more-tags')").await;
        for (width, height) in [(1024, 768), (1366, 768), (1920, 1080)] {
            stage.size(width, height).await;
            let rows = "return document.querySelector('.palette').getBoundingClientRect().height";
            stage.until("two rows", &format!("{rows} < 110")).await;
            stage.picture(&format!("palette-{width}")).await;
            // All of it is in view, and the sweep reaches the words.
            stage.sweep("words").await;
            stage.until_words_card().await;
            let card = "const r = document.querySelector('.card').getBoundingClientRect();
                 return r.top >= 0 && r.bottom <= innerHeight && document.querySelector('.card-tags').getBoundingClientRect().height < 120";
            stage.until("the card in view", card).await;
            stage.picture(&format!("card-{width}")).await;
            stage.press(&[], key::ESCAPE).await;
        }
        // So low a window that the card with its list has no room where it stood without.
        stage.size(1366, 460).await;
        stage.sweep("words").await;
        stage.until_words_card().await;
        stage.press(&[], '.').await;
        let open = "return document.activeElement.matches('.card .tag-picker input')";
        stage.until("the box", open).await;
        // With the list of all tags it is higher, and still wholly in view.
        stage.until("the card in view with its list", LIST_IN_VIEW).await;
        stage.keys("topic 77").await;
        stage.picture("found").await;
        stage.press(&[], key::ENTER).await;
        stage.until_marks(1).await;
        assert_eq!(stage.marks().await[0].0, "a-longer-name-for-topic-77");
        // It was used last, so it comes first now; and it can be given by the arrows.
        stage.press(&[], key::ESCAPE).await;
        stage.sweep("here").await;
        stage.until_words_card().await;
        let first = "return document.querySelector('.card-tags .tag').textContent.includes('topic 77')";
        stage.until("the tag used last", first).await;
        stage.press(&[], '.').await;
        stage.until("the box", open).await;
        stage.press(&[], key::DOWN).await;
        stage.press(&[], key::ENTER).await;
        stage.until_marks(2).await;
        // From the palette it is armed.
        stage.press(&[], key::ESCAPE).await;
        stage.press(&[], '.').await;
        let open = "return document.activeElement.matches('.palette .tag-picker input')";
        stage.until("the box of the palette", open).await;
        stage.keys("موضوع 10").await;
        stage.press(&[], key::ENTER).await;
        let armed = "return document.querySelector('.armed-note')?.textContent.includes('موضوع 10')";
        stage.until("the armed tag", armed).await;
    })
    .await;
}

const LIST_IN_VIEW: &str = "const r = document.querySelector('.card').getBoundingClientRect();
     const list = document.querySelector('.card .tag-picker-list').getBoundingClientRect();
     return r.top >= 0 && r.bottom <= innerHeight && list.bottom <= r.bottom && list.height > 60;";
