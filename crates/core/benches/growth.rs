//! How the cost of each operation grows with the article: texts of 10 KB to 10 MB with a mark
//! every two hundred bytes, a seventh of which overlap others.
//!
//! `cargo bench --package pullquote-core` prints the time of each operation at each size, and
//! the exponent of its growth: the slope of the line through the logarithms of size and time
//! (least squares). With exponent 0, an operation costs the same in a book as in a note; with 1,
//! it is linear. Times depend on the machine; the exponent is what matters.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(
    clippy::expect_used,
    reason = "a benchmark that cannot go on should stop"
)]

use pullquote_core::analysis::completeness::Links;
use pullquote_core::analysis::entities::{entities_of, suggestions};
use pullquote_core::analysis::ledger::ledger;
use pullquote_core::analysis::occurrences::{OccurrenceQuery, WordMatching, occurrences};
use pullquote_core::edit::change::Edit;
use pullquote_core::edit::commands::{marks, recode, recoding};
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::EntryStamp;
use pullquote_core::edit::step_name::{CodebookChange, StepName};
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::annotation::{Annotation, Spans};
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::coverage::Coverage;
use pullquote_core::model::document::{Document, DocumentParts};
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::Values;
use pullquote_formats::document_file::{read_document, write_document};
use pullquote_formats::plain_text::article_of_text;
use pullquote_formats::records::snapshot::{read_snapshot, write_snapshot};

use std::hint::black_box;
use std::rc::Rc;
use std::time::{Duration, Instant};

const SIZES: [usize; 4] = [10_000, 100_000, 1_000_000, 10_000_000];

/// Bytes of text per mark.
const EVERY: usize = 200;

/// How long each operation is repeated at each size; it runs at least once.
const LONG: Duration = Duration::from_millis(200);

const SENTENCE: &str = "The minister met the delegation at noon and promised to open the bridge. ";

fn id(number: usize) -> Id {
    Id::new(1_700_000_000_000 + number as u64, &[7; 10])
}

fn document(size: usize) -> Document {
    let mut text = String::with_capacity(size + 500);
    while text.len() < size {
        for _ in 0..6 {
            text.push_str(SENTENCE);
        }
        text.push_str("🙂\n\n");
    }
    let article = article_of_text(id(0), &text, None).expect("it has words");
    let length = article.text().len();
    let tags = ["actor", "place", "commitment", "event"];
    let marks = (0..length / EVERY).filter_map(|number| {
        let long = if number % 7 == 0 { 140 } else { 12 };
        let start = article.text().floor_char_boundary(EVERY * number);
        let end = article
            .text()
            .floor_char_boundary((start + long).min(length));
        Some(Annotation {
            id: id(number + 1),
            tag: tags[number % 4].parse().ok()?,
            spans: Spans::from(article.span(start..end).ok()?),
            values: Values::new(),
            entity: None,
            note: String::new(),
            flagged: false,
            coder: String::new(),
            created: Timestamp(1),
            modified: Timestamp(1),
        })
    });
    let parts = DocumentParts {
        annotations: marks.collect(),
        codebook: Codebook::news(),
        relations: Vec::new(),
        entities: Vec::new(),
        answers: Values::new(),
        coder: String::new(),
        article,
    };
    Document::from_parts(parts).expect("the parts fit")
}

