//! What the model refuses and what it guarantees.

use super::cases::{self, id, slug};
use proptest::prelude::*;
use pullquote_core::model::annotation::Spans;
use pullquote_core::model::article::{Article, BlockKind, TextDirection};
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::colour::Colour;
use pullquote_core::model::colour_vision::DISTINCT;
use pullquote_core::model::document::{Document, DocumentParts};
use pullquote_core::model::entity::Entity;
use pullquote_core::model::error::ModelError;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::relation::Relation;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::{Attribute, AttributeKind, Number, PartialDate, Value, Values};

fn parts(document: &Document) -> DocumentParts {
    DocumentParts {
        article: (**document.article()).clone(),
        codebook: (**document.codebook()).clone(),
        annotations: document
            .annotations()
            .iter()
            .map(|record| (**record).clone())
            .collect(),
        relations: document
            .relations()
            .iter()
            .map(|record| (**record).clone())
            .collect(),
        entities: document
            .entities()
            .iter()
            .map(|record| (**record).clone())
            .collect(),
        answers: document.answers().clone(),
        coder: document.coder.clone(),
    }
}

#[test]
fn the_shipped_codebooks_are_valid() {
    let books = Codebook::shipped();
    assert_eq!(books.len(), 5);
    assert_eq!(books[0], Codebook::news());
    for book in &books {
        assert!(
            !book.guide.is_empty() && !book.tags().is_empty(),
            "{}",
            book.name
        );
        for tag in book.tags() {
            let about = [&tag.definition, &tag.include, &tag.exclude, &tag.example];
            assert!(
                about.iter().all(|text| !text.is_empty()),
                "{}: {}",
                book.name,
                tag.name
            );
            assert!(tag.example.contains('[') && tag.example.contains(']'));
            assert_eq!(tag.key.and_then(|key| book.tag_of_key(key)), Some(tag));
        }
        for (index, tag) in book.tags().iter().enumerate() {
            for other in &book.tags()[..index] {
                let (least, eye) = tag.colour.least_difference(other.colour);
                assert!(
                    least >= DISTINCT,
                    "{} and {}, {eye:?}: {least}",
                    tag.name,
                    other.name
                );
            }
        }
    }
}

#[test]
fn the_news_codebook_is_valid() {
    let codebook = Codebook::news();
    let names: Vec<&str> = codebook
        .tags()
        .iter()
        .map(|tag| tag.name.as_str())
        .collect();
    assert_eq!(names, ["Actor", "Place", "Commitment", "Event"]);
    assert_eq!(codebook.relations().len(), 12);
    for tag in codebook.tags() {
        assert!(!tag.definition.is_empty() && !tag.include.is_empty());
        assert!(!tag.exclude.is_empty() && tag.example.contains('['));
        assert_eq!(
            codebook.tag_of_key(tag.letter().chars().next().unwrap()),
            Some(tag)
        );
    }
}

#[test]
fn a_range_outside_the_text_is_refused() {
    let document = cases::document_of("🙂 é");
    let backwards = std::ops::Range { start: 5, end: 2 };
    for range in [3..3, backwards, 0..7, 0..99] {
        let refused = ModelError::BadSpan {
            start: range.start,
            end: range.end,
        };
        assert_eq!(document.article().span(range), Err(refused));
    }
    assert!(document.article().span(6..10).is_ok());
}

#[test]
fn blocks_that_overlap_or_leave_words_out_are_refused() {
    let build = |blocks| {
        Article::new(id(0), "t".to_owned(), "one 🙂\n\ntwo".to_owned(), blocks).map(|_| ())
    };
    let block = |range| (BlockKind::Paragraph, range);
    assert_eq!(build(vec![block(0..8), block(10..13)]), Ok(()));
    assert_eq!(
        build(vec![block(0..8)]),
        Err(ModelError::BadBlock { index: 1 })
    );
    assert_eq!(
        build(vec![block(0..3), block(10..13)]),
        Err(ModelError::BadBlock { index: 1 })
    );
    assert_eq!(
        build(vec![block(0..9), block(8..13)]),
        Err(ModelError::BadBlock { index: 1 })
    );
    assert_eq!(
        build(vec![block(0..6), block(10..13)]),
        Err(ModelError::BadBlock { index: 0 })
    );
    assert_eq!(
        build(vec![block(0..0), block(0..13)]),
        Err(ModelError::BadBlock { index: 0 })
    );
}

#[test]
fn an_article_needs_more_than_white_space() {
    let article = Article::new(id(0), "t".to_owned(), " \n\u{00A0}".to_owned(), Vec::new());
    assert_eq!(article.map(|_| ()), Err(ModelError::NoText));
}

