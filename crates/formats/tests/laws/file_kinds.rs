//! The kind of a file is told before it is opened.

use super::cases;
use proptest::prelude::*;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_datasets::encoding::zip::ZipWriter;
use pullquote_formats::backup_file::BackupWriter;
use pullquote_formats::codebook_file::write_codebook;
use pullquote_formats::document_file::write_document;
use pullquote_formats::file_kind::detect::file_kind;
use pullquote_formats::file_kind::kind::{Encoding, FileKind};

#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, expected: FileKind) {
    let bytes = bytes.as_ref();
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]);
    assert_eq!(
        file_kind(name, bytes),
        expected,
        "{name}, which begins with {beginning}"
    );
}

#[track_caller]
fn is_text(name: &str, text: &str) {
    check(name, text, FileKind::Text);
}

fn zip(files: &[&str]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Timestamp(0));
    for file in files {
        zip.put(file, b"<x/>").unwrap();
    }
    zip.finish().unwrap()
}

/// An archive that begins with its media type, as OpenDocument and EPUB do.
fn typed(media_type: &str) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04\x0A\0\0\0\0\0\0\0\0\0".to_vec();
    bytes.extend([0; 16]);
    bytes.extend(b"mimetype");
    bytes.extend(media_type.as_bytes());
    bytes
}

#[test]
fn an_article_opens_whatever_its_first_characters_are() {
    for text in [
        "{sic} is what the editor wrote.\n\nAnd more.",
        "{\"Never\", she said}",
        "[1] The first note.\n[2] The second.",
        "[1]",
        "[1, 2, 3]",
        "{}",
        "<no comment>, said the minister.\n\nThen he left.",
        "<b>Breaking</b>: a headline\n\nSome words.",
        "<p align=\"center\">\n  A README\n</p>\n\n# Title <br>",
        "<!-- written by hand -->\n# Title\n\nWords.",
        "<?php is how such files begin, he explained.",
        "<!DOCTYPE html> is what a page begins with, the course says.",
        "<html> is an element, and <body> another.",
        "one, two, three\nfour, five, six\n",
        "name,age\nAda,36\nAlan,41\n",
        "ID3 is the name of a format. BM, too; PK is none.",
        "GIF89a\nRIFF\nOggS",
        "%PDF-1.7 is how a PDF begins.",
        "From: a friend\nTo: whom it may concern",
        "سرحدی علاقوں میں 🙂 cafe\u{301}، 国境の町。",
        "O\nO\nO\nO\nO\nO\n",
        "Vitamin O\nPlan O\nBlood group O\nCircle O\nLetter O\nThe O\n",
        "1\tone\n2\ttwo\n3\tthree\n4\tfour\n5\tfive\n",
        "# A heading of Markdown\n\n- a point\n",
        "\u{FEFF}With a byte-order mark.",
        "a page\u{C}another page",
        "true",
        "\"Never,\" she said.",
    ] {
        for name in [
            "a.txt",
            "A.TXT",
            "a.md",
            "a",
            "a.b.log",
            "Talks at 10.30",
            ".txt",
        ] {
            is_text(name, text);
        }
    }
}

#[test]
fn a_text_opens_under_the_name_of_another_program() {
    is_text("notes.doc", "Plain words.");
    is_text("notes.docx", "Plain words, 🙂.");
    is_text("scan.pdf", "Plain words.");
    is_text("photo.png", "Plain words.");
    is_text("a.json", "Plain words.");
    is_text("a.xml", "Plain words.");
    is_text("a.ann", "Plain words.");
}

