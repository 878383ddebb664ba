//! The release build.

use std::{collections::BTreeSet, fs, path::Path};

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

/// Shrinks the scripts and joins the style sheets into two files, which load and compress better
/// than many. Writes the size of the program into the page, for the progress bar: a browser does
/// not know the size of a compressed download.
fn finish(dist: &Path) -> Result<(), Failure> {
    for entry in fs::read_dir(dist).map_err(Failure::at(dist))? {
        let path = entry.map_err(Failure::at(dist))?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            let script = fs::read_to_string(&path).map_err(Failure::at(&path))?;
            let mut script = without_comments(&script);
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let program = path.with_file_name(format!("{stem}_bg.wasm"));
            if program.is_file() {
                let mut bytes = fs::read(&program).map_err(Failure::at(&program))?;
                (script, bytes) = with_plain_names(&script, bytes);
                fs::write(&program, bytes).map_err(Failure::at(&program))?;
            }
            fs::write(&path, script).map_err(Failure::at(&path))?;
        }
    }
    let page = dist.join("index.html");
    let mut html = fs::read_to_string(&page).map_err(Failure::at(&page))?;
    for (name, is_first) in [("first", true), ("rest", false)] {
        let links = sheets(&html, is_first);
        let mut sheet = String::new();
        for link in &links {
            let path = dist.join(attribute(link, "href").unwrap_or_default());
            sheet += &fs::read_to_string(&path).map_err(Failure::at(&path))?;
            fs::remove_file(&path).map_err(Failure::at(&path))?;
        }
        let file = format!("{name}-{:016x}.css", hash(sheet.as_bytes()));
        html = with_one_sheet(&html, &links, &file);
        let path = dist.join(file);
        fs::write(&path, sheet).map_err(Failure::at(&path))?;
    }
    if let Some(program) = attribute(&html, "data-wasm") {
        let program = dist.join(program);
        let size = fs::metadata(&program).map_err(Failure::at(&program))?.len();
        let noted = format!("data-size={size} data-wasm=");
        html = html.replacen("data-wasm=", &noted, 1);
    }
    fs::write(&page, html).map_err(Failure::at(&page))
}

/// Replaces the hashes in the names by which the script of wasm-bindgen and its program call each
/// other with numbers. The names keep their length, but compress to a third.
fn with_plain_names(script: &str, mut program: Vec<u8>) -> (String, Vec<u8>) {
    let is_name = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let words = script.split(|char| !is_name(char));
    let names: BTreeSet<&str> = words.filter(|word| hash_of(word).is_some()).collect();
    let mut plain = script.to_owned();
    for (number, name) in names.iter().enumerate() {
        let hash = hash_of(name).unwrap_or_default();
        let new = format!("{}{number:016}", &name[..name.len() - hash.len()]);
        plain = plain.replace(name, &new);
        let mut from = 0;
        while let Some(at) = program[from..]
            .windows(name.len())
            .position(|window| window == name.as_bytes())
        {
            program[from + at..from + at + name.len()].copy_from_slice(new.as_bytes());
            from += at + name.len();
        }
    }
    (plain, program)
}

/// The hash at the end of a name made by wasm-bindgen.
fn hash_of(name: &str) -> Option<&str> {
    let (_, hash) = name.strip_prefix("__wbg_")?.rsplit_once('_')?;
    let is_hash = hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(hash)
}

/// The links to the style sheets that the first paint waits for, or to the others.
fn sheets(html: &str, is_first: bool) -> Vec<String> {
    let tags = html.split_inclusive('>').filter_map(|part| {
        let tag = &part[part.rfind("<link ")?..];
        let is_sheet = attribute(tag, "rel") == Some("stylesheet");
        let is_asked = attribute(tag, "media").is_none() == is_first;
        (is_sheet && is_asked).then(|| tag.to_owned())
    });
    tags.collect()
}

/// Replaces the first of these links in the page with a link to this file, and removes the others.
fn with_one_sheet(html: &str, links: &[String], file: &str) -> String {
    let mut html = html.to_owned();
    for (index, link) in links.iter().enumerate() {
        let href = attribute(link, "href").unwrap_or_default();
        let one = match index {
            0 => link.replace(href, &format!("./{file}")),
            _ => String::new(),
        };
        html = html.replacen(link, &one, 1);
    }
    html
}

/// FNV-1a, for file names that change with the content.
fn hash(content: &[u8]) -> u64 {
    content.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The value of an attribute in a minified page, with or without quotation marks.
fn attribute<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let value = html.split_once(&format!("{name}="))?.1;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([' ', '>']).next(),
    }
}

/// Removes comment lines and indentation from a script. Leaves a script unchanged if it has a
/// string of several lines, or code behind a comment.
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
    use super::{attribute, hash, sheets, with_one_sheet, with_plain_names, without_comments};

    #[test]
    fn the_names_that_script_and_program_share_stay_shared_and_apart() {
        let script = "__wbg_b_00112233445566ff: f(), __wbg_a_1_0123456789abcdef: g(), __wbg_a_1_0123456789abcdef, __wbg_c_0123: 1";
        let program = b"\0\x18__wbg_b_00112233445566ff\0__wbg_a_1_0123456789abcdef__wbg_c_0123\xFF";
        let (script, program) = with_plain_names(script, program.to_vec());
        assert_eq!(
            script,
            "__wbg_b_0000000000000001: f(), __wbg_a_1_0000000000000000: g(), __wbg_a_1_0000000000000000, __wbg_c_0123: 1"
        );
        assert_eq!(
            program,
            b"\0\x18__wbg_b_0000000000000001\0__wbg_a_1_0000000000000000__wbg_c_0123\xFF"
        );
    }

    #[test]
    fn the_sheets_of_the_first_picture_and_the_others_become_one_each() {
        let html = "<link href=icon.svg rel=icon><link href=./a-1.css rel=stylesheet><link href=./b-2.css media=print rel=stylesheet><link href=./c-3.css rel=stylesheet><link rel=\"stylesheet\" href=\"./d é.css\" media=\"print\"></head>";
        let (first, rest) = (sheets(html, true), sheets(html, false));
        assert_eq!((first.len(), rest.len()), (2, 2));
        let html = with_one_sheet(html, &first, "first.css");
        let html = with_one_sheet(&html, &rest, "rest.css");
        assert_eq!(
            html,
            "<link href=icon.svg rel=icon><link href=./first.css rel=stylesheet><link href=./rest.css media=print rel=stylesheet></head>"
        );
    }

    #[test]
    fn a_hash_is_that_of_the_content() {
        // From the table of the hash's authors.
        assert_eq!(hash(b"foobar"), 0x8594_4171_f739_67e8);
    }

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
