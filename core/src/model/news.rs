//! The codebook that ships: *News: who, where, promised, happened*.
//!
//! Four tags and no more: too many types confuse coders. Event types are the
//! sixteen of PLOVER (Political Language Ontology for Verifiable Event Records,
//! Halterman et al. 2023), as words.

use self::Kind::{Date, Number, OneOf, Text, YesNo};
use super::{Attribute, AttributeKind, Codebook, ModelError, RelationKind, Slug, Tag};

impl Codebook {
    /// *News: who, where, promised, happened*: actors, places, commitments and
    /// events, with what is asked of each and how they are linked.
    #[must_use]
    pub fn news() -> Self {
        #[expect(
            clippy::expect_used,
            reason = "a constant, made once in `the_news_codebook_is_whole`"
        )]
        news().expect("the codebook that ships is whole")
    }
}

fn news() -> Result<Codebook, ModelError> {
    let slugs = |words: &str| -> Result<Vec<Slug>, ModelError> {
        let mut slugs = Vec::new();
        for word in words.split(' ') {
            slugs.push(word.parse()?);
        }
        Ok(slugs)
    };
    let mut tags = Vec::new();
    for row in [&ACTOR, &PLACE, &COMMITMENT, &EVENT] {
        tags.push(row.tag()?);
    }
    let mut relations = Vec::new();
    for (id, name, from, to) in RELATIONS {
        relations.push(RelationKind {
            id: id.parse()?,
            name: name.to_owned(),
            from: slugs(from)?,
            to: slugs(to)?,
        });
    }
    Codebook::new(
        "News: who, where, promised, happened".to_owned(),
        "1".to_owned(),
        GUIDE.to_owned(),
        tags,
        relations,
        Vec::new(),
    )
}

const GUIDE: &str = "Mark the shortest words that carry the whole meaning: a name with its \
title, a promise with its verb and its object, an event with the word that says it happened. \
Mark every mention, also the second and the third. Words may have more than one mark: the place \
inside the name of an event is both. When two tags seem right, ask what the sentence uses the \
words for; when that does not settle it, mark both and write a note.";

const ACTOR: TagRow = TagRow {
    id: "actor",
    name: "Actor",
    colour: "#0b5fa5",
    key: 'a',
    definition: "Someone who acts, speaks or is addressed: a person, an organisation, a \
                     government, a group.",
    include: "Names with their titles; descriptions that stand for one actor (“the general”, \
                  “both sides”); a country or a capital where it stands for its government.",
    exclude: "Pronouns; a country where it is only where something is: that is a Place.",
    example: "[The harbour master] told [the council] that the wall would hold.",
    attributes: &[
        ask(
            "kind",
            "Kind",
            "What sort of actor this is.",
            OneOf(&[
                "person",
                "organisation",
                "government",
                "party",
                "company",
                "group",
                "media",
                "public",
            ]),
        ),
        ask(
            "affiliation",
            "Affiliation",
            "Whom it belongs to or speaks for.",
            Text,
        ),
        ask(
            "role",
            "Role here",
            "What it does in this sentence.",
            OneOf(&["speaker", "addressee", "doer", "recipient", "mentioned"]),
        ),
        ask(
            "voice",
            "Voice",
            "Whether, and how, its own words are given.",
            OneOf(&["direct quote", "indirect quote", "reported", "silent"]),
        ),
        ask(
            "named",
            "Named",
            "Whether a reader could tell who it is.",
            OneOf(&["named", "anonymous"]),
        ),
        ask(
            "evaluation",
            "Evaluation",
            "How the words of the article value it.",
            OneOf(&["−", "0", "+"]),
        ),
    ],
};

const PLACE: TagRow = TagRow {
    id: "place",
    name: "Place",
    colour: "#04705a",
    key: 'p',
    definition: "Somewhere on the map: a country, a region, a city, a site.",
    include: "Names of places, and descriptions that point to one place (“the border \
                  districts”).",
    exclude: "A capital that stands for its government: that is an Actor.",
    example: "The ferry left [Port Ellery] for [the outer islands].",
    attributes: &[
        ask(
            "type",
            "Type",
            "What sort of place this is.",
            OneOf(&["country", "region", "city", "site", "other"]),
        ),
        ask(
            "role",
            "Role",
            "What the place is to the story.",
            OneOf(&["event site", "dateline", "home", "affected", "mentioned"]),
        ),
        ask(
            "precision",
            "Precision",
            "How exactly it could be put on a map.",
            OneOf(&["exact", "near", "area", "unclear"]),
        ),
    ],
};

