//! The readers of exports: packages from Python's package index in pinned versions, in a virtual
//! environment.

use std::{fs, ops::RangeInclusive, path::PathBuf};

use super::{apt, step::Step};
use crate::{failure::Failure, process, workspace::Workspace};

/// The folder of their checks in the checkout.
pub(crate) const CHECKS: &str = "tests/conformance";

const PYTHON_PACKAGES: [&str; 3] = ["python3", "python3-venv", "python3-pip"];

/// The names under which a Python may be on the `PATH`.
const PYTHON_NAMES: [&str; 4] = ["python3", "python3.13", "python3.12", "python3.11"];

/// A virtual environment of Python.
pub(crate) struct Environment {
    /// Its folder, in the checkout.
    folder: &'static str,
    /// The file of its packages, in [`CHECKS`].
    requirements: &'static str,
    /// The minor versions of Python 3 that all packages support.
    versions: RangeInclusive<u32>,
}

/// The readers that check every export.
pub(crate) const READERS: Environment = Environment {
    folder: "target/readers",
    requirements: "requirements.txt",
    versions: 11..=13,
};

/// doccano itself, for its own import.
pub(crate) const DOCCANO: Environment = Environment {
    folder: "target/doccano",
    requirements: "requirements-doccano.txt",
    versions: 11..=12,
};

/// Label Studio itself, for its own import and export.
pub(crate) const LABEL_STUDIO: Environment = Environment {
    folder: "target/label-studio",
    requirements: "requirements-label-studio.txt",
    versions: 11..=12,
};

/// The step of [`READERS`].
pub(crate) const STEP: Step = Step {
    name: "the readers of exports",
    time: "about 3 minutes",
    is_satisfied: |workspace| READERS.is_there(workspace),
    carry_out: |workspace| READERS.install(workspace),
    by_hand: |_| READERS.by_hand(),
};

/// The steps of the servers, which only [`crate::part::Part::Servers`] needs.
pub(crate) const SERVERS: [Step; 2] = [
    Step {
        name: "doccano",
        time: "about 2 minutes",
        is_satisfied: |workspace| DOCCANO.is_there(workspace),
        carry_out: |workspace| DOCCANO.install(workspace),
        by_hand: |_| DOCCANO.by_hand(),
    },
    Step {
        name: "Label Studio",
        time: "about 4 minutes",
        is_satisfied: |workspace| LABEL_STUDIO.is_there(workspace),
        carry_out: |workspace| LABEL_STUDIO.install(workspace),
        by_hand: |_| LABEL_STUDIO.by_hand(),
    },
];

impl Environment {
    /// Its Python, as an absolute path.
    pub(crate) fn python(&self, workspace: &Workspace) -> PathBuf {
        workspace.at(self.folder).join(match cfg!(windows) {
            true => "Scripts/python.exe",
            false => "bin/python",
        })
    }

    fn requirements(&self, workspace: &Workspace) -> PathBuf {
        workspace.at(CHECKS).join(self.requirements)
    }

    /// A copy of the installed requirements. An environment cannot be moved, so this file is
    /// written last and shows that the installation is complete.
    fn stamp(&self, workspace: &Workspace) -> PathBuf {
        workspace.at(self.folder).join("installed.txt")
    }

    fn is_there(&self, workspace: &Workspace) -> Result<bool, Failure> {
        let path = self.requirements(workspace);
        let wanted = fs::read(&path).map_err(Failure::at(&path))?;
        let installed = fs::read(self.stamp(workspace));
        // An environment does not start if its Python was removed or moved.
        Ok(installed.is_ok_and(|installed| installed == wanted)
            && workspace.version_of(self.python(workspace)).is_some())
    }

    fn install(&self, workspace: &Workspace) -> Result<(), Failure> {
        if self.make(workspace).is_err() {
            println!("There is no Python here that makes environments. Installing it.");
            apt::install(workspace, &PYTHON_PACKAGES)?;
            self.make(workspace)?;
        }
        let path = self.requirements(workspace);
        let wanted = fs::read(&path).map_err(Failure::at(&path))?;
        let mut pip = workspace.command(self.python(workspace));
        pip.args(["-m", "pip", "install", "--no-input", "--quiet"]);
        pip.args(["--disable-pip-version-check", "--requirement"]);
        process::run(pip.arg(&path))?;
        let stamp = self.stamp(workspace);
        fs::write(&stamp, wanted).map_err(Failure::at(&stamp))
    }

    /// Replaces the environment with an empty one.
    fn make(&self, workspace: &Workspace) -> Result<(), Failure> {
        let known = PYTHON_NAMES.into_iter().find(|name| {
            let answer = workspace.version_of(name);
            answer
                .as_deref()
                .and_then(minor_version)
                .is_some_and(|version| self.versions.contains(&version))
        });
        let mut venv = workspace.command(known.ok_or(Failure::NoPython)?);
        process::run(
            venv.args(["-m", "venv", "--clear"])
                .arg(workspace.at(self.folder)),
        )
    }

    fn by_hand(&self) -> String {
        format!(
            "install Python 3.{} to 3.{} with its modules venv and pip so that python3 is on PATH, \
             and let pip find the packages of {CHECKS}/{}.",
            self.versions.start(),
            self.versions.end(),
            self.requirements
        )
    }
}

/// The minor version: 11 of `Python 3.11.7`. `None` for other major versions.
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
        for environment in [READERS, DOCCANO, LABEL_STUDIO] {
            let path = environment.requirements(&Workspace::of_this_project());
            let text = fs::read_to_string(path).expect("the requirements are there");
            let lines = text.lines().filter(|line| !line.starts_with('#'));
            let packages: Vec<&str> = lines.collect();
            assert!(!packages.is_empty());
            for package in packages {
                assert_eq!(package.matches("==").count(), 1, "{package}");
            }
        }
    }
}
