//! Runs other programs, reads their output, and ends those that take too long.
//!
//! No program gets a standard input, so none can wait for an answer.

use std::{
    ffi::OsStr,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::failure::Failure;

/// How often a program with a time limit is checked.
const POLL: Duration = Duration::from_millis(50);

/// Runs the program to its end. Its output goes where ours goes.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(not_started(command))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::Failed {
        command: line(command),
        status,
    })
}

/// Like [`run`], but ends the program when the time is up.
pub(crate) fn run_within(command: &mut Command, limit: Duration) -> Result<(), Failure> {
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .spawn()
        .map_err(not_started(command))?;
    loop {
        if let Some(status) = child.try_wait().map_err(not_started(command))? {
            if status.success() {
                return Ok(());
            }
            let command = line(command);
            return Err(Failure::Failed { command, status });
        }
        if started.elapsed() > limit {
            child.kill().map_err(not_started(command))?;
            child.wait().map_err(not_started(command))?;
            let command = line(command);
            return Err(Failure::TooSlow { command, limit });
        }
        thread::sleep(POLL);
    }
}

/// Runs the program silently and returns its trimmed standard output. Bytes that are not UTF-8
/// are replaced.
pub(crate) fn read(command: &mut Command) -> Result<String, Failure> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(not_started(command))?;
    if !output.status.success() {
        return Err(Failure::Failed {
            command: line(command),
            status: output.status,
        });
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command line as one would type it, with its variables except `PATH`.
pub(crate) fn line(command: &Command) -> String {
    let variables = command
        .get_envs()
        .filter(|(name, _)| *name != OsStr::new("PATH"))
        .filter_map(|(name, value)| Some(format!("{}={}", name.display(), quoted(value?))));
    let words = [command.get_program()]
        .into_iter()
        .chain(command.get_args())
        .map(quoted);
    variables.chain(words).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |character: char| character.is_alphanumeric() || "-_=+,./:~@%".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        return word.into_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

fn not_started(command: &Command) -> impl FnOnce(std::io::Error) -> Failure + use<> {
    let command = line(command);
    |source| Failure::NotStarted { command, source }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_can_be_pasted_into_a_shell() {
        let mut command = Command::new("cargo");
        command
            .args(["doc", "it's", "--no-deps"])
            .env("PATH", "/long")
            .env("RUSTDOCFLAGS", "-D warnings");
        let expected = r"RUSTDOCFLAGS='-D warnings' cargo doc 'it'\''s' --no-deps";
        assert_eq!(line(&command), expected);
    }

    #[test]
    fn a_failure_tells_the_command_and_how_it_ended() {
        let failure = run(Command::new("sh").args(["-c", "exit 3"])).expect_err("it fails");
        let sentence = failure.to_string();
        assert!(sentence.contains("sh -c 'exit 3'"), "{sentence}");
        assert!(sentence.contains("exit status: 3"), "{sentence}");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let failure = read(&mut Command::new("no-such-program")).expect_err("it fails");
        assert!(failure.to_string().contains("no-such-program"));
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended() {
        let limit = Duration::from_millis(10);
        let failure = run_within(Command::new("sleep").arg("60"), limit).expect_err("it fails");
        assert!(matches!(failure, Failure::TooSlow { .. }), "{failure}");
    }
}
