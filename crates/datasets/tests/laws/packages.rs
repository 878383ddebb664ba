//! What the card of a package says of the programs that read it.

use crate::datasets::{document, sample};
use pullquote_core::model::document::Document;
use pullquote_datasets::builder::DatasetBuilder;
use pullquote_datasets::catalogue::{FORMATS, Format, FormatId};
use pullquote_datasets::encoding::zip::unzip;
use pullquote_datasets::options::Options;
use pullquote_datasets::package::plan::{PackagePlan, RATIOS, share_of};

/// The card of a package of these documents in these formats.
fn card(formats: Vec<&'static Format>, documents: &[Document]) -> String {
    let plan = PackagePlan {
        formats,
        options: Options {
            name: "set".to_owned(),
            ..Options::default()
        },
        ratios: RATIOS,
        seed: 0,
        licence: String::new(),
        agreement: String::new(),
    };
    let shares = documents.iter().map(share_of).collect();
    let mut builder = DatasetBuilder::package(plan, shares);
    documents.iter().for_each(|document| builder.add(document));
    let files = unzip(&builder.finish().unwrap().bytes).unwrap();
    let card = files.into_iter().find(|(name, _)| name == "README.md");
    String::from_utf8(card.unwrap().1).unwrap()
}

#[test]
fn a_card_warns_only_of_readers_of_its_formats() {
    let cautions = [
        (FormatId::SpacyDocBin, "`max_length = 0`"),
        (FormatId::SpacyDocBin, "spacy.ngram_range_suggester.v1"),
        (FormatId::HuggingFaceJsonl, "An old card over new data"),
        (FormatId::HuggingFaceParquet, "An old card over new data"),
        (FormatId::Bilou, "`mode=\"strict\", scheme=BILOU`"),
        (FormatId::Brat, "a note overwrites the label"),
    ];
    for format in FORMATS {
        let card = card(vec![format], &[sample()]);
        for (_, caution) in cautions {
            let is_expected = cautions.contains(&(format.id, caution));
            assert_eq!(
                card.contains(caution),
                is_expected,
                "{}: {caution}",
                format.id
            );
        }
        let has_section = cautions.iter().any(|(id, _)| *id == format.id);
        let heading = "## What readers lose";
        assert_eq!(card.contains(heading), has_section, "{}", format.id);
    }
}

#[test]
fn a_card_states_the_longest_mark_for_the_suggester() {
    let spacy = FormatId::SpacyDocBin.format();
    // The mark is the whole text, with the headline “Start”.
    let marked = document(1, "le maire e\u{301}lu رہنما", &[(0, u16::MAX)]);
    let card = card(vec![spacy], &[marked, document(2, "Again.", &[])]);
    assert!(
        card.contains("The longest mark here has 5 tokens"),
        "{card}"
    );
    assert!(card.contains("\n  max_size = 5\n"), "{card}");
}

#[test]
fn a_card_without_marks_needs_no_suggester() {
    let spacy = FormatId::SpacyDocBin.format();
    let card = card(vec![spacy], &[document(1, "Nothing.", &[])]);
    assert!(card.contains("`max_length = 0`"), "{card}");
    assert!(!card.contains("suggester"), "{card}");
}

#[test]
fn a_format_is_found_by_what_people_call_it() {
    let found = |search: &str| -> Vec<&str> {
        let found = FORMATS.iter().filter(|format| format.is_found_by(search));
        found.map(|format| format.id.as_str()).collect()
    };
    assert_eq!(found("excel"), ["xlsx"]);
    assert_eq!(found(".XLSX"), ["xlsx"]);
    assert_eq!(found("huggingface"), ["hf", "parquet"]);
    assert_eq!(found("hugging face parquet"), ["parquet"]);
    assert_eq!(found("word list"), ["csv", "tsv", "xlsx"]);
    assert_eq!(found("bio"), ["conll2003", "iob2", "bioes", "bilou"]);
    assert_eq!(found("network"), ["graphml", "gexf"]);
    assert_eq!(found("html"), ["html"]);
    assert_eq!(found("conll-u"), ["conllu"]);
    assert_eq!(found("atlas.ti"), ["refi-qda", "qdc"]);
    assert!(found("spacy").starts_with(&["spacy"]));
    assert_eq!(found(" . ").len(), FORMATS.len());
    assert_eq!(found("رہنما"), Vec::<&str>::new());
    for format in FORMATS {
        for search in [format.id.as_str(), format.name, format.extension] {
            assert!(format.is_found_by(search), "{}: {search}", format.id);
        }
    }
}
