//! An article in JSON: its text, its blocks and what is known about it.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use pullquote_core::model::article::{Article, BlockKind, Source, TextDirection};
use pullquote_core::text::offset::CharOffset;
use pullquote_core::text::offset_map::OffsetMap;
use pullquote_core::text::span::Span;

use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct WireArticle<'a> {
    id: String,
    title: &'a str,
    language: Option<&'a str>,
    direction: &'static str,
    source: WireSource<'a>,
    text: &'a str,
    text_sha256: &'a str,
    blocks: Vec<WireBlock>,
}

#[derive(Serialize)]
pub(crate) struct WireSource<'a> {
    url: &'a str,
    outlet: &'a str,
    byline: &'a str,
    published: &'a str,
    retrieved: &'a str,
}

#[derive(Serialize)]
struct WireBlock {
    kind: &'static str,
    start: u32,
    end: u32,
}

pub(crate) fn direction_name(direction: TextDirection) -> &'static str {
    match direction {
        TextDirection::LeftToRight => "ltr",
        TextDirection::RightToLeft => "rtl",
    }
}

pub(crate) fn read_direction(node: &JsonNode) -> Result<TextDirection, ReadError> {
    match node.text()? {
        "ltr" => Ok(TextDirection::LeftToRight),
        "rtl" => Ok(TextDirection::RightToLeft),
        _ => Err(node.expected("`ltr` or `rtl`")),
    }
}

pub(crate) fn wire_source(source: &Source) -> WireSource<'_> {
    WireSource {
        url: &source.url,
        outlet: &source.outlet,
        byline: &source.byline,
        published: &source.published,
        retrieved: &source.retrieved,
    }
}

pub(crate) fn read_source(node: &JsonNode) -> Result<Source, ReadError> {
    Ok(Source {
        url: node.text_or_empty("url")?,
        outlet: node.text_or_empty("outlet")?,
        byline: node.text_or_empty("byline")?,
        published: node.text_or_empty("published")?,
        retrieved: node.text_or_empty("retrieved")?,
    })
}

const BLOCK_KINDS: [(&str, BlockKind); 11] = [
    ("heading1", BlockKind::Heading(1)),
    ("heading2", BlockKind::Heading(2)),
    ("heading3", BlockKind::Heading(3)),
    ("heading4", BlockKind::Heading(4)),
    ("heading5", BlockKind::Heading(5)),
    ("heading6", BlockKind::Heading(6)),
    ("paragraph", BlockKind::Paragraph),
    ("quote", BlockKind::Quote),
    ("list_item", BlockKind::ListItem),
    ("caption", BlockKind::Caption),
    ("preformatted", BlockKind::Preformatted),
];

/// The name of a kind of block in our files.
pub fn block_kind_name(kind: BlockKind) -> &'static str {
    let known = BLOCK_KINDS.iter().find(|(_, known)| *known == kind);
    known.map_or("paragraph", |(name, _)| name)
}

/// The kind of block with this name.
pub(crate) fn block_kind(name: &str) -> Option<BlockKind> {
    let known = BLOCK_KINDS.iter().find(|(known, _)| *known == name);
    known.map(|(_, kind)| *kind)
}

pub(crate) fn wire_article(article: &Article) -> WireArticle<'_> {
    let blocks = article.blocks().iter().map(|block| {
        let [start, end] = char_range(article, block.span);
        WireBlock {
            kind: block_kind_name(block.kind),
            start,
            end,
        }
    });
    WireArticle {
        id: article.id.to_string(),
        title: &article.title,
        language: article.language.as_ref().map(|language| language.as_str()),
        direction: direction_name(article.direction),
        source: wire_source(&article.source),
        text: article.text(),
        text_sha256: article.sha256(),
        blocks: blocks.collect(),
    }
}

pub(crate) fn read_article(node: &JsonNode) -> Result<Article, ReadError> {
    let text = node.field("text")?.text()?.to_owned();
    let offsets = OffsetMap::new(&text);
    let list = node.field("blocks")?;
    let mut blocks = Vec::new();
    for block in list.items()? {
        let kind = block.field("kind")?;
        let kind = block_kind(kind.text()?).ok_or_else(|| kind.expected("a kind of block"))?;
        let (start, end) = (block.field("start")?.u32()?, block.field("end")?.u32()?);
        let byte = |at| offsets.from_chars(CharOffset(at)).map(|at| at.index());
        let range = byte(start).zip(byte(end)).ok_or_else(|| ReadError::Range {
            place: block.path(),
            start,
            end,
        })?;
        blocks.push((kind, range.0..range.1));
    }
    let id = node.field("id")?.parsed()?;
    let title = node.field("title")?.text()?.to_owned();
    let mut article = list.checked(Article::new(id, title, text, blocks))?;
    if article.sha256() != node.field("text_sha256")?.text()? {
        return Err(ReadError::TextChanged);
    }
    read_metadata(node, &mut article)?;
    Ok(article)
}

/// Reads language, direction and source into `article`.
pub(crate) fn read_metadata(node: &JsonNode, article: &mut Article) -> Result<(), ReadError> {
    let language = node.optional("language");
    article.language = language.map(|language| language.parsed()).transpose()?;
    article.direction = read_direction(&node.field("direction")?)?;
    if let Some(source) = node.optional("source") {
        article.source = read_source(&source)?;
    }
    Ok(())
}

/// The code points at which a span starts and ends.
pub(crate) fn char_range(article: &Article, span: Span) -> [u32; 2] {
    [span.start(), span.end()].map(|at| article.offsets().chars(at).unwrap_or_default().0)
}
