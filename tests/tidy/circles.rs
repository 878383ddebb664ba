//! Files that import each other, directly or through others.

use crate::modules::Imports;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A circle: every file in it reaches every other one through imports.
pub(crate) struct Circle {
    /// The paths of the files, sorted.
    pub(crate) files: Vec<String>,
    /// The imports inside the circle: from, to, and the names that tie them.
    ties: Vec<(String, String, String)>,
}

/// All circles, each of two files or more, by the path of their first file.
pub(crate) fn circles(imports: &Imports) -> Vec<Circle> {
    let mut targets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (from, to) in imports.names.keys() {
        targets.entry(*from).or_default().push(*to);
    }
    let reached: Vec<BTreeSet<usize>> = (0..imports.files.len())
        .map(|file| reached_from(file, &targets))
        .collect();
    let mut circles = Vec::new();
    let mut is_seen = vec![false; imports.files.len()];
    for file in 0..imports.files.len() {
        if is_seen[file] || !reached[file].contains(&file) {
            continue;
        }
        let members: Vec<usize> = reached[file]
            .iter()
            .copied()
            .filter(|other| reached[*other].contains(&file))
            .collect();
        for member in &members {
            is_seen[*member] = true;
        }
        let path = |file: usize| imports.files[file].clone();
        let ties = imports
            .names
            .iter()
            .filter(|((from, to), _)| members.contains(from) && members.contains(to))
            .map(|((from, to), names)| {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                (path(*from), path(*to), names.join(", "))
            });
        circles.push(Circle {
            files: members.iter().map(|member| path(*member)).collect(),
            ties: ties.collect(),
        });
    }
    circles
}

/// The files that a file imports, directly or through others.
fn reached_from(file: usize, targets: &BTreeMap<usize, Vec<usize>>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open = vec![file];
    while let Some(file) = open.pop() {
        for target in targets.get(&file).into_iter().flatten() {
            if reached.insert(*target) {
                open.push(*target);
            }
        }
    }
    reached
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "a circle of {} files:", self.files.len())?;
        for (from, to, names) in &self.ties {
            writeln!(f, "  {from} -> {to}: {names}")?;
        }
        Ok(())
    }
}
