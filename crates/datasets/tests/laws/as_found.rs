//! A check accepts files as other programs leave them: with a byte-order mark, with the line ends
//! of another system, with tags of an older scheme.

use super::datasets::{document, sample, write};
use pullquote_datasets::catalogue::{FORMATS, Format};
use pullquote_datasets::foreign::check as check_file;
use pullquote_datasets::options::Options;
use pullquote_datasets::verify::CheckedFile;

/// Documents with marks that touch, with line ends in and around marks, and with an emoji before
/// all marks.
fn documents() -> Vec<pullquote_core::model::document::Document> {
    let lines = "👩🏽‍🌾 Zoe\u{308} met the council\nof لاہور, so\n\nthey\tsay. “Soon”.";
    let shares = [(5_000, 9_000), (9_500, 36_000), (40_000, 64_000)];
    vec![sample(), document(2, lines, &shares)]
}

#[test]
fn a_byte_order_mark_and_other_line_ends_are_accepted_in_every_format() {
    let options = Options {
        name: "set".to_owned(),
        ..Options::default()
    };
    let documents = documents();
    for format in FORMATS {
        let (files, written) = write(format, &documents, &options);
        for (name, bytes) in &files.0 {
            // A binary file has no lines.
            let Ok(text) = String::from_utf8(bytes.clone()) else {
                continue;
            };
            if !written.iter().any(|it| it.file == *name) || text.contains('\0') {
                continue;
            }
            let beside = name.strip_suffix(".ann").map(|stem| {
                let text = files.open(&format!("{stem}.txt")).unwrap();
                String::from_utf8(text).unwrap()
            });
            let check =
                |text: &str, beside: Option<&str>| check_file(format, text.as_bytes(), beside).ok();
            let expected = check(&text, beside.as_deref()).unwrap();
            let lines = text.replace("\r\n", "\n").replace('\n', "\r\n");
            for other in [
                format!("\u{FEFF}{text}"),
                lines.clone(),
                format!("\u{FEFF}{lines}"),
            ] {
                assert_eq!(check(&other, beside.as_deref()), Some(expected), "{name}");
            }
            let Some(beside) = beside else {
                continue;
            };
            let lines_beside = beside.replace('\n', "\r\n");
            for other in [
                format!("\u{FEFF}{beside}"),
                lines_beside.clone(),
                format!("\u{FEFF}{lines_beside}"),
            ] {
                assert_eq!(check(&lines, Some(&other)), Some(expected), "{name}");
            }
            assert!(
                check(&text, Some(&format!("x{beside}"))).is_none(),
                "{name}"
            );
        }
    }
}

#[track_caller]
fn check(format: &str, text: &str) -> Result<CheckedFile, String> {
    check_file(Format::named(format).unwrap(), text.as_bytes(), None)
        .map_err(|error| error.to_string())
}

#[test]
fn tags_in_iob1_are_read_as_in_conll_2003() {
    // The first sentence of CoNLL-2003, and one in which two places touch.
    let text = "-DOCSTART- -X- -X- O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\nGerman JJ I-NP I-MISC\n\
                call NN I-NP O\n\nin IN I-PP O\nZürich NNP I-NP I-LOC\nBern NNP B-NP B-LOC\n\
                Stadt NNP I-NP I-LOC\nلاہور NNP I-NP I-PER\n";
    for text in [
        text.to_owned(),
        text.replace('\n', "\r\n"),
        format!("\u{FEFF}{text}"),
    ] {
        assert_eq!(check("conll2003", &text).map(|it| it.spans), Ok(5));
    }
    let two = "EU\tI-ORG\nrejects\tO\nBern\tI-LOC\nZürich\tB-LOC\n";
    assert_eq!(check("iob2", two).map(|it| it.spans), Ok(3));
}

#[test]
fn tags_of_no_scheme_are_an_error() {
    let two = |tags: &[&str]| -> String {
        let rows = tags.iter().map(|tag| format!("Bern -X- O {tag}\n"));
        format!("-DOCSTART- -X- O O\n\n{}\n", rows.collect::<String>())
    };
    assert_eq!(
        check("conll2003", &two(&["B-LOC", "I-LOC", "O"])).map(|it| it.spans),
        Ok(1)
    );
    assert_eq!(
        check("conll2003", &two(&["I-LOC", "B-LOC", "O"])).map(|it| it.spans),
        Ok(2)
    );
    // Mixed schemes: in IOB2 a span begins with `B-`, in IOB1 with `I-`.
    for tags in [&["B-LOC", "O", "I-LOC"][..], &["B-LOC", "I-PER"], &["X"]] {
        assert!(check("conll2003", &two(tags)).is_err(), "{tags:?}");
    }
    let error = check("conll2003", &two(&["B-LOC", "O", "I-LOC"])).unwrap_err();
    assert_eq!(error, "line 5: I-LOC goes on with nothing");
}
