//! *Who said it*: quotations, who speaks them, and the words that introduce them.
//!
//! A quotation is direct (the exact words), indirect (their content) or mixed (content with some
//! of the exact words). Quotation, speaker and cue are the three parts of an attribution in PARC
//! 3.0 (Pareti 2016), where they are called content, source and cue.

use crate::model::codebooks::rows::{
    AttributeRow, CodebookRow, Kind::Date, Kind::ManyOf, Kind::Number, Kind::OneOf, Kind::Text,
    Kind::YesNo, RelationRow, TagRow, ask,
};

pub(crate) const CODEBOOK: CodebookRow = CodebookRow {
    name: "Who said it",
    version: "1",
    guide: GUIDE,
    tags: &[DIRECT, INDIRECT, MIXED, SPEAKER, CUE],
    relations: &RELATIONS,
    questions: QUESTIONS,
};

const GUIDE: &str = "For each quotation mark three things. The quotation: all that was said, \
with its quotation marks, without the speaker and the verb. The speaker: the name with its \
title, or the description. The cue: the verb or the phrase that brings the words in, as short \
as it goes (“said”, “according to”). Then link the quotation to its speaker and to its cue. \
Where the cue cuts a quotation in two, mark both parts, link each to the speaker, and link the \
second to the first with “continues”. Where only a pronoun stands beside the words, link to the \
nearest mark of the same speaker. A new speaker or a new sentence of paraphrase begins a new \
mark; sentences that follow each other inside one pair of quotation marks are one.";

const OCCASION: AttributeRow = ask(
    "occasion",
    "Occasion",
    "Where the words were spoken or written.",
    OneOf(&[
        "interview",
        "press conference",
        "speech",
        "parliament or court",
        "written statement",
        "document",
        "social media",
        "other media",
        "not said",
    ]),
);

const ACT: AttributeRow = ask(
    "act",
    "Act",
    "What the speaker does with the words.",
    OneOf(&[
        "report",
        "explain",
        "judge",
        "accuse",
        "deny",
        "warn",
        "demand",
        "promise",
        "thank or console",
        "ask",
    ]),
);

const ON_WHAT: AttributeRow = ask(
    "topic",
    "Topic",
    "What the words are about, in a few of your own.",
    Text,
);

const WHEN: AttributeRow = ask(
    "said-on",
    "Said on",
    "The day, month or year they were said, if the article tells.",
    Date,
);

const DIRECT: TagRow = TagRow {
    id: "direct",
    name: "Direct quote",
    colour: "#b8267f",
    key: 'd',
    definition: "The words of a speaker, given as they were spoken or written, that stand as a \
                     sentence of their own.",
    include: "Whole sentences between quotation marks; answers in an interview, and lines set \
                     apart, also without the marks.",
    exclude: "A few quoted words inside a sentence of the author’s: that is a Mixed quote. \
                     Titles, nicknames and words in scare quotes that nobody is said to have \
                     used.",
    example: "[“We heard the ice before we saw it,”] the pilot said.",
    is_cast: false,
    attributes: &[
        OCCASION,
        ACT,
        ON_WHAT,
        WHEN,
        ask(
            "cue-place",
            "Cue stands",
            "Where the words that bring it in stand.",
            OneOf(&["before", "inside", "after", "nowhere"]),
        ),
        ask(
            "changed",
            "Changed",
            "Which changes to the words can be seen.",
            ManyOf(&["shortened", "words put in", "translated", "none seen"]),
        ),
        ask(
            "second-hand",
            "Second-hand",
            "Whether it was taken over from other media.",
            YesNo,
        ),
    ],
};

const INDIRECT: TagRow = TagRow {
    id: "indirect",
    name: "Indirect quote",
    colour: "#4f6a00",
    key: 'i',
    definition: "What a speaker said, told in the author’s words: the content is the speaker’s, \
                     the wording is not.",
    include: "Clauses after a verb of speaking, with or without “that”; sentences with \
                     “according to”; what someone is said to think, fear or plan, where they \
                     must have told it.",
    exclude: "Mention of talk without what was said (“the two spoke for an hour”); any part \
                     with quoted words: that is a Mixed quote; what the author concludes about \
                     someone.",
    example: "The water board admitted [that no one had tested the pumps since spring].",
    is_cast: false,
    attributes: &[
        OCCASION,
        ACT,
        ON_WHAT,
        WHEN,
        ask(
            "form",
            "Form",
            "How it is built into the sentence.",
            OneOf(&["clause", "infinitive", "noun phrase", "own sentence"]),
        ),
        ask(
            "covers",
            "Covers",
            "How much of what was said it stands for.",
            OneOf(&["one remark", "a longer speech", "many speakers", "unclear"]),
        ),
        ask(
            "second-hand",
            "Second-hand",
            "Whether it was taken over from other media.",
            YesNo,
        ),
    ],
};

const MIXED: TagRow = TagRow {
    id: "mixed",
    name: "Mixed quote",
    colour: "#1667c2",
    key: 'm',
    definition: "A paraphrase in which some of the speaker’s own words stand between quotation \
                     marks.",
    include: "The whole of it, paraphrase and quoted words together, from the first word of its \
                     content to the last.",
    exclude: "A paraphrase next to a full quoted sentence: mark an Indirect and a Direct quote. \
                     Quoted words that are not the speaker’s, such as the title of a book.",
    example: "The coach argued [that the new timetable was “a gift to the visitors” and should \
                     start later].",
    is_cast: false,
    attributes: &[
        OCCASION,
        ACT,
        ON_WHAT,
        WHEN,
        ask(
            "quoted",
            "Quoted words",
            "The words between the quotation marks, as written.",
            Text,
        ),
        ask(
            "why-quoted",
            "Why quoted",
            "What keeping these words seems to be for.",
            OneOf(&[
                "exact wording matters",
                "colour",
                "distance",
                "proof",
                "technical term",
                "unclear",
            ]),
        ),
        ask(
            "second-hand",
            "Second-hand",
            "Whether it was taken over from other media.",
            YesNo,
        ),
    ],
};

