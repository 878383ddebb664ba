//! *Frames of the news*: from which angle a story is told.
//!
//! The five generic frames of Semetko and Valkenburg (“Framing European politics: A content
//! analysis of press and television news”, Journal of Communication 50(2), 2000, 93–109):
//! conflict, human interest, economic consequences, morality, attribution of responsibility. As
//! in their study, the questions about the whole article are answered yes or no, several per
//! frame. The wording and the selection are our own, so results cannot be compared with those of
//! their scales without a check.

use crate::model::codebooks::rows::{
    AttributeRow, CodebookRow, Kind::ManyOf, Kind::Number, Kind::OneOf, Kind::Text, Kind::YesNo,
    RelationRow, TagRow, ask,
};

pub(crate) const CODEBOOK: CodebookRow = CodebookRow {
    name: "Frames of the news",
    version: "1",
    guide: GUIDE,
    tags: &[CONFLICT, HUMAN, ECONOMIC, MORALITY, RESPONSIBILITY, ACTOR],
    relations: &RELATIONS,
    questions: QUESTIONS,
};

const GUIDE: &str = "A frame is not the topic but the light in which it is shown: a strike can \
be told as a fight, as a family’s empty fridge, as a loss to the port, as a breach of faith, or \
as somebody’s fault. Read the article to its end before you mark. Then mark the words that \
carry a frame: a clause or a sentence, seldom a single word. The same words may carry two \
frames, and most articles have more than one. Mark also the frames that the article only passes \
on, and say in Held by whose they are. At the end answer the questions by what the whole text \
does, not by the number of your marks.";

const STRENGTH: AttributeRow = ask(
    "strength",
    "Strength",
    "How much the words depend on the frame.",
    OneOf(&["in passing", "clear", "at the heart"]),
)
.required();

const HOLDER: AttributeRow = ask(
    "holder",
    "Held by",
    "Whose way of seeing it is.",
    OneOf(&[
        "the article",
        "someone quoted",
        "someone paraphrased",
        "cannot be told",
    ]),
);

const DEVICE: AttributeRow = ask(
    "device",
    "Device",
    "What the frame is made with.",
    ManyOf(&[
        "choice of words",
        "metaphor",
        "example",
        "number",
        "comparison",
        "quotation",
        "headline",
    ]),
);

const CONFLICT: TagRow = TagRow {
    id: "conflict",
    name: "Conflict",
    colour: "#b8267f",
    key: 'c',
    definition: "Words that show the matter as a clash between people, groups, bodies or \
                     countries, in which there are sides.",
    include: "Disagreement, reproach, attack and counter-attack; talk of winning and losing; \
                     the language of war, sport and games; also the end of a clash, told as \
                     one.",
    exclude: "Different views set side by side without any friction; violence that is reported \
                     without sides, as in an accident; blame for a problem: that is \
                     Responsibility, and both if it is one side’s blow at the other.",
    example: "[The two parties traded blows over the ferry for a third day], and neither gave way.",
    is_cast: false,
    attributes: &[
        STRENGTH,
        HOLDER,
        DEVICE,
        ask(
            "form",
            "Form",
            "What sort of clash is shown.",
            OneOf(&[
                "difference of views",
                "reproach",
                "contest",
                "threat",
                "violence",
                "settlement",
            ]),
        ),
        ask("sides", "Sides", "How many sides there are.", Number),
        ask(
            "ahead",
            "Ahead",
            "Who is shown as winning, if anyone.",
            Text,
        ),
    ],
};

const HUMAN: TagRow = TagRow {
    id: "human",
    name: "Human interest",
    colour: "#4f6a00",
    key: 'h',
    definition: "Words that bring the matter near through one person’s life or through feeling: \
                     a face, a story, a mood.",
    include: "Scenes from the life of someone affected; what it did to them; feelings shown or \
                     plainly meant to be stirred; private details.",
    exclude: "A person who only gives information or speaks for an office; counts of those \
                     affected without any of them coming near.",
    example: "[Every evening Marta Quill still sets a plate for the son who rowed out to help].",
    is_cast: false,
    attributes: &[
        STRENGTH,
        HOLDER,
        DEVICE,
        ask(
            "feeling",
            "Feeling",
            "What the reader is led to feel.",
            OneOf(&[
                "pity",
                "sorrow",
                "anger",
                "fear",
                "warmth",
                "hope",
                "admiration",
                "amusement",
                "none of these",
            ]),
        ),
        ask(
            "person",
            "Person",
            "Who is brought near.",
            OneOf(&[
                "someone affected",
                "bystander",
                "helper",
                "wrongdoer",
                "officeholder",
                "celebrity",
                "group",
            ]),
        ),
        ask(
            "private",
            "Private",
            "Whether it enters someone’s private life.",
            YesNo,
        ),
    ],
};

