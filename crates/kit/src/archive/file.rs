//! The file of an archive: its entries one after the other, and whether it is whole.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::rows::Tally;
use super::{ArchiveError, FORMAT, Manifest, ObjectSummary, TableSummary};
use crate::blob::object_id;

/// What stands before the names of the entries.
pub(super) const ROWS: &str = "rows/";
/// The same for contents.
pub(super) const OBJECTS: &str = "blobs/";
/// The last entry.
pub(super) const MANIFEST: &str = "manifest.json";
/// Longest line that is read: no row comes near it, and a file made to hurt goes no further.
const LONGEST_LINE: u64 = 256 << 20;
/// Largest manifest that is read.
const LARGEST_MANIFEST: u64 = 16 << 20;

/// One entry while the file is walked through.
pub(super) enum Entry<'e> {
    /// Rows of a table.
    Rows(&'e str, &'e mut dyn Read),
    /// An object's content.
    Object(&'e str, &'e mut dyn Read),
    /// The manifest, at the end.
    Manifest,
}

/// Shows every entry to `each`, in order, and gives the manifest.
pub(super) fn walk(
    path: &Path,
    mut each: impl FnMut(Entry<'_>) -> Result<(), ArchiveError>,
) -> Result<Manifest, ArchiveError> {
    let failed = |source| unreadable(path, source);
    let file = BufReader::new(File::open(path).map_err(failed)?);
    let mut tar = tar::Archive::new(zstd::Decoder::with_buffer(file).map_err(failed)?);
    let mut manifest = None;
    for entry in tar.entries().map_err(failed)? {
        let mut entry = entry.map_err(failed)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if manifest.is_some() {
            return Err(ArchiveError::damaged("it goes on after its manifest"));
        }
        if let Some(rest) = name.strip_prefix(ROWS) {
            let table = rest.split('/').next().unwrap_or_default();
            each(Entry::Rows(table, &mut entry))?;
        } else if let Some(object) = name.strip_prefix(OBJECTS) {
            each(Entry::Object(object, &mut entry))?;
        } else if name == MANIFEST {
            manifest = Some(read_manifest(&mut entry)?);
            each(Entry::Manifest)?;
        } else {
            return Err(ArchiveError::damaged(format!(
                "it has an entry {name:?}, which is none of ours"
            )));
        }
    }
    // The checksum of the whole stands behind the last entry.
    io::copy(&mut tar.into_inner(), &mut io::sink()).map_err(failed)?;
    manifest.ok_or_else(|| ArchiveError::damaged("it ends before its manifest"))
}

/// What the reading of a file ran into: damage where the bytes make no sense, otherwise the machine.
fn unreadable(path: &Path, source: io::Error) -> ArchiveError {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    match source.kind() {
        InvalidData | InvalidInput | Other | UnexpectedEof => ArchiveError::Damaged(source.to_string()),
        _ => ArchiveError::File {
            what: "read",
            path: path.display().to_string(),
            source,
        },
    }
}

fn read_manifest(entry: &mut dyn Read) -> Result<Manifest, ArchiveError> {
    let wrong = |problem: String| ArchiveError::damaged(format!("its manifest can't be read: {problem}"));
    let mut text = String::new();
    entry
        .take(LARGEST_MANIFEST)
        .read_to_string(&mut text)
        .map_err(|error| wrong(error.to_string()))?;
    let json: serde_json::Value = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    // A later format may have other fields; its number comes first.
    match json["format"].as_u64() {
        Some(format) if format == u64::from(FORMAT) => {}
        Some(format) => {
            let problem = format!("the archive has format {format}, this program reads format {FORMAT}");
            return Err(ArchiveError::Unfit(problem));
        }
        None => return Err(wrong("it has no format".to_owned())),
    }
    serde_json::from_value(json).map_err(|error| wrong(error.to_string()))
}

/// Shows each line of an entry, with its end.
pub(super) fn lines(
    reader: &mut dyn Read,
    mut each: impl FnMut(&[u8]) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = (&mut reader)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
            .map_err(|error| ArchiveError::Damaged(error.to_string()))?;
        if read == 0 {
            return Ok(());
        }
        if line.last() != Some(&b'\n') {
            return Err(ArchiveError::damaged("a line has no end"));
        }
        each(&line)?;
    }
}

/// Reads an archive from its first byte to its last and compares all of it with its manifest. Takes as long as reading
/// the file does; call it where blocking is allowed.
///
/// # Errors
/// [`ArchiveError::Damaged`] when anything is not as it was written, [`ArchiveError::Unfit`] for another format.
pub fn verify(path: &Path) -> Result<Manifest, ArchiveError> {
    let mut found = Found::default();
    let manifest = walk(path, |entry| match entry {
        Entry::Rows(table, reader) => found.rows(table, reader),
        Entry::Object(object, reader) => found.object(object, reader),
        Entry::Manifest => Ok(()),
    })?;
    let tables: Vec<TableSummary> = found.tables.into_iter().map(Tally::summary).collect();
    let named = tables
        .into_iter()
        .map(|table| with_columns(table, &manifest))
        .collect::<Result<Vec<_>, _>>()?;
    manifest.must_match(&named, found.objects)?;
    Ok(manifest)
}

#[derive(Default)]
struct Found {
    tables: Vec<Tally>,
    objects: ObjectSummary,
}

impl Found {
    fn rows(&mut self, table: &str, reader: &mut dyn Read) -> Result<(), ArchiveError> {
        if self.tables.last().is_none_or(|last| last.name() != table) {
            self.tables.push(Tally::of(table, Vec::new()));
        }
        let tally = self.tables.last_mut().expect("one was pushed if there was none");
        lines(reader, |line| {
            tally.add(line);
            Ok(())
        })
    }

    fn object(&mut self, object: &str, reader: &mut dyn Read) -> Result<(), ArchiveError> {
        let expected = object_id(object)
            .ok_or_else(|| ArchiveError::damaged(format!("{object:?} is not the name of a content")))?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = reader
                .read(&mut buffer)
                .map_err(|error| ArchiveError::Damaged(error.to_string()))?;
            if read == 0 {
                break;
            }
            hash.update(&buffer[..read]);
            self.objects.bytes += read as u64;
        }
        self.objects.count += 1;
        if digits(&hash.finalize()) != expected.to_string() {
            return Err(ArchiveError::damaged(format!(
                "the content {object} is not what it was"
            )));
        }
        Ok(())
    }
}

/// Lines do not name their columns; the manifest does.
fn with_columns(table: TableSummary, manifest: &Manifest) -> Result<TableSummary, ArchiveError> {
    let known = manifest.tables.iter().find(|known| known.name == table.name);
    let known = known.ok_or_else(|| {
        ArchiveError::damaged(format!(
            "it has rows of {}, which its manifest does not name",
            table.name
        ))
    })?;
    Ok(TableSummary {
        columns: known.columns.clone(),
        ..table
    })
}

/// A hash in hexadecimal digits.
pub(super) fn digits(hash: &[u8]) -> String {
    let mut text = String::with_capacity(hash.len() * 2);
    for byte in hash {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
    }
    text
}
