//! Times as RFC 3339 text.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use pullquote_core::edit::change_times::RecordKey;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::sorted::VecMap;

use serde_json::Value as Json;
use std::time::{Duration, UNIX_EPOCH};

/// The last millisecond since 1970 that RFC 3339 can write.
const YEAR_9999: i64 = 253_402_300_799_999;

/// A time in RFC 3339, in UTC, to the millisecond. A time outside the years 1970 to 9999 is
/// written as the nearest one inside them.
pub fn time(timestamp: Timestamp) -> String {
    let since = Duration::from_millis(timestamp.0.clamp(0, YEAR_9999) as u64);
    humantime::format_rfc3339_millis(UNIX_EPOCH + since).to_string()
}

/// Reads a time in RFC 3339.
///
/// Errors: [`ReadError::Time`] where it is not one, or is before 1970.
pub(crate) fn read_time(node: &JsonNode) -> Result<Timestamp, ReadError> {
    let text = node.text()?;
    let since = humantime::parse_rfc3339(text)
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| i64::try_from(since.as_millis()).ok());
    since.map(Timestamp).ok_or_else(|| ReadError::Time {
        place: node.path(),
        found: text.to_owned(),
    })
}

/// Times by the key of the record that they belong to.
pub(crate) type WireTimes = serde_json::Map<String, Json>;

/// Times by the key of their record, as they are written.
pub(crate) fn wire_times(times: &VecMap<RecordKey, Timestamp>) -> WireTimes {
    let mut wire = WireTimes::new();
    for (key, at) in times {
        wire.insert(key.to_string(), Json::from(time(*at)));
    }
    wire
}

/// The times in the field `name`; none if the field is missing.
pub(crate) fn read_times<'a>(
    node: &'a JsonNode<'a>,
    name: &'a str,
) -> Result<VecMap<RecordKey, Timestamp>, ReadError> {
    let Some(times) = node.optional(name) else {
        return Ok(VecMap::new());
    };
    let mut read = VecMap::new();
    for (key, time) in times.fields()? {
        let key = time.checked(key.parse())?;
        read.insert(key, read_time(&time)?);
    }
    Ok(read)
}