const COMMITMENT: TagRow = TagRow {
    id: "commitment",
    name: "Commitment",
    colour: "#8e2f80",
    key: 'c',
    definition: "Words by which someone binds themselves to do, to stop or to keep something.",
    include: "Promises, pledges, plans that are announced, agreements; with their verb and \
                  what is promised.",
    exclude: "Demands on others; forecasts; wishes without a promise.",
    example: "The minister said [the school will reopen before the winter].",
    attributes: &[
        ask(
            "strength",
            "Strength",
            "How firmly it is promised.",
            OneOf(&["firm", "planned", "hoped", "conditional"]),
        )
        .required(),
        ask(
            "direction",
            "Direction",
            "What the promise is to do.",
            OneOf(&["do", "stop", "keep as is"]),
        ),
        ask(
            "deadline",
            "By when",
            "The words that say when, as written.",
            Text,
        ),
        ask(
            "deadline-date",
            "Deadline",
            "The day, month or year that the words come to.",
            Date,
        ),
        ask("condition", "Condition", "What it depends on.", Text),
        ask("target", "Target", "The number that is promised.", Number),
        ask("target-unit", "Unit", "What the number counts.", Text),
        ask(
            "verifiable",
            "Verifiable",
            "Whether one could later say that it was kept or broken.",
            YesNo,
        ),
        ask(
            "verifiable-why",
            "Why",
            "Why it can or cannot be verified.",
            Text,
        ),
        ask(
            "status",
            "Status",
            "What became of it.",
            OneOf(&[
                "not yet rated",
                "in the works",
                "stalled",
                "compromise",
                "kept",
                "broken",
            ]),
        ),
        ask("evidence", "Evidence", "What the status rests on.", Text),
    ],
};

const EVENT: TagRow = TagRow {
    id: "event",
    name: "Event",
    colour: "#a84a06",
    key: 'e',
    definition: "Something that happens, happened or may happen, at a time.",
    include: "Meetings, attacks, votes, statements; also expected and denied ones: say so in \
                  Reality.",
    exclude: "Lasting states (“strained relations”); promises: those are Commitments.",
    example: "[The vote on the river wall] was put off after [Monday’s flood].",
    attributes: &[
        ask(
            "type",
            "Type",
            "The PLOVER category.",
            OneOf(&[
                "agree",
                "consult",
                "support",
                "cooperate",
                "aid",
                "yield",
                "request",
                "accuse",
                "reject",
                "threaten",
                "protest",
                "sanction",
                "mobilize",
                "coerce",
                "assault",
                "retreat",
            ]),
        ),
        ask(
            "reality",
            "Reality",
            "Whether it took place.",
            OneOf(&[
                "happened",
                "ongoing",
                "future",
                "hypothetical",
                "denied",
                "background",
            ]),
        ),
        ask("date", "When", "The words that say when, as written.", Text),
        ask("start", "Start", "The day, month or year it began.", Date),
        ask("end", "End", "The day, month or year it ended.", Date),
        ask("size", "Size", "How many took part.", Number),
        ask("harm", "Harm", "Who or what was hurt, and how badly.", Text),
    ],
};

/// Id, name, tags it may go from, tags it may go to.
const RELATIONS: [(&str, &str, &str, &str); 12] = [
    ("affiliated-with", "affiliated with", "actor", "actor"),
    ("inside", "inside", "place", "place"),
    ("made-by", "made by", "commitment", "actor"),
    ("made-to", "made to", "commitment", "actor"),
    ("about", "about", "commitment", "event"),
    ("at", "at", "commitment event", "place"),
    ("done-by", "done by", "event", "actor"),
    ("done-to", "done to", "event", "actor"),
    ("leads-to", "leads to", "event", "event"),
    ("fulfils", "fulfils", "event", "commitment"),
    ("breaks", "breaks", "event", "commitment"),
    ("delays", "delays", "event", "commitment"),
];

/// A tag as it stands in this file.
struct TagRow {
    id: &'static str,
    name: &'static str,
    colour: &'static str,
    key: char,
    definition: &'static str,
    include: &'static str,
    exclude: &'static str,
    example: &'static str,
    attributes: &'static [Row],
}

/// An attribute as it stands in this file.
struct Row {
    id: &'static str,
    name: &'static str,
    help: &'static str,
    kind: Kind,
    required: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    OneOf(&'static [&'static str]),
    YesNo,
    Text,
    Number,
    Date,
}

const fn ask(id: &'static str, name: &'static str, help: &'static str, kind: Kind) -> Row {
    Row {
        id,
        name,
        help,
        kind,
        required: false,
    }
}

impl Row {
    const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    fn attribute(&self) -> Result<Attribute, ModelError> {
        Ok(Attribute {
            id: self.id.parse()?,
            name: self.name.to_owned(),
            help: self.help.to_owned(),
            kind: match self.kind {
                OneOf(words) => {
                    AttributeKind::OneOf(words.iter().map(|&word| word.into()).collect())
                }
                YesNo => AttributeKind::YesNo,
                Text => AttributeKind::Text,
                Number => AttributeKind::Number,
                Date => AttributeKind::Date,
            },
            required: self.required,
        })
    }
}

impl TagRow {
    fn tag(&self) -> Result<Tag, ModelError> {
        let mut attributes = Vec::with_capacity(self.attributes.len());
        for row in self.attributes {
            attributes.push(row.attribute()?);
        }
        Ok(Tag {
            id: self.id.parse()?,
            name: self.name.to_owned(),
            colour: self.colour.parse()?,
            key: Some(self.key),
            definition: self.definition.to_owned(),
            include: self.include.to_owned(),
            exclude: self.exclude.to_owned(),
            example: self.example.to_owned(),
            attributes,
        })
    }
}
