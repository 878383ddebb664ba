//! Marking many places at once, an armed tag, marks with several pieces, the codebook.

use crate::browser::{Browser, key, play};
use serde_json::{Value as Json, json};

const TEXT: &str = "A wall for Port Ellery 🌊\n\nThe council of Port Ellery met on Monday. The council’s \
                    engineer and the mayor spoke; councils elsewhere did not. Port Ellery waits.\n\n\
                    “The council will build the wall by June,” said Mayor Ines Okafor. The council \
                    agreed.\n\nمیئر نے کہا کہ دیوار بنے گی۔";

async fn opened(browser: &Browser) {
    let path = browser.file("wall.txt", TEXT.as_bytes());
    browser.open_file(&path).await;
    browser
        .until(
            "the article",
            "return !!document.querySelector('article h1')",
        )
        .await;
}

#[tokio::test]
async fn listed_marks_are_reviewed_and_changed_together() {
    play("bulk", async |browser| {
        opened(browser).await;
        browser.mark("The council", "Actor").await;
        browser
            .until("how many more", "return document.querySelector('.tag-more')?.textContent === 'Tag 2 more'")
            .await;
        browser.button("Found 2 more times").await;
        let places = "return document.querySelectorAll('.places li').length";
        browser.until("the places", &format!("{places} === 2")).await;
        browser.click_on(".review-how label:nth-of-type(2)").await;
        browser.until("inflected places too", &format!("{places} === 3")).await;
        browser.picture("review").await;
        // The first place is deselected.
        browser.click_on(".places li:nth-of-type(1) label").await;
        browser.button("Tag 2 as Actor").await;
        browser.until_marks(3).await;
        browser.button("Undo: tag 2 more places").await;
        browser.until_marks(1).await;
        browser.button("Redo").await;
        browser.until_marks(3).await;

        // All listed marks get another tag, and are then deleted: one step each.
        browser.press(&[], key::ESCAPE).await;
        browser.press(&[], key::ESCAPE).await;
        browser.search_box().await;
        browser.type_text("#marks-search", "council").await;
        let chosen = "const list = document.querySelector('.listed select');
             if (!list) return false;
             list.value = 'place';
             list.dispatchEvent(new Event('change', { bubbles: true }));
             return true";
        let change = "const button = document.querySelector('.listed .pick button');
             if (!button || button.disabled) return false;
             button.click();
             return true";
        // When all marks are listed, there is no command for the listed ones.
        assert_eq!(browser.script(chosen, Vec::new()).await, json!(false));
        browser.mark("Port Ellery met", "Place").await;
        browser.until("a part is listed", chosen).await;
        browser.until("another tag can be given", change).await;
        let tags = "return [...document.querySelectorAll('article mark')].map((m) => m.dataset.tag).join()";
        browser.until("other tags", &format!("return (() => {{ {tags} }})() === 'place,place,place,place'")).await;
        browser.button("Delete these 3 marks").await;
        browser.until_marks(1).await;
        browser.button("Undo: delete").await;
        browser.until_marks(4).await;
    })
    .await;
}

#[tokio::test]
async fn an_armed_tag_marks_every_sweep() {
    play("armed", async |browser| {
        opened(browser).await;
        browser.button("Place").await;
        browser.until("armed", "return !!document.querySelector('.armed-note')").await;
        browser.picture("armed").await;
        browser.sweep("Port Ellery met").await;
        browser.until_marks(1).await;
        browser.sweep("Monday").await;
        browser.until_marks(2).await;
        // A plain click makes no mark.
        browser.click_words("engineer").await;
        browser.press(&[], key::ESCAPE).await;
        browser.until("disarmed", "return !document.querySelector('.armed-note')").await;
        browser.sweep("engineer").await;
        browser.until_words_card().await;
        assert_eq!(browser.marks().await.len(), 2);

        // The engineer and the mayor as one mark of two pieces.
        browser.card_tag("Actor").await;
        browser.until_marks(3).await;
        browser.sweep_with("mayor", Some(key::CONTROL)).await;
        let quote = async |quote: &str| {
            browser
                .until_with("the pieces", "return document.querySelector('.mark-row.chosen .mark-row-words')?.textContent === arguments[0]", vec![json!(quote)])
                .await;
        };
        quote("engineer … mayor").await;
        browser.picture("pieces").await;
        // The end of the first piece is moved with its handle.
        let handles = "return document.querySelectorAll('.handle').length";
        assert_eq!(browser.script(handles, Vec::new()).await, json!(4));
        // In a wide column all of them stand in one line.
        browser.script("document.documentElement.dataset.width = 'wide'; dispatchEvent(new Event('resize'))", Vec::new()).await;
        let knob = "const [first] = [...document.querySelectorAll('.handle-end')].sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left);
             const r = first.querySelector('.knob').getBoundingClientRect();
             return [r.left + r.width / 2, r.top + r.height / 2]";
        let knob = browser.script(knob, Vec::new()).await;
        let knob = (knob[0].as_f64().unwrap(), knob[1].as_f64().unwrap());
        let (_, to) = browser.word_edges("engineer and").await;
        browser.drag(knob, to, None).await;
        quote("engineer and … mayor").await;
        browser.button("Remove mayor").await;
        quote("engineer and").await;
        browser.button("Add part").await;
        browser.sweep("Okafor").await;
        quote("engineer and … Okafor").await;
        browser.saved().await;
        let (_, bytes) = browser.export().await;
        let file: Json = serde_json::from_slice(&bytes).unwrap();
        let marks = file["annotations"].as_array().unwrap();
        let spans = marks.iter().map(|mark| mark["spans"].as_array().unwrap().len());
        assert_eq!(spans.collect::<Vec<_>>(), [1, 1, 2]);
    })
    .await;
}

