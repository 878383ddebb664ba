//! Standard output.

use crate::failure::Failure;

use std::io::{self, Write as _};

/// Prints a text. A closed pipe is not a failure: its reader wanted no more.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    match writeln!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::file("standard output")(error))
        }
        _ => Ok(()),
    }
}
