//! Files on their way out: they come into being beside their place, and are moved there
//! when they are proved. What is broken off leaves nothing.

use crate::failure::Failure;
use pullquote_core::formats::dataset::{Out, ZipWriter};
use pullquote_core::model::Moment;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::{Component, Path, PathBuf};

/// Prints a text; a reader that has heard enough is no failure.
pub(crate) fn say(text: &str) -> Result<(), Failure> {
    match writeln!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::file("standard output")(error))
        }
        _ => Ok(()),
    }
}

/// Where the files go in the end.
enum Goal {
    File(PathBuf),
    Folder(PathBuf),
    Archive(PathBuf),
    StandardOutput,
}

/// A folder beside the goal, in which files come into being. It goes with this.
pub(crate) struct Workshop {
    goal: Goal,
    made: Moment,
    folder: PathBuf,
    // The file that was appended to last stays open.
    open: Option<(String, BufWriter<File>)>,
    files: Vec<String>,
    // The first thing that went wrong: appending has no way to say it.
    failure: Option<Failure>,
}

impl Workshop {
    /// A workshop for what is made at this time and goes to `out`.
    pub(crate) fn new(out: &Path, made: Moment) -> Result<Self, Failure> {
        // What a link leads to is written, not the link.
        let linked = out
            .canonicalize()
            .ok()
            .filter(|_| out.is_symlink() && out.is_file());
        let out = linked.as_deref().unwrap_or(out);
        let text = out.to_string_lossy();
        let goal = match () {
            () if text == "-" => Goal::StandardOutput,
            () if text.ends_with(['/', std::path::MAIN_SEPARATOR]) || out.is_dir() => {
                Goal::Folder(out.to_owned())
            }
            () if text.to_lowercase().ends_with(".zip") => Goal::Archive(out.to_owned()),
            () => Goal::File(out.to_owned()),
        };
        let beside = match &goal {
            Goal::StandardOutput => std::env::temp_dir(),
            Goal::Folder(folder) => {
                fs::create_dir_all(folder).map_err(Failure::file(folder))?;
                folder.clone()
            }
            Goal::File(path) | Goal::Archive(path) => {
                let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
                parent.unwrap_or(Path::new(".")).to_owned()
            }
        };
        let named = |number| {
            let process = std::process::id();
            beside.join(format!(".pullquote-{process}-{number}"))
        };
        // One that a killed run has left is in nobody's way.
        let free = (0..).map(named).find(|folder| !folder.exists());
        let folder = free.unwrap_or_else(|| named(0));
        // Of no interest where it comes into being, but that it cannot.
        fs::create_dir(&folder).map_err(Failure::file(&beside))?;
        Ok(Self {
            goal,
            made,
            folder,
            open: None,
            files: Vec::new(),
            failure: None,
        })
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    fn append_or_fail(&mut self, file: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.path(file);
        if self.open.as_ref().is_none_or(|(name, _)| name != file) {
            self.close()?;
            let is_safe = Path::new(file)
                .components()
                .all(|part| matches!(part, Component::Normal(_)));
            if !is_safe {
                return Err(Failure::Wrong {
                    place: file.to_owned(),
                    reason: "this is no name for a file".to_owned(),
                });
            }
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(Failure::file(parent))?;
            }
            let opened = OpenOptions::new().create(true).append(true).open(&path);
            let opened = opened.map_err(Failure::file(&path))?;
            self.open = Some((file.to_owned(), BufWriter::new(opened)));
            if !self.files.iter().any(|known| known == file) {
                self.files.push(file.to_owned());
            }
        }
        match &mut self.open {
            Some((_, writer)) => writer.write_all(bytes).map_err(Failure::file(&path)),
            None => Ok(()),
        }
    }

    fn close(&mut self) -> Result<(), Failure> {
        match self.open.take() {
            Some((name, mut writer)) => writer.flush().map_err(Failure::file(self.path(&name))),
            None => Ok(()),
        }
    }

