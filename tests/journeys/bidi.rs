//! Marks in lines with both directions: no word moves and no letter changes its shape.

use crate::browser::{Browser, play};
use pullquote_core::edit::commands::marks::mark;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_formats::document_file::write_document;
use pullquote_formats::plain_text::article_of_text;

use serde_json::Value as Json;

/// Lines with bars around the marked words, and the end of these words where the tag's letter is:
/// `b` before them, `a` after them, `-` none.
const LINES: [(&str, &str); 17] = [
    ("The minister قال أحمد |علي| حسن today.", "b"),
    ("The minister |قال| أحمد علي حسن today.", "b"),
    ("The minister قال أحمد علي |حسن| today.", "b"),
    ("The |minister| قال أحمد علي today.", "b"),
    ("قال الوزير |أحمد علي| إن الاجتماع غدا.", "b"),
    ("قال الوزير |John Smith| إن الاجتماع غدا.", "b"),
    ("اجتمع الوزراء في |10-12| مايو في المدينة.", "b"),
    ("اجتمع الوزراء في ١٠-|١٢| مايو في المدينة.", "a"),
    ("بلغت الكلفة |3.5%| من الميزانية.", "b"),
    ("הפגישה נקבעה ל |10-12| במאי בתל אביב.", "b"),
    ("הפגישה נקבעה ל 10-|12| במאי בתל אביב.", "-"),
    ("הפגישה נקבעה |בשנת| 2024 בתל אביב.", "b"),
    ("הפגישה נקבעה בשנת |2024| בתל אביב.", "b"),
    ("השר |Cafe\u{301} Ltd| אמר 🙂 שלום לכולם.", "b"),
    ("قال ال|وزي|ر إن الاجتماع غدا.", "-"),
    ("قال ال|وزير| إن الاجتماع غدا.", "a"),
    ("The sum of |10-12| and 国境の町 stands.", "b"),
];

fn document(with_marks: bool) -> Document {
    let bare: Vec<String> = LINES
        .iter()
        .map(|(line, _)| line.replace('|', ""))
        .collect();
    let text = format!("Lines both ways\n\n{}", bare.join("\n\n"));
    let id = |number: u64| Id::new(1_700_000_000_000 + number, &[7; 10]);
    let article = article_of_text(id(u64::from(with_marks)), &text, None).unwrap();
    let mut document = Document::new(article, Codebook::news());
    let mut behind = 0;
    for (number, (line, _)) in LINES.iter().enumerate().filter(|_| with_marks) {
        let parts: Vec<&str> = line.split('|').collect();
        let begins = behind + text[behind..].find(&bare[number]).unwrap();
        behind = begins + bare[number].len();
        let start = begins + parts[0].len();
        let span = document
            .article()
            .span(start..start + parts[1].len())
            .unwrap();
        let tag = ["actor", "event"][number % 2].parse().unwrap();
        let step = mark(
            &document,
            id(10 + number as u64),
            &tag,
            span.into(),
            Timestamp(0),
        )
        .unwrap();
        document = (*step.apply(&document).unwrap().0).clone();
    }
    document
}

/// For each paragraph, the indices of its characters from left to right, their widths and their
/// middles.
const GLYPHS: &str = "
    return [...document.querySelectorAll('article p')].map((line) => {
        const glyphs = [];
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        let at = 0;
        while (walker.nextNode()) {
            const { data } = walker.currentNode;
            for (const { index, segment } of new Intl.Segmenter().segment(data)) {
                const range = document.createRange();
                range.setStart(walker.currentNode, index);
                range.setEnd(walker.currentNode, index + segment.length);
                const [r] = range.getClientRects();
                if (r && segment.trim()) glyphs.push([at + index, r.left + r.width / 2, r.width]);
            }
            at += data.length;
        }
        glyphs.sort((a, b) => a[1] - b[1]);
        return glyphs.map(([place, middle, width]) => [place, Math.round(width * 8) / 8, Math.round(middle * 8) / 8]);
    });";

