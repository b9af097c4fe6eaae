//! Writing and reading objects.

use std::{fmt, ops::Range, path::PathBuf, sync::Arc};

use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt, stream::BoxStream};
use object_store::{GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt, path::Path};

use super::draft::Draft;
use super::{Blob, BlobError, BlobId, BlobPlace, BlobStream, Stored};
use crate::{
    clock::{Clock, Timestamp},
    id::Ids,
};

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
        let draft = Draft::receive(self, content, limit).await?;
        let (id, size) = (draft.id(), draft.size());
        let digits = id.to_string();
        let object = format!(
            "{}/{}/{digits}.{}",
            &digits[..2],
            &digits[2..4],
            self.random_digits()
        );
        draft.store_as(&object).await?;
        Ok(Stored {
            id,
            size,
            object,
            began,
        })
    }

    /// Writes a content under the name it had elsewhere, for the archive; gives its length.
    pub(crate) async fn put_as<E: fmt::Display>(
        &self,
        object: &str,
        content: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<u64, BlobError> {
        let draft = Draft::receive(self, content, u64::MAX).await?;
        let size = draft.size();
        if object_id(object) == Some(draft.id()) {
            draft.store_as(object).await?;
            return Ok(size);
        }
        draft.give_up().await;
        Err(BlobError::Damaged {
            object: object.to_owned(),
        })
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

    /// Takes away what was written and got no row, before the sweep does.
    ///
    /// # Errors
    /// Trouble of the store.
    pub async fn discard(&self, stored: &Stored) -> Result<(), BlobError> {
        self.remove(&stored.object).await
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

    /// The store itself.
    pub(super) fn store(&self) -> &dyn ObjectStore {
        &*self.objects
    }

    /// Sixteen digits that nothing else has.
    pub(super) fn random_digits(&self) -> String {
        let mut random = [0_u8; 8];
        self.ids.fill(&mut random);
        format!("{:016x}", u64::from_le_bytes(random))
    }
}

/// The content's id in an object's name: `ab/cd/HASH.NONCE`. `None` for any other name.
pub(crate) fn object_id(object: &str) -> Option<BlobId> {
    let (folders, rest) = object.split_at_checked(6)?;
    let (digits, nonce) = rest.split_once('.')?;
    let id: BlobId = digits.parse().ok()?;
    let is_right = folders == format!("{}/{}/", &digits[..2], &digits[2..4])
        && nonce.len() == 16
        && nonce
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    is_right.then_some(id)
}

/// The blob whose object has this name, for the archive, which reads all workspaces.
pub(crate) fn archived(object: &str, size: u64) -> Option<Blob> {
    Some(Blob {
        id: object_id(object)?,
        size,
        media_type: String::new(),
        object: object.to_owned(),
    })
}
