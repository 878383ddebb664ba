//! The commands, with their checked arguments.

use pullquote_core::analysis::query::Query;
use pullquote_datasets::catalogue::Format;
use pullquote_datasets::options::Options;
use pullquote_datasets::package::plan::PackagePlan;

use std::path::PathBuf;

/// A command.
pub(crate) enum Command {
    Help,
    Version,
    Formats,
    Convert(Convert),
    Check {
        files: Vec<PathBuf>,
        format: Option<&'static Format>,
    },
    Stats {
        inputs: Vec<PathBuf>,
        only: Query,
        json: bool,
    },
    Split(Split),
    Package(Packing),
}

/// What `convert` needs. Only marks that match `only` are written.
pub(crate) struct Convert {
    pub(crate) inputs: Vec<PathBuf>,
    pub(crate) only: Query,
    pub(crate) format: &'static Format,
    pub(crate) out: PathBuf,
    pub(crate) options: Options,
}

/// What `split` needs. Without `to` it prints the part of each article.
pub(crate) struct Split {
    pub(crate) inputs: Vec<PathBuf>,
    pub(crate) only: Query,
    pub(crate) to: Option<(&'static Format, PathBuf)>,
    pub(crate) options: Options,
    pub(crate) ratios: [f64; 3],
    pub(crate) seed: u64,
}

/// What `package` needs.
pub(crate) struct Packing {
    pub(crate) inputs: Vec<PathBuf>,
    pub(crate) only: Query,
    pub(crate) out: PathBuf,
    pub(crate) plan: PackagePlan,
}
