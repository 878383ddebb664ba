//! Runs journeys and benchmarks in a real browser against the release build.
//!
//! Both are ordinary cargo targets that drive Chromium. They get everything that they need to
//! know about this machine through environment variables.

use std::fs;

use crate::{
    failure::Failure,
    install::{self, browser},
    process, release,
    server::{self, Server},
    workspace::Workspace,
};

/// Installs the tools, builds for release and runs the benchmarks with these names, or all.
pub(crate) fn bench(workspace: &Workspace, names: &[String]) -> Result<(), Failure> {
    install::carry_out(workspace, &install::FOR_BROWSER)?;
    release::build(workspace)?;
    // The benchmark only drives a browser, so it is compiled quickly rather than for speed.
    let mut arguments = vec!["bench", "--bench", "browser", "--profile", "dev", "--"];
    arguments.extend(names.iter().map(String::as_str));
    run(workspace, &arguments)
}

/// Runs cargo with these arguments while `dist/` is served. Sets these variables:
///
/// - `PULLQUOTE_URL`: the address of the app,
/// - `PULLQUOTE_DIST`: the folder that is served there,
/// - `PULLQUOTE_CHROMIUM`, `PULLQUOTE_CHROMEDRIVER`: the two programs,
/// - `PULLQUOTE_SCREENSHOTS`: the folder for pictures.
///
/// Paths are absolute.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result<(), Failure> {
    let browser = browser::find(workspace).ok_or(Failure::NoBrowser)?;
    let screenshots = workspace.at("target/screenshots");
    fs::create_dir_all(&screenshots).map_err(Failure::at(&screenshots))?;
    let server = Server::start(workspace.dist(), server::ANY_PORT)?;
    let mut cargo = workspace.cargo();
    cargo
        .args(arguments)
        .env("PULLQUOTE_URL", server.address())
        .env("PULLQUOTE_DIST", workspace.dist())
        .env("PULLQUOTE_CHROMIUM", browser.chromium)
        .env("PULLQUOTE_CHROMEDRIVER", browser.chromedriver)
        .env("PULLQUOTE_SCREENSHOTS", screenshots);
    process::run(&mut cargo)
}
