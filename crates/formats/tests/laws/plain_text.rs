//! A text becomes an article.

use super::cases::{self, id};
use proptest::prelude::*;
use pullquote_core::model::article::BlockKind;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_formats::document_file::{read_document, write_document};
use pullquote_formats::error::{ReadError, SIZE_LIMIT};
use pullquote_formats::file_name::file_name;
use pullquote_formats::plain_text::{article_of_text, decode};

/// The blocks of a text, headings with a `#`.
#[track_caller]
fn check(text: &str, title: &str, expected: &[&str]) {
    let article = article_of_text(id(0), text, Some("a file")).unwrap();
    let blocks: Vec<String> = article
        .blocks()
        .iter()
        .map(|block| {
            let sign = if block.kind == BlockKind::Paragraph {
                ""
            } else {
                "# "
            };
            format!("{sign}{}", block.span.slice(article.text()).unwrap())
        })
        .collect();
    assert_eq!(blocks, expected);
    assert_eq!(article.title, title);
}

#[test]
fn a_blank_line_separates_two_paragraphs() {
    check(
        "Headline 🙂\n\nOne é.\n \nTwo.\n",
        "Headline 🙂",
        &["# Headline 🙂", "One é.", "Two."],
    );
    check(
        "Headline\r\n\r\nOne.\r\n",
        "Headline",
        &["# Headline", "One."],
    );
    check("Headline\r\rOne.", "Headline", &["# Headline", "One."]);
}

#[test]
fn short_lines_are_paragraphs_of_their_own() {
    check("Title\nOne.\nTwo.", "Title", &["# Title", "One.", "Two."]);
}

#[test]
fn lines_that_were_broken_at_a_fixed_width_are_one_paragraph() {
    let line = "These are words of a paragraph that somebody broke at a column of";
    let text = format!("Title\n\n{line}\n{line}\nthe end.");
    let whole = format!("{line}\n{line}\nthe end.");
    check(&text, "Title", &["# Title", &whole]);
}

#[test]
fn a_first_line_that_is_a_sentence_is_not_a_headline() {
    check(
        "It rained.\n\nThen it stopped.",
        "a file",
        &["It rained.", "Then it stopped."],
    );
    check("Only line", "a file", &["Only line"]);
    check(
        "سرحدی علاقوں\n\n国境の町。",
        "سرحدی علاقوں",
        &["# سرحدی علاقوں", "国境の町。"],
    );
}

#[test]
fn a_line_of_invisible_characters_is_blank() {
    for line in [
        "\u{200B}",
        "\u{FEFF}",
        "\u{2060}\u{200D}",
        "\u{AD}",
        "\u{200E}\u{200F}\u{61C}",
        "\u{202B}\u{202C}",
        "\u{2066}\u{2069}",
        "\u{A0}\u{3000}",
        "\u{FE0F}",
        "\u{2800}",
        "\u{1}",
        " \u{200B}\t\u{200B} ",
    ] {
        // At the start, twice; between; at the end.
        let text = format!(
            "{line}\n{line}\nHeadline 🙂\n{line}\nسرحدی cafe\u{301}.\n{line}\nTwo.\n{line}"
        );
        check(
            &text,
            "Headline 🙂",
            &["# Headline 🙂", "سرحدی cafe\u{301}.", "Two."],
        );
        let article = article_of_text(id(0), &text, None).unwrap();
        assert_eq!(
            article.text(),
            text.strip_prefix('\u{FEFF}').unwrap_or(&text)
        );
        let nothing = article_of_text(id(0), &format!("{line}\n{line}"), Some("a file"));
        assert_eq!(nothing.map(|_| ()), Err(ReadError::Empty), "{line:?}");
        // What is read of a file of ours is what was written.
        let document = Document::new(article, Codebook::news());
        let again = read_document(write_document(&document).as_bytes());
        assert_eq!(again.unwrap().document, document);
    }
}

#[test]
fn invisible_characters_beside_words_stay_in_their_paragraph() {
    check(
        "\u{200B}Headline ❤\u{FE0F}\n\n\u{200F}سرحدی.\u{200B}",
        "Headline ❤\u{FE0F}",
        &["# \u{200B}Headline ❤\u{FE0F}", "\u{200F}سرحدی.\u{200B}"],
    );
}

#[test]
fn bytes_that_are_not_a_text_are_refused_with_their_place() {
    assert_eq!(
        decode(b"ab\ncd\xFFe"),
        Err(ReadError::NotUtf8 { byte: 5, line: 2 })
    );
    assert_eq!(decode(b"PK\x03\0"), Err(ReadError::Binary { byte: 3 }));
    assert_eq!(decode("\u{FEFF}text".as_bytes()), Ok("text"));
    assert_eq!(
        article_of_text(id(0), " \n ", None).map(|_| ()),
        Err(ReadError::Empty)
    );
    let size = SIZE_LIMIT + 1;
    assert_eq!(decode(&vec![b'a'; size]), Err(ReadError::TooLarge { size }));
}

proptest! {
    #[test]
    fn only_line_ends_change(text in cases::text()) {
        let given = format!("x{text}");
        let article = article_of_text(id(0), &given, None).unwrap();
        let expected = given.replace("\r\n", "\n").replace('\r', "\n");
        prop_assert_eq!(article.text(), expected);
    }

    #[test]
    fn a_file_name_is_valid_on_every_system(title in any::<String>()) {
        let name = file_name(&title, "pullquote.json");
        let stem = name.strip_suffix(".pullquote.json").unwrap();
        prop_assert!(!stem.is_empty() && stem.len() <= 161);
        prop_assert!(!stem.starts_with([' ', '.']) && !stem.ends_with([' ', '.']));
        let forbidden = |char: char| char.is_control() || "/\\:*?\"<>|".contains(char);
        prop_assert!(!stem.contains(forbidden));
    }
}

#[test]
fn the_name_of_a_device_is_not_a_file_name() {
    assert_eq!(file_name("con", "json"), "_con.json");
    assert_eq!(file_name("LPT1.txt", "json"), "_LPT1.txt.json");
    assert_eq!(file_name("console", "json"), "console.json");
    assert_eq!(file_name("???", "json"), "article.json");
}
