//! The screens at phone, laptop and projector width, light and dark.

use crate::stage::play;

#[tokio::test]
async fn the_screens_as_pictures() {
    play("look", async |stage| {
        stage.picture("library-empty").await;
        stage.button("Open the sample").await;
        stage.until_marks(23).await;
        stage.saved().await;
        stage.picture("article-1440").await;
        stage.click_words("Liaison officers of each army").await;
        stage
            .until("the card", "return !!document.querySelector('.card')")
            .await;
        stage.picture("card-1440").await;
        stage.dark(true).await;
        stage.picture("card-1440-dark").await;
        stage.size(390, 844).await;
        stage.picture("card-390-dark").await;
        stage.dark(false).await;
        stage.picture("card-390").await;
        stage.press(&[], crate::stage::key::ESCAPE).await;
        stage.sweep("trust that the other").await;
        stage.until_words_card().await;
        stage.picture("words-390").await;
        stage.button("List of marks").await;
        stage.picture("list-390").await;
        stage.button("List of marks").await;
        stage.click_words("Liaison officers of each army").await;
        stage.size(1920, 1080).await;
        stage.picture("card-1920").await;
        stage.size(1024, 768).await;
        stage.picture("card-1024").await;
    })
    .await;
}
