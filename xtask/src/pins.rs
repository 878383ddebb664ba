//! Every version that is installed, in one place.
//!
//! Only that of `wasm-bindgen` is not here: its tools must have the version of the library,
//! so it is read from `Cargo.lock`.

/// Trunk, which builds the app. Version 0.22 needs a newer compiler than this project.
pub(crate) const TRUNK: &str = "0.21.14";

/// Debian's package of the standard library's sources. The part before the `+` is the
/// version of the compiler that they belong to.
pub(crate) const RUST_SOURCES: &str = "1.95.0+dfsg1-2~bpo13+1";

/// The suite of Debian that has [`RUST_SOURCES`].
pub(crate) const RUST_SOURCES_SUITE: &str = "trixie-backports";

/// The version of the compiler that [`RUST_SOURCES`] belong to.
pub(crate) fn rust_sources_version() -> &'static str {
    RUST_SOURCES
        .split_once('+')
        .map_or(RUST_SOURCES, |(version, _)| version)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_sources_belong_to_a_release_of_the_compiler() {
        assert_eq!(super::rust_sources_version().split('.').count(), 3);
    }
}
