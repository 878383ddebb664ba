//! `pullquote stats`: counts what the documents contain.

use crate::failure::Failure;
use crate::{input, stdout};
use pullquote_core::analysis::query::Query;
use pullquote_core::model::document::Document;

use std::fmt::Write as _;
use std::path::PathBuf;

/// The counts over all documents.
#[derive(Default)]
struct Counts {
    articles: usize,
    words: usize,
    marks: usize,
    pieces: usize,
    relations: usize,
    notes: usize,
    flags: usize,
    members: usize,
    labels: Vec<(String, usize)>,
    kinds: Vec<(String, usize)>,
    coders: Vec<(String, usize)>,
    languages: Vec<(String, usize)>,
}

/// Prints the counts of all input documents, as a table or as JSON.
pub(crate) fn stats(inputs: &[PathBuf], only: &Query, json: bool) -> Result<(), Failure> {
    let mut counts = Counts::default();
    input::each(&input::files(inputs)?, &mut None, only, |document| {
        counts.add(&document);
        Ok(())
    })?;
    stdout::print(&if json { counts.json() } else { counts.table() })
}

fn count(counts: &mut Vec<(String, usize)>, name: &str, by: usize) {
    match counts.iter_mut().find(|(known, _)| known == name) {
        Some((_, count)) => *count += by,
        None => counts.push((name.to_owned(), by)),
    }
}

impl Counts {
    fn add(&mut self, document: &Document) {
        let (book, marks) = (document.codebook(), document.annotations());
        self.articles += 1;
        self.words += document.article().word_count();
        self.marks += marks.len();
        self.relations += document.relations().len();
        self.members += document.entities().len();
        for (tag, marks) in book.tags().iter().zip(document.tag_counts()) {
            count(&mut self.labels, &tag.name, *marks);
        }
        for kind in book.relations() {
            let relations = document
                .relations()
                .iter()
                .filter(|relation| relation.kind == kind.id);
            count(&mut self.kinds, &kind.name, relations.count());
        }
        for mark in marks {
            self.pieces += mark.spans.as_slice().len();
            self.notes += usize::from(!mark.note.is_empty());
            self.flags += usize::from(mark.flagged);
            count(&mut self.coders, &mark.coder, 1);
        }
        let language = document.article().language.as_ref();
        count(
            &mut self.languages,
            language.map_or("", |language| language.as_str()),
            1,
        );
    }

    fn numbers(&self) -> [(&'static str, usize); 8] {
        [
            ("articles", self.articles),
            ("words", self.words),
            ("marks", self.marks),
            ("spans", self.pieces),
            ("relations", self.relations),
            ("notes", self.notes),
            ("flags", self.flags),
            ("members of casts", self.members),
        ]
    }

    fn lists(&self) -> [(&'static str, &Vec<(String, usize)>); 4] {
        [
            ("label", &self.labels),
            ("relation", &self.kinds),
            ("coder", &self.coders),
            ("language", &self.languages),
        ]
    }

    fn table(&self) -> String {
        let mut table = String::new();
        for (name, number) in self.numbers() {
            // Writing into a string does not fail.
            let _ = writeln!(table, "{name}\t{number}");
        }
        for (list, counts) in self.lists() {
            for (name, number) in counts {
                let name = if name.is_empty() { "(none)" } else { name };
                let _ = writeln!(table, "{list}: {name}\t{number}");
            }
        }
        table.trim_end().to_owned()
    }

    fn json(&self) -> String {
        let text = |text: &str| {
            let mut quoted = String::from("\"");
            for char in text.chars() {
                match char {
                    '"' | '\\' => quoted.extend(['\\', char]),
                    char if char.is_control() => {
                        let _ = write!(quoted, "\\u{:04x}", u32::from(char));
                    }
                    char => quoted.push(char),
                }
            }
            quoted + "\""
        };
        let numbers = self
            .numbers()
            .map(|(name, number)| format!("{}:{number}", text(name)));
        let lists = self.lists().map(|(list, counts)| {
            let counts = counts
                .iter()
                .map(|(name, number)| format!("{}:{number}", text(name)));
            format!(
                "{}:{{{}}}",
                text(list),
                counts.collect::<Vec<_>>().join(",")
            )
        });
        let all: Vec<String> = numbers.into_iter().chain(lists).collect();
        format!("{{{}}}", all.join(","))
    }
}
