//! Builds the standard library for WebAssembly from the distribution's source package, for
//! machines that reach only package registries.
//!
//! Nothing is installed and the system's list of sources stays as it is. The package is found
//! with a separate list, unpacked in `target/tools`, and its sources are copied to where a
//! compiler from rustup looks for them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{apt, apt_sources, wasm_libraries};
use crate::{failure::Failure, pins, process, workspace::Workspace};

/// The key file for sources that name none, as the package `debian-archive-keyring` installs it.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// The empty package whose build brings the standard library with it.
const CARRIER: &str = "standard_library_carrier";

/// Fetches the sources, builds the libraries and puts them beside the compiler's own.
pub(super) fn build_standard_library(workspace: &Workspace) -> Result<(), Failure> {
    check_compiler(workspace)?;
    let folder = workspace.tools().join("standard-library");
    fs::create_dir_all(&folder).map_err(Failure::at(&folder))?;
    place_sources(workspace, &folder)?;
    let built = build(workspace, &folder)?;
    place_libraries(workspace, &built)
}

fn check_compiler(workspace: &Workspace) -> Result<(), Failure> {
    let answer = process::read(workspace.command("rustc").arg("--version"))?;
    let compiler = answer.split_whitespace().nth(1).unwrap_or(&answer);
    let sources = pins::rust_sources_version();
    if compiler == sources {
        return Ok(());
    }
    Err(Failure::OtherCompiler {
        compiler: compiler.to_owned(),
        sources: sources.to_owned(),
    })
}

/// Copies the sources to where the compiler looks for them, unless rustup has done so.
fn place_sources(workspace: &Workspace, folder: &Path) -> Result<(), Failure> {
    let mut rustc = workspace.command("rustc");
    let sysroot = PathBuf::from(process::read(rustc.args(["--print", "sysroot"]))?);
    if sysroot.join("lib/rustlib/manifest-rust-src").exists() {
        return Ok(());
    }
    let unpacked = fetch(workspace, folder)?;
    let place = sysroot.join("lib/rustlib/src/rust");
    fs::create_dir_all(&place).map_err(Failure::at(&place))?;
    let partial = place.join("library.partial");
    remove(&partial)?;
    process::run(
        workspace
            .command("cp")
            .arg("-R")
            .args([&unpacked, &partial]),
    )?;
    let library = place.join("library");
    remove(&library)?;
    fs::rename(&partial, &library).map_err(Failure::at(&library))
}

/// Downloads and unpacks the package, and returns the folder of its `library`.
fn fetch(workspace: &Workspace, folder: &Path) -> Result<PathBuf, Failure> {
    let mirror = apt_sources::mirror()?;
    let keyring = mirror.keyring.unwrap_or_else(|| PathBuf::from(KEYRING));
    let list = folder.join("package.list");
    let suite = pins::RUST_SOURCES_SUITE;
    let (keyring, address) = (keyring.display(), mirror.address);
    let source = format!("deb [signed-by={keyring}] {address} {suite} main\n");
    fs::write(&list, source).map_err(Failure::at(&list))?;
    for partial in ["lists/partial", "cache/archives/partial", "package"] {
        let partial = folder.join(partial);
        fs::create_dir_all(&partial).map_err(Failure::at(&partial))?;
    }

    let apt_get = || apt_get(workspace, folder);
    apt::update(apt_get)?;
    let package = folder.join("package");
    let name = format!("rust-src={}", pins::RUST_SOURCES);
    process::run(apt_get().args(["download", &name]).current_dir(&package))?;

    let unpacked = folder.join("unpacked");
    remove(&unpacked)?;
    let archive = files_in(&package)?
        .into_iter()
        .find(|file| file.extension().is_some_and(|extension| extension == "deb"))
        .ok_or(Failure::StillMissing)?;
    process::run(
        workspace
            .command("dpkg")
            .arg("-x")
            .args([&archive, &unpacked]),
    )?;
    let version = pins::rust_sources_version();
    Ok(unpacked.join(format!("usr/src/rustc-{version}/library")))
}

