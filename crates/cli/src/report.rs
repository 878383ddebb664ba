//! The lines on standard error about a written dataset.

use crate::stderr;
use pullquote_core::analysis::query::Query;
use pullquote_datasets::catalogue::Format;
use pullquote_datasets::loss_counts::LossCounts;
use pullquote_datasets::options::Options;
use pullquote_datasets::verify::Verification;

/// Warns that `--where` matched no span.
pub(crate) fn warn_of_no_spans(only: &Query, proof: Verification) {
    if !only.is_empty() && proof.spans == 0 {
        stderr::note(
            "warning: no span is in it; what --where asks is true of no mark, or the format has none",
        );
    }
}

/// Reports what the format does not hold, and where the verified dataset is.
pub(crate) fn report(format: &Format, losses: &LossCounts, proof: Verification, place: &str) {
    report_losses(format, losses);
    stderr::note(format_args!("{}: {place}", verdict(proof)));
}

/// Reports what a format does not hold.
pub(crate) fn report_losses(format: &Format, losses: &LossCounts) {
    let phrases = losses.phrases();
    if phrases.is_empty() {
        return;
    }
    let holder = losses.holder(format);
    let holder = holder.map_or(String::new(), |format| {
        format!(" ({} holds all)", format.id)
    });
    stderr::note(format_args!(
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
