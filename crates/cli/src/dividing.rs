//! Articles divided into parts, and packed with a card.

use crate::arguments::{Packing, Split};
use crate::converting::{of_part, report, say_losses, verdict, warn_of_nothing};
use crate::failure::Failure;
use crate::output::{self, Layout, Workshop};
use crate::{input, told};
use pullquote_core::analysis::query::Query;
use pullquote_core::analysis::split::{Share, split as divide};
use pullquote_core::text::shortened::one_line;
use pullquote_datasets::catalogue::FORMATS;
use pullquote_datasets::codecs::{reader, writer};
use pullquote_datasets::loss_counts::LossCounts;
use pullquote_datasets::output::FileSink;
use pullquote_datasets::package::plan::{PARTS, labels_of, share_of};
use pullquote_datasets::package::writer::Package;
use pullquote_datasets::verify::{Verification, verify};

use std::path::{Path, PathBuf};

/// What must be known of all documents before the first is written.
fn shares(
    files: &[PathBuf],
    held: &mut Option<Vec<u8>>,
    only: &Query,
) -> Result<Vec<Share>, Failure> {
    let mut shares = Vec::new();
    input::each(files, held, only, |document| {
        shares.push(share_of(&document));
        Ok(())
    })?;
    Ok(shares)
}

/// Errors: one of the folders that the parts go to has files. An article that another division
/// has put there would stand in two parts.
fn refuse_to_mix(out: &Path, folders: impl Iterator<Item = PathBuf>) -> Result<(), Failure> {
    if out.as_os_str() == "-" {
        return Ok(());
    }
    for folder in folders {
        if output::has_files(&folder).map_err(Failure::file(&folder))? {
            return Err(Failure::Mixed(folder));
        }
    }
    Ok(())
}

/// Files within a folder of the workshop.
struct Folder<'a>(&'a str, &'a mut Workshop);

impl FileSink for Folder<'_> {
    fn append(&mut self, file: &str, bytes: &[u8]) {
        self.1.append(&format!("{}/{file}", self.0), bytes);
    }
}

/// Says which article goes where, or writes each part as a dataset.
///
/// Errors, before anything is written: a part's folder has files.
pub(crate) fn split(task: &Split) -> Result<(), Failure> {
    if let Some((_, out)) = &task.to {
        refuse_to_mix(out, PARTS.iter().map(|part| out.join(part)))?;
    }
    let files = input::files(&task.inputs)?;
    let mut held = None;
    let shares = shares(&files, &mut held, &task.only)?;
    let mut options = task.options.clone();
    options.labels = labels_of(&shares);
    let mut parts = divide(&shares, &task.ratios, task.seed).into_iter();
    let Some((format, out)) = &task.to else {
        let mut lines = vec!["doc_id\tpart\ttitle".to_owned()];
        input::each(&files, &mut held, &task.only, |document| {
            let part = PARTS[parts.next().unwrap_or_default()];
            let article = document.article();
            lines.push(format!(
                "{}\t{part}\t{}",
                article.id,
                one_line(&article.title)
            ));
            Ok(())
        })?;
        return output::say(&lines.join("\n"));
    };
    let mut workshop = Workshop::new(out, Layout::Folder, task.options.made)?;
    let mut writers = PARTS.map(|part| writer(format, &of_part(&options, part)));
    let mut written = PARTS.map(|_| Vec::new());
    let mut losses = LossCounts::none(&options);
    input::each(&files, &mut held, &task.only, |document| {
        let part = parts.next().unwrap_or_default();
        losses.add(format, &document, &options);
        let mut folder = Folder(PARTS[part], &mut workshop);
        written[part].extend(writers[part].add(&document, &mut folder));
        Ok(())
    })?;
    for (part, writer) in writers.iter_mut().enumerate() {
        if !written[part].is_empty() {
            writer.finish(&mut Folder(PARTS[part], &mut workshop));
        }
    }
    workshop.settle()?;
    let mut proof = Verification::default();
    for (part, written) in PARTS.iter().zip(&written) {
        let open = &mut |file: &str| workshop.bytes(&format!("{part}/{file}"));
        let one = verify(format, reader(format), written, open)?;
        proof.verified += one.verified;
        proof.spans += one.spans;
        proof.documents += one.documents;
    }
    let place = workshop.deliver(&files)?;
    let sizes: Vec<(&str, usize)> = PARTS
        .iter()
        .zip(&written)
        .map(|(part, written)| {
            (
                *part,
                written
                    .iter()
                    .filter(|it| !it.is_counted_elsewhere())
                    .count(),
            )
        })
        .collect();
    told::note(sizes_of(&sizes));
    report(format, &losses, proof, &place);
    warn_of_nothing(&task.only, proof);
    Ok(())
}

/// "train 8, dev 1, test 1 articles"; a part that has none is pointed out.
fn sizes_of(sizes: &[(&str, usize)]) -> String {
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

/// Writes a package.
///
/// Errors, before anything is written: a part's folder has files, of whichever format.
pub(crate) fn package(task: &Packing) -> Result<(), Failure> {
    let parts = FORMATS.iter().flat_map(|format| {
        let folder = task.out.join("data").join(format.id.as_str());
        PARTS.map(|part| folder.join(part))
    });
    refuse_to_mix(&task.out, parts)?;
    let files = input::files(&task.inputs)?;
    let mut held = None;
    let mut package = Package::new(task.plan.clone(), shares(&files, &mut held, &task.only)?);
    let mut workshop = Workshop::new(&task.out, Layout::Folder, task.plan.options.made)?;
    input::each(&files, &mut held, &task.only, |document| {
        package.add(&document, &mut workshop);
        Ok(())
    })?;
    package.finish(&mut workshop);
    workshop.settle()?;
    let proof = package.verify(&mut |file| workshop.bytes(file))?;
    let place = workshop.deliver(&files)?;
    for (format, losses) in package.losses() {
        say_losses(format, losses);
    }
    let formats = match package.losses().len() {
        1 => "1 format".to_owned(),
        number => format!("{number} formats"),
    };
    told::note(sizes_of(&package.sizes()));
    told::note(format_args!("{} in {formats}: {place}", verdict(proof)));
    warn_of_nothing(&task.only, proof);
    Ok(())
}
