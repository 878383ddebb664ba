//! Control characters and noncharacters, which imported text files contain: every format writes
//! them, or writes U+FFFD and counts a loss. None fails because of one.

use super::cases::{id, slug};
use super::datasets::write;
use pullquote_core::model::annotation::{Annotation, Spans};
use pullquote_core::model::article::Article;
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::document::{Document, DocumentParts};
use pullquote_core::model::entity::Entity;
use pullquote_core::model::relation::Relation;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::tokens::TOKENIZERS;
use pullquote_datasets::catalogue::{FORMATS, Format};
use pullquote_datasets::codecs::reader;
use pullquote_datasets::encoding::zip::unzip;
use pullquote_datasets::loss_counts::LossCounts;
use pullquote_datasets::options::{BOUNDARY_RULES, Options};
use pullquote_datasets::verify::verify;
use pullquote_formats::plain_text::article_of_text;

/// All of C0 and C1, DEL, the noncharacters, and invisible characters that break other tools.
fn characters() -> Vec<char> {
    let planes = [0, 1, 16]
        .into_iter()
        .flat_map(|plane| [plane * 0x1_0000 + 0xFFFE, plane * 0x1_0000 + 0xFFFF]);
    let others = [0xAD, 0x200B, 0x200E, 0x2028, 0x2029, 0xFEFF, 0xFFF9, 0xFFFD];
    let all = (0..0x20)
        .chain(0x7F..0xA0)
        .chain(0xFDD0..0xFDF0)
        .chain(planes)
        .chain(others);
    all.filter_map(char::from_u32).collect()
}

