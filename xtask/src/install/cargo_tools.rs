//! The tools that cargo installs: wasm-bindgen's and Trunk.
//!
//! They are installed in `target/tools` and share one build folder, so that nothing of the user's
//! changes and common dependencies are compiled once.

use std::process::Command;

use super::step::Step;
use crate::{pins, process, workspace::Workspace};

/// wasm-bindgen's tools, in the version of `Cargo.lock`.
pub(crate) const WASM_BINDGEN: Step = Step {
    name: "wasm-bindgen and wasm-bindgen-test-runner",
    time: "about 2 minutes",
    is_satisfied: |workspace| {
        let version = workspace.locked_version("wasm-bindgen")?;
        Ok(has(workspace, "wasm-bindgen", &version)
            && has(workspace, "wasm-bindgen-test-runner", &version))
    },
    carry_out: |workspace| {
        let version = workspace.locked_version("wasm-bindgen")?;
        // Not --locked: its lock file names a version of a crate that was withdrawn.
        process::run(&mut install(workspace, "wasm-bindgen-cli", &version))
    },
    by_hand: |workspace| {
        let version = workspace.locked_version("wasm-bindgen");
        let version = version.unwrap_or_else(|_| "the version in Cargo.lock".to_owned());
        format!("install wasm-bindgen-cli {version} so that its programs are on PATH.")
    },
};

/// Trunk.
pub(crate) const TRUNK: Step = Step {
    name: "trunk",
    time: "about 4 minutes",
    is_satisfied: |workspace| Ok(has(workspace, "trunk", pins::TRUNK)),
    carry_out: |workspace| {
        let mut command = install(workspace, "trunk", pins::TRUNK);
        // Its default features are only for downloads, which --offline rules out.
        process::run(command.args(["--locked", "--no-default-features"]))
    },
    by_hand: |_| format!("install trunk {} so that it is on PATH.", pins::TRUNK),
};

/// Whether the program on the `PATH` is of exactly that version.
fn has(workspace: &Workspace, program: &str, version: &str) -> bool {
    workspace
        .version_of(program)
        .is_some_and(|answer| answer.split_whitespace().any(|word| word == version))
}

fn install(workspace: &Workspace, package: &str, version: &str) -> Command {
    let tools = workspace.tools();
    let mut cargo = workspace.cargo();
    cargo
        .args(["install", package, "--version", version])
        // The installed program was not usable, even if cargo remembers installing it.
        .arg("--force")
        .arg("--root")
        .arg(&tools)
        .arg("--target-dir")
        .arg(tools.join("build"))
        // These programs run for seconds, so a short compilation matters more than their speed.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    cargo
}
