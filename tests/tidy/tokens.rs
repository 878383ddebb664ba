//! A source file as a flat list of tokens: without comments, attributes and test modules.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One token, with the line on which it begins (from 1).
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) line: usize,
}

/// What a token is. Groups are opened and closed by a token each.
#[derive(PartialEq)]
pub(crate) enum Kind {
    Word(String),
    Sign(char),
    Literal,
    Open(char),
    Close(char),
}

impl Token {
    /// The identifier or keyword, if the token is one.
    pub(crate) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The tokens of a source file. Panics if it is not Rust.
pub(crate) fn tokens(path: &str, source: &str) -> Vec<Token> {
    let stream: TokenStream = source
        .parse()
        .unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut all = Vec::new();
    flatten(stream, &mut all);
    without_attributes(all)
}

fn flatten(stream: TokenStream, all: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Ident(ident) => all.push(Token {
                kind: Kind::Word(ident.to_string()),
                line,
            }),
            TokenTree::Punct(punct) => all.push(Token {
                kind: Kind::Sign(punct.as_char()),
                line,
            }),
            TokenTree::Literal(_) => all.push(Token {
                kind: Kind::Literal,
                line,
            }),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ('(', ')'),
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket => ('[', ']'),
                    Delimiter::None => (' ', ' '),
                };
                all.push(Token {
                    kind: Kind::Open(open),
                    line,
                });
                flatten(group.stream(), all);
                all.push(Token {
                    kind: Kind::Close(close),
                    line: group.span_close().end().line,
                });
            }
        }
    }
}

/// Drops attributes, and each item that only tests compile.
fn without_attributes(all: Vec<Token>) -> Vec<Token> {
    let mut dropped = vec![false; all.len()];
    let mut index = 0;
    while index < all.len() {
        let sign = is_sign(&all, index, '#');
        let inner = usize::from(sign && is_sign(&all, index + 1, '!'));
        let open = index + 1 + inner;
        if !sign || !matches!(all.get(open), Some(token) if token.kind == Kind::Open('[')) {
            index += 1;
            continue;
        }
        let close = end_of_group(&all, open);
        let words: Vec<&str> = all[open..close].iter().filter_map(Token::word).collect();
        let is_for_tests =
            words.starts_with(&["cfg"]) && words.contains(&"test") && !words.contains(&"not");
        let end = match inner == 0 && is_for_tests {
            true => end_of_item(&all, close + 1),
            false => close,
        };
        dropped[index..=end].fill(true);
        index = end + 1;
    }
    let mut dropped = dropped.into_iter();
    let mut kept = all;
    kept.retain(|_| !dropped.next().unwrap_or_default());
    kept
}

/// The index of the token that closes the group opened at `open`.
pub(crate) fn end_of_group(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    tokens.len() - 1
}

/// The index of the last token of the item that begins at `start`.
fn end_of_item(tokens: &[Token], start: usize) -> usize {
    let mut index = start;
    while index < tokens.len() {
        match tokens[index].kind {
            Kind::Sign(';') => return index,
            Kind::Open('{') => return end_of_group(tokens, index),
            Kind::Open(_) => index = end_of_group(tokens, index) + 1,
            _ => index += 1,
        }
    }
    tokens.len() - 1
}

/// Whether the token at `index` is this sign.
pub(crate) fn is_sign(tokens: &[Token], index: usize, sign: char) -> bool {
    matches!(tokens.get(index), Some(token) if token.kind == Kind::Sign(sign))
}

/// Whether `::` stands at `index`.
pub(crate) fn is_path_separator(tokens: &[Token], index: usize) -> bool {
    is_sign(tokens, index, ':') && is_sign(tokens, index + 1, ':')
}
