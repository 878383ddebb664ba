//! Files and records are read back as they were written, and errors say what is wrong.

use super::cases::{self, id, slug};
use proptest::prelude::*;
use pullquote_core::edit::change::Edit;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::{EntryKind, EntryStamp, JournalEntry, JournalHead};
use pullquote_core::edit::step_name::StepName;
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::entity::Entity;
use pullquote_core::model::error::ModelError;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::relation::Relation;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::{Attribute, AttributeKind, Number, PartialDate, Value};
use pullquote_formats::codebook_file::{is_codebook, read_codebook, write_codebook};
use pullquote_formats::document_file::{is_pullquote, read_document, write_document};
use pullquote_formats::error::ReadError;
use pullquote_formats::records::envelope::{label_of, unwrap, wrap};
use pullquote_formats::records::journal_entry::{read_entry, write_entry};
use pullquote_formats::records::library_entry::{
    read_library_entry, read_timestamp, write_library_entry, write_timestamp,
};
use pullquote_formats::records::snapshot::{read_snapshot, write_snapshot};

use std::rc::Rc;

const SCHEMA: &str = include_str!("../../../../schema/pullquote-1.schema.json");

/// A document with one of everything.
fn rich() -> Document {
    let mut document = cases::marked(
        "Munir met 👩\u{200D}👧 Abdollahian e\u{0301} in راولپنڈی and 国境",
        &[(0, 9_000), (0, 60_000), (20_000, 40_000), (30_000, 65_000)],
    );
    let marks: Vec<_> = document.annotations().to_vec();
    let of = |tag: &str| marks.iter().find(|mark| mark.tag.as_str() == tag).unwrap();
    let mut commitment = (**of("commitment")).clone();
    commitment.note = "a \"note\"\nwith \u{2028} all".to_owned();
    commitment.flagged = true;
    commitment
        .values
        .insert(slug("strength"), Value::One("firm".into()));
    commitment
        .values
        .insert(slug("target"), Value::Number(Number::new(1.5).unwrap()));
    commitment
        .values
        .insert(slug("verifiable"), Value::YesNo(false));
    let date = PartialDate::new("2024-01").unwrap();
    commitment
        .values
        .insert(slug("deadline-date"), Value::Date(date));
    let mut actor = (**of("actor")).clone();
    actor.entity = Some(id(90));
    let entity = Entity {
        id: id(90),
        tag: slug("actor"),
        name: "Munir".to_owned(),
        aliases: vec!["the general".to_owned()],
        reference: "Q1".to_owned(),
    };
    let relation = Relation {
        id: id(91),
        kind: slug("made-by"),
        from: commitment.id,
        to: actor.id,
    };
    let question = Attribute {
        id: slug("frames"),
        name: "Frames".to_owned(),
        help: String::new(),
        kind: AttributeKind::ManyOf(vec!["conflict".into(), "peace".into()]),
        required: true,
    };
    let codebook = document.codebook().with_questions(vec![question]).unwrap();
    let edits = vec![
        Edit::PutCodebook(Rc::new(codebook)),
        Edit::PutAnswer(slug("frames"), Some(Value::Many(vec!["peace".into()]))),
        Edit::PutEntity(Rc::new(entity)),
        Edit::PutAnnotation(Rc::new(actor)),
        Edit::PutAnnotation(Rc::new(commitment)),
        Edit::PutRelation(Rc::new(relation)),
        Edit::PutCoder("Zoë 🙂".to_owned()),
    ];
    document = cases::after(&document, &Transaction::new(cases::named("all"), edits));
    document
}

/// The end of some journal.
fn link(number: u64) -> JournalHead {
    let id = id(number);
    let chain = id.chained(number);
    JournalHead { id, chain }
}

/// An entry with something in each field.
fn entry(number: u64, at: Timestamp, step: Transaction) -> JournalEntry {
    JournalEntry {
        id: id(number),
        number,
        after: number.checked_sub(2).map(link),
        at,
        by: "Zoë 🙂".to_owned(),
        kind: [EntryKind::Done, EntryKind::Undone, EntryKind::Redone][number as usize % 3],
        joins: number.is_multiple_of(2),
        undo: number.checked_sub(2),
        redo: Some(number),
        back: Transaction::new(
            step.name.clone(),
            step.edits.iter().rev().cloned().collect(),
        ),
        step,
    }
}

