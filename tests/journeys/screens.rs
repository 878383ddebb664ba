//! The screens at phone, laptop and projector width, light and dark.

use crate::browser::play;

#[tokio::test]
async fn every_screen_is_photographed() {
    play("look", async |browser| {
        browser.picture("library-empty").await;
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        browser.picture("article-1440").await;
        browser.click_words("Liaison officers of each army").await;
        browser
            .until("the card", "return !!document.querySelector('.card')")
            .await;
        browser.picture("card-1440").await;
        browser.dark(true).await;
        browser.picture("card-1440-dark").await;
        browser.size(390, 844).await;
        browser.picture("card-390-dark").await;
        browser.dark(false).await;
        browser.picture("card-390").await;
        browser.press(&[], crate::browser::key::ESCAPE).await;
        browser.sweep("trust that the other").await;
        browser.until_words_card().await;
        browser.picture("words-390").await;
        browser.button("List of marks").await;
        browser.picture("list-390").await;
        browser.button("List of marks").await;
        browser.click_words("Liaison officers of each army").await;
        browser.size(1920, 1080).await;
        browser.picture("card-1920").await;
        browser.size(1024, 768).await;
        browser.picture("card-1024").await;
    })
    .await;
}
