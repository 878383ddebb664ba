//! Which file takes which name from which file: paths resolved as the compiler does it, as far
//! as modules, `use` and re-exports go.
//!
//! A name that two namespaces share in one module, and items made by macros, are resolved to
//! the file of the module. Method calls name no file and are not seen.

use crate::house::House;
use crate::tokens::{Kind, Token, end_of_group, is_path_separator, is_sign};
use std::collections::{BTreeMap, BTreeSet};

/// Re-exports of re-exports are followed this often.
const MAX_DEPTH: usize = 16;

/// A path as written: in a `use` declaration with the name it gets there, or in code.
pub(crate) struct Path {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
    pub(crate) import: Option<Import>,
}

/// What a `use` declaration adds to its path.
pub(crate) struct Import {
    /// The name in this module; `*` for a glob.
    pub(crate) alias: String,
    pub(crate) is_public: bool,
}

/// A module: of a file, or inside one.
struct Module {
    crate_index: usize,
    /// The names from the root of the crate.
    path: Vec<String>,
    file: usize,
    definitions: BTreeSet<String>,
    paths: Vec<Path>,
}

/// What a path leads to.
#[derive(Clone)]
enum Target {
    Module(usize),
    Item { module: usize, name: String },
}

/// The names that each file takes from each other file.
pub(crate) struct Imports {
    /// The paths of the files.
    pub(crate) files: Vec<String>,
    /// By the indices of the importing and of the owning file.
    pub(crate) names: BTreeMap<(usize, usize), BTreeSet<String>>,
}

impl Imports {
    pub(crate) fn new(house: &House) -> Self {
        let resolver = Resolver::new(house);
        let mut names: BTreeMap<(usize, usize), BTreeSet<String>> = BTreeMap::new();
        for (index, module) in resolver.modules.iter().enumerate() {
            for path in &module.paths {
                let is_glob = path
                    .import
                    .as_ref()
                    .is_some_and(|import| import.alias == "*");
                let (owner, name) = match resolver.resolve(index, &path.segments, 0) {
                    Some(Target::Item { module, name }) => (module, name),
                    Some(Target::Module(module)) if is_glob => (module, "*".to_owned()),
                    _ => continue,
                };
                let owner = resolver.modules[owner].file;
                if owner != module.file {
                    names.entry((module.file, owner)).or_default().insert(name);
                }
            }
        }
        Self {
            files: house.files.iter().map(|file| file.path.clone()).collect(),
            names,
        }
    }
}

/// The paths of a file's tokens, those inside its inner modules too.
pub(crate) fn paths_of(tokens: &[Token]) -> Vec<Path> {
    let mut modules = Vec::new();
    read_module(tokens, 0, 0, Vec::new(), &mut modules);
    modules
        .into_iter()
        .flat_map(|module| module.paths)
        .collect()
}

struct Resolver<'a> {
    house: &'a House,
    modules: Vec<Module>,
    by_path: BTreeMap<(usize, Vec<String>), usize>,
}

impl<'a> Resolver<'a> {
    fn new(house: &'a House) -> Self {
        let roots: BTreeSet<&str> = house
            .files
            .iter()
            .map(|file| file.path.as_str())
            .filter(|path| path.ends_with("lib.rs"))
            .collect();
        let mut modules = Vec::new();
        for (index, file) in house.files.iter().enumerate() {
            let folder = house.crates[file.crate_index].source_folder();
            let is_library = roots.contains(format!("{folder}lib.rs").as_str());
            let inside = file.path.strip_prefix(&folder).unwrap_or(&file.path);
            let inside = inside.strip_suffix(".rs").unwrap_or(inside);
            let inside = inside.strip_suffix("/mod").unwrap_or(inside);
            let path = match inside {
                "lib" => Vec::new(),
                "main" if !is_library => Vec::new(),
                inside => inside.split('/').map(str::to_owned).collect(),
            };
            read_module(&file.tokens, index, file.crate_index, path, &mut modules);
        }
        let by_path = modules
            .iter()
            .enumerate()
            .map(|(index, module)| ((module.crate_index, module.path.clone()), index))
            .collect();
        Self {
            house,
            modules,
            by_path,
        }
    }