#[test]
fn documents_of_word_processors_are_recognised() {
    let word = zip(&["[Content_Types].xml", "word/document.xml"]);
    check("a.docx", &word, FileKind::Document("Word"));
    check("renamed.txt", &word, FileKind::Document("Word"));
    check("cut.docx", &word[..40], FileKind::Document("Word"));
    let odt = typed("application/vnd.oasis.opendocument.text");
    check("a.odt", odt, FileKind::Document("OpenDocument"));
    check(
        "a.pages",
        zip(&["Index/Document.iwa"]),
        FileKind::Document("Pages"),
    );
    check("a.rtf", "{\\rtf1\\ansi Words}", FileKind::Document("RTF"));
    check("a.doc", "{\\rtf1\\ansi Words}", FileKind::Document("RTF"));
    let pdf = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj";
    check("a.pdf", pdf, FileKind::Document("PDF"));
    let plain = "%PDF-1.4\n1 0 obj\n<< >>\nendobj\n%%EOF";
    check("a", plain, FileKind::Document("PDF"));
    check("a.ps", "%!PS-Adobe-3.0\n", FileKind::Document("PostScript"));
    check(
        "a.epub",
        typed("application/epub+zip"),
        FileKind::Ebook("EPUB"),
    );
}

#[test]
fn files_of_older_office_versions_are_recognised_by_their_streams() {
    let with = |stream: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0".to_vec();
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    check("a", with("WordDocument"), FileKind::Document("Word"));
    check("a.doc", with("Workbook"), FileKind::Table("Excel"));
    check(
        "a",
        with("PowerPoint Document"),
        FileKind::Slides("PowerPoint"),
    );
    check("a", with("__nameid_version1.0"), FileKind::Email);
    check("a.doc", with(""), FileKind::Document("Word"));
    check("a", with(""), FileKind::Binary);
}

#[test]
fn tables_and_slides_are_recognised() {
    check("a.csv", "id,text\n1,Words", FileKind::Table("CSV"));
    check("A.TSV", "id\ttext\n1\tWords", FileKind::Table("TSV"));
    check("a.xls", "id\ttext\n1\tWords", FileKind::Table("Excel"));
    check(
        "a.xlsx",
        zip(&["xl/workbook.xml"]),
        FileKind::Table("Excel"),
    );
    let ods = typed("application/vnd.oasis.opendocument.spreadsheet");
    check("a.ods", ods, FileKind::Table("OpenDocument"));
    let slides = zip(&["ppt/presentation.xml"]);
    check("a.pptx", slides, FileKind::Slides("PowerPoint"));
    check("a.parquet", b"PAR1\x15\x04\0\0", FileKind::Table("Parquet"));
}

#[test]
fn web_pages_and_other_markup_are_recognised() {
    let page = "<!DOCTYPE html>\n<html><head><title>T</title></head><body>Words</body></html>\n";
    for name in ["a.html", "a.htm", "a.txt", "a"] {
        check(name, page, FileKind::WebPage);
    }
    check("a.HTML", "<p>Words</p>", FileKind::WebPage);
    check("a.html", "Words &amp; more", FileKind::WebPage);
    check(
        "a.mhtml",
        "From: <Saved by Blink>\nMIME-Version: 1.0\n",
        FileKind::WebPage,
    );
    check("a.webarchive", b"bplist00\0\0", FileKind::WebPage);
    check(
        "a.eml",
        "From: a\nMIME-Version: 1.0\n\nWords",
        FileKind::Email,
    );
    check(
        "a.url",
        "[InternetShortcut]\r\nURL=https://example.com",
        FileKind::Link,
    );
    let tei = "<?xml version=\"1.0\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text/></TEI>";
    check("a.xml", tei, FileKind::OtherTool("TEI"));
    check("a.txt", tei, FileKind::OtherTool("TEI"));
    check("a.gexf", "<gexf></gexf>", FileKind::OtherTool("GEXF"));
    check("a", "<graphml></graphml>", FileKind::OtherTool("GraphML"));
    let codebook = "<?xml version=\"1.0\"?><CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"/>";
    check("a.qdc", codebook, FileKind::OtherTool("REFI-QDA"));
    check(
        "a.svg",
        "<svg xmlns=\"s\"><text>W</text></svg>",
        FileKind::Picture("SVG"),
    );
    check("a.xml", "<rss><item/></rss>", FileKind::Xml);
    check(
        "a.txt",
        "<?xml version=\"1.0\"?>\n<rss><item/></rss>",
        FileKind::Xml,
    );
}

