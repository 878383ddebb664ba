//! Where in a JSON text a line and a column are, as a path.

/// The path of the innermost value at a line and column (both from 1) of a JSON
/// text: `annotations[3].spans[0]`; "the file" for the whole.
///
/// Found by reading the text up to there, so that no reader of values has to keep
/// track of paths.
pub(super) fn json_place(text: &str, line: usize, column: usize) -> String {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = before.map(str::len).sum();
    let end = text.floor_char_boundary((start + column).min(text.len()));
    let mut path: Vec<Step> = Vec::new();
    let mut bytes = text.as_bytes()[..end].iter().enumerate();
    let mut key: Option<&str> = None;
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => {
                let mut close = text.len();
                while let Some((here, byte)) = bytes.next() {
                    match byte {
                        b'\\' => {
                            bytes.next();
                        }
                        b'"' => {
                            close = here;
                            break;
                        }
                        _ => {}
                    }
                }
                key = text.get(at + 1..close);
            }
            b':' => {
                if let Some(Step::Field(name)) = path.last_mut() {
                    *name = key.unwrap_or_default();
                }
            }
            b'{' => path.push(Step::Field("")),
            b'[' => path.push(Step::Item(0)),
            b'}' | b']' if at + 1 < end => {
                path.pop();
            }
            b'}' => {
                // The fault is in the object that ends here: one of its fields is missing.
                path.pop();
                break;
            }
            b',' => match path.last_mut() {
                Some(Step::Item(number)) => *number += 1,
                Some(Step::Field(name)) => *name = "",
                None => {}
            },
            _ => {}
        }
    }
    written(&path)
}

enum Step<'a> {
    Field(&'a str),
    Item(usize),
}

fn written(path: &[Step]) -> String {
    let mut written = String::new();
    for step in path {
        match step {
            Step::Field("") => {}
            Step::Field(name) => {
                if !written.is_empty() {
                    written.push('.');
                }
                written.push_str(name);
            }
            Step::Item(number) => written.push_str(&format!("[{number}]")),
        }
    }
    if written.is_empty() {
        "the file".to_owned()
    } else {
        written
    }
}

#[cfg(test)]
mod tests {
    use super::json_place;

    const TEXT: &str = "{\n \"a\": [\n  {\"b\\\"{\": 1, \"é🙂\": [2, 3]},\n  {}\n ],\n \"z\": 9\n}";

    #[track_caller]
    fn check(line: usize, column: usize, expected: &str) {
        assert_eq!(json_place(TEXT, line, column), expected);
    }

    #[test]
    fn a_line_and_a_column_are_a_path() {
        check(2, 5, "a");
        check(3, 12, "a[0].b\\\"{");
        check(3, 28, "a[0].é🙂[1]");
        check(4, 4, "a[1]");
        check(6, 7, "z");
        check(1, 1, "the file");
        check(99, 99, "the file");
    }
}
