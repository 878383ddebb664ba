//! Fragments of web pages: HTML without a declaration.

/// Elements that contain a part of a page.
const BLOCKS: [&str; 41] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "html",
    "iframe",
    "main",
    "nav",
    "noscript",
    "ol",
    "p",
    "picture",
    "pre",
    "script",
    "section",
    "style",
    "table",
    "tbody",
    "td",
    "thead",
    "title",
    "tr",
    "ul",
    "video",
];

/// Elements that contain words of a line.
const INLINE: [&str; 18] = [
    "a", "b", "cite", "code", "del", "em", "font", "i", "ins", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "u",
];

/// Elements without content.
const EMPTY: [&str; 6] = ["base", "hr", "img", "input", "link", "meta"];

/// Extensions of files that can contain HTML and are still read as text.
const MARKDOWN: [&str; 5] = ["md", "markdown", "mdx", "qmd", "rmd"];

/// Whether a text whose first element is `root` is a fragment of a web page.
///
/// The element must be one of HTML, and must be closed or have attributes. The text must not go on
/// as Markdown, nor be about HTML: "<p> begins a paragraph, </p> ends it."
pub(crate) fn is_page(extension: &str, root: &str, text: &str) -> bool {
    let is_one_of = |names: &[&str]| names.contains(&root);
    let is_block = is_one_of(&BLOCKS);
    if MARKDOWN.contains(&extension) || !(is_block || is_one_of(&INLINE) || is_one_of(&EMPTY)) {
        return false;
    }
    let inside = text.get(1 + root.len()..).unwrap_or_default();
    let Some((content, has_attributes)) = behind_tag(inside) else {
        return false;
    };
    if content.lines().any(is_heading_of_markdown) {
        return false;
    }
    let content = content.to_ascii_lowercase();
    let tail = behind_closing(&content, root).map(str::trim);
    if is_block {
        let is_more_of_it = |tail: &str| {
            let closes = |name: &&str| behind_closing(tail, name).is_some();
            tail.is_empty() || tail.starts_with('<') || BLOCKS.iter().any(closes)
        };
        return has_attributes || tail.is_some_and(is_more_of_it);
    }
    let is_whole = content.trim_end().ends_with(&format!("</{root}>"));
    has_attributes && (tail.is_some() || is_one_of(&EMPTY)) || is_whole
}

/// Whether a line is a heading in Markdown: `# A heading`.
fn is_heading_of_markdown(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ')
}

/// Given the text behind the name of a tag: the text behind the tag, and whether the tag has an
/// attribute with a value. `None` if the tag does not end properly.
fn behind_tag(mut rest: &str) -> Option<(&str, bool)> {
    let mut has_attributes = false;
    loop {
        let trimmed = rest.trim_start();
        if let Some(behind) = trimmed.strip_prefix("/>").or(trimmed.strip_prefix('>')) {
            return Some((behind, has_attributes));
        }
        let is_part = |char: char| char.is_ascii_alphanumeric() || "-_:.@".contains(char);
        let name = trimmed.find(|char| !is_part(char))?;
        // Attributes have a name, and white space in front.
        if name == 0 || trimmed.len() == rest.len() {
            return None;
        }
        rest = &trimmed[name..];
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            continue;
        };
        let value = value.trim_start();
        has_attributes = true;
        let quote = value.chars().next().filter(|char| "\"'".contains(*char));
        rest = match quote {
            Some(quote) => value[1..].split_once(quote)?.1,
            None => {
                let end = value.find(|char: char| char.is_whitespace() || char == '>')?;
                &value[end..]
            }
        };
    }
}

/// The text behind the first `</name>`; `text` must be in lower case.
fn behind_closing<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut places = text.match_indices("</");
    places.find_map(|(at, _)| {
        let rest = text[at + 2..].strip_prefix(name)?;
        rest.trim_start().strip_prefix('>')
    })
}
