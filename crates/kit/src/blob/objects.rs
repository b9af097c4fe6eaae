//! Writing and reading objects.

use std::{fmt, ops::Range, path::PathBuf, sync::Arc};

use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt, stream::BoxStream};
use object_store::{
    GetOptions, GetRange, MultipartUpload, ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload, path::Path,
};
use sha2::{Digest, Sha256};

use super::{Blob, BlobError, BlobId, BlobPlace, BlobStream, Stored};
use crate::{
    clock::{Clock, Timestamp},
    id::Ids,
};

/// Size of the pieces a long content is written in. S3 takes none under 5 MiB but the last.
const PIECE: usize = 8 << 20;
/// Where contents lie whose hash is not known yet.
const INCOMING: &str = "incoming";

/// The objects of one place. Clones are cheap and share connections.
#[derive(Clone)]
pub struct Blobs {
    objects: Arc<dyn ObjectStore>,
    folder: Option<PathBuf>,
    clock: Clock,
    ids: Ids,
}

impl fmt::Debug for Blobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blobs")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl Blobs {
    /// Opens the objects at `place`.
    ///
    /// # Errors
    /// The folder can't be made or opened; the bucket's settings make no sense.
    pub fn open(place: &BlobPlace, clock: Clock, ids: Ids) -> Result<Self, BlobError> {
        let opened = place.open()?;
        Ok(Self {
            objects: opened.objects,
            folder: opened.folder,
            clock,
            ids,
        })
    }

    /// Writes a content of at most `limit` bytes as it comes, and answers when it is on disk. Give it a row with
    /// [`add`](super::add), or the sweep takes it away again.
    ///
    /// # Errors
    /// [`BlobError::TooLarge`], [`BlobError::Interrupted`] when `content` fails, and trouble of the store. Nothing of
    /// the content stays.
    pub async fn put<E: fmt::Display>(
        &self,
        content: impl Stream<Item = Result<Bytes, E>> + Send,
        limit: u64,
    ) -> Result<Stored, BlobError> {
        let began = self.clock.now();
        let mut content = std::pin::pin!(content);
        let mut draft = Draft::new(self);
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
        draft.finish(began).await
    }

    /// Writes a content that is in memory.
    ///
    /// # Errors
    /// Trouble of the store.
    pub async fn put_bytes(&self, content: Bytes) -> Result<Stored, BlobError> {
        let whole = futures::stream::iter([Ok::<_, BlobError>(content)]);
        self.put(whole, u64::MAX).await
    }

    /// The content from its first byte to its last. The stream ends with [`BlobError::Damaged`] when it is not what
    /// was written.
    ///
    /// # Errors
    /// [`BlobError::Missing`] and trouble of the store.
    pub async fn read(&self, blob: &Blob) -> Result<BlobStream, BlobError> {
        let bytes = self.bytes(blob, None).await?;
        Ok(BlobStream::whole(bytes, blob))
    }

    /// Bytes `range.start` to, not including, `range.end` of the content, unchecked: a part has no hash.
    ///
    /// # Errors
    /// [`BlobError::Range`] when the content does not have them, otherwise as of [`Blobs::read`].
    pub async fn read_range(&self, blob: &Blob, range: Range<u64>) -> Result<BlobStream, BlobError> {
        if range.is_empty() || range.end > blob.size {
            return Err(BlobError::Range);
        }
        let bytes = self.bytes(blob, Some(range)).await?;
        Ok(BlobStream::part(bytes))
    }

    /// The whole content in memory; for contents that the caller knows to be small.
    ///
    /// # Errors
    /// As of [`Blobs::read`], and [`BlobError::Damaged`].
    pub async fn read_all(&self, blob: &Blob) -> Result<Bytes, BlobError> {
        let mut stream = self.read(blob).await?;
        let mut all = BytesMut::new();
        while let Some(chunk) = stream.next().await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all.freeze())
    }

    /// Writes an object, reads it back and takes it away.
    ///
    /// # Errors
    /// What does not work.
    pub async fn check(&self) -> Result<(), BlobError> {
        let stored = self.put_bytes(Bytes::from_static(b"tandem doctor")).await?;
        let blob = Blob {
            id: stored.id,
            size: stored.size,
            media_type: String::new(),
            object: stored.object,
        };
        let read = self.read_all(&blob).await;
        let removed = self.remove(&blob.object).await;
        read.map(drop).and(removed)
    }

    async fn bytes(
        &self,
        blob: &Blob,
        range: Option<Range<u64>>,
    ) -> Result<BoxStream<'static, Result<Bytes, BlobError>>, BlobError> {
        let options = GetOptions {
            range: range.map(GetRange::Bounded),
            ..GetOptions::default()
        };
        let got = self
            .objects
            .get_opts(&Path::from(blob.object.as_str()), options)
            .await;
        let got = got.map_err(|error| BlobError::of_store(&error))?;
        Ok(got
            .into_stream()
            .map(|chunk| chunk.map_err(|error| BlobError::of_store(&error)))
            .boxed())
    }

    /// All objects with their names and times, contents still coming in among them.
    pub(super) fn list(&self) -> BoxStream<'static, Result<ObjectMeta, BlobError>> {
        self.objects
            .list(None)
            .map(|item| item.map_err(|error| BlobError::of_store(&error)))
            .boxed()
    }

    /// Takes an object away; one that is not there any more is no error.
    pub(super) async fn remove(&self, object: &str) -> Result<(), BlobError> {
        match self.objects.delete(&Path::from(object)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(BlobError::of_store(&error)),
        }
    }

    /// The folder of the objects, when they lie in one.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.folder.clone()
    }

    /// The clock whose time says how old an object is.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn random_digits(&self) -> String {
        let mut random = [0_u8; 8];
        self.ids.fill(&mut random);
        format!("{:016x}", u64::from_le_bytes(random))
    }
}

