//! More than a tag: many places at once, an armed tag, marks of pieces, the codebook.

use crate::stage::{Stage, key, play};
use serde_json::{Value as Json, json};

const TEXT: &str = "A wall for Port Ellery 🌊\n\nThe council of Port Ellery met on Monday. The council’s \
                    engineer and the mayor spoke; councils elsewhere did not. Port Ellery waits.\n\n\
                    “The council will build the wall by June,” said Mayor Ines Okafor. The council \
                    agreed.\n\nمیئر نے کہا کہ دیوار بنے گی۔";

async fn opened(stage: &Stage) {
    let path = stage.file("wall.txt", TEXT.as_bytes());
    stage.open_file(&path).await;
    stage
        .until(
            "the article",
            "return !!document.querySelector('article h1')",
        )
        .await;
}

#[tokio::test]
async fn more_places_are_reviewed_and_what_is_listed_is_changed_at_once() {
    play("bulk", async |stage| {
        opened(stage).await;
        stage.mark("The council", "Actor").await;
        stage
            .until("how many more", "return document.querySelector('.card-more')?.textContent.startsWith('Found 2 more times')")
            .await;
        stage.button("Tag them…").await;
        let places = "return document.querySelectorAll('.places li').length";
        stage.until("the places", &format!("{places} === 2")).await;
        stage.click_on(".review-how label:nth-of-type(2)").await;
        stage.until("inflected places too", &format!("{places} === 3")).await;
        stage.picture("review").await;
        // The first is not wanted.
        stage.click_on(".places li:nth-of-type(1) label").await;
        stage.button("Tag 2 as Actor").await;
        stage.until_marks(3).await;
        stage.button("Undo: tag 2 more places").await;
        stage.until_marks(1).await;
        stage.button("Redo").await;
        stage.until_marks(3).await;

        // What the list shows gets another tag, and goes: one step each.
        stage.press(&[], key::ESCAPE).await;
        stage.press(&[], key::ESCAPE).await;
        stage.search_box().await;
        stage.type_text("#marks-search", "council").await;
        let chosen = "const list = document.querySelector('.listed select');
             if (!list) return false;
             list.value = 'place';
             list.dispatchEvent(new Event('change', { bubbles: true }));
             return true";
        let change = "const button = document.querySelector('.listed .pick button');
             if (!button || button.disabled) return false;
             button.click();
             return true";
        // All of them are listed: then there is nothing to be done with a part.
        assert_eq!(stage.script(chosen, Vec::new()).await, json!(false));
        stage.mark("Port Ellery met", "Place").await;
        stage.until("a part is listed", chosen).await;
        stage.until("another tag can be given", change).await;
        let tags = "return [...document.querySelectorAll('article mark')].map((m) => m.dataset.tag).join()";
        stage.until("other tags", &format!("return (() => {{ {tags} }})() === 'place,place,place,place'")).await;
        stage.button("Delete these 3 marks").await;
        stage.until_marks(1).await;
        stage.button("Undo: delete").await;
        stage.until_marks(4).await;
    })
    .await;
}

#[tokio::test]
async fn an_armed_tag_is_swept_and_a_mark_gets_pieces() {
    play("armed", async |stage| {
        opened(stage).await;
        stage.button("Place").await;
        stage.until("armed", "return !!document.querySelector('.armed-note')").await;
        stage.picture("armed").await;
        stage.sweep("Port Ellery met").await;
        stage.until_marks(1).await;
        stage.sweep("Monday").await;
        stage.until_marks(2).await;
        // A plain click makes none.
        stage.click_words("engineer").await;
        stage.press(&[], key::ESCAPE).await;
        stage.until("disarmed", "return !document.querySelector('.armed-note')").await;
        stage.sweep("engineer").await;
        stage.until_words_card().await;
        assert_eq!(stage.marks().await.len(), 2);

        // The engineer and the mayor as one mark of two pieces.
        stage.card_tag("Actor").await;
        stage.until_marks(3).await;
        stage.sweep_with("mayor", Some(key::CONTROL)).await;
        let quote = async |quote: &str| {
            stage
                .until_with("the pieces", "return document.querySelector('.mark-row.chosen .mark-row-words')?.textContent === arguments[0]", vec![json!(quote)])
                .await;
        };
        quote("engineer … mayor").await;
        stage.picture("pieces").await;
        // The end of the first piece, by its own handle.
        let handles = "return document.querySelectorAll('.handle').length";
        assert_eq!(stage.script(handles, Vec::new()).await, json!(4));
        let knob = "const [first] = [...document.querySelectorAll('.handle-end')].sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left);
             const r = first.querySelector('.knob').getBoundingClientRect();
             return [r.left + r.width / 2, r.top + r.height / 2]";
        let knob = stage.script(knob, Vec::new()).await;
        let knob = (knob[0].as_f64().unwrap(), knob[1].as_f64().unwrap());
        let (_, to) = stage.ends_of("engineer and").await;
        stage.drag(knob, to, None).await;
        quote("engineer and … mayor").await;
        stage.button("Remove mayor").await;
        quote("engineer and").await;
        stage.button("Add part").await;
        stage.sweep("Okafor").await;
        quote("engineer and … Okafor").await;
        stage.saved().await;
        let (_, bytes) = stage.export().await;
        let file: Json = serde_json::from_slice(&bytes).unwrap();
        let marks = file["annotations"].as_array().unwrap();
        let spans = marks.iter().map(|mark| mark["spans"].as_array().unwrap().len());
        assert_eq!(spans.collect::<Vec<_>>(), [1, 1, 2]);
    })
    .await;
}

