//! The HTML of a paragraph, a row and the empty states, rendered without a browser.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use pullquote::ui::article::block::{Block, BlockProps};
use pullquote::ui::article::mark_row::{MarkRow, MarkRowProps};
use pullquote::ui::article::marks_panel::{MarksPanel, MarksPanelProps};
use pullquote::ui::library::screen::{LibraryScreen, LibraryScreenProps};

use pullquote_app::backup::folder::Folder;
use pullquote_app::backup::state::BackupProgress;
use pullquote_app::editor::state::{Panel, Selection};
use pullquote_app::editor::view::mark_rows::RowView;
use pullquote_app::editor::view::reading::Drawing;
use pullquote_app::library::state::Library;
use pullquote_app::library::view::LibraryView;
use pullquote_app::store::error::StoreError;
use pullquote_core::edit::commands::marks::mark;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::sorted::VecMap;
use pullquote_formats::plain_text::article_of_text;
use std::rc::Rc;
use yew::{Callback, LocalServerRenderer};

fn id(number: u64) -> Id {
    Id::new(1_700_000_000_000 + number, &[7; 10])
}

/// A document of this text, with these words marked.
fn document(text: &str, marks: &[(&str, &str)]) -> Document {
    let article = article_of_text(id(0), text, None).unwrap();
    let mut document = Document::new(article, Codebook::news());
    for (number, (words, tag)) in (1..).zip(marks) {
        let article = document.article();
        let start = article.text().find(words).unwrap();
        let span = article.span(start..start + words.len()).unwrap();
        let step = mark(
            &document,
            id(number),
            &tag.parse().unwrap(),
            span.into(),
            Timestamp(0),
        );
        document = (*step.unwrap().apply(&document).unwrap().0).clone();
    }
    document
}

async fn block(document: &Document, number: usize, chosen: Option<Id>) -> String {
    let selection = match chosen {
        Some(at) => Selection::Marks {
            all: Rc::new([at]),
            at,
        },
        None => Selection::Nothing,
    };
    let drawn = Drawing::default().next(&Rc::new(document.clone()), &selection);
    let props = BlockProps {
        article: document.article().clone(),
        block: drawn.section(0).blocks[number].clone(),
    };
    let renderer = LocalServerRenderer::<Block>::with_props(props).hydratable(false);
    renderer.render().await
}

#[tokio::test(flavor = "current_thread")]
async fn a_paragraph_without_marks_is_its_text() {
    let document = document("Headline\n\nSome words <b>&amp; more 🙂.", &[]);
    assert_eq!(
        block(&document, 0, None).await,
        "<h1 data-start=\"0\">Headline</h1>"
    );
    assert_eq!(
        block(&document, 1, None).await,
        "<p data-start=\"10\">Some words &lt;b&gt;&amp;amp; more 🙂.</p>"
    );
}