const ECONOMIC: TagRow = TagRow {
    id: "economic",
    name: "Economic consequences",
    colour: "#1667c2",
    key: 'e',
    definition: "Words that show the matter by what it costs or brings: to a person, a firm, a \
                     place or a country, now or later.",
    include: "Money gained, lost, spent or saved; jobs, prices, trade and growth as the result \
                     of something; what it would cost to do it, or to leave it.",
    exclude: "Sums that only describe (“a boat worth a million”); news of business as such, \
                     where nothing is said to follow from anything.",
    example: "Without the bridge, [every crate of fish will cost a third more to bring to market].",
    is_cast: false,
    attributes: &[
        STRENGTH,
        HOLDER,
        DEVICE,
        ask(
            "direction",
            "Direction",
            "What it comes to.",
            OneOf(&["gain", "loss", "both", "unclear"]),
        ),
        ask(
            "bearer",
            "Borne by",
            "Who gains or loses.",
            OneOf(&[
                "households",
                "workers",
                "companies",
                "place or region",
                "state",
                "several countries",
                "not said",
            ]),
        ),
        ask(
            "time",
            "Time",
            "When it is felt.",
            OneOf(&["already", "soon", "in the long run", "not said"]),
        ),
        ask("amount", "Amount", "The number, if one is given.", Number),
        ask(
            "amount-unit",
            "Unit",
            "What the number counts, with its currency.",
            Text,
        ),
    ],
};

const MORALITY: TagRow = TagRow {
    id: "morality",
    name: "Morality",
    colour: "#5c2e0c",
    key: 'm',
    definition: "Words that measure the matter by right and wrong, by faith or by what one owes \
                     to others.",
    include: "Moral judgements and lessons; appeals to conscience, decency, honour or God; \
                     rules of how one ought to live; most often by way of someone quoted.",
    exclude: "Judgements of skill or use (“a clumsy law”); what is forbidden by law, told only \
                     as law; a church or a priest where no rule of conduct is touched.",
    example: "[A town that counts its boats before its drowned has lost its way], the bishop \
                     preached.",
    is_cast: false,
    attributes: &[
        STRENGTH,
        HOLDER,
        DEVICE,
        ask(
            "ground",
            "Ground",
            "What the judgement rests on.",
            OneOf(&[
                "faith",
                "care for others",
                "fairness",
                "honesty",
                "loyalty",
                "duty",
                "decency",
                "freedom",
                "not said",
            ]),
        ),
        ask(
            "verdict",
            "Verdict",
            "Which way it falls.",
            OneOf(&["wrong", "right", "torn", "rule without verdict"]),
        ),
        ask(
            "rule",
            "Rule",
            "The rule that is appealed to, in one sentence of your own.",
            Text,
        ),
    ],
};

const RESPONSIBILITY: TagRow = TagRow {
    id: "responsibility",
    name: "Responsibility",
    colour: "#0a5560",
    key: 'r',
    definition: "Words that lay the matter at someone’s door: who brought it about, or who has \
                     the power and the duty to put it right.",
    include: "Blame, guilt and credit; duties of a government, a firm, a group or each of us; \
                     remedies with the one who should bring them; calls that time is short.",
    exclude: "Causes without anyone behind them (“heavy rain”); who is in office or in charge, \
                     told in passing; what someone did, where nothing is laid to them for it.",
    example: "The inquiry found that [the flood gates failed because three ministries had cut \
                     their upkeep].",
    is_cast: false,
    attributes: &[
        STRENGTH,
        HOLDER,
        DEVICE,
        ask(
            "for",
            "For",
            "What someone answers for.",
            OneOf(&["cause", "remedy", "both"]),
        ),
        ask(
            "on",
            "Laid on",
            "On whom it is laid.",
            OneOf(&[
                "government",
                "party",
                "authority",
                "company",
                "group",
                "individual",
                "society",
                "another country",
            ]),
        ),
        ask(
            "sense",
            "Sense",
            "In what sense it is laid on them.",
            OneOf(&["blame", "credit", "duty", "denied"]),
        ),
        ask(
            "remedy",
            "Remedy",
            "What is to be done, if it says so.",
            Text,
        ),
    ],
};

const ACTOR: TagRow = TagRow {
    id: "actor",
    name: "Actor",
    colour: "#262626",
    key: 'a',
    definition: "Someone who holds a frame or stands in one: who speaks it, fights, suffers, \
                     pays, is judged or is to answer.",
    include: "Names with their titles, and descriptions that stand for one actor (“the \
                     ferrymen”, “the ministry”); only where a frame can be linked to it.",
    exclude: "Pronouns; persons who have no part in any frame that you marked; places as places.",
    example: "It was [the lock-keepers’ union], not [the province], that paid for the funeral.",
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
            "cast-as",
            "Cast as",
            "What the frame makes of it.",
            OneOf(&[
                "voice", "opponent", "victim", "hero", "culprit", "rescuer", "winner", "loser",
                "judge",
            ]),
        ),
        ask(
            "evaluation",
            "Evaluation",
            "How the words of the article value it.",
            OneOf(&["−", "0", "+"]),
        ),
    ],
};

