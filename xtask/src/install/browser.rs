//! Chromium with its driver, and the fonts that pages are tested with.

use std::{env, path::PathBuf};

use super::{apt, step::Step};
use crate::workspace::Workspace;

const CHROMIUM_PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];
const FONT_PACKAGES: [&str; 2] = ["fonts-noto-core", "fonts-noto-color-emoji"];

/// The names under which a Chromium may be on the `PATH`.
const CHROMIUM_NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// The browser.
pub(crate) const CHROMIUM: Step = Step {
    name: "Chromium and ChromeDriver",
    time: "about half a minute",
    is_satisfied: |workspace| Ok(find(workspace).is_some()),
    carry_out: |workspace| apt::install(workspace, &CHROMIUM_PACKAGES),
    by_hand: |_| {
        "install Chromium (or Chrome) and the ChromeDriver of the same major version so that \
         both are on PATH, or name the two programs in CHROME and CHROMEDRIVER."
            .to_owned()
    },
};

/// The fonts: letters of many scripts, and emoji. They only change how screenshots look, so the
/// machine's own fonts are enough where these cannot be installed.
pub(crate) const FONTS: Step = Step {
    name: "fonts",
    time: "some seconds",
    is_satisfied: |workspace| {
        Ok(apt::are_installed(workspace, &FONT_PACKAGES) || !apt::can_install(workspace))
    },
    carry_out: |workspace| apt::install(workspace, &FONT_PACKAGES),
    by_hand: |_| format!("install the packages {}.", FONT_PACKAGES.join(" and ")),
};

/// A browser and the driver that fits it.
pub(crate) struct Browser {
    /// The program of Chromium, or of Chrome.
    pub(crate) chromium: PathBuf,
    /// The program of ChromeDriver, of the same major version.
    pub(crate) chromedriver: PathBuf,
}

/// The browser that `CHROME` and `CHROMEDRIVER` name, else the one on the `PATH`. `None` if the
/// two programs have different major versions.
pub(crate) fn find(workspace: &Workspace) -> Option<Browser> {
    let named = |variable: &str| env::var_os(variable).map(PathBuf::from);
    let chromium = named("CHROME").or_else(|| {
        let mut names = CHROMIUM_NAMES.into_iter();
        names.find_map(|name| workspace.find(name))
    })?;
    let chromedriver = named("CHROMEDRIVER").or_else(|| workspace.find("chromedriver"))?;
    let wanted = major_version(&workspace.version_of(&chromium)?)?;
    let offered = major_version(&workspace.version_of(&chromedriver)?)?;
    (wanted == offered).then_some(Browser {
        chromium,
        chromedriver,
    })
}

/// `Chromium 156.0.8078.79 built on Debian` is 156.
fn major_version(answer: &str) -> Option<u32> {
    answer
        .split_whitespace()
        .find_map(|word| word.split_once('.')?.0.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::major_version;

    #[test]
    fn the_major_version_stands_before_the_first_dot() {
        let chromium = "Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)";
        let driver = "ChromeDriver 156.0.8078.79 (0123abc-refs/branch-heads/8078@{#1})";
        assert_eq!(major_version(chromium), Some(156));
        assert_eq!(major_version(driver), Some(156));
    }

    #[test]
    fn an_answer_without_a_version_has_no_major_version() {
        assert_eq!(major_version("no such thing. really"), None);
        assert_eq!(major_version(""), None);
    }
}
