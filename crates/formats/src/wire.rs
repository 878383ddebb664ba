//! The shapes of the records in files and in storage, and how they are read.
//!
//! Everything is checked on the way in, once. What is written is borrowed.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use pullquote_core::edit::merge::RecordKey;
use pullquote_core::model::annotation::{Annotation, Spans};
use pullquote_core::model::article::{Article, BlockKind, Source, TextDirection};
use pullquote_core::model::codebook::{Codebook, RelationKind, Tag};
use pullquote_core::model::entity::Entity;
use pullquote_core::model::id::Slug;
use pullquote_core::model::relation::Relation;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::{Attribute, AttributeKind, Value, Values};
use pullquote_core::sorted::VecMap;
use pullquote_core::text::offset::CharOffset;
use pullquote_core::text::offset_map::OffsetMap;
use pullquote_core::text::span::Span;

use serde::Serialize;
use serde_json::Value as Json;
use serde_json::ser::{PrettyFormatter, Serializer};
use std::time::{Duration, UNIX_EPOCH};

/// The JSON of a record, each value on a line of its own, further in by `indent`.
pub fn written(record: &impl Serialize, indent: &str) -> String {
    let mut bytes = Vec::new();
    let layout = PrettyFormatter::with_indent(indent.as_bytes());
    let mut writer = Serializer::with_formatter(&mut bytes, layout);
    #[expect(
        clippy::expect_used,
        reason = "strings, numbers and string-keyed maps always have a JSON form, in UTF-8"
    )]
    {
        record
            .serialize(&mut writer)
            .expect("the record has a JSON form");
        String::from_utf8(bytes).expect("JSON is UTF-8")
    }
}

/// The JSON value of a text, or where it stops being one.
pub(crate) fn parsed(text: &str) -> Result<Json, ReadError> {
    serde_json::from_str(text).map_err(|error| {
        let said = error.to_string();
        let reason = said.split(" at line ").next().unwrap_or_default();
        ReadError::NotJson {
            line: error.line(),
            column: error.column(),
            reason: reason.to_owned(),
        }
    })
}

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

#[derive(Serialize)]
pub(crate) struct WireCodebook<'a> {
    name: &'a str,
    version: &'a str,
    guide: &'a str,
    tags: Vec<WireTag<'a>>,
    relations: Vec<WireRelationKind<'a>>,
    questions: Vec<WireAttribute<'a>>,
}

#[derive(Serialize)]
struct WireTag<'a> {
    id: &'a str,
    name: &'a str,
    colour: String,
    key: Option<char>,
    definition: &'a str,
    include: &'a str,
    exclude: &'a str,
    example: &'a str,
    cast: bool,
    attributes: Vec<WireAttribute<'a>>,
}

#[derive(Serialize)]
struct WireAttribute<'a> {
    id: &'a str,
    name: &'a str,
    help: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Vec<&'a str>>,
    required: bool,
}

#[derive(Serialize)]
struct WireRelationKind<'a> {
    id: &'a str,
    name: &'a str,
    from: Vec<&'a str>,
    to: Vec<&'a str>,
    required: bool,
}

#[derive(Serialize)]
pub(crate) struct WireAnnotation<'a> {
    id: String,
    tag: &'a str,
    spans: Vec<WireSpan<'a>>,
    attributes: Json,
    entity: Option<String>,
    note: &'a str,
    flagged: bool,
    coder: &'a str,
    created: String,
    modified: String,
}

#[derive(Serialize)]
struct WireSpan<'a> {
    start: u32,
    end: u32,
    quote: &'a str,
    utf16: [u32; 2],
    utf8: [u32; 2],
}

#[derive(Serialize)]
pub(crate) struct WireRelation<'a> {
    id: String,
    kind: &'a str,
    from: String,
    to: String,
}

#[derive(Serialize)]
pub(crate) struct WireEntity<'a> {
    id: String,
    tag: &'a str,
    name: &'a str,
    aliases: &'a [String],
    reference: &'a str,
}

