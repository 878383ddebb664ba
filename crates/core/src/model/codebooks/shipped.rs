//! The codebooks that ship with the app.

use crate::model::codebook::Codebook;
use crate::model::codebooks::rows::Book;
use crate::model::codebooks::{claims, five_ws, frames, news, quotations};

impl Codebook {
    /// *News: who, where, promised, happened*: actors, places, commitments and events, with
    /// attributes for each and relations between them.
    #[must_use]
    pub fn news() -> Self {
        whole(&news::BOOK)
    }

    /// All shipped codebooks. The first is [`Codebook::news`].
    #[must_use]
    pub fn shipped() -> Vec<Self> {
        BOOKS.iter().map(|book| whole(book)).collect()
    }

    /// A codebook without tags, in version 1.
    #[must_use]
    pub fn empty(name: String) -> Self {
        let mut book = whole(&NOTHING);
        book.name = name;
        "1".clone_into(&mut book.version);
        book
    }
}

const BOOKS: [&Book; 5] = [
    &news::BOOK,
    &quotations::BOOK,
    &claims::BOOK,
    &five_ws::BOOK,
    &frames::BOOK,
];

const NOTHING: Book = Book {
    name: "",
    version: "",
    guide: "",
    tags: &[],
    relations: &[],
    questions: &[],
};

fn whole(book: &Book) -> Codebook {
    // Each is a constant, and `the_codebooks_that_ship_are_whole` makes it. `expect` would bring
    // the `Debug` of the error into the app.
    let Ok(codebook) = book.codebook() else {
        unreachable!("a codebook that ships is whole");
    };
    codebook
}
