//! *Five Ws*: who, what, when, where, why, and how: the questions that a report is expected to
//! answer, ideally in its first sentences.
//!
//! The key of each tag is the last letter of its word, because most first letters are the same.

use crate::model::codebooks::rows::{
    AttributeRow, CodebookRow, Kind::Date, Kind::ManyOf, Kind::Number, Kind::OneOf, Kind::Text,
    Kind::YesNo, RelationRow, TagRow, ask,
};

pub(crate) const CODEBOOK: CodebookRow = CodebookRow {
    name: "Five Ws",
    version: "1",
    guide: GUIDE,
    tags: &[WHO, WHAT, WHEN, WHERE, WHY, HOW],
    relations: &RELATIONS,
    questions: QUESTIONS,
};

const GUIDE: &str = "Begin with What: find the words that say that something happened. Then ask \
the other questions of each What, and mark the words that answer: who did it or met with it, \
when, where, for what reason, in what way. Mark only answers that stand in the text; a question \
without an answer is a finding too, and has its place among the questions at the end. Mark the \
shortest words that still answer when they are read alone. Link every answer to its What. The \
key of each tag is the last letter of its word: o, t, n, e, y, w.";

const WHO: TagRow = TagRow {
    id: "who",
    name: "Who",
    colour: "#1667c2",
    key: 'o',
    definition: "Someone whom the story is about: whoever acts in it, is affected by it, or \
                     tells of it.",
    include: "Persons, bodies, companies, governments and groups, by name or by description; \
                     with their title, without the words that only describe further.",
    exclude: "Pronouns; things and forces of nature (“the storm” is a What); a town or a \
                     country where people or offices are not meant: that is a Where.",
    example: "[The baker Tomas Brede] handed the keys to [his two apprentices].",
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
            "part",
            "Part",
            "What part it has in this sentence.",
            OneOf(&[
                "acts",
                "is affected",
                "is in charge",
                "tells of it",
                "is mentioned",
            ]),
        ),
        ask(
            "named",
            "Named",
            "Whether a reader could tell who it is.",
            OneOf(&["named", "anonymous"]),
        ),
        ask(
            "description",
            "Described as",
            "The age, office or trade that the article gives.",
            Text,
        ),
    ],
};

const WHAT: TagRow = TagRow {
    id: "what",
    name: "What",
    colour: "#b8267f",
    key: 't',
    definition: "Something that happens, happened or is to happen: the event itself, in the \
                     words that name it.",
    include: "The verb with what it needs to make sense, or the noun that stands for the event; \
                     also what was only planned, feared or denied: say so in Reality.",
    exclude: "Verbs that only bring in what someone said; lasting states; the reason and the \
                     way: those are Why and How.",
    example: "Firefighters [brought eleven people down from the cable car] before dark.",
    is_cast: false,
    attributes: &[
        ask(
            "weight",
            "Weight",
            "What it is to the story.",
            OneOf(&[
                "main event",
                "part of it",
                "came before",
                "came after",
                "aside",
            ]),
        )
        .required(),
        ask(
            "reality",
            "Reality",
            "Whether it took place.",
            OneOf(&["happened", "ongoing", "future", "hypothetical", "denied"]),
        ),
        ask(
            "outcome",
            "Outcome",
            "How it ended, in a few words of your own.",
            Text,
        ),
        ask(
            "count",
            "Count",
            "The number that tells its size: people, votes, money.",
            Number,
        ),
        ask("count-unit", "Unit", "What the number counts.", Text),
    ],
};

const WHEN: TagRow = TagRow {
    id: "when",
    name: "When",
    colour: "#4f6a00",
    key: 'n',
    definition: "Words that place an event in time, or that say how long or how often.",
    include: "Dates, hours, days of the week, “last winter”, “two days after the vote”, with \
                     their prepositions; spans and rhythms (“for six weeks”, “every Friday”).",
    exclude: "Ages; words that only order the telling (“then”, “meanwhile”); “now” where \
                     nothing is placed in time by it.",
    example: "The lake froze over [on the second Sunday in January].",
    is_cast: false,
    attributes: &[
        ask(
            "start",
            "Start",
            "The day, month or year that the words come to, or their first.",
            Date,
        ),
        ask(
            "end",
            "End",
            "The last day, month or year, if they are a span.",
            Date,
        ),
        ask(
            "clock",
            "Time of day",
            "The hour, as 24-hour time, if one is given: 06:40.",
            Text,
        ),
        ask(
            "counted-from",
            "Counted from",
            "What one must know to turn the words into a date.",
            OneOf(&[
                "nothing: a full date",
                "day of publication",
                "another event",
                "cannot be told",
            ]),
        ),
        ask(
            "sort",
            "Sort",
            "What the words give.",
            OneOf(&["point in time", "span", "how long", "how often"]),
        ),
        ask(
            "precision",
            "Precision",
            "How exact they are.",
            OneOf(&["minute or hour", "day", "week", "month", "year", "vaguer"]),
        ),
    ],
};

