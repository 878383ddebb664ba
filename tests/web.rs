//! Every kind of boundary that a DOM selection can have, compared with offsets in the text.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

use pullquote::browser::page::selection;
use pullquote_core::text::offset::Utf16Offset;

use std::ops::Range;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Node};

wasm_bindgen_test_configure!(run_in_browser);

/// The article of the tests. Text and offsets (in UTF-16):
///
/// ```text
/// 0          11 12                                 45 46
/// Headline 🙂 ⏎ one [two [three] four] five e◌́ 🙂 six ⏎ seven eight
/// ```
const ARTICLE: &str = "<div class=\"section\" data-from=\"0\">\
<h1 data-start=\"0\">Headline 🙂</h1>\
<p data-start=\"12\">one <mark data-annotation=\"a\">two <mark data-annotation=\"b\">three</mark> four</mark> five e\u{301} 🙂 six</p>\
</div><div class=\"section\" data-from=\"46\"><p data-start=\"46\">seven eight</p></div>";

struct Page {
    frame: Element,
    article: Element,
}

impl Drop for Page {
    fn drop(&mut self) {
        self.frame.remove();
    }
}

impl Page {
    /// An article between two paragraphs that do not belong to it.
    fn new() -> Self {
        let document = gloo::utils::document();
        let frame = document.create_element("div").unwrap();
        frame.set_inner_html(&format!(
            "<p id=\"before\">before</p><article>{ARTICLE}</article><p id=\"after\">after</p>"
        ));
        document.body().unwrap().append_child(&frame).unwrap();
        let article = frame.query_selector("article").unwrap().unwrap();
        Self { frame, article }
    }

    fn element(&self, selector: &str) -> Node {
        self.frame
            .query_selector(selector)
            .unwrap()
            .expect("it is in the article")
            .into()
    }

    /// The text node that begins with these words.
    fn text(&self, words: &str) -> Node {
        fn find(node: &Node, words: &str) -> Option<Node> {
            let mut child = node.first_child();
            while let Some(here) = child {
                let is_it = here.node_type() == Node::TEXT_NODE
                    && here.text_content().unwrap_or_default().starts_with(words);
                if is_it {
                    return Some(here);
                }
                if let Some(found) = find(&here, words) {
                    return Some(found);
                }
                child = here.next_sibling();
            }
            None
        }
        find(&self.frame, words).expect("the words are there")
    }

    fn select(&self, from: (&Node, u32), to: (&Node, u32)) -> Option<Range<u32>> {
        let selection = gloo::utils::window().get_selection().unwrap().unwrap();
        selection
            .set_base_and_extent(from.0, from.1, to.0, to.1)
            .unwrap();
        let read = selection::read(Some(self.article.clone().into()));
        read.map(|range| range.start.0..range.end.0)
    }
}

#[track_caller]
fn check(
    from: impl Fn(&Page) -> (Node, u32),
    to: impl Fn(&Page) -> (Node, u32),
    expected: Option<Range<u32>>,
) {
    let page = Page::new();
    let (from, to) = (from(&page), to(&page));
    assert_eq!(page.select((&from.0, from.1), (&to.0, to.1)), expected);
    // The same, swept the other way.
    assert_eq!(page.select((&to.0, to.1), (&from.0, from.1)), expected);
}

#[wasm_bindgen_test]
fn between_two_text_nodes() {
    check(
        |page| (page.text("one"), 0),
        |page| (page.text("one"), 3),
        Some(12..15),
    );
    check(
        |page| (page.text("one"), 1),
        |page| (page.text("two"), 2),
        Some(13..18),
    );
}

#[wasm_bindgen_test]
fn at_the_start_and_the_end_of_a_mark() {
    // Before and after "two three four", in and outside of the mark.
    check(
        |page| (page.text("two"), 0),
        |page| (page.text(" four"), 5),
        Some(16..30),
    );
    check(
        |page| (page.text("one"), 4),
        |page| (page.text(" five"), 0),
        Some(16..30),
    );
    check(
        |page| (page.element("mark"), 0),
        |page| (page.element("mark"), 3),
        Some(16..30),
    );
    check(
        |page| (page.element("mark mark"), 0),
        |page| (page.element("mark mark"), 1),
        Some(20..25),
    );
}