/// The last moment that RFC 3339 can write, in milliseconds since 1970.
const YEAR_9999: i64 = 253_402_300_799_999;

/// A moment as RFC 3339 has it, in UTC, to the millisecond; one outside the years
/// 1970 to 9999 as the nearest that is inside.
pub fn time(moment: Timestamp) -> String {
    let since = Duration::from_millis(moment.0.clamp(0, YEAR_9999) as u64);
    humantime::format_rfc3339_millis(UNIX_EPOCH + since).to_string()
}

pub(crate) fn moment(at: &JsonNode) -> Result<Timestamp, ReadError> {
    let text = at.text()?;
    let since = humantime::parse_rfc3339(text)
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| i64::try_from(since.as_millis()).ok());
    since.map(Timestamp).ok_or_else(|| ReadError::Time {
        place: at.place(),
        found: text.to_owned(),
    })
}

/// Times by the name of the piece that they are of.
pub(crate) type Times = serde_json::Map<String, Json>;

/// Moments by the piece that they are of.
pub(crate) fn times(traces: &VecMap<RecordKey, Timestamp>) -> Times {
    let mut times = Times::new();
    for (piece, at) in traces {
        times.insert(piece.to_string(), Json::from(time(*at)));
    }
    times
}

/// The moments in the field of this name; none if it is not there.
pub(crate) fn read_times<'a>(
    at: &'a JsonNode<'a>,
    name: &'a str,
) -> Result<VecMap<RecordKey, Timestamp>, ReadError> {
    let Some(times) = at.optional(name) else {
        return Ok(VecMap::new());
    };
    let mut read = VecMap::new();
    for (piece, time) in times.fields()? {
        let piece = time.model(piece.parse())?;
        read.insert(piece, moment(&time)?);
    }
    Ok(read)
}

pub(crate) fn direction(direction: TextDirection) -> &'static str {
    match direction {
        TextDirection::LeftToRight => "ltr",
        TextDirection::RightToLeft => "rtl",
    }
}

pub(crate) fn read_direction(at: &JsonNode) -> Result<TextDirection, ReadError> {
    match at.text()? {
        "ltr" => Ok(TextDirection::LeftToRight),
        "rtl" => Ok(TextDirection::RightToLeft),
        _ => Err(at.wrong("`ltr` or `rtl`")),
    }
}

pub(crate) fn source(source: &Source) -> WireSource<'_> {
    WireSource {
        url: &source.url,
        outlet: &source.outlet,
        byline: &source.byline,
        published: &source.published,
        retrieved: &source.retrieved,
    }
}

pub(crate) fn read_source(at: &JsonNode) -> Result<Source, ReadError> {
    Ok(Source {
        url: at.text_of("url")?,
        outlet: at.text_of("outlet")?,
        byline: at.text_of("byline")?,
        published: at.text_of("published")?,
        retrieved: at.text_of("retrieved")?,
    })
}

const KINDS: [(&str, BlockKind); 11] = [
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

/// What a kind of block is called.
pub fn kind_name(kind: BlockKind) -> &'static str {
    let known = KINDS.iter().find(|(_, known)| *known == kind);
    known.map_or("paragraph", |(name, _)| name)
}

/// The kind of block of this name.
pub(crate) fn kind_of(name: &str) -> Option<BlockKind> {
    let known = KINDS.iter().find(|(known, _)| *known == name);
    known.map(|(_, kind)| *kind)
}

pub(crate) fn article(article: &Article) -> WireArticle<'_> {
    let blocks = article.blocks().iter().map(|block| {
        let [start, end] = chars(article, block.span);
        WireBlock {
            kind: kind_name(block.kind),
            start,
            end,
        }
    });
    WireArticle {
        id: article.id.to_string(),
        title: &article.title,
        language: article.language.as_ref().map(|language| language.as_str()),
        direction: direction(article.direction),
        source: source(&article.source),
        text: article.text(),
        text_sha256: article.sha256(),
        blocks: blocks.collect(),
    }
}

