//! Measures the work in a book, and the same work in a note for comparison.
//!
//! *painted*: from the event until the frame that shows the change has been handed over.
//! *busy*: from the event until the page is free again. *blocked*: the longest time in
//! which the page could not have answered a key, measured between two turns of an idle loop. It
//! includes what the browser does between the turns.

use crate::browser::Browser;
use crate::{generated, host, quantile, until_long};
use pullquote_formats::document_file::write_document;
use serde_json::{Value as Json, json};
use std::path::Path;

/// 1 MB and 10,000 marks; and 10 KB and 100.
pub(crate) const BOOK: (usize, usize) = (1_000_000, 10_000);
const NOTE: (usize, usize) = (10_000, 100);

/// The number of measurements of each edit.
const EDITED: usize = 40;

/// The number of edits in a session.
const SESSION: usize = 10_000;

/// The number of edits in one script, which must not take half a minute.
const AT_ONCE: usize = 500;

/// A browser with one generated article open and fully drawn, and the article's file.
async fn opened(name: &str, (size, marks): (usize, usize)) -> (Browser, String) {
    let browser = Browser::open(name).await;
    browser.script(HELPERS, Vec::new()).await;
    let file = write_document(&generated(1, size, marks).0);
    let path = browser.file("generated.pullquote.json", file.as_bytes());
    browser.open_file(&path).await;
    until_drawn(&browser).await;
    browser.saved().await;
    (browser, file)
}

async fn until_drawn(browser: &Browser) {
    let drawn = "return !!document.querySelector('article mark') && !document.querySelector('article .plain:empty')";
    until_long(browser, "the article", drawn).await;
}

fn times(list: &Json) -> [Vec<f64>; 2] {
    let pairs = list.as_array().cloned().unwrap_or_default();
    [0, 1].map(|index| {
        let times = pairs.iter().filter_map(|pair| pair[index].as_f64());
        times.collect()
    })
}

/// Measures each kind of edit, in the note and in the book.
pub(crate) async fn edits() {
    println!("\nedits, in Chromium, milliseconds; {EDITED} of each");
    println!(
        "{:<26}{:>9}{:>9}{:>12}{:>9}{:>9}{:>12}",
        "", "busy", "p95", "painted p95", "busy", "p95", "painted p95"
    );
    println!(
        "{:<26}{:^30}{:^30}",
        "", "10 KB, 100 marks", "1 MB, 10,000 marks"
    );
    let mut columns = Vec::new();
    for size in [NOTE, BOOK] {
        let (browser, _) = opened("bench-edits", size).await;
        let mut column = Vec::new();
        for (_, script) in EDITS {
            let list = browser.script_async_with(script, vec![json!(EDITED)]).await;
            column.push(times(&list));
        }
        columns.push(column);
        browser.close().await;
    }
    for (row, (name, _)) in EDITS.iter().enumerate() {
        print!("{name:<26}");
        for column in &mut columns {
            let [busy, painted] = &mut column[row];
            print!(
                "{:>9.1}{:>9.1}{:>12.1}",
                quantile(busy, 0.5),
                quantile(busy, 0.95),
                quantile(painted, 0.95)
            );
        }
        println!();
    }
}

/// Looks at a book: searches and scrolls.
pub(crate) async fn looks() {
    let (browser, _) = opened("bench-looks", BOOK).await;
    until_long(
        &browser,
        "all of it",
        "return !document.querySelector('article .plain')",
    )
    .await;
    println!("\nlooking at 1 MB, 10,000 marks, in Chromium, milliseconds");
    let list = browser.script_async_with(SEARCH, Vec::new()).await;
    let [busy, painted] = times(&list);
    println!("typing in the search box: key by key, busy / painted");
    for (busy, painted) in busy.iter().zip(&painted) {
        print!("  {busy:.1}/{painted:.1}");
    }
    println!(
        "\n{:<34}{:>8}{:>8}{:>8}{:>8}{:>8}",
        "scrolling, end to end", "frames", "median", "p95", "max", "blank"
    );
    for (name, of, step) in [
        ("article, 120 pixels a frame", "article", 120),
        ("article, a screen a frame", "article", 800),
        ("list, 120 pixels a frame", "list", 120),
        ("list, a screen a frame", "list", 600),
    ] {
        let said = browser
            .script_async_with(SCROLL, vec![json!(of), json!(step)])
            .await;
        let mut gaps: Vec<f64> = said["gaps"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Json::as_f64)
            .collect();
        println!(
            "{name:<34}{:>8}{:>8.1}{:>8.1}{:>8.1}{:>8}",
            gaps.len(),
            quantile(&mut gaps, 0.5),
            quantile(&mut gaps, 0.95),
            quantile(&mut gaps, 1.0),
            said["blank"]
        );
    }
    browser.close().await;
}

