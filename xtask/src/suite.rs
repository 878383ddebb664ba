//! The test suite: runs the parts of `cargo xtask test`.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    failure::Failure,
    in_browser,
    install::{self, browser, network_readers, readers, step::Step},
    part::Part,
    process, release,
    workspace::Workspace,
};

/// The arguments of the test that writes every format and lets other programs read it.
const EXPORTS: [&str; 7] = [
    "test",
    "--package",
    "pullquote-cli",
    "--test",
    "readers",
    "--",
    "--nocapture",
];

/// The steps that install the readers of exports.
const READERS: [&str; 2] = [network_readers::STEP.name, readers::STEP.name];

/// The variable that tells the checks where the JavaScript readers are.
const NETWORK_READERS: &str = "PULLQUOTE_NETWORK_READERS";

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

/// Installs what the parts need and runs them until one fails. Prints the time of each part.
pub(crate) fn run(workspace: &Workspace, parts: &[Part]) -> Result<(), Failure> {
    install::carry_out(workspace, &steps(parts))?;
    let mut times = Vec::new();
    for part in parts {
        let started = Instant::now();
        run_part(workspace, *part)?;
        times.push((*part, started.elapsed()));
    }
    println!("{}", summary(&times));
    Ok(())
}

/// The steps that the parts need, in the order of a complete installation.
fn steps(parts: &[Part]) -> Vec<Step> {
    let is_for_browser = |step: &Step| {
        install::FOR_BROWSER
            .iter()
            .any(|other| other.name == step.name)
    };
    let is_reader = |step: &Step| READERS.contains(&step.name);
    let needed = |step: &Step| {
        parts.iter().any(|part| match part {
            Part::Format | Part::Native | Part::Docs => false,
            Part::Lint => step.name == install::wasm_target::STEP.name,
            Part::Readers => is_reader(step),
            Part::Servers => {
                let servers = readers::SERVERS.iter().map(|server| server.name);
                is_reader(step) || servers.into_iter().any(|name| name == step.name)
            }
            Part::Web => is_for_browser(step) && step.name != install::cargo_tools::TRUNK.name,
            Part::Journeys | Part::Disk => is_for_browser(step),
        })
    };
    let all = install::EVERYTHING.into_iter().chain(readers::SERVERS);
    all.filter(needed).collect()
}

fn run_part(workspace: &Workspace, part: Part) -> Result<(), Failure> {
    let step = |command: &mut Command| {
        println!("\n{}: {}", part.name(), process::line(command));
        process::run(command)
    };
    let cargo = |arguments: &[&str]| {
        let mut cargo = workspace.cargo();
        cargo.args(arguments);
        cargo
    };
    match part {
        Part::Format => step(&mut cargo(&["fmt", "--all", "--check"])),
        Part::Lint => {
            let deny = ["--", "-D", "warnings"];
            step(cargo(&["clippy", "--workspace", "--all-targets"]).args(deny))?;
            // `--all-targets` leaves these out, because they have `test = false`.
            for (package, test) in [("pullquote", "journeys"), ("pullquote-cli", "readers")] {
                let mut lint = cargo(&["clippy", "--package", package]);
                step(lint.args(["--test", test]).args(deny))?;
            }
            let targets = ["--lib", "--bins", "--test", "web"];
            let mut wasm = cargo(&["clippy", "--package", "pullquote"]);
            step(wasm.args(WASM).args(targets).args(deny))
        }
        Part::Native => step(&mut cargo(&["test", "--workspace"])),
        Part::Docs => {
            let mut doc = cargo(&["doc", "--workspace", "--no-deps"]);
            step(doc.env("RUSTDOCFLAGS", "-D warnings"))
        }
        Part::Readers => {
            let python = readers::READERS.python(workspace);
            let mut tests = workspace.command(&python);
            tests.args(["-m", "unittest", "discover", "--start-directory"]);
            let modules = network_readers::modules(workspace);
            tests.env(NETWORK_READERS, &modules);
            step(tests.arg(workspace.at(readers::CHECKS)))?;
            let mut exports = cargo(&EXPORTS);
            exports.env(NETWORK_READERS, modules);
            step(exports.env("PULLQUOTE_READERS", python))
        }
        Part::Servers => {
            let python = |environment: readers::Environment| environment.python(workspace);
            let mut exports = cargo(&EXPORTS);
            exports.env(NETWORK_READERS, network_readers::modules(workspace));
            exports.env("PULLQUOTE_READERS", python(readers::READERS));
            exports.env("PULLQUOTE_DOCCANO", python(readers::DOCCANO));
            step(exports.env("PULLQUOTE_LABEL_STUDIO", python(readers::LABEL_STUDIO)))
        }
        Part::Web => {
            let browser = browser::find(workspace).ok_or(Failure::NoBrowser)?;
            let mut test = cargo(&["test", "--package", "pullquote", "--test", "web"]);
            step(test.args(WASM).env("CHROMEDRIVER", browser.chromedriver))
        }
        Part::Journeys | Part::Disk => {
            println!("\n{}: the release build", part.name());
            release::build(workspace)?;
            println!("\n{}: in Chromium, against the release build", part.name());
            let mut arguments = vec!["test", "--package", "pullquote", "--test", "journeys"];
            if part == Part::Disk {
                arguments.extend(["full_disk::", "--", "--ignored", "--nocapture"]);
            }
            in_browser::run(workspace, &arguments)
        }
    }
}

fn summary(times: &[(Part, Duration)]) -> String {
    let parts: Vec<String> = times
        .iter()
        .map(|(part, time)| format!("{} {:.1} s", part.name(), time.as_secs_f64()))
        .collect();
    format!("\nAll is well: {}.", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(parts: &[Part], expected: &[&str]) {
        let names: Vec<&str> = steps(parts).iter().map(|step| step.name).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn what_needs_no_tool_installs_none() {
        check(&[Part::Format, Part::Native, Part::Docs], &[]);
    }

    #[test]
    fn the_whole_suite_installs_everything() {
        let everything = install::EVERYTHING.map(|step| step.name);
        check(&Part::SUITE, &everything);
    }

    #[test]
    fn the_readers_of_exports_need_only_their_own_steps() {
        check(&[Part::Readers], &READERS);
    }

    #[test]
    fn the_servers_are_installed_only_when_they_are_asked_for() {
        let [doccano, label_studio] = readers::SERVERS.map(|server| server.name);
        check(
            &[Part::Servers],
            &[READERS[0], READERS[1], doccano, label_studio],
        );
    }

    #[test]
    fn the_journeys_need_all_but_the_readers_of_exports() {
        let mut steps = install::EVERYTHING.map(|step| step.name).to_vec();
        steps.retain(|name| !READERS.contains(name));
        check(&[Part::Journeys], &steps);
        check(&[Part::Disk], &steps);
    }

    #[test]
    fn the_wasm_tests_do_not_wait_for_trunk() {
        let steps = install::FOR_BROWSER.map(|step| step.name);
        let trunk = install::cargo_tools::TRUNK.name;
        let others: Vec<&str> = steps.into_iter().filter(|name| *name != trunk).collect();
        check(&[Part::Web], &others);
    }

    #[test]
    fn the_last_line_names_each_part_with_its_time() {
        let times = [
            (Part::Format, Duration::from_millis(900)),
            (Part::Web, Duration::from_secs(75)),
        ];
        assert_eq!(summary(&times), "\nAll is well: format 0.9 s, web 75.0 s.");
    }
}
