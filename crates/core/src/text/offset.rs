//! Offsets in a text in three units. Each unit is a type of its own, so that they cannot be
//! mixed up.

use std::fmt;

macro_rules! offset {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The offset as an index for slicing.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

offset! {
    /// Bytes of UTF-8 from the start of the text: the unit of this crate.
    ByteOffset
}
offset! {
    /// UTF-16 code units from the start of the text: the unit of the DOM.
    Utf16Offset
}
offset! {
    /// Unicode code points from the start of the text: the unit of files and of Python strings.
    CharOffset
}
