//! *Fact, opinion, speculation, call*: what kind of claim a sentence makes.
//!
//! Claims are sorted before they are checked: something is stated as a fact, valued, guessed or
//! demanded. Whether a claim is true is a separate question and does not change its kind: a
//! false statement of fact is a Fact.

use crate::model::codebooks::rows::{
    AttributeRow, CodebookRow, Kind::Date, Kind::ManyOf, Kind::Number, Kind::OneOf, Kind::Text,
    Kind::YesNo, RelationRow, TagRow, ask,
};

pub(crate) const CODEBOOK: CodebookRow = CodebookRow {
    name: "Fact, opinion, speculation, call",
    version: "1",
    guide: GUIDE,
    tags: &[FACT, OPINION, SPECULATION, CALL, SOURCE],
    relations: &RELATIONS,
    questions: QUESTIONS,
};

const GUIDE: &str = "Ask of every claim what could be said against it. “That is not so”: Fact. \
“I do not think so”: Opinion. “You cannot know that”: Speculation. “No, we will not”: Call to \
action. Mark the claim without the words that only say who makes it (“the mayor said”), but \
with its hedges (“perhaps”, “is likely to”). When a sentence holds two claims, mark each; when \
one claim is of two kinds (“the needless delay cost a million”), mark the whole as the one and \
the telling word as the other. Do not ask whether you agree, nor whether it is true, before you \
have chosen the kind.";

const ATTRIBUTED: AttributeRow = ask(
    "attributed",
    "Attributed",
    "Whether the article says whose claim it is.",
    OneOf(&["attributed", "unattributed"]),
)
.required();

const HEDGING: AttributeRow = ask(
    "hedging",
    "Hedging",
    "How far its own words hold it back (“about”, “seems”, “reportedly”).",
    OneOf(&["none", "some", "strong"]),
);

const FACT: TagRow = TagRow {
    id: "fact",
    name: "Fact",
    colour: "#4f6a00",
    key: 'f',
    definition: "A statement that something is or was so, which evidence could show to be true \
                     or false. True or not, it is given as settled.",
    include: "Events, numbers, causes, comparisons, rules and what someone is said to have \
                     done; also wrong ones, and those that would be laborious to check.",
    exclude: "What nobody could settle with evidence: that is an Opinion; what is said of the \
                     future or only thought likely: that is Speculation. That someone spoke is \
                     a Fact only where the speaking is the news.",
    example: "[The sea rose above the quay on eleven days last year], the port office reported.",
    is_cast: false,
    attributes: &[
        ATTRIBUTED,
        ask(
            "about",
            "About",
            "What sort of fact is stated.",
            OneOf(&[
                "event",
                "number",
                "cause",
                "comparison",
                "rule",
                "words or deeds of someone",
                "other",
            ]),
        ),
        ask(
            "checkable",
            "Checkable",
            "How one could find out whether it is so.",
            OneOf(&[
                "from public records",
                "by asking around",
                "by experts only",
                "not at present",
            ]),
        ),
        HEDGING,
        ask(
            "evidence-given",
            "Evidence given",
            "What the article offers for it.",
            ManyOf(&[
                "document",
                "figures",
                "eyewitness",
                "expert",
                "picture",
                "nothing",
            ]),
        ),
        ask(
            "finding",
            "Finding",
            "What a check has come to.",
            OneOf(&[
                "not yet checked",
                "right",
                "partly right",
                "wrong",
                "cannot be told",
            ]),
        ),
        ask(
            "finding-why",
            "Rests on",
            "What the finding rests on.",
            Text,
        ),
    ],
};

const OPINION: TagRow = TagRow {
    id: "opinion",
    name: "Opinion",
    colour: "#b8267f",
    key: 'o',
    definition: "A judgement: words that call something good or bad, right or wrong, wise or \
                     foolish, important or not. People with the same facts may differ on it.",
    include: "Praise and blame, taste, weighing of what matters; single loaded words where they \
                     carry the judgement (“reckless”, “long overdue”).",
    exclude: "What should be done now, said to someone who could do it: that is a Call to \
                     action. A feeling that is reported of someone (“residents are angry”) is a \
                     Fact.",
    example: "The wall is, in the words of one fisherman, [the ugliest thing ever built on this \
                     coast].",
    is_cast: false,
    attributes: &[
        ATTRIBUTED,
        ask(
            "evaluation",
            "Evaluation",
            "Which way it judges.",
            OneOf(&["−", "0", "+"]),
        ),
        ask("target", "Target", "Whom or what it judges.", Text),
        ask(
            "measure",
            "Measure",
            "By what it judges.",
            OneOf(&[
                "right and wrong",
                "skill",
                "usefulness",
                "cost",
                "beauty",
                "importance",
                "other",
            ]),
        ),
        ask(
            "force",
            "Force",
            "How strong the words are.",
            OneOf(&["mild", "plain", "strong"]),
        ),
        HEDGING,
        ask(
            "reasons",
            "Reasons",
            "Whether reasons are given for it.",
            YesNo,
        ),
    ],
};

