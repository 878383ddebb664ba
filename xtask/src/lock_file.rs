//! Reads from `Cargo.lock` which version of a package is locked.

/// The version of this package in the text of a `Cargo.lock`. If several versions are locked,
/// the first in the file.
pub(crate) fn locked_version<'a>(lock_file: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock_file.lines().map(str::trim);
    lines.find(|line| *line == name)?;
    lines
        .take_while(|line| *line != "[[package]]")
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    const LOCK_FILE: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.1"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
dependencies = [
 "wasm-bindgen-macro",
]

[[package]]
name = "yew"
version = "0.23.0"
"#;

    #[test]
    fn a_locked_package_has_its_version() {
        let version = locked_version(LOCK_FILE, "wasm-bindgen");
        assert_eq!(version, Some("0.2.130"));
    }

    #[test]
    fn a_part_of_a_name_is_no_name() {
        assert_eq!(locked_version(LOCK_FILE, "wasm"), None);
    }

    #[test]
    fn a_package_without_a_version_does_not_borrow_the_next_ones() {
        let text = "[[package]]\nname = \"a\"\n[[package]]\nname = \"b\"\nversion = \"1.0.0\"\n";
        assert_eq!(locked_version(text, "a"), None);
    }
}
