//! The checks, on small made-up sources.

use crate::circles::circles;
use crate::counts::Counts;
use crate::house::House;
use crate::layers;
use crate::modules::Imports;

/// A house of the root package and of `crates/core`, with these files.
fn house(files: &[(&str, &str)]) -> House {
    let mut house = House::default();
    house.add_crate("", "name = \"pullquote\"".to_owned());
    house.add_crate("crates/core", "name = \"pullquote-core\"".to_owned());
    for (path, source) in files {
        house.add_file(usize::from(path.starts_with("crates/")), path, source);
    }
    house
}

/// Checks the circles, each as it is printed, without its indents.
#[track_caller]
fn check_circles(files: &[(&str, &str)], expected: &[&str]) {
    let circles = circles(&Imports::new(&house(files)));
    let printed: String = circles.iter().map(ToString::to_string).collect();
    let lines: Vec<&str> = printed.lines().map(str::trim).collect();
    assert_eq!(lines, expected);
}

const ROOT: (&str, &str) = ("src/lib.rs", "mod a; mod b; mod c;");

#[test]
fn imports_in_one_direction_are_no_circle() {
    let files = [
        ROOT,
        ("src/a.rs", "use crate::b::B; pub struct A;"),
        ("src/b.rs", "use crate::c::C; use std::fmt; pub struct B;"),
        ("src/c.rs", "pub struct C;"),
    ];
    check_circles(&files, &[]);
}

#[test]
fn two_files_that_import_each_other_are_a_circle() {
    let files = [
        ROOT,
        ("src/a.rs", "use crate::b::B; pub struct A;"),
        ("src/b.rs", "use crate::a::A as Other; pub struct B;"),
    ];
    let expected = [
        "a circle of 2 files:",
        "src/a.rs -> src/b.rs: B",
        "src/b.rs -> src/a.rs: A",
    ];
    check_circles(&files, &expected);
}

#[test]
fn a_circle_through_a_re_export_is_found_at_the_owner() {
    let files = [
        ROOT,
        ("src/a.rs", "use crate::b::Owned; pub struct A;"),
        ("src/b/mod.rs", "mod owner; pub use owner::Owned;"),
        ("src/b/owner.rs", "use crate::a::A; pub struct Owned(A);"),
    ];
    let expected = [
        "a circle of 2 files:",
        "src/a.rs -> src/b/owner.rs: Owned",
        "src/b/owner.rs -> src/a.rs: A",
    ];
    check_circles(&files, &expected);
}

#[test]
fn a_circle_through_nested_braces_is_found() {
    let files = [
        ROOT,
        (
            "src/a.rs",
            "use crate::{b::{self, Second, inner::First as One}, c}; pub struct A;",
        ),
        (
            "src/b/mod.rs",
            "pub mod inner; use crate::a::A; pub struct Second(A);",
        ),
        ("src/b/inner.rs", "pub struct First;"),
        ("src/c.rs", "pub struct C;"),
    ];
    let expected = [
        "a circle of 2 files:",
        "src/a.rs -> src/b/mod.rs: Second",
        "src/b/mod.rs -> src/a.rs: A",
    ];
    check_circles(&files, &expected);
}

#[test]
fn a_circle_through_super_is_found() {
    let files = [
        ROOT,
        ("src/a/low.rs", "use super::A; pub struct Low(Box<A>);"),
        ("src/a/mod.rs", "mod low; pub struct A(low::Low);"),
    ];
    let expected = [
        "a circle of 2 files:",
        "src/a/low.rs -> src/a/mod.rs: A",
        "src/a/mod.rs -> src/a/low.rs: Low",
    ];
    check_circles(&files, &expected);
}

#[test]
fn a_circle_through_a_path_in_code_is_found() {
    let files = [
        ROOT,
        ("src/a.rs", "pub fn a() { crate::b::b(); }"),
        ("src/b.rs", "use crate::c; pub fn b() { c::c() }"),
        (
            "src/c.rs",
            "pub fn c() { html! { <div>{ super::a::a() }</div> } }",
        ),
    ];
    let expected = [
        "a circle of 3 files:",
        "src/a.rs -> src/b.rs: b",
        "src/b.rs -> src/c.rs: c",
        "src/c.rs -> src/a.rs: a",
    ];
    check_circles(&files, &expected);
}

#[test]
fn a_name_taken_from_another_crate_leads_to_its_file() {
    let files = [
        ("crates/core/src/lib.rs", "pub mod id;"),
        ("crates/core/src/id.rs", "pub struct Id;"),
        ("src/lib.rs", "use pullquote_core::id::Id;"),
    ];
    let imports = Imports::new(&house(&files));
    let (pair, names) = imports.names.first_key_value().unwrap();
    assert_eq!(*pair, (2, 1));
    assert!(names.contains("Id"));
}

