//! The release build.

use std::{fs, path::Path};

use crate::{failure::Failure, install, process, workspace::Workspace};

/// Installs what a build needs, then builds the app for release into `dist/`.
pub(crate) fn build(workspace: &Workspace) -> Result<(), Failure> {
    install::carry_out(workspace, &install::FOR_BUILD)?;
    let mut trunk = workspace.command("trunk");
    // Trunk reads NO_COLOR as a bool and stops at the usual value "1".
    trunk
        .args(["build", "--release", "--offline"])
        .env_remove("NO_COLOR");
    process::run(&mut trunk)?;
    finish(&workspace.dist())
}

/// Makes the scripts smaller, and notes in the page how large the program is: the server may
/// send it packed, and then the browser knows no size to show its progress by.
fn finish(dist: &Path) -> Result<(), Failure> {
    for entry in fs::read_dir(dist).map_err(Failure::at(dist))? {
        let path = entry.map_err(Failure::at(dist))?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            let script = fs::read_to_string(&path).map_err(Failure::at(&path))?;
            fs::write(&path, without_comments(&script)).map_err(Failure::at(&path))?;
        }
    }
    let page = dist.join("index.html");
    let html = fs::read_to_string(&page).map_err(Failure::at(&page))?;
    if let Some(program) = attribute(&html, "data-wasm") {
        let program = dist.join(program);
        let size = fs::metadata(&program).map_err(Failure::at(&program))?.len();
        let noted = format!("data-size={size} data-wasm=");
        let html = html.replacen("data-wasm=", &noted, 1);
        fs::write(&page, html).map_err(Failure::at(&page))?;
    }
    Ok(())
}

/// The value of an attribute in a minified page, with or without quotation marks.
fn attribute<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let value = html.split_once(&format!("{name}="))?.1;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([' ', '>']).next(),
    }
}

/// A script without the lines that are only a comment, and without indentation. A script with
/// a text of several lines, or with code behind a comment, stays as it is.
fn without_comments(script: &str) -> String {
    let is_cut = |line: &str| {
        let ends_within = line
            .trim_end()
            .split_once("*/")
            .is_some_and(|(_, rest)| !rest.is_empty());
        line.matches('`').count() % 2 == 1 || ends_within
    };
    if script.lines().any(is_cut) {
        return script.to_owned();
    }
    let mut lean = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            lean.push_str(line);
            lean.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::{attribute, without_comments};

    #[test]
    fn an_attribute_is_read_with_and_without_quotation_marks() {
        let html = "<script data-js=./é.js data-wasm=./a_bg.wasm src=./boot.js>";
        assert_eq!(attribute(html, "data-wasm"), Some("./a_bg.wasm"));
        let html = "<script src=x data-wasm=\"./a b.wasm\">";
        assert_eq!(attribute(html, "data-wasm"), Some("./a b.wasm"));
        assert_eq!(attribute("<script data-wasm=a>", "data-wasm"), Some("a"));
        assert_eq!(attribute("<p>", "data-wasm"), None);
    }

    #[test]
    fn comments_and_indentation_go_and_nothing_else() {
        let script = "/**\n * @returns {any}\n */\nfunction a() {\n    // why\n    return '// é 🙂'; // here\n}\n\n/* one line */\nb();\n";
        assert_eq!(
            without_comments(script),
            "function a() {\nreturn '// é 🙂'; // here\n}\nb();\n"
        );
    }

    #[test]
    fn a_text_of_several_lines_is_left_alone() {
        let script = "const a = `\n  // no comment\n`;\n";
        assert_eq!(without_comments(script), script);
        let script = "  /* why */ a();\n";
        assert_eq!(without_comments(script), script);
    }
}
