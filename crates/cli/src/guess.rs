//! Which format a file has, judged by its name and its beginning.

use pullquote_datasets::catalogue::{FORMATS, Format};
use pullquote_formats::backup_file::is_backup;
use pullquote_formats::codebook_file::CODEBOOK;

use std::path::Path;

/// Whether a file of this name and beginning may have a known format.
pub(crate) fn is_known(path: &Path, beginning: &[u8]) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    name.ends_with(".zip") || is_backup(beginning) || !guess(&name, beginning).is_empty()
}

/// The formats that a file of this name and content may have, the likeliest first.
pub(crate) fn guess(name: &str, bytes: &[u8]) -> Vec<&'static Format> {
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(2_000)]).into_owned();
    let has = |text: &str| beginning.contains(text);
    let ids: &[&str] = match () {
        () if name.ends_with(".pullquote.json") => &["json"],
        () if name.ends_with(".jsonl") && has("\"_view_id\"") => &["prodigy"],
        () if name.ends_with(".jsonl") && has("\"tokens\"") => &["prodigy", "hf"],
        () if name.ends_with(".jsonl") && has("\"entities\"") => &["doccano-relations"],
        () if name.ends_with(".jsonl") => &["doccano", "hf", "prodigy"],
        () if name.ends_with(".json") && has("%TYPES") => &["cas-json"],
        () if name.ends_with(".json") && has("%FEATURE_STRUCTURES") => &["cas-json"],
        () if name.ends_with(".json") && has("\"pullquote\"") => &["json"],
        () if name.ends_with(".json") => &["label-studio", "cas-json", "json"],
        () if name.ends_with(".parquet") => &["parquet"],
        () if name.ends_with(".tsv") && has("#FORMAT=WebAnno") => &["webanno-tsv"],
        () if name.ends_with(".tsv") && has("doc_id") => &["tsv"],
        () if name.ends_with(".bioes.tsv") => &["bioes"],
        () if name.ends_with(".bilou.tsv") => &["bilou"],
        () if name.ends_with(".tsv") => &["iob2"],
        () if name.ends_with(".csv") => &["csv"],
        () if name.ends_with(".xml") => &["tei"],
        () => {
            let fits = FORMATS.iter().filter(|format| {
                format.extension != "zip" && name.ends_with(&format!(".{}", format.extension))
            });
            return fits.collect();
        }
    };
    ids.iter().filter_map(|id| Format::named(id)).collect()
}

/// Whether a file has no spans of its own: a codebook, a card, a configuration, a table beside
/// the table of marks, a text beside its annotations.
pub(crate) fn is_without_spans(
    name: &str,
    beginning: &[u8],
    has_beside: impl Fn(&str) -> bool,
) -> bool {
    let of_tables = |extension: &str| {
        let table = name
            .strip_suffix(extension)
            .and_then(|name| name.strip_suffix('.'));
        table.is_some_and(|table| {
            let is_known = matches!(table, "relations" | "cast" | "about");
            (is_known || table.starts_with("ledger-")) && has_beside(&format!("marks.{extension}"))
        })
    };
    let text = name.strip_suffix(".txt");
    matches!(
        name,
        "README.md"
            | "GUIDELINES.md"
            | "splits.tsv"
            | "TypeSystem.xml"
            | "annotation.conf"
            | "visual.conf"
    ) || name.ends_with(&format!(".{CODEBOOK}"))
        || of_tables("csv")
        || of_tables("tsv")
        || text.is_some_and(|stem| has_beside(&format!("{stem}.ann")))
        || name.to_lowercase().ends_with(".xml") && is_labelling(beginning)
}

/// Whether XML begins like a labelling configuration of Label Studio.
fn is_labelling(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let mut rest = text.trim_start();
    // Skips the declaration and comments.
    loop {
        let end = match () {
            () if rest.starts_with("<!--") => "-->",
            () if rest.starts_with("<?") => "?>",
            () => break,
        };
        let Some((_, behind)) = rest.split_once(end) else {
            break;
        };
        rest = behind.trim_start();
    }
    let name = rest.strip_prefix("<View");
    name.is_some_and(|rest| {
        rest.starts_with(|char: char| char.is_whitespace() || ">/".contains(char))
    })
}

#[cfg(test)]
mod tests {
    use super::{is_labelling, is_without_spans};

    #[track_caller]
    fn check(name: &str, beside: &str, expected: bool) {
        let is_without = is_without_spans(name, b"", |other| other == beside);
        assert_eq!(is_without, expected, "{name} beside {beside}");
    }

    #[test]
    fn files_beside_a_table_of_marks_have_no_spans() {
        check("relations.csv", "marks.csv", true);
        check("ledger-Actor.tsv", "marks.tsv", true);
        check("ledger-Actor.tsv", "marks.csv", false);
        check("about.iob2.tsv", "marks.tsv", false);
        check("About the bridge.iob2.tsv", "", false);
        check("marks.csv", "marks.csv", false);
        check("Notes.md", "", false);
        check("codebook-2.pullquote-codebook.json", "", true);
        check("Rain.txt", "Rain.ann", true);
        check("Rain.txt", "", false);
    }

    #[test]
    fn a_labelling_configuration_is_recognised_by_its_root() {
        assert!(is_labelling(b"<View>\n <Labels/>"));
        assert!(is_labelling(
            b"<?xml version=\"1.0\"?>\r\n<!-- <TEI> -->\r\n<View className=\"a\">"
        ));
        assert!(!is_labelling(b"<TEI><View>"));
        assert!(!is_labelling(b"<Views>"));
        assert!(!is_labelling(b"<!-- <View>"));
    }
}