const SPEAKER: TagRow = TagRow {
    id: "speaker",
    name: "Speaker",
    colour: "#5c2e0c",
    key: 's',
    definition: "Whoever speaks, writes or is spoken to: a person, a body, a group, or a paper \
                     that is quoted in their stead.",
    include: "Names with their titles; descriptions (“a nurse on the ward”, “officials”); \
                     letters and reports that are said to say something; those whom the words \
                     are meant for.",
    exclude: "Pronouns; people who are only spoken about; the author of the article, except in \
                     an interview.",
    example: "[A clerk at the registry] told [the widow] that the file was lost.",
    is_cast: true,
    attributes: &[
        ask(
            "kind",
            "Kind",
            "What sort of speaker this is.",
            OneOf(&[
                "person",
                "organisation",
                "government",
                "party",
                "company",
                "group",
                "media",
                "document",
            ]),
        ),
        ask(
            "named",
            "Named",
            "Whether a reader could tell who it is.",
            OneOf(&["named", "anonymous", "collective"]),
        ),
        ask(
            "expertise",
            "Expertise",
            "Why this speaker is asked.",
            OneOf(&[
                "in charge",
                "spokesperson",
                "expert",
                "eyewitness",
                "affected",
                "party to the dispute",
                "passer-by",
                "not clear",
            ]),
        ),
        ask(
            "affiliation",
            "Affiliation",
            "Whom the speaker belongs to or speaks for.",
            Text,
        ),
        ask(
            "gender",
            "Gender",
            "As the words of the article give it; never guess from a name.",
            OneOf(&["woman", "man", "other", "not given"]),
        ),
        ask(
            "anonymity",
            "Why unnamed",
            "The reason the article gives for leaving out the name.",
            Text,
        ),
        ask(
            "role",
            "Role here",
            "What the speaker does in this sentence.",
            OneOf(&["speaks", "is spoken to", "both"]),
        ),
    ],
};

const CUE: TagRow = TagRow {
    id: "cue",
    name: "Cue",
    colour: "#262626",
    key: 'c',
    definition: "The words that tell the reader that someone else’s words are coming or have \
                     just been.",
    include: "Verbs of speaking, writing and thinking with their particles (“pointed out”); \
                     “according to”; nouns that do the same (“her claim that”); an adverb that \
                     tells how, with the verb.",
    exclude: "The speaker and the quotation; verbs of doing that stand near a quotation but \
                     bring nothing in (“she smiled”), unless the sentence uses them for “said”.",
    example: "Both sides had signed, the notary [quietly insisted].",
    is_cast: false,
    attributes: &[
        ask(
            "stance",
            "Stance",
            "What the cue does to the words it brings in.",
            OneOf(&["leaves them open", "backs them", "doubts them"]),
        ),
        ask(
            "tone",
            "Tone",
            "How it lets the speaker appear.",
            OneOf(&["even", "forceful", "reluctant", "emotional", "evasive"]),
        ),
        ask(
            "form",
            "Form",
            "What sort of word it is.",
            OneOf(&[
                "verb",
                "noun",
                "“according to”",
                "punctuation only",
                "other",
            ]),
        ),
        ask(
            "lemma",
            "Base form",
            "The verb or noun as a dictionary lists it.",
            Text,
        ),
    ],
};

const RELATIONS: [RelationRow; 6] = [
    RelationRow {
        id: "said-by",
        name: "said by",
        from: "direct indirect mixed",
        to: "speaker",
        required: true,
    },
    RelationRow {
        id: "introduced-by",
        name: "introduced by",
        from: "direct indirect mixed",
        to: "cue",
        required: false,
    },
    RelationRow {
        id: "addressed-to",
        name: "addressed to",
        from: "direct indirect mixed",
        to: "speaker",
        required: false,
    },
    RelationRow {
        id: "continues",
        name: "continues",
        from: "direct indirect mixed",
        to: "direct indirect mixed",
        required: false,
    },
    RelationRow {
        id: "answers",
        name: "answers",
        from: "direct indirect mixed",
        to: "direct indirect mixed",
        required: false,
    },
    RelationRow {
        id: "speaks-for",
        name: "speaks for",
        from: "speaker",
        to: "speaker",
        required: false,
    },
];

const QUESTIONS: &[AttributeRow] = &[
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
        "voices",
        "Voices",
        "How many different speakers are quoted, in whatever way.",
        Number,
    ),
    ask("first-voice", "First voice", "Who is quoted first.", Text),
    ask("last-voice", "Last voice", "Who is quoted last.", Text),
    ask(
        "most-room",
        "Most room",
        "Whose words take up the most room.",
        Text,
    ),
    ask(
        "reply",
        "Right of reply",
        "Whether those who are criticised have a say.",
        OneOf(&[
            "nobody is criticised",
            "all have a say",
            "some have a say",
            "were asked, gave none",
            "none has a say",
        ]),
    ),
    ask(
        "missing-voice",
        "Missing voice",
        "Who is talked about at length, yet never quoted.",
        Text,
    ),
];
