//! Output files are created in a hidden folder beside their destination, and moved there after
//! they are verified. A failed run leaves nothing; the next run in the same place removes what a
//! killed one left.

use crate::failure::Failure;
use crate::signals;
use crate::staging_folder::{create, remove_abandoned};
use crate::usage_error::UsageError;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_datasets::encoding::zip::ZipWriter;
use pullquote_datasets::error::ZipError;
use pullquote_datasets::output::FileSink;

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::{Component, Path, PathBuf};

/// Where the finished files go.
enum Goal {
    File(PathBuf),
    Folder(PathBuf),
    Archive(PathBuf),
    StandardOutput,
}

impl Goal {
    /// Decides from its name and from what is there whether `out` is a file, a folder or an
    /// archive. Fails if a folder is needed and a file is there.
    fn new(out: &Path, layout: Layout) -> Result<Self, Failure> {
        // A link to a file is followed, so that the link stays and its target is written.
        let linked = out
            .canonicalize()
            .ok()
            .filter(|_| out.is_symlink() && out.is_file());
        let out = linked.as_deref().unwrap_or(out);
        let text = out.to_string_lossy();
        let is_folder = text.ends_with(['/', std::path::MAIN_SEPARATOR]) || out.is_dir();
        match () {
            () if text == "-" => Ok(Self::StandardOutput),
            () if is_folder => Ok(Self::Folder(out.to_owned())),
            () if text.to_lowercase().ends_with(".zip") => Ok(Self::Archive(out.to_owned())),
            () if layout == Layout::Folder && out.exists() => Err(Failure::Wrong {
                place: text.into_owned(),
                reason: "this is there and is no folder: name another place".to_owned(),
            }),
            () if layout == Layout::Folder => Ok(Self::Folder(out.to_owned())),
            () => Ok(Self::File(out.to_owned())),
        }
    }
}

/// Whether one file is written, or a folder of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// As the name of the destination says: a folder ends with `/`.
    AsNamed,
    /// Always a folder or an archive, however many files there are.
    Folder,
}

/// A hidden folder beside the destination, in which files are created. Dropping this removes it.
pub(crate) struct Staging {
    goal: Goal,
    layout: Layout,
    // Open as long as its lock is needed.
    lock: Option<File>,
    made: Timestamp,
    folder: PathBuf,
    // The file that was appended to last stays open.
    open: Option<(String, BufWriter<File>)>,
    files: Vec<String>,
    // The first failure: `append` cannot return one.
    failure: Option<Failure>,
}

