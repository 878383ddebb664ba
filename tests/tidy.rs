//! The order of the house, checked on its files: who may name whom, which room may
//! mention which package, and what no file may be called.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, from left to right: a file may name only what stands to its left, or
/// its own room.
const ROOMS: [(&str, &str); 9] = [
    ("core/src/order.rs", "order"),
    ("core/src/text", "text"),
    ("core/src/model", "model"),
    ("core/src/edit", "edit"),
    ("core/src/analysis", "analysis"),
    ("core/src/formats", "formats"),
    ("src/app", "app"),
    ("src/browser", "browser"),
    ("src/ui", "ui"),
];

/// What only these places may mention.
const RESERVED: [(&[&str], &[&str]); 3] = [
    (&["serde", "serde_json"], &["core/src/formats"]),
    (
        &[
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "gloo",
        ],
        &["src/browser"],
    ),
    (&["yew"], &["src/ui", "src/main.rs"]),
];

/// What nothing left of `browser` may do: read a clock, a random number, a global.
const IMPURE: [&str; 7] = [
    "SystemTime::now",
    "Instant",
    "static ",
    "thread_local!",
    "std::env",
    "rand",
    "getrandom",
];

/// Names that say nothing: a folder that needs one is missing a concept.
const EMPTY_NAMES: [&str; 7] = [
    "utils", "common", "helpers", "types", "services", "manager", "misc",
];

/// A fault: the file, the line (from 1), what is wrong there.
fn faults(file: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |line: usize, what: String| faults.push(format!("{file}:{line}: {what}"));
    let name = Path::new(file)
        .file_stem()
        .unwrap()
        .to_string_lossy()
        .into_owned();
    let folders = Path::new(file).parent().unwrap().iter();
    let folders = folders.map(|folder| folder.to_string_lossy().into_owned());
    for part in folders.chain([name]) {
        if EMPTY_NAMES.contains(&part.as_str()) {
            fault(1, format!("`{part}` names no concept"));
        }
    }
    let room = ROOMS.iter().position(|(place, _)| file.starts_with(place));
    let browser = ROOMS
        .iter()
        .position(|(_, name)| *name == "browser")
        .unwrap();
    for (number, line) in (1..).zip(with_whole_imports(text)) {
        let code = without_comment(&line);
        if let Some(room) = room {
            for (_, other) in &ROOMS[room + 1..] {
                let roots = ["crate", "pullquote_core", "pullquote"];
                let outside = climb(file);
                let roots = roots.into_iter().chain([outside.as_str()]);
                if roots
                    .into_iter()
                    .any(|root| names_through(code, root, other))
                {
                    fault(
                        number,
                        format!("`{}` names `{other}`, to its right", ROOMS[room].1),
                    );
                }
            }
            if room < browser {
                for word in IMPURE {
                    let is_lifetime = word == "static " && code.contains("&'static ");
                    if names(code, word.trim_end()) && code.contains(word) && !is_lifetime {
                        fault(number, format!("`{word}` stands left of `browser`"));
                    }
                }
            }
        }
        for (packages, places) in RESERVED {
            let is_allowed = places.iter().any(|place| file.starts_with(place));
            for package in packages {
                if !is_allowed && names(code, package) {
                    fault(
                        number,
                        format!("`{package}` belongs in {}", places.join(", ")),
                    );
                }
            }
        }
        let glob = code.trim_start().starts_with("use ") && code.contains("::*");
        if glob && !code.contains("yew::prelude::*") && !code.contains("proptest::prelude::*") {
            fault(number, "a glob import".to_owned());
        }
    }
    faults
}

/// `super::super` as often as it takes to get out of a file's room.
fn climb(file: &str) -> String {
    let inside = file.split("src/").nth(1).unwrap_or_default();
    let depth = inside.matches('/').count() + usize::from(!inside.ends_with("mod.rs"));
    vec!["super"; depth.max(1)].join("::")
}

