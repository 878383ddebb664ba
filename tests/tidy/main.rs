//! What Cargo cannot check about the structure of the repository: no circles of files, no
//! layer that names a layer above it, no hidden owners of names.
//!
//! `cargo test --test tidy -- --nocapture` also prints how many names each room imports from
//! each other room, and some counts. `PULLQUOTE_TIDY_ROOT=PATH` prints the same for another
//! checkout, for example an older commit, and checks nothing.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on should stop, and this one prints a table"
)]

mod circles;
mod counts;
mod house;
mod layers;
mod made_up;
mod modules;
mod tokens;

use house::House;
use modules::Imports;
use std::path::Path;
use std::sync::LazyLock;

/// Points the test to another checkout, for which it only prints the table and the counts.
const OTHER_ROOT: &str = "PULLQUOTE_TIDY_ROOT";

/// Circles that may stay: a type and its own error.
const ALLOWED_CIRCLES: [[&str; 2]; 1] = [[
    "crates/core/src/model/error.rs",
    "crates/core/src/model/id.rs",
]];

/// The sources of this checkout.
static HOUSE: LazyLock<House> = LazyLock::new(|| {
    let house = House::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(
        house.files.len() > 200,
        "found only {} files",
        house.files.len()
    );
    house
});

#[test]
fn no_files_import_each_other_in_a_circle() {
    let other = std::env::var_os(OTHER_ROOT).map(|root| House::read(Path::new(&root)));
    let house = other.as_ref().unwrap_or(&HOUSE);
    let imports = Imports::new(house);
    let circles = circles::circles(&imports);
    println!("{}", counts::table(&imports));
    println!("{}", counts::Counts::new(house, &circles));
    let forbidden: Vec<String> = circles
        .iter()
        .filter(|circle| !ALLOWED_CIRCLES.iter().any(|pair| circle.files == *pair))
        .map(ToString::to_string)
        .collect();
    if other.is_some() {
        println!("{}", forbidden.concat());
        return;
    }
    assert!(forbidden.is_empty(), "\n{}", forbidden.concat());
}

#[test]
fn every_layer_names_only_layers_below_it() {
    let faults = layers::faults(&HOUSE, &Imports::new(&HOUSE));
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_manifest_lists_only_what_its_crate_may_use() {
    let faults: Vec<String> = HOUSE
        .crates
        .iter()
        .flat_map(layers::manifest_faults)
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_name_is_imported_from_the_file_that_owns_it() {
    let faults = layers::import_faults(&HOUSE);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_file_name_says_what_is_in_the_file() {
    let faults: Vec<String> = HOUSE
        .files
        .iter()
        .filter_map(|file| layers::name_fault(&file.path))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
