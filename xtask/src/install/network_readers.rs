//! The JavaScript readers of networks: npm packages in the versions and with the checksums of the
//! lock file beside the checks.

use std::{fs, path::PathBuf};

use super::{apt, readers::CHECKS, step::Step};
use crate::{failure::Failure, process, workspace::Workspace};

const PACKAGES: [&str; 2] = ["nodejs", "npm"];

/// The files that list the packages.
const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// The oldest major version of Node.js that they support.
const OLDEST: u32 = 18;

/// The step of these readers.
pub(crate) const STEP: Step = Step {
    name: "the JavaScript readers of networks",
    time: "less than a minute",
    is_satisfied: is_there,
    carry_out: install,
    by_hand,
};

/// Where `require` finds the packages.
pub(crate) fn modules(workspace: &Workspace) -> PathBuf {
    folder(workspace).join("node_modules")
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.at("target/network-readers")
}

/// A copy of the lock file, written when the installation is complete.
fn stamp(workspace: &Workspace) -> PathBuf {
    folder(workspace).join("installed.json")
}

fn has_node(workspace: &Workspace) -> bool {
    let version = workspace.version_of("node");
    let major = version.as_deref().and_then(major_version);
    major.is_some_and(|major| major >= OLDEST) && workspace.version_of(npm()).is_some()
}

fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

fn is_there(workspace: &Workspace) -> Result<bool, Failure> {
    let path = workspace.at(CHECKS).join("package-lock.json");
    let wanted = fs::read(&path).map_err(Failure::at(&path))?;
    let installed = fs::read(stamp(workspace));
    Ok(installed.is_ok_and(|installed| installed == wanted) && has_node(workspace))
}

fn install(workspace: &Workspace) -> Result<(), Failure> {
    if !has_node(workspace) {
        println!("There is no Node.js {OLDEST} or newer with npm here. Installing it.");
        apt::install(workspace, &PACKAGES)?;
    }
    let folder = folder(workspace);
    fs::create_dir_all(&folder).map_err(Failure::at(&folder))?;
    for file in FILES {
        let from = workspace.at(CHECKS).join(file);
        fs::copy(&from, folder.join(file)).map_err(Failure::at(&from))?;
    }
    let mut ci = workspace.command(npm());
    ci.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    process::run(ci.arg("--prefix").arg(&folder))?;
    let lock = folder.join("package-lock.json");
    fs::copy(&lock, stamp(workspace)).map_err(Failure::at(&lock))?;
    Ok(())
}

fn by_hand(_: &Workspace) -> String {
    format!(
        "install Node.js {OLDEST} or newer with npm so that both are on PATH, and let npm find the \
         packages of {CHECKS}/package.json."
    )
}

/// The major version: 20 of `v20.20.2`.
fn major_version(answer: &str) -> Option<u32> {
    let version = answer.trim().strip_prefix('v')?;
    version.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_stands_before_the_first_dot() {
        assert_eq!(major_version("v20.20.2\n"), Some(20));
        assert_eq!(major_version("20.20.2"), None);
        assert_eq!(major_version(""), None);
    }

    #[test]
    fn every_package_is_pinned_and_no_place_to_load_it_from_is_named() {
        let checks = Workspace::of_this_project().at(CHECKS);
        let [packages, lock] = FILES.map(|file| {
            let text = fs::read_to_string(checks.join(file));
            text.expect("the file stands beside the checks")
        });
        let pinned = packages
            .lines()
            .filter(|line| line.contains("\"graphology"));
        let pinned: Vec<&str> = pinned.collect();
        assert_eq!(pinned.len(), 3);
        for line in pinned {
            let version = line.split('"').nth(3).unwrap_or_default();
            assert!(
                version.split('.').all(|part| part.parse::<u32>().is_ok()),
                "{line}"
            );
        }
        assert!(!lock.contains("resolved") && !lock.contains("://"));
        let versions = lock.matches("\"version\"").count();
        assert_eq!(lock.matches("\"integrity\"").count(), versions);
    }
}
