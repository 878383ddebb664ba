//! Measures a thousand articles, and a book, in every format: read, written, read back and
//! verified.
//!
//! `cargo bench --package pullquote-cli --profile program` prints the time of each run of
//! the program, and how it grows from 100 articles to 1,000. Times depend on
//! the machine.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(
    clippy::expect_used,
    reason = "a benchmark that cannot go on should stop"
)]

use pullquote_core::model::annotation::{Annotation, Spans};
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::{Document, DocumentParts};
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::Values;
use pullquote_datasets::catalogue::FORMATS;
use pullquote_formats::document_file::write_document;
use pullquote_formats::plain_text::article_of_text;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// A document with this number of sentences, and a mark in each that has room for one.
fn document(number: usize, sentences: usize, marks: usize) -> Document {
    let id = |place: usize| {
        let time = 1_700_000_000_000 + (number * 20_000 + place) as u64;
        Id::new(time, &[7; 10])
    };
    let mut text = format!("Report {number} 🚜\n\n");
    for sentence in 0..sentences {
        text.push_str(&format!(
            "The council of town {} met Zoe\u{308} on day {sentence} and promised bridge {}. ",
            number * 7 + sentence,
            number + sentence
        ));
        if sentence % 6 == 5 {
            text.push_str("\n\n");
        }
    }
    let article = article_of_text(id(0), &text, None).expect("it has words");
    let tags = ["actor", "place", "commitment", "event"];
    let starts = article.text().match_indices("The council");
    let annotations = starts
        .take(marks)
        .enumerate()
        .filter_map(|(place, (at, _))| {
            let long = if place % 7 == 0 { 30 } else { 11 };
            Some(Annotation {
                id: id(place + 1),
                tag: tags[place % 4].parse().ok()?,
                spans: Spans::from(article.span(at..at + long).ok()?),
                values: Values::new(),
                entity: None,
                note: String::new(),
                flagged: false,
                coder: String::new(),
                created: Timestamp(0),
                modified: Timestamp(0),
            })
        });
    let annotations = annotations.collect();
    Document::from_parts(DocumentParts {
        annotations,
        codebook: Codebook::news(),
        relations: Vec::new(),
        entities: Vec::new(),
        answers: Values::new(),
        coder: String::new(),
        article,
    })
    .expect("it is whole")
}

fn library(root: &Path, name: &str, articles: usize, sentences: usize, marks: usize) -> PathBuf {
    let folder = root.join(name);
    fs::create_dir_all(&folder).expect("a folder can be made");
    for number in 0..articles {
        let file = folder.join(format!("{number:04}.pullquote.json"));
        let text = write_document(&document(number, sentences, marks));
        fs::write(file, text).expect("a file can be written");
    }
    folder
}

/// The milliseconds of one conversion.
fn time(root: &Path, library: &Path, format: &str) -> f64 {
    let out = root.join("out.zip");
    let since = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_pullquote"));
    program
        .arg("convert")
        .arg(library)
        .args(["--to", format, "-q"]);
    let status = program.arg("--out").arg(&out).status();
    assert!(status.expect("the program starts").success(), "{format}");
    since.elapsed().as_secs_f64() * 1_000.0
}

fn main() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("thousand");
    let _ = fs::remove_dir_all(&root);
    let hundred = library(&root, "100", 100, 72, 30);
    let thousand = library(&root, "1000", 1_000, 72, 30);
    let book = library(&root, "book", 1, 12_000, 10_000);
    println!("6 KB with 30 marks an article; a book of 1 MB with 10,000; milliseconds");
    println!(
        "{:<20}{:>10}{:>10}{:>10}{:>10}",
        "", "100", "1,000", "growth", "book"
    );
    for format in FORMATS {
        let [few, many, long] =
            [&hundred, &thousand, &book].map(|library| time(&root, library, format.id.as_str()));
        let growth = (many / few).log10();
        println!(
            "{:<20}{few:>10.0}{many:>10.0}{growth:>10.2}{long:>10.0}",
            format.id
        );
    }
    let _ = fs::remove_dir_all(&root);
}
