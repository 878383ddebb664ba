//! The card is in view at every window size, and every panel fits every width.

use crate::browser::{Browser, key, play};
use serde_json::json;

/// The window sizes of a phone, of laptops, of a projector at 200 %, of a large screen.
const SIZES: [(u32, u32); 7] = [
    (400, 844),
    (683, 384),
    (960, 540),
    (1280, 720),
    (1366, 768),
    (1440, 900),
    (1920, 1080),
];

/// The card of a mark is completely inside the window and covers none of its words, wherever they
/// are.
#[tokio::test]
async fn the_card_is_in_view_beside_its_words() {
    play("card-in-view", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        for (width, height) in SIZES {
            browser.size(width, height).await;
            for (name, share) in [("high", 0.3), ("middle", 0.55), ("low", 0.92)] {
                browser.press(&[], key::ESCAPE).await;
                browser
                    .until("no card", "return !document.querySelector('.card')")
                    .await;
                let place = browser
                    .script(SCROLL, vec![json!("Tehran"), json!(share)])
                    .await;
                assert!(place.as_f64().is_some(), "the mark is there");
                browser.click_words("Tehran").await;
                let card = format!("the card, {width} by {height}, {name}");
                browser
                    .until(&card, "return !!document.querySelector('.card footer')")
                    .await;
                let what = format!("a whole card off its words, {width} by {height}, {name}");
                browser.until(&what, IN_VIEW).await;
            }
            browser.picture(&format!("{width}")).await;
        }
    })
    .await;
}

/// Scrolls until the mark with these words is at this fraction of the window's height.
const SCROLL: &str = "const mark = [...document.querySelectorAll('article mark')].find((m) => m.textContent.includes(arguments[0]));
     mark.scrollIntoView({ block: 'start' });
     scrollBy(0, mark.getBoundingClientRect().top - innerHeight * arguments[1]);
     return mark.getBoundingClientRect().top;";

const IN_VIEW: &str = "const card = document.querySelector('.card').getBoundingClientRect();
     const whole = card.top >= -1 && card.left >= -1 && card.bottom <= innerHeight + 1 && card.right <= innerWidth + 1;
     const over = [...document.querySelectorAll('article mark.chosen')].flatMap((m) => [...m.getClientRects()])
         .some((r) => r.left < card.right && r.right > card.left && r.top < card.bottom - 1 && r.bottom > card.top + 1);
     return whole && !over && card.height > 60;";

/// At any width, no part of a panel, a table or a form is outside the window.
#[tokio::test]
async fn every_panel_fits_its_window() {
    play("panels-fit", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        // The cast has a member with a long name, and its editor is open.
        for (width, height) in SIZES {
            browser.size(width, height).await;
            for panel in ["Marks", "Cast", "Ledger", "Guide", "History"] {
                open_panel(browser, panel).await;
                if panel == "Cast" {
                    let open = "const b = document.querySelector('.member-more[aria-expanded=false]'); b?.click();";
                    browser.script(open, Vec::new()).await;
                    let editor = "return !!document.querySelector('.member-about')";
                    browser.until("the editor of a member", editor).await;
                    browser.picture(&format!("cast-{width}")).await;
                }
                fits(browser, &format!("{panel} at {width}")).await;
            }
            browser.script("location.hash = location.hash.replace('/a/', '/codebook/')", Vec::new()).await;
            browser.until("the codebook", "return !!document.querySelector('.book')").await;
            for row in ["about", "tag-commitment", "relation-at", "question-genre"] {
                let open = "document.querySelector(`[id='${arguments[0]}-head']`).click()";
                browser.script(open, vec![json!(row)]).await;
                let is_open = format!("return !!document.querySelector(\"[id='{row}']\")");
                browser.until(row, &is_open).await;
                fits(browser, &format!("the codebook at {width}: {row}")).await;
            }
            browser.script("location.hash = location.hash.replace('/codebook/', '/export/')", Vec::new()).await;
            browser.until("the export", "return !!document.querySelector('.export')").await;
            fits(browser, &format!("the export at {width}")).await;
            browser.script("location.hash = location.hash.replace('/export/', '/a/')", Vec::new()).await;
            browser.until("the article", "return !!document.querySelector('article p')").await;
        }
        browser.script("location.hash = '#/codebooks'", Vec::new()).await;
        browser.until("the codebooks", "return !!document.querySelector('.shelf')").await;
        browser.click_on(".shelf li:nth-child(1) [id$='-head']").await;
        browser.until("the tags", "return !!document.querySelector('.shelf-tags')").await;
        for (width, height) in SIZES {
            browser.size(width, height).await;
            fits(browser, &format!("the codebooks at {width}")).await;
        }
        browser.script("location.hash = '#/'", Vec::new()).await;
        browser.until("the library", "return !!document.querySelector('.library table')").await;
        for (width, height) in SIZES {
            browser.size(width, height).await;
            fits(browser, &format!("the library at {width}")).await;
        }
    })
    .await;
}

async fn open_panel(browser: &Browser, name: &str) {
    let open = "if (!document.querySelector('.panel')) document.querySelector('.bar [aria-label=\"List of marks\"]').click();";
    browser.script(open, Vec::new()).await;
    browser
        .until("a panel", "return !!document.querySelector('.panel')")
        .await;
    let turn = "[...document.querySelectorAll('.panel .switch')].find((b) => b.textContent.trim().startsWith(arguments[0])).click();";
    browser.script(turn, vec![json!(name)]).await;
    browser
        .until_with(
            name,
            "return document.querySelector('.panel .switch[aria-selected=true]')?.textContent.trim().startsWith(arguments[0]) ?? false",
            vec![json!(name)],
        )
        .await;
}

/// Checks that everything to press or read is inside the window, or in a box that scrolls to it.
async fn fits(browser: &Browser, what: &str) {
    let found = browser.script(OUTSIDE, Vec::new()).await;
    assert_eq!(found, json!([]), "{what}");
}

const OUTSIDE: &str = "const scrolls = (e) => {
         for (let p = e.parentElement; p; p = p.parentElement) {
             const o = getComputedStyle(p).overflowX;
             if ((o === 'auto' || o === 'scroll' || o === 'hidden' || o === 'clip') && p !== document.body && p !== document.documentElement) {
                 const r = p.getBoundingClientRect();
                 if (r.right <= innerWidth + 1) return o !== 'hidden' && o !== 'clip' ? 'scrolls' : 'cut';
             }
         }
         return '';
     };
     const bad = [];
     for (const e of document.querySelectorAll('button, input:not(.unseen), select, textarea, a, th, td, p, h1, h2, h3')) {
         const r = e.getBoundingClientRect();
         if (!r.width || !r.height || !e.checkVisibility({ visibilityProperty: true }) || e.closest('.unseen, .skip, .tip')) continue;
         const inner = e.parentElement.closest('.panel, .card, .book, .export, .library');
         const edge = inner && getComputedStyle(inner).position !== 'static' ? inner.getBoundingClientRect().right : innerWidth;
         if ((r.right > innerWidth + 1 || r.left < -1 || r.right > edge + 13) && scrolls(e) !== 'scrolls') {
             bad.push(`${e.tagName} ${e.textContent.trim().slice(0, 30)} ${Math.round(r.left)}-${Math.round(r.right)}`);
         }
     }
     if (document.documentElement.scrollWidth > innerWidth + 1) bad.push(`the page is ${document.documentElement.scrollWidth} wide`);
     return bad;";