/// Opens and exports a book as a file: how long the page did not answer.
pub(crate) async fn files() {
    println!("\na file of 1 MB, 10,000 marks, in Chromium, milliseconds");
    println!(
        "{:<34}{:>9}{:>9}{:>12}",
        "", "takes", "blocked", "renderer MB"
    );
    let browser = Browser::open("bench-files").await;
    browser.script(HELPERS, Vec::new()).await;
    let file = write_document(&generated(1, BOOK.0, BOOK.1).0);
    let path = browser.file("generated.pullquote.json", file.as_bytes());
    browser.script("blocked.begin()", Vec::new()).await;
    let since = std::time::Instant::now();
    browser.open_file(&path).await;
    until_drawn(&browser).await;
    browser.saved().await;
    let takes = since.elapsed().as_secs_f64() * 1_000.0;
    row(&browser, "opened, drawn and saved", takes).await;
    browser.script("blocked.begin()", Vec::new()).await;
    let since = std::time::Instant::now();
    let (_, out) = browser.export().await;
    let takes = since.elapsed().as_secs_f64() * 1_000.0;
    assert!(
        out == file.as_bytes(),
        "the file that left is the one that came"
    );
    row(&browser, "exported", takes).await;
    browser.click_on(".bar .name").await;
    browser.script("blocked.begin()", Vec::new()).await;
    let since = std::time::Instant::now();
    browser.file_of_button("Back up everything").await;
    let takes = since.elapsed().as_secs_f64() * 1_000.0;
    row(&browser, "backed up", takes).await;
    browser.close().await;
}

async fn row(browser: &Browser, name: &str, takes: f64) {
    let blocked = browser.script("return blocked.end()", Vec::new()).await;
    let blocked = blocked.as_f64().expect("a time");
    println!(
        "{name:<34}{takes:>9.0}{blocked:>9.0}{:>12.0}",
        renderer(browser)
    );
}

/// A day's work: the memory and the time of an edit, while the number of edits grows.
pub(crate) async fn session() {
    println!("\na session of {SESSION} edits in 10 KB, 100 marks, in Chromium");
    println!(
        "{:<12}{:>12}{:>12}{:>12}{:>12}",
        "edits", "busy, ms", "p95", "JS heap, MB", "renderer MB"
    );
    let (browser, _) = opened("bench-session", NOTE).await;
    let parts = 5;
    for part in 1..=parts {
        let count = SESSION / parts;
        let mut list = Json::Null;
        for _ in 0..count / AT_ONCE {
            list = browser
                .script_async_with(SESSION_PART, vec![json!(AT_ONCE)])
                .await;
        }
        browser.saved().await;
        let [mut busy, _] = times(&list);
        browser
            .devtools("HeapProfiler.collectGarbage", json!({}))
            .await;
        let heap = browser
            .script("return performance.memory.usedJSHeapSize / 1e6", Vec::new())
            .await;
        println!(
            "{:<12}{:>12.1}{:>12.1}{:>12.1}{:>12.0}",
            part * count,
            quantile(&mut busy, 0.5),
            quantile(&mut busy, 0.95),
            heap.as_f64().expect("a size"),
            renderer(&browser)
        );
    }
    browser.close().await;
}