/// Whether `root::other` is named, alone or among others in braces.
fn names_through(code: &str, root: &str, other: &str) -> bool {
    if names(code, &format!("{root}::{other}")) {
        return true;
    }
    let Some((_, group)) = code.split_once(&format!("{root}::{{")) else {
        return false;
    };
    let mut depth = 0;
    let heads: String = group
        .chars()
        .map(|char| {
            depth += i32::from(char == '{') - i32::from(char == '}');
            if depth == 0 { char } else { ' ' }
        })
        .collect();
    heads
        .split(',')
        .any(|item| item.trim().split("::").next() == Some(other))
}

/// The text with each `use` on one line, so that it can be read at once; lines keep
/// their numbers.
fn with_whole_imports(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut open: Option<usize> = None;
    for line in text.lines() {
        match open {
            Some(first) => {
                let more = without_comment(line).trim().to_owned();
                lines[first].push_str(&more);
                lines.push(String::new());
            }
            None => lines.push(line.to_owned()),
        }
        let code = without_comment(line).trim();
        let begins = code.starts_with("use ") || code.starts_with("pub use ");
        if open.is_none() && begins && !code.ends_with(';') {
            open = Some(lines.len() - 1);
        } else if code.ends_with(';') {
            open = None;
        }
    }
    lines
}

/// The line up to its comment.
fn without_comment(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// Whether `word` stands in `code` as a word of its own.
fn names(code: &str, word: &str) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_file_keeps_the_order_of_the_house() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["core/src", "src"] {
        rust_files(&root.join(folder), &mut files);
    }
    assert!(files.len() > 50, "the rooms are where they are looked for");
    let mut all = Vec::new();
    for path in files {
        let file = path
            .strip_prefix(root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        all.extend(faults(&file, &fs::read_to_string(&path).unwrap()));
    }
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}

#[track_caller]
fn check(file: &str, text: &str, expected: &[&str]) {
    assert_eq!(faults(file, text), expected);
}

#[test]
fn what_breaks_the_order_is_named_with_file_and_line() {
    check(
        "core/src/text/words.rs",
        "//! serde in a comment is no fault\nuse crate::model::Id;",
        &["core/src/text/words.rs:2: `text` names `model`, to its right"],
    );
    check(
        "src/app/state.rs",
        "\nuse yew::prelude::*;\nuse crate::ui::App;",
        &[
            "src/app/state.rs:2: `yew` belongs in src/ui, src/main.rs",
            "src/app/state.rs:3: `app` names `ui`, to its right",
        ],
    );
    check(
        "src/app/state.rs",
        "use crate::{\n    browser::clock,\n    ui::{App, browser},\n};\nuse super::super::ui::App;",
        &[
            "src/app/state.rs:1: `app` names `browser`, to its right",
            "src/app/state.rs:1: `app` names `ui`, to its right",
            "src/app/state.rs:5: `app` names `ui`, to its right",
        ],
    );
    check(
        "src/ui/card.rs",
        "let window = web_sys::window();",
        &["src/ui/card.rs:1: `web_sys` belongs in src/browser"],
    );
    check(
        "core/src/model/id.rs",
        "let now = std::time::SystemTime::now();\nuse serde::Serialize;",
        &[
            "core/src/model/id.rs:1: `SystemTime::now` stands left of `browser`",
            "core/src/model/id.rs:2: `serde` belongs in core/src/formats",
        ],
    );
    check(
        "core/src/edit/utils.rs",
        "use pullquote::app::State;",
        &[
            "core/src/edit/utils.rs:1: `utils` names no concept",
            "core/src/edit/utils.rs:1: `edit` names `app`, to its right",
        ],
    );
    check(
        "src/ui/app.rs",
        "use crate::browser::clock;\nuse crate::app::State;",
        &[],
    );
    check(
        "src/app/x.rs",
        "use std::rc::*;\nstatic COUNT: u8 = 0;\nfn f(a: &'static str) {}",
        &[
            "src/app/x.rs:1: a glob import",
            "src/app/x.rs:2: `static ` stands left of `browser`",
        ],
    );
}
