//! The installation: each step installs one thing that a fresh machine lacks.
//!
//! - A satisfied step prints nothing and takes no noticeable time.
//! - An interrupted step never looks satisfied. A step moves its result into place last, asks
//!   the installed program for its version, or writes a stamp when everything is done.
//! - A tool that the user already has in the right version is used as it is.

mod apt;
mod apt_sources;
pub(crate) mod browser;
pub(crate) mod cargo_tools;
mod distribution;
pub(crate) mod network_readers;
pub(crate) mod readers;
pub(crate) mod step;
mod wasm_libraries;
pub(crate) mod wasm_target;

use crate::{failure::Failure, workspace::Workspace};
use step::Step;

/// Every step, the quick ones first.
pub(crate) const EVERYTHING: [Step; 7] = [
    wasm_target::STEP,
    browser::CHROMIUM,
    browser::FONTS,
    cargo_tools::WASM_BINDGEN,
    network_readers::STEP,
    readers::STEP,
    cargo_tools::TRUNK,
];

/// The steps that running the release build in a browser needs.
pub(crate) const FOR_BROWSER: [Step; 5] = [
    wasm_target::STEP,
    browser::CHROMIUM,
    browser::FONTS,
    cargo_tools::WASM_BINDGEN,
    cargo_tools::TRUNK,
];

/// The steps that a build needs.
pub(crate) const FOR_BUILD: [Step; 3] = [
    wasm_target::STEP,
    cargo_tools::WASM_BINDGEN,
    cargo_tools::TRUNK,
];

/// Carries out those of the steps that are not satisfied, up to the first failure.
pub(crate) fn carry_out(workspace: &Workspace, steps: &[Step]) -> Result<(), Failure> {
    for step in steps {
        take(workspace, step).map_err(|source| Failure::Step {
            name: step.name.to_owned(),
            source: Box::new(source),
            by_hand: (step.by_hand)(workspace),
        })?;
    }
    Ok(())
}

fn take(workspace: &Workspace, step: &Step) -> Result<(), Failure> {
    if (step.is_satisfied)(workspace)? {
        return Ok(());
    }
    println!("Installing {} ({}) …", step.name, step.time);
    (step.carry_out)(workspace)?;
    if (step.is_satisfied)(workspace)? {
        return Ok(());
    }
    Err(Failure::StillMissing)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DONE: Step = Step {
        name: "what is there already",
        time: "no time",
        is_satisfied: |_| Ok(true),
        carry_out: |_| Err(Failure::NoMirror),
        by_hand: |_| String::new(),
    };

    const VAIN: Step = Step {
        name: "what never comes",
        time: "for ever",
        is_satisfied: |_| Ok(false),
        carry_out: |_| Ok(()),
        by_hand: |_| "Do without.".to_owned(),
    };

    #[test]
    fn a_satisfied_step_is_not_carried_out() {
        let workspace = Workspace::of_this_project();
        assert!(carry_out(&workspace, &[DONE]).is_ok());
    }

    #[test]
    fn a_step_that_installs_nothing_fails_and_says_what_to_do_by_hand() {
        let workspace = Workspace::of_this_project();
        let failure = carry_out(&workspace, &[DONE, VAIN]).expect_err("nothing came");
        let sentence = failure.to_string();
        assert!(sentence.contains("what never comes"), "{sentence}");
        assert!(sentence.contains("By hand: Do without."), "{sentence}");
    }
}
