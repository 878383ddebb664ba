//! The rules of a codebook, in Markdown for people.

use crate::projection::labels::tag_labels;
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::value::{Attribute, AttributeKind};
use pullquote_core::text::shortened::one_line;

/// The codebook in Markdown: its guide; the rules, questions and relations of each tag; and the
/// questions about the whole article.
pub(crate) fn guidelines(book: &Codebook) -> String {
    let mut parts = vec![one_line(&format!("## {} {}", book.name, book.version))];
    if !book.guide.is_empty() {
        parts.push(book.guide.clone());
    }
    let labels = tag_labels(book);
    for (tag, label) in book.tags().iter().zip(&labels) {
        parts.push(format!("### {label}"));
        parts.extend(rules(tag));
        parts.extend(asked("Asked of each mark:", &tag.attributes));
        let linked = book
            .relations()
            .iter()
            .filter(|relation| relation.from.contains(&tag.id));
        let linked = linked.map(|kind| {
            let ends = kind.to.iter().filter_map(|id| book.index_of(id));
            let ends: Vec<&str> = ends.map(|index| labels[index].as_str()).collect();
            let required = if kind.required { "; required" } else { "" };
            format!("- {}: {}{required}", one_line(&kind.name), ends.join(", "))
        });
        parts.extend(list("Linked to:", linked.collect()));
    }
    parts.extend(asked("### Questions about the article", book.questions()));
    format!("{}\n", parts.join("\n\n"))
}

/// The rules of a tag that are not empty, a paragraph each.
fn rules(tag: &Tag) -> impl Iterator<Item = String> {
    let rules = [
        ("", &tag.definition),
        ("Include: ", &tag.include),
        ("Exclude: ", &tag.exclude),
        ("Example: ", &tag.example),
    ];
    let said = rules.into_iter().filter(|(_, rule)| !rule.is_empty());
    said.map(|(name, rule)| format!("{name}{}", one_line(rule)))
}

/// The questions under a heading; `None` if there are none.
fn asked(heading: &str, attributes: &[Attribute]) -> Option<String> {
    let lines = attributes.iter().map(|attribute| {
        let words = |how: &str, words: &[std::rc::Rc<str>]| format!("{how} {}", words.join(", "));
        let kind = match &attribute.kind {
            AttributeKind::OneOf(all) => words("one of", all),
            AttributeKind::ManyOf(all) => words("any of", all),
            AttributeKind::YesNo => "yes or no".to_owned(),
            AttributeKind::Text => "text".to_owned(),
            AttributeKind::Number => "a number".to_owned(),
            AttributeKind::Date => "a date".to_owned(),
        };
        let help = match attribute.help.as_str() {
            "" => String::new(),
            help => format!(". {help}"),
        };
        let required = if attribute.required { "; required" } else { "" };
        one_line(&format!("- {}: {kind}{required}{help}", attribute.name))
    });
    list(heading, lines.collect())
}

/// A heading with its lines; `None` if there are no lines.
fn list(heading: &str, lines: Vec<String>) -> Option<String> {
    (!lines.is_empty()).then(|| format!("{heading}\n\n{}", lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::guidelines;
    use pullquote_core::model::codebook::Codebook;

    #[test]
    fn guidelines_have_every_rule_and_question_of_a_codebook() {
        for book in Codebook::shipped() {
            let text = guidelines(&book);
            for tag in book.tags() {
                let attributes = tag.attributes.iter().map(|attribute| &attribute.name);
                for said in [&tag.name, &tag.definition, &tag.include, &tag.exclude]
                    .into_iter()
                    .chain(attributes)
                {
                    assert!(text.contains(said.as_str()), "{said} is not in {text}");
                }
            }
            for kind in book.relations() {
                assert!(
                    text.contains(&format!("\n- {}: ", kind.name)),
                    "{}",
                    kind.name
                );
            }
            for question in book.questions() {
                assert!(text.contains(&question.name), "{}", question.name);
            }
            assert!(!text.contains("\n\n\n"), "{text}");
        }
    }
}