pub(crate) fn read_article(at: &JsonNode) -> Result<Article, ReadError> {
    let text = at.field("text")?.text()?.to_owned();
    let offsets = OffsetMap::new(&text);
    let list = at.field("blocks")?;
    let mut blocks = Vec::new();
    for block in list.items()? {
        let kind = block.field("kind")?;
        let kind = kind_of(kind.text()?).ok_or_else(|| kind.wrong("a kind of block"))?;
        let (start, end) = (block.field("start")?.whole()?, block.field("end")?.whole()?);
        let byte = |at| offsets.from_chars(CharOffset(at)).map(|at| at.index());
        let range = byte(start).zip(byte(end)).ok_or_else(|| ReadError::Range {
            place: block.place(),
            start,
            end,
        })?;
        blocks.push((kind, range.0..range.1));
    }
    let id = at.field("id")?.parsed()?;
    let title = at.field("title")?.text()?.to_owned();
    let mut article = list.model(Article::new(id, title, text, blocks))?;
    if article.sha256() != at.field("text_sha256")?.text()? {
        return Err(ReadError::TextChanged);
    }
    read_about(at, &mut article)?;
    Ok(article)
}

/// What is known of an article beside its text and its title.
pub(crate) fn read_about(at: &JsonNode, article: &mut Article) -> Result<(), ReadError> {
    let language = at.optional("language");
    article.language = language.map(|language| language.parsed()).transpose()?;
    article.direction = read_direction(&at.field("direction")?)?;
    if let Some(source) = at.optional("source") {
        article.source = read_source(&source)?;
    }
    Ok(())
}

fn chars(article: &Article, span: Span) -> [u32; 2] {
    [span.start(), span.end()].map(|at| article.offsets().chars(at).unwrap_or_default().0)
}

fn utf16(article: &Article, span: Span) -> [u32; 2] {
    [span.start(), span.end()].map(|at| article.offsets().utf16(at).unwrap_or_default().0)
}

fn utf8(span: Span) -> [u32; 2] {
    [span.start().0, span.end().0]
}

/// The annotation; `value` writes an answer.
pub(crate) fn annotation<'a>(
    article: &'a Article,
    annotation: &'a Annotation,
    value: impl Fn(&Value) -> Json,
) -> WireAnnotation<'a> {
    let spans = annotation.spans.as_slice().iter().map(|&span| {
        let [start, end] = chars(article, span);
        WireSpan {
            start,
            end,
            quote: span.slice(article.text()).unwrap_or_default(),
            utf16: utf16(article, span),
            utf8: utf8(span),
        }
    });
    WireAnnotation {
        id: annotation.id.to_string(),
        tag: annotation.tag.as_str(),
        spans: spans.collect(),
        attributes: values(&annotation.values, value),
        entity: annotation.entity.map(|id| id.to_string()),
        note: &annotation.note,
        flagged: annotation.flagged,
        coder: &annotation.coder,
        created: time(annotation.created),
        modified: time(annotation.modified),
    }
}

/// Answers as an object; `value` writes one.
pub(crate) fn values(values: &Values, value: impl Fn(&Value) -> Json) -> Json {
    let mut object = serde_json::Map::new();
    for (id, answer) in values {
        object.insert(id.to_string(), value(answer));
    }
    Json::Object(object)
}

/// Answers of an object; `value` reads that to the attribute of an id.
pub(crate) fn read_values(
    at: Option<JsonNode>,
    value: impl Fn(&JsonNode, &Slug) -> Result<Value, ReadError>,
) -> Result<Values, ReadError> {
    let mut values = Values::new();
    if let Some(at) = at {
        for (name, answer) in at.fields()? {
            let id: Slug = answer.model(name.parse())?;
            let answer = value(&answer, &id)?;
            values.insert(id, answer);
        }
    }
    Ok(values)
}

