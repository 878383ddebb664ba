//! The codebooks that ship with the app.

use crate::model::codebook::Codebook;
use crate::model::codebooks::rows::CodebookRow;
use crate::model::codebooks::{claims, five_ws, frames, news, quotations};

impl Codebook {
    /// *News: who, where, promised, happened*: actors, places, commitments and events, with
    /// attributes for each and relations between them.
    #[must_use]
    pub fn news() -> Self {
        whole(&news::CODEBOOK)
    }

    /// All shipped codebooks. The first is [`Codebook::news`].
    #[must_use]
    pub fn shipped() -> Vec<Self> {
        CODEBOOKS.iter().map(|codebook| whole(codebook)).collect()
    }

    /// A codebook without tags, in version 1.
    #[must_use]
    pub fn empty(name: String) -> Self {
        let mut codebook = whole(&NOTHING);
        codebook.name = name;
        "1".clone_into(&mut codebook.version);
        codebook
    }
}

const CODEBOOKS: [&CodebookRow; 5] = [
    &news::CODEBOOK,
    &quotations::CODEBOOK,
    &claims::CODEBOOK,
    &five_ws::CODEBOOK,
    &frames::CODEBOOK,
];

const NOTHING: CodebookRow = CodebookRow {
    name: "",
    version: "",
    guide: "",
    tags: &[],
    relations: &[],
    questions: &[],
};

fn whole(codebook: &CodebookRow) -> Codebook {
    // Each is a constant, and `the_shipped_codebooks_are_valid` makes it. `expect` would bring
    // the `Debug` of the error into the app.
    let Ok(codebook) = codebook.codebook() else {
        unreachable!("a codebook that ships is whole");
    };
    codebook
}
