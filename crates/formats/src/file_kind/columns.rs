//! Annotations in columns: each line has a token and its label, or an annotation.

use crate::file_kind::kind::FileKind;

/// The number of lines that are examined.
const EXAMINED: usize = 200;

/// The number of lines that a file must have to be taken for columns: fewer can be an article.
const NEEDED: usize = 5;

/// The kind of a text in columns; `None` if it is not in columns.
pub(crate) fn kind(extension: &str, text: &str) -> Option<FileKind> {
    if text.starts_with("#FORMAT=WebAnno TSV") {
        return Some(FileKind::OtherTool("WebAnno TSV"));
    }
    let lines = || {
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .take(EXAMINED)
    };
    let is_conll = matches!(
        extension,
        "conll" | "conllu" | "conllx" | "iob" | "iob2" | "bio" | "bioes" | "bilou"
    );
    let columns = || lines().filter(|line| !line.starts_with('#'));
    let is_labelled = columns().all(is_label_line) && columns().any(is_beginning);
    let is_conllu = columns().all(is_conllu_line);
    let is_many = columns().nth(NEEDED - 1).is_some();
    if text.starts_with("-DOCSTART-") || is_conll || is_many && (is_labelled || is_conllu) {
        return Some(FileKind::OtherTool("CoNLL"));
    }
    let is_ann = lines().all(is_standoff);
    let is_named = extension == "ann" && lines().next().is_some_and(is_standoff);
    (is_named || is_many && is_ann).then_some(FileKind::OtherTool("brat"))
}

/// Whether a line has ten columns, the first of which begins with a digit: `1`, `1-2`.
fn is_conllu_line(line: &str) -> bool {
    let is_numbered = line.starts_with(|char: char| char.is_ascii_digit());
    is_numbered && line.split('\t').count() == 10
}

/// Whether a line has at least a token and a label of IOB, IOBES or BILOU: `Basel B-LOC`.
fn is_label_line(line: &str) -> bool {
    let mut columns = line.split_whitespace().rev();
    let label = columns.next().unwrap_or_default();
    let is_in = label.starts_with(['B', 'I', 'E', 'S', 'L', 'U', 'O']);
    let is_label = label == "O" || is_in && label[1..].starts_with('-') && label.len() > 2;
    is_label && columns.next().is_some()
}

/// Whether a mark begins in this line. A list whose lines happen to end in "O" has no such line.
fn is_beginning(line: &str) -> bool {
    let label = line.split_whitespace().next_back().unwrap_or_default();
    label.starts_with(['B', 'I', 'S', 'U']) && label[1..].starts_with('-')
}

/// Whether a line is one of brat's standoff format: `T1`, `R2` or `#3`, then a tab.
fn is_standoff(line: &str) -> bool {
    let Some((id, rest)) = line.split_once('\t') else {
        return false;
    };
    let number = id.strip_prefix(['T', 'R', 'E', 'A', 'M', 'N', '#']);
    let is_id = number.is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    (is_id || id == "*") && !rest.is_empty()
}