/// The annotation; `value` reads the answer to an attribute of a tag.
pub(crate) fn read_annotation(
    at: &JsonNode,
    article: &Article,
    value: impl Fn(&JsonNode, &Slug, &Slug) -> Result<Value, ReadError>,
) -> Result<Annotation, ReadError> {
    let list = at.field("spans")?;
    let mut spans = Vec::new();
    for span in list.items()? {
        spans.push(read_span(&span, article)?);
    }
    let tag: Slug = at.field("tag")?.parsed()?;
    let values = read_values(at.optional("attributes"), |answer, id| {
        value(answer, &tag, id)
    })?;
    let entity = at.optional("entity");
    Ok(Annotation {
        id: at.field("id")?.parsed()?,
        spans: list.model(Spans::new(spans))?,
        values,
        entity: entity.map(|entity| entity.parsed()).transpose()?,
        note: at.text_of("note")?,
        flagged: at.truth_of("flagged")?,
        coder: at.text_of("coder")?,
        created: moment(&at.field("created")?)?,
        modified: moment(&at.field("modified")?)?,
        tag,
    })
}

/// A span, sliced again: its words must be the quote, and its offsets in the other
/// units must agree where they are given.
fn read_span(at: &JsonNode, article: &Article) -> Result<Span, ReadError> {
    let (start, end) = (at.field("start")?.whole()?, at.field("end")?.whole()?);
    let span = article.span_of_chars(CharOffset(start)..CharOffset(end));
    let span = span.ok_or_else(|| ReadError::Range {
        place: at.place(),
        start,
        end,
    })?;
    let text = span.slice(article.text()).unwrap_or_default();
    let quote = at.field("quote")?;
    if text != quote.text()? {
        return Err(ReadError::Quote {
            place: quote.place(),
            quote: quote.text()?.to_owned(),
            text: text.to_owned(),
        });
    }
    for (unit, is) in [("utf16", utf16(article, span)), ("utf8", utf8(span))] {
        if let Some(said) = at.optional(unit) {
            let pair = said.pair()?;
            if pair != is {
                return Err(ReadError::OtherUnit {
                    place: said.place(),
                    said: pair,
                    is,
                });
            }
        }
    }
    Ok(span)
}

pub(crate) fn relation(relation: &Relation) -> WireRelation<'_> {
    WireRelation {
        id: relation.id.to_string(),
        kind: relation.kind.as_str(),
        from: relation.from.to_string(),
        to: relation.to.to_string(),
    }
}

pub(crate) fn read_relation(at: &JsonNode) -> Result<Relation, ReadError> {
    Ok(Relation {
        id: at.field("id")?.parsed()?,
        kind: at.field("kind")?.parsed()?,
        from: at.field("from")?.parsed()?,
        to: at.field("to")?.parsed()?,
    })
}

pub(crate) fn entity(entity: &Entity) -> WireEntity<'_> {
    WireEntity {
        id: entity.id.to_string(),
        tag: entity.tag.as_str(),
        name: &entity.name,
        aliases: &entity.aliases,
        reference: &entity.reference,
    }
}

pub(crate) fn read_entity(at: &JsonNode) -> Result<Entity, ReadError> {
    Ok(Entity {
        id: at.field("id")?.parsed()?,
        tag: at.field("tag")?.parsed()?,
        name: at.field("name")?.text()?.to_owned(),
        aliases: at.texts_of("aliases")?,
        reference: at.text_of("reference")?,
    })
}

