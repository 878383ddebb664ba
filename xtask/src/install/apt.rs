//! Installs Debian packages where apt-get is available and permitted.

use std::process::Command;

use crate::{failure::Failure, process, workspace::Workspace};

/// The permission with which packages are installed.
#[derive(Clone, Copy)]
enum Privilege {
    Root,
    /// By a sudo that asks for no password.
    Sudo,
}

/// Whether [`install`] can work on this machine.
pub(super) fn can_install(workspace: &Workspace) -> bool {
    privilege(workspace).is_some()
}

/// Whether every one of the packages is installed.
pub(super) fn are_installed(workspace: &Workspace, packages: &[&str]) -> bool {
    let mut query = workspace.command("dpkg-query");
    query.args(["--show", "--showformat", "${Status}\n"]);
    process::read(query.args(packages)).is_ok_and(|answer| {
        answer
            .lines()
            .all(|status| status == "install ok installed")
    })
}

/// Refreshes the package lists and installs these packages without their recommendations.
pub(super) fn install(workspace: &Workspace, packages: &[&str]) -> Result<(), Failure> {
    let privilege = privilege(workspace).ok_or(Failure::NoPrivilege)?;
    let apt_get = || apt_get(workspace, privilege);
    update(apt_get)?;
    let install = ["install", "--yes", "--no-install-recommends"];
    process::run(apt_get().args(install).args(packages))
}

/// Refreshes the package lists with this apt-get. Tries a second time if a mirror does not
/// answer.
pub(super) fn update(apt_get: impl Fn() -> Command) -> Result<(), Failure> {
    process::run(apt_get().arg("update")).or_else(|_| process::run(apt_get().arg("update")))
}

fn apt_get(workspace: &Workspace, privilege: Privilege) -> Command {
    let mut command = match privilege {
        Privilege::Root => workspace.command("env"),
        Privilege::Sudo => {
            let mut sudo = workspace.command("sudo");
            sudo.args(["-n", "env"]);
            sudo
        }
    };
    command
        .args(["DEBIAN_FRONTEND=noninteractive", "apt-get"])
        .args(["-o", "DPkg::Lock::Timeout=120"]);
    command
}

fn privilege(workspace: &Workspace) -> Option<Privilege> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    workspace.find("apt-get")?;
    let user = process::read(workspace.command("id").arg("-u")).ok()?;
    if user == "0" {
        return Some(Privilege::Root);
    }
    let sudo = process::read(workspace.command("sudo").args(["-n", "true"]));
    sudo.is_ok().then_some(Privilege::Sudo)
}