/// From an empty cache to a usable page: on localhost, and on a slow phone line (1.6 Mbit/s,
/// 150 ms) with a slow processor, with and without compression.
pub(crate) async fn starts() {
    println!("\ncold start, from an empty cache, milliseconds; medians of {STARTS}");
    println!(
        "{:<44}{:>9}{:>9}{:>9}{:>9}",
        "", "paint", "box", "app", "sheets"
    );
    let dist = std::env::var("PULLQUOTE_DIST").expect("run this with `cargo xtask bench`");
    let plain = host::serve(Path::new(&dist), false);
    let packed = host::serve(Path::new(&dist), true);
    let rows = [
        ("localhost", &plain, false, 1),
        ("localhost, processor slowed by 4", &plain, false, 4),
        ("slow line, plain, processor slowed by 4", &plain, true, 4),
        ("slow line, gzip, processor slowed by 4", &packed, true, 4),
    ];
    for (name, address, is_slow, rate) in rows {
        let browser = Browser::open("bench-start").await;
        let usable = json!({ "source": USABLE });
        browser
            .devtools("Page.addScriptToEvaluateOnNewDocument", usable)
            .await;
        browser
            .devtools("Emulation.setCPUThrottlingRate", json!({ "rate": rate }))
            .await;
        if is_slow {
            let line = json!({ "offline": false, "latency": 150,
                "downloadThroughput": 200_000, "uploadThroughput": 93_750 });
            browser
                .devtools("Network.emulateNetworkConditions", line)
                .await;
        }
        let mut starts = [const { Vec::new() }; 4];
        for _ in 0..STARTS {
            browser
                .devtools("Network.clearBrowserCache", json!({}))
                .await;
            browser.go_to(address).await;
            let painted = "return window.usable > 0
                 && performance.getEntriesByName('first-contentful-paint').length > 0";
            browser.until("a time", painted).await;
            let times = browser.script(TIMES, Vec::new()).await;
            for (index, all) in starts.iter_mut().enumerate() {
                all.push(times[index].as_f64().expect("a time"));
            }
        }
        print!("{name:<44}");
        for mut times in starts {
            print!("{:>9.0}", quantile(&mut times, 0.5));
        }
        println!();
        browser.close().await;
    }
}

/// The number of starts on each line.
const STARTS: usize = 5;

/// The times of the first paint with content, of the usable text box, of the running app, and of
/// the last style sheet.
const TIMES: &str = "
    const paint = performance.getEntriesByName('first-contentful-paint')[0].startTime;
    const sheets = performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.css'));
    return [paint, window.begun ?? window.usable, window.usable, Math.max(...sheets.map((one) => one.responseEnd))];";

/// The proportional set size of the largest renderer, in MB.
fn renderer(browser: &Browser) -> f64 {
    let sizes = browser.processes().into_iter().filter_map(|id| {
        let line = std::fs::read_to_string(format!("/proc/{id}/cmdline")).ok()?;
        let is_renderer = line.contains("--type=renderer");
        let rollup = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
        let pss = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        let kilobytes: f64 = pss.trim().trim_end_matches("kB").trim().parse().ok()?;
        is_renderer.then_some(kilobytes / 1e3)
    });
    sizes.fold(0.0, f64::max)
}

const HELPERS: &str = "
    window.turn = () => new Promise((go) => { const c = new MessageChannel(); c.port1.onmessage = go; c.port2.postMessage(0); });
    window.painted = () => new Promise((go) => requestAnimationFrame(() => turn().then(go)));
    window.calm = () => new Promise((go) => setTimeout(go, 120));
    window.step = async (act, is) => {
        const start = performance.now();
        act();
        await turn();
        const busy = performance.now() - start;
        for (const limit = start + 5000; !is();) {
            if (performance.now() > limit) throw new Error('waited in vain: ' + is);
            await turn();
        }
        await painted();
        const time = performance.now() - start;
        await calm();
        return [busy, time];
    };
    window.press = (key, more = {}) => (document.activeElement ?? document.body)
        .dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
    window.count = () => document.querySelectorAll('article .section mark').length;
    window.chosen = () => document.querySelector('article mark.chosen');
    window.choose = async (row) => {
        document.querySelectorAll('.mark-row button')[row].click();
        for (let n = 0; n < 2000 && !chosen(); n++) await turn();
        await calm();
    };
    window.blocked = {
        begin() {
            this.on = true; this.most = 0; let last = performance.now();
            const go = async () => { while (this.on) { await turn(); const now = performance.now(); this.most = Math.max(this.most, now - last); last = now; } };
            go();
        },
        end() { this.on = false; return this.most; },
    };";

