//! The crates of a checkout and their source files.

use crate::tokens::{Token, tokens};
use std::fs;
use std::path::Path;

/// A crate: its name in paths, its folder (empty for the root package), its manifest.
pub(crate) struct Crate {
    pub(crate) name: String,
    pub(crate) folder: String,
    pub(crate) manifest: String,
}

/// A source file: its path from the root of the checkout, its crate, its number of lines and
/// its tokens.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) crate_index: usize,
    pub(crate) lines: usize,
    pub(crate) tokens: Vec<Token>,
}

/// All crates and their files, sorted by path.
#[derive(Default)]
pub(crate) struct House {
    pub(crate) crates: Vec<Crate>,
    pub(crate) files: Vec<File>,
}

impl House {
    /// Reads the crates of a checkout: the root package, and folders with a manifest one or two
    /// levels below.
    pub(crate) fn read(root: &Path) -> Self {
        let mut house = Self::default();
        let mut folders = vec![String::new()];
        for outer in names_in(root) {
            let inner = names_in(&root.join(&outer));
            folders.extend(inner.into_iter().map(|inner| format!("{outer}/{inner}")));
            folders.push(outer);
        }
        for folder in folders {
            let path = root.join(&folder);
            let Ok(manifest) = fs::read_to_string(path.join("Cargo.toml")) else {
                continue;
            };
            let source = path.join("src");
            if !source.is_dir() {
                continue;
            }
            let index = house.add_crate(&folder, manifest);
            house.read_folder(root, &source, index);
        }
        house.files.sort_by(|a, b| a.path.cmp(&b.path));
        house
    }

    /// Adds a crate without files and returns its index.
    pub(crate) fn add_crate(&mut self, folder: &str, manifest: String) -> usize {
        let name = manifest
            .lines()
            .find_map(|line| line.strip_prefix("name = "))
            .unwrap_or_default()
            .trim_matches('"')
            .replace('-', "_");
        self.crates.push(Crate {
            name,
            folder: folder.to_owned(),
            manifest,
        });
        self.crates.len() - 1
    }

    /// Adds a file to a crate.
    pub(crate) fn add_file(&mut self, crate_index: usize, path: &str, source: &str) {
        self.files.push(File {
            path: path.to_owned(),
            crate_index,
            lines: source.lines().count(),
            tokens: tokens(path, source),
        });
    }

    fn read_folder(&mut self, root: &Path, folder: &Path, crate_index: usize) {
        for name in names_in(folder) {
            let path = folder.join(&name);
            if path.is_dir() {
                self.read_folder(root, &path, crate_index);
            } else if name.ends_with(".rs") {
                let source = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(root).unwrap().to_string_lossy();
                self.add_file(crate_index, &path.replace('\\', "/"), &source);
            }
        }
    }
}

impl Crate {
    /// The folder of the sources, with `/` at its end.
    pub(crate) fn source_folder(&self) -> String {
        match self.folder.as_str() {
            "" => "src/".to_owned(),
            folder => format!("{folder}/src/"),
        }
    }
}

/// The names in a folder, sorted, without build output and hidden files; none for a file.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name != "target" && !name.starts_with('.'))
        .collect();
    names.sort();
    names
}