#[tokio::test]
async fn a_codebook_is_edited_saved_and_used_again() {
    play("codebook", async |stage| {
        opened(stage).await;
        stage.mark("Mayor Ines Okafor", "Actor").await;
        stage.press(&[], key::ESCAPE).await;
        stage.click_on(".palette a").await;
        stage.until("the codebook", "return !!document.querySelector('.book')").await;
        let input = "[aria-label='New tag']";
        // A name that is nearly there is asked about.
        stage.type_text(input, "Actors").await;
        stage.press(&[], key::ENTER).await;
        stage
            .until("the question", "return document.querySelector('.notices').textContent.includes('“Actor” already exists')")
            .await;
        stage.button("Dismiss").await;
        stage.type_text(input, "Weather").await;
        stage.press(&[], key::ENTER).await;
        let tags = "return [...document.querySelectorAll('.tag-form > summary b')].map((b) => b.textContent).join()";
        stage
            .until("the tag", &format!("return (() => {{ {tags} }})() === 'Actor,Place,Commitment,Event,Weather'"))
            .await;
        stage.script("document.querySelectorAll('.tag-form')[4].open = true", Vec::new()).await;
        stage.type_text(".tag-form[open] textarea", "Rain, wind and floods.").await;
        stage.type_text(".tag-form[open] [aria-label='New attribute']", "Force").await;
        stage.press(&[], key::ENTER).await;
        stage
            .until("the attribute", "return !!document.querySelector('.tag-form[open] .attribute-form[aria-label=Force]')")
            .await;
        stage.picture("edited").await;
        let (name, bytes) = stage.file_of_button("Download codebook").await;
        assert_eq!(name, "News who, where, promised, happened.pullquote-codebook.json");
        let file: Json = serde_json::from_slice(&bytes).unwrap();
        let weather = &file["codebook"]["tags"][4];
        assert_eq!(weather["definition"], "Rain, wind and floods.");
        assert_eq!(weather["attributes"][0]["name"], "Force");

        // Merged away with its marks, and back.
        let merge = "const list = document.querySelector('.tag-form select[aria-label^=\"Merge Actor\"]');
             list.value = 'place';
             list.dispatchEvent(new Event('change', { bubbles: true }));
             return true";
        stage.script(merge, Vec::new()).await;
        let press = "const button = document.querySelector('.tag-form select[aria-label^=\"Merge Actor\"] + button');
             if (button.disabled) return false;
             button.click();
             return true";
        stage.until("it can be merged", press).await;
        stage
            .until("merged", &format!("return (() => {{ {tags} }})() === 'Place,Commitment,Event,Weather'"))
            .await;
        stage.click_on(".bar .crumb").await;
        stage.until_marks(1).await;
        assert_eq!(stage.marks().await[0].0, "place");
        stage.button("Undo: merge Actor into Place").await;
        stage
            .until("the tag again", "return document.querySelector('article mark').dataset.tag === 'actor'")
            .await;

        // Another article gets the file; its card asks what the codebook asks.
        stage.click_on(".bar .name").await;
        let path = stage.file("other.txt", "Another\n\nThe storm came at noon.".as_bytes());
        stage.open_file(&path).await;
        stage.until("the article", "return document.querySelector('article h1')?.textContent === 'Another'").await;
        stage.click_on(".palette a").await;
        let path = stage.file(&name, &bytes);
        stage.until("the codebook", "return !!document.querySelector('.book')").await;
        stage.take_file("Import codebook…", &path).await;
        stage
            .until("the codebook of the file", &format!("return (() => {{ {tags} }})().endsWith('Weather')"))
            .await;
        stage.click_on(".bar .crumb").await;
        stage.sweep("storm").await;
        stage.until_words_card().await;
        stage.press(&[], 'w').await;
        stage
            .until("what is asked", "return !!document.querySelector('.card input[aria-label=Force]')")
            .await;
    })
    .await;
}
