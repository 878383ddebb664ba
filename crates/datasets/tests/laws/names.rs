//! Names that a format does not allow: they stay distinct, keep what the format allows, are in
//! its configuration unchanged, and count as a loss.

use super::cases::{id, slug};
use super::datasets::write;
use proptest::prelude::*;
use pullquote_core::model::annotation::{Annotation, Spans};
use pullquote_core::model::codebook::{Codebook, RelationKind, Tag};
use pullquote_core::model::document::{Document, DocumentParts};
use pullquote_core::model::relation::Relation;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::{Attribute, AttributeKind, Value};
use pullquote_datasets::catalogue::{FORMATS, Format};
use pullquote_datasets::codecs::reader;
use pullquote_datasets::loss_counts::LossCounts;
use pullquote_datasets::options::Options;
use pullquote_datasets::verify::verify;
use pullquote_formats::plain_text::article_of_text;

use std::collections::BTreeSet;

/// A document with a mark for each of these tags (id, name), each on its own word. A relation of
/// each kind (id, name) leads from the first mark to the second.
fn document(number: u64, tags: &[(&str, &str)], kinds: &[(&str, &str)]) -> Document {
    // One mark of one token, and one of two.
    let word = |place: usize| match place % 2 {
        0 => format!("w{place}é"),
        _ => format!("w{place} é"),
    };
    let words: Vec<String> = (0..tags.len()).map(word).collect();
    let article = article_of_text(id(number * 1_000), &words.join(" 🚜 "), None).unwrap();
    let news = Codebook::news();
    let first = &news.tags()[0];
    let all = tags.iter().map(|(tag, name)| Tag {
        id: slug(tag),
        name: (*name).to_owned(),
        key: None,
        attributes: Vec::new(),
        ..Tag::clone(first)
    });
    let kind = |(kind, name): &(&str, &str)| RelationKind {
        id: slug(kind),
        name: (*name).to_owned(),
        from: vec![slug(tags[0].0)],
        to: vec![slug(tags[1].0)],
        required: false,
    };
    let book = Codebook::new(
        "News".to_owned(),
        "1".to_owned(),
        String::new(),
        all.collect(),
        kinds.iter().map(kind).collect(),
        Vec::new(),
    );
    let marks = (1..)
        .zip(tags)
        .zip(&words)
        .map(|((place, (tag, _)), word)| {
            let start = article.text().find(word.as_str()).unwrap();
            Annotation {
                id: id(number * 1_000 + place),
                tag: slug(tag),
                spans: Spans::from(article.span(start..start + word.len()).unwrap()),
                values: Default::default(),
                entity: None,
                note: String::new(),
                flagged: false,
                coder: String::new(),
                created: Timestamp(1),
                modified: Timestamp(1),
            }
        });
    let annotations: Vec<Annotation> = marks.collect();
    let relations = (500..).zip(kinds).map(|(place, (kind, _))| Relation {
        id: id(number * 1_000 + place),
        kind: slug(kind),
        from: annotations[0].id,
        to: annotations[1].id,
    });
    Document::from_parts(DocumentParts {
        relations: relations.collect(),
        entities: Vec::new(),
        answers: Default::default(),
        coder: String::new(),
        codebook: book.unwrap(),
        article,
        annotations,
    })
    .unwrap()
}

fn options() -> Options {
    Options {
        name: "set".to_owned(),
        ..Options::default()
    }
}

/// The files of a format, and the phrase about changed names.
fn files(format: &str, documents: &[Document]) -> (Vec<(String, String)>, String) {
    let format = Format::named(format).unwrap();
    let (files, written) = write(format, documents, &options());
    let proof = verify(format, reader(format), &written, &mut |file| {
        files.open(file)
    });
    assert!(proof.is_ok(), "{}: {proof:?}", format.id);
    let mut losses = LossCounts::none(&options());
    for document in documents {
        losses.add(format, document, &options());
    }
    let told = losses.phrases();
    let told = told
        .into_iter()
        .find(|it| it.contains(" as it is") || it.contains(" as they are"));
    let text =
        |(name, bytes): (String, Vec<u8>)| (name, String::from_utf8_lossy(&bytes).into_owned());
    (
        files.0.into_iter().map(text).collect(),
        told.unwrap_or_default(),
    )
}

