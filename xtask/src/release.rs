//! The release build.

use crate::{failure::Failure, install, process, workspace::Workspace};

/// Installs what a build needs, then builds the app for release into `dist/`.
pub(crate) fn build(workspace: &Workspace) -> Result<(), Failure> {
    install::carry_out(workspace, &install::FOR_BUILD)?;
    let mut trunk = workspace.command("trunk");
    // Trunk reads NO_COLOR as a bool and stops at the usual value "1".
    trunk
        .args(["build", "--release", "--offline"])
        .env_remove("NO_COLOR");
    process::run(&mut trunk)
}
