//! What `split` and `package` share: the parts train, dev and test.

use crate::failure::Failure;
use crate::input;
use pullquote_core::analysis::query::Query;
use pullquote_core::analysis::split::Share;
use pullquote_datasets::package::plan::share_of;

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Reads all documents once, for what a division must know before the first one is written.
pub(crate) fn shares(
    files: &[PathBuf],
    stdin: &mut Option<Vec<u8>>,
    only: &Query,
) -> Result<Vec<Share>, Failure> {
    let mut shares = Vec::new();
    input::each(files, stdin, only, |document| {
        shares.push(share_of(&document));
        Ok(())
    })?;
    Ok(shares)
}

/// Fails if one of these folders has files: an article that an earlier division put there could
/// end up in two parts.
pub(crate) fn refuse_to_mix(
    out: &Path,
    folders: impl Iterator<Item = PathBuf>,
) -> Result<(), Failure> {
    if out.as_os_str() == "-" {
        return Ok(());
    }
    for folder in folders {
        if has_files(&folder).map_err(Failure::file(&folder))? {
            return Err(Failure::Mixed(folder));
        }
    }
    Ok(())
}

/// "articles: train 8, dev 1, test 1", with a warning if a part is empty.
pub(crate) fn sizes_line(sizes: &[(&str, usize)]) -> String {
    let each: Vec<String> = sizes
        .iter()
        .map(|(part, count)| format!("{part} {count}"))
        .collect();
    let empty = sizes.iter().any(|(_, count)| *count == 0);
    let warning = if empty {
        " (warning: a part has none)"
    } else {
        ""
    };
    format!("articles: {}{warning}", each.join(", "))
}

/// Whether a folder or a folder inside it has files. Names that begin with a full stop do not
/// count; a missing folder has none.
fn has_files(folder: &Path) -> io::Result<bool> {
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
