//! The readers of exports: programs that others wrote, from Python's package index, each
//! in a pinned version, in an environment of their own.

use std::{fs, path::PathBuf};

use super::{Step, apt};
use crate::{failure::Failure, process, workspace::Workspace};

/// Where their checks stand in the checkout.
pub(crate) const CHECKS: &str = "tests/conformance";

/// The packages, in [`CHECKS`].
const REQUIREMENTS: &str = "requirements.txt";

const PYTHON_PACKAGES: [&str; 3] = ["python3", "python3-venv", "python3-pip"];

/// The names under which a Python may be on the `PATH`.
const PYTHON_NAMES: [&str; 4] = ["python3", "python3.13", "python3.12", "python3.11"];

/// The minor versions of Python 3 that all of the packages run on.
const MINOR_VERSIONS: std::ops::RangeInclusive<u32> = 11..=13;

/// The step.
pub(crate) const STEP: Step = Step {
    name: "the readers of exports",
    time: "about 3 minutes",
    is_satisfied,
    carry_out,
    by_hand: |_| {
        format!(
            "install Python 3.11, 3.12 or 3.13 with its modules venv and pip so that python3 is on \
             PATH, and let pip find the packages of {CHECKS}/{REQUIREMENTS}."
        )
    },
};

/// The Python that has the readers, as an absolute path.
pub(crate) fn python(workspace: &Workspace) -> PathBuf {
    environment(workspace).join(match cfg!(windows) {
        true => "Scripts/python.exe",
        false => "bin/python",
    })
}

fn environment(workspace: &Workspace) -> PathBuf {
    workspace.at("target/readers")
}

fn requirements(workspace: &Workspace) -> PathBuf {
    workspace.at(CHECKS).join(REQUIREMENTS)
}

/// What was installed, word for word. An environment cannot be moved to its place, so this is
/// written when all else is done.
fn stamp(workspace: &Workspace) -> PathBuf {
    environment(workspace).join("installed.txt")
}

fn is_satisfied(workspace: &Workspace) -> Result<bool, Failure> {
    let path = requirements(workspace);
    let wanted = fs::read(&path).map_err(Failure::at(&path))?;
    let installed = fs::read(stamp(workspace));
    // One whose Python has gone, or moved, starts no more.
    Ok(installed.is_ok_and(|installed| installed == wanted)
        && workspace.version_of(python(workspace)).is_some())
}

fn carry_out(workspace: &Workspace) -> Result<(), Failure> {
    if make_environment(workspace).is_err() {
        println!("There is no Python here that makes environments. Installing it.");
        apt::install(workspace, &PYTHON_PACKAGES)?;
        make_environment(workspace)?;
    }
    let path = requirements(workspace);
    let wanted = fs::read(&path).map_err(Failure::at(&path))?;
    let mut pip = workspace.command(python(workspace));
    pip.args(["-m", "pip", "install", "--no-input", "--quiet"]);
    pip.args(["--disable-pip-version-check", "--requirement"]);
    process::run(pip.arg(&path))?;
    let stamp = stamp(workspace);
    fs::write(&stamp, wanted).map_err(Failure::at(&stamp))
}

/// Makes an empty environment in the place of the one that is there.
fn make_environment(workspace: &Workspace) -> Result<(), Failure> {
    let known = PYTHON_NAMES.into_iter().find(|name| {
        let answer = workspace.version_of(name);
        answer
            .as_deref()
            .and_then(minor_version)
            .is_some_and(|it| MINOR_VERSIONS.contains(&it))
    });
    let mut venv = workspace.command(known.ok_or(Failure::NoPython)?);
    process::run(
        venv.args(["-m", "venv", "--clear"])
            .arg(environment(workspace)),
    )
}

/// `Python 3.11.7` is 11; of another Python there is none.
fn minor_version(answer: &str) -> Option<u32> {
    let version = answer.split_whitespace().nth(1)?.strip_prefix("3.")?;
    version.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(answer: &str, expected: Option<u32>) {
        assert_eq!(minor_version(answer), expected);
    }

    #[test]
    fn the_minor_version_stands_behind_the_first_dot() {
        check("Python 3.11.7", Some(11));
        check("Python 3.13.0rc1", Some(13));
    }

    #[test]
    fn another_python_has_no_minor_version() {
        check("Python 2.7.18", None);
        check("Python", None);
        check("", None);
    }

    #[test]
    fn every_package_is_pinned() {
        let path = requirements(&Workspace::of_this_project());
        let text = fs::read_to_string(path).expect("the requirements are there");
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let packages: Vec<&str> = lines.collect();
        assert!(!packages.is_empty());
        for package in packages {
            assert_eq!(package.matches("==").count(), 1, "{package}");
        }
    }
}