/// For each mark, at which end of its words its letter is drawn.
const LETTERS: &str = "
    return [...document.querySelectorAll('article mark')].map((mark) => {
        const is = (end) => getComputedStyle(mark, end).content !== 'none';
        return is('::before') ? 'b' : is('::after') ? 'a' : '-';
    });";

async fn open(browser: &Browser, with_marks: bool) -> Json {
    let name = format!("lines-{with_marks}.pullquote.json");
    let path = browser.file(&name, write_document(&document(with_marks)).as_bytes());
    browser.open_file(&path).await;
    let lines = format!(
        "return document.querySelectorAll('article p').length === {} && !document.querySelector('article .plain')",
        LINES.len()
    );
    browser.until("the lines", &lines).await;
    browser
        .until_marks(if with_marks { LINES.len() } else { 0 })
        .await;
    browser.saved().await;
    browser.script(GLYPHS, Vec::new()).await
}

#[tokio::test]
async fn marking_moves_no_word_and_reshapes_no_letter() {
    play("bidi", async |browser| {
        let before = open(browser, false).await;
        browser.picture("before").await;
        browser.click_on(".bar .name").await;
        let after = open(browser, true).await;
        browser.pictures("after").await;
        browser.dark(true).await;
        browser.pictures("after-dark").await;
        browser.dark(false).await;
        for (number, (line, _)) in LINES.iter().enumerate() {
            let (before, after) = (glyphs(&before[number]), glyphs(&after[number]));
            assert!(before.len() > 10, "{line}");
            let places =
                |all: &[(u64, [f64; 2])]| all.iter().map(|(place, _)| *place).collect::<Vec<_>>();
            assert_eq!(places(&before), places(&after), "the order of {line}");
            for ((place, was), (_, is)) in before.iter().zip(&after) {
                for (was, is) in was.iter().zip(is) {
                    assert!(
                        (was - is).abs() <= 0.5,
                        "{line}: {place} was {was} and is {is}"
                    );
                }
            }
        }
        let sides = browser.script(LETTERS, Vec::new()).await;
        for (number, (line, side)) in LINES.iter().enumerate() {
            assert_eq!(sides[number], *side, "the letter of {line}");
        }
    })
    .await;
}

/// For each character its index, and its width and middle.
fn glyphs(line: &Json) -> Vec<(u64, [f64; 2])> {
    let all = line.as_array().cloned().unwrap_or_default();
    all.iter()
        .map(|one| {
            let sizes = [1, 2].map(|index| one[index].as_f64().unwrap());
            (one[0].as_u64().unwrap(), sizes)
        })
        .collect()
}

/// The same when a word is swept and marked with the pointer.
#[tokio::test]
async fn a_word_that_is_marked_by_hand_stays_where_it_is() {
    play("bidi-hand", async |browser| {
        let text = "Both ways\n\nThe minister قال أحمد علي حسن today 🙂.";
        browser.open_text(text).await;
        let before = browser.script(GLYPHS, Vec::new()).await;
        browser.mark("علي", "Actor").await;
        let after = browser.script(GLYPHS, Vec::new()).await;
        let order = |all: &Json| {
            glyphs(&all[0])
                .into_iter()
                .map(|(place, _)| place)
                .collect::<Vec<_>>()
        };
        assert_eq!(order(&before), order(&after));
        assert_eq!(
            browser.marks().await,
            [("actor".to_owned(), "علي".to_owned())]
        );
    })
    .await;
}

/// At a line break a mark begins with its first word.
#[tokio::test]
async fn a_mark_begins_at_its_first_word() {
    play("bidi-ends", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        let parted = "return [...document.querySelectorAll('article mark[data-letter]')].filter((mark) => {
             const range = document.createRange();
             range.selectNodeContents(mark);
             const middle = (rect) => rect.top + rect.height / 2;
             return Math.abs(middle(mark.getClientRects()[0]) - middle(range.getClientRects()[0])) > 12;
         }).map((mark) => mark.textContent)";
        // With these widths, a line breaks at every word once.
        for width in (320..480).step_by(10) {
            browser.size(width, 900).await;
            assert_eq!(browser.script(parted, Vec::new()).await, serde_json::json!([]), "{width} pixels");
        }
    })
    .await;
}
