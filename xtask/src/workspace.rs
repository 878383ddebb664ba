//! The checkout: the paths of its files, and commands that run in it.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{failure::Failure, lock_file::locked_version, process};

/// The checkout that this program belongs to.
pub(crate) struct Workspace {
    root: PathBuf,
    // Invariant: the project's own tools come first, then the user's PATH.
    path: OsString,
}

impl Workspace {
    /// The checkout whose `cargo xtask` runs this.
    pub(crate) fn of_this_project() -> Workspace {
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.parent().unwrap_or(&package).to_owned();
        let mut folders = vec![root.join("target/tools/bin")];
        folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        let path = env::join_paths(folders)
            .expect("a folder of PATH contains no separator, and neither does a checkout's");
        Workspace { root, path }
    }

    /// A file or folder of the checkout.
    pub(crate) fn at(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// The folder of the release build.
    pub(crate) fn dist(&self) -> PathBuf {
        self.at("dist")
    }

    /// The folder in which the project's own tools are built and installed.
    pub(crate) fn tools(&self) -> PathBuf {
        self.at("target/tools")
    }

    /// A command in the root of the checkout, with the project's tools first on its `PATH`.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", &self.path);
        command
    }

    /// Cargo as a [`Workspace::command`].
    pub(crate) fn cargo(&self) -> Command {
        self.command("cargo")
    }

    /// The path of the program on the `PATH`, if it is there.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        let file = format!("{program}{}", env::consts::EXE_SUFFIX);
        env::split_paths(&self.path)
            .map(|folder| folder.join(&file))
            .find(|candidate| candidate.is_file())
    }

    /// The answer of the program to `--version`. `None` if it is missing or broken.
    pub(crate) fn version_of(&self, program: impl AsRef<OsStr>) -> Option<String> {
        // Trunk reads NO_COLOR as a bool and stops at the usual value "1".
        let mut command = self.command(program);
        process::read(command.arg("--version").env_remove("NO_COLOR")).ok()
    }

    /// The version of the package in `Cargo.lock`.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String, Failure> {
        let path = self.at("Cargo.lock");
        let text = fs::read_to_string(&path).map_err(Failure::at(&path))?;
        match locked_version(&text, package) {
            Some(version) => Ok(version.to_owned()),
            None => Err(Failure::NotLocked {
                package: package.to_owned(),
            }),
        }
    }
}
