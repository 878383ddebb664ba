//! The WebAssembly target: a standard library for `wasm32-unknown-unknown` beside the
//! compiler's own.
//!
//! One that is there already is used as it is. Otherwise rustup fetches it, or, where
//! that fails, it is built from the distribution's sources ([`distribution`]). Never
//! both: two copies in one folder do not link.

use std::{env, fs, path::PathBuf, time::Duration};

use super::{Step, distribution};
use crate::{failure::Failure, process, workspace::Workspace};

/// The target's name.
pub(super) const TARGET: &str = "wasm32-unknown-unknown";

/// The variable that says how the target is had, here and in `.ci/run`.
const VARIABLE: &str = "PULLQUOTE_WASM_STD";

/// How long rustup may take, where it may take long to learn that it has no network.
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

/// The folder of the target's libraries in the compiler's own.
pub(super) fn libraries(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let mut rustc = workspace.command("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    process::read(&mut rustc).map(PathBuf::from)
}

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

/// Whether the target compiles. What was proven once is written down together with
/// everything that it depends on, and is not compiled again.
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

/// The compiler and the standard library found, in words that change when they do;
/// none where there is no standard library.
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

/// Compiles a small program as the release build is compiled: fat LTO needs more of a
/// standard library than a plain build.
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