const WHERE: TagRow = TagRow {
    id: "where",
    name: "Where",
    colour: "#0a5560",
    key: 'e',
    definition: "Words that place an event in space: a country, a town, a street, a building, a \
                     stretch of sea.",
    include: "Names of places, and descriptions that point to one (“the old sorting hall”), \
                     without the preposition; the place in the dateline.",
    exclude: "A capital or a country that stands for its government: that is a Who. Places \
                     inside a name (“the Ellery Courier”); rooms and spots that make no \
                     difference to the story.",
    example: "A landslide closed the road between [Upper Tarn] and [the salt works].",
    is_cast: true,
    attributes: &[
        ask(
            "type",
            "Type",
            "What sort of place this is.",
            OneOf(&[
                "country",
                "region",
                "city",
                "district or street",
                "site",
                "water",
                "other",
            ]),
        ),
        ask(
            "part",
            "Part",
            "What the place is to the story.",
            OneOf(&[
                "it happened here",
                "reported from here",
                "from here",
                "to here",
                "affected",
                "mentioned",
            ]),
        ),
        ask(
            "precision",
            "Precision",
            "How exactly it could be put on a map.",
            OneOf(&["exact", "near", "area", "unclear"]),
        ),
        ask(
            "within",
            "Lies in",
            "The larger place, where the article leaves it to the reader.",
            Text,
        ),
    ],
};

const WHY: TagRow = TagRow {
    id: "why",
    name: "Why",
    colour: "#5c2e0c",
    key: 'y',
    definition: "Words that give the reason: what caused an event, or what someone meant to \
                     reach by it.",
    include: "Clauses with “because”, “after”, “so that” where they explain; motives that \
                     someone states; causes that are suspected or disputed, with their hedge.",
    exclude: "What came earlier without being given as the reason; the means: that is How; what \
                     followed: that is another What.",
    example: "The concert was called off [because the ceiling had begun to leak].",
    is_cast: false,
    attributes: &[
        ask(
            "sort",
            "Sort",
            "What sort of reason it is.",
            OneOf(&["cause", "aim", "motive", "condition", "pretext"]),
        ),
        ask(
            "certainty",
            "Certainty",
            "How sure the article is of it.",
            OneOf(&["established", "likely", "suspected", "disputed"]),
        ),
        ask(
            "given-by",
            "Given by",
            "Who gives the reason.",
            OneOf(&[
                "the article",
                "whoever acted",
                "authorities",
                "experts",
                "others",
            ]),
        ),
    ],
};

const HOW: TagRow = TagRow {
    id: "how",
    name: "How",
    colour: "#262626",
    key: 'w',
    definition: "Words that tell in what way an event came about: by what means, in what \
                     manner, step by step.",
    include: "Tools, methods, routes, votes and procedures; the manner, where it matters to the \
                     story; steps that together make up the event.",
    exclude: "Adverbs that only colour (“dramatically”); how many or how much: that is the \
                     Count of a What; the reason: that is Why.",
    example: "The thieves got in [through a coal chute, one lying on a sledge].",
    is_cast: false,
    attributes: &[
        ask(
            "sort",
            "Sort",
            "What it tells.",
            OneOf(&["means", "manner", "procedure", "course of events"]),
        ),
        ask(
            "detail",
            "Detail",
            "Whether a reader could picture it.",
            OneOf(&["in outline", "in detail"]),
        ),
        ask(
            "certain",
            "Certain",
            "Whether it is told as known, not as guessed.",
            YesNo,
        ),
    ],
};

const RELATIONS: [RelationRow; 9] = [
    RelationRow {
        id: "done-by",
        name: "done by",
        from: "what",
        to: "who",
        required: false,
    },
    RelationRow {
        id: "done-to",
        name: "done to",
        from: "what",
        to: "who",
        required: false,
    },
    RelationRow {
        id: "at-time",
        name: "happened when",
        from: "what",
        to: "when",
        required: false,
    },
    RelationRow {
        id: "at-place",
        name: "happened where",
        from: "what",
        to: "where",
        required: false,
    },
    RelationRow {
        id: "for-reason",
        name: "because of",
        from: "what",
        to: "why",
        required: false,
    },
    RelationRow {
        id: "in-way",
        name: "by way of",
        from: "what",
        to: "how",
        required: false,
    },
    RelationRow {
        id: "part-of",
        name: "part of",
        from: "what",
        to: "what",
        required: false,
    },
    RelationRow {
        id: "leads-to",
        name: "leads to",
        from: "what",
        to: "what",
        required: false,
    },
    RelationRow {
        id: "inside",
        name: "inside",
        from: "where",
        to: "where",
        required: false,
    },
];

const QUESTIONS: &[AttributeRow] = &[
    ask(
        "main-event",
        "Main event",
        "What happened, in one sentence of your own.",
        Text,
    )
    .required(),
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
    ask(
        "field",
        "Field",
        "What part of life it is about.",
        OneOf(&[
            "politics",
            "war and peace",
            "economy",
            "crime and courts",
            "accident or disaster",
            "society",
            "health",
            "science",
            "environment",
            "culture",
            "sport",
            "other",
        ]),
    ),
    ask(
        "published",
        "Published",
        "The day of publication, from which “yesterday” is counted.",
        Date,
    ),
    ask(
        "in-the-lead",
        "In the lead",
        "What the first paragraph answers about the main event.",
        ManyOf(&["who", "what", "when", "where", "why", "how"]),
    ),
    ask(
        "answered",
        "Answered",
        "What the whole article answers about the main event.",
        ManyOf(&["who", "what", "when", "where", "why", "how"]),
    ),
    ask(
        "left-open",
        "Left open",
        "What a reader would still want to know.",
        Text,
    ),
];