fn attribute(attribute: &Attribute) -> WireAttribute<'_> {
    let (kind, options) = match &attribute.kind {
        AttributeKind::OneOf(words) => ("one_of", Some(words)),
        AttributeKind::ManyOf(words) => ("many_of", Some(words)),
        AttributeKind::YesNo => ("yes_no", None),
        AttributeKind::Text => ("text", None),
        AttributeKind::Number => ("number", None),
        AttributeKind::Date => ("date", None),
    };
    WireAttribute {
        id: attribute.id.as_str(),
        name: &attribute.name,
        help: &attribute.help,
        kind,
        options: options.map(|words| words.iter().map(AsRef::as_ref).collect()),
        required: attribute.required,
    }
}

fn read_attribute(at: &JsonNode) -> Result<Attribute, ReadError> {
    let options = at.list("options", |word| word.text().map(Into::into))?;
    let kind = at.field("kind")?;
    Ok(Attribute {
        id: at.field("id")?.parsed()?,
        name: at.field("name")?.text()?.to_owned(),
        help: at.text_of("help")?,
        kind: match kind.text()? {
            "one_of" => AttributeKind::OneOf(options),
            "many_of" => AttributeKind::ManyOf(options),
            "yes_no" => AttributeKind::YesNo,
            "text" => AttributeKind::Text,
            "number" => AttributeKind::Number,
            "date" => AttributeKind::Date,
            _ => return Err(kind.wrong("a kind of attribute")),
        },
        required: at.truth_of("required")?,
    })
}

pub(crate) fn codebook(codebook: &Codebook) -> WireCodebook<'_> {
    fn words(slugs: &[Slug]) -> Vec<&str> {
        slugs.iter().map(Slug::as_str).collect()
    }
    let tags = codebook.tags().iter().map(|tag| WireTag {
        id: tag.id.as_str(),
        name: &tag.name,
        colour: tag.colour.to_string(),
        key: tag.key,
        definition: &tag.definition,
        include: &tag.include,
        exclude: &tag.exclude,
        example: &tag.example,
        cast: tag.is_cast,
        attributes: tag.attributes.iter().map(attribute).collect(),
    });
    let relations = codebook.relations().iter().map(|kind| WireRelationKind {
        id: kind.id.as_str(),
        name: &kind.name,
        from: words(&kind.from),
        to: words(&kind.to),
        required: kind.required,
    });
    WireCodebook {
        name: &codebook.name,
        version: &codebook.version,
        guide: &codebook.guide,
        tags: tags.collect(),
        relations: relations.collect(),
        questions: codebook.questions().iter().map(attribute).collect(),
    }
}

fn read_tag(at: &JsonNode) -> Result<Tag, ReadError> {
    let key = match at.optional("key") {
        None => None,
        Some(at) => {
            let mut chars = at.text()?.chars();
            match (chars.next(), chars.next()) {
                (Some(key), None) => Some(key),
                _ => return Err(at.wrong("one character")),
            }
        }
    };
    Ok(Tag {
        id: at.field("id")?.parsed()?,
        name: at.field("name")?.text()?.to_owned(),
        colour: at.field("colour")?.parsed()?,
        key,
        definition: at.text_of("definition")?,
        include: at.text_of("include")?,
        exclude: at.text_of("exclude")?,
        example: at.text_of("example")?,
        is_cast: at.truth_of("cast")?,
        attributes: at.list("attributes", read_attribute)?,
    })
}

fn read_relation_kind(at: &JsonNode) -> Result<RelationKind, ReadError> {
    Ok(RelationKind {
        id: at.field("id")?.parsed()?,
        name: at.field("name")?.text()?.to_owned(),
        from: at.list("from", |slug| slug.parsed())?,
        to: at.list("to", |slug| slug.parsed())?,
        required: at.truth_of("required")?,
    })
}

pub(crate) fn read_codebook(at: &JsonNode) -> Result<Codebook, ReadError> {
    at.field("tags")?;
    at.model(Codebook::new(
        at.field("name")?.text()?.to_owned(),
        at.text_of("version")?,
        at.text_of("guide")?,
        at.list("tags", read_tag)?,
        at.list("relations", read_relation_kind)?,
        at.list("questions", read_attribute)?,
    ))
}
