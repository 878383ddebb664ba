//! *News: who, where, promised, happened*.
//!
//! It has only four tags, because too many types confuse coders. Event types are the sixteen of
//! PLOVER (Political Language Ontology for Verifiable Event Records, Halterman et al. 2023),
//! spelled out.

use crate::model::codebooks::rows::{
    AttributeRow, CodebookRow, Kind::Date, Kind::Number, Kind::OneOf, Kind::Text, Kind::YesNo,
    RelationRow, TagRow, ask,
};

pub(crate) const CODEBOOK: CodebookRow = CodebookRow {
    name: "News: who, where, promised, happened",
    version: "2",
    guide: GUIDE,
    tags: &[ACTOR, PLACE, COMMITMENT, EVENT],
    relations: &RELATIONS,
    questions: QUESTIONS,
};

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
    is_cast: true,
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
    colour: "#347056",
    key: 'p',
    definition: "Somewhere on the map: a country, a region, a city, a site.",
    include: "Names of places, and descriptions that point to one place (“the border \
                  districts”).",
    exclude: "A capital that stands for its government: that is an Actor.",
    example: "The ferry left [Port Ellery] for [the outer islands].",
    is_cast: true,
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
    is_cast: false,
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
    is_cast: false,
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
        ask("date", "When", "The words that say when, as written.", Text).required(),
        ask("start", "Start", "The day, month or year it began.", Date),
        ask("end", "End", "The day, month or year it ended.", Date),
        ask("size", "Size", "How many took part.", Number),
        ask("harm", "Harm", "Who or what was hurt, and how badly.", Text),
    ],
};

const RELATIONS: [RelationRow; 12] = [
    RelationRow {
        id: "affiliated-with",
        name: "affiliated with",
        from: "actor",
        to: "actor",
        required: false,
    },
    RelationRow {
        id: "inside",
        name: "inside",
        from: "place",
        to: "place",
        required: false,
    },
    RelationRow {
        id: "made-by",
        name: "made by",
        from: "commitment",
        to: "actor",
        required: true,
    },
    RelationRow {
        id: "made-to",
        name: "made to",
        from: "commitment",
        to: "actor",
        required: false,
    },
    RelationRow {
        id: "about",
        name: "about",
        from: "commitment",
        to: "event",
        required: false,
    },
    RelationRow {
        id: "at",
        name: "at",
        from: "commitment event",
        to: "place",
        required: false,
    },
    RelationRow {
        id: "done-by",
        name: "done by",
        from: "event",
        to: "actor",
        required: false,
    },
    RelationRow {
        id: "done-to",
        name: "done to",
        from: "event",
        to: "actor",
        required: false,
    },
    RelationRow {
        id: "leads-to",
        name: "leads to",
        from: "event",
        to: "event",
        required: false,
    },
    RelationRow {
        id: "fulfils",
        name: "fulfils",
        from: "event",
        to: "commitment",
        required: false,
    },
    RelationRow {
        id: "breaks",
        name: "breaks",
        from: "event",
        to: "commitment",
        required: false,
    },
    RelationRow {
        id: "delays",
        name: "delays",
        from: "event",
        to: "commitment",
        required: false,
    },
];

const QUESTIONS: &[AttributeRow] = &[
    ask(
        "main-event",
        "Main event",
        "What happened, in one sentence of your own.",
        Text,
    ),
    ask(
        "genre",
        "Genre",
        "What sort of text this is.",
        OneOf(&[
            "report",
            "analysis",
            "opinion",
            "interview",
            "statement",
            "other",
        ]),
    ),
];