    fn module(&self, crate_index: usize, path: &[String]) -> Option<usize> {
        self.by_path.get(&(crate_index, path.to_vec())).copied()
    }

    /// What `segments`, written in a module, lead to; nothing if that is outside the house.
    fn resolve(&self, from: usize, segments: &[String], depth: usize) -> Option<Target> {
        let module = &self.modules[from];
        let (first, rest) = segments.split_first()?;
        let start = match first.as_str() {
            "crate" => Target::Module(self.module(module.crate_index, &[])?),
            "self" => Target::Module(from),
            "super" => Target::Module(self.parent(from)?),
            name => self
                .look_up(from, name, !rest.is_empty(), depth)
                .or_else(|| self.crate_root(name))?,
        };
        rest.iter()
            .enumerate()
            .try_fold(start, |target, (index, name)| {
                let Target::Module(module) = target else {
                    // A variant or an associated item belongs to the file of its type.
                    return Some(target);
                };
                if name == "super" {
                    return self.parent(module).map(Target::Module);
                }
                let found = self.look_up(module, name, index + 1 < rest.len(), depth);
                Some(found.unwrap_or_else(|| Target::Item {
                    module,
                    name: name.clone(),
                }))
            })
    }

    fn parent(&self, module: usize) -> Option<usize> {
        let module = &self.modules[module];
        let (_, parent) = module.path.split_last()?;
        self.module(module.crate_index, parent)
    }

    fn crate_root(&self, name: &str) -> Option<Target> {
        let index = self
            .house
            .crates
            .iter()
            .position(|found| found.name == name)?;
        self.module(index, &[]).map(Target::Module)
    }

    /// A name in the scope of a module. Where a path goes on behind it, a module comes before
    /// an item of the same name.
    fn look_up(&self, module: usize, name: &str, goes_on: bool, depth: usize) -> Option<Target> {
        if depth > MAX_DEPTH {
            return None;
        }
        let scope = &self.modules[module];
        let definition = || {
            scope.definitions.contains(name).then(|| Target::Item {
                module,
                name: name.to_owned(),
            })
        };
        let child = || {
            let mut path = scope.path.clone();
            path.push(name.to_owned());
            self.module(scope.crate_index, &path).map(Target::Module)
        };
        let import = || {
            scope.paths.iter().find_map(|path| {
                let alias = &path.import.as_ref()?.alias;
                let is_itself = path.segments.len() == 1 && path.segments[0] == name;
                if alias != name || is_itself {
                    return None;
                }
                self.resolve(module, &path.segments, depth + 1)
            })
        };
        let glob = || {
            scope.paths.iter().find_map(|path| {
                if path.import.as_ref()?.alias != "*" {
                    return None;
                }
                match self.resolve(module, &path.segments, depth + 1)? {
                    Target::Module(other) if other != module => {
                        self.look_up(other, name, goes_on, depth + 1)
                    }
                    _ => None,
                }
            })
        };
        let found = match goes_on {
            true => child().or_else(import).or_else(definition),
            false => definition().or_else(import).or_else(child),
        };
        found.or_else(glob)
    }
}

/// Adds the module that consists of these tokens, and the modules inside it.
fn read_module(
    tokens: &[Token],
    file: usize,
    crate_index: usize,
    path: Vec<String>,
    modules: &mut Vec<Module>,
) {
    let mut definitions = BTreeSet::new();
    let mut paths = Vec::new();
    let mut depth = 0;
    let mut index = 0;
    while index < tokens.len() {
        let is_item = depth == 0;
        match &tokens[index].kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth -= 1,
            Kind::Sign(_) | Kind::Literal => {}
            Kind::Word(word) if word == "use" && !is_sign(tokens, index + 1, '<') => {
                let is_public = is_public(tokens, index);
                index = read_use(tokens, index + 1, &[], is_public, &mut paths);
                continue;
            }
            Kind::Word(word) if word == "mod" && is_item => {
                if let Some((name, end)) = inner_module(tokens, index) {
                    let mut inner = path.clone();
                    inner.push(name);
                    read_module(&tokens[index + 3..end], file, crate_index, inner, modules);
                    index = end;
                }
            }
            Kind::Word(_) if begins_path(tokens, index) => {
                index = read_path(tokens, index, &mut paths);
                continue;
            }
            Kind::Word(_) if is_item => definitions.extend(definition(tokens, index)),
            Kind::Word(_) => {}
        }
        index += 1;
    }
    modules.push(Module {
        crate_index,
        path,
        file,
        definitions,
        paths,
    });
}

