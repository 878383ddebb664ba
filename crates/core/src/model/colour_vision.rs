//! How colours look to people who lack one kind of cone, and which colours they can still tell
//! apart.

use crate::model::colour::{Colour, root};

/// A kind of colour vision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vision {
    /// With all three kinds of cones.
    Full,
    /// Without the cones for long waves: red looks dark and yellowish.
    Protan,
    /// Without the cones for middle waves: red and green look alike.
    Deutan,
    /// Without the cones for short waves: blue and green look alike.
    Tritan,
}

impl Vision {
    /// All kinds, the most common first.
    pub const ALL: [Self; 4] = [Self::Full, Self::Protan, Self::Deutan, Self::Tritan];

    /// The end of a sentence such as "They look alike …".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "with full colour vision",
            Self::Protan => "without red cones (protanopia)",
            Self::Deutan => "without green cones (deuteranopia)",
            Self::Tritan => "without blue cones (tritanopia)",
        }
    }
}

/// Two tags whose lines differ by less than this can be mistaken for each other. On the scale of
/// [`Colour::least_difference`], 0 to 100.
///
/// It is twice the just noticeable difference of colours side by side (2, as in CSS Color 4),
/// because tags are rarely side by side.
pub const DISTINCT: f64 = 4.0;

/// Colours to choose from; the first four are those of the shipped tags.
///
/// Each has a contrast of at least 4.5 : 1 on white, on light paper and on its own tint, so that
/// it needs no other shade for lines in the light theme. By [`Colour::least_difference`] any two
/// are at least [`DISTINCT`] apart; and in either theme, the badges of a colour after the fourth
/// and of any other colour differ by at least 7 with full colour vision.
pub const PALETTE: [Colour; 12] = [
    Colour::new(0x0b, 0x5f, 0xa5),
    Colour::new(0x34, 0x70, 0x56),
    Colour::new(0x8e, 0x2f, 0x80),
    Colour::new(0xa8, 0x4a, 0x06),
    Colour::new(0x11, 0x52, 0x00),
    Colour::new(0x01, 0x1e, 0xcb),
    Colour::new(0x00, 0x24, 0x25),
    Colour::new(0x97, 0x12, 0x27),
    Colour::new(0x62, 0x4d, 0x42),
    Colour::new(0x45, 0x33, 0x00),
    Colour::new(0x35, 0x2c, 0x4e),
    Colour::new(0x73, 0x0d, 0xe2),
];

/// A linear map of three components to three components, row by row.
type Matrix = [[f64; 3]; 3];

// What each kind of colour blindness makes of linear sRGB. Every row adds up to 1, so that greys
// stay grey. The method is that of Viénot, Brettel & Mollon 1999 ("Digital video colourmaps for
// checking the legibility of displays by dichromats"). One plane is too coarse for the third
// kind, which uses Brettel, Viénot & Mollon 1997 ("Computerized simulation of color appearance
// for dichromats"). The numbers are those that libDaltonLens (N. Burrus, public domain) computes
// for sRGB.
const PROTAN: Matrix = [
    [0.11238, 0.88762, 0.0],
    [0.11238, 0.88762, 0.0],
    [0.00401, -0.00401, 1.0],
];
const DEUTAN: Matrix = [
    [0.29275, 0.70725, 0.0],
    [0.29275, 0.70725, 0.0],
    [-0.02234, 0.02234, 1.0],
];
const TRITAN_WARM: Matrix = [
    [1.01277, 0.13548, -0.14826],
    [-0.01243, 0.86812, 0.14431],
    [0.07589, 0.80500, 0.11911],
];
const TRITAN_COOL: Matrix = [
    [0.93678, 0.18979, -0.12657],
    [0.06154, 0.81526, 0.12320],
    [-0.37562, 1.12767, 0.24796],
];
/// The normal of the plane where the two halves of [`Vision::Tritan`] meet.
const TRITAN_SIDE: [f64; 3] = [0.03901, -0.02788, -0.01113];

