//! `pullquote convert`: writes a dataset.

use crate::command::Convert;
use crate::failure::Failure;
use crate::report::{report, warn_of_no_spans};
use crate::staging::{Layout, Staging};
use crate::{input, stderr};
use pullquote_datasets::catalogue::{FileLayout, Format};
use pullquote_datasets::codecs::{reader, writer};
use pullquote_datasets::loss_counts::LossCounts;
use pullquote_datasets::verify::verify;
use pullquote_formats::file_name::file_stem;

use std::path::{Path, PathBuf};

/// Writes all documents of the inputs as one dataset.
pub(crate) fn convert(task: &Convert) -> Result<(), Failure> {
    let files = input::files(&task.inputs)?;
    let mut staging = Staging::new(&task.out, Layout::AsNamed, task.options.made)?;
    let mut options = task.options.clone();
    if options.name.is_empty() {
        options.name = name_of(&files, &task.out);
    }
    let mut writer = writer(task.format, &options);
    let mut losses = LossCounts::none(&options);
    let mut written = Vec::new();
    input::each(&files, &mut None, &task.only, |document| {
        losses.add(task.format, &document, &options);
        written.extend(writer.add(&document, &mut staging));
        Ok(())
    })?;
    writer.finish(&mut staging);
    staging.finish()?;
    let proof = verify(task.format, reader(task.format), &written, &mut |file| {
        staging.bytes(file)
    })?;
    let others = match (task.format.layout, task.format.extension) {
        // The only file is named in the report.
        (FileLayout::One, _) => Vec::new(),
        (_, "zip") => staging.others(None),
        (_, ending) => staging.others(Some(ending)),
    };
    let place = staging.deliver(&files)?;
    report(task.format, &losses, proof, &place);
    report_others(task.format, &others);
    warn_of_no_spans(&task.only, proof);
    Ok(())
}

/// Reports files of the same format that were in the folder before and do not belong to this
/// dataset.
fn report_others(format: &Format, others: &[PathBuf]) {
    let Some(first) = others.first() else {
        return;
    };
    let id = format.id;
    stderr::note(match others.len() {
        1 => format!(
            "note: 1 other {id} file was there, and stays: {}",
            first.display()
        ),
        number => format!(
            "note: {number} other {id} files were there, and stay: {}, …",
            first.display()
        ),
    });
}

/// The name for files of the whole dataset: that of the output file, else that of the only input
/// file, else `dataset`.
fn name_of(files: &[PathBuf], out: &Path) -> String {
    let is_file = out.as_os_str() != "-" && !out.to_string_lossy().ends_with('/') && !out.is_dir();
    let path = match files {
        _ if is_file => Some(out),
        [only] if only.as_os_str() != "-" => Some(only.as_path()),
        _ => None,
    };
    let stem = path
        .and_then(|path| path.file_name())
        .map(|name| name.to_string_lossy().into_owned());
    let stem = stem.unwrap_or_else(|| "dataset".to_owned());
    let stem = stem.split('.').next().unwrap_or_default();
    file_stem(stem)
}
