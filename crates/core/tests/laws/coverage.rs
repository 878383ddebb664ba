//! The coverage index.

use super::cases;
use super::random_commands::{random_command, transaction_of};
use proptest::prelude::*;
use pullquote_core::model::coverage::Coverage;

proptest! {
    #[test]
    fn overlapping_agrees_with_a_scan(
        text in cases::text(),
        spans in cases::shares(30),
        a in any::<u16>(),
        b in any::<u16>(),
    ) {
        let document = cases::marked(&text, &spans);
        let coverage = Coverage::new(&document);
        let query = cases::span_at(&document, a, b);
        let scan: Vec<usize> = (0..)
            .zip(document.annotations())
            .filter(|(_, mark)| mark.spans.as_slice().iter().any(|span| span.overlaps(query)))
            .map(|(index, _)| index)
            .collect();
        prop_assert_eq!(coverage.overlapping(query), scan);
    }

    #[test]
    fn segments_tile_each_block_exactly(text in cases::text(), spans in cases::shares(20)) {
        let document = cases::marked(&text, &spans);
        let coverage = Coverage::new(&document);
        for block in document.article().blocks() {
            let segments = coverage.segments(block.span);
            prop_assert_eq!(segments[0].span.start(), block.span.start());
            prop_assert_eq!(segments[segments.len() - 1].span.end(), block.span.end());
            for pair in segments.windows(2) {
                prop_assert_eq!(pair[0].span.end(), pair[1].span.start());
                prop_assert_ne!(&pair[0].marks, &pair[1].marks);
            }
            for segment in &segments {
                prop_assert_eq!(&coverage.overlapping(segment.span), &segment.marks);
                let covers = |index: &usize| {
                    let mark = coverage.annotation(*index).unwrap();
                    mark.spans.as_slice().iter().any(|span| span.covers(segment.span))
                };
                prop_assert!(segment.marks.iter().all(covers));
            }
        }
    }

    #[test]
    fn overlapping_marks_have_different_lanes(
        text in cases::text(),
        spans in cases::shares(20),
    ) {
        let document = cases::marked(&text, &spans);
        let coverage = Coverage::new(&document);
        let marks = document.annotations();
        for (a, mark) in marks.iter().enumerate() {
            for (b, other) in marks.iter().enumerate().skip(a + 1) {
                if mark.spans.start() < other.spans.end() && other.spans.start() < mark.spans.end() {
                    prop_assert_ne!(coverage.lane(a), coverage.lane(b));
                }
            }
        }
    }

    /// An updated index equals a new one, and outside the spans that it reports as different
    /// nothing has changed.
    #[test]
    fn an_updated_index_equals_a_new_one(
        text in cases::text(),
        spans in cases::shares(12),
        commands in proptest::collection::vec(random_command(), 1..12),
    ) {
        let mut document = cases::marked(&text, &spans);
        let mut coverage = Coverage::new(&document);
        for (command, now) in commands.iter().zip(100..) {
            let Some(after) = transaction_of(&document, command, now).ok().and_then(|step| step.apply(&document).ok())
            else {
                continue;
            };
            let next = coverage.next(&after.0);
            prop_assert_eq!(&next, &Coverage::new(&after.0));
            prop_assert!(next.is_of(&after.0));
            let differing = coverage.differing(&next);
            for block in document.article().blocks() {
                if differing.iter().any(|span| span.overlaps(block.span)) {
                    continue;
                }
                let drawn = |coverage: &Coverage| {
                    let marks = coverage.overlapping(block.span).into_iter();
                    marks
                        .map(|index| (coverage.annotation(index).unwrap().clone(), coverage.lane(index)))
                        .collect::<Vec<_>>()
                };
                prop_assert_eq!(drawn(&coverage), drawn(&next));
            }
            (document, coverage) = ((*after.0).clone(), next);
        }
        let counts = document.tag_counts().to_vec();
        let tags = document.codebook().tags().iter();
        let counted = tags.map(|tag| document.annotations().iter().filter(|mark| mark.tag == tag.id).count());
        prop_assert_eq!(counts, counted.collect::<Vec<_>>());
    }
}

#[test]
fn without_marks_each_block_is_one_segment() {
    let document = cases::document_of("一 two\n\nthree 🙂");
    let coverage = Coverage::new(&document);
    for block in document.article().blocks() {
        let segments = coverage.segments(block.span);
        assert_eq!(segments.len(), 1);
        assert_eq!(segments[0].span, block.span);
        assert!(segments[0].marks.is_empty());
    }
}