#[test]
fn a_truncated_or_garbled_record_is_refused() {
    let document = rich();
    let record = write_snapshot(&document, 7, Some(link(3)));
    assert_eq!(label_of(&record), format!("7.{}", link(3)));
    assert_eq!(read_snapshot(&record), Ok((document, 7, Some(link(3)))));
    let mut places: Vec<usize> = (0..record.len()).step_by(97).collect();
    places.extend(0..60);
    for place in places {
        if record.is_char_boundary(place) {
            assert_eq!(unwrap(&record[..place]), Err(ReadError::Envelope));
        }
        let mut bytes = record.clone().into_bytes();
        if bytes[place].is_ascii() {
            bytes[place] = if bytes[place] == b'x' { b'y' } else { b'x' };
            let garbled = String::from_utf8(bytes).unwrap();
            assert_eq!(unwrap(&garbled), Err(ReadError::Envelope), "byte {place}");
        }
    }
}

#[test]
fn a_snapshot_of_version_2_of_the_storage_is_read() {
    let document = rich();
    let label = format!("7.{}", link(3));
    let record = wrap(&label, &write_document(&document));
    assert_eq!(read_snapshot(&record), Ok((document, 7, Some(link(3)))));
}

/// The seal is right, the content is not: it is refused where marks are cut off, and is
/// refused or some document wherever a character is another.
#[test]
fn no_snapshot_in_a_valid_envelope_breaks_the_reader() {
    let document = rich();
    let record = write_snapshot(&document, 7, None);
    let (label, body) = unwrap(&record).unwrap();
    let read = |body: &str| read_snapshot(&wrap(label, body));
    let marks = body.match_indices('\n').rev().nth(4).unwrap().0;
    let last = body.trim_end().rfind('\n').unwrap();
    let places = (0..marks).step_by(41).chain(marks..body.len());
    for place in places.filter(|place| body.is_char_boundary(*place)) {
        if place <= last {
            assert!(read(&body[..place]).is_err(), "{place}");
        }
        let next = body[place..].chars().next().unwrap();
        for other in ['9', ' ', '-', '\n', '\u{1F642}'] {
            let rest = &body[place + next.len_utf8()..];
            if let Ok((read, ..)) = read(&format!("{}{other}{rest}", &body[..place])) {
                let file = write_document(&read);
                assert_eq!(read_document(file.as_bytes()).unwrap().document, read);
            }
        }
    }
}

#[track_caller]
fn check_schema(file: &str) {
    let schema = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let file = serde_json::from_str(file).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&file)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_document_with_everything_comes_back_the_same() {
    let document = rich();
    let file = write_document(&document);
    check_schema(&file);
    assert!(is_pullquote(&file));
    let opened = read_document(file.as_bytes()).unwrap();
    assert_eq!(opened.document, document);
    assert!(opened.unknown.is_empty());
    assert_eq!(write_document(&opened.document), file);
}

/// A codebook as a file of its own: it fits its schema, comes back the same, and a file
/// that is none, or a newer one, is refused.
#[test]
fn every_shipped_codebook_comes_back_the_same() {
    let schema = include_str!("../../../../schema/pullquote-codebook-1.schema.json");
    let schema = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for book in Codebook::shipped() {
        let file = write_codebook(&book);
        let json = serde_json::from_str(&file).unwrap();
        assert!(validator.is_valid(&json), "{}", book.name);
        assert!(is_codebook(&file));
        assert_eq!(read_codebook(file.as_bytes()), Ok(book));
    }
    let file = write_codebook(&Codebook::news());
    let newer = file.replacen("\"version\": 1", "\"version\": 2", 1);
    assert!(matches!(
        read_codebook(newer.as_bytes()),
        Err(ReadError::Newer { .. })
    ));
    let twice = file.replace("\"id\": \"place\"", "\"id\": \"actor\"");
    assert!(matches!(
        read_codebook(twice.as_bytes()),
        Err(ReadError::Model { .. })
    ));
    assert!(
        validator
            .validate(&serde_json::json!({ "format": "pullquote" }))
            .is_err()
    );
    let document = write_document(&cases::document_of("x"));
    assert!(!is_codebook(&document));
    assert_eq!(
        read_codebook(document.as_bytes()),
        Err(ReadError::OtherTool)
    );
}

