//! Finds the file for an address.

use std::{
    fs,
    path::{Path, PathBuf},
};

use percent_encoding::percent_decode_str;

/// A file to send.
pub(super) struct File {
    /// All of it.
    pub(super) content: Vec<u8>,
    /// Its media type, with the encoding of a text.
    pub(super) content_type: &'static str,
}

/// The file in the folder that the target of a request means, if there is one.
pub(super) fn read(folder: &Path, target: &str) -> Option<File> {
    let mut path = folder.join(relative_path(target)?);
    if path.is_dir() {
        path.push("index.html");
    }
    let content = fs::read(&path).ok()?;
    let content_type = content_type(&path);
    Some(File {
        content,
        content_type,
    })
}

/// The path inside the folder that a target such as `/a%20b/c.js?query` means. `None` if it
/// leaves the folder, or is not a path on every system.
fn relative_path(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let mut relative = PathBuf::new();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if part == "." || part == ".." || part.contains(['\\', ':', '\0']) {
            return None;
        }
        relative.push(part);
    }
    Some(relative)
}

/// The media type for the extension of a file name.
fn content_type(path: &Path) -> &'static str {
    let extension = path.extension().and_then(|extension| extension.to_str());
    match extension.unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(target: &str, expected: Option<&str>) {
        assert_eq!(
            relative_path(target),
            expected.map(PathBuf::from),
            "{target}"
        );
    }

    #[test]
    fn a_path_that_climbs_out_is_refused() {
        check("/../secret", None);
        check("/a/../../secret", None);
        check("/%2e%2e/secret", None);
        check("/..%2fsecret", None);
        check("/..\\secret", None);
        check("/c:/secret", None);
        check("/a\0b", None);
        check("/a%00b", None);
    }

    #[test]
    fn a_path_that_starts_anew_stays_inside() {
        check("//etc/passwd", Some("etc/passwd"));
        check("/%2Fetc/passwd", Some("etc/passwd"));
    }

    #[test]
    fn a_target_that_is_no_path_is_refused() {
        check("*", None);
        check("", None);
        check("http://other.example/", None);
        check("/%ff", None);
    }

    #[test]
    fn a_path_is_decoded_and_its_query_is_left_out() {
        check("/", Some(""));
        check("/a%20b/c.js?v=1", Some("a b/c.js"));
        check(
            "/%F0%9F%93%9D/e%CC%81/%E8%A8%98/%D8%B9#x",
            Some("📝/e\u{301}/記/ع"),
        );
    }

    #[test]
    fn a_wasm_file_can_be_compiled_while_it_arrives() {
        assert_eq!(content_type(Path::new("a-1_bg.wasm")), "application/wasm");
    }

    #[test]
    fn an_ending_that_is_not_known_is_bytes() {
        assert_eq!(content_type(Path::new("wasm")), "application/octet-stream");
        assert_eq!(content_type(Path::new("a.📝")), "application/octet-stream");
    }
}
