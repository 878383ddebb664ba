//! `cargo xtask serve`.

use crate::{failure::Failure, release, server::Server, workspace::Workspace};

/// Builds the app and serves it until the program is ended.
pub(crate) fn run(workspace: &Workspace, port: u16) -> Result<(), Failure> {
    release::build(workspace)?;
    let server = Server::start(workspace.dist(), port)?;
    println!("Pullquote is at {}", server.address());
    println!("Press Ctrl-C to stop.");
    server.wait();
    Ok(())
}
