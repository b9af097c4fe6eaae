//! Contents between the blob store and the file: asynchronous on one side, a plain reader on the other.

use std::convert::Infallible;
use std::io::{self, Read};

use bytes::{Buf, Bytes};
use futures::StreamExt;
use tokio::runtime::Handle;

use super::ArchiveError;
use crate::blob::{Blob, BlobError, BlobStream, Blobs};

/// Size of the pieces in which contents go into the store.
const PIECE: usize = 1 << 16;

/// A content of the store as a reader; it waits on `handle` and so must not run on the runtime's own threads.
pub(super) struct ContentReader<'h> {
    handle: &'h Handle,
    stream: BlobStream,
    held: Bytes,
    /// What the store ran into; a reader's error can't carry it.
    pub(super) failure: Option<BlobError>,
}

impl<'h> ContentReader<'h> {
    pub(super) fn open(handle: &'h Handle, blobs: &Blobs, blob: &Blob) -> Result<Self, BlobError> {
        let stream = handle.block_on(blobs.read(blob))?;
        Ok(Self {
            handle,
            stream,
            held: Bytes::new(),
            failure: None,
        })
    }
}

impl Read for ContentReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.held.is_empty() {
            match self.handle.block_on(self.stream.next()) {
                Some(Ok(chunk)) => self.held = chunk,
                Some(Err(error)) => {
                    self.failure = Some(error.clone());
                    return Err(io::Error::other(error));
                }
                None => return Ok(0),
            }
        }
        let length = self.held.len().min(buffer.len());
        self.held.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}

/// Puts a content of the file into the store under its own name.
pub(super) fn put(
    handle: &Handle,
    blobs: &Blobs,
    object: &str,
    reader: &mut dyn Read,
) -> Result<u64, ArchiveError> {
    let mut failure = None;
    let chunks = std::iter::from_fn(|| {
        let mut chunk = vec![0; PIECE];
        match reader.read(&mut chunk) {
            Ok(0) => None,
            Ok(length) => {
                chunk.truncate(length);
                Some(Ok::<_, Infallible>(Bytes::from(chunk)))
            }
            // A content that ends early has another hash and is refused by it.
            Err(error) => {
                failure = Some(error);
                None
            }
        }
    });
    let put = handle.block_on(blobs.put_as(object, futures::stream::iter(chunks)));
    match failure {
        Some(error) => Err(ArchiveError::Damaged(error.to_string())),
        None => Ok(put?),
    }
}
