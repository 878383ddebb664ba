//! The shapes of the records in files and in storage, and their conversion.
//!
//! Everything is checked on the way in, once.

use super::ReadError;
use crate::model::{
    Annotation, Article, Attribute, AttributeKind, BlockKind, Codebook, Colour, Direction, Entity,
    ModelError, Moment, Number, PartialDate, Relation, RelationKind, Slug, Source, Spans, Tag,
    Value, Values,
};
use crate::text::{CharOffset, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::str::FromStr;
use std::time::{Duration, UNIX_EPOCH};

#[derive(Serialize, Deserialize)]
pub(super) struct WireArticle {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) language: Option<String>,
    pub(super) direction: WireDirection,
    #[serde(default)]
    pub(super) source: WireSource,
    pub(super) text: String,
    pub(super) text_sha256: String,
    pub(super) blocks: Vec<WireBlock>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum WireDirection {
    Ltr,
    Rtl,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WireSource {
    url: String,
    outlet: String,
    byline: String,
    published: String,
    retrieved: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct WireBlock {
    kind: WireBlockKind,
    start: u32,
    end: u32,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireBlockKind {
    Heading1,
    Heading2,
    Heading3,
    Heading4,
    Heading5,
    Heading6,
    Paragraph,
    Quote,
    ListItem,
    Caption,
    Preformatted,
}

#[derive(Serialize, Deserialize)]
pub(super) struct WireCodebook {
    name: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    guide: String,
    tags: Vec<WireTag>,
    #[serde(default)]
    relations: Vec<WireRelationKind>,
    #[serde(default)]
    questions: Vec<WireAttribute>,
}

#[derive(Serialize, Deserialize)]
struct WireTag {
    id: String,
    name: String,
    colour: String,
    #[serde(default)]
    key: Option<char>,
    #[serde(default)]
    definition: String,
    #[serde(default)]
    include: String,
    #[serde(default)]
    exclude: String,
    #[serde(default)]
    example: String,
    #[serde(default)]
    attributes: Vec<WireAttribute>,
}

#[derive(Serialize, Deserialize)]
struct WireAttribute {
    id: String,
    name: String,
    #[serde(default)]
    help: String,
    kind: WireAttributeKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    options: Vec<String>,
    #[serde(default)]
    required: bool,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireAttributeKind {
    OneOf,
    ManyOf,
    YesNo,
    Text,
    Number,
    Date,
}

#[derive(Serialize, Deserialize)]
struct WireRelationKind {
    id: String,
    name: String,
    from: Vec<String>,
    to: Vec<String>,
}

/// An annotation; `V` is how its values are written: by the codebook's kinds in
/// files, with a kind of their own in the journal.
#[derive(Serialize, Deserialize)]
pub(super) struct WireAnnotation<V> {
    id: String,
    tag: String,
    spans: Vec<WireSpan>,
    #[serde(default = "BTreeMap::new")]
    attributes: BTreeMap<String, V>,
    #[serde(default)]
    entity: Option<String>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    flagged: bool,
    #[serde(default)]
    coder: String,
    created: String,
    modified: String,
}

#[derive(Serialize, Deserialize)]
struct WireSpan {
    start: u32,
    end: u32,
    quote: String,
    #[serde(default)]
    utf16: Option<[u32; 2]>,
    #[serde(default)]
    utf8: Option<[u32; 2]>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct WireRelation {
    id: String,
    kind: String,
    from: String,
    to: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct WireEntity {
    id: String,
    tag: String,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    reference: String,
}

/// A value that says its own kind.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WireValue {
    One(String),
    Many(Vec<String>),
    YesNo(bool),
    Text(String),
    Number(f64),
    Date(String),
}

pub(super) fn parse<T>(text: &str, place: &str) -> Result<T, ReadError>
where
    T: FromStr<Err = ModelError>,
{
    text.parse().map_err(ReadError::at(place))
}

fn slugs(texts: Vec<String>, place: &str) -> Result<Vec<Slug>, ReadError> {
    texts.iter().map(|text| parse(text, place)).collect()
}

/// The last moment that RFC 3339 can write, in milliseconds since 1970.
const YEAR_9999: i64 = 253_402_300_799_999;

/// A moment as RFC 3339 has it, in UTC, to the millisecond; one outside the years
/// 1970 to 9999 as the nearest that is inside.
pub(super) fn time(moment: Moment) -> String {
    let since = Duration::from_millis(moment.0.clamp(0, YEAR_9999) as u64);
    humantime::format_rfc3339_millis(UNIX_EPOCH + since).to_string()
}

pub(super) fn moment(text: &str, place: &str) -> Result<Moment, ReadError> {
    let since = humantime::parse_rfc3339(text)
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| i64::try_from(since.as_millis()).ok());
    since.map(Moment).ok_or_else(|| ReadError::Time {
        place: place.to_owned(),
        found: text.to_owned(),
    })
}

impl From<Direction> for WireDirection {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::LeftToRight => Self::Ltr,
            Direction::RightToLeft => Self::Rtl,
        }
    }
}

impl From<WireDirection> for Direction {
    fn from(direction: WireDirection) -> Self {
        match direction {
            WireDirection::Ltr => Self::LeftToRight,
            WireDirection::Rtl => Self::RightToLeft,
        }
    }
}

impl From<&Source> for WireSource {
    fn from(source: &Source) -> Self {
        let source = source.clone();
        Self {
            url: source.url,
            outlet: source.outlet,
            byline: source.byline,
            published: source.published,
            retrieved: source.retrieved,
        }
    }
}

impl From<WireSource> for Source {
    fn from(wire: WireSource) -> Self {
        Self {
            url: wire.url,
            outlet: wire.outlet,
            byline: wire.byline,
            published: wire.published,
            retrieved: wire.retrieved,
        }
    }
}

const KINDS: [(WireBlockKind, BlockKind); 11] = [
    (WireBlockKind::Heading1, BlockKind::Heading(1)),
    (WireBlockKind::Heading2, BlockKind::Heading(2)),
    (WireBlockKind::Heading3, BlockKind::Heading(3)),
    (WireBlockKind::Heading4, BlockKind::Heading(4)),
    (WireBlockKind::Heading5, BlockKind::Heading(5)),
    (WireBlockKind::Heading6, BlockKind::Heading(6)),
    (WireBlockKind::Paragraph, BlockKind::Paragraph),
    (WireBlockKind::Quote, BlockKind::Quote),
    (WireBlockKind::ListItem, BlockKind::ListItem),
    (WireBlockKind::Caption, BlockKind::Caption),
    (WireBlockKind::Preformatted, BlockKind::Preformatted),
];

impl WireArticle {
    pub(super) fn new(article: &Article) -> Self {
        let block_kind = |kind: BlockKind| match kind {
            BlockKind::Heading(level) => KINDS[usize::from(level.clamp(1, 6)) - 1].0,
            _ => KINDS
                .iter()
                .find(|(_, known)| *known == kind)
                .map_or(WireBlockKind::Paragraph, |(wire, _)| *wire),
        };
        Self {
            id: article.id.to_string(),
            title: article.title.clone(),
            language: article
                .language
                .as_ref()
                .map(|language| language.as_str().to_owned()),
            direction: article.direction.into(),
            source: (&article.source).into(),
            text: article.text().to_owned(),
            text_sha256: article.sha256().to_owned(),
            blocks: article
                .blocks()
                .iter()
                .map(|block| {
                    let [start, end] = chars(article, block.span);
                    WireBlock {
                        kind: block_kind(block.kind),
                        start,
                        end,
                    }
                })
                .collect(),
        }
    }

    pub(super) fn read(self) -> Result<Article, ReadError> {
        let offsets = crate::text::OffsetMap::new(&self.text);
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for (number, block) in self.blocks.iter().enumerate() {
            let byte = |at| offsets.from_chars(CharOffset(at)).map(|at| at.index());
            let (Some(start), Some(end)) = (byte(block.start), byte(block.end)) else {
                return Err(ReadError::Range {
                    place: format!("article.blocks[{number}]"),
                    start: block.start,
                    end: block.end,
                });
            };
            let kind = KINDS[block.kind as usize].1;
            blocks.push((kind, start..end));
        }
        let id = parse(&self.id, "article.id")?;
        let mut article = Article::new(id, self.title, self.text, blocks).map_err(|error| {
            let place = match error {
                ModelError::BadBlock(number) => format!("article.blocks[{number}]"),
                _ => "article.text".to_owned(),
            };
            ReadError::Model { place, error }
        })?;
        if article.sha256() != self.text_sha256 {
            return Err(ReadError::TextChanged);
        }
        article.language = self
            .language
            .map(|language| parse(&language, "article.language"))
            .transpose()?;
        article.direction = self.direction.into();
        article.source = self.source.into();
        Ok(article)
    }
}

fn chars(article: &Article, span: Span) -> [u32; 2] {
    [span.start(), span.end()].map(|at| article.offsets().chars(at).unwrap_or_default().0)
}

fn utf16(article: &Article, span: Span) -> [u32; 2] {
    [span.start(), span.end()].map(|at| article.offsets().utf16(at).unwrap_or_default().0)
}

impl WireSpan {
    fn new(article: &Article, span: Span) -> Self {
        let [start, end] = chars(article, span);
        Self {
            start,
            end,
            quote: span.slice(article.text()).unwrap_or_default().to_owned(),
            utf16: Some(utf16(article, span)),
            utf8: Some([span.start().0, span.end().0]),
        }
    }

    /// The span, re-sliced: its words must be the quote, and its offsets in the
    /// other units must agree where they are given.
    fn read(self, article: &Article, place: &str) -> Result<Span, ReadError> {
        let range = CharOffset(self.start)..CharOffset(self.end);
        let span = article
            .span_of_chars(range)
            .ok_or_else(|| ReadError::Range {
                place: place.to_owned(),
                start: self.start,
                end: self.end,
            })?;
        let text = span.slice(article.text()).unwrap_or_default();
        if text != self.quote {
            return Err(ReadError::Quote {
                place: format!("{place}.quote"),
                quote: self.quote,
                text: text.to_owned(),
            });
        }
        let other_units = [
            ("utf16", self.utf16, utf16(article, span)),
            ("utf8", self.utf8, [span.start().0, span.end().0]),
        ];
        for (unit, said, is) in other_units {
            if let Some(said) = said.filter(|said| *said != is) {
                return Err(ReadError::OtherUnit {
                    place: format!("{place}.{unit}"),
                    said,
                    is,
                });
            }
        }
        Ok(span)
    }
}

impl<V> WireAnnotation<V> {
    pub(super) fn new(
        article: &Article,
        annotation: &Annotation,
        value: impl Fn(&Value) -> V,
    ) -> Self {
        Self {
            id: annotation.id.to_string(),
            tag: annotation.tag.to_string(),
            spans: annotation
                .spans
                .as_slice()
                .iter()
                .map(|span| WireSpan::new(article, *span))
                .collect(),
            attributes: annotation
                .values
                .iter()
                .map(|(id, answer)| (id.to_string(), value(answer)))
                .collect(),
            entity: annotation.entity.map(|id| id.to_string()),
            note: annotation.note.clone(),
            flagged: annotation.flagged,
            coder: annotation.coder.clone(),
            created: time(annotation.created),
            modified: time(annotation.modified),
        }
    }

    /// The annotation; `value` reads the answer to the attribute of that id of
    /// the tag of that id.
    pub(super) fn read(
        self,
        article: &Article,
        place: &str,
        value: impl Fn(V, &Slug, &Slug, &str) -> Result<Value, ReadError>,
    ) -> Result<Annotation, ReadError> {
        let mut spans = Vec::with_capacity(self.spans.len());
        for (number, span) in self.spans.into_iter().enumerate() {
            spans.push(span.read(article, &format!("{place}.spans[{number}]"))?);
        }
        let tag: Slug = parse(&self.tag, &format!("{place}.tag"))?;
        let mut values = Values::new();
        for (id, answer) in self.attributes {
            let place = format!("{place}.attributes.{id}");
            let id: Slug = parse(&id, &place)?;
            let answer = value(answer, &tag, &id, &place)?;
            values.insert(id, answer);
        }
        let spans_place = || format!("{place}.spans");
        Ok(Annotation {
            id: parse(&self.id, &format!("{place}.id"))?,
            tag,
            spans: Spans::new(spans).map_err(ReadError::at(spans_place()))?,
            values,
            entity: self
                .entity
                .map(|entity| parse(&entity, &format!("{place}.entity")))
                .transpose()?,
            note: self.note,
            flagged: self.flagged,
            coder: self.coder,
            created: moment(&self.created, &format!("{place}.created"))?,
            modified: moment(&self.modified, &format!("{place}.modified"))?,
        })
    }
}

impl From<&Relation> for WireRelation {
    fn from(relation: &Relation) -> Self {
        Self {
            id: relation.id.to_string(),
            kind: relation.kind.to_string(),
            from: relation.from.to_string(),
            to: relation.to.to_string(),
        }
    }
}

impl WireRelation {
    pub(super) fn read(self, place: &str) -> Result<Relation, ReadError> {
        Ok(Relation {
            id: parse(&self.id, &format!("{place}.id"))?,
            kind: parse(&self.kind, &format!("{place}.kind"))?,
            from: parse(&self.from, &format!("{place}.from"))?,
            to: parse(&self.to, &format!("{place}.to"))?,
        })
    }
}

impl From<&Entity> for WireEntity {
    fn from(entity: &Entity) -> Self {
        Self {
            id: entity.id.to_string(),
            tag: entity.tag.to_string(),
            name: entity.name.clone(),
            aliases: entity.aliases.clone(),
            reference: entity.reference.clone(),
        }
    }
}

impl WireEntity {
    pub(super) fn read(self, place: &str) -> Result<Entity, ReadError> {
        Ok(Entity {
            id: parse(&self.id, &format!("{place}.id"))?,
            tag: parse(&self.tag, &format!("{place}.tag"))?,
            name: self.name,
            aliases: self.aliases,
            reference: self.reference,
        })
    }
}

impl From<&Value> for WireValue {
    fn from(value: &Value) -> Self {
        match value {
            Value::One(word) => Self::One(word.as_ref().to_owned()),
            Value::Many(words) => {
                Self::Many(words.iter().map(|word| word.as_ref().to_owned()).collect())
            }
            Value::YesNo(answer) => Self::YesNo(*answer),
            Value::Text(text) => Self::Text(text.clone()),
            Value::Number(number) => Self::Number(number.as_f64()),
            Value::Date(date) => Self::Date(date.as_str().to_owned()),
        }
    }
}

impl WireValue {
    pub(super) fn read(self, place: &str) -> Result<Value, ReadError> {
        let checked = match self {
            Self::One(word) => Ok(Value::One(word.into())),
            Self::Many(words) => Ok(Value::Many(words.into_iter().map(Into::into).collect())),
            Self::YesNo(answer) => Ok(Value::YesNo(answer)),
            Self::Text(text) => Ok(Value::Text(text)),
            Self::Number(number) => Number::new(number).map(Value::Number),
            Self::Date(date) => PartialDate::new(&date).map(Value::Date),
        };
        checked.map_err(ReadError::at(place))
    }
}

impl From<&Attribute> for WireAttribute {
    fn from(attribute: &Attribute) -> Self {
        let (kind, words) = match &attribute.kind {
            AttributeKind::OneOf(words) => (WireAttributeKind::OneOf, words.as_slice()),
            AttributeKind::ManyOf(words) => (WireAttributeKind::ManyOf, words.as_slice()),
            AttributeKind::YesNo => (WireAttributeKind::YesNo, [].as_slice()),
            AttributeKind::Text => (WireAttributeKind::Text, [].as_slice()),
            AttributeKind::Number => (WireAttributeKind::Number, [].as_slice()),
            AttributeKind::Date => (WireAttributeKind::Date, [].as_slice()),
        };
        Self {
            id: attribute.id.to_string(),
            name: attribute.name.clone(),
            help: attribute.help.clone(),
            kind,
            options: words.iter().map(|word| word.as_ref().to_owned()).collect(),
            required: attribute.required,
        }
    }
}

impl WireAttribute {
    fn read(self, place: &str) -> Result<Attribute, ReadError> {
        let options = || self.options.iter().map(|word| word.as_str().into());
        Ok(Attribute {
            id: parse(&self.id, &format!("{place}.id"))?,
            kind: match self.kind {
                WireAttributeKind::OneOf => AttributeKind::OneOf(options().collect()),
                WireAttributeKind::ManyOf => AttributeKind::ManyOf(options().collect()),
                WireAttributeKind::YesNo => AttributeKind::YesNo,
                WireAttributeKind::Text => AttributeKind::Text,
                WireAttributeKind::Number => AttributeKind::Number,
                WireAttributeKind::Date => AttributeKind::Date,
            },
            name: self.name,
            help: self.help,
            required: self.required,
        })
    }
}

impl From<&Codebook> for WireCodebook {
    fn from(codebook: &Codebook) -> Self {
        let words = |slugs: &[Slug]| slugs.iter().map(ToString::to_string).collect();
        Self {
            name: codebook.name.clone(),
            version: codebook.version.clone(),
            guide: codebook.guide.clone(),
            tags: codebook
                .tags()
                .iter()
                .map(|tag| WireTag {
                    id: tag.id.to_string(),
                    name: tag.name.clone(),
                    colour: tag.colour.to_string(),
                    key: tag.key,
                    definition: tag.definition.clone(),
                    include: tag.include.clone(),
                    exclude: tag.exclude.clone(),
                    example: tag.example.clone(),
                    attributes: tag.attributes.iter().map(Into::into).collect(),
                })
                .collect(),
            relations: codebook
                .relations()
                .iter()
                .map(|kind| WireRelationKind {
                    id: kind.id.to_string(),
                    name: kind.name.clone(),
                    from: words(&kind.from),
                    to: words(&kind.to),
                })
                .collect(),
            questions: codebook.questions().iter().map(Into::into).collect(),
        }
    }
}

fn attributes(wire: Vec<WireAttribute>, place: &str) -> Result<Vec<Attribute>, ReadError> {
    wire.into_iter()
        .enumerate()
        .map(|(number, attribute)| attribute.read(&format!("{place}[{number}]")))
        .collect()
}

impl WireCodebook {
    pub(super) fn read(self, place: &str) -> Result<Codebook, ReadError> {
        let mut tags = Vec::with_capacity(self.tags.len());
        for (number, tag) in self.tags.into_iter().enumerate() {
            let place = format!("{place}.tags[{number}]");
            tags.push(Tag {
                id: parse(&tag.id, &format!("{place}.id"))?,
                name: tag.name,
                colour: parse::<Colour>(&tag.colour, &format!("{place}.colour"))?,
                key: tag.key,
                definition: tag.definition,
                include: tag.include,
                exclude: tag.exclude,
                example: tag.example,
                attributes: attributes(tag.attributes, &format!("{place}.attributes"))?,
            });
        }
        let mut relations = Vec::with_capacity(self.relations.len());
        for (number, kind) in self.relations.into_iter().enumerate() {
            let place = format!("{place}.relations[{number}]");
            relations.push(RelationKind {
                id: parse(&kind.id, &format!("{place}.id"))?,
                name: kind.name,
                from: slugs(kind.from, &format!("{place}.from"))?,
                to: slugs(kind.to, &format!("{place}.to"))?,
            });
        }
        let questions = attributes(self.questions, &format!("{place}.questions"))?;
        Codebook::new(
            self.name,
            self.version,
            self.guide,
            tags,
            relations,
            questions,
        )
        .map_err(ReadError::at(place))
    }
}
