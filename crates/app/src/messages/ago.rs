//! How long ago something was.

use pullquote_core::model::timestamp::Timestamp;

/// "now", "2 minutes ago", "yesterday", "3 weeks ago".
#[must_use]
pub fn ago(then: Timestamp, now: Timestamp) -> String {
    let minutes = now.since(then) / 60_000;
    let (count, unit) = match minutes {
        0 => return "now".to_owned(),
        1..60 => (minutes, "minute"),
        60..1_440 => (minutes / 60, "hour"),
        1_440..2_880 => return "yesterday".to_owned(),
        2_880..20_160 => (minutes / 1_440, "day"),
        20_160..87_600 => (minutes / 10_080, "week"),
        87_600..525_600 => (minutes / 43_800, "month"),
        _ => (minutes / 525_600, "year"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}