// From linear sRGB to cone responses, and from their cube roots to lightness, green–red and
// blue–yellow: Ottosson 2020, "A perceptual color space for image processing".
const CONES: Matrix = [
    [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
    [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
    [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
];
const OKLAB: Matrix = [
    [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
    [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
    [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
];

impl Colour {
    /// This colour as seen by an eye that lacks that kind of cone entirely.
    ///
    /// Source: Viénot, Brettel & Mollon 1999 for [`Vision::Protan`] and [`Vision::Deutan`];
    /// Brettel, Viénot & Mollon 1997 for [`Vision::Tritan`]. Results outside sRGB are clipped.
    #[must_use]
    pub fn seen_with(self, vision: Vision) -> Self {
        let light = self.rgb.map(linear);
        let matrix = match vision {
            Vision::Full => return self,
            Vision::Protan => &PROTAN,
            Vision::Deutan => &DEUTAN,
            Vision::Tritan if dot(TRITAN_SIDE, light) >= 0.0 => &TRITAN_WARM,
            Vision::Tritan => &TRITAN_COOL,
        };
        Self {
            rgb: apply(matrix, light).map(encoded),
        }
    }

    /// How different two colours look: 0 for equal colours, 100 for black and white.
    ///
    /// It is 100 times the Euclidean distance in OKLab (Ottosson 2020).
    #[must_use]
    pub fn difference(self, other: Self) -> f64 {
        let (a, b) = (self.oklab(), other.oklab());
        let squares = a.into_iter().zip(b).map(|(a, b)| (a - b) * (a - b));
        100.0 * squares.sum::<f64>().sqrt()
    }

    /// The smallest [difference](Self::difference) over all kinds of colour vision, 0 to 100,
    /// and the kind that has it; the first of [`Vision::ALL`] if several do.
    #[must_use]
    pub fn least_difference(self, other: Self) -> (f64, Vision) {
        let seen = |vision| {
            let difference = self.seen_with(vision).difference(other.seen_with(vision));
            (difference, vision)
        };
        let least = |a: (f64, Vision), b: (f64, Vision)| if b.0 < a.0 { b } else { a };
        Vision::ALL
            .map(seen)
            .into_iter()
            .fold(seen(Vision::Full), least)
    }

    /// How different the badges of two tags look, 0 to 100: the smaller of
    /// [`Self::least_difference`] and of two fifths of what full colour vision sees in the less
    /// different theme. On something as small as a badge, the same hue in another shade is not
    /// enough; and dark shades that differ by day have the same lightness by night.
    #[must_use]
    pub fn badge_difference(self, other: Self) -> f64 {
        Badge::new(self).difference(Badge::new(other))
    }

    /// The colour for a new tag: the one of [`PALETTE`] that differs most from the nearest of
    /// `taken`, by [`Self::badge_difference`].
    ///
    /// Ties go to the earlier colour. If all are taken, it is the one that is taken least often.
    #[must_use]
    pub fn unlike(taken: &[Self]) -> Self {
        // A large codebook has the same few colours again and again.
        let mut others: Vec<Badge> = Vec::new();
        for colour in taken {
            if others.iter().all(|other| other.day != *colour) {
                others.push(Badge::new(*colour));
            }
        }
        let room = |colour: Self| {
            let badge = Badge::new(colour);
            let each = others.iter().map(|other| badge.difference(*other));
            let same = taken.iter().filter(|other| **other == colour).count();
            (each.fold(f64::INFINITY, f64::min), same)
        };
        let mut best = (PALETTE[0], room(PALETTE[0]));
        for colour in PALETTE {
            let (least, same) = room(colour);
            let (most, fewest) = best.1;
            if least > most || (least == most && same < fewest) {
                best = (colour, (least, same));
            }
        }
        best.0
    }

    /// OKLab: lightness from 0 to 1, then green–red and blue–yellow, about -0.4 to 0.4.
    fn oklab(self) -> [f64; 3] {
        let cones = apply(&CONES, self.rgb.map(linear));
        apply(&OKLAB, cones.map(|cone| root(cone, 3)))
    }
}

/// The badge of a tag in both themes.
#[derive(Clone, Copy)]
struct Badge {
    day: Colour,
    night: Colour,
}

impl Badge {
    fn new(colour: Colour) -> Self {
        Self {
            day: colour,
            night: colour.by_night().line,
        }
    }

    /// See [`Colour::badge_difference`].
    fn difference(self, other: Self) -> f64 {
        let by_night = self.night.difference(other.night);
        let full = self.day.difference(other.day).min(by_night);
        self.day.least_difference(other.day).0.min(0.4 * full)
    }
}

/// A component of sRGB as an amount of light, 0 to 1.
fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.04045 {
        part / 12.92
    } else {
        root((part + 0.055) / 1.055, 5).powi(12)
    }
}

/// An amount of light as a component of sRGB: the inverse of [`linear`].
fn encoded(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let part = if light <= 0.003_130_8 {
        light * 12.92
    } else {
        // The power 5/12, computed from the twelfth root.
        1.055 * root(light, 3).sqrt().sqrt().powi(5) - 0.055
    };
    (part * 255.0).round() as u8
}

fn apply(matrix: &Matrix, parts: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| dot(row, parts))
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[cfg(test)]
mod tests {
    use super::{DISTINCT, PALETTE, Vision, encoded, linear};
    use crate::model::colour::Colour;

    const BLACK: Colour = Colour::new(0, 0, 0);
    const WHITE: Colour = Colour::new(0xff, 0xff, 0xff);
    const PAPER: Colour = Colour::new(0xfb, 0xfa, 0xf7);
    const RED: Colour = Colour::new(0xc0, 0x30, 0x30);
    const GREEN: Colour = Colour::new(0x30, 0x80, 0x30);

    fn shipped() -> &'static [Colour] {
        &PALETTE[..4]
    }

    /// All pairs of two colours, each once.
    fn pairs(colours: &[Colour]) -> impl Iterator<Item = (Colour, Colour)> {
        let after = |index: usize| colours.iter().skip(index + 1);
        let all = colours.iter().enumerate();
        all.flat_map(move |(index, a)| after(index).map(|b| (*a, *b)))
    }

    fn nearest(colour: Colour, taken: &[Colour]) -> f64 {
        let each = taken.iter().map(|other| colour.badge_difference(*other));
        each.fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn every_vision_has_a_name_of_its_own() {
        let mut names = Vision::ALL.map(Vision::name).to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 4);
    }

    #[test]
    fn greys_stay_grey() {
        for vision in Vision::ALL {
            for grey in 0..=u8::MAX {
                let seen = Colour::new(grey, grey, grey).seen_with(vision);
                for part in seen.rgb {
                    assert!(part.abs_diff(grey) <= 2, "{grey} is {seen}, {vision:?}");
                }
            }
        }
    }

    #[test]
    fn light_is_decoded_and_encoded_as_srgb_says() {
        for part in 0..=u8::MAX {
            let exact = f64::from(part) / 255.0;
            let exact = if exact <= 0.04045 {
                exact / 12.92
            } else {
                ((exact + 0.055) / 1.055).powf(2.4)
            };
            assert!((linear(part) - exact).abs() < 1e-12, "{part}");
            assert_eq!(encoded(linear(part)), part);
        }
        assert_eq!((encoded(-0.1), encoded(1.1)), (0, 255));
    }

    #[test]
    fn oklab_is_as_published() {
        // The values of CSS Color 4 for red and blue.
        for (colour, expected) in [
            (Colour::new(255, 0, 0), [0.62796, 0.22486, 0.12585]),
            (Colour::new(0, 0, 255), [0.45201, -0.03246, -0.31153]),
        ] {
            for (part, expected) in colour.oklab().into_iter().zip(expected) {
                assert!((part - expected).abs() < 1e-4, "{colour}: {part}");
            }
        }
    }

    #[test]
    fn pure_colours_are_seen_as_the_matrices_say() {
        let red = Colour::new(255, 0, 0);
        assert_eq!(red.seen_with(Vision::Full), red);
        // 0.11238 and 0.29275 of the light, encoded.
        assert_eq!(red.seen_with(Vision::Protan).rgb, [94, 94, 13]);
        assert_eq!(red.seen_with(Vision::Deutan).rgb, [147, 147, 0]);
        assert_eq!(red.seen_with(Vision::Tritan).rgb, [255, 0, 78]);
        let blue = Colour::new(0, 0, 255);
        assert_eq!(blue.seen_with(Vision::Protan), blue);
        assert_eq!(blue.seen_with(Vision::Tritan).rgb, [0, 98, 136]);
    }

    #[test]
    fn black_and_white_are_a_hundred_apart() {
        assert!((BLACK.difference(WHITE) - 100.0).abs() < 0.1);
        assert!((BLACK.least_difference(WHITE).0 - 100.0).abs() < 0.1);
    }

    #[test]
    fn difference_has_no_direction() {
        for (a, b) in pairs(&PALETTE) {
            assert!((a.difference(b) - b.difference(a)).abs() < 1e-12);
            assert!(a.difference(b) > 0.0);
            assert_eq!(a.least_difference(b).1, b.least_difference(a).1);
            assert!(a.least_difference(b).0 <= a.difference(b));
        }
        for colour in PALETTE {
            assert!(colour.difference(colour).abs() < 1e-12);
            let (least, vision) = colour.least_difference(colour);
            assert!(least.abs() < 1e-12);
            assert_eq!(vision, Vision::Full);
        }
    }

    #[test]
    fn red_and_green_are_confused_without_red_or_green_cones() {
        assert!((RED.oklab()[0] - GREEN.oklab()[0]).abs() < 0.01);
        let full = RED.difference(GREEN);
        // Without red cones, red also looks darker, so that more of the difference remains.
        for (vision, share) in [(Vision::Protan, 0.6), (Vision::Deutan, 0.3)] {
            let seen = RED.seen_with(vision).difference(GREEN.seen_with(vision));
            assert!(seen < full * share, "{vision:?}: {seen} of {full}");
        }
        let (_, vision) = RED.least_difference(GREEN);
        assert!(matches!(vision, Vision::Protan | Vision::Deutan));
    }

    #[test]
    fn blue_and_green_are_confused_without_blue_cones() {
        let (blue, green) = (PALETTE[0], Colour::new(0x04, 0x70, 0x5a));
        let (least, vision) = blue.least_difference(green);
        assert_eq!(vision, Vision::Tritan);
        assert!(least < DISTINCT, "{least}");
        assert!(blue.difference(green) > 3.0 * DISTINCT);
    }

    #[test]
    fn the_palette_is_readable() {
        for colour in PALETTE {
            assert!(colour.contrast(WHITE) >= 4.5, "{colour}");
            assert!(colour.contrast(PAPER) >= 4.5, "{colour}");
            assert_eq!(colour.by_day().line, colour);
        }
    }

    #[test]
    fn the_palette_is_distinct_for_every_eye() {
        for (a, b) in pairs(&PALETTE) {
            let (least, vision) = a.least_difference(b);
            assert!(least >= DISTINCT, "{a} and {b}: {least}, {vision:?}");
            assert!(a.difference(b) >= 2.0 * DISTINCT, "{a} and {b}");
            let by_night = a.by_night().line.difference(b.by_night().line);
            assert!(by_night >= DISTINCT, "{a} and {b}: {by_night} by night");
        }
    }

    #[test]
    fn the_shipped_tags_are_distinct_by_day_and_by_night() {
        for (a, b) in pairs(shipped()) {
            assert!(a.by_day().line.least_difference(b.by_day().line).0 >= DISTINCT);
            assert!(a.by_night().line.least_difference(b.by_night().line).0 >= DISTINCT);
        }
    }

    #[test]
    fn a_new_tag_gets_what_is_least_like_the_others() {
        assert_eq!(Colour::unlike(&[]), PALETTE[0]);
        let new = Colour::unlike(shipped());
        assert!(!shipped().contains(&new));
        for other in PALETTE {
            assert!(
                nearest(new, shipped()) >= nearest(other, shipped()),
                "{other}"
            );
        }
    }

    #[test]
    fn new_tags_differ_from_all_others_at_the_size_of_a_badge() {
        let mut taken = shipped().to_vec();
        for _ in taken.len()..PALETTE.len() {
            let new = Colour::unlike(&taken);
            for other in &taken {
                let by_day = new.difference(*other);
                let by_night = new.by_night().line.difference(other.by_night().line);
                assert!(by_day >= 11.0, "{new} and {other}: {by_day} by day");
                assert!(by_night >= 7.0, "{new} and {other}: {by_night} by night");
                assert!(new.least_difference(*other).0 >= DISTINCT);
            }
            taken.push(new);
        }
    }

    #[test]
    fn badges_of_one_hue_in_two_shades_are_alike() {
        let (blue, dark_blue) = (Colour::new(0x10, 0x33, 0xa8), Colour::new(0x22, 0, 0x79));
        assert!(blue.difference(dark_blue) > 2.5 * DISTINCT);
        assert!(blue.badge_difference(dark_blue) < blue.badge_difference(PALETTE[3]) / 2.0);
    }

    #[test]
    fn new_tags_use_up_the_palette_before_any_colour_comes_again() {
        let mut taken = Vec::new();
        for round in 1..=2 {
            for _ in PALETTE {
                taken.push(Colour::unlike(&taken));
            }
            for colour in PALETTE {
                let times = taken.iter().filter(|other| **other == colour).count();
                assert_eq!(times, round, "{colour}");
            }
        }
    }
}