#[test]
fn spans_of_a_mark_cannot_touch() {
    let document = cases::document_of("one two three");
    let span = |range| document.article().span(range).unwrap();
    assert!(Spans::new(vec![span(0..3), span(4..6)]).is_ok());
    assert_eq!(
        Spans::new(vec![span(0..3), span(3..6)]),
        Err(ModelError::BadSpans)
    );
    assert_eq!(
        Spans::new(vec![span(4..6), span(0..3)]),
        Err(ModelError::BadSpans)
    );
    assert_eq!(Spans::new(Vec::new()), Err(ModelError::BadSpans));
}

#[test]
fn references_must_exist() {
    let whole = cases::marked("Munir met Abdollahian", &[(0, 9_000), (30_000, 60_000)]);
    assert_eq!(Document::from_parts(parts(&whole)).as_ref(), Ok(&whole));

    let mut wrong = parts(&whole);
    wrong.annotations[0].tag = slug("nothing");
    assert_eq!(
        Document::from_parts(wrong),
        Err(ModelError::NoTag(slug("nothing")))
    );

    let mut wrong = parts(&whole);
    wrong.annotations[0].entity = Some(id(50));
    assert_eq!(
        Document::from_parts(wrong),
        Err(ModelError::NoEntity(id(50)))
    );

    let mut wrong = parts(&whole);
    wrong.annotations[1].id = wrong.annotations[0].id;
    assert!(matches!(
        Document::from_parts(wrong),
        Err(ModelError::Twice(_))
    ));

    let mut wrong = parts(&whole);
    wrong.annotations[0]
        .values
        .insert(slug("nothing"), Value::YesNo(true));
    assert_eq!(
        Document::from_parts(wrong),
        Err(ModelError::NoAttribute(slug("nothing")))
    );
}

#[test]
fn a_pair_that_the_codebook_forbids_is_refused() {
    let whole = cases::marked("Munir met Abdollahian", &[(0, 9_000), (30_000, 60_000)]);
    let marks = whole.annotations();
    let relation = |kind: &str, from: usize, to: usize| Relation {
        id: id(60),
        kind: slug(kind),
        from: marks[from].id,
        to: marks[to].id,
    };
    let tag = |index: usize| marks[index].tag.as_str();
    assert_eq!((tag(0), tag(1)), ("place", "commitment"));
    assert_eq!(whole.check_relation(&relation("at", 1, 0)), Ok(()));
    assert!(matches!(
        whole.check_relation(&relation("at", 0, 1)),
        Err(ModelError::BadPair { .. })
    ));
    assert_eq!(
        whole.check_relation(&relation("inside", 0, 0)),
        Err(ModelError::Loop(id(60)))
    );
}

#[test]
fn an_entity_has_the_tag_of_its_mentions() {
    let whole = cases::marked("Munir met Abdollahian", &[(0, 9_000)]);
    let entity = |tag: &str| Entity {
        id: id(70),
        tag: slug(tag),
        name: "Munir".to_owned(),
        aliases: Vec::new(),
        reference: String::new(),
    };
    let cast = |tag: &str| {
        let mut parts = parts(&whole);
        parts.annotations[0].entity = Some(id(70));
        parts.entities.push(entity(tag));
        Document::from_parts(parts).map(|_| ())
    };
    assert_eq!(cast("place"), Ok(()));
    assert_eq!(
        cast("actor"),
        Err(ModelError::EntityTag(whole.annotations()[0].id))
    );
}

#[test]
fn an_answer_must_fit_its_attribute() {
    let attribute = |kind| Attribute {
        id: slug("x"),
        name: String::new(),
        help: String::new(),
        kind,
        required: false,
    };
    let many = attribute(AttributeKind::ManyOf(vec![
        "a".into(),
        "b".into(),
        "c".into(),
    ]));
    let words = |words: &[&str]| Value::Many(words.iter().map(|&word| word.into()).collect());
    assert!(many.accepts(&words(&["a", "c"])) && many.accepts(&words(&[])));
    assert!(!many.accepts(&words(&["c", "a"])) && !many.accepts(&words(&["a", "a"])));
    let one = attribute(AttributeKind::OneOf(vec!["a".into()]));
    assert!(one.accepts(&Value::One("a".into())) && !one.accepts(&Value::One("z".into())));
    assert!(!one.accepts(&Value::Text("a".to_owned())));
}