/// The median time of `work`, in nanoseconds.
fn time<T>(mut work: impl FnMut() -> T) -> f64 {
    let begun = Instant::now();
    let mut times = Vec::new();
    while times.is_empty() || (begun.elapsed() < LONG && times.len() < 2_000) {
        let start = Instant::now();
        black_box(work());
        times.push(start.elapsed().as_nanos() as f64);
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The slope of the line through the logarithms.
fn exponent(times: &[f64]) -> f64 {
    let points: Vec<(f64, f64)> = SIZES
        .iter()
        .zip(times)
        .map(|(size, time)| ((*size as f64).ln(), time.max(1.0).ln()))
        .collect();
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let rise: f64 = points
        .iter()
        .map(|point| (point.0 - x) * (point.1 - y))
        .sum();
    let run: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    rise / run
}

/// The operations, and the exponent that the problem itself has.
const OPERATIONS: [(&str, f64); 21] = [
    ("read a file", 1.0),
    ("write a file", 1.0),
    ("read a snapshot", 1.0),
    ("write a snapshot", 1.0),
    ("index the marks", 1.0),
    ("index after one edit", 1.0),
    ("overlapping, one paragraph", 0.0),
    ("segments, one paragraph", 0.0),
    ("apply one edit", 1.0),
    ("undo it", 1.0),
    ("flag up to 1,000 marks", 1.0),
    ("tag up to 1,000 phrases", 1.0),
    ("undo that", 1.0),
    ("index after it", 1.0),
    ("find a mark by its id", 1.0),
    ("find a phrase", 1.0),
    ("who is who", 1.0),
    ("who may be the same", 1.0),
    ("how many miss something", 1.0),
    ("the ledger of one tag", 1.0),
    ("another codebook", 1.0),
];

fn measured(size: usize) -> Vec<f64> {
    let document = Rc::new(document(size));
    let file = write_document(&document);
    let snapshot = write_snapshot(&document, 0, None);
    let coverage = Coverage::new(&document);
    let blocks = document.article().blocks();
    let block = blocks[blocks.len() / 2].span;
    let marks = document.annotations();
    let middle = marks[marks.len() / 2].clone();
    let tag: Slug = "event".parse().expect("a tag's id");
    let step = marks::mark(&document, id(9_999_999), &tag, block.into(), Timestamp(2));
    let step = step.expect("it is not marked yet");
    let (after, _) = step.apply(&document).expect("it fits");
    let stamp = EntryStamp {
        id: id(9_999_998),
        at: Timestamp(3),
    };
    let history = History::new(document.clone(), 0, None);
    let (history, _) = history.step(&step, stamp).expect("it fits");
    let every = marks.len().div_ceil(1_000);
    let flagged = marks.iter().step_by(every).map(|mark| {
        let mut flagged = Annotation::clone(mark);
        flagged.flagged = true;
        Edit::PutAnnotation(Rc::new(flagged))
    });
    let many = Transaction::new(StepName::Text(String::new()), flagged.collect());
    let phrases = document.article().text().match_indices("delegation");
    let phrases: Vec<(usize, &str)> = phrases.collect();
    let every = phrases.len().div_ceil(1_000);
    let tagged = phrases.iter().step_by(every).enumerate();
    let tagged = tagged.map(|(number, (start, phrase))| {
        let span = document.article().span(*start..start + phrase.len());
        Edit::PutAnnotation(Rc::new(Annotation {
            id: id(10_000_000 + number),
            tag: tag.clone(),
            spans: Spans::from(span.expect("it is there")),
            ..Annotation::clone(&middle)
        }))
    });
    let bulk = Transaction::new(StepName::Text(String::new()), tagged.collect());
    let sought = OccurrenceQuery {
        names: vec!["the delegation".to_owned()],
        words: WordMatching::default(),
    };
    let members = entities_of(&document);
    let kinds = document.codebook().relations()[1..].to_vec();
    let other = document.codebook().with_relations(kinds).expect("it fits");
    let (bulked, back) = bulk.apply(&document).expect("it fits");
    vec![
        time(|| read_document(file.as_bytes()).expect("it is our own")),
        time(|| write_document(&document)),
        time(|| read_snapshot(&snapshot).expect("it is our own")),
        time(|| write_snapshot(&document, 0, None)),
        time(|| Coverage::new(&document)),
        time(|| coverage.next(&after)),
        time(|| coverage.overlapping(block)),
        time(|| coverage.segments(block)),
        time(|| step.apply(&document).expect("it fits")),
        time(|| history.undo(stamp).expect("it fits")),
        time(|| many.apply(&document).expect("it fits")),
        time(|| bulk.apply(&document).expect("it fits")),
        time(|| back.apply(&bulked).expect("it fits")),
        time(|| coverage.next(&bulked)),
        time(|| document.annotation(middle.id).cloned()),
        time(|| occurrences(&document, &sought, Some(&tag))),
        time(|| entities_of(&document)),
        time(|| suggestions(&document, &members)),
        time(|| Links::new(&document).incomplete(&document)),
        time(|| ledger(&document, &tag)),
        time(|| {
            recode::recode(
                &document,
                &recoding::Recoding::new(other.clone()),
                CodebookChange::Describe,
                Timestamp(4),
            )
            .expect("it fits")
        }),
    ]
}

fn main() {
    let by_size: Vec<Vec<f64>> = SIZES.iter().map(|size| measured(*size)).collect();
    println!("\nms at 10 KB, 100 KB, 1 MB, 10 MB (a mark every {EVERY} bytes), and growth\n");
    for (index, (name, of_problem)) in OPERATIONS.iter().enumerate() {
        let times: Vec<f64> = by_size.iter().map(|times| times[index]).collect();
        let shown: Vec<String> = times
            .iter()
            .map(|time| format!("{:>11.4}", time / 1e6))
            .collect();
        let grown = exponent(&times);
        let worse = if grown > of_problem + 0.15 {
            "  worse than the problem"
        } else {
            ""
        };
        println!("{name:<28}{}  {grown:>5.2}{worse}", shown.join(""));
    }
}
