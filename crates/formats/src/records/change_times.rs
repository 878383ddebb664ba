//! The record of when the parts of an article changed, in the browser's storage.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use crate::records::envelope::{unwrap, wrap};
use crate::wire::json_text::{json_text, parse_json};
use crate::wire::time::{WireTimes, read_times, wire_times};
use pullquote_core::edit::change_times::ChangeTimes;

use serde::Serialize;

#[derive(Serialize)]
struct WireChangeTimes {
    put: WireTimes,
    dropped: WireTimes,
}

/// The record of change times that other copies of an article brought along, in an envelope.
#[must_use]
pub fn write_change_times(change_times: &ChangeTimes) -> String {
    let record = WireChangeTimes {
        put: wire_times(&change_times.put),
        dropped: wire_times(&change_times.dropped),
    };
    wrap("traces", &json_text(&record, ""))
}

/// Reads the change times in a record.
///
/// Errors: the record is damaged.
pub fn read_change_times(record: &str) -> Result<ChangeTimes, ReadError> {
    let json = parse_json(unwrap(record)?.1)?;
    let node = JsonNode::root(&json);
    Ok(ChangeTimes {
        put: read_times(&node, "put")?,
        dropped: read_times(&node, "dropped")?,
    })
}
