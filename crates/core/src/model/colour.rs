//! Colours of tags, and their shades for light and dark paper.

use crate::model::error::ModelError;

use std::fmt;
use std::str::FromStr;

/// An sRGB colour, written `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: [u8; 3],
}

/// One colour as it is drawn in one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shades {
    /// For lines, letters and signs: contrast of at least 4.5 : 1 on the paper and on the tint.
    pub line: Colour,
    /// For the background of marked words: text has a contrast of at least 4.5 : 1 on it.
    pub tint: Colour,
}

const PAPER: Colour = Colour::new(0xfb, 0xfa, 0xf7);
const NIGHT: Colour = Colour::new(0x16, 0x16, 0x14);
const BLACK: Colour = Colour::new(0, 0, 0);
const WHITE: Colour = Colour::new(0xff, 0xff, 0xff);

impl Colour {
    /// A colour from its red, green and blue parts.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self {
            rgb: [red, green, blue],
        }
    }

    /// This colour on light paper.
    #[must_use]
    pub fn by_day(self) -> Shades {
        let tint = self.toned(0.62, 0.92);
        let darker = (0..=50).map(|step| self.mix(BLACK, f64::from(step) / 50.0));
        Shades {
            line: first_readable(darker, tint, PAPER, 4.5).unwrap_or(BLACK),
            tint,
        }
    }

    /// This colour on dark paper.
    #[must_use]
    pub fn by_night(self) -> Shades {
        let tint = self.toned(0.5, 0.19);
        let lighter = (25..=50).map(|step| self.toned(0.72, f64::from(step) / 50.0));
        Shades {
            line: first_readable(lighter, tint, NIGHT, 6.0).unwrap_or(WHITE),
            tint,
        }
    }

    /// This hue with a saturation of at most `most`, and this lightness (both of HSL, 0 to 1).
    fn toned(self, most: f64, lightness: f64) -> Self {
        let parts = self.rgb.map(|part| f64::from(part) / 255.0);
        let high = parts.into_iter().fold(0.0, f64::max);
        let low = parts.into_iter().fold(1.0, f64::min);
        let spread = high - low;
        let saturation = match high + low {
            _ if spread == 0.0 => 0.0,
            sum if sum <= 1.0 => spread / sum,
            sum => spread / (2.0 - sum),
        };
        let reach = lightness.min(1.0 - lightness) * saturation.min(most);
        let rgb = parts.map(|part| {
            let share = if spread == 0.0 {
                0.5
            } else {
                (part - low) / spread
            };
            let toned = lightness - reach + 2.0 * reach * share;
            (toned * 255.0).round() as u8
        });
        Self { rgb }
    }

    fn mix(self, other: Self, share: f64) -> Self {
        let mut rgb = self.rgb;
        for (part, other) in rgb.iter_mut().zip(other.rgb) {
            let mixed = f64::from(*part) * (1.0 - share) + f64::from(other) * share;
            *part = mixed.round() as u8;
        }
        Self { rgb }
    }

    /// Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = self.rgb.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                root((part + 0.055) / 1.055, 5).powi(12)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}

/// The first of these colours that has this contrast on both backgrounds.
fn first_readable(
    mut lines: impl Iterator<Item = Colour>,
    tint: Colour,
    paper: Colour,
    contrast: f64,
) -> Option<Colour> {
    lines.find(|line| line.contrast(tint) >= contrast && line.contrast(paper) >= contrast)
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.rgb;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Colour {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        let bad = || ModelError::BadColour(text.to_owned());
        let digits = text.strip_prefix('#').ok_or_else(bad)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(bad());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| bad())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self::new(red, green, blue))
    }
}

/// The root of the given degree of a number from 0 to 1, by Newton's method. The general power
/// function would add its tables to the app.
pub(crate) fn root(number: f64, degree: i32) -> f64 {
    let rest = degree - 1;
    (0..40).fold(1.0, |root: f64, _| {
        root - (root.powi(degree) - number) / (f64::from(degree) * root.powi(rest))
    })
}