impl Staging {
    /// Creates the folder for files that go to `out`; `made` is the time of archive entries.
    ///
    /// Fails if a folder is needed where a file is, or if the system refuses.
    pub(crate) fn new(out: &Path, layout: Layout, made: Timestamp) -> Result<Self, Failure> {
        let goal = Goal::new(out, layout)?;
        let (folder, lock) = signals::making(|left| {
            let beside = match &goal {
                Goal::StandardOutput => std::env::temp_dir(),
                Goal::Folder(folder) => {
                    left.goal = (!folder.exists()).then(|| folder.clone());
                    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
                    folder.clone()
                }
                Goal::File(path) | Goal::Archive(path) => {
                    let parent = path
                        .parent()
                        .filter(|parent| !parent.as_os_str().is_empty());
                    parent.unwrap_or(Path::new(".")).to_owned()
                }
            };
            remove_abandoned(&beside);
            // The error names the destination: the hidden folder means nothing to the user.
            let created = create(&beside).map_err(Failure::folder(&beside))?;
            left.staging = Some(created.0.clone());
            Ok::<_, Failure>(created)
        })?;
        Ok(Self {
            goal,
            layout,
            lock: Some(lock),
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

    /// Closes the last file. Returns the first failure of any `append`.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => self.close(),
        }
    }

    /// The bytes of a written file, if it can be read.
    pub(crate) fn bytes(&self, file: &str) -> Option<Vec<u8>> {
        fs::read(self.path(file)).ok()
    }

    /// Files that stay in the destination folders and that this run does not write, sorted: those
    /// with this ending, or without one those with the endings of the written files.
    pub(crate) fn others(&self, ending: Option<&str>) -> Vec<PathBuf> {
        let Goal::Folder(goal) = &self.goal else {
            return Vec::new();
        };
        let written = self.files.iter().map(Path::new);
        let folders: BTreeSet<&Path> = written.clone().filter_map(Path::parent).collect();
        let endings: BTreeSet<&str> = match ending {
            Some(ending) => BTreeSet::from([ending]),
            None => {
                let endings = written.filter_map(|file| file.extension()?.to_str());
                endings.collect()
            }
        };
        let has_ending = |name: &str| {
            let mut stems = endings.iter().map(|ending| name.strip_suffix(ending));
            stems.any(|stem| stem.is_some_and(|stem| stem.ends_with('.')))
        };
        let mut others = Vec::new();
        for folder in folders {
            for entry in fs::read_dir(goal.join(folder))
                .into_iter()
                .flatten()
                .flatten()
            {
                let name = entry.file_name().to_string_lossy().into_owned();
                let is_ours = self
                    .files
                    .iter()
                    .any(|file| Path::new(file) == folder.join(&name));
                let is_hidden = name.starts_with('.');
                if !is_ours && !is_hidden && has_ending(&name) && entry.path().is_file() {
                    others.push(entry.path());
                }
            }
        }
        others.sort();
        others
    }

    /// Moves everything to its destination, and returns that place in words.
    ///
    /// Fails before it moves anything if a destination is one of the inputs, or is not a file.
    pub(crate) fn deliver(self, inputs: &[PathBuf]) -> Result<String, Failure> {
        self.refuse_to_overwrite(inputs)?;
        let moving = |path: &Path| (signals::hold(), path.display().to_string());
        match &self.goal {
            Goal::File(path) => {
                let file = self.only_file(path)?;
                let (_whole, place) = moving(path);
                fs::rename(self.path(&file), path).map_err(Failure::file(path))?;
                Ok(place)
            }
            Goal::Folder(folder) => {
                let (_whole, place) = moving(folder);
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
                Ok(format!("{files} in {place}"))
            }
            Goal::Archive(path) => {
                let packed = self.folder.join(".archive");
                fs::write(&packed, self.packed()?).map_err(Failure::file(&packed))?;
                let (_whole, place) = moving(path);
                fs::rename(&packed, path).map_err(Failure::file(path))?;
                Ok(place)
            }
            Goal::StandardOutput => {
                self.print()?;
                Ok("standard output".to_owned())
            }
        }
    }

    /// Fails if a target is one of the inputs, or exists and is not a file.
    fn refuse_to_overwrite(&self, inputs: &[PathBuf]) -> Result<(), Failure> {
        let targets: Vec<PathBuf> = match &self.goal {
            Goal::File(path) | Goal::Archive(path) => vec![path.clone()],
            Goal::Folder(folder) => self.files.iter().map(|file| folder.join(file)).collect(),
            Goal::StandardOutput => Vec::new(),
        };
        let inputs: Vec<PathBuf> = inputs
            .iter()
            .filter_map(|input| input.canonicalize().ok())
            .collect();
        for target in targets.iter().filter(|target| target.exists()) {
            let is_input = target
                .canonicalize()
                .is_ok_and(|target| inputs.contains(&target));
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
        Ok(())
    }

    /// The name of the only file. Fails if there are several, which need a folder or an archive.
    fn only_file(&self, goal: &Path) -> Result<String, Failure> {
        match self.files.as_slice() {
            [only] => Ok(only.clone()),
            files => Err(Failure::Usage(UsageError::SeveralFiles {
                count: files.len(),
                first: files.first().cloned().unwrap_or_default(),
                out: goal.display().to_string(),
            })),
        }
    }

    /// Writes the only file, or an archive of all, to standard output.
    fn print(&self) -> Result<(), Failure> {
        let bytes = match self.files.as_slice() {
            [only] if self.layout == Layout::AsNamed => {
                fs::read(self.path(only)).map_err(Failure::file(only))?
            }
            _ => self.packed()?,
        };
        if io::stdout().is_terminal() && str::from_utf8(&bytes).is_err() {
            return Err(Failure::Usage(UsageError::BinaryOnTerminal));
        }
        let mut out = io::stdout().lock();
        let written = out.write_all(&bytes).and_then(|()| out.flush());
        match written {
            // A closed pipe is not a failure: its reader wanted no more.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::file("standard output")(error))
            }
            _ => Ok(()),
        }
    }

    /// An archive of all files.
    fn packed(&self) -> Result<Vec<u8>, Failure> {
        let wrong = |error: ZipError| Failure::Wrong {
            place: "the archive".to_owned(),
            reason: error.to_string(),
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

impl FileSink for Staging {
    fn append(&mut self, file: &str, bytes: &[u8]) {
        if self.failure.is_none() {
            self.failure = self.append_or_fail(file, bytes).err();
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        self.open = None;
        // Some systems do not remove a file that is open.
        self.lock = None;
        signals::clear();
    }
}
