//! The codebook that ships: *News: who, where, promised, happened*.
//!
//! Four tags and no more: too many types confuse coders. Event types are the
//! sixteen of PLOVER (Political Language Ontology for Verifiable Event Records,
//! Halterman et al. 2023), as words.

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
    Codebook::new(
        "News: who, where, promised, happened".to_owned(),
        "1".to_owned(),
        GUIDE.to_owned(),
        vec![actor()?, place()?, commitment()?, event()?],
        relations()?,
        Vec::new(),
    )
}

const GUIDE: &str = "Mark the shortest words that carry the whole meaning: a name with its \
title, a promise with its verb and its object, an event with the word that says it happened. \
Mark every mention, also the second and the third. Words may have more than one mark: the place \
inside the name of an event is both. When two tags seem right, ask what the sentence uses the \
words for; when that does not settle it, mark both and write a note.";

fn actor() -> Result<Tag, ModelError> {
    Ok(Tag {
        id: "actor".parse()?,
        name: "Actor".to_owned(),
        colour: "#0b5fa5".parse()?,
        key: Some('a'),
        definition: "Someone who acts, speaks or is addressed: a person, an organisation, a \
                     government, a group."
            .to_owned(),
        include: "Names with their titles; descriptions that stand for one actor (“the general”, \
                  “both sides”); a country or a capital where it stands for its government."
            .to_owned(),
        exclude: "Pronouns; a country where it is only where something is: that is a Place."
            .to_owned(),
        example: "[The harbour master] told [the council] that the wall would hold.".to_owned(),
        attributes: vec![
            one_of(
                "kind",
                "Kind",
                "What sort of actor this is.",
                &[
                    "person",
                    "organisation",
                    "government",
                    "party",
                    "company",
                    "group",
                    "media",
                    "public",
                ],
            )?,
            text(
                "affiliation",
                "Affiliation",
                "Whom it belongs to or speaks for.",
            )?,
            one_of(
                "role",
                "Role here",
                "What it does in this sentence.",
                &["speaker", "addressee", "doer", "recipient", "mentioned"],
            )?,
            one_of(
                "voice",
                "Voice",
                "Whether, and how, its own words are given.",
                &["direct quote", "indirect quote", "reported", "silent"],
            )?,
            one_of(
                "named",
                "Named",
                "Whether a reader could tell who it is.",
                &["named", "anonymous"],
            )?,
            one_of(
                "evaluation",
                "Evaluation",
                "How the words of the article value it.",
                &["−", "0", "+"],
            )?,
        ],
    })
}

fn place() -> Result<Tag, ModelError> {
    Ok(Tag {
        id: "place".parse()?,
        name: "Place".to_owned(),
        colour: "#04705a".parse()?,
        key: Some('p'),
        definition: "Somewhere on the map: a country, a region, a city, a site.".to_owned(),
        include: "Names of places, and descriptions that point to one place (“the border \
                  districts”)."
            .to_owned(),
        exclude: "A capital that stands for its government: that is an Actor.".to_owned(),
        example: "The ferry left [Port Ellery] for [the outer islands].".to_owned(),
        attributes: vec![
            one_of(
                "type",
                "Type",
                "What sort of place this is.",
                &["country", "region", "city", "site", "other"],
            )?,
            one_of(
                "role",
                "Role",
                "What the place is to the story.",
                &["event site", "dateline", "home", "affected", "mentioned"],
            )?,
            one_of(
                "precision",
                "Precision",
                "How exactly it could be put on a map.",
                &["exact", "near", "area", "unclear"],
            )?,
        ],
    })
}

fn commitment() -> Result<Tag, ModelError> {
    Ok(Tag {
        id: "commitment".parse()?,
        name: "Commitment".to_owned(),
        colour: "#8e2f80".parse()?,
        key: Some('c'),
        definition: "Words by which someone binds themselves to do, to stop or to keep something."
            .to_owned(),
        include: "Promises, pledges, plans that are announced, agreements; with their verb and \
                  what is promised."
            .to_owned(),
        exclude: "Demands on others; forecasts; wishes without a promise.".to_owned(),
        example: "The minister said [the school will reopen before the winter].".to_owned(),
        attributes: vec![
            required(one_of(
                "strength",
                "Strength",
                "How firmly it is promised.",
                &["firm", "planned", "hoped", "conditional"],
            )?),
            one_of(
                "direction",
                "Direction",
                "What the promise is to do.",
                &["do", "stop", "keep as is"],
            )?,
            text(
                "deadline",
                "By when",
                "The words that say when, as written.",
            )?,
            date(
                "deadline-date",
                "Deadline",
                "The day, month or year that the words come to.",
            )?,
            text("condition", "Condition", "What it depends on.")?,
            number("target", "Target", "The number that is promised.")?,
            text("target-unit", "Unit", "What the number counts.")?,
            yes_no(
                "verifiable",
                "Verifiable",
                "Whether one could later say that it was kept or broken.",
            )?,
            text("verifiable-why", "Why", "Why it can or cannot be verified.")?,
            one_of(
                "status",
                "Status",
                "What became of it.",
                &[
                    "not yet rated",
                    "in the works",
                    "stalled",
                    "compromise",
                    "kept",
                    "broken",
                ],
            )?,
            text("evidence", "Evidence", "What the status rests on.")?,
        ],
    })
}