/// Whether XML 1.0 allows the character (production 2, `Char`).
fn is_of_xml(char: char) -> bool {
    !matches!(char, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// An article with this character inside marks, at both ends of marks, and as a whole mark, next
/// to an emoji, a combining accent and a right-to-left word.
fn with(char: char) -> Document {
    let text = format!(
        "{char}The mayor 👩🏽‍🌾 said\n\nKar{char}vel met {char}Zoe\u{308} in لاہور{char} and \
         {char}e\u{301}lan{char} at {char} once{char}{char}more\n{char}end"
    );
    // Made like an opened file: its line ends are not normalized.
    let plain = article_of_text(id(1), &text.replace(char, "\u{1}"), None).unwrap();
    let blocks = plain.blocks().iter().map(|block| {
        let [start, end] = [block.span.start(), block.span.end()].map(|at| {
            let before = &plain.text()[..at.index()];
            before.replace('\u{1}', &char.to_string()).len()
        });
        (block.kind, start..end)
    });
    let title = plain.title.replace('\u{1}', &char.to_string());
    let mut article = Article::new(id(1), title, text, blocks.collect()).unwrap();
    article.source.byline = format!("By{char}line");
    let marks = [
        (format!("Kar{char}vel"), "actor"),
        (format!("{char}Zoe\u{308}"), "actor"),
        (format!("لاہور{char}"), "place"),
        (format!("{char}e\u{301}lan{char}"), "event"),
        (format!("{char} once{char}{char}"), "commitment"),
        (format!("more\n{char}end"), "event"),
        (char.to_string(), "place"),
    ];
    let annotations: Vec<Annotation> = (1..)
        .zip(&marks)
        .map(|(number, (words, tag))| {
            let start = article.text().find(words.as_str());
            let start = start.expect("the words are there");
            Annotation {
                id: id(number),
                tag: slug(tag),
                spans: Spans::from(article.span(start..start + words.len()).unwrap()),
                values: Default::default(),
                entity: (number == 1).then(|| id(900)),
                note: format!("{char}no{char}te{char}"),
                flagged: false,
                coder: format!("Zo{char}ë"),
                created: Timestamp(1),
                modified: Timestamp(1),
            }
        })
        .collect();
    let relation = Relation {
        id: id(500),
        kind: slug("made-by"),
        from: annotations[4].id,
        to: annotations[0].id,
    };
    let entity = Entity {
        id: id(900),
        tag: slug("actor"),
        name: format!("Kar{char}vel"),
        aliases: vec![format!("{char}K")],
        reference: format!("Q{char}1"),
    };
    let news = Codebook::news();
    let tags = news.tags().iter().map(|tag| {
        let mut tag = Tag::clone(tag);
        tag.name = format!("{char}{}{char}{char}", tag.name);
        tag.definition = format!("What{char} it is");
        tag
    });
    let codebook = Codebook::new(
        format!("Ne{char}ws"),
        "1".to_owned(),
        format!("Gui{char}de"),
        tags.collect(),
        news.relations().to_vec(),
        Vec::new(),
    );
    Document::from_parts(DocumentParts {
        article,
        codebook: codebook.unwrap(),
        relations: vec![relation],
        entities: vec![entity],
        answers: Default::default(),
        coder: format!("Zo{char}ë"),
        annotations,
    })
    .unwrap()
}

fn named(format: &Format, char: char) -> String {
    format!("{}, U+{:04X}", format.id, char as u32)
}

#[track_caller]
fn check(format: &Format, char: char, options: &Options) {
    let document = with(char);
    let (files, written) = write(format, std::slice::from_ref(&document), options);
    let proof = verify(format, reader(format), &written, &mut |file| {
        files.open(file)
    });
    let name = named(format, char);
    assert!(
        proof.as_ref().is_ok_and(|it| it.verified == it.spans),
        "{name}: {proof:?}"
    );
    let mut losses = LossCounts::none(options);
    losses.add(format, &document, options);
    let told = losses.phrases().join("\n");
    let says = told.contains("that the format cannot hold, written as \u{FFFD}");
    let texts: String = files
        .0
        .into_iter()
        .flat_map(|file| texts_of(file.1))
        .collect();
    let is_replaced = char != '\u{FFFD}' && texts.contains('\u{FFFD}');
    assert_eq!(is_replaced, says, "{name}: {told}");
    assert!(!is_replaced || !is_of_xml(char), "{name}");
    let is_plain = matches!(
        format.id.as_str(),
        "json" | "csv" | "brat" | "w3c" | "doccano"
    );
    assert!(!is_replaced || !is_plain, "{name}");
}

/// The text of a file; of an archive, the texts of its files.
fn texts_of(bytes: Vec<u8>) -> Vec<String> {
    match unzip(&bytes) {
        Ok(files) => files.into_iter().flat_map(|it| texts_of(it.1)).collect(),
        Err(_) => String::from_utf8(bytes).into_iter().collect(),
    }
}

#[test]
fn every_format_writes_every_character_of_a_mark_or_counts_it_as_lost() {
    let options = Options {
        name: "set".to_owned(),
        ..Options::default()
    };
    for char in characters() {
        FORMATS
            .iter()
            .for_each(|format| check(format, char, &options));
    }
}

#[test]
fn no_tokenizer_or_boundary_rule_makes_a_character_an_error() {
    let all = TOKENIZERS
        .iter()
        .flat_map(|tokenizer| BOUNDARY_RULES.iter().map(move |edges| (tokenizer, edges)));
    for (tokenizer, edges) in all {
        let options = Options {
            name: "set".to_owned(),
            tokenizer: tokenizer.0,
            boundaries: edges.0,
            ..Options::default()
        };
        for char in [
            '\0', '\t', '\u{B}', '\u{C}', '\r', '\u{1C}', '\u{7F}', '\u{85}', '\u{FFFF}',
        ] {
            let formats = FORMATS.iter().filter(|format| format.has_tokens());
            formats.for_each(|format| check(format, char, &options));
        }
    }
}

#[test]
fn conllu_has_no_white_space_that_a_reader_would_strip() {
    let text = "\u{a0}Zoe\u{308}\u{a0}met\u{3000}him\u{2009}\n\u{2028}👩🏽‍🌾 now\u{c}";
    let article = article_of_text(id(1), text, None).unwrap();
    let document = Document::new(article, Codebook::news());
    let options = Options {
        name: "set".to_owned(),
        ..Options::default()
    };
    let format = Format::named("conllu").unwrap();
    let (files, written) = write(format, &[document], &options);
    let proof = verify(format, reader(format), &written, &mut |file| {
        files.open(file)
    });
    assert!(proof.is_ok(), "{proof:?}");
    let file = String::from_utf8(files.0[0].1.clone()).unwrap();
    let rows = file.lines().filter(|line| line.contains('\t'));
    let misc: Vec<&str> = rows.filter_map(|row| row.split('\t').nth(9)).collect();
    let expected = [
        "SpacesBefore=\u{a0}|SpacesAfter=\u{a0}|name=O",
        "SpacesAfter=\u{3000}|name=O",
        "SpacesAfterExact=\u{2009}\\n\\u2028|SpacesAfter=\u{2009}\\n\\n",
        "_",
        "SpacesAfterExact=\\u000C|SpacesAfter=\\n",
    ];
    assert_eq!(misc, expected);
    // No line ends with white space, or has a line break that only some readers know.
    assert!(
        file.split('\n').all(|line| line.trim_end() == line),
        "{file}"
    );
}