const SPECULATION: TagRow = TagRow {
    id: "speculation",
    name: "Speculation",
    colour: "#1667c2",
    key: 's',
    definition: "A claim beyond what anyone can know when the article appears: what will come, \
                     what would have been, what is hidden in plans, motives or causes.",
    include: "Forecasts, guesses, warnings of what may follow, supposed motives, “what if”; \
                     also when they are put firmly, as if they were certain.",
    exclude: "Plans and dates that are fixed and published (“polls open on Sunday”) and hedged \
                     reports of what can be checked today (“about forty people came”): those \
                     are Facts. A fear or hope that only values is an Opinion.",
    example: "Another winter like this one [could empty the lower town within a decade].",
    is_cast: false,
    attributes: &[
        ATTRIBUTED,
        ask(
            "about",
            "About",
            "What is guessed at.",
            OneOf(&[
                "future",
                "motive",
                "cause",
                "hidden fact",
                "what might have been",
            ]),
        ),
        ask(
            "likelihood",
            "Likelihood",
            "How likely its words make it.",
            OneOf(&[
                "ruled out",
                "unlikely",
                "possible",
                "likely",
                "certain",
                "not said",
            ]),
        ),
        ask(
            "hedge",
            "Hedge",
            "The words that hold it back, as written.",
            Text,
        ),
        ask(
            "basis",
            "Basis",
            "What it is drawn from.",
            OneOf(&[
                "data or model",
                "experience",
                "past cases",
                "unnamed sources",
                "none given",
            ]),
        ),
        ask(
            "horizon",
            "By when",
            "The words that say when one will know, as written.",
            Text,
        ),
        ask(
            "horizon-date",
            "Known by",
            "The day, month or year that the words come to.",
            Date,
        ),
        ask(
            "outcome",
            "Outcome",
            "What became of it.",
            OneOf(&[
                "not yet known",
                "came true",
                "partly came true",
                "did not",
                "cannot be told",
            ]),
        ),
    ],
};

const CALL: TagRow = TagRow {
    id: "call",
    name: "Call to action",
    colour: "#5c2e0c",
    key: 'c',
    definition: "Words that want someone to do something, to stop it or to leave it be.",
    include: "Demands, requests, appeals, advice, and “must” or “should” where they point to a \
                     deed that can still be done; also those that the article makes in its own \
                     name.",
    exclude: "What speakers promise to do themselves: leave it unmarked. Regret over what \
                     should have been done is an Opinion. A duty that the law already sets is a \
                     Fact.",
    example: "Parents’ groups urged the ministry [to close the school until the roof is safe].",
    is_cast: false,
    attributes: &[
        ATTRIBUTED,
        ask("target", "Target", "Who is to act.", Text),
        ask(
            "direction",
            "Direction",
            "What the target is to do.",
            OneOf(&["do", "stop", "keep as is"]),
        ),
        ask(
            "force",
            "Force",
            "How hard it presses.",
            OneOf(&["advice", "request", "demand", "ultimatum"]),
        ),
        HEDGING,
        ask(
            "concrete",
            "Concrete",
            "Whether one could later say that it was followed or not.",
            YesNo,
        ),
        ask(
            "deadline",
            "By when",
            "The words that say when, as written.",
            Text,
        ),
    ],
};

const SOURCE: TagRow = TagRow {
    id: "source",
    name: "Source",
    colour: "#262626",
    key: 'w',
    definition: "Whoever or whatever a claim is credited to: a person, a body, a document.",
    include: "Names with their titles; descriptions (“one fisherman”, “people close to the \
                     talks”); reports, letters and studies that are said to state something.",
    exclude: "Pronouns; persons who are only talked about; the author, who needs no mark: leave \
                     such claims unattributed.",
    example: "Repairs would take a year, [the bridge engineer Ilse Maran] estimated.",
    is_cast: true,
    attributes: &[
        ask(
            "kind",
            "Kind",
            "What sort of source this is.",
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
            OneOf(&["named", "anonymous"]),
        ),
        ask(
            "nearness",
            "Nearness",
            "How it comes to know.",
            OneOf(&[
                "saw it",
                "is party to it",
                "is expert in it",
                "is in charge of it",
                "heard of it",
                "not said",
            ]),
        ),
        ask(
            "interest",
            "Interest",
            "What it stands to gain or lose, if the article tells.",
            Text,
        ),
    ],
};

const RELATIONS: [RelationRow; 4] = [
    RelationRow {
        id: "said-by",
        name: "said by",
        from: "fact opinion speculation call",
        to: "source",
        required: false,
    },
    RelationRow {
        id: "supports",
        name: "supports",
        from: "fact opinion speculation",
        to: "fact opinion speculation call",
        required: false,
    },
    RelationRow {
        id: "disputes",
        name: "disputes",
        from: "fact opinion speculation call",
        to: "fact opinion speculation call",
        required: false,
    },
    RelationRow {
        id: "restates",
        name: "restates",
        from: "fact opinion speculation call",
        to: "fact opinion speculation call",
        required: false,
    },
];

const QUESTIONS: &[AttributeRow] = &[
    ask(
        "main-claim",
        "Main claim",
        "What the article wants its reader to take away, in one sentence of your own.",
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
    ask(
        "mixture",
        "Mixture",
        "Which kind of claim fills most of it.",
        OneOf(&["fact", "opinion", "speculation", "call", "no one kind"]),
    ),
    ask(
        "own-voice",
        "In its own voice",
        "Which kinds it makes without crediting anyone.",
        ManyOf(&["fact", "opinion", "speculation", "call"]),
    ),
    ask(
        "told-apart",
        "Told apart",
        "Whether a reader can tell what is reported from what is thought of it.",
        OneOf(&["throughout", "mostly", "hardly"]),
    ),
    ask(
        "sources",
        "Sources",
        "How many different sources make claims.",
        Number,
    ),
];