#[test]
fn a_date_may_be_a_day_a_month_or_a_year() {
    for good in ["2024", "2024-02", "2024-02-29"] {
        assert_eq!(PartialDate::new(good).unwrap().as_str(), good);
    }
    for bad in [
        "",
        "24",
        "2023-02-29",
        "2024-13",
        "2024-1-1",
        "2024-01-30-01",
        "soon",
        "２０２４",
    ] {
        assert!(PartialDate::new(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_number_has_at_most_fifteen_digits() {
    for good in [
        0.0,
        -0.0,
        1.5,
        0.1,
        -123_456_789_012_345.0,
        1e-7,
        0.000_000_123,
        99.99,
    ] {
        assert_eq!(Number::new(good).unwrap().as_f64(), good);
    }
    for bad in [
        f64::NAN,
        f64::INFINITY,
        1e15,
        1e-8,
        0.1 + 0.2,
        51.248_178_375_505_404,
    ] {
        assert_eq!(Number::new(bad), Err(ModelError::BadNumber), "{bad}");
    }
}

#[test]
fn ids_and_keys_of_a_codebook_are_unique() {
    let codebook = Codebook::news();
    let mut tag = (*codebook.tags()[0]).clone();
    tag.id = slug("speaker");
    assert_eq!(
        codebook.with_tag(tag.clone(), 9),
        Err(ModelError::Twice("a".to_owned()))
    );
    tag.key = None;
    let with = codebook.with_tag(tag, 9).unwrap();
    assert_eq!(with.index_of(&slug("speaker")), Some(4));
    assert_eq!(with.without_tag(&slug("speaker")).as_ref(), Ok(&codebook));
}

#[test]
fn the_first_letter_decides_the_direction_unless_most_run_the_other_way() {
    assert_eq!(
        TextDirection::from_text("سرحدی علاقوں 2024"),
        TextDirection::RightToLeft
    );
    assert_eq!(
        TextDirection::from_text("GHQ in راولپنڈی, Punjab"),
        TextDirection::LeftToRight
    );
    assert_eq!(
        TextDirection::from_text("🙂 12"),
        TextDirection::LeftToRight
    );
    let direction = TextDirection::from_text;
    let (left, right) = (TextDirection::LeftToRight, TextDirection::RightToLeft);
    // 17 letters run to the right and 18 to the left.
    let mixed = "She met محمد (بن سلمان) and אהוד-ברק, then left.";
    assert_eq!(direction(mixed), left);
    assert_eq!(direction(&format!("🙂 “{mixed}”")), left);
    let mixed = "פגש את Angela Merkel בברלין אתמול.";
    assert_eq!(direction(mixed), right);
    // A sentence that begins with a name in the other script.
    assert_eq!(direction("GHQ راولپنڈی میں اجلاس ہوا، cafe\u{301}"), right);
    assert_eq!(direction("علي was there with all of them, he said."), left);
    // Two thirds of the letters, and one letter fewer.
    assert_eq!(direction("ab שלום"), right);
    assert_eq!(direction("abc שלום"), left);
    assert_eq!(direction("של abcd"), left);
    assert_eq!(direction("של abc"), right);
    // Right-to-left letters can also come first before ASCII.
    assert_eq!(direction("Ж שa"), left);
    assert_eq!(direction(""), left);
}

#[test]
fn a_library_entry_counts_marks_and_words() {
    let document = cases::marked("Munir met Abdollahian", &[(0, 9_000), (30_000, 60_000)]);
    let entry = LibraryEntry::new(&document, Timestamp(5));
    assert_eq!(entry.marks(), 2);
    assert_eq!(entry.words, 4);
    let counts: Vec<usize> = entry.counts.iter().map(|count| count.count).collect();
    assert_eq!(counts, [0, 1, 1, 0]);
    assert!(document.answers() == &Values::new());
}

proptest! {
    #[test]
    fn every_colour_is_readable_in_both_themes(rgb in any::<[u8; 3]>()) {
        let colour = Colour { rgb };
        let ink = ["#1d1c1a", "#ece8df"].map(|ink| ink.parse::<Colour>().unwrap());
        let paper = ["#fbfaf7", "#161614"].map(|paper| paper.parse::<Colour>().unwrap());
        for (theme, shades) in [colour.by_day(), colour.by_night()].into_iter().enumerate() {
            prop_assert!(shades.line.contrast(paper[theme]) >= 4.5);
            prop_assert!(shades.line.contrast(shades.tint) >= 4.5);
            prop_assert!(ink[theme].contrast(shades.tint) >= 4.5);
        }
        prop_assert_eq!(colour.to_string().parse::<Colour>(), Ok(colour));
        // The formula of the standard, with the general power function.
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
        let white = Colour::new(255, 255, 255);
        prop_assert!((colour.contrast(white) - 1.05 / (luminance + 0.05)).abs() < 1e-9);
    }
}
