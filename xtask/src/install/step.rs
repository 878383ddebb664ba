//! What one step of the installation is.

use crate::{failure::Failure, workspace::Workspace};

/// One thing to install.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    /// What it installs. The name is unique.
    pub(crate) name: &'static str,
    /// How long that takes on a machine with two cores.
    pub(crate) time: &'static str,
    /// Whether it is already installed in the right version.
    pub(crate) is_satisfied: fn(&Workspace) -> Result<bool, Failure>,
    /// Installs it.
    pub(crate) carry_out: fn(&Workspace) -> Result<(), Failure>,
    /// What a person can do if this fails, as a sentence.
    pub(crate) by_hand: fn(&Workspace) -> String,
}
