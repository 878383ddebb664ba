//! Who may name whom: crates, the folders of the web app, packages, clocks and random numbers.

use crate::house::{Crate, House};
use crate::modules::{Imports, paths_of};
use crate::tokens::{Token, is_sign};

/// A package of the workspace: its folder, the packages of the workspace that it may depend on,
/// and outside packages that it must not depend on.
struct Layer {
    folder: &'static str,
    below: &'static [&'static str],
    forbidden: &'static [&'static [&'static str]],
}

const BROWSER: &[&str] = &[
    "gloo",
    "js-sys",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "web-sys",
];
const SERDE: &[&str] = &["serde", "serde_json"];
const YEW: &[&str] = &["yew"];

const LAYERS: [Layer; 5] = [
    Layer {
        folder: "crates/core",
        below: &[],
        forbidden: &[SERDE, BROWSER, YEW],
    },
    Layer {
        folder: "crates/formats",
        below: &["pullquote-core"],
        forbidden: &[BROWSER, YEW],
    },
    Layer {
        folder: "crates/datasets",
        below: &["pullquote-core", "pullquote-formats"],
        forbidden: &[BROWSER, YEW],
    },
    Layer {
        folder: "crates/app",
        below: &["pullquote-core", "pullquote-datasets", "pullquote-formats"],
        forbidden: &[SERDE, BROWSER, YEW],
    },
    Layer {
        folder: "crates/cli",
        below: &["pullquote-core", "pullquote-datasets", "pullquote-formats"],
        forbidden: &[BROWSER, YEW],
    },
];

/// What the pure crates never name: clocks, random numbers, the environment.
const IMPURE: [&[&str]; 7] = [
    &["SystemTime", "now"],
    &["Instant"],
    &["thread_local"],
    &["std", "env"],
    &["rand"],
    &["getrandom"],
    &["now_v7"],
];

/// The command line reads a clock, and so does the tool that builds.
const IMPURE_CRATES: [&str; 3] = ["", "crates/cli", "xtask"];

/// Names that say nothing about what they hold.
const EMPTY_NAMES: [&str; 7] = [
    "utils", "common", "helpers", "types", "services", "manager", "misc",
];

/// Each dependency that a manifest must not have. Dependencies of tests are free.
pub(crate) fn manifest_faults(found: &Crate) -> Vec<String> {
    let Some(layer) = LAYERS.iter().find(|layer| layer.folder == found.folder) else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    let mut is_dependency_table = false;
    for line in found.manifest.lines() {
        let mut name = line.split([' ', '=', '.']).next().unwrap_or_default();
        if let Some(table) = line.strip_prefix('[') {
            let table = table.trim_end_matches(']');
            // `[dependencies]`, `[target.….dependencies]` or `[dependencies.NAME]`.
            let (table, only) = table.rsplit_once("dependencies.").unwrap_or((table, ""));
            is_dependency_table = table.ends_with("dependencies") && !table.contains("dev-");
            let is_one = !only.is_empty() && !table.contains("dev-");
            name = if is_one { only } else { "" };
        } else if !is_dependency_table {
            continue;
        }
        let is_above = name.starts_with("pullquote-") && !layer.below.contains(&name);
        let is_forbidden = layer.forbidden.iter().any(|names| names.contains(&name));
        if is_above || is_forbidden {
            faults.push(format!("{}/Cargo.toml depends on {name}", found.folder));
        }
    }
    faults
}

/// Each place where a file names something that its layer must not name.
pub(crate) fn faults(house: &House, imports: &Imports) -> Vec<String> {
    let mut faults = Vec::new();
    for file in &house.files {
        let is_pure = !IMPURE_CRATES.contains(&house.crates[file.crate_index].folder.as_str());
        if is_pure {
            faults.extend(impure_words(&file.tokens, &file.path));
        }
        if !file.path.starts_with("src/") {
            continue;
        }
        let is_browser = file.path.starts_with("src/browser/");
        let is_ui = file.path.starts_with("src/ui/") || file.path == "src/main.rs";
        for token in &file.tokens {
            let name = token.word().unwrap_or_default().replace('_', "-");
            let owner = match name.as_str() {
                name if BROWSER.contains(&name) && !is_browser => "src/browser",
                "yew" if !is_ui => "src/ui and src/main.rs",
                _ => continue,
            };
            let line = token.line;
            let place = &file.path;
            faults.push(format!("{place}:{line}: only {owner} may name {name}"));
        }
    }
    for ((from, to), names) in &imports.names {
        let (from, to) = (&imports.files[*from], &imports.files[*to]);
        if from.starts_with("src/browser/") && to.starts_with("src/ui/") {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let names = names.join(", ");
            faults.push(format!("{from}: browser names {names} of {to}"));
        }
    }
    faults
}

fn impure_words(tokens: &[Token], path: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |line: usize, name: &str| {
        faults.push(format!("{path}:{line}: {name} belongs in src/browser"));
    };
    for (index, token) in tokens.iter().enumerate() {
        let is_lifetime = index > 0 && is_sign(tokens, index - 1, '\'');
        if token.word() == Some("static") && !is_lifetime {
            fault(token.line, "static");
        }
        if token.word() == Some("thread_local") {
            fault(token.line, "thread_local");
        }
    }
    for written in paths_of(tokens) {
        for words in IMPURE {
            if written
                .segments
                .windows(words.len())
                .any(|part| part == words)
            {
                fault(written.line, &words.join("::"));
            }
        }
    }
    faults
}

/// Each `pub use` outside a `lib.rs`, and each glob import but those of two preludes.
pub(crate) fn import_faults(house: &House) -> Vec<String> {
    let mut faults = Vec::new();
    for file in &house.files {
        for path in paths_of(&file.tokens) {
            let Some(import) = &path.import else {
                continue;
            };
            let (place, line) = (&file.path, path.line);
            if import.is_public && !place.ends_with("src/lib.rs") {
                faults.push(format!("{place}:{line}: a re-export outside lib.rs"));
            }
            let prelude = path.segments.join("::");
            let is_prelude = ["yew::prelude", "proptest::prelude"].contains(&prelude.as_str());
            if import.alias == "*" && !is_prelude {
                faults.push(format!("{place}:{line}: a glob import"));
            }
        }
    }
    faults
}

/// What is wrong with the name of a file or of one of its folders.
pub(crate) fn name_fault(path: &str) -> Option<String> {
    let mut names = path.trim_end_matches(".rs").split('/');
    let name = names.find(|name| EMPTY_NAMES.contains(name))?;
    Some(format!("{path}: `{name}` says nothing about what it holds"))
}
