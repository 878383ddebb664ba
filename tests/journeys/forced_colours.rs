//! Forced colours of the system, dark and light: every word is visible, tags can be told apart,
//! and the selection is visible.

use crate::browser::{Browser, play};
use serde_json::{Value as Json, json};

async fn forced(browser: &Browser, theme: &str) {
    let features = json!({ "features": [
        { "name": "forced-colors", "value": "active" }, { "name": "prefers-color-scheme", "value": theme },
    ] });
    browser
        .devtools("Emulation.setEmulatedMedia", features)
        .await;
}

/// The pixels of a part of the page: its most frequent colour, and the highest contrast to it
/// (WCAG 2).
const PIXELS: &str = "
    const [picture, rects, done] = arguments;
    const image = new Image();
    image.onload = () => {
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.width, image.height];
        const ink = canvas.getContext('2d', { willReadFrequently: true });
        ink.drawImage(image, 0, 0);
        const channel = (value) => value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
        const light = (key) => [key >> 16, (key >> 8) & 255, key & 255].reduce((sum, one, at) => sum + channel(one) * [0.2126, 0.7152, 0.0722][at], 0);
        done(rects.map(([x, y, width, height]) => {
            const { data } = ink.getImageData(x, y, width, height);
            const counts = new Map();
            for (let at = 0; at < data.length; at += 4) {
                const key = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
                counts.set(key, (counts.get(key) ?? 0) + 1);
            }
            const ground = [...counts].sort((a, b) => b[1] - a[1])[0][0];
            const ratio = (key) => { const [a, b] = [light(key), light(ground)]; return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); };
            return [ground, Math.max(...[...counts.keys()].map(ratio))];
        }));
    };
    image.src = 'data:image/png;base64,' + picture;";

/// The background and the highest contrast of the words in each of these elements.
async fn pixels(browser: &Browser, selector: &str) -> Vec<(u64, f64)> {
    // Only the words, without the letters of tags and without lines.
    let rects = "const inside = (r, one) => r.top >= (one.closest('article') ? 120 : 60) && r.bottom <= innerHeight && r.width >= 4;
         return [...document.querySelectorAll(arguments[0])].map((one) => {
             const range = document.createRange();
             range.selectNodeContents(one);
             const r = [...range.getClientRects()].find((r) => inside(r, one));
             return r && [r.left, r.top, r.width, r.height - 3].map(Math.round);
         }).filter(Boolean)";
    let rects = browser.script(rects, vec![json!(selector)]).await;
    let picture = browser
        .devtools("Page.captureScreenshot", json!({ "format": "png" }))
        .await;
    let found = browser
        .script_async_with(PIXELS, vec![picture["data"].clone(), rects])
        .await;
    let found = found.as_array().cloned().unwrap_or_default();
    found
        .iter()
        .map(|one| (one[0].as_u64().unwrap(), one[1].as_f64().unwrap()))
        .collect()
}

#[tokio::test]
async fn forced_colours_keep_every_word_visible() {
    play("forced", async |browser| {
        browser.button("Open the sample").await;
        browser.until_marks(23).await;
        browser.saved().await;
        for theme in ["dark", "light"] {
            forced(browser, theme).await;
            browser.script("scrollTo(0, 0)", Vec::new()).await;
            browser.pictures(theme).await;
            let marks = pixels(browser, "article mark").await;
            assert!(marks.len() > 5, "{theme}: {} marks in view", marks.len());
            for (ground, contrast) in marks {
                assert!(contrast > 7.0, "{theme}: {contrast} on {ground:x}");
            }
            // Each tag by the pattern of its line and by its letter.
            let signs = "return ['actor', 'place', 'commitment', 'event'].map((tag) => {
                 const mark = document.querySelector(`article mark[data-tag=${tag}][data-letter]`);
                 const style = getComputedStyle(mark);
                 return [style.textDecorationStyle, style.textDecorationLine, getComputedStyle(mark, '::before').content !== 'none'];
             })";
            let signs = browser.script(signs, Vec::new()).await;
            let styles = ["solid", "dotted", "double", "dashed"];
            assert_eq!(signs, json!(styles.map(|style| json!([style, "underline", true]))), "{theme}");

            // A mark is selected: so are its row, its tag in the palette and in the card, and a tab.
            browser.click_words("Liaison officers of each army").await;
            browser.until("the card", "return !!document.querySelector('.card') && !!document.querySelector('.mark-row.chosen')").await;
            browser.picture(&format!("{theme}-chosen")).await;
            for (chosen, other) in [
                ("article mark.chosen", "article mark:not(.chosen)"),
                (".mark-row.chosen .mark-row-words", ".mark-row:not(.chosen) .mark-row-words"),
                (".palette [aria-pressed=true]", ".palette [aria-pressed=false]"),
                (".card-tags [aria-pressed=true]", ".card-tags [aria-pressed=false]"),
            ] {
                let (of_chosen, of_other) = (pixels(browser, chosen).await, pixels(browser, other).await);
                let (Some(one), Some(two)) = (of_chosen.first(), of_other.first()) else {
                    panic!("{theme}: {chosen} or {other} is not in view: {of_chosen:?} {of_other:?}");
                };
                assert_ne!(one.0, two.0, "{theme}: {chosen} has the ground of {other}");
                assert!(one.1 > 4.5, "{theme}: {chosen}: {}", one.1);
                assert!(two.1 > 4.5, "{theme}: {other}: {}", two.1);
            }
            let tabs = "const ground = (one) => getComputedStyle(document.querySelector(`.panel .switch[aria-selected=${one}]`)).backgroundColor;
                 return ground(true) !== ground(false)";
            assert_eq!(browser.script(tabs, Vec::new()).await, Json::from(true), "{theme}: the tab");
            browser.press(&[], crate::browser::key::ESCAPE).await;

            // An armed tag, and the focus.
            browser.button("Place").await;
            browser.until("the armed tag", "return !!document.querySelector('.tag.is-armed')").await;
            let armed = "const style = getComputedStyle(document.querySelector('.tag.is-armed'));
                 return [style.outlineStyle, style.outlineWidth]";
            assert_eq!(browser.script(armed, Vec::new()).await, json!(["dashed", "2px"]), "{theme}");
            browser.picture(&format!("{theme}-armed")).await;
            browser.press(&[], crate::browser::key::ESCAPE).await;
            browser.press(&[], crate::browser::key::TAB).await;
            let focus = "const style = getComputedStyle(document.activeElement);
                 return [document.activeElement.matches(':focus-visible'), style.outlineStyle, parseFloat(style.outlineWidth) >= 2]";
            assert_eq!(browser.script(focus, Vec::new()).await, json!([true, "solid", true]), "{theme}");
        }
    })
    .await;
}