fn event() -> Result<Tag, ModelError> {
    Ok(Tag {
        id: "event".parse()?,
        name: "Event".to_owned(),
        colour: "#a84a06".parse()?,
        key: Some('e'),
        definition: "Something that happens, happened or may happen, at a time.".to_owned(),
        include: "Meetings, attacks, votes, statements; also expected and denied ones: say so in \
                  Reality."
            .to_owned(),
        exclude: "Lasting states (“strained relations”); promises: those are Commitments."
            .to_owned(),
        example: "[The vote on the river wall] was put off after [Monday’s flood].".to_owned(),
        attributes: vec![
            one_of(
                "type",
                "Type",
                "The PLOVER category.",
                &[
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
                ],
            )?,
            one_of(
                "reality",
                "Reality",
                "Whether it took place.",
                &[
                    "happened",
                    "ongoing",
                    "future",
                    "hypothetical",
                    "denied",
                    "background",
                ],
            )?,
            text("date", "When", "The words that say when, as written.")?,
            date("start", "Start", "The day, month or year it began.")?,
            date("end", "End", "The day, month or year it ended.")?,
            number("size", "Size", "How many took part.")?,
            text("harm", "Harm", "Who or what was hurt, and how badly.")?,
        ],
    })
}

fn relations() -> Result<Vec<RelationKind>, ModelError> {
    Ok(vec![
        relation("affiliated-with", "affiliated with", "actor", "actor")?,
        relation("inside", "inside", "place", "place")?,
        relation("made-by", "made by", "commitment", "actor")?,
        relation("made-to", "made to", "commitment", "actor")?,
        relation("about", "about", "commitment", "event")?,
        relation("at", "at", "commitment event", "place")?,
        relation("done-by", "done by", "event", "actor")?,
        relation("done-to", "done to", "event", "actor")?,
        relation("leads-to", "leads to", "event", "event")?,
        relation("fulfils", "fulfils", "event", "commitment")?,
        relation("breaks", "breaks", "event", "commitment")?,
        relation("delays", "delays", "event", "commitment")?,
    ])
}

fn relation(id: &str, name: &str, from: &str, to: &str) -> Result<RelationKind, ModelError> {
    let slugs = |words: &str| -> Result<Vec<Slug>, ModelError> {
        words.split(' ').map(str::parse).collect()
    };
    Ok(RelationKind {
        id: id.parse()?,
        name: name.to_owned(),
        from: slugs(from)?,
        to: slugs(to)?,
    })
}

fn one_of(id: &str, name: &str, help: &str, words: &[&str]) -> Result<Attribute, ModelError> {
    let words = words.iter().map(|&word| word.into()).collect();
    attribute(id, name, help, AttributeKind::OneOf(words))
}

fn text(id: &str, name: &str, help: &str) -> Result<Attribute, ModelError> {
    attribute(id, name, help, AttributeKind::Text)
}

fn date(id: &str, name: &str, help: &str) -> Result<Attribute, ModelError> {
    attribute(id, name, help, AttributeKind::Date)
}

fn number(id: &str, name: &str, help: &str) -> Result<Attribute, ModelError> {
    attribute(id, name, help, AttributeKind::Number)
}

fn yes_no(id: &str, name: &str, help: &str) -> Result<Attribute, ModelError> {
    attribute(id, name, help, AttributeKind::YesNo)
}

fn required(attribute: Attribute) -> Attribute {
    Attribute {
        required: true,
        ..attribute
    }
}

fn attribute(
    id: &str,
    name: &str,
    help: &str,
    kind: AttributeKind,
) -> Result<Attribute, ModelError> {
    Ok(Attribute {
        id: id.parse()?,
        name: name.to_owned(),
        help: help.to_owned(),
        kind,
        required: false,
    })
}