#[tokio::test(flavor = "current_thread")]
async fn a_mark_says_who_it_is() {
    let document = document("General Munir spoke.", &[("General Munir", "actor")]);
    let html = block(&document, 0, Some(id(1))).await;
    for part in [
        "<mark role=\"group\" aria-label=\"Actor: General Munir\"",
        "aria-current=\"true\"",
        "tabindex=\"0\"",
        &format!("data-annotation=\"{}\"", id(1)),
        "data-tag=\"actor\"",
        "data-letter=\"A\"",
        "class=\"mark c-0b5fa5 stroke-0 chosen\"",
        ">General Munir</mark> spoke.</p>",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert!(!html.contains("style="), "the policy lets no style through");
}

#[tokio::test(flavor = "current_thread")]
async fn marks_that_cross_are_drawn_as_pieces_that_nest() {
    let marks = [("one two", "actor"), ("two three", "place")];
    let html = block(&document("one two three", &marks), 0, None).await;
    let bare: String = html
        .split('<')
        .map(|part| match part.split_once('>') {
            Some((tag, text)) if tag.starts_with("mark") => {
                let name = if tag.contains("data-tag=\"actor\"") {
                    "A"
                } else {
                    "P"
                };
                let first = if tag.contains("data-letter") { "!" } else { "" };
                format!("[{name}{first} {text}")
            }
            Some(("/mark", text)) => format!("]{text}"),
            Some((_, text)) => text.to_owned(),
            None => String::new(),
        })
        .collect();
    assert_eq!(bare, "[A! one [P! two]][P  three]");
    assert!(html.contains("lane-1"));
}

#[tokio::test(flavor = "current_thread")]
async fn a_block_that_runs_the_other_way_says_so() {
    let text = "Headline of the day in English\n\nسرحدی علاقوں میں";
    let html = block(&document(text, &[]), 1, None).await;
    assert_eq!(html, "<p data-start=\"32\" dir=\"rtl\">سرحدی علاقوں میں</p>");
}

#[tokio::test(flavor = "current_thread")]
async fn a_row_names_its_tag_and_its_words() {
    let row = RowView {
        id: id(1),
        colour: "#04705a".parse().unwrap(),
        letter: "P".into(),
        tag_name: "Place".into(),
        quote: "Rawalpindi & region".into(),
        note: "a note".into(),
        summary: "made by Iran · firm".into(),
        missing: "“Strength” is missing".into(),
        flagged: true,
        chosen: true,
    };
    let props = MarkRowProps {
        row: Rc::new(row),
        on: Callback::noop(),
    };
    let html = LocalServerRenderer::<MarkRow>::with_props(props)
        .hydratable(false)
        .render()
        .await;
    for part in [
        "chosen",
        "Place: ",
        "Rawalpindi &amp; region",
        "class=\"mark-row-note\">a note</small>",
        "<small dir=\"auto\">made by Iran · firm</small>",
        "○ “Strength” is missing",
        "title=\"Flagged\"",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
}

async fn library(library: Library) -> String {
    let props = LibraryScreenProps {
        library,
        view: LibraryView::default(),
        backup_progress: BackupProgress::Idle,
        storage_status: None,
        folder: Folder::Unsupported,
        set_aside: 0,
        has_asides: false,
        now: Timestamp(1_700_000_000_000),
        on: Callback::noop(),
    };
    LocalServerRenderer::<LibraryScreen>::with_props(props)
        .hydratable(false)
        .render()
        .await
}

#[tokio::test(flavor = "current_thread")]
async fn an_empty_library_says_how_to_begin() {
    let html = library(Library::Read(VecMap::new().into())).await;
    for part in [
        "Mark the words that matter in an article",
        "The sample is a one-page article",
        "class=\"primary\">Open the sample",
        "Open files</button>",
        ">Paste</button>",
        "Restore a backup",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert!(
        library(Library::Failed(StoreError::Failed(
            "no storage.".to_owned()
        )))
        .await
        .contains("no storage.")
    );
    assert!(
        library(Library::Reading)
            .await
            .contains("Reading the library")
    );
    assert!(
        !html.contains("Backups"),
        "there is nothing to back up: {html}"
    );
}

#[tokio::test(flavor = "current_thread")]
async fn a_library_lists_what_is_kept_and_what_was_deleted() {
    let one = document("First\n\nWords of it 🙂.", &[("Words", "actor")]);
    let mut lines = VecMap::new();
    let kept = LibraryEntry::new(&one, Timestamp(1_700_000_000_000 - 120_000));
    let mut gone = kept.clone();
    gone.id = id(9);
    gone.title = "Second".to_owned();
    gone.deleted = Some(Timestamp(1_700_000_000_000 - 60_000));
    lines.insert(kept.id, Rc::new(kept));
    lines.insert(gone.id, Rc::new(gone));
    let html = library(Library::Read(lines.into())).await;
    for part in [
        "First</a>",
        "2 minutes ago",
        "never",
        "1 Actor",
        "Recently deleted (1)",
        "Second",
        "Restore Second",
        "aria-sort=\"descending\"",
        "aria-label=\"Done: First\"",
        "class=\"primary\">Open files",
        "Backups",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert!(!html.contains("Mark the words that matter"));
    assert!(!html.contains("Search the library"), "one can see them all");
}

#[tokio::test(flavor = "current_thread")]
async fn a_list_without_marks_says_how_to_make_one() {
    let render = async |document: Document, panel: Panel| {
        let props = MarksPanelProps {
            document: Rc::new(document),
            panel,
            selection: Selection::Nothing,
            on: Callback::noop(),
        };
        LocalServerRenderer::<MarksPanel>::with_props(props)
            .hydratable(false)
            .render()
            .await
    };
    let html = render(document("Words.", &[]), Panel::default()).await;
    assert!(html.contains("No marks yet."), "{html}");
    let panel = Panel {
        query: "nothing like it".to_owned(),
        ..Panel::default()
    };
    let html = render(document("Words.", &[("Words", "event")]), panel).await;
    assert!(html.contains("No marks match."), "{html}");
    let marks = [("One", "event"), ("two", "actor"), ("three", "event")];
    let html = render(document("One two three.", &marks), Panel::default()).await;
    for part in [
        "role=\"listitem\" aria-posinset=\"2\" aria-setsize=\"3\"",
        "aria-label=\"Marks\"",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    let panel = Panel {
        grouped: true,
        ..Panel::default()
    };
    let html = render(document("One two three.", &marks), panel).await;
    for part in [
        "<h3 class=\"line\">Event · 2</h3>",
        "aria-label=\"Marks: Event\"",
        "role=\"listitem\" aria-posinset=\"2\" aria-setsize=\"2\"",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
}

/// The first page has the same text box with the same names as the app, so that nothing changes
/// for the user when the program takes it over.
#[tokio::test(flavor = "current_thread")]
async fn the_first_page_has_the_box_of_the_library() {
    let box_of = |markup: &str| {
        let begins = markup.find("Drop an article here").unwrap();
        let begins = markup[..begins].rfind("<section").unwrap();
        let ends = markup[begins..].find("</section>").unwrap();
        let section = &markup[begins..begins + ends];
        let row = section.split("<form").next().unwrap();
        elements(row.trim())
    };
    let first = box_of(include_str!("../index.html"));
    assert_eq!(first, box_of(&library(Library::Reading).await));
    assert!(
        first.iter().any(|part| part.contains("multiple")),
        "{first:?}"
    );
}

/// The elements and texts of some HTML, with the attributes of each element sorted.
fn elements(markup: &str) -> Vec<String> {
    let parts = markup.split(['<', '>']).map(str::trim);
    let sorted = |part: &str| {
        let part = part.replace(" multiple ", " multiple=\"multiple\" ");
        let (name, attributes) = part.split_once(' ').unwrap_or((&part, ""));
        let ends = attributes.split_inclusive('"').collect::<Vec<_>>();
        let mut pairs: Vec<String> = ends
            .chunks(2)
            .map(|pair| pair.concat().trim().to_owned())
            .collect();
        pairs.sort_unstable();
        format!("{name} {}", pairs.join(" "))
    };
    parts.filter(|part| !part.is_empty()).map(sorted).collect()
}