#[test]
fn comments_strings_and_test_modules_import_nothing() {
    let files = [
        ROOT,
        ("src/a.rs", "use crate::b::B; pub struct A;"),
        (
            "src/b.rs",
            "//! crate::a::A\npub struct B;\nconst TEXT: &str = \"crate::a::A\";\n\
             #[cfg(test)]\nmod tests { use crate::a::A; use super::*; }",
        ),
    ];
    check_circles(&files, &[]);
}

/// Checks the faults of layers in one file.
#[track_caller]
fn check_layers(path: &str, source: &str, expected: &[&str]) {
    let house = house(&[(path, source)]);
    assert_eq!(layers::faults(&house, &Imports::new(&house)), expected);
}

#[test]
fn the_browser_is_named_in_its_folder_alone() {
    check_layers("src/browser/dom.rs", "use web_sys::Node;", &[]);
    check_layers(
        "src/ui/card.rs",
        "use yew::html;\nfn f() { web_sys::window(); }",
        &["src/ui/card.rs:2: only src/browser may name web-sys"],
    );
}

#[test]
fn yew_is_named_in_its_folder_alone() {
    check_layers(
        "src/browser/dom.rs",
        "use yew::prelude::*;",
        &["src/browser/dom.rs:1: only src/ui and src/main.rs may name yew"],
    );
}

#[test]
fn the_browser_does_not_name_the_screen() {
    let house = house(&[
        ("src/browser/dom.rs", "use crate::ui::card::Card;"),
        ("src/ui/card.rs", "pub struct Card;"),
        ("src/ui/mod.rs", "pub mod card;"),
        ("src/lib.rs", "mod browser; mod ui;"),
    ]);
    let faults = layers::faults(&house, &Imports::new(&house));
    assert_eq!(
        faults,
        ["src/browser/dom.rs: browser names Card of src/ui/card.rs"]
    );
}

#[test]
fn a_pure_crate_reads_no_clock_and_has_no_global() {
    check_layers(
        "crates/core/src/id.rs",
        "use std::{env, fmt};\nfn f(a: &'static str) { std::time::SystemTime::now(); }\n\
         static COUNT: u8 = 0;",
        &[
            "crates/core/src/id.rs:3: static belongs in src/browser",
            "crates/core/src/id.rs:1: std::env belongs in src/browser",
            "crates/core/src/id.rs:2: SystemTime::now belongs in src/browser",
        ],
    );
}

#[test]
fn a_manifest_may_not_list_a_layer_above_or_a_foreign_package() {
    let mut house = House::default();
    let manifest = "name = \"pullquote-core\"\n[dependencies]\nserde = \"1\"\nsha2 = \"1\"\n\
        [dependencies.web-sys]\nversion = \"0.3\"\n\
        [dev-dependencies]\npullquote-formats = { path = \"../formats\" }\n\
        [target.'cfg(unix)'.dependencies]\npullquote-app.workspace = true\n";
    house.add_crate("crates/core", manifest.to_owned());
    assert_eq!(
        layers::manifest_faults(&house.crates[0]),
        [
            "crates/core/Cargo.toml depends on serde",
            "crates/core/Cargo.toml depends on web-sys",
            "crates/core/Cargo.toml depends on pullquote-app",
        ]
    );
}

#[test]
fn re_exports_and_globs_are_named_with_their_line() {
    let house = house(&[
        ("src/lib.rs", "pub use a::A;"),
        (
            "src/a.rs",
            "pub(crate) use b::B;\nuse yew::prelude::*;\nuse std::rc::*;",
        ),
    ]);
    let expected = [
        "src/a.rs:1: a re-export outside lib.rs",
        "src/a.rs:3: a glob import",
    ];
    assert_eq!(layers::import_faults(&house), expected);
}

#[test]
fn a_file_name_without_a_meaning_is_named() {
    assert_eq!(layers::name_fault("src/ui/card.rs"), None);
    let fault = "src/utils/card.rs: `utils` says nothing about what it holds";
    assert_eq!(
        layers::name_fault("src/utils/card.rs").as_deref(),
        Some(fault)
    );
}

#[test]
fn the_counts_follow_their_definitions() {
    let body = "let a = 1;\n".repeat(60);
    let source = format!(
        "enum A {{ B(bool), C(u8, String), D {{ e: bool }}, F(Vec<u8>) }}\n\
         fn long() -> Result<Vec<(u8, u8)>, String> {{\n{body}}}\n\
         fn short(f: impl Fn() -> Result<(), Error>) {{ match 1 {{ 1 => 2, _ => 3 }} }}\n"
    );
    let counts = Counts::new(&house(&[("src/a.rs", &source)]), &[]).to_string();
    let expected = [
        "     1  functions over 60 lines",
        "     1  Result<_, String>",
        "     1  catch-all arms `_ =>`",
        "     2  unnamed bools and numbers in variants",
    ];
    for line in expected {
        assert!(counts.contains(line), "{line} in\n{counts}");
    }
}
