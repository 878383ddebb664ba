//! The WebAssembly target's name, and the folder of its libraries.

use std::path::PathBuf;

use crate::{failure::Failure, process, workspace::Workspace};

/// The target's name.
pub(super) const TARGET: &str = "wasm32-unknown-unknown";

/// The folder of the target's libraries in the compiler's own.
pub(super) fn libraries(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let mut rustc = workspace.command("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    process::read(&mut rustc).map(PathBuf::from)
}
