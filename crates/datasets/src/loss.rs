//! What a document may have and a format may not hold.

/// Something that a document may have and a format may not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Marks that overlap others.
    Overlaps,
    /// Marks that overlap others, in token tags that are written beside the spans.
    Tags,
    /// That several spans are one mark.
    Pieces,
    /// Relations between marks.
    Relations,
    /// The notes of marks.
    Notes,
    /// Answers given for marks.
    Answers,
    /// The cast: which marks are the same person or thing.
    Cast,
    /// The flags of marks.
    Flags,
    /// Answers about the whole article.
    Questions,
    /// The rules of the codebook.
    Rules,
    /// The white space between the words.
    Spacing,
    /// White space at the ends of marks.
    Trimmed,
    /// Marks of white space alone, or of less than a token.
    Dropped,
    /// That a mark starts or ends inside a token.
    InsideToken,
    /// Characters that the format cannot write.
    Characters,
    /// The end of words and notes that are longer than a cell may be.
    LongCells,
    /// The text of the article.
    Text,
    /// The marks themselves.
    Marks,
    /// Names of tags, relations and answers that the format writes differently.
    Names,
    /// Which program made the file, when, and with which codebook.
    MadeBy,
}

/// All losses, in the order in which they are shown.
pub(crate) const LOSSES: [Loss; 20] = [
    Loss::Marks,
    Loss::Text,
    Loss::Overlaps,
    Loss::Tags,
    Loss::Dropped,
    Loss::InsideToken,
    Loss::Trimmed,
    Loss::Pieces,
    Loss::Relations,
    Loss::Notes,
    Loss::Answers,
    Loss::Cast,
    Loss::Questions,
    Loss::Flags,
    Loss::Rules,
    Loss::Spacing,
    Loss::Names,
    Loss::Characters,
    Loss::LongCells,
    Loss::MadeBy,
];
