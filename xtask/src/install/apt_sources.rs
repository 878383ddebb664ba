//! Reads where this machine gets its packages: the files of sources.list(5), in the old form
//! (one source per line) and the new one (deb822, one source per stanza).
//!
//! *Limitations*: only the first address and suite of a stanza are used, and a key inside a
//! stanza, rather than in a file, is ignored.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::failure::Failure;

/// apt's own folder of sources; `Dir::Etc` has no other value on a Debian system.
const APT: &str = "/etc/apt";

/// A source of binary packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// The mirror's address.
    pub(super) address: String,
    /// The suite: `trixie`, `trixie-security`.
    pub(super) suite: String,
    /// The file of keys that the mirror's lists are signed with, where one is named.
    pub(super) keyring: Option<PathBuf>,
}

/// The mirror of the distribution that this machine uses.
pub(super) fn mirror() -> Result<Source, Failure> {
    let folder = Path::new(APT);
    let mut files = vec![folder.join("sources.list")];
    if let Ok(entries) = fs::read_dir(folder.join("sources.list.d")) {
        files.extend(entries.flatten().map(|entry| entry.path()));
    }
    files.sort();
    let sources = files.iter().flat_map(|file| sources_in(file));
    chosen(sources).ok_or(Failure::NoMirror)
}

/// The first source that looks like the distribution's main archive, because its address ends in
/// `/debian`; else the first source. Leaves out security mirrors, and suites with a slash, which
/// belong to vendors.
fn chosen(sources: impl Iterator<Item = Source>) -> Option<Source> {
    let archives: Vec<Source> = sources
        .filter(|source| !source.suite.contains("security") && !source.suite.contains('/'))
        .filter(|source| !source.address.starts_with("cdrom:"))
        .collect();
    let debian = |source: &&Source| source.address.trim_end_matches('/').ends_with("/debian");
    archives.iter().find(debian).or(archives.first()).cloned()
}

/// The sources of a file; empty if apt would not read it.
fn sources_in(file: &Path) -> Vec<Source> {
    let text = fs::read_to_string(file).unwrap_or_default();
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("list") => text.lines().filter_map(one_line_source).collect(),
        Some("sources") => deb822_sources(&text),
        _ => Vec::new(),
    }
}

/// `deb [signed-by=/keys.gpg arch=amd64] ADDRESS SUITE COMPONENT…`
fn one_line_source(line: &str) -> Option<Source> {
    let line = line.split('#').next().unwrap_or_default().trim();
    let rest = line.strip_prefix("deb")?;
    let rest = rest.strip_prefix(char::is_whitespace)?.trim_start();
    let (options, rest) = match rest.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => ("", rest),
    };
    let mut words = rest.split_whitespace();
    Some(Source {
        address: words.next()?.to_owned(),
        suite: words.next()?.to_owned(),
        keyring: options
            .split_whitespace()
            .find_map(|option| option.strip_prefix("signed-by="))
            .and_then(keyring),
    })
}

/// The stanzas of `Field: value` lines, separated by empty lines. An indented line continues the
/// field before it.
fn deb822_sources(text: &str) -> Vec<Source> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    lines
        .split(|line| line.trim().is_empty())
        .filter_map(deb822_source)
        .collect()
}

fn deb822_source(stanza: &[&str]) -> Option<Source> {
    let first_word = |field: &str| value(stanza, field)?.split_whitespace().next();
    let is_disabled = first_word("Enabled").is_some_and(|word| word.eq_ignore_ascii_case("no"));
    let has_binaries = value(stanza, "Types")?
        .split_whitespace()
        .any(|word| word == "deb");
    if is_disabled || !has_binaries {
        return None;
    }
    Some(Source {
        address: first_word("URIs")?.to_owned(),
        suite: first_word("Suites")?.to_owned(),
        keyring: first_word("Signed-By").and_then(keyring),
    })
}

/// The value of a field: the rest of its line, or the next line if that is empty.
fn value<'a>(stanza: &[&'a str], field: &str) -> Option<&'a str> {
    let at = stanza.iter().position(|line| {
        line.split_once(':')
            .is_some_and(|(name, _)| name.eq_ignore_ascii_case(field))
    })?;
    let (_, value) = stanza[at].split_once(':')?;
    let next = stanza
        .get(at + 1)
        .filter(|line| line.starts_with([' ', '\t']));
    match (value.trim(), next) {
        ("", Some(next)) => Some(next.trim()),
        (value, _) => Some(value),
    }
}

fn keyring(value: &str) -> Option<PathBuf> {
    let first = value.split(',').next()?;
    first.starts_with('/').then(|| PathBuf::from(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(address: &str, suite: &str, keyring: Option<&str>) -> Source {
        Source {
            address: address.to_owned(),
            suite: suite.to_owned(),
            keyring: keyring.map(PathBuf::from),
        }
    }

    #[track_caller]
    fn check_line(line: &str, expected: Option<Source>) {
        assert_eq!(one_line_source(line), expected, "{line}");
    }

    const STANZAS: &str = "\
# written by the installer
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: trixie trixie-updates
# not updated any more
Components: main
Signed-By: /keys/archive.gpg

Types: deb-src
URIs: http://mirror.example/sources
Suites: trixie

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: trixie

types: deb
uris:
 http://vendor.example/apt
 http://second.example/apt
suites: stable
signed-by:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
";

    #[test]
    fn a_line_names_an_address_and_a_suite() {
        let expected = source("http://mirror.example/debian", "trixie", None);
        check_line(
            "deb http://mirror.example/debian trixie main",
            Some(expected),
        );
    }

    #[test]
    fn a_line_may_name_its_keys() {
        let line =
            "deb [arch=amd64 signed-by=/a.gpg,/b.gpg]  https://m.example/debian/ sid main # x";
        let expected = source("https://m.example/debian/", "sid", Some("/a.gpg"));
        check_line(line, Some(expected));
    }

    #[test]
    fn a_line_of_anything_else_is_no_source() {
        check_line("", None);
        check_line("# deb http://mirror.example/debian trixie main", None);
        check_line("deb-src http://mirror.example/debian trixie main", None);
        check_line("deb http://mirror.example/debian", None);
        check_line(
            "deb [signed-by=/a.gpg http://mirror.example/debian trixie",
            None,
        );
        check_line("débian 📦", None);
    }

    #[test]
    fn a_stanza_is_a_source_unless_it_is_switched_off_or_of_sources_only() {
        let expected = [
            source(
                "http://mirror.example/debian",
                "trixie",
                Some("/keys/archive.gpg"),
            ),
            source("http://vendor.example/apt", "stable", None),
        ];
        assert_eq!(deb822_sources(STANZAS), expected);
    }

    #[test]
    fn the_main_archive_is_chosen_before_vendors_and_security_updates() {
        let sources = [
            source("http://vendor.example/apt", "stable", None),
            source(
                "http://mirror.example/debian-security",
                "trixie-security",
                None,
            ),
            source("cdrom:[disk]/debian", "trixie", None),
            source("http://mirror.example/debian/", "trixie", None),
        ];
        let expected = Some(sources[3].clone());
        assert_eq!(chosen(sources.into_iter()), expected);
    }

    #[test]
    fn no_source_is_no_mirror() {
        assert_eq!(chosen(std::iter::empty()), None);
    }
}
