//! Opening a zip file that may be made to hurt: what its end says of it is looked at before anything believes it, and while its
//! directory is read, only so much is read.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use zip::ZipArchive;

use super::unpacking::{Bad, Bounds};

/// How the last record of a zip file begins, that before it where it is a large one, and the one in which numbers have 64 bits
/// (4.3.16, 4.3.15 and 4.3.14 of the format's description).
const END: &[u8] = b"PK\x05\x06";
const LOCATOR: &[u8] = b"PK\x06\x07";
const LARGE_END: &[u8] = b"PK\x06\x06";
/// The most bytes of the last record with its comment, and a little more.
const TAIL: u64 = 66_000;
/// Lengths of the locator and of the large record.
const LOCATOR_LENGTH: usize = 20;
const LARGE_LENGTH: usize = 56;
/// How much of the file is looked through at a time.
const PIECE: usize = 1 << 20;

/// A source of which only so much may be read.
pub(super) struct Metered<R> {
    source: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        let left = self.left.get().checked_sub(count as u64);
        self.left
            .set(left.ok_or_else(|| io::Error::other("its directory is too long"))?);
        Ok(count)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}

/// The files in a zip file of `size` bytes, where there are not too many.
pub(super) fn opened<R: Read + Seek>(
    mut source: R,
    size: u64,
    bounds: &Bounds,
) -> Result<ZipArchive<Metered<R>>, Bad> {
    let end = end(&mut source, size).map_err(|_| Bad("it can't be read"))?;
    let (length, files) = end.ok_or(Bad("it has no directory"))?;
    if length > bounds.directory || files > bounds.entries as u64 {
        return Err(Bad("there are too many files in it"));
    }
    let left = Rc::new(Cell::new(
        bounds.directory.saturating_mul(2).saturating_add(4 * TAIL),
    ));
    let metered = Metered {
        source,
        left: Rc::clone(&left),
    };
    let archive = ZipArchive::new(metered).map_err(|_| Bad("its directory can't be read"))?;
    left.set(u64::MAX);
    if archive.len() > bounds.entries {
        return Err(Bad("there are too many files in it"));
    }
    Ok(archive)
}

/// The length of the directory and how many files stand in it, as the end of the file says; none where there is no such end, or
/// where it is a large one that lies anywhere but there or is not made as all make it.
fn end<R: Read + Seek>(source: &mut R, size: u64) -> io::Result<Option<(u64, u64)>> {
    let start = size.saturating_sub(TAIL);
    source.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    source.by_ref().take(TAIL).read_to_end(&mut tail)?;
    let Some(at) = tail.windows(4).rposition(|four| four == END) else {
        return Ok(None);
    };
    let large = larges(source, size)?;
    if large.is_empty() {
        let (files, length) = (number(&tail, at + 10, 2), number(&tail, at + 12, 4));
        return Ok(length.zip(files));
    }
    let record = at.checked_sub(LOCATOR_LENGTH + LARGE_LENGTH);
    let Some(record) = record.filter(|_| large == [start + (at - LOCATOR_LENGTH) as u64]) else {
        return Ok(None);
    };
    let is_there = tail[record..].starts_with(LARGE_END)
        && number(&tail, record + LARGE_LENGTH + 8, 8) == Some(start + record as u64);
    let (files, length) = (number(&tail, record + 32, 8), number(&tail, record + 40, 8));
    Ok(length.zip(files).filter(|_| is_there))
}

/// Where in a file there is what may be the end of a large one: two at most are told.
fn larges<R: Read + Seek>(source: &mut R, size: u64) -> io::Result<Vec<u64>> {
    let (mut found, mut before) = (Vec::new(), 0_u64);
    let mut piece: Vec<u8> = Vec::new();
    source.seek(SeekFrom::Start(0))?;
    while found.len() < 2 {
        let kept = piece.len();
        let read = source.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        let whole = LOCATOR_LENGTH + END.len();
        for at in 0..piece.len().saturating_sub(whole - 1) {
            if piece[at] == b'P'
                && piece[at..].starts_with(LOCATOR)
                && piece[at + LOCATOR_LENGTH..].starts_with(END)
            {
                found.push(before + at as u64);
            }
        }
        if read == 0 || before + (kept + read) as u64 >= size {
            break;
        }
        // What begins in this piece and ends in the next is looked at with that.
        let gone = piece.len().saturating_sub(whole - 1);
        piece.drain(..gone);
        before += gone as u64;
    }
    Ok(found)
}

/// A number of so many bytes, the least significant first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let digits = bytes.get(at..at + length)?;
    Some(
        digits
            .iter()
            .rev()
            .fold(0, |all, byte| all << 8 | u64::from(*byte)),
    )
}
