//! Files on their way out: they come into being beside their place, and are moved there
//! when they are proved. What is broken off leaves nothing; what was killed is cleared away by
//! the next run in the same place.

use crate::failure::Failure;
use crate::signals;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_datasets::encoding::zip::ZipWriter;
use pullquote_datasets::error::ZipError;
use pullquote_datasets::output::FileSink;

use std::collections::BTreeSet;
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

/// Whether one file is written, or a folder of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// As the place is named: a folder ends with `/`.
    AsNamed,
    /// Always a folder or an archive, however many files there are.
    Folder,
}

/// The file in a workshop that is locked as long as its run lives. The system takes the lock
/// away from one that was killed.
const LOCK: &str = ".lock";

/// A folder beside the goal, in which files come into being. It goes with this.
pub(crate) struct Workshop {
    goal: Goal,
    layout: Layout,
    // Held for the lock on it.
    lock: Option<File>,
    made: Timestamp,
    folder: PathBuf,
    // The file that was appended to last stays open.
    open: Option<(String, BufWriter<File>)>,
    files: Vec<String>,
    // The first thing that went wrong: appending has no way to say it.
    failure: Option<Failure>,
}

impl Workshop {
    /// A workshop for what is made at this time and goes to `out`.
    ///
    /// Errors: a folder is wanted where a file is; the system refuses.
    pub(crate) fn new(out: &Path, layout: Layout, made: Timestamp) -> Result<Self, Failure> {
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
            () if layout == Layout::Folder && out.exists() => {
                return Err(Failure::Wrong {
                    place: text.into_owned(),
                    reason: "this is there and is no folder: name another place".to_owned(),
                });
            }
            () if layout == Layout::Folder => Goal::Folder(out.to_owned()),
            () => Goal::File(out.to_owned()),
        };
        let (folder, lock) = signals::making(|left| {
            let beside = match &goal {
                Goal::StandardOutput => std::env::temp_dir(),
                Goal::Folder(folder) => {
                    left.goal = (!folder.exists()).then(|| folder.clone());
                    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
                    folder.clone()
                }
                Goal::File(path) | Goal::Archive(path) => {
                    let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
                    parent.unwrap_or(Path::new(".")).to_owned()
                }
            };
            clear_away(&beside);
            // Of no interest where it comes into being, but that it cannot.
            let begun = begun(&beside).map_err(Failure::folder(&beside))?;
            left.workshop = Some(begun.0.clone());
            Ok::<_, Failure>(begun)
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

    /// The files of this ending in the folders that are written to which this run does not
    /// write, by name: they stay. Where no ending is given, it is those of what is written.
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
        let is_such = |name: &str| {
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
                if !is_ours && !is_hidden && is_such(&name) && entry.path().is_file() {
                    others.push(entry.path());
                }
            }
        }
        others.sort();
        others
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
        let moving = |path: &Path| (signals::hold(), path.display().to_string());
        match &self.goal {
            Goal::File(path) => {
                let file = one(path)?;
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
                let bytes = match self.files.as_slice() {
                    [only] if self.layout == Layout::AsNamed => {
                        fs::read(self.path(only)).map_err(Failure::file(only))?
                    }
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
                match written {
                    // A reader that has heard enough is no failure.
                    Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                        Err(Failure::file("standard output")(error))
                    }
                    _ => Ok("standard output".to_owned()),
                }
            }
        }
    }

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

impl FileSink for Workshop {
    fn append(&mut self, file: &str, bytes: &[u8]) {
        if self.failure.is_none() {
            self.failure = self.append_or_fail(file, bytes).err();
        }
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        self.open = None;
        // Some systems do not remove a file that is open.
        self.lock = None;
        signals::clear();
    }
}

/// Whether there are files in a folder or in its folders. What begins with a full stop is hidden,
/// and none; where there is no folder, there are none.
pub(crate) fn has_files(folder: &Path) -> io::Result<bool> {
    if !folder.is_dir() {
        return Ok(false);
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !is_hidden && (!entry.file_type()?.is_dir() || has_files(&entry.path())?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A new folder in `beside`, with its lock.
fn begun(beside: &Path) -> io::Result<(PathBuf, File)> {
    let process = std::process::id();
    let mut number = 0;
    loop {
        let folder = beside.join(format!(".pullquote-{process}-{number}"));
        number += 1;
        match fs::create_dir(&folder) {
            // One that a run of the same number has left, and that could not be cleared away.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            made => made?,
        }
        let lock = File::create(folder.join(LOCK));
        match lock {
            // Another run may have taken it for one that was left, in this very moment.
            Ok(lock) if lock.try_lock().is_ok() && folder.join(LOCK).exists() => {
                return Ok((folder, lock));
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                let _ = fs::remove_dir_all(&folder);
                return Err(error);
            }
            // A file system without locks: others leave it alone for a while, see `is_left`.
            Ok(lock) if folder.join(LOCK).exists() => return Ok((folder, lock)),
            _ => {}
        }
    }
}

/// Clears away the folders in `beside` that killed runs have left. What cannot be is in nobody's
/// way.
fn clear_away(beside: &Path) {
    for entry in fs::read_dir(beside).into_iter().flatten().flatten() {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && is_workshop(&entry.file_name().to_string_lossy()) && is_left(&entry.path())
        {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether a folder's name is that of a workshop: `.pullquote-4711-0`.
fn is_workshop(name: &str) -> bool {
    let numbers = name.strip_prefix(".pullquote-");
    let numbers = numbers.and_then(|numbers| numbers.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    numbers.is_some_and(|(process, number)| is_number(process) && is_number(number))
}

/// Whether nobody works in this folder any more: nobody has its lock. Without one it may be just
/// coming into being, or of an older version: it is left once it is an hour old.
fn is_left(folder: &Path) -> bool {
    let path = folder.join(LOCK);
    match File::open(&path) {
        Ok(lock) => lock.try_lock().is_ok(),
        Err(_) => {
            let changed = fs::metadata(folder).and_then(|about| about.modified());
            let age = changed.ok().and_then(|changed| changed.elapsed().ok());
            age.is_some_and(|age| age.as_secs() > 3_600)
        }
    }
}