const RELATIONS: [RelationRow; 7] = [
    RelationRow {
        id: "held-by",
        name: "held by",
        from: "conflict human economic morality responsibility",
        to: "actor",
        required: false,
    },
    RelationRow {
        id: "has-side",
        name: "has as a side",
        from: "conflict",
        to: "actor",
        required: false,
    },
    RelationRow {
        id: "brings-near",
        name: "brings near",
        from: "human",
        to: "actor",
        required: false,
    },
    RelationRow {
        id: "falls-on",
        name: "falls on",
        from: "economic",
        to: "actor",
        required: false,
    },
    RelationRow {
        id: "judges",
        name: "judges",
        from: "morality",
        to: "actor",
        required: false,
    },
    RelationRow {
        id: "laid-on",
        name: "laid on",
        from: "responsibility",
        to: "actor",
        required: false,
    },
    RelationRow {
        id: "counters",
        name: "counters",
        from: "conflict human economic morality responsibility",
        to: "conflict human economic morality responsibility",
        required: false,
    },
];

const QUESTIONS: &[AttributeRow] = &[
    ask(
        "topic",
        "Topic",
        "What the article is about, apart from any frame.",
        Text,
    ),
    ask(
        "conflict-differ",
        "Conflict: at odds",
        "Does it show people, groups or countries at odds?",
        YesNo,
    ),
    ask(
        "conflict-reproach",
        "Conflict: reproach",
        "Does one of them find fault with, or attack, another?",
        YesNo,
    ),
    ask(
        "conflict-sides",
        "Conflict: sides",
        "Does it give room to two or more sides of the quarrel?",
        YesNo,
    ),
    ask(
        "conflict-score",
        "Conflict: score",
        "Does it say who wins and who loses?",
        YesNo,
    ),
    ask(
        "human-face",
        "Human: a face",
        "Is the matter shown through the case of a real person?",
        YesNo,
    ),
    ask(
        "human-feeling",
        "Human: feeling",
        "Do words or scenes move one to anger, pity or warmth?",
        YesNo,
    ),
    ask(
        "human-affected",
        "Human: affected",
        "Does it dwell on what the matter does to people?",
        YesNo,
    ),
    ask(
        "human-private",
        "Human: private",
        "Does it go into anyone’s private life?",
        YesNo,
    ),
    ask(
        "economic-money",
        "Economic: money",
        "Does it name gains or losses of money, now or later?",
        YesNo,
    ),
    ask(
        "economic-cost",
        "Economic: cost",
        "Does it say what something costs, or how dear it is?",
        YesNo,
    ),
    ask(
        "economic-follows",
        "Economic: follows",
        "Does it tell what acting, or not acting, does to the economy?",
        YesNo,
    ),
    ask(
        "morality-message",
        "Morality: message",
        "Is there a moral lesson in it, from whomever?",
        YesNo,
    ),
    ask(
        "morality-faith",
        "Morality: faith",
        "Does it appeal to God, to faith or to moral principles?",
        YesNo,
    ),
    ask(
        "morality-conduct",
        "Morality: conduct",
        "Does it tell how people ought to behave?",
        YesNo,
    ),
    ask(
        "responsible-state",
        "Responsible: state",
        "Is the matter laid to a government or an authority?",
        YesNo,
    ),
    ask(
        "responsible-others",
        "Responsible: others",
        "Is it laid to a person, a firm or a group in society?",
        YesNo,
    ),
    ask(
        "responsible-able",
        "Responsible: able",
        "Is some authority said to have the power to ease it?",
        YesNo,
    ),
    ask(
        "responsible-remedy",
        "Responsible: remedy",
        "Is a remedy proposed?",
        YesNo,
    ),
    ask(
        "responsible-urgent",
        "Responsible: urgent",
        "Is it said that something must be done without delay?",
        YesNo,
    ),
    ask(
        "dominant",
        "Dominant frame",
        "The frame that holds the article together.",
        OneOf(&[
            "conflict",
            "human interest",
            "economic consequences",
            "morality",
            "responsibility",
            "none",
            "no one frame",
        ]),
    ),
    ask(
        "lead-frames",
        "Frames of the lead",
        "The frames that headline and first paragraph bring in.",
        ManyOf(&[
            "conflict",
            "human interest",
            "economic consequences",
            "morality",
            "responsibility",
            "none",
        ]),
    ),
    ask(
        "dominant-why",
        "Why",
        "What makes that frame the dominant one.",
        Text,
    ),
];