    /// All is written: what went wrong on the way is said now.
    pub(crate) fn settle(&mut self) -> Result<(), Failure> {
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => self.close(),
        }
    }

    /// The bytes of a file that was written.
    pub(crate) fn bytes(&self, file: &str) -> Option<Vec<u8>> {
        fs::read(self.path(file)).ok()
    }

    /// Moves all to its place. Gives where it is, in words.
    ///
    /// Errors, before anything is moved: something there is one of the inputs, or is no file.
    pub(crate) fn deliver(self, inputs: &[PathBuf]) -> Result<String, Failure> {
        let targets: Vec<PathBuf> = match &self.goal {
            Goal::File(path) | Goal::Archive(path) => vec![path.clone()],
            Goal::Folder(folder) => self.files.iter().map(|file| folder.join(file)).collect(),
            Goal::StandardOutput => Vec::new(),
        };
        let inputs: Vec<PathBuf> = inputs
            .iter()
            .filter_map(|it| it.canonicalize().ok())
            .collect();
        for target in targets.iter().filter(|target| target.exists()) {
            let is_input = target.canonicalize().is_ok_and(|it| inputs.contains(&it));
            let reason = match () {
                () if is_input => "this is read, and is not written over: name another place",
                () if !target.is_file() => "this is there and is no file: name another place",
                () => continue,
            };
            return Err(Failure::Wrong {
                place: target.display().to_string(),
                reason: reason.to_owned(),
            });
        }
        let one = |goal: &Path| match self.files.as_slice() {
            [only] => Ok(only.clone()),
            files => Err(Failure::Usage(format!(
                "{} files are written ({}, …): --out must be a folder (it ends with /) or an \
                 archive (.zip), not {}",
                files.len(),
                files.first().map_or("", String::as_str),
                goal.display()
            ))),
        };
        match &self.goal {
            Goal::File(path) => {
                let file = one(path)?;
                fs::rename(self.path(&file), path).map_err(Failure::file(path))?;
                Ok(path.display().to_string())
            }
            Goal::Folder(folder) => {
                for file in &self.files {
                    let path = folder.join(file);
                    if let Some(parent) = path.parent() {
                        fs::create_dir_all(parent).map_err(Failure::file(parent))?;
                    }
                    fs::rename(self.path(file), &path).map_err(Failure::file(&path))?;
                }
                let files = match self.files.len() {
                    1 => "1 file".to_owned(),
                    number => format!("{number} files"),
                };
                Ok(format!("{files} in {}", folder.display()))
            }
            Goal::Archive(path) => {
                let packed = self.folder.join(".archive");
                fs::write(&packed, self.packed()?).map_err(Failure::file(&packed))?;
                fs::rename(&packed, path).map_err(Failure::file(path))?;
                Ok(path.display().to_string())
            }
            Goal::StandardOutput => {
                let bytes = match self.files.as_slice() {
                    [only] => fs::read(self.path(only)).map_err(Failure::file(only))?,
                    _ => self.packed()?,
                };
                if io::stdout().is_terminal() && str::from_utf8(&bytes).is_err() {
                    return Err(Failure::Usage(
                        "this is no text, and standard output is a terminal: name a file with --out"
                            .to_owned(),
                    ));
                }
                let mut out = io::stdout().lock();
                let written = out.write_all(&bytes).and_then(|()| out.flush());
                written.map_err(Failure::file("standard output"))?;
                Ok("standard output".to_owned())
            }
        }
    }

    fn packed(&self) -> Result<Vec<u8>, Failure> {
        let wrong = |reason| Failure::Wrong {
            place: "the archive".to_owned(),
            reason,
        };
        let mut zip = ZipWriter::new(self.made);
        for file in &self.files {
            let path = self.path(file);
            let bytes = fs::read(&path).map_err(Failure::file(&path))?;
            zip.put(file, &bytes).map_err(wrong)?;
        }
        zip.finish().map_err(wrong)
    }
}

impl Out for Workshop {
    fn append(&mut self, file: &str, bytes: &[u8]) {
        if self.failure.is_none() {
            self.failure = self.append_or_fail(file, bytes).err();
        }
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        self.open = None;
        // What cannot be cleared away is in nobody's way.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
