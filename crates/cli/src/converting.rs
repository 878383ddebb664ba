//! Datasets written.

use crate::arguments::Convert;
use crate::failure::Failure;
use crate::output::{Layout, Workshop};
use crate::{input, told};
use pullquote_core::analysis::query::Query;
use pullquote_datasets::catalogue::{FileLayout, Format};
use pullquote_datasets::codecs::{reader, writer};
use pullquote_datasets::loss_counts::LossCounts;
use pullquote_datasets::options::Options;
use pullquote_datasets::verify::{Verification, verify};
use pullquote_formats::file_name::file_stem;

use std::path::{Path, PathBuf};

/// Writes all documents of the inputs as one dataset.
pub(crate) fn convert(task: &Convert) -> Result<(), Failure> {
    let files = input::files(&task.inputs)?;
    let mut workshop = Workshop::new(&task.out, Layout::AsNamed, task.options.made)?;
    let mut options = task.options.clone();
    if options.name.is_empty() {
        options.name = name_of(&files, &task.out);
    }
    let mut writer = writer(task.format, &options);
    let mut losses = LossCounts::none(&options);
    let mut written = Vec::new();
    input::each(&files, &mut None, &task.only, |document| {
        losses.add(task.format, &document, &options);
        written.extend(writer.add(&document, &mut workshop));
        // A full disk is said at once, not when all is read.
        Ok(())
    })?;
    writer.finish(&mut workshop);
    workshop.settle()?;
    let proof = verify(task.format, reader(task.format), &written, &mut |file| {
        workshop.bytes(file)
    })?;
    let others = match (task.format.layout, task.format.extension) {
        // One file is written, and stands for itself.
        (FileLayout::One, _) => Vec::new(),
        (_, "zip") => workshop.others(None),
        (_, ending) => workshop.others(Some(ending)),
    };
    let place = workshop.deliver(&files)?;
    report(task.format, &losses, proof, &place);
    say_others(task.format, &others);
    warn_of_nothing(&task.only, proof);
    Ok(())
}

/// Says which files of the format stood in the folder before, and are none of this dataset.
fn say_others(format: &Format, others: &[PathBuf]) {
    let Some(first) = others.first() else {
        return;
    };
    let id = format.id;
    told::note(match others.len() {
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

/// What files of the whole dataset are called: as the file that is asked for, or as the only
/// document.
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

/// Says that a question left no mark.
pub(crate) fn warn_of_nothing(only: &Query, proof: Verification) {
    if !only.is_empty() && proof.spans == 0 {
        told::note(
            "warning: no span is in it; what --where asks is true of no mark, or the format has none",
        );
    }
}

pub(crate) fn report(format: &Format, losses: &LossCounts, proof: Verification, place: &str) {
    say_losses(format, losses);
    told::note(format_args!("{}: {place}", verdict(proof)));
}

/// Says what a format does not hold.
pub(crate) fn say_losses(format: &Format, losses: &LossCounts) {
    let phrases = losses.phrases();
    if phrases.is_empty() {
        return;
    }
    let holder = losses.holder(format);
    let holder = holder.map_or(String::new(), |it| format!(" ({} holds all)", it.id));
    told::note(format_args!(
        "{} does not hold: {}{holder}",
        format.id,
        phrases.join("; ")
    ));
}

/// "214 of 214 spans verified, 3 articles".
pub(crate) fn verdict(proof: Verification) -> String {
    let articles = match proof.documents {
        1 => "1 article".to_owned(),
        number => format!("{number} articles"),
    };
    match proof.spans {
        0 => format!("no spans, {articles}"),
        spans => format!("{} of {spans} spans verified, {articles}", proof.verified),
    }
}

/// The options for one part of a dataset.
pub(crate) fn of_part(options: &Options, part: &str) -> Options {
    Options {
        name: part.to_owned(),
        ..options.clone()
    }
}