#[test]
fn a_fragment_of_a_web_page_is_recognised_under_any_name() {
    for page in [
        "<p>The minister spoke today.</p>",
        "<P>سرحدی 🙂 cafe\u{301}.</P>\n<P>More.</P>\n",
        "<div class=\"a\">\nHello <b>you</b>",
        "<div id=main data-x='1'>Words</div> and more",
        "<h1>Rain</h1>\n\nIt rained.\n<p>And rained.</p>",
        "<!-- wp:paragraph -->\n<p>Words.</p>\n<!-- /wp:paragraph -->",
        "<ul>\n<li>One</li>\n</ul>",
        "<article><section>W</section></article>",
        "<a href=\"https://example.com\">Read</a> more.",
        "<span style=\"color: red\">Rain</span> in Basel.",
        "<em>All of it.</em>\n",
        "<img src=\"a.png\" alt=\"\">\nWords.",
        "<html lang=\"en\">\n<body>\nWords",
        "\u{FEFF}  <p>Words.</p>\r\n",
    ] {
        for name in ["a.txt", "a", "A.TXT", "a.log"] {
            check(name, page, FileKind::WebPage);
        }
    }
    for text in [
        "<Breaking> Rain in Basel",
        "<Breaking>Rain</Breaking> in Basel",
        "<< Back\n\nWords",
        "< p > is no element.",
        "<p> begins a paragraph, and </p> ends it.",
        "<p> begins a paragraph.\n\nMore words.",
        "<a href> is a link, he said.",
        "<div class=\"a",
        "<main, he said>",
        "<article by=John Smith",
        "<b>Breaking</b>: rain <i>again</i>",
        "<3 this 🙂",
        "{Editor's note} Rain.",
        "[Reuters] Rain.",
        "It rained.\n\n<p>This is quoted.</p>\n<div class=\"a\">x</div>",
    ] {
        is_text("a.txt", text);
        is_text("a", text);
    }
    // Markdown may begin so.
    is_text("README.md", "<p>Words.</p>\n<p>More.</p>");
    is_text("a.txt", "<img src=\"logo.png\">\n\n## Title\n\nWords");
}

#[test]
fn texts_that_are_written_for_programs_are_recognised() {
    let latex = FileKind::Document("LaTeX");
    for text in [
        "\\documentclass{article}\n\\begin{document}W\\end{document}",
        "% A paper\n%\n\n\\documentclass[12pt]{article}\n",
        "\\documentstyle[a4]{report}",
    ] {
        check("a.tex", text, latex);
        check("a.txt", text, latex);
    }
    check("a.tex", "Words.\n\\section{Rain 🌧}\nMore.", latex);
    is_text("a.tex", "Plain words.");
    is_text("a.txt", "\\documentclass is the first command.");
    is_text("a.txt", "Write \\section{Rain} for a section.");

    let srt = "1\r\n00:00:01,000 --> 00:00:02,500\r\nسلام 🙂\r\n\r\n2\r\n";
    for name in ["a.srt", "a.txt", "a"] {
        check(name, srt, FileKind::Document("SubRip subtitle"));
    }
    let vtt = "WEBVTT - Rain\n\n01:02.500 --> 01:04.000 align:start\nHello";
    for name in ["a.vtt", "a.txt", "a"] {
        check(name, vtt, FileKind::Document("WebVTT subtitle"));
    }
    is_text("a.srt", "Plain words.");
    is_text("a.txt", "WEBVTT is a format.");
    is_text("a.txt", "1\nThe first --> the second");
    is_text("a.txt", "1\n\nA chapter. 00:00:01,000 --> 00:00:02,500");

    let yaml = FileKind::Document("YAML");
    check("a.yaml", "# rain\ntitle: Rain\nwords: 3\n", yaml);
    check("a.yml", "---\n- one\n", yaml);
    is_text("a.yaml", "It rained: all day, in Basel.");
    is_text("a.txt", "title: Rain\n\nIt rained.");
}

