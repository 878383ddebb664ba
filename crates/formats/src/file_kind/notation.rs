//! Texts that are written for programs: LaTeX, subtitles, YAML.

use crate::file_kind::kind::FileKind;

/// The kind of a text in such a notation; `None` for other texts.
pub(crate) fn kind(extension: &str, text: &str) -> Option<FileKind> {
    let name = match () {
        () if is_latex(extension, text) => "LaTeX",
        () if is_web_vtt(extension, text) => "WebVTT subtitle",
        () if is_sub_rip(extension, text) => "SubRip subtitle",
        () if matches!(extension, "yaml" | "yml") && is_yaml(text) => "YAML",
        () => return None,
    };
    Some(FileKind::Document(name))
}

/// Whether the first line is a command with which LaTeX documents begin, or the extension is one of
/// LaTeX and the text has commands.
fn is_latex(extension: &str, text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('%'));
    let is_document = |line: &str| {
        let class = line
            .strip_prefix("\\documentclass")
            .or_else(|| line.strip_prefix("\\documentstyle"));
        class.is_some_and(|rest| rest.starts_with(['{', '[']))
            || line.starts_with("\\begin{document}")
    };
    let commands = ["\\begin{", "\\chapter{", "\\section{", "\\section*{"];
    first.is_some_and(is_document)
        || matches!(extension, "tex" | "ltx" | "latex")
            && commands.iter().any(|command| text.contains(command))
}

fn is_web_vtt(extension: &str, text: &str) -> bool {
    let rest = text.strip_prefix("WEBVTT");
    let is_headed =
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    (is_headed || extension == "vtt") && text.lines().any(is_time_range)
}

/// Whether the text begins with a number and a time range, or the extension is `srt` and a line is
/// a time range.
fn is_sub_rip(extension: &str, text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let is_number = |line: &str| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
    let is_numbered =
        lines.next().is_some_and(is_number) && lines.next().is_some_and(is_time_range);
    is_numbered || extension == "srt" && text.lines().any(is_time_range)
}

/// Whether a line is a time range, `00:01:02,500 --> 00:01:04,000`, perhaps with a position on the
/// screen behind it.
fn is_time_range(line: &str) -> bool {
    let is_time = |text: &str| {
        let mut parts = text.split([':', ',', '.']);
        let is_number =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        parts.clone().count() >= 3 && parts.all(is_number)
    };
    line.split_once("-->").is_some_and(|(from, to)| {
        let to = to.split_whitespace().next();
        is_time(from.trim()) && to.is_some_and(is_time)
    })
}

/// Whether the first line with content is one of YAML: `---`, `- an item`, `key: value`.
fn is_yaml(text: &str) -> bool {
    let mut lines = text.lines();
    let first = lines.find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| {
        let key = line.split_once(':').filter(|(key, value)| {
            let is_key = |char: char| char.is_alphanumeric() || "-_\"'.".contains(char);
            key.chars().all(is_key) && (value.is_empty() || value.starts_with(' '))
        });
        line.trim_end() == "---"
            || line.starts_with("- ")
            || line.starts_with("%YAML")
            || key.is_some()
    })
}
