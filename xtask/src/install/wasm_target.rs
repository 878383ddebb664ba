//! The WebAssembly target: a standard library for `wasm32-unknown-unknown` beside the
//! compiler's own.
//!
//! An installed target is used as it is. Otherwise rustup fetches it; where that fails, it is
//! built from the distribution's sources ([`distribution`]). It never does both, because two
//! copies of the library in one folder do not link.

use std::{env, fs, time::Duration};

use super::{
    distribution,
    step::Step,
    wasm_libraries::{TARGET, libraries},
};
use crate::{failure::Failure, process, workspace::Workspace};

/// The variable that chooses how to install the target; `.ci/run` sets it.
const VARIABLE: &str = "PULLQUOTE_WASM_STD";

/// The time limit for rustup, which takes long to notice that there is no network.
const RUSTUP_LIMIT: Duration = Duration::from_secs(120);

/// A program that needs the standard library and an allocator.
const PROOF: &str = r#"#[unsafe(no_mangle)]
pub extern "C" fn length(count: usize) -> usize {
    vec![String::from("proof"); count].concat().len()
}
"#;

/// The step.
pub(crate) const STEP: Step = Step {
    name: "the WebAssembly target",
    time: "about a minute",
    is_satisfied,
    carry_out,
    by_hand: |_| format!("run `rustup target add {TARGET}` where the network allows it."),
};

fn carry_out(workspace: &Workspace) -> Result<(), Failure> {
    let choice = env::var_os(VARIABLE);
    if choice.is_none_or(|choice| choice != "distribution") {
        let mut rustup = workspace.command("rustup");
        match process::run_within(rustup.args(["target", "add", TARGET]), RUSTUP_LIMIT) {
            Ok(()) => return Ok(()),
            Err(failure) => println!("{failure}\nTaking the distribution's sources instead."),
        }
    }
    distribution::build_standard_library(workspace)
}

/// Whether a program compiles for the target. A successful compilation is recorded together
/// with everything that it depends on, and is not repeated.
fn is_satisfied(workspace: &Workspace) -> Result<bool, Failure> {
    let Some(state) = state(workspace)? else {
        return Ok(false);
    };
    let proven = workspace.tools().join("wasm-target-proven");
    if fs::read_to_string(&proven).is_ok_and(|written| written == state) {
        return Ok(true);
    }
    let compiles = compile_proof(workspace)?;
    if compiles {
        fs::write(&proven, state).map_err(Failure::at(&proven))?;
    }
    Ok(compiles)
}

/// Describes the compiler and the standard library, so that the text changes when they do.
/// `None` if there is no standard library.
fn state(workspace: &Workspace) -> Result<Option<String>, Failure> {
    let folder = libraries(workspace)?;
    let Ok(entries) = fs::read_dir(&folder) else {
        return Ok(None);
    };
    let mut files: Vec<String> = entries
        .flatten()
        .map(|entry| {
            let modified = entry.metadata().and_then(|metadata| metadata.modified());
            format!("{} {modified:?}", entry.file_name().display())
        })
        .filter(|file| file.contains(".rlib"))
        .collect();
    files.sort();
    let has = |name: &str| files.iter().any(|file| file.starts_with(name));
    if !has("libstd-") || !has("libtest-") {
        return Ok(None);
    }
    let compiler = process::read(workspace.command("rustc").arg("-vV"))?;
    Ok(Some(format!("{compiler}\n{}", files.join("\n"))))
}

/// Compiles a small program with the settings of the release build, because fat LTO needs
/// more of a standard library than a plain build does.
fn compile_proof(workspace: &Workspace) -> Result<bool, Failure> {
    let tools = workspace.tools();
    fs::create_dir_all(&tools).map_err(Failure::at(&tools))?;
    let source = tools.join("proof.rs");
    fs::write(&source, PROOF).map_err(Failure::at(&source))?;
    let mut rustc = workspace.command("rustc");
    rustc
        .args(["--edition", "2024", "--target", TARGET])
        .args(["--crate-type", "cdylib", "-C", "panic=abort"])
        .args(["-C", "opt-level=s", "-C", "lto=fat", "-o"])
        .arg(tools.join("proof.wasm"))
        .arg(&source);
    match process::run(&mut rustc) {
        Ok(()) => Ok(true),
        Err(Failure::Failed { .. }) => Ok(false),
        Err(other) => Err(other),
    }
}