/// The name of the module that begins at `index`, and the index of the brace that closes it. `None`
/// if its content is in another file.
fn inner_module(tokens: &[Token], index: usize) -> Option<(String, usize)> {
    let name = tokens.get(index + 1)?.word()?.to_owned();
    let is_inside = tokens.get(index + 2)?.kind == Kind::Open('{');
    is_inside.then(|| (name, end_of_group(tokens, index + 2)))
}

/// The name of the item whose keyword is at `index`.
fn definition(tokens: &[Token], index: usize) -> Option<String> {
    let name = match tokens[index].word()? {
        "fn" | "struct" | "enum" | "union" | "trait" | "type" | "const" | "static" => index + 1,
        "macro_rules" => index + 2,
        _ => return None,
    };
    // In `const fn` the name follows the second keyword.
    let name = tokens.get(name)?.word()?;
    (name != "fn").then(|| name.to_owned())
}

/// Whether a path of several names begins at `index`, rather than goes on there.
fn begins_path(tokens: &[Token], index: usize) -> bool {
    let goes_on = index > 0 && is_sign(tokens, index - 1, '.')
        || index > 1 && is_path_separator(tokens, index - 2);
    !goes_on && is_path_separator(tokens, index + 1)
}

/// Whether the `use` at `index` has a visibility before it.
fn is_public(tokens: &[Token], index: usize) -> bool {
    let before = tokens[..index].last();
    before.is_some_and(|token| token.word() == Some("pub") || token.kind == Kind::Close(')'))
}

/// Reads a path in code that begins at `index`; returns the index behind it.
fn read_path(tokens: &[Token], mut index: usize, paths: &mut Vec<Path>) -> usize {
    let line = tokens[index].line;
    let mut segments = Vec::new();
    while let Some(word) = tokens.get(index).and_then(Token::word) {
        segments.push(word.to_owned());
        index += 1;
        let is_word_behind = tokens
            .get(index + 2)
            .is_some_and(|token| token.word().is_some());
        if !is_path_separator(tokens, index) || !is_word_behind {
            break;
        }
        index += 2;
    }
    if segments.len() > 1 {
        paths.push(Path {
            segments,
            line,
            import: None,
        });
    }
    index
}

/// Reads one branch of a `use` declaration, with the groups inside it; returns the index of the
/// sign that ends it.
fn read_use(
    tokens: &[Token],
    mut index: usize,
    prefix: &[String],
    is_public: bool,
    paths: &mut Vec<Path>,
) -> usize {
    let line = tokens[index].line;
    let mut segments = prefix.to_vec();
    let mut alias = None;
    while let Some(token) = tokens.get(index) {
        match &token.kind {
            Kind::Word(word) if word == "as" => {
                alias = tokens
                    .get(index + 1)
                    .and_then(Token::word)
                    .map(str::to_owned);
                index += 1;
            }
            Kind::Word(word) if word == "self" && !prefix.is_empty() => {}
            Kind::Word(word) => segments.push(word.clone()),
            Kind::Sign('*') => alias = Some("*".to_owned()),
            Kind::Sign(':') => {}
            Kind::Open('{') => {
                let end = end_of_group(tokens, index);
                index += 1;
                while index < end {
                    index = read_use(tokens, index, &segments, is_public, paths);
                    index += usize::from(index < end);
                }
                return end + 1;
            }
            _ => break,
        }
        index += 1;
    }
    let last = segments.last().cloned();
    if let Some(alias) = alias.or(last) {
        paths.push(Path {
            segments,
            line,
            import: Some(Import { alias, is_public }),
        });
    }
    index
}