/// The labels in a file, in order.
fn labels_in(format: &str, files: &[(String, String)]) -> Vec<String> {
    let text = |ending: &str| {
        let own = files.iter().filter(|(name, _)| name.ends_with(ending));
        own.map(|(_, text)| text.as_str()).collect::<String>()
    };
    let begins = |line: &str, before: &str| Some(line.split_once(before)?.1.to_owned());
    match format {
        "brat" => {
            let lines = text(".ann");
            let marks = lines.lines().filter(|line| line.starts_with('T'));
            let head = marks.map(|line| line.split(['\t', ' ']).nth(1).unwrap().to_owned());
            head.collect()
        }
        "conllu" => {
            let lines = text(".conllu");
            let labels = lines.lines().filter_map(|line| begins(line, "name=B-"));
            labels
                .map(|it| it.split('|').next().unwrap().to_owned())
                .collect()
        }
        "conll2003" => text(".conll")
            .lines()
            .filter_map(|line| begins(line, " B-"))
            .collect(),
        "iob2" => text(".tsv")
            .lines()
            .filter_map(|line| begins(line, "\tB-"))
            .collect(),
        other => panic!("{other}"),
    }
}

const TAGS: &[(&str, &str)] = &[
    ("vague-promise", "Vague promise"),
    ("رہنما", "رہنما"),
    ("leader", "指導者"),
    ("指示", "指示"),
    ("tractor", "🚜"),
    ("a", "a|b"),
    ("b", "a b"),
    ("event", "É\u{300}ve\u{300}nement"),
    ("line", "---"),
    ("Actor", "Actor"),
];

#[test]
fn brat_writes_the_id_of_a_tag_in_another_script_and_shows_its_name() {
    let kinds = [("says", "کہتا ہے"), ("blames", "Vague promise")];
    let (files, told) = files("brat", &[document(1, TAGS, &kinds)]);
    let expected = [
        "Vague_promise",
        "tag_2",
        "leader",
        "tag_4",
        "tractor",
        "a_b",
        "a_b_2",
        "Evenement",
        "line",
        "Actor",
    ];
    assert_eq!(labels_in("brat", &files), expected);
    let of = |name: &str| &files.iter().find(|it| it.0 == name).unwrap().1;
    let visual = of("visual.conf");
    for line in [
        "Vague_promise | Vague promise",
        "tag_2 | رہنما",
        "leader | 指導者",
        "a_b | a/b",
        "# a_b is a|b",
        "a_b_2 | a b",
        "says | کہتا ہے",
    ] {
        assert!(visual.lines().any(|it| it == line), "{line}: {visual}");
    }
    let configuration = of("annotation.conf");
    for name in expected {
        assert!(
            configuration.lines().any(|it| it == name),
            "{configuration}"
        );
    }
    for told_of in [
        "10 names as they are: ",
        "“Vague promise” is written as “Vague_promise”",
        "“رہنما” is written as “tag_2”",
        "“指導者” is written as “leader”",
        "“کہتا ہے” is written as “says”",
        "(the files say which is which)",
    ] {
        assert!(told.contains(told_of), "{told_of}: {told}");
    }
    assert!(!told.contains("“Actor”"), "{told}");
}

#[test]
fn columns_keep_every_letter_and_count_spaces_as_lost() {
    for format in ["conll2003", "iob2"] {
        let (files, told) = files(format, &[document(1, TAGS, &[])]);
        let labels = labels_in(format, &files);
        assert_eq!(labels[..4], ["Vague_promise", "رہنما", "指導者", "指示"]);
        let expected = "2 names as they are: “Vague promise” is written as “Vague_promise”, “a b” is \
                        written as “a_b”";
        assert_eq!(told, expected, "{format}");
    }
}

#[test]
fn a_conllu_file_states_names_in_comments() {
    let (files, told) = files("conllu", &[document(1, TAGS, &[]), document(2, TAGS, &[])]);
    let labels = labels_in("conllu", &files);
    let labels = labels.iter().map(String::as_str);
    let expected = ["VAGUE_PROMISE", "TAG", "LEADER", "TAG_B"];
    assert_eq!(labels.clone().take(4).collect::<Vec<_>>(), expected);
    let distinct: BTreeSet<&str> = labels.collect();
    assert_eq!(distinct.len(), TAGS.len());
    let text = &files[0].1;
    assert!(
        text.contains("# label VAGUE_PROMISE = Vague promise\n"),
        "{text}"
    );
    assert!(text.contains("# label LEADER = 指導者\n"), "{text}");
    // Two articles with the same ten tags have ten names.
    assert!(told.starts_with("10 names as they are: "), "{told}");
}

#[test]
fn tei_writes_a_relation_as_one_word_and_states_its_name() {
    let (files, told) = files(
        "tei",
        &[document(
            1,
            TAGS,
            &[("says", "says  of"), ("of", "says_of")],
        )],
    );
    let text = &files[0].1;
    assert!(text.contains("<relation name=\"says_of\""), "{text}");
    assert!(text.contains("<desc>says of</desc>"), "{text}");
    assert!(text.contains("<relation name=\"says_of_2\""), "{text}");
    assert!(
        told.contains("“says_of” is written as “says_of_2”"),
        "{told}"
    );
}

