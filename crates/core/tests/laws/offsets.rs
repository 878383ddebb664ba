//! Conversions between the three units of offsets.

use super::cases;
use proptest::prelude::*;
use pullquote_core::text::offset::{ByteOffset, CharOffset, Utf16Offset};
use pullquote_core::text::offset_map::OffsetMap;

proptest! {
    #[test]
    fn the_map_agrees_with_the_standard_library(text in cases::text()) {
        let map = OffsetMap::new(&text);
        prop_assert_eq!(map.utf16_len() as usize, text.encode_utf16().count());
        prop_assert_eq!(map.char_len() as usize, text.chars().count());
        for byte in 0..=text.len() + 2 {
            let at = ByteOffset(byte as u32);
            let before = text.get(..byte);
            let utf16 = before.map(|text| Utf16Offset(text.encode_utf16().count() as u32));
            let chars = before.map(|text| CharOffset(text.chars().count() as u32));
            prop_assert_eq!(map.utf16(at), utf16);
            prop_assert_eq!(map.chars(at), chars);
        }
    }

    #[test]
    fn conversions_on_boundaries_are_reversible(text in cases::text()) {
        let map = OffsetMap::new(&text);
        for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let at = ByteOffset(byte as u32);
            prop_assert_eq!(map.utf16(at).and_then(|at| map.from_utf16(at)), Some(at));
            prop_assert_eq!(map.chars(at).and_then(|at| map.from_chars(at)), Some(at));
        }
    }

    #[test]
    fn offsets_between_surrogates_are_refused(text in cases::text()) {
        let map = OffsetMap::new(&text);
        let mut at = 0;
        for char in text.chars() {
            for inside in 1..char.len_utf16() as u32 {
                prop_assert_eq!(map.from_utf16(Utf16Offset(at + inside)), None);
            }
            at += char.len_utf16() as u32;
        }
        prop_assert_eq!(map.from_utf16(Utf16Offset(at + 1)), None);
        prop_assert_eq!(map.from_chars(CharOffset(map.char_len() + 1)), None);
    }
}
