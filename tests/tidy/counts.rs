//! Figures about the sources. They are printed, and nothing fails because of them.
//!
//! All are counted on the tokens, without test modules: a function from the line of `fn` to its
//! closing brace; a catch-all as `_ =>`; an unnamed field as a bool or a number that stands
//! alone in the parentheses of an enum variant.

use crate::circles::Circle;
use crate::house::House;
use crate::modules::{Imports, paths_of};
use crate::tokens::{Kind, Token, end_of_group, is_sign};
use std::collections::BTreeMap;
use std::fmt;

const LONG_FUNCTION: usize = 60;
const LONG_FILE: usize = 400;

/// The types that say nothing in an enum variant without a name beside them.
const BARE_TYPES: [&str; 14] = [
    "bool", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "isize", "f32",
    "f64",
];

/// The figures.
pub(crate) struct Counts {
    files: usize,
    lines: usize,
    circles: usize,
    files_in_circles: usize,
    largest_circle: usize,
    long_functions: usize,
    long_files: usize,
    string_errors: usize,
    catch_alls: usize,
    unnamed_fields: usize,
    re_exports: usize,
}

impl Counts {
    pub(crate) fn new(house: &House, circles: &[Circle]) -> Self {
        let count = |number: fn(&[Token]) -> usize| {
            house.files.iter().map(|file| number(&file.tokens)).sum()
        };
        let sizes = || circles.iter().map(|circle| circle.files.len());
        Self {
            files: house.files.len(),
            lines: house.files.iter().map(|file| file.lines).sum(),
            circles: circles.len(),
            files_in_circles: sizes().sum(),
            largest_circle: sizes().max().unwrap_or_default(),
            long_functions: count(long_functions),
            long_files: house
                .files
                .iter()
                .filter(|file| file.lines > LONG_FILE)
                .count(),
            string_errors: count(string_errors),
            catch_alls: count(catch_alls),
            unnamed_fields: count(unnamed_fields),
            re_exports: count(re_exports),
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = [
            ("files", self.files),
            ("lines", self.lines),
            ("circles of files", self.circles),
            ("files in circles", self.files_in_circles),
            ("files in the largest circle", self.largest_circle),
            ("functions over 60 lines", self.long_functions),
            ("files over 400 lines", self.long_files),
            ("Result<_, String>", self.string_errors),
            ("catch-all arms `_ =>`", self.catch_alls),
            ("unnamed bools and numbers in variants", self.unnamed_fields),
            ("re-exports", self.re_exports),
        ];
        for (name, number) in rows {
            writeln!(f, "{number:>6}  {name}")?;
        }
        Ok(())
    }
}

fn long_functions(tokens: &[Token]) -> usize {
    let is_long = |index: usize| {
        if tokens[index].word() != Some("fn") {
            return false;
        }
        let Some(body) = body_of(tokens, index) else {
            return false;
        };
        let end = &tokens[end_of_group(tokens, body)];
        end.line + 1 - tokens[index].line > LONG_FUNCTION
    };
    (0..tokens.len()).filter(|index| is_long(*index)).count()
}

/// The index of the brace that opens the body of an item, if it has one.
fn body_of(tokens: &[Token], item: usize) -> Option<usize> {
    let mut index = item + 1;
    while index < tokens.len() {
        match tokens[index].kind {
            Kind::Open('{') => return Some(index),
            Kind::Open(_) => index = end_of_group(tokens, index) + 1,
            Kind::Sign(';') | Kind::Close(_) => return None,
            _ => index += 1,
        }
    }
    None
}

/// `Result<…, String>`, also with a longer path before `Result`.
fn string_errors(tokens: &[Token]) -> usize {
    let is_string_error = |start: usize| {
        if tokens[start].word() != Some("Result") || !is_sign(tokens, start + 1, '<') {
            return false;
        }
        let mut angles = 0;
        let mut index = start + 1;
        let mut last = start + 1;
        while index < tokens.len() {
            match tokens[index].kind {
                Kind::Sign('<') => angles += 1,
                Kind::Sign('>') if !is_sign(tokens, index - 1, '-') => angles -= 1,
                Kind::Sign(',') if angles == 1 => last = index,
                Kind::Open(_) => index = end_of_group(tokens, index),
                Kind::Close(_) => return false,
                _ => {}
            }
            if angles == 0 {
                let is_alone = index == last + 2 && last > start + 1;
                return is_alone && tokens[last + 1].word() == Some("String");
            }
            index += 1;
        }
        false
    };
    (0..tokens.len())
        .filter(|index| is_string_error(*index))
        .count()
}

fn catch_alls(tokens: &[Token]) -> usize {
    let is_catch_all = |index: usize| {
        tokens[index].word() == Some("_")
            && is_sign(tokens, index + 1, '=')
            && is_sign(tokens, index + 2, '>')
    };
    (0..tokens.len())
        .filter(|index| is_catch_all(*index))
        .count()
}

fn unnamed_fields(tokens: &[Token]) -> usize {
    let mut number = 0;
    for index in 0..tokens.len() {
        if tokens[index].word() != Some("enum") {
            continue;
        }
        let Some(body) = body_of(tokens, index) else {
            continue;
        };
        let end = end_of_group(tokens, body);
        let mut variant = body + 1;
        while variant < end {
            let is_tuple = tokens[variant].kind == Kind::Open('(');
            if !matches!(tokens[variant].kind, Kind::Open(_)) {
                variant += 1;
                continue;
            }
            let close = end_of_group(tokens, variant);
            if is_tuple {
                number += bare_types(&tokens[variant..=close]);
            }
            variant = close + 1;
        }
    }
    number
}

/// The types between two parentheses that are a bool or a number and nothing else.
fn bare_types(group: &[Token]) -> usize {
    let ends = |token: &Token| matches!(token.kind, Kind::Sign(',') | Kind::Close(')'));
    let begins = |token: &Token| matches!(token.kind, Kind::Sign(',') | Kind::Open('('));
    let windows = group.windows(3).filter(|window| {
        let word = window[1].word().unwrap_or_default();
        begins(&window[0]) && BARE_TYPES.contains(&word) && ends(&window[2])
    });
    windows.count()
}

fn re_exports(tokens: &[Token]) -> usize {
    let is_public =
        |import: Option<&crate::modules::Import>| import.is_some_and(|import| import.is_public);
    let paths = paths_of(tokens);
    paths
        .iter()
        .filter(|path| is_public(path.import.as_ref()))
        .count()
}

/// A crate, or a folder of the web app's sources.
fn room(path: &str) -> String {
    let folders: Vec<&str> = path.split('/').collect();
    match folders.as_slice() {
        ["src", folder, _, ..] => format!("src/{folder}"),
        ["src", ..] => "src".to_owned(),
        ["crates", name, ..] => (*name).to_owned(),
        [name, ..] => (*name).to_owned(),
        [] => String::new(),
    }
}

/// How many names the files of each room (a row) take from files of each room (a column).
pub(crate) fn table(imports: &Imports) -> String {
    let mut numbers: BTreeMap<(String, String), usize> = BTreeMap::new();
    for ((from, to), names) in &imports.names {
        let rooms = (room(&imports.files[*from]), room(&imports.files[*to]));
        *numbers.entry(rooms).or_default() += names.len();
    }
    let mut rooms: Vec<String> = imports.files.iter().map(|path| room(path)).collect();
    rooms.sort();
    rooms.dedup();
    let mut lines = vec![format!("{:>12}", "names from")];
    for room in &rooms {
        lines[0].push_str(&format!("{room:>12}"));
    }
    for from in &rooms {
        let mut line = format!("{from:>12}");
        for to in &rooms {
            let number = numbers.get(&(from.clone(), to.clone()));
            let number = number.map_or("·".to_owned(), usize::to_string);
            line.push_str(&format!("{number:>12}"));
        }
        lines.push(line);
    }
    lines.join("\n")
}
