//! Networks: every member of the cast is a node, and every kind of relation between two members
//! is an edge.

use super::cases::{id, slug};
use super::datasets::write;
use pullquote_core::model::annotation::{Annotation, Spans};
use pullquote_core::model::codebook::{Codebook, RelationKind};
use pullquote_core::model::document::{Document, DocumentParts};
use pullquote_core::model::entity::Entity;
use pullquote_core::model::relation::Relation;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_datasets::catalogue::Format;
use pullquote_datasets::options::Options;
use pullquote_formats::plain_text::article_of_text;

/// A member of the cast: id, name, external id.
type Member = (u64, &'static str, &'static str);

/// A mark on a word: the word, and the member that it mentions, if any.
type Mention = (&'static str, Option<u64>);

/// An article with actors. Relations are (kind, from, to), where both ends are indices of marks.
fn article(
    number: u64,
    text: &str,
    members: &[Member],
    marks: &[Mention],
    relations: &[(&str, usize, usize)],
) -> Document {
    let article = article_of_text(id(number * 1_000), text, None).unwrap();
    let news = Codebook::news();
    let kind = |name: &str| RelationKind {
        id: slug(name),
        name: format!("{name} 🗣"),
        from: vec![slug("actor")],
        to: vec![slug("actor")],
        required: false,
    };
    let tags = news.tags().iter().map(|tag| (**tag).clone()).collect();
    let kinds = ["blames", "praises"].map(kind).to_vec();
    let book = Codebook::new(
        "News".into(),
        "1".into(),
        String::new(),
        tags,
        kinds,
        vec![],
    );
    let mut at = 0;
    let annotations: Vec<Annotation> = (1..)
        .zip(marks)
        .map(|(place, (word, member))| {
            let start = at + article.text()[at..].find(word).expect("the word is there");
            at = start + word.len();
            Annotation {
                id: id(number * 1_000 + place),
                tag: slug("actor"),
                spans: Spans::from(article.span(start..at).unwrap()),
                values: Default::default(),
                entity: member.map(id),
                note: String::new(),
                flagged: false,
                coder: String::new(),
                created: Timestamp(1),
                modified: Timestamp(1),
            }
        })
        .collect();
    let relations = (500..)
        .zip(relations)
        .map(|(place, (kind, from, to))| Relation {
            id: id(number * 1_000 + place),
            kind: slug(kind),
            from: annotations[*from].id,
            to: annotations[*to].id,
        });
    Document::from_parts(DocumentParts {
        relations: relations.collect(),
        entities: members
            .iter()
            .map(|(number, name, reference)| Entity {
                id: id(*number),
                tag: slug("actor"),
                name: (*name).to_owned(),
                aliases: Vec::new(),
                reference: (*reference).to_owned(),
            })
            .collect(),
        answers: Default::default(),
        coder: String::new(),
        codebook: book.unwrap(),
        article,
        annotations,
    })
    .unwrap()
}

/// The network in a file: `label × count` for each node, `from -kind→ to × weight` for each edge.
fn network(format: &str, documents: &[Document]) -> (Vec<String>, Vec<String>) {
    let options = Options {
        name: "set".to_owned(),
        ..Options::default()
    };
    let (files, _) = write(Format::named(format).unwrap(), documents, &options);
    let text = String::from_utf8(files.0[0].1.clone()).unwrap();
    let read = roxmltree::Document::parse(&text).unwrap();
    let named = |name: &str| {
        let found = read.descendants().filter(|it| it.tag_name().name() == name);
        found.collect::<Vec<_>>()
    };
    let data = |node: roxmltree::Node, key: &str| -> String {
        let inside = |it: &roxmltree::Node| {
            it.attribute("key") == Some(key) || it.attribute("for") == Some(key)
        };
        let found = node.descendants().find(inside);
        let found = found.and_then(|it| it.attribute("value").or(it.text()));
        found.unwrap_or_default().to_owned()
    };
    let label = |node: roxmltree::Node| match node.attribute("label") {
        Some(label) if format == "gexf" => label.to_owned(),
        _ => data(node, "label"),
    };
    let nodes = named("node");
    let of = |id: &str| {
        let node = nodes.iter().find(|it| it.attribute("id") == Some(id));
        label(*node.expect("an edge ends at a node"))
    };
    let edges = named("edge").into_iter().map(|edge| {
        let end = |side| of(edge.attribute(side).unwrap());
        // Gephi tells parallel edges apart by this.
        let by = if format == "gexf" { "kind" } else { "label" };
        let weight = edge.attribute("weight").map(str::to_owned);
        let weight = weight.unwrap_or_else(|| data(edge, "weight"));
        let kind = edge.attribute(by).expect("every edge says its kind");
        format!("{} -{kind}→ {} × {weight}", end("source"), end("target"))
    });
    let edges = edges.collect();
    let said = nodes
        .iter()
        .map(|it| format!("{} × {}", label(*it), data(*it, "count")));
    (said.collect(), edges)
}

#[track_caller]
fn check(documents: &[Document], nodes: &[&str], edges: &[&str]) {
    for format in ["graphml", "gexf"] {
        let (said, linked) = network(format, documents);
        assert_eq!(said, nodes, "{format}");
        assert_eq!(linked, edges, "{format}");
    }
}

const TEXT: &str = "Karvel 🚜 the elder blamed Karvel e\u{301} the younger; کارول said so.";

#[test]
fn two_members_with_one_name_are_two_nodes() {
    let members = [
        (1, "Karvel e\u{301}", ""),
        (2, "Karvel e\u{301}", ""),
        (3, "کارول", ""),
    ];
    let marks = [("Karvel", Some(1)), ("Karvel", Some(2)), ("کارول", Some(3))];
    let document = article(9, TEXT, &members, &marks, &[("blames", 0, 1)]);
    check(
        &[document],
        &[
            "Karvel e\u{301} × 1",
            "Karvel e\u{301} (2) × 1",
            "کارول × 1",
        ],
        &["Karvel e\u{301} -blames 🗣→ Karvel e\u{301} (2) × 1"],
    );
}

#[test]
fn an_external_id_tells_namesakes_apart() {
    let members = [
        (1, "Karvel", "Q1"),
        (2, "Karvel", "Q2"),
        (3, "Karvel (2)", ""),
    ];
    let marks = [("Karvel", Some(1)), ("Karvel", Some(2)), ("کارول", Some(3))];
    let document = article(9, TEXT, &members, &marks, &[]);
    let nodes = ["Karvel (Q1) × 1", "Karvel (Q2) × 1", "Karvel (2) × 1"];
    check(&[document], &nodes, &[]);
}

#[test]
fn a_word_without_a_member_is_not_the_member_of_that_name() {
    let marks = [("Karvel", Some(1)), ("Karvel", None)];
    let document = article(9, TEXT, &[(1, "Karvel", "")], &marks, &[]);
    check(&[document], &["Karvel × 1", "Karvel (2) × 1"], &[]);
}

#[test]
fn a_member_without_marks_is_a_node() {
    let document = article(
        9,
        TEXT,
        &[(1, "Karvel", ""), (2, "کارول", "")],
        &[("Karvel", Some(1))],
        &[],
    );
    check(&[document], &["Karvel × 1", "کارول × 0"], &[]);
}

#[test]
fn members_of_several_articles_with_one_name_are_one_node() {
    let one = |number, member, reference| {
        article(
            number,
            TEXT,
            &[(member, "Karvel", reference)],
            &[("Karvel", Some(member))],
            &[],
        )
    };
    check(&[one(8, 1, ""), one(9, 2, "")], &["Karvel × 2"], &[]);
    // The same member, by another coder.
    check(&[one(8, 1, ""), one(8, 1, "")], &["Karvel × 2"], &[]);
    check(&[one(8, 1, "Q1"), one(9, 2, "")], &["Karvel × 2"], &[]);
    check(
        &[one(8, 1, "Q1"), one(9, 2, "Q2"), one(10, 3, "Q1")],
        &["Karvel (Q1) × 2", "Karvel (Q2) × 1"],
        &[],
    );
}

#[test]
fn a_name_that_two_members_of_an_article_share_joins_no_members() {
    let both = article(
        8,
        TEXT,
        &[(1, "Karvel", ""), (2, "Karvel", "")],
        &[("Karvel", Some(1)), ("Karvel", Some(2))],
        &[("blames", 0, 1)],
    );
    let one = article(9, TEXT, &[(3, "Karvel", "")], &[("Karvel", Some(3))], &[]);
    check(
        &[one, both],
        &["Karvel × 1", "Karvel (2) × 1", "Karvel (3) × 1"],
        &["Karvel (2) -blames 🗣→ Karvel (3) × 1"],
    );
}

#[test]
fn an_external_id_joins_members_with_different_names() {
    let one = |number, member, name| {
        let marks = [("Karvel", Some(member))];
        article(number, TEXT, &[(member, name, "Q1")], &marks, &[])
    };
    check(
        &[one(8, 1, "Karvel"), one(9, 2, "کارول")],
        &["Karvel × 2"],
        &[],
    );
}

#[test]
fn two_kinds_of_relation_between_the_same_members_are_two_edges() {
    let members = [(1, "Karvel", ""), (2, "کارول", "")];
    let marks = [("Karvel", Some(1)), ("Karvel", Some(1)), ("کارول", Some(2))];
    let relations = [
        ("blames", 0, 2),
        ("praises", 0, 2),
        ("blames", 1, 2),
        ("blames", 2, 0),
    ];
    let document = article(9, TEXT, &members, &marks, &relations);
    check(
        &[document],
        &["Karvel × 2", "کارول × 1"],
        &[
            "Karvel -blames 🗣→ کارول × 2",
            "Karvel -praises 🗣→ کارول × 1",
            "کارول -blames 🗣→ Karvel × 1",
        ],
    );
}
