//! Where old mail comes from: an mbox file in the store of files, read from any byte on; a Maildir on its way into one.
//!
//! A folder of mails becomes an mbox file while it is read, so that both are kept, looked through and resumed in one way.

use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Bytes;
use bytes::Buf;
use futures::{Stream, StreamExt};
use kit::blob::{Blob, BlobError, Blobs};
use kit::db::{Db, DbError};
use mail::stores::{Boxed, Maildir, Mbox};
use tokio::sync::mpsc;

/// The largest mail that is taken, as everywhere.
pub(super) const LARGEST: usize = 50 << 20;
/// Pieces and mails that are on their way at a time.
const WAITING: usize = 4;

/// Where files lie.
pub(in crate::mails) fn blobs(db: &Db) -> Result<Arc<Blobs>, DbError> {
    db.attached().ok_or_else(|| DbError::NoRow {
        statement: "no blobs are attached to the database".to_owned(),
    })
}

/// The mails of a file behind a place, one at a time.
///
/// # Errors
/// The file is missing, or trouble of the store.
pub(super) async fn mails(
    blobs: &Arc<Blobs>,
    file: &Blob,
    from: u64,
) -> Result<mpsc::Receiver<io::Result<Boxed>>, BlobError> {
    let (sender, receiver) = mpsc::channel(WAITING);
    if from >= file.size {
        return Ok(receiver);
    }
    let mut content = blobs.read_range(file, from..file.size).await?;
    let (pieces, coming) = mpsc::channel(WAITING);
    tokio::spawn(async move {
        while let Some(piece) = content.next().await {
            if pieces.send(piece.map_err(io::Error::other)).await.is_err() {
                return;
            }
        }
    });
    tokio::task::spawn_blocking(move || {
        let pieces = Pieces {
            coming,
            piece: Bytes::new(),
        };
        for mail in Mbox::new(pieces, from, LARGEST) {
            let is_end = mail.is_err();
            if sender.blocking_send(mail).is_err() || is_end {
                return;
            }
        }
    });
    Ok(receiver)
}

/// A content that comes in pieces, for those who read on a thread of their own.
struct Pieces {
    coming: mpsc::Receiver<io::Result<Bytes>>,
    piece: Bytes,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let count = there.len().min(buffer.len());
        buffer[..count].copy_from_slice(&there[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Pieces {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.piece.is_empty() {
            match self.coming.blocking_recv() {
                Some(piece) => self.piece = piece?,
                None => break,
            }
        }
        Ok(&self.piece)
    }

    fn consume(&mut self, count: usize) {
        self.piece.advance(count.min(self.piece.len()));
    }
}

/// A folder of mails as an mbox file.
pub fn maildir(folder: &Path) -> impl Stream<Item = io::Result<Bytes>> + Send + use<> {
    let folder: PathBuf = folder.to_path_buf();
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        // A little more than is taken, so that what is too large is seen to be.
        let mails = match Maildir::open(&folder, None, LARGEST + 1_000) {
            Ok(mails) => mails,
            Err(error) => return drop(sender.blocking_send(Err(error))),
        };
        for mail in mails {
            let is_end = mail.is_err();
            if sender.blocking_send(mail.map(|mail| boxed(&mail.raw))).is_err() || is_end {
                return;
            }
        }
    });
    futures::stream::unfold(receiver, |mut receiver| async move {
        let next = receiver.recv().await?;
        Some((next, receiver))
    })
}

/// A mail as it stands in an mbox file: what looks like the beginning of another gets a sign.
pub(super) fn boxed(raw: &[u8]) -> Bytes {
    let mut text = Vec::with_capacity(raw.len() + raw.len() / 64 + 16);
    text.extend_from_slice(b"From -\n");
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        let signs = line.iter().take_while(|byte| **byte == b'>').count();
        if line[signs..].starts_with(b"From ") {
            text.push(b'>');
        }
        text.extend_from_slice(line);
    }
    if !text.ends_with(b"\n") {
        text.push(b'\n');
    }
    text.push(b'\n');
    text.into()
}

/// A mail as it would have come over the wire, so that it is the same as the one that a server still has.
pub(super) fn wired(raw: &[u8]) -> Bytes {
    let mut text = Vec::with_capacity(raw.len() + raw.len() / 32);
    let mut before = 0;
    for byte in raw {
        if *byte == b'\n' && before != b'\r' {
            text.push(b'\r');
        }
        text.push(*byte);
        before = *byte;
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_survives_being_put_into_a_file() {
        let raws: [&[u8]; 3] = [
            b"Subject: one\n\nFrom here on\n>From there\n\nFrom what I know\n",
            b"Subject: two\r\n\r\nBye\r\n",
            b"Subject: three\n\nno end",
        ];
        let file: Vec<u8> = raws.iter().flat_map(|raw| boxed(raw)).collect();
        let found: Vec<Boxed> = Mbox::new(file.as_slice(), 0, LARGEST)
            .collect::<io::Result<_>>()
            .unwrap();
        assert_eq!(found.len(), 3);
        for (found, raw) in found.iter().zip(raws) {
            assert_eq!(found.raw.trim_ascii_end(), raw.trim_ascii_end());
        }
        assert_eq!(&wired(b"a\nb\r\nc")[..], b"a\r\nb\r\nc");
    }
}
