//! What is said about datasets and the article's own file.

use crate::browser_reason::BrowserReason;
use crate::export::settings::SettingsError;
use crate::export::summary::DatasetSummary;
use crate::messages::Sentence;

/// The article's own file was downloaded.
pub(crate) const EXPORTED: &str = "Exported";
/// The user left while a dataset was being built.
pub(crate) const STOPPED: &str = "The export was stopped. Nothing was downloaded.";
/// The library has no article to export, to follow a colon.
pub(crate) const NO_ARTICLES: &str = "there is no article in the library";
/// The file name of a dataset of the whole library.
pub(crate) const LIBRARY_NAME: &str = "pullquote-library";
/// A text is in the clipboard.
pub(crate) const COPIED: &str = "Copied to the clipboard.";

/// A text is not in the clipboard.
pub(crate) fn not_copied(reason: &BrowserReason) -> Sentence {
    format!("The text was not copied: {reason}")
}

/// A file was not downloaded, because the browser refused it.
pub(crate) fn file_not_written(reason: &BrowserReason) -> Sentence {
    not_written(&reason.0)
}

/// A file was not downloaded.
pub(crate) fn not_written(reason: &str) -> Sentence {
    let reason = reason.trim_end_matches('.');
    format!("The file was not downloaded: {reason}. Try again.")
}

/// A dataset was downloaded.
pub(crate) fn dataset_written(summary: &DatasetSummary) -> Sentence {
    format!("{} was downloaded: {}", summary.name, verdict(summary))
}

/// The title of a dataset of some marks of an article. The count comes first, because long
/// titles are cut off at the end.
pub(crate) fn title_of_listed(title: &str, listed: usize, all: usize) -> String {
    format!("{listed} of {all} marks - {title}")
}

/// How many marks of a dataset were verified: "14 of 14 marks verified".
#[must_use]
pub fn verdict(summary: &DatasetSummary) -> String {
    let (verified, spans) = (summary.verification.verified, summary.verification.spans);
    match (spans, summary.formats) {
        (0, _) => "no marks in it".to_owned(),
        (_, 0 | 1) => format!("{verified} of {spans} marks verified"),
        (_, formats) => format!("{verified} of {spans} marks verified, in {formats} formats"),
    }
}

/// Which setting of a dataset has to be changed, to follow a colon.
#[must_use]
pub fn settings_error(error: &SettingsError) -> Sentence {
    match error {
        SettingsError::Sizes => {
            "the sizes of train, dev and test must be three numbers, such as 80, 10, 10".to_owned()
        }
        SettingsError::Seed => "the seed must be a whole number, such as 0".to_owned(),
    }
}
