//! Reading a content: a stream that knows what it must have been when it ends.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures::{Stream, StreamExt, stream::BoxStream};
use sha2::{Digest, Sha256};

use super::{Blob, BlobError, BlobId};

/// The bytes of a blob. Ends with an error when the whole content is not what was written.
pub struct BlobStream {
    bytes: BoxStream<'static, Result<Bytes, BlobError>>,
    check: Option<Check>,
}

struct Check {
    hash: Sha256,
    size: u64,
    id: BlobId,
    expected_size: u64,
    object: String,
}

impl std::fmt::Debug for BlobStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BlobStream").finish_non_exhaustive()
    }
}

impl BlobStream {
    pub(super) fn whole(bytes: BoxStream<'static, Result<Bytes, BlobError>>, blob: &Blob) -> Self {
        let check = Check {
            hash: Sha256::new(),
            size: 0,
            id: blob.id,
            expected_size: blob.size,
            object: blob.object.clone(),
        };
        Self {
            bytes,
            check: Some(check),
        }
    }

    pub(super) fn part(bytes: BoxStream<'static, Result<Bytes, BlobError>>) -> Self {
        Self { bytes, check: None }
    }
}

impl Stream for BlobStream {
    type Item = Result<Bytes, BlobError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(self.bytes.poll_next_unpin(context));
        match item {
            Some(Ok(chunk)) => {
                if let Some(check) = &mut self.check {
                    check.hash.update(&chunk);
                    check.size += chunk.len() as u64;
                }
                Poll::Ready(Some(Ok(chunk)))
            }
            Some(Err(error)) => Poll::Ready(Some(Err(error))),
            // Taken, so that a stream asked once more after its end stays ended.
            None => Poll::Ready(self.check.take().and_then(Check::verdict).map(Err)),
        }
    }
}

impl Check {
    fn verdict(self) -> Option<BlobError> {
        let is_sound = self.size == self.expected_size && BlobId(self.hash.finalize().into()) == self.id;
        (!is_sound).then_some(BlobError::Damaged { object: self.object })
    }
}
