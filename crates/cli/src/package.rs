//! `pullquote package`: writes data, card, codebook and guidelines in one archive or folder.

use crate::command::Packing;
use crate::failure::Failure;
use crate::parts::{refuse_to_mix, shares, sizes_line};
use crate::report::{report_losses, verdict, warn_of_no_spans};
use crate::staging::{Layout, Staging};
use crate::{input, stderr};
use pullquote_datasets::catalogue::FORMATS;
use pullquote_datasets::package::plan::PARTS;
use pullquote_datasets::package::writer::Package;

/// Writes a package.
///
/// Fails before it writes anything if the folder of a part, in any format, already has files.
pub(crate) fn package(task: &Packing) -> Result<(), Failure> {
    let parts = FORMATS.iter().flat_map(|format| {
        let folder = task.out.join("data").join(format.id.as_str());
        PARTS.map(|part| folder.join(part))
    });
    refuse_to_mix(&task.out, parts)?;
    let files = input::files(&task.inputs)?;
    let mut stdin = None;
    let mut package = Package::new(task.plan.clone(), shares(&files, &mut stdin, &task.only)?);
    let mut staging = Staging::new(&task.out, Layout::Folder, task.plan.options.made)?;
    input::each(&files, &mut stdin, &task.only, |document| {
        package.add(&document, &mut staging);
        Ok(())
    })?;
    package.finish(&mut staging);
    staging.finish()?;
    let proof = package.verify(&mut |file| staging.bytes(file))?;
    let place = staging.deliver(&files)?;
    for (format, losses) in package.losses() {
        report_losses(format, losses);
    }
    let formats = match package.losses().len() {
        1 => "1 format".to_owned(),
        number => format!("{number} formats"),
    };
    stderr::note(sizes_line(&package.sizes()));
    stderr::note(format_args!("{} in {formats}: {place}", verdict(proof)));
    warn_of_no_spans(&task.only, proof);
    Ok(())
}