/// A content on its way into the store. A short one is held until it is complete and then written at once; a longer
/// one goes to a name of its own piece by piece, because its final name depends on its last byte.
struct Draft<'b> {
    blobs: &'b Blobs,
    hash: Sha256,
    size: u64,
    held: BytesMut,
    upload: Option<(Path, Box<dyn MultipartUpload>)>,
}

impl<'b> Draft<'b> {
    fn new(blobs: &'b Blobs) -> Self {
        Self {
            blobs,
            hash: Sha256::new(),
            size: 0,
            held: BytesMut::new(),
            upload: None,
        }
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
        let piece = self.held.split_to(length).freeze();
        let (_, upload) = match &mut self.upload {
            Some(upload) => upload,
            None => {
                let name = Path::from(format!("{INCOMING}/{}", self.blobs.random_digits()));
                let upload = self.blobs.objects.put_multipart(&name).await;
                self.upload
                    .insert((name, upload.map_err(|error| BlobError::of_store(&error))?))
            }
        };
        upload
            .put_part(PutPayload::from(piece))
            .await
            .map_err(|error| BlobError::of_store(&error))
    }

    async fn finish(mut self, began: Timestamp) -> Result<Stored, BlobError> {
        let id = BlobId(self.hash.clone().finalize().into());
        let digits = id.to_string();
        let object = format!(
            "{}/{}/{digits}.{}",
            &digits[..2],
            &digits[2..4],
            self.blobs.random_digits()
        );
        match self.write_under(&Path::from(object.as_str())).await {
            Ok(()) => Ok(Stored {
                id,
                size: self.size,
                object,
                began,
            }),
            Err(error) => {
                self.give_up().await;
                Err(error)
            }
        }
    }

    async fn write_under(&mut self, object: &Path) -> Result<(), BlobError> {
        if self.upload.is_some() && !self.held.is_empty() {
            self.write_piece(self.held.len()).await?;
        }
        let written = match &mut self.upload {
            None => {
                let whole = PutPayload::from(self.held.split().freeze());
                self.blobs.objects.put(object, whole).await.map(drop)
            }
            Some((incoming, upload)) => match upload.complete().await {
                Ok(_) => self.blobs.objects.rename(incoming, object).await,
                Err(error) => Err(error),
            },
        };
        written.map_err(|error| BlobError::of_store(&error))
    }

    /// Takes away what was written. Where even that fails, the sweep does it later.
    async fn give_up(mut self) {
        if let Some((incoming, upload)) = &mut self.upload {
            let _ = upload.abort().await;
            let _ = self.blobs.remove(incoming.as_ref()).await;
        }
    }
}