/// A script that makes each edit and returns a list of [busy, painted].
const EDITS: [(&str, &str); 6] = [
    (
        "change a tag, by its key",
        "const [times, done] = arguments; (async () => {
            const all = [];
            await choose(3);
            for (let n = 0; n < times; n++) {
                const tag = chosen().dataset.tag;
                all.push(await step(() => press(n % 2 ? 'a' : 'p'), () => chosen()?.dataset.tag !== tag));
            }
            done(all);
        })()",
    ),
    (
        "delete, by its key",
        "const [times, done] = arguments; (async () => {
            const all = [];
            for (let n = 0; n < times; n++) {
                await choose(3);
                const before = count();
                all.push(await step(() => press('Delete'), () => count() < before));
                press('z', { ctrlKey: true });
                await calm();
            }
            done(all);
        })()",
    ),
    (
        "undo",
        "const [times, done] = arguments; (async () => {
            const all = [];
            for (let n = 0; n < times; n++) {
                await choose(3);
                press('Delete');
                await calm();
                const before = count();
                all.push(await step(() => press('z', { ctrlKey: true }), () => count() > before));
            }
            done(all);
        })()",
    ),
    (
        "redo",
        "const [times, done] = arguments; (async () => {
            const all = [];
            await choose(3);
            press('Delete');
            await calm();
            press('z', { ctrlKey: true });
            await calm();
            for (let n = 0; n < times; n++) {
                const before = count();
                all.push(await step(() => press('z', { ctrlKey: true, shiftKey: true }), () => count() < before));
                press('z', { ctrlKey: true });
                await calm();
            }
            done(all);
        })()",
    ),
    (
        "select in the list",
        "const [times, done] = arguments; (async () => {
            const all = [];
            for (let n = 0; n < times; n++) {
                const row = document.querySelectorAll('.mark-row')[2 + n % 8];
                all.push(await step(() => row.querySelector('button').click(), () => chosen()?.dataset.annotation === row.dataset.row));
            }
            done(all);
        })()",
    ),
    (
        "drag an end",
        "const [times, done] = arguments; (async () => {
            const all = [];
            scrollTo(0, 0);
            await choose(3);
            const handle = document.querySelector('.handle-end .knob');
            const at = handle.getBoundingClientRect();
            const pointer = (type, x) => handle.dispatchEvent(new PointerEvent(type, {
                bubbles: true, cancelable: true, pointerId: 7, pointerType: 'mouse', clientX: x, clientY: at.top + at.height / 2, buttons: 1,
            }));
            const words = () => [...document.querySelectorAll('article mark.chosen')].map((it) => it.textContent).join('|');
            pointer('pointerdown', at.left + at.width / 2);
            for (let n = 0; n < times; n++) {
                const before = words();
                all.push(await step(() => pointer('pointermove', at.left + (n % 2 ? 0 : 140)), () => words() !== before));
            }
            pointer('pointerup', at.left);
            done(all);
        })()",
    ),
];

/// The list is drawn in the turn of the key, so the frame after it shows what was found.
const SEARCH: &str = "
    const [done] = arguments; (async () => {
        const box = document.querySelector('#marks-search');
        box.focus();
        const all = [];
        for (const text of ['b', 'ba', 'bal', 'balo', 'bal', 'ba', 'b', '']) {
            const type = () => { box.value = text; box.dispatchEvent(new InputEvent('input', { bubbles: true })); };
            all.push(await step(type, () => true));
        }
        done(all);
    })()";

/// The frames while the whole article scrolls past, and how many of them had empty places.
const SCROLL: &str = "
    const [of, step, done] = arguments;
    const box = of === 'list' ? document.querySelector('.panel-scroll') : document.scrollingElement;
    box.scrollTop = 0;
    const gaps = []; let blank = 0; let last;
    const frame = (now) => {
        if (last) gaps.push(now - last);
        last = now;
        const at = of === 'list' ? box.getBoundingClientRect() : { left: 0, top: 0 };
        const hit = document.elementFromPoint(at.left + (of === 'list' ? 60 : innerWidth / 3), at.top + 300);
        const words = hit?.closest(of === 'list' ? '.line, .marks' : '[data-start], .section, article, main');
        if (!words || (of === 'list' && hit.matches('.panel-scroll'))) blank++;
        if (gaps.length >= 400 || box.scrollTop + box.clientHeight >= box.scrollHeight - 2) return done({ gaps, blank });
        box.scrollTop += step;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";

const SESSION_PART: &str = "
    const [times, done] = arguments; (async () => {
        const all = [];
        if (!chosen()) await choose(3);
        for (let n = 0; n < times; n++) {
            const tag = chosen().dataset.tag;
            const start = performance.now();
            press(tag === 'actor' ? 'p' : 'a');
            await turn();
            const busy = performance.now() - start;
            while (chosen().dataset.tag === tag) await turn();
            all.push([busy, busy]);
            if (n % 50 === 0) await painted();
        }
        done(all);
    })()";

/// The times from the request of the page until the first text box, and until the first button of
/// the library, are painted and usable.
const USABLE: &str = "
    const look = () => {
        const page = document.querySelector('.shell.ready');
        if (page && !window.begun) requestAnimationFrame(() => { window.begun = performance.now(); });
        if (document.getElementById('shell') || !document.querySelector('.library button')) return requestAnimationFrame(look);
        requestAnimationFrame(() => { window.usable = performance.now(); });
    };
    requestAnimationFrame(look);";