#[test]
fn equal_names_are_told_apart_by_id_in_every_format_but_ours() {
    let tags = [("one", "Actor"), ("two", "Actor")];
    for format in FORMATS {
        let told = files(format.id.as_str(), &[document(1, &tags, &[])]).1;
        let has_marks = !matches!(format.id.as_str(), "json" | "qdc" | "graphml" | "gexf");
        assert_eq!(told.contains("“Actor”"), has_marks, "{}: {told}", format.id);
    }
}

#[test]
fn a_name_that_ends_with_a_separator_is_read_back_in_every_format() {
    let names = [
        "a\\", "b\\", "c\\\\", "d]", "[1]", "e\\[2]", "f|", "_", "*", "g;->", "h\\|",
    ];
    let ids: Vec<String> = (0..names.len()).map(|it| format!("id-{it}")).collect();
    let tags: Vec<(&str, &str)> = ids.iter().map(String::as_str).zip(names).collect();
    for format in FORMATS {
        // `files` verifies each format.
        files(format.id.as_str(), &[document(1, &tags, &[])]);
    }
}

#[test]
fn answers_that_brat_would_cut_off_stay_distinct() {
    let plain = document(1, &[("actor", "Actor"), ("b", "B")], &[]);
    let words = ["very firm", "very_firm", "پکا", "<a|b>"];
    let mut tags: Vec<Tag> = plain
        .codebook()
        .tags()
        .iter()
        .map(|it| Tag::clone(it))
        .collect();
    let news = Codebook::news();
    let mut attributes = news.tags().iter().flat_map(|tag| &tag.attributes);
    let mut attribute: Attribute = attributes.next().unwrap().clone();
    attribute.kind = AttributeKind::OneOf(words.map(Into::into).to_vec());
    "طاقت".clone_into(&mut attribute.name);
    attribute.id = slug("strength");
    tags[0].attributes = vec![attribute];
    let documents: Vec<Document> = (1..)
        .zip(words)
        .map(|(number, word)| {
            let plain = document(number, &[("actor", "Actor"), ("b", "B")], &[]);
            let mut marks: Vec<Annotation> = plain
                .annotations()
                .iter()
                .map(|it| (**it).clone())
                .collect();
            marks[0]
                .values
                .insert(slug("strength"), Value::One(word.into()));
            let book = Codebook::new(
                "News".to_owned(),
                "1".to_owned(),
                String::new(),
                tags.clone(),
                Vec::new(),
                Vec::new(),
            );
            Document::from_parts(DocumentParts {
                article: (**plain.article()).clone(),
                codebook: book.unwrap(),
                relations: Vec::new(),
                entities: Vec::new(),
                answers: Default::default(),
                coder: String::new(),
                annotations: marks,
            })
            .unwrap()
        })
        .collect();
    let (files, told) = files("brat", &documents);
    let all: String = files
        .iter()
        .filter(|it| it.0.ends_with(".ann"))
        .map(|it| it.1.as_str())
        .collect();
    for word in ["very_firm", "very_firm_2", "پکا", "a_b"] {
        let line = format!("A1\tactor_strength T1 {word}\n");
        assert!(all.contains(&line), "{line}: {all}");
    }
    let of = |name: &str| &files.iter().find(|it| it.0 == name).unwrap().1;
    let values = "actor_strength\tArg:<ENTITY>, Value:very_firm|very_firm_2|پکا|a_b\n";
    assert!(
        of("annotation.conf").contains(values),
        "{}",
        of("annotation.conf")
    );
    let visual = of("visual.conf");
    assert!(visual.contains("actor_strength | طاقت\n"), "{visual}");
    assert!(
        visual.contains("# actor_strength a_b is <a|b>\n"),
        "{visual}"
    );
    assert!(told.contains("“<a|b>” is written as “a_b”"), "{told}");
    assert!(
        told.contains("“طاقت” is written as “actor_strength”"),
        "{told}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn different_names_are_never_written_alike(
        names in proptest::collection::vec("[a-cA-C_ |<>\\[\\]\\\\;é指رہ🚜\u{301}-]{0,4}|\\PC{0,6}", 2..7),
    ) {
        let ids: Vec<String> = (0..names.len()).map(|number| format!("id-{number}")).collect();
        let tags: Vec<(&str, &str)> =
            ids.iter().map(String::as_str).zip(names.iter().map(String::as_str)).collect();
        let documents = [document(1, &tags, &[("x", &names[0]), ("y", &names[1])])];
        for format in FORMATS {
            // `files` verifies each format.
            let (files, _) = files(format.id.as_str(), &documents);
            if matches!(format.id.as_str(), "brat" | "conllu" | "conll2003" | "iob2") {
                let labels = labels_in(format.id.as_str(), &files);
                let distinct: BTreeSet<&String> = labels.iter().collect();
                prop_assert_eq!(distinct.len(), tags.len(), "{}: {:?}", format.id, labels);
            }
        }
    }
}
