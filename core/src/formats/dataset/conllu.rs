//! CoNLL-U, with entities in MISC as `name=B-LABEL`, and the text as it is.

use super::columns::{Scheme, Tags, tag};
use super::labelled::{Grain, Labelled};
use super::made_by::MadeBy;
use super::naming::Naming;
use super::proof::{ReadBack, Written};
use super::{Options, Out, Writer};
use crate::model::Document;
use crate::text::{is_gap, one_line};
use std::fmt::Write as _;

struct Conllu {
    options: Options,
    naming: Naming,
}

pub(super) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Conllu {
        options: options.clone(),
        naming: Naming::of("conllu", options),
    })
}

impl Writer for Conllu {
    fn add(&mut self, document: &Document, out: &mut dyn Out) -> Vec<Written> {
        let labelled = Labelled::of(document, &self.options, Grain::Tokens);
        let labels = self.naming.names(&labelled).tags;
        let article = document.article();
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = writeln!(text, "# newdoc id = {}", article.id);
        let _ = writeln!(text, "# title = {}", one_line(&article.title));
        let _ = writeln!(
            text,
            "# generator = {}",
            MadeBy::of(document, &self.options).line()
        );
        let first = labelled
            .tokens
            .first()
            .map_or(0, |token| token.start().index());
        if first > 0 {
            let _ = writeln!(
                text,
                "# spaces_before = {}",
                spaces(&labelled.text()[..first])
            );
        }
        for (label, name) in labelled.labels.iter().zip(&labels) {
            if label != name {
                let _ = writeln!(text, "# label {name} = {label}");
            }
        }
        let tagged = labelled.tagged();
        for (number, sentence) in (1..).zip(&labelled.sentences) {
            let (start, end) = (sentence.start, sentence.end - 1);
            let words = labelled.tokens[start].start().index()..labelled.tokens[end].end().index();
            let words: String = labelled.text()[words]
                .chars()
                .map(|char| if is_gap(char) { ' ' } else { char })
                .collect();
            let _ = writeln!(
                text,
                "# sent_id = {}-{number}\n# text = {words}",
                article.id
            );
            for (id, token) in (1..).zip(sentence.clone()) {
                let form = labelled.slice(labelled.tokens[token]);
                let mut misc = Vec::new();
                if let Some(inside) = &tagged[token] {
                    let place = labelled.labels.iter().position(|it| it == inside.label);
                    let label = &labels[place.unwrap_or_default()];
                    misc.push(format!("name={}", tag(Scheme::Iob2, Some(inside), label)));
                }
                match labelled.gap_after(token) {
                    "" => misc.push("SpaceAfter=No".to_owned()),
                    " " => {}
                    gap => misc.push(format!("SpacesAfter={}", spaces(gap))),
                }
                let misc = match misc.is_empty() {
                    true => "_".to_owned(),
                    false => misc.join("|"),
                };
                let (head, deprel) = if id == 1 { (0, "root") } else { (1, "dep") };
                let _ = writeln!(
                    text,
                    "{id}\t{form}\t_\tX\t_\t_\t{head}\t{deprel}\t_\t{misc}"
                );
            }
            text.push('\n');
        }
        let file = format!("{}.conllu", self.options.name);
        out.append(&file, text.as_bytes());
        vec![Written::of(
            &file,
            &labelled,
            labelled.chosen().into_iter(),
            |piece| labels[piece.tag].clone(),
        )]
    }

    fn finish(&mut self, _: &mut dyn Out) {}
}

const SPACES: [(char, &str); 6] = [
    ('\\', "\\\\"),
    (' ', "\\s"),
    ('\t', "\\t"),
    ('\n', "\\n"),
    ('\r', "\\r"),
    ('|', "\\p"),
];

fn spaces(gap: &str) -> String {
    let known = |char| SPACES.iter().find(|(known, _)| *known == char);
    gap.chars().fold(String::new(), |mut out, char| {
        match known(char) {
            Some((_, written)) => out.push_str(written),
            None => out.push(char),
        }
        out
    })
}

fn unspaced(written: &str) -> String {
    let mut rest = written;
    let mut gap = String::new();
    while let Some(char) = rest.chars().next() {
        match SPACES.iter().find(|(_, written)| rest.starts_with(written)) {
            Some((char, written)) => {
                gap.push(*char);
                rest = &rest[written.len()..];
            }
            None => {
                gap.push(char);
                rest = &rest[char.len_utf8()..];
            }
        }
    }
    gap
}

pub(super) fn read(bytes: &[u8]) -> Result<Vec<ReadBack>, String> {
    let text = str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mut documents: Vec<(Tags, String)> = Vec::new();
    let mut stated: Option<(usize, usize, String)> = None;
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.starts_with("# newdoc") {
            documents.push((Tags::default(), String::new()));
        }
        let Some((tags, text)) = documents.last_mut() else {
            match line.is_empty() || line.starts_with('#') {
                true => continue,
                false => return Err(format!("line {number} stands before `# newdoc`")),
            }
        };
        if let Some(before) = line.strip_prefix("# spaces_before = ") {
            text.push_str(&unspaced(before));
        }
        if let Some(said) = line.strip_prefix("# text = ") {
            stated = Some((number, text.len(), said.to_owned()));
        }
        if line.is_empty() {
            tags.close();
            if let Some((number, from, said)) = stated.take() {
                let bare = |text: &str| text.chars().filter(|it| !is_gap(*it)).collect::<String>();
                if bare(&text[from..]) != bare(&said) {
                    return Err(format!("line {number}: the text is not that of its tokens"));
                }
            }
        }
        if line.is_empty() || line.starts_with('#') && !line.contains('\t') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, form, .., misc] = cells.as_slice() else {
            return Err(format!("line {number} has {} columns", cells.len()));
        };
        let field = |name: &str| misc.split('|').find_map(|field| field.strip_prefix(name));
        let put = tags.put((*form).to_owned(), field("name=").unwrap_or("O"));
        put.map_err(|reason| format!("line {number}: {reason}"))?;
        text.push_str(form);
        match (field("SpaceAfter="), field("SpacesAfter=")) {
            (Some("No"), _) => {}
            (_, Some(gap)) => text.push_str(&unspaced(gap)),
            _ => text.push(' '),
        }
    }
    let read = documents.into_iter().map(|(tags, text)| ReadBack {
        text: Some(text),
        ..tags.read()
    });
    Ok(read.collect())
}
