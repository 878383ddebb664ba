//! How a search was understood.

use crate::messages::Sentence;
use pullquote_core::analysis::query::QueryTerm;
use pullquote_core::text::shortened::shortened;

/// Says how a search was understood; `None` if it has neither a colon nor a filter.
pub(crate) fn understood(query: &str, terms: &[QueryTerm]) -> Option<Sentence> {
    if terms.iter().any(QueryTerm::is_filter) {
        let phrases: Vec<String> = terms.iter().map(phrase).collect();
        return Some(format!("Marks with: {}.", phrases.join(", ")));
    }
    let unknown = terms.iter().find_map(|term| match term {
        QueryTerm::NoField { field, .. } => Some(format!(" No field is called “{field}”.")),
        _ => None,
    });
    let query = query.trim().trim_matches(['"', '“', '”']);
    query.contains(':').then(|| {
        format!(
            "Words “{}”, in the text and the marks.{}",
            shortened(query, 60),
            unknown.unwrap_or_default()
        )
    })
}

fn phrase(term: &QueryTerm) -> String {
    match term {
        QueryTerm::Holds { field, value } => format!("{field} “{value}”"),
        QueryTerm::Lacks(what) => format!("no {what}"),
        QueryTerm::Flagged => "flagged".to_owned(),
        QueryTerm::Incomplete => "incomplete".to_owned(),
        QueryTerm::Words(words) | QueryTerm::NoField { words, .. } => format!("words “{words}”"),
    }
}
