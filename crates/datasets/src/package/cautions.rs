//! What programs that read a package lose or mistake without a warning, and how to avoid it.

use crate::catalogue::{Format, FormatId};

/// The section of the card about the formats of a package; empty if no caution is about them.
/// `longest`: the most tokens of a mark.
pub(crate) fn cautions(formats: &[&Format], longest: usize) -> String {
    let has = |id: FormatId| formats.iter().any(|format| format.id == id);
    let mut section = String::new();
    if has(FormatId::SpacyDocBin) {
        section.push_str(&spacy(longest));
    }
    if has(FormatId::HuggingFaceJsonl) || has(FormatId::HuggingFaceParquet) {
        section.push_str(HUGGING_FACE);
    }
    if has(FormatId::Bilou) {
        section.push_str(BILOU);
    }
    if has(FormatId::Brat) {
        section.push_str(BRAT);
    }
    match section.is_empty() {
        true => section,
        false => format!("\n## What readers lose\n\nWithout a warning:\n\n{section}"),
    }
}

/// Seen with spaCy 3.8: `Corpus` with `max_length` or `gold_preproc`, and the template of `spancat`
/// (`spacy init config --pipeline spancat`), whose suggester has the sizes 1, 2 and 3.
fn spacy(longest: usize) -> String {
    let mut caution = String::from(
        "- spaCy (`data/spacy`): a corpus with a `max_length`, or with `gold_preproc`, cuts \
         articles up, and every span group is lost; entities stay. Train with `max_length = 0` \
         and `gold_preproc = false`.\n",
    );
    if longest > 0 {
        let unit = if longest == 1 { "token" } else { "tokens" };
        caution.push_str(&format!(
            "- spaCy’s `spancat` finds only spans that its suggester proposes, and that of the \
             template proposes 1 to 3 tokens. The longest mark here has {longest} {unit}:\n\n  \
             ```ini\n  [components.spancat.suggester]\n  \
             @misc = \"spacy.ngram_range_suggester.v1\"\n  min_size = 1\n  \
             max_size = {longest}\n  ```\n\n"
        ));
    }
    caution
}

/// Seen with datasets 4.
const HUGGING_FACE: &str = "- Hugging Face `datasets`: the names of the labels in the card count, \
     not those in the data. An old card over new data exchanges labels: replace both together.\n";

/// Seen with seqeval 1.2.2.
const BILOU: &str = "- seqeval (`data/bilou`): its default mode does not know `U-` and `L-`, so \
     that neighbours merge or vanish; a file compared with itself still scores 1.0. Use \
     `mode=\"strict\", scheme=BILOU`.\n";

/// Seen with bioc 2.1.
const BRAT: &str = "- brat to BioC (`data/brat`, with the Python package bioc): a note \
     overwrites the label of its mark, and the names of attributes are dropped. Read the notes \
     from the `.ann` files.\n";