/// An apt-get that uses one source and keeps its lists in this folder.
fn apt_get(workspace: &Workspace, folder: &Path) -> Command {
    let mut command = workspace.command("apt-get");
    let list = folder.join("package.list");
    let options = [
        format!("Dir::Etc::sourcelist={}", list.display()),
        "Dir::Etc::sourceparts=/dev/null".to_owned(),
        // apt's own user may not be allowed to read the checkout.
        "APT::Sandbox::User=root".to_owned(),
        format!("Dir::State::Lists={}", folder.join("lists").display()),
        format!("Dir::Cache={}", folder.join("cache").display()),
    ];
    for option in options {
        command.arg("-o").arg(option);
    }
    command
}

/// Builds the libraries and returns the folder where they are.
fn build(workspace: &Workspace, folder: &Path) -> Result<PathBuf, Failure> {
    let carrier = folder.join("carrier");
    let source = carrier.join("src");
    fs::create_dir_all(&source).map_err(Failure::at(&source))?;
    let manifest = carrier.join("Cargo.toml");
    let text = format!("[package]\nname = \"{CARRIER}\"\nedition = \"2024\"\n\n[workspace]\n");
    fs::write(&manifest, text).map_err(Failure::at(&manifest))?;
    let library = source.join("lib.rs");
    fs::write(&library, "").map_err(Failure::at(&library))?;

    // Libraries of an earlier compiler would be copied along with the new ones.
    let target = folder.join("build");
    remove(&target)?;
    let mut cargo = workspace.cargo();
    cargo
        .args(["build", "--release", "--target", wasm_libraries::TARGET])
        .args([
            "-Z",
            "build-std=std,panic_abort,panic_unwind,test,proc_macro",
        ])
        .arg("--target-dir")
        .arg(&target)
        .current_dir(&carrier)
        // Only nightly compilers accept -Z; the library is for this compiler alone.
        .env("RUSTC_BOOTSTRAP", "1")
        // A build with LTO needs the bitcode of everything that it links.
        .env("RUSTFLAGS", "-C embed-bitcode=yes");
    process::run(&mut cargo)?;
    Ok(target.join(wasm_libraries::TARGET).join("release/deps"))
}

/// Replaces the compiler's libraries for the target with those in the folder.
fn place_libraries(workspace: &Workspace, built: &Path) -> Result<(), Failure> {
    let place = wasm_libraries::libraries(workspace)?;
    let partial = place.with_extension("partial");
    remove(&partial)?;
    fs::create_dir_all(&partial).map_err(Failure::at(&partial))?;
    for file in files_in(built)? {
        let name = file.file_name().unwrap_or_default();
        if is_of_the_standard_library(&name.to_string_lossy()) {
            let copy = partial.join(name);
            fs::copy(&file, &copy).map_err(Failure::at(&copy))?;
        }
    }
    remove(&place)?;
    fs::rename(&partial, &place).map_err(Failure::at(&place))
}

fn is_of_the_standard_library(file: &str) -> bool {
    file.ends_with(".rlib") && !file.starts_with(&format!("lib{CARRIER}-"))
}

/// The entries of the folder, sorted by name.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(Failure::at(folder))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    Ok(files)
}

/// Removes the folder if it exists.
fn remove(folder: &Path) -> Result<(), Failure> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).map_err(Failure::at(folder))
}

#[cfg(test)]
mod tests {
    use super::is_of_the_standard_library;

    #[test]
    fn only_the_standard_librarys_own_libraries_are_taken() {
        assert!(is_of_the_standard_library("libstd-0123456789abcdef.rlib"));
        assert!(!is_of_the_standard_library("libstd-0123456789abcdef.rmeta"));
        assert!(!is_of_the_standard_library(
            "libstandard_library_carrier-0123.rlib"
        ));
    }
}