#[test]
fn the_schema_can_fail() {
    let schema = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&write_document(&rich())).unwrap();
    assert!(validator.is_valid(&file));
    file["annotations"][0]["spans"][0]["start"] = "1".into();
    assert!(!validator.is_valid(&file));
}

proptest! {
    #[test]
    fn every_document_comes_back_the_same(text in cases::text(), spans in cases::shares(12)) {
        let document = cases::marked(&text, &spans);
        let file = write_document(&document);
        let opened = read_document(file.as_bytes()).unwrap();
        prop_assert_eq!(&opened.document, &document);
        prop_assert_eq!(write_document(&opened.document), file);
        let state = write_snapshot(&document, 12, None);
        prop_assert_eq!(read_snapshot(&state), Ok((document, 12, None)));
    }

    #[test]
    fn every_number_comes_back_the_same(digits in -999_999_999_999_999_i64..1_000_000_000_000_000, places in 0_u32..15) {
        let text = format!("{digits}e-{places}");
        let given: f64 = text.parse().unwrap();
        if let Ok(number) = Number::new(given) {
            let document = rich();
            let mark = document.annotations().iter().find(|mark| mark.tag.as_str() == "commitment");
            let mut mark = (**mark.unwrap()).clone();
            mark.values.insert(slug("target"), Value::Number(number));
            let step = Transaction::new(cases::named("number"), vec![Edit::PutAnnotation(Rc::new(mark))]);
            let document = cases::after(&document, &step);
            let file = write_document(&document);
            let opened = read_document(file.as_bytes()).unwrap();
            prop_assert_eq!(&opened.document, &document);
            prop_assert_eq!(write_document(&opened.document), file);
            let state = write_snapshot(&document, 12, None);
            prop_assert_eq!(read_snapshot(&state), Ok((document.clone(), 12, None)));
            let history = History::new(Rc::new(rich()), 0, None);
            let (_, entry) = history.step(&step, EntryStamp { id: id(1), at: Timestamp(0) }).unwrap();
            let entry = JournalEntry::clone(&entry);
            let record = write_entry(&entry, document.article());
            prop_assert_eq!(read_entry(&record, document.article()), Ok(entry));
        }
    }

    #[test]
    fn an_independent_reader_that_slices_by_code_points_finds_the_quotes(
        text in cases::text(),
        spans in cases::shares(12),
    ) {
        let file: serde_json::Value =
            serde_json::from_str(&write_document(&cases::marked(&text, &spans))).unwrap();
        let chars: Vec<char> = file["article"]["text"].as_str().unwrap().chars().collect();
        let utf16: Vec<u16> = file["article"]["text"].as_str().unwrap().encode_utf16().collect();
        for mark in file["annotations"].as_array().unwrap() {
            let span = &mark["spans"][0];
            let at = |place: &serde_json::Value| place.as_u64().unwrap() as usize;
            let words: String = chars[at(&span["start"])..at(&span["end"])].iter().collect();
            prop_assert_eq!(words.as_str(), span["quote"].as_str().unwrap());
            let units = &utf16[at(&span["utf16"][0])..at(&span["utf16"][1])];
            prop_assert_eq!(String::from_utf16(units).unwrap(), words);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(cut in any::<u16>(), put in any::<u8>()) {
        let mut bytes = write_document(&rich()).into_bytes();
        let at = usize::from(cut) % bytes.len();
        let whole = bytes.clone();
        bytes[at] = put;
        if let Ok(opened) = read_document(&bytes) {
            prop_assert!(!write_document(&opened.document).is_empty());
        }
        bytes = whole;
        // Without the line end at its end the file is still whole.
        bytes.truncate(at.min(bytes.len() - 2));
        prop_assert!(read_document(&bytes).is_err());
    }

    #[test]
    fn an_entry_of_the_journal_comes_back_the_same(text in cases::text(), spans in cases::shares(6)) {
        let document = cases::marked(&text, &spans);
        let edits: Vec<Edit> = document
            .annotations()
            .iter()
            .flat_map(|mark| [Edit::PutAnnotation(mark.clone()), Edit::DropAnnotation(mark.id)])
            .collect();
        let step = Transaction::new(cases::named("a ‘step’"), edits);
        let entry = entry(3, Timestamp(1_700_000_000_123), step);
        let record = write_entry(&entry, document.article());
        prop_assert_eq!(read_entry(&record, document.article()), Ok(entry));
    }
}

#[test]
fn an_entry_with_a_name_of_an_unknown_shape_is_read_with_a_text_as_its_name() {
    let document = cases::document_of("words");
    let step = Transaction::new(
        StepName::RestoreBackup,
        vec![Edit::PutCoder("é".to_owned())],
    );
    let entry = entry(1, Timestamp(0), step);
    let record = write_entry(&entry, document.article());
    let (_, json) = record.split_once('\n').unwrap();
    for (name, expected) in [
        (r#""a sentence 🙂""#, "a sentence 🙂"),
        (
            r#"["split_span", "وزیر", 2, {"a": 1}]"#,
            "split span: وزیر, 2",
        ),
        (r#"["tag", "one argument"]"#, "tag: one argument"),
        (
            r#"["delete", "Actor", "one", -1]"#,
            "delete: Actor, one, -1",
        ),
        (r#"["bring_back", ["tag"]]"#, "bring back"),
        ("[]", ""),
        ("null", ""),
        (r#"{"kind":"tag"}"#, r#"{"kind":"tag"}"#),
        ("7", "7"),
    ] {
        let mut json: serde_json::Value = serde_json::from_str(json).unwrap();
        json["name"] = serde_json::from_str(name).unwrap();
        let record = wrap(&entry.head().to_string(), &json.to_string());
        let read = read_entry(&record, document.article()).unwrap();
        assert_eq!(*read.step.name, cases::named(expected));
        assert_eq!(read.step.edits, entry.step.edits);
    }
    // What a newer version adds to a known name is ignored.
    let mut json: serde_json::Value = serde_json::from_str(json).unwrap();
    json["name"] = serde_json::json!(["restore_backup", 3, "new"]);
    let record = wrap(&entry.head().to_string(), &json.to_string());
    assert_eq!(read_entry(&record, document.article()), Ok(entry));
}

#[test]
fn an_entry_with_one_of_every_edit_comes_back_the_same() {
    let document = rich();
    let edits = vec![
        Edit::PutAnnotation(document.annotations()[1].clone()),
        Edit::DropAnnotation(id(1)),
        Edit::PutRelation(document.relations()[0].clone()),
        Edit::DropRelation(id(91)),
        Edit::PutEntity(document.entities()[0].clone()),
        Edit::DropEntity(id(90)),
        Edit::PutAnswer(slug("frames"), Some(Value::Many(Vec::new()))),
        Edit::PutAnswer(slug("frames"), None),
        Edit::PutCodebook(document.codebook().clone()),
        Edit::PutArticle(document.article().clone()),
        Edit::PutCoder("é".to_owned()),
    ];
    let entry = entry(
        1,
        Timestamp(0),
        Transaction::new(cases::named("all"), edits),
    );
    let record = write_entry(&entry, document.article());
    assert_eq!(read_entry(&record, document.article()), Ok(entry));
}

#[test]
fn a_journal_entry_of_another_article_is_refused() {
    let document = cases::marked("Munir met 🙂", &[(0, 30_000)]);
    let other = cases::document_of("words that are not the same");
    let edits = vec![Edit::PutAnnotation(document.annotations()[0].clone())];
    let entry = entry(
        1,
        Timestamp(0),
        Transaction::new(cases::named("mark"), edits),
    );
    let record = write_entry(&entry, document.article());
    assert!(matches!(
        read_entry(&record, other.article()),
        Err(ReadError::Quote { .. } | ReadError::Range { .. })
    ));
}

#[test]
fn a_library_entry_comes_back_the_same() {
    let mut holding = LibraryEntry::new(&rich(), Timestamp(1_700_000_000_001));
    holding.copied = Some(Timestamp(1_700_000_000_002));
    let copied = holding.copied.take().unwrap();
    assert_eq!(
        read_library_entry(&write_library_entry(&holding)),
        Ok(holding)
    );
    assert!(read_library_entry("{\"id\":1}").is_err());
    assert_eq!(read_timestamp(&write_timestamp(copied)), Ok(copied));
}

/// The file of `rich`, with one change, is refused with this error.
#[track_caller]
fn refused(change: impl Fn(&mut serde_json::Value)) -> ReadError {
    let mut file = serde_json::from_str(&write_document(&rich())).unwrap();
    change(&mut file);
    read_document(file.to_string().as_bytes()).expect_err("the change makes it wrong")
}

#[test]
fn a_quote_that_disagrees_with_its_offsets_is_named() {
    let error = refused(|file| file["annotations"][1]["spans"][0]["quote"] = "others".into());
    let text = match &error {
        ReadError::Quote { place, quote, text } => {
            assert_eq!(place, "annotations[1].spans[0].quote");
            assert_eq!(quote, "others");
            text.clone()
        }
        other => panic!("{other}"),
    };
    assert!(rich().article().text().contains(&text));
}

#[test]
fn offsets_outside_the_text_are_named() {
    let error = refused(|file| file["annotations"][0]["spans"][0]["end"] = 99_999.into());
    assert!(matches!(error, ReadError::Range { place, .. } if place == "annotations[0].spans[0]"));
    let error = refused(|file| file["annotations"][2]["spans"][0]["utf16"] = vec![0, 1].into());
    assert!(
        matches!(error, ReadError::OtherUnit { place, .. } if place == "annotations[2].spans[0].utf16")
    );
}

#[test]
fn another_tool_and_a_newer_version_are_named() {
    assert_eq!(
        refused(|file| file["format"] = "doccano".into()),
        ReadError::OtherTool
    );
    assert_eq!(read_document(b"[1, 2]").unwrap_err(), ReadError::OtherTool);
    assert_eq!(
        read_document(b"{\"text\": \"x\"}").unwrap_err(),
        ReadError::OtherTool
    );
    let newer = ReadError::Newer {
        version: "2".to_owned(),
    };
    assert_eq!(refused(|file| file["version"] = 2.into()), newer);
    let unit = ReadError::OffsetUnit {
        unit: "utf16".to_owned(),
    };
    assert_eq!(refused(|file| file["offset_unit"] = "utf16".into()), unit);
}

#[test]
fn a_changed_text_is_refused() {
    let error = refused(|file| {
        let text = file["article"]["text"]
            .as_str()
            .unwrap()
            .replacen("Start", "stArt", 1);
        file["article"]["text"] = text.into();
    });
    assert_eq!(error, ReadError::TextChanged);
}

#[test]
fn a_missing_field_is_named_and_so_is_the_place_where_a_file_was_cut() {
    let error = refused(|file| {
        file["annotations"][0]
            .as_object_mut()
            .unwrap()
            .remove("tag");
    });
    assert!(
        matches!(&error, ReadError::Shape { place, reason, .. }
            if place == "annotations[0]" && reason.contains("tag")),
        "{error}"
    );
    let file = write_document(&rich());
    let cut = &file.as_bytes()[..file.find("annotations").unwrap()];
    assert!(matches!(read_document(cut), Err(ReadError::NotJson { line, .. }) if line > 10));
}

#[test]
fn records_that_do_not_fit_together_are_named() {
    let error = refused(|file| file["annotations"][1]["tag"] = "nobody".into());
    assert!(
        matches!(error, ReadError::Model { place, error: ModelError::NoTag(_) }
        if place.starts_with("annotations[1]"))
    );
    let error = refused(|file| file["relations"][0]["to"] = id(44).to_string().into());
    assert!(matches!(error, ReadError::Model { place, .. } if place == "relations"));
    let error = refused(|file| {
        let first = file["annotations"][0]["id"].clone();
        file["annotations"][3]["id"] = first;
    });
    assert!(
        matches!(error, ReadError::Model { place, error: ModelError::Twice(_) }
        if place == "annotations[3]")
    );
}

#[test]
fn unknown_fields_are_reported() {
    let mut file: serde_json::Value = serde_json::from_str(&write_document(&rich())).unwrap();
    file["mood"] = "good".into();
    file["annotations"][1]["confidence"] = 0.5.into();
    let opened = read_document(file.to_string().as_bytes()).unwrap();
    assert_eq!(opened.unknown.len(), 2);
    assert!(opened.unknown.contains(&"mood".to_owned()));
    assert!(
        opened
            .unknown
            .contains(&"annotations[1].confidence".to_owned())
    );
}
