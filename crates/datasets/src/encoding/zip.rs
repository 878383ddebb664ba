//! Zip archives, with files that are compressed with deflate. rawzip knows the layout, flate2 the
//! compression.

use crate::error::ZipError;
use flate2::Compression;
use flate2::bufread::DeflateDecoder;
use flate2::write::DeflateEncoder;
use pullquote_core::model::timestamp::Timestamp;
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveWriter};
use std::io::{Read as _, Write as _};

/// An archive that is being written. The same files and the same time give the same bytes; no
/// clock is asked.
pub struct ZipWriter {
    archive: ZipArchiveWriter<Vec<u8>>,
    made: UtcDateTime,
}

/// The times that an archive can state, in seconds since 1970: from 1980 to 2107.
const TIMES: (i64, i64) = (315_532_800, 4_354_819_198);

impl ZipWriter {
    /// An empty archive, whose files get this time.
    #[must_use]
    pub fn new(made: Timestamp) -> Self {
        let seconds = made.0.div_euclid(1_000).clamp(TIMES.0, TIMES.1);
        Self {
            archive: ZipArchiveWriter::new(Vec::new()),
            made: UtcDateTime::from_unix(seconds),
        }
    }

    /// Adds a file; `/` separates folders in its name.
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), ZipError> {
        let mut put = || -> Result<(), rawzip::Error> {
            let file = self.archive.new_file(name).last_modified(self.made);
            let file = file.compression_method(CompressionMethod::DEFLATE);
            let (mut entry, config) = file.start()?;
            let encoder = DeflateEncoder::new(&mut entry, Compression::default());
            let mut writer = config.wrap(encoder);
            writer.write_all(bytes)?;
            let (encoder, descriptor) = writer.finish()?;
            encoder.finish()?;
            entry.finish(descriptor)?;
            Ok(())
        };
        Ok(put()?)
    }

    /// Returns the bytes of the archive.
    pub fn finish(self) -> Result<Vec<u8>, ZipError> {
        Ok(self.archive.finish()?)
    }
}

/// The largest size of all unpacked files together, in bytes: 1 GiB.
const LIMIT: u64 = 1 << 30;

/// Unpacks the files of an archive, in its order, each with its name.
///
/// Errors: it is not an archive, a checksum does not agree, or the files are larger than 1 GiB.
pub fn unzip(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, ZipError> {
    let archive = ZipArchive::from_slice(bytes)?;
    let mut entries = archive.entries();
    let mut files = Vec::new();
    let mut left = LIMIT;
    while let Some(entry) = entries.next_entry()? {
        let path = entry.file_path().try_normalize()?;
        let name = path.as_ref().to_owned();
        if entry.is_dir() {
            continue;
        }
        let data = archive.get_entry(entry.wayfinder())?;
        let mut bytes = Vec::new();
        let read = match entry.compression_method() {
            CompressionMethod::DEFLATE => {
                let reader = data.verifying_reader(DeflateDecoder::new(data.data()));
                reader.take(left + 1).read_to_end(&mut bytes)
            }
            CompressionMethod::STORE => {
                let reader = data.verifying_reader(data.data());
                reader.take(left + 1).read_to_end(&mut bytes)
            }
            _ => return Err(ZipError::Compression(name)),
        };
        let read = read.map_err(|error| ZipError::File {
            name: name.clone(),
            error,
        })? as u64;
        left = left
            .checked_sub(read)
            .ok_or(ZipError::TooLarge { limit: LIMIT })?;
        files.push((name, bytes));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::{ZipWriter, unzip};
    use pullquote_core::model::timestamp::Timestamp;

    fn packed(files: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Timestamp(1_760_000_000_000));
        for (name, text) in files {
            zip.put(name, text.as_bytes()).expect("the file is packed");
        }
        zip.finish().expect("the archive is complete")
    }

    #[test]
    fn packed_files_are_unpacked_unchanged_and_in_order() {
        let long = "words 🚀 ".repeat(1000);
        let files = unzip(&packed(&[("data/a.txt", &long), ("b.txt", "")]));
        let expected = [
            ("data/a.txt".to_owned(), long.into_bytes()),
            ("b.txt".to_owned(), Vec::new()),
        ];
        assert_eq!(files.expect("the archive is valid"), expected);
    }

    #[test]
    fn a_flipped_bit_is_an_error() {
        let mut bytes = packed(&[("data/a.txt", &"words 🚀 ".repeat(1000))]);
        bytes[60] ^= 4;
        assert!(unzip(&bytes).is_err());
    }
}
