//! What the command line writes, loaded by the real readers of every format.
//!
//! Writes cases with `pullquote convert` and has `tests/conformance/check.py` load them.
//! `cargo xtask test readers` installs the readers and runs this; PULLQUOTE_READERS is the
//! Python that has them.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on should stop, and shows what it did"
)]

use pullquote_core::model::annotation::{Annotation, Spans};
use pullquote_core::model::codebook::{Codebook, RelationKind, Tag};
use pullquote_core::model::document::{Document, DocumentParts};
use pullquote_core::model::entity::Entity;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::model::relation::Relation;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::{Value, Values};
use pullquote_datasets::catalogue::FORMATS;
use pullquote_formats::document_file::write_document;
use pullquote_formats::plain_text::article_of_text;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// A mark of a case: its tag, its pieces in order, its note.
type Mark = (&'static str, &'static [&'static str], &'static str);

fn id(number: u64) -> Id {
    Id::new(1_700_000_000_000 + number, &[9; 10])
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

/// A document of this text; each piece is the first place of its words behind the piece
/// before. What may be linked is: the first mark that a relation can begin at with the first
/// that it can end at.
fn document(number: u64, text: &str, marks: &[Mark], codebook: Codebook) -> Document {
    let mut article = article_of_text(id(number), text, None).unwrap();
    article.source.url = match number % 2 {
        0 => format!("https://example.org/{number}?a=1&b=\"2\""),
        _ => String::new(),
    };
    article.source.outlet = "The Valley & <Post>".to_owned();
    let text = article.text().to_owned();
    let mut annotations = Vec::new();
    for (place, (tag, pieces, note)) in (1..).zip(marks) {
        let mut at = 0;
        let spans = pieces.iter().map(|words| {
            let start = at
                + text[at..]
                    .find(words)
                    .unwrap_or_else(|| panic!("{words} is not there"));
            at = start + words.len();
            article.span(start..at).unwrap()
        });
        annotations.push(Annotation {
            id: id(number * 1_000 + place),
            tag: slug(tag),
            spans: Spans::new(spans.collect()).unwrap(),
            values: values(&codebook, tag),
            entity: None,
            note: (*note).to_owned(),
            flagged: place % 2 == 0,
            coder: "Asma 🖊".to_owned(),
            created: Timestamp(1_760_000_000_000),
            modified: Timestamp(1_760_000_100_000),
        });
    }
    let member = annotations
        .iter_mut()
        .find(|mark| mark.tag.as_str() == "actor");
    let entities = member.map(|mark| {
        mark.entity = Some(id(number * 1_000 + 900));
        Entity {
            id: id(number * 1_000 + 900),
            tag: mark.tag.clone(),
            name: "=Cast “A” | B".to_owned(),
            aliases: vec!["the other".to_owned()],
            reference: "Q42".to_owned(),
        }
    });
    let relations = codebook
        .relations()
        .iter()
        .enumerate()
        .filter_map(|(place, kind)| {
            let from = annotations
                .iter()
                .find(|mark| kind.from.contains(&mark.tag))?;
            let to = annotations
                .iter()
                .rev()
                .find(|mark| kind.to.contains(&mark.tag))?;
            (from.id != to.id).then(|| Relation {
                id: id(number * 1_000 + 500 + place as u64),
                kind: kind.id.clone(),
                from: from.id,
                to: to.id,
            })
        });
    Document::from_parts(DocumentParts {
        relations: relations.collect(),
        entities: entities.into_iter().collect(),
        answers: Values::new(),
        coder: "Asma 🖊".to_owned(),
        article,
        codebook,
        annotations,
    })
    .unwrap()
}

/// The first word of the first question of one word.
fn values(codebook: &Codebook, tag: &str) -> Values {
    use pullquote_core::model::value::AttributeKind;
    let mut values = Values::new();
    let tag = codebook.tag(&slug(tag)).unwrap();
    for attribute in &tag.attributes {
        if let AttributeKind::OneOf(words) = &attribute.kind {
            values.insert(attribute.id.clone(), Value::One(words[0].clone()));
            break;
        }
    }
    values
}

fn news(number: u64, text: &str, marks: &[Mark]) -> Document {
    document(number, text, marks, Codebook::news())
}

const EMOJI: (&str, &[Mark]) = (
    "Farm news 🚜\n\n“We’ll put ₹5 crore 🚀 into it,” said Zoe\u{308} Mu\u{308}ller (👩🏽‍🌾) in Quetta. \
     Her family 👨‍👩‍👧‍👦 was there 🇵🇰.\n\nShe left.",
    &[
        (
            "commitment",
            &["We’ll put ₹5 crore 🚀 into it"],
            "How much is “crore”? <check> & see",
        ),
        ("place", &["₹5 crore"], ""),
        ("actor", &["Zoe\u{308} Mu\u{308}ller"], ""),
        (
            "event",
            &["Zoe\u{308} Mu\u{308}ller (👩🏽‍🌾)"],
            "two\nlines\tand a tab",
        ),
        ("place", &["Quetta"], ""),
        ("actor", &["👨‍👩‍👧‍👦"], ""),
        ("place", &["🇵🇰"], ""),
    ],
);

const URDU: (&str, &[Mark]) = (
    "وزیر نے لاہور میں نئے پل کا وعدہ کیا۔\n\nپل اگلے سال بنے گا، یہ بات زرینہ خان نے بتائی۔\n",
    &[
        ("actor", &["وزیر"], ""),
        ("place", &["لاہور"], "شہر"),
        ("commitment", &["نئے پل کا وعدہ کیا"], ""),
        ("commitment", &["وعدہ کیا۔\n\nپل اگلے سال بنے گا"], ""),
        ("actor", &["زرینہ خان"], ""),
    ],
);

const CHINESE: (&str, &[Mark]) = (
    "市长王小明昨天在北京说，新桥明年开放。𠮷野さんはトヨタの町に来た。\n第二行。",
    &[
        ("actor", &["市长王小明"], ""),
        ("actor", &["王小明"], ""),
        ("place", &["北京"], ""),
        ("commitment", &["新桥明年开放"], "桥"),
        ("actor", &["𠮷野さん"], ""),
        ("place", &["トヨタの町"], ""),
    ],
);

const LINES: (&str, &[Mark]) = (
    "Head\r\n\r\nFirst line here\r\nsecond line there.\r\n\r\n\r\nLast  one,\twith gaps\u{a0}and\u{2009}more.  \r\n",
    &[
        ("event", &["line here\nsecond line"], ""),
        ("place", &["there.\n\n\nLast"], ""),
        ("actor", &["one,\twith gaps"], ""),
        ("place", &["gaps\u{a0}and\u{2009}more"], ""),
    ],
);

const OVERLAPS: (&str, &[Mark]) = (
    "The council of the valley said the old bridge will be mended before the first snow.",
    &[
        ("actor", &["The council of the valley"], ""),
        ("actor", &["The council"], ""),
        ("place", &["the valley"], ""),
        ("event", &["valley said the old"], ""),
        ("commitment", &["the old bridge will be mended"], ""),
        ("place", &["the old bridge"], ""),
        ("place", &["the old bridge"], ""),
        ("event", &["mended before the first snow"], ""),
    ],
);

const PIECES: (&str, &[Mark]) = (
    "She will, she told us, mend it soon; and the roof, too, will be mended.",
    &[
        ("commitment", &["will", "mend it"], "in two pieces"),
        ("commitment", &["the roof", "will be mended"], ""),
        ("actor", &["She"], ""),
        ("event", &["told", "soon", "too"], ""),
    ],
);

const SIGNS: (&str, &[Mark]) = (
    "=SUM(A1:A9) is no news, nor is -5 or @home; cafe\u{301} <b>a|b</b> & \\c_d [e] -> *f* _g_ `h`.\n\
     'quoted' “and” \"more\" #1 a_x0041_b; then\u{2028}a break\u{85}and\u{b}another.\n\
     O’Neill’s un-American e-mail cost 1,500.50 and 3%.",
    &[
        ("event", &["=SUM(A1:A9)"], "=1+1"),
        ("event", &["-5"], "@x"),
        ("event", &["@home"], "'=y"),
        ("place", &["cafe\u{301} <b>a|b</b> & \\c_d"], ""),
        ("actor", &["[e] -> *f* _g_"], "a|b;c*[1]->\\"),
        ("actor", &["'quoted' “and” \"more\""], "\"q\""),
        ("actor", &["a_x0041_b"], ""),
        ("place", &["then\u{2028}a break\u{85}and"], ""),
        ("actor", &["O’Neill"], ""),
        ("actor", &["American"], ""),
        ("event", &["mail cost 1,5"], ""),
    ],
);

const EMPTY: (&str, &[Mark]) = ("Nothing is marked here.\n\nNothing at all.", &[]);

/// Texts and marks that nobody would think of, the same every time.
fn random(number: u64) -> Document {
    const WORDS: [&str; 20] = [
        "word",
        "two words",
        " ",
        "\n",
        "\n\n",
        "\u{a0}",
        "\t",
        "e\u{301}",
        "👩‍👩‍👧",
        "👍🏽",
        "🇵🇰",
        "علاقوں",
        "क्षत्रिय",
        "한국어",
        "国境の町",
        "𠮷",
        "(COAS)",
        "“soon”",
        "Iran’s",
        ". ",
    ];
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let words: Vec<&str> = (0..40 + next(40))
        .map(|_| WORDS[next(WORDS.len())])
        .collect();
    let plain = news(number, &format!("Start {} end", words.concat()), &[]);
    let text = plain.article().text().to_owned();
    let graphemes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let mut annotations = Vec::new();
    for place in 0..2 + next(12) {
        let start = next(graphemes.len() - 1);
        let end = (start + 1 + next(12)).min(graphemes.len() - 1);
        let words = graphemes[start]..graphemes[end];
        let tags = ["actor", "place", "commitment", "event"];
        annotations.push(Annotation {
            id: id(number * 1_000 + place as u64),
            tag: slug(tags[next(4)]),
            spans: Spans::from(plain.article().span(words).unwrap()),
            values: Values::new(),
            entity: None,
            note: String::new(),
            flagged: false,
            coder: String::new(),
            created: Timestamp(1_760_000_000_000),
            modified: Timestamp(1_760_000_000_000),
        });
    }
    Document::from_parts(DocumentParts {
        article: (**plain.article()).clone(),
        codebook: Codebook::news(),
        relations: Vec::new(),
        entities: Vec::new(),
        answers: Values::new(),
        coder: String::new(),
        annotations,
    })
    .unwrap()
}

/// Names of tags that mean something to some format, or nothing to all.
const ODD_NAMES: [&str; 11] = [
    "O",
    "B-Actor",
    "I",
    "Policy  area",
    "a|b",
    "<x y=\"1\">",
    "=1+1",
    "جگہ",
    "🚜 farm",
    "",
    "PLACE",
];

/// A codebook with those names, two of which are the same to who does not see case, and one
/// kind of relation with such a name.
fn odd_codebook() -> Codebook {
    let news = Codebook::news();
    let mut tags: Vec<Tag> = Vec::new();
    for (place, name) in ODD_NAMES.iter().chain(&["O"]).enumerate() {
        let mut tag = Tag::clone(&news.tags()[place % news.tags().len()]);
        tag.id = slug(&format!("tag-{place}"));
        tag.name = (*name).to_owned();
        tag.key = None;
        tags.push(tag);
    }
    let kind = RelationKind {
        id: slug("kind"),
        name: "leads \"to\" | <b>".to_owned(),
        from: vec![slug("tag-0"), slug("tag-3")],
        to: vec![slug("tag-7")],
        required: false,
    };
    let name = "Odd: names | \t\"here\"".to_owned();
    Codebook::new(
        name,
        "1 β".to_owned(),
        String::new(),
        tags,
        vec![kind],
        Vec::new(),
    )
    .unwrap()
}

const ODD: (&str, &[Mark]) = (
    "One two three four five six seven eight nine ten eleven twelve.",
    &[
        ("tag-0", &["One"], ""),
        ("tag-1", &["two"], ""),
        ("tag-2", &["three"], ""),
        ("tag-3", &["four"], "n"),
        ("tag-4", &["five"], ""),
        ("tag-5", &["six"], ""),
        ("tag-6", &["seven"], ""),
        ("tag-7", &["eight"], ""),
        ("tag-8", &["nine"], ""),
        ("tag-9", &["ten"], ""),
        ("tag-10", &["eleven"], ""),
        ("tag-11", &["twelve"], ""),
    ],
);

/// A document for each control character and for some noncharacters: inside of marks, at both
/// their edges, and in a note.
fn control_characters() -> Vec<Document> {
    let others = [0xFDD0, 0xFFFE, 0xFFFF, 0x1_FFFE];
    let all = (0..0x20).chain(0x7F..0xA0).chain(others);
    let of = |code: u32| {
        let char = char::from_u32(code).unwrap();
        let words = |text: &str| -> &'static str { text.replace('^', &char.to_string()).leak() };
        let text = words("^The mayor 👩🏽‍🌾 said Kar^vel met ^Zoe\u{308} in لاہور^ at once^^more.");
        // A line end of another system becomes one of ours.
        let piece = |text: &str| -> &'static [&'static str] {
            vec![&*words(text).replace('\r', "\n").leak()].leak()
        };
        let marks = [
            ("actor", piece("Kar^vel"), words("a^note")),
            ("actor", piece("^Zoe\u{308}"), ""),
            ("place", piece("لاہور^"), ""),
            ("event", piece("once^^more"), ""),
        ];
        news(2_000 + u64::from(code), text, &marks)
    };
    all.map(of).collect()
}

/// Two members of one name, of whom one blames and praises the other; a third of another
/// article with that name.
fn namesakes() -> Vec<Document> {
    let of = |number: u64, members: &[(&str, &str)], relations: &[(&str, usize, usize)]| {
        let text = "Karvel 🚜 blamed Karvel; کارول and Zoe\u{308} heard it. Karvel!";
        let marks: &[Mark] = &[
            ("actor", &["Karvel"], ""),
            ("actor", &["Karvel; کارول"], ""),
            ("actor", &["Zoe\u{308}"], ""),
            ("actor", &["Karvel!"], ""),
        ];
        let plain = document(number, text, marks, Codebook::news());
        let mut parts = DocumentParts {
            article: (**plain.article()).clone(),
            codebook: Codebook::news(),
            annotations: plain
                .annotations()
                .iter()
                .map(|it| (**it).clone())
                .collect(),
            relations: Vec::new(),
            entities: Vec::new(),
            answers: Values::new(),
            coder: plain.coder.clone(),
        };
        parts.entities = (900..)
            .zip(members)
            .map(|(place, (name, reference))| Entity {
                id: id(number * 1_000 + place),
                tag: slug("actor"),
                name: (*name).to_owned(),
                aliases: Vec::new(),
                reference: (*reference).to_owned(),
            })
            .collect();
        let members = parts.entities.iter().map(|entity| Some(entity.id));
        let members = members.chain(std::iter::repeat(None));
        for (mark, member) in parts.annotations.iter_mut().zip(members) {
            mark.entity = member;
        }
        let kind = |name: &str| RelationKind {
            id: slug(name),
            name: format!("{name} \"it\" & <him>"),
            from: vec![slug("actor")],
            to: vec![slug("actor")],
            required: false,
        };
        let news = Codebook::news();
        parts.codebook = Codebook::new(
            "News".to_owned(),
            "1".to_owned(),
            String::new(),
            news.tags().iter().map(|tag| Tag::clone(tag)).collect(),
            ["blames", "praises"].map(kind).to_vec(),
            Vec::new(),
        )
        .unwrap();
        let ends = |place: usize| parts.annotations[place].id;
        let relations = (500..)
            .zip(relations)
            .map(|(place, (kind, from, to))| Relation {
                id: id(number * 1_000 + place),
                kind: slug(kind),
                from: ends(*from),
                to: ends(*to),
            });
        parts.relations = relations.collect();
        Document::from_parts(parts).unwrap()
    };
    let name = "Karvel 🚜 e\u{301}";
    vec![
        of(
            700,
            &[(name, ""), (name, ""), ("کارول", "Q7")],
            &[("blames", 0, 1), ("praises", 0, 1), ("blames", 0, 3)],
        ),
        of(701, &[(name, ""), ("Zoe", "Q7")], &[("blames", 1, 0)]),
        of(702, &[(name, "Q8"), ("Zoe", "Q9")], &[("praises", 0, 2)]),
    ]
}

fn cases() -> Vec<(&'static str, Vec<Document>)> {
    let of = |number, (text, marks): (&str, &[Mark])| news(number, text, marks);
    let mut french = of(2, OVERLAPS);
    french = french.copied_as(id(77), "A / B: \"C\"? <D>".to_owned());
    let claims = Codebook::shipped().into_iter().nth(2).unwrap();
    let tag = claims.tags()[0].id.to_string();
    let tag: &'static str = tag.leak();
    let other = document(
        88,
        "The mayor said it rained.",
        &[(tag, &["it rained"], "")],
        claims,
    );
    let mut several = vec![of(31, EMOJI), of(32, EMPTY), of(33, URDU), french, other];
    several.extend((0..3).map(|number| of(40 + number, PIECES)));
    vec![
        ("emoji", vec![of(1, EMOJI)]),
        ("urdu", vec![of(4, URDU)]),
        ("chinese", vec![of(6, CHINESE)]),
        ("line-ends", vec![of(7, LINES)]),
        ("overlaps", vec![of(8, OVERLAPS)]),
        ("pieces", vec![of(9, PIECES)]),
        ("signs", vec![of(10, SIGNS)]),
        ("empty", vec![of(11, EMPTY)]),
        ("several", several),
        ("tags", vec![document(12, ODD.0, ODD.1, odd_codebook())]),
        ("controls", control_characters()),
        ("namesakes", namesakes()),
        ("random", (100..130).map(random).collect()),
    ]
}

fn pullquote(arguments: &[&str]) {
    let out = Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{arguments:?}: {said}");
}

fn write_cases(root: &Path) {
    for (name, documents) in cases() {
        let case = root.join(name);
        let source = case.join("source");
        fs::create_dir_all(&source).unwrap();
        for (number, document) in documents.iter().enumerate() {
            let file = source.join(format!("{number:02}.pullquote.json"));
            fs::write(file, write_document(document)).unwrap();
        }
        for format in FORMATS {
            let out = format!("{}/", case.join(format.id.as_str()).display());
            let source = source.display().to_string();
            pullquote(&[
                "convert",
                &source,
                "--to",
                format.id.as_str(),
                "--out",
                &out,
                "-q",
            ]);
        }
    }
}

/// The Python that has the readers; none, with a line that says so.
fn readers() -> Option<String> {
    let python = env::var("PULLQUOTE_READERS");
    if python.is_err() {
        println!("The files are written; `cargo xtask test readers` has them read.");
    }
    python.ok()
}

/// Runs a program of the conformance checks.
#[track_caller]
fn checked(python: &str, program: &str, arguments: &[&Path]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance");
    let mut command = Command::new(python);
    command.arg(folder.join(program)).args(arguments);
    if env::var("PULLQUOTE_DOCCANO").is_ok() && program == "check.py" {
        // The servers themselves, of what is written for them.
        command.args(["--servers", "--only", "doccano", "doccano-relations"]);
        command.arg("label-studio");
    }
    let status = command.status().unwrap();
    assert!(status.success(), "a reader disagrees: see above");
}

#[test]
fn a_package_opens_with_its_parts_and_keeps_copies_together() {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("package");
    let _ = fs::remove_dir_all(&root);
    let source = root.join("source");
    fs::create_dir_all(&source).unwrap();
    for number in 0..24_u64 {
        // Words of its own; of every third a copy with another last word.
        let own: Vec<String> = (0..60).map(|word| format!("w{number}x{word}")).collect();
        let copies = if number % 3 == 0 { 2 } else { 1 };
        for copy in 0..copies {
            let title = format!("Story {number} told {copy}");
            let text = format!(
                "{title}\n\n👩🏽‍🌾 Zoe\u{308} met the council in Lahore. {}.",
                own.join(" ")
            );
            let marks: &[Mark] = match number % 2 {
                0 => &[("actor", &["Zoe\u{308}"], ""), ("place", &["Lahore"], "x")],
                _ => &[("actor", &["the council"], ""), ("actor", &["council"], "")],
            };
            let file = source.join(format!("{number:02}-{copy}.pullquote.json"));
            let document = news(600 + number * 2 + copy, &text, marks);
            fs::write(file, write_document(&document)).unwrap();
        }
    }
    let package = root.join("made");
    let (from, to) = (
        source.display().to_string(),
        format!("{}/", package.display()),
    );
    let line = [
        "package",
        &from,
        "--to",
        "hf,json,iob2",
        "--out",
        &to,
        "-q",
        "--name",
    ];
    let rest = [
        "Bridge news",
        "--licence",
        "CC-BY-4.0",
        "--agreement",
        "alpha 0.81",
    ];
    pullquote(&[&line[..], &rest[..]].concat());
    if let Some(python) = readers() {
        checked(&python, "check_package.py", &[&package, &source]);
    }
}

#[test]
fn every_reader_gives_back_what_was_marked() {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("conformance");
    let _ = fs::remove_dir_all(&root);
    write_cases(&root);
    if let Some(python) = readers() {
        checked(&python, "check.py", &[&root]);
    }
}