#[tokio::test]
async fn an_edited_codebook_is_used_in_another_article() {
    play("codebook", async |browser| {
        opened(browser).await;
        browser.mark("Mayor Ines Okafor", "Actor").await;
        browser.press(&[], key::ESCAPE).await;
        browser.click_on(".palette a").await;
        browser.until("the codebook", "return !!document.querySelector('.book')").await;
        let input = "[aria-label='New tag']";
        // Pullquote asks about a name that is nearly equal to another.
        browser.type_text(input, "Actors").await;
        browser.press(&[], key::ENTER).await;
        browser
            .until("the question", "return document.querySelector('.notices').textContent.includes('“Actor” already exists')")
            .await;
        browser.button("Dismiss").await;
        browser.type_text(input, "Weather").await;
        browser.press(&[], key::ENTER).await;
        let tags = "return [...document.querySelectorAll('.tag-form .fold-head b')].map((b) => b.textContent).join()";
        browser
            .until("the tag", &format!("return (() => {{ {tags} }})() === 'Actor,Place,Commitment,Event,Weather'"))
            .await;
        browser.click_on("[id='tag-weather-head']").await;
        browser.until("its form", "return !!document.querySelector('.tag-form.open')").await;
        browser.type_text(".tag-form.open textarea", "Rain, wind and floods.").await;
        browser.type_text(".tag-form.open [aria-label='New field']", "Force").await;
        browser.press(&[], key::ENTER).await;
        browser
            .until("the attribute", "return !!document.querySelector('.tag-form.open .attribute-form[aria-label=Force]')")
            .await;
        browser.picture("edited").await;
        let (name, bytes) = browser.file_of_button("Download codebook").await;
        assert_eq!(name, "News who, where, promised, happened.pullquote-codebook.json");
        let file: Json = serde_json::from_slice(&bytes).unwrap();
        let weather = &file["codebook"]["tags"][4];
        assert_eq!(weather["definition"], "Rain, wind and floods.");
        assert_eq!(weather["attributes"][0]["name"], "Force");

        // A tag is merged into another with its marks, and undo brings it back.
        browser.click_on("[id='tag-actor-head']").await;
        browser.until("its form", "return !!document.querySelector('[id=tag-actor] select')").await;
        let merge = "const list = document.querySelector('.tag-form select[aria-label^=\"Merge Actor\"]');
             list.value = 'place';
             list.dispatchEvent(new Event('change', { bubbles: true }));
             return true";
        browser.script(merge, Vec::new()).await;
        let press = "const button = document.querySelector('.tag-form select[aria-label^=\"Merge Actor\"] + button');
             if (button.disabled) return false;
             button.click();
             return true";
        browser.until("it can be merged", press).await;
        browser
            .until("merged", &format!("return (() => {{ {tags} }})() === 'Place,Commitment,Event,Weather'"))
            .await;
        browser.click_on(".bar .crumb").await;
        browser.until_marks(1).await;
        assert_eq!(browser.marks().await[0].0, "place");
        browser.button("Undo: merge Actor into Place").await;
        browser
            .until("the tag again", "return document.querySelector('article mark').dataset.tag === 'actor'")
            .await;

        // Another article gets the codebook file, and its card asks the codebook's questions.
        browser.click_on(".bar .name").await;
        let path = browser.file("other.txt", "Another\n\nThe storm came at noon.".as_bytes());
        browser.open_file(&path).await;
        browser.until("the article", "return document.querySelector('article h1')?.textContent === 'Another'").await;
        browser.click_on(".palette a").await;
        let path = browser.file(&name, &bytes);
        browser.until("the codebook", "return !!document.querySelector('.book')").await;
        browser.take_file("Import codebook…", &path).await;
        browser
            .until("the codebook of the file", &format!("return (() => {{ {tags} }})().endsWith('Weather')"))
            .await;
        browser.click_on(".bar .crumb").await;
        browser.sweep("storm").await;
        browser.until_words_card().await;
        browser.press(&[], 'w').await;
        browser
            .until("what is asked", "return !!document.querySelector('.card input[aria-label=Force]')")
            .await;
    })
    .await;
}
