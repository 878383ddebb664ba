//! Files together in one archive.

use crate::error::ZipError;
use flate2::Compression;
use flate2::bufread::DeflateDecoder;
use flate2::write::DeflateEncoder;
use pullquote_core::model::timestamp::Timestamp;
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveWriter};
use std::io::{Read as _, Write as _};

/// Puts whole files into an archive. The same files, made at the same time, give the same
/// bytes: no clock is asked.
pub struct ZipWriter {
    archive: ZipArchiveWriter<Vec<u8>>,
    made: UtcDateTime,
}

/// The seconds since 1970 that an archive can say: those of 1980 to 2107.
const TIMES: (i64, i64) = (315_532_800, 4_354_819_198);

impl ZipWriter {
    /// An archive of files that were made then.
    #[must_use]
    pub fn new(made: Timestamp) -> Self {
        let seconds = made.0.div_euclid(1_000).clamp(TIMES.0, TIMES.1);
        Self {
            archive: ZipArchiveWriter::new(Vec::new()),
            made: UtcDateTime::from_unix(seconds),
        }
    }

    /// Puts a file in; `/` stands between folders.
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

    /// The archive.
    pub fn finish(self) -> Result<Vec<u8>, ZipError> {
        Ok(self.archive.finish()?)
    }
}

/// The most that an archive may hold when it is unpacked, in bytes: 1 GiB.
const LIMIT: u64 = 1 << 30;

/// The files of an archive, in its order, each with its name.
///
/// Errors: it is none, a checksum does not agree, or it holds more than 1 GiB.
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

    #[test]
    fn what_is_packed_is_unpacked_and_a_flipped_bit_is_found() {
        let mut zip = ZipWriter::new(Timestamp(1_760_000_000_000));
        let long = "words 🚀 ".repeat(1000);
        zip.put("data/a.txt", long.as_bytes())
            .expect("it is put in");
        zip.put("b.txt", b"").expect("it is put in");
        let mut bytes = zip.finish().expect("it is finished");
        let files = unzip(&bytes).expect("it is whole");
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["data/a.txt", "b.txt"]);
        assert_eq!(files[0].1, long.as_bytes());
        bytes[60] ^= 4;
        assert!(unzip(&bytes).is_err());
    }
}