#[test]
fn files_of_other_annotation_tools_are_recognised() {
    let tool = |name: &str, text: &str, tool| check(name, text, FileKind::OtherTool(tool));
    let row = r#"{"text": "W", "label": [[0, 1, "X"]]}"#;
    tool("a.jsonl", row, "doccano");
    tool("a.txt", &format!("{row}\n{row}\n"), "doccano");
    tool("a.json", &format!("[{row}]"), "doccano");
    let row = r#"{"text": "W", "entities": [], "relations": []}"#;
    tool("a.jsonl", row, "doccano");
    let row = r#"{"text": "W", "_input_hash": 1, "spans": []}"#;
    tool("a.jsonl", row, "Prodigy");
    let row = r#"{"tokens": ["W"], "ner_tags": [0]}"#;
    tool("a.jsonl", row, "Hugging Face");
    let task = r#"[{"id": 1, "data": {"text": "W"}, "annotations": []}]"#;
    tool("a.json", task, "Label Studio");
    tool("a.txt", task, "Label Studio");
    let cas = r#"{"%TYPES": {}, "%FEATURE_STRUCTURES": [], "%VIEWS": {}}"#;
    tool("a.json", cas, "UIMA CAS");
    let web = r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation"}"#;
    tool("a.jsonld", web, "Web Annotation");
    tool(
        "a.txt",
        "-DOCSTART- -X- O O\n\nEU NNP B-NP B-ORG\n",
        "CoNLL",
    );
    let tokens = "EU B-ORG\nrejects O\nGerman B-MISC\ncall O\n. O\n";
    tool("train.txt", tokens, "CoNLL");
    tool("a.conllu", "# text = W\n1\tW\n", "CoNLL");
    tool("a.tsv", "#FORMAT=WebAnno TSV 3.3\n", "WebAnno TSV");
    tool("a.ann", "T1\tPlace 0 5\tBasel\n", "brat");
    let project = zip(&["project.qde", "sources/1.txt"]);
    check("a.qdpx", project, FileKind::OtherTool("REFI-QDA"));
    check(
        "a.mx24",
        b"SQLite format 3\0\0\0",
        FileKind::OtherTool("MAXQDA"),
    );
}

#[test]
fn json_of_an_unknown_program_is_just_json() {
    check("a.json", "{\"a\": 1}", FileKind::Json);
    check("a.txt", "{\"a\": 1}", FileKind::Json);
    check("a.json", "[]", FileKind::Json);
    check("a.jsonl", "{\"a\": 1}\n{\"a\": 2}\n", FileKind::Json);
    check("a.jsonl", "{\"a\": 1, ", FileKind::Json);
}

#[test]
fn our_own_files_are_recognised_under_any_name() {
    let document = cases::document_of("words 🙂 cafe\u{301} سرحد");
    let file = write_document(&document);
    for name in ["a.pullquote.json", "a.json", "a.txt", "a"] {
        check(name, &file, FileKind::Article);
    }
    check("a.json", &file[..file.len() / 3], FileKind::Article);
    check("a.json", "{\"cut", FileKind::Article);
    let compact = r#"{"version": 1, "format": "pullquote"}"#;
    check("a.txt", compact, FileKind::Article);
    let codebook = write_codebook(&Codebook::news());
    check("a.json", codebook, FileKind::Codebook);
    let backup = BackupWriter::default().head(Timestamp(0));
    check("a.jsonl", backup, FileKind::Backup);
}