#[wasm_bindgen_test]
fn at_an_element() {
    // Children of the paragraph: text, mark, text.
    let paragraph = |page: &Page| page.element("p[data-start='12']");
    check(
        |page| (paragraph(page), 0),
        |page| (paragraph(page), 1),
        Some(12..16),
    );
    check(
        |page| (paragraph(page), 1),
        |page| (paragraph(page), 3),
        Some(16..45),
    );
    check(
        |page| (page.article.clone().into(), 0),
        |page| (page.article.clone().into(), 2),
        Some(0..57),
    );
    check(
        |page| (page.element(".section"), 0),
        |page| (page.element(".section"), 1),
        Some(0..11),
    );
    check(
        |page| (page.element(".section"), 1),
        |page| (page.element(".section"), 2),
        Some(12..45),
    );
}

#[wasm_bindgen_test]
fn across_blocks_and_sections() {
    check(
        |page| (page.text("Headline"), 9),
        |page| (page.text("two"), 3),
        Some(9..19),
    );
    check(
        |page| (page.text("three"), 0),
        |page| (page.text("seven"), 5),
        Some(20..51),
    );
}

#[wasm_bindgen_test]
fn a_triple_click_ends_where_its_paragraph_ends() {
    // Browsers end it at the start of the next block: in the text, or at the element.
    check(
        |page| (page.text("one"), 0),
        |page| (page.text("seven"), 0),
        Some(12..45),
    );
    check(
        |page| (page.text("one"), 0),
        |page| (page.element("p[data-start='46']"), 0),
        Some(12..45),
    );
    check(
        |page| (page.text("Headline"), 0),
        |page| (page.text("one"), 0),
        Some(0..11),
    );
    check(
        |page| (page.text("seven"), 0),
        |page| (page.text("after"), 0),
        Some(46..57),
    );
}

#[wasm_bindgen_test]
fn emoji_and_accents_count_in_utf16() {
    check(
        |page| (page.text("Headline"), 9),
        |page| (page.text("Headline"), 11),
        Some(9..11),
    );
    check(
        |page| (page.text(" five"), 6),
        |page| (page.text(" five"), 8),
        Some(36..38),
    );
    check(
        |page| (page.text(" five"), 9),
        |page| (page.text(" five"), 13),
        Some(39..43),
    );
}

#[wasm_bindgen_test]
fn a_selection_beyond_the_article_is_cut() {
    check(
        |page| (page.text("before"), 2),
        |page| (page.text("Headline"), 8),
        Some(0..8),
    );
    check(
        |page| (page.text("seven"), 6),
        |page| (page.text("after"), 2),
        Some(52..57),
    );
    check(
        |page| (page.text("before"), 0),
        |page| (page.text("after"), 5),
        Some(0..57),
    );
}

#[wasm_bindgen_test]
fn a_selection_outside_the_article_is_ignored() {
    check(
        |page| (page.text("one"), 2),
        |page| (page.text("one"), 2),
        None,
    );
    check(
        |page| (page.text("before"), 0),
        |page| (page.text("before"), 6),
        None,
    );
    check(
        |page| (page.text("after"), 1),
        |page| (page.text("after"), 3),
        None,
    );
    selection::clear();
    let page = Page::new();
    assert_eq!(selection::read(Some(page.article.clone().into())), None);
    assert_eq!(selection::read(None), None);
}

#[wasm_bindgen_test]
fn a_shown_selection_is_read_back() {
    let page = Page::new();
    let article = || Some(page.article.clone().into());
    for (start, end) in [
        (0, 11),
        (9, 11),
        (12, 45),
        (16, 30),
        (20, 25),
        (24, 52),
        (46, 57),
        (0, 57),
    ] {
        let stretch = Utf16Offset(start)..Utf16Offset(end);
        selection::show(article(), &stretch);
        assert_eq!(selection::read(article()), Some(stretch));
    }
}

#[wasm_bindgen_test]
fn a_point_is_a_place_in_the_text() {
    let page = Page::new();
    let range = gloo::utils::document().create_range().unwrap();
    let text = page.text("seven");
    range.set_start(&text, 6).unwrap();
    range.set_end(&text, 7).unwrap();
    page.element("p[data-start='46']")
        .dyn_into::<Element>()
        .unwrap()
        .scroll_into_view();
    let rect = range.get_bounding_client_rect();
    let (x, y) = (
        rect.left() as f32 + 1.0,
        (rect.top() + rect.height() / 2.0) as f32,
    );
    let at = selection::at_point(Some(page.article.clone().into()), x, y);
    assert_eq!(at, Some(Utf16Offset(52)));
    assert_eq!(
        selection::at_point(Some(page.article.clone().into()), -5.0, -5.0),
        None
    );
}
