//! What a document may have and a format may not hold.

/// Something that a document may have and a format may not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Marks over marks.
    Overlaps,
    /// Marks over marks, in the tags of tokens that stand beside the spans.
    Tags,
    /// That pieces are one mark.
    Pieces,
    /// Links between marks.
    Relations,
    /// What coders wrote beside marks.
    Notes,
    /// What marks answer.
    Answers,
    /// Who is who.
    Cast,
    /// What was set aside for another look.
    Flags,
    /// What is answered of the whole article.
    Questions,
    /// What tags mean.
    Rules,
    /// The white space between the words.
    Spacing,
    /// White space at the ends of marks.
    Trimmed,
    /// Marks of nothing but white space, or of less than a token.
    Gone,
    /// Ends of marks inside a token.
    Inside,
    /// Characters that the format has no way to write.
    Characters,
    /// Words and notes longer than a cell may be.
    Long,
    /// The article itself.
    Text,
    /// The marks themselves.
    Marks,
    /// How tags, relations and answers are called, where a format writes it otherwise.
    Names,
    /// Who made the file, and with what.
    MadeBy,
}

/// All of them, in the order in which they are told.
pub(crate) const LOSSES: [Loss; 20] = [
    Loss::Marks,
    Loss::Text,
    Loss::Overlaps,
    Loss::Tags,
    Loss::Gone,
    Loss::Inside,
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
    Loss::Long,
    Loss::MadeBy,
];