#[test]
fn pictures_recordings_and_archives_are_recognised() {
    check("a", b"\x89PNG\r\n\x1A\n\0\0", FileKind::Picture("PNG"));
    check(
        "a.txt",
        b"\xFF\xD8\xFF\xE0\0\x10JFIF",
        FileKind::Picture("JPEG"),
    );
    check("a", b"GIF89a\x01\0\x01\0", FileKind::Picture("GIF"));
    check("a", b"RIFF\x24\0\0\0WEBPVP8 ", FileKind::Picture("WebP"));
    check("a", b"\0\0\0\x18ftypheic\0\0", FileKind::Picture("HEIC"));
    check("a", b"\0\0\0\x18ftypisom\0\0", FileKind::Video);
    check("a", b"\0\0\0\x18ftypM4A \0\0", FileKind::Audio);
    check("a", b"RIFF\x24\0\0\0WAVEfmt ", FileKind::Audio);
    check("a", b"ID3\x04\0\0\0\0", FileKind::Audio);
    check("a.mp3", b"\xFF\xFB\x90\x64\0\0", FileKind::Audio);
    check("a.zip", zip(&["a.txt"]), FileKind::Archive("zip"));
    check("a.zip", b"PK\x03\x04\0\0", FileKind::Archive("zip"));
    check("a.docx", zip(&["a.txt"]), FileKind::Archive("zip"));
    check("a.tar.gz", b"\x1F\x8B\x08\0\0", FileKind::Archive("gzip"));
    check("a.txt", b"\x7FELF\x02\x01\0\0", FileKind::Binary);
    check("a.txt", b"GIF\x03\0\0", FileKind::Binary);
    check("a.txt", b"", FileKind::Empty);
}

#[test]
fn a_text_in_another_encoding_is_told_from_a_binary_file() {
    let other = |encoding| FileKind::OtherEncoding(encoding);
    let text = "Caf\u{E9} \u{2013} \u{201C}soon\u{201D}, سرحدی علاقوں 🙂\n国境の町。\n";
    let little =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let big = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
    for text in [text, "Plain words of a text.\n", "سرحدی علاقوں میں\n"] {
        check("a.txt", little(text), other(Encoding::Utf16));
        check("a.txt", big(text), other(Encoding::Utf16));
        let marked = format!("\u{FEFF}{text}");
        check("a.txt", little(&marked), other(Encoding::Utf16));
        check("a.txt", big(&marked), other(Encoding::Utf16));
        let wide: Vec<u8> = marked
            .chars()
            .flat_map(|char| u32::from(char).to_le_bytes())
            .collect();
        check("a.txt", wide, other(Encoding::Utf32));
    }
    check("a.txt", b"caf\xE9 noir", other(Encoding::Western));
    check(
        "a.txt",
        b"\x93soon\x94, he said \x96 twice",
        other(Encoding::Western),
    );
    check(
        "a.txt",
        b"\xD0\xD2\xC9\xD7\xC5\xD4 \xCD\xC9\xD2",
        other(Encoding::Older),
    );
    check("a.csv", b"caf\xE9, noir", FileKind::Table("CSV"));
    check("a.html", b"<p>caf\xE9</p>", FileKind::WebPage);
    check("a.txt", b"caf\xE9\x01\x02 noir", FileKind::Binary);
    // UTF-8 with one broken byte is damaged, not of another encoding.
    check("a.txt", b"caf\xC3\xA9 \xC3\xA9 noir \xFF", FileKind::Text);
    // A text that was cut inside a character is one.
    check("a.txt", b"caf\xC3\xA9 \xC3", FileKind::Text);
}

#[test]
fn every_kind_has_a_name_with_its_article() {
    for (kind, said) in [
        (FileKind::Document("Word"), "a Word file"),
        (FileKind::Document("OpenDocument"), "an OpenDocument file"),
        (FileKind::Document("RTF"), "an RTF file"),
        (FileKind::Document("LaTeX"), "a LaTeX file"),
        (
            FileKind::Document("WebVTT subtitle"),
            "a WebVTT subtitle file",
        ),
        (FileKind::OtherTool("UIMA CAS"), "a UIMA CAS file"),
        (FileKind::OtherTool("doccano"), "a doccano file"),
        (FileKind::Table("CSV"), "a table (CSV)"),
        (
            FileKind::OtherEncoding(Encoding::Utf16),
            "a text in UTF-16, not in UTF-8",
        ),
    ] {
        assert_eq!(kind.to_string(), said);
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>(), name in any::<String>()) {
        let whole = file_kind(&name, &bytes);
        prop_assert_eq!(whole == FileKind::Empty, bytes.is_empty());
    }

    #[test]
    fn ordinary_words_are_a_text(text in cases::text()) {
        let text = format!("Words: {text}").replace('\0', "");
        prop_assert_eq!(file_kind("a.txt", text.as_bytes()), FileKind::Text);
    }
}
