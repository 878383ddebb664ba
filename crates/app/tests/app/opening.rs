//! Files that are no article: each gets one sentence, and nothing else happens.

use super::world::{World, open};
use pullquote_app::action::Action;
use pullquote_app::library::action::LibraryAction;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_formats::backup_file::BackupWriter;
use pullquote_formats::codebook_file::write_codebook;
use pullquote_formats::document_file::write_document;

/// Opens a file that is refused with this sentence.
#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, said: &str) {
    let mut world = open();
    let before = world.document();
    let kept = world.store.map.borrow().clone();
    world.opens(name, bytes.as_ref(), true);
    assert_eq!(world.alarms(), [said]);
    assert_eq!(world.document(), before);
    assert_eq!(*world.store.map.borrow(), kept);
}

#[test]
fn a_file_that_is_no_text_is_named_with_what_to_do() {
    check(
        "report.docx",
        b"PK\x03\x04\x14\0\x06\0",
        "“report.docx” is a Word file. Word files cannot be opened yet: copy the text and use Paste.",
    );
    check(
        "report.pdf",
        b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n",
        "“report.pdf” is a PDF file. PDF files cannot be opened yet: copy the text and use Paste.",
    );
    check(
        "notes.rtf",
        b"{\\rtf1\\ansi Words}",
        "“notes.rtf” is an RTF file. RTF files cannot be opened yet: copy the text and use Paste.",
    );
    check(
        "page.html",
        "<!doctype html><p>سرحدی 🙂 cafe\u{301}</p>",
        "“page.html” is a web page. Web pages cannot be opened yet: copy the text and use Paste.",
    );
    check(
        "rows.csv",
        "id,text\n1,Words",
        "“rows.csv” is a table (CSV). Tables cannot be opened yet: copy the text and use Paste.",
    );
    check(
        "photo.jpg",
        b"\xFF\xD8\xFF\xE0\0\x10JFIF",
        "“photo.jpg” is a picture (JPEG). Pictures cannot be opened: open their text as a text \
         file, or use Paste.",
    );
    check(
        "all.jsonl",
        r#"{"text": "Words", "label": [[0, 5, "X"]]}"#,
        "“all.jsonl” is a doccano file. doccano files cannot be opened yet: copy the text and use \
         Paste.",
    );
    check(
        "other.json",
        r#"{"text": "Words"}"#,
        "“other.json” is a JSON file of another program. JSON files of other programs cannot be \
         opened yet: copy the text and use Paste.",
    );
    check(
        "all.zip",
        b"PK\x03\x04\0\0",
        "“all.zip” is an archive (zip). Unpack it, and open the files in it.",
    );
    check("nothing.txt", b"", "“nothing.txt” is empty.");
    check(
        "program.txt",
        b"\x7FELF\x02\x01\0\0",
        "“program.txt” is not a text file. Save it as plain text in UTF-8, or copy the text and \
         use Paste.",
    );
}

#[test]
fn a_text_in_another_encoding_is_told_how_to_save_it() {
    check(
        "latin.txt",
        b"caf\xE9 noir",
        "“latin.txt” is a text in an older encoding, probably Windows-1252 (Latin-1), not in \
         UTF-8. Save it as UTF-8, or copy the text and use Paste.",
    );
    check(
        "wide.txt",
        b"\xFF\xFEa\0b\0",
        "“wide.txt” is a text in UTF-16, not in UTF-8. Save it as UTF-8, or copy the text and use \
         Paste.",
    );
    check(
        "cut.txt",
        b"caf\xC3\xA9\nnoir \xC3",
        "“cut.txt” was not opened: it is not whole: byte 11, in line 2, is not UTF-8. Save it as \
         UTF-8 and open it again. Nothing kept here was changed.",
    );
}

#[test]
fn our_own_files_that_are_no_article_say_where_they_are_opened() {
    let backup = BackupWriter::default().head(Timestamp(0));
    check(
        "all.jsonl",
        backup,
        "“all.jsonl” is a backup of Pullquote. Restore it in the library.",
    );
    check(
        "tags.json",
        write_codebook(&Codebook::news()),
        "“tags.json” is a codebook of Pullquote. Open it where the codebook of an article is \
         shown.",
    );
}

#[test]
fn an_article_is_opened_whatever_it_looks_like() {
    for text in [
        "{sic} is what 🙂 wrote.\n\nWords.",
        "<no comment>, said سرحدی.\n\nWords.",
        "one, two, three\nfour, cafe\u{301}, six",
    ] {
        for name in ["a.txt", "a.md", "a", "notes.doc"] {
            let mut world = World::new();
            world.opens(name, text.as_bytes(), true);
            assert!(world.alarms().is_empty(), "{name}: {:?}", world.alarms());
            assert_eq!(world.document().article().text(), text);
        }
    }
}

#[test]
fn an_article_without_a_headline_is_called_as_its_file() {
    for (name, title) in [
        ("Rain 🙂.txt", "Rain 🙂"),
        ("Talks at 10.30", "Talks at 10.30"),
        ("سرحد.md", "سرحد"),
        (".txt", ".txt"),
    ] {
        let mut world = World::new();
        world.opens(name, b"It rained.", true);
        assert_eq!(world.document().article().title, title);
    }
}

#[test]
fn what_is_pasted_is_a_text_whatever_it_looks_like() {
    for text in [
        "<!DOCTYPE html><html><body>🙂</body></html>",
        "{\"text\": \"سرحدی\"}",
        "{\\rtf1\\ansi cafe\u{301}}",
        "PK\u{3}\u{4} is what an archive begins with",
        "a zero \0 in it",
    ] {
        let mut world = World::new();
        world.does(Action::Library(LibraryAction::TextPasted(text.to_owned())));
        assert!(world.alarms().is_empty(), "{text}: {:?}", world.alarms());
        assert_eq!(world.document().article().text(), text);
    }
    // But our own file is one, also when it is pasted.
    let file = write_document(&open().document());
    let mut world = World::new();
    world.does(Action::Library(LibraryAction::TextPasted(file)));
    assert_eq!(world.document(), open().document());
}
