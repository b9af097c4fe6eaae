//! A content on its way into the store.
//!
//! A short one is held until it is complete and then written at once; a longer one goes to a name of its own piece by
//! piece, because its final name depends on its last byte.

use std::fmt;

use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt};
use object_store::{MultipartUpload, ObjectStoreExt, PutPayload, path::Path};
use sha2::{Digest, Sha256};

use super::{BlobError, BlobId, Blobs};

/// Size of the pieces a long content is written in. S3 takes none under 5 MiB but the last.
const PIECE: usize = 8 << 20;
/// Where contents lie whose hash is not known yet.
const INCOMING: &str = "incoming";

/// A content that has come in and has no final name yet.
pub(super) struct Draft<'b> {
    blobs: &'b Blobs,
    hash: Sha256,
    size: u64,
    held: BytesMut,
    upload: Option<(Path, Box<dyn MultipartUpload>)>,
}

impl<'b> Draft<'b> {
    /// Takes in a content of at most `limit` bytes. When that fails, nothing of it stays.
    pub(super) async fn receive<E: fmt::Display>(
        blobs: &'b Blobs,
        content: impl Stream<Item = Result<Bytes, E>>,
        limit: u64,
    ) -> Result<Self, BlobError> {
        let mut draft = Self {
            blobs,
            hash: Sha256::new(),
            size: 0,
            held: BytesMut::new(),
            upload: None,
        };
        let mut content = std::pin::pin!(content);
        while let Some(chunk) = content.next().await {
            let taken = match chunk {
                Ok(chunk) => draft.take(&chunk, limit).await,
                Err(error) => Err(BlobError::Interrupted(error.to_string())),
            };
            if let Err(error) = taken {
                draft.give_up().await;
                return Err(error);
            }
        }
        Ok(draft)
    }

    /// The id of what came in.
    pub(super) fn id(&self) -> BlobId {
        BlobId(self.hash.clone().finalize().into())
    }

    /// Its length in bytes.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Gives it its final name, and answers when it is on disk. When that fails, nothing of it stays.
    pub(super) async fn store_as(mut self, object: &str) -> Result<(), BlobError> {
        let written = self.write_under(&Path::from(object)).await;
        if written.is_err() {
            self.give_up().await;
        }
        written
    }

    async fn take(&mut self, chunk: &Bytes, limit: u64) -> Result<(), BlobError> {
        self.size += chunk.len() as u64;
        if self.size > limit {
            return Err(BlobError::TooLarge { limit });
        }
        self.hash.update(chunk);
        self.held.extend_from_slice(chunk);
        while self.held.len() >= PIECE {
            self.write_piece(PIECE).await?;
        }
        Ok(())
    }

    async fn write_piece(&mut self, length: usize) -> Result<(), BlobError> {
        let of_store = |error| BlobError::of_store(&error);
        let piece = self.held.split_to(length).freeze();
        let (_, upload) = match &mut self.upload {
            Some(upload) => upload,
            None => {
                let name = Path::from(format!("{INCOMING}/{}", self.blobs.random_digits()));
                let upload = self.blobs.store().put_multipart(&name).await;
                self.upload.insert((name, upload.map_err(of_store)?))
            }
        };
        upload.put_part(PutPayload::from(piece)).await.map_err(of_store)
    }

    async fn write_under(&mut self, object: &Path) -> Result<(), BlobError> {
        if self.upload.is_some() && !self.held.is_empty() {
            self.write_piece(self.held.len()).await?;
        }
        let written = match &mut self.upload {
            None => {
                let whole = PutPayload::from(self.held.split().freeze());
                self.blobs.store().put(object, whole).await.map(drop)
            }
            Some((incoming, upload)) => match upload.complete().await {
                Ok(_) => self.blobs.store().rename(incoming, object).await,
                Err(error) => Err(error),
            },
        };
        written.map_err(|error| BlobError::of_store(&error))
    }

    /// Takes away what was written. Where even that fails, the sweep does it later.
    pub(super) async fn give_up(mut self) {
        if let Some((incoming, upload)) = &mut self.upload {
            let _ = upload.abort().await;
            let _ = self.blobs.remove(incoming.as_ref()).await;
        }
    }
}
