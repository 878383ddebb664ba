//! Sizes in bytes, in words.

/// A size in words: "12 kB", "3.4 MB".
#[must_use]
pub fn byte_count(count: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = (count.saturating_mul(10) + unit / 2) / unit;
        match (tenths / 10, tenths % 10) {
            (whole @ 0..10, tenth @ 1..) => format!("{whole}.{tenth}"),
            (whole, tenth) => (whole + u64::from(tenth >= 5)).to_string(),
        }
    };
    match count {
        0..1_000 => format!("{count} bytes"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}
