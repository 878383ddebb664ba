//! `pullquote split`: divides articles into train, dev and test.

use crate::command::Split;
use crate::failure::Failure;
use crate::parts::{refuse_to_mix, shares, sizes_line};
use crate::report::{of_part, report, warn_of_no_spans};
use crate::staging::{Layout, Staging};
use crate::{input, stderr, stdout};
use pullquote_core::analysis::split::{Share, split as divide};
use pullquote_core::text::shortened::one_line;
use pullquote_datasets::catalogue::Format;
use pullquote_datasets::codecs::{reader, writer};
use pullquote_datasets::loss_counts::LossCounts;
use pullquote_datasets::output::FileSink;
use pullquote_datasets::package::plan::{PARTS, labels_of};
use pullquote_datasets::verify::{Verification, verify};

use std::path::{Path, PathBuf};

/// Files within a folder of the staging.
struct Folder<'a>(&'a str, &'a mut Staging);

impl FileSink for Folder<'_> {
    fn append(&mut self, file: &str, bytes: &[u8]) {
        self.1.append(&format!("{}/{file}", self.0), bytes);
    }
}

/// Prints which article goes into which part, or writes each part as a dataset.
///
/// Fails before it writes anything if the folder of a part already has files.
pub(crate) fn split(task: &Split) -> Result<(), Failure> {
    if let Some((_, out)) = &task.to {
        refuse_to_mix(out, PARTS.iter().map(|part| out.join(part)))?;
    }
    let files = input::files(&task.inputs)?;
    let mut stdin = None;
    let shares = shares(&files, &mut stdin, &task.only)?;
    match &task.to {
        Some((format, out)) => write_parts(task, format, out, &files, stdin, &shares),
        None => print_parts(task, &files, stdin, &shares),
    }
}

/// The part of each article, in the order of the articles, as an index into [`PARTS`].
fn parts_of(task: &Split, shares: &[Share]) -> impl Iterator<Item = usize> {
    divide(shares, &task.ratios, task.seed).into_iter()
}

fn print_parts(
    task: &Split,
    files: &[PathBuf],
    mut stdin: Option<Vec<u8>>,
    shares: &[Share],
) -> Result<(), Failure> {
    let mut parts = parts_of(task, shares);
    let mut lines = vec!["doc_id\tpart\ttitle".to_owned()];
    input::each(files, &mut stdin, &task.only, |document| {
        let part = PARTS[parts.next().unwrap_or_default()];
        let article = document.article();
        lines.push(format!(
            "{}\t{part}\t{}",
            article.id,
            one_line(&article.title)
        ));
        Ok(())
    })?;
    stdout::print(&lines.join("\n"))
}

fn write_parts(
    task: &Split,
    format: &'static Format,
    out: &Path,
    files: &[PathBuf],
    mut stdin: Option<Vec<u8>>,
    shares: &[Share],
) -> Result<(), Failure> {
    let mut parts = parts_of(task, shares);
    let mut options = task.options.clone();
    options.labels = labels_of(shares);
    let mut staging = Staging::new(out, Layout::Folder, task.options.made)?;
    let mut writers = PARTS.map(|part| writer(format, &of_part(&options, part)));
    let mut written = PARTS.map(|_| Vec::new());
    let mut losses = LossCounts::none(&options);
    input::each(files, &mut stdin, &task.only, |document| {
        let part = parts.next().unwrap_or_default();
        losses.add(format, &document, &options);
        let mut folder = Folder(PARTS[part], &mut staging);
        written[part].extend(writers[part].add(&document, &mut folder));
        Ok(())
    })?;
    for (part, writer) in writers.iter_mut().enumerate() {
        if !written[part].is_empty() {
            writer.finish(&mut Folder(PARTS[part], &mut staging));
        }
    }
    staging.finish()?;
    let mut proof = Verification::default();
    for (part, written) in PARTS.iter().zip(&written) {
        let open = &mut |file: &str| staging.bytes(&format!("{part}/{file}"));
        let one = verify(format, reader(format), written, open)?;
        proof.verified += one.verified;
        proof.spans += one.spans;
        proof.documents += one.documents;
    }
    let place = staging.deliver(files)?;
    let sizes: Vec<(&str, usize)> = PARTS
        .iter()
        .zip(&written)
        .map(|(part, written)| {
            (
                *part,
                written
                    .iter()
                    .filter(|document| !document.is_counted_elsewhere())
                    .count(),
            )
        })
        .collect();
    stderr::note(sizes_line(&sizes));
    report(format, &losses, proof, &place);
    warn_of_no_spans(&task.only, proof);
    Ok(())
}
