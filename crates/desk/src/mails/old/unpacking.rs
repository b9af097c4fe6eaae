//! A zip file of old mail becomes one mbox file, which is looked through, resumed and taken back as every other.
//!
//! What lies in it is told by its content, never by its name: mbox files are taken over, single mails (as Maildir folders and mail
//! programs keep them) are put one behind the other, everything else is left out and counted. Limits hold for what really comes
//! out, whatever the file says of itself.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use bytes::Buf;
use futures::StreamExt;
use kit::blob::{self, Blob, Blobs, Stored};
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{Errand, JobError};
use tandem_core::workspaces::WorkspaceId;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::jobs::Stopped;
use super::model::{MailImport, MailImportError, MailImportState, Phase};
use super::source::{LARGEST, boxed};
use super::{MailImportId, blobs, directory, record, store};
use crate::mails::placing::actor;

/// How a zip file begins.
pub(super) const BEGIN: &[u8] = b"PK\x03\x04";
/// How much of the file is read at a time, and of what is in it.
const PIECE: usize = 256 << 10;
/// How much of what is in it is looked at to tell what it is.
const LOOK: usize = 4 << 10;
/// How often it is said how far it is.
const SOMETIMES: Duration = Duration::from_secs(2);
/// Fields of which a mail has one near its beginning.
const FIELDS: [&str; 8] = [
    "received:",
    "return-path:",
    "delivered-to:",
    "from:",
    "date:",
    "message-id:",
    "subject:",
    "mime-version:",
];

/// How much is taken out of one file.
pub(super) struct Bounds {
    /// Files in it.
    pub(super) entries: usize,
    /// Bytes of its directory.
    pub(super) directory: u64,
    /// Bytes of everything in it.
    total: u64,
    /// How many bytes may come out for each byte of the file.
    ratio: u64,
    /// How many may come out however small it is.
    free: u64,
}

const BOUNDS: Bounds = Bounds {
    entries: 500_000,
    directory: 128 << 20,
    total: 64 << 30,
    ratio: 100,
    free: 64 << 20,
};

/// Makes an mbox file of the zip file of an import.
pub(super) async fn unpack(
    errand: &Errand,
    workspace: WorkspaceId,
    import: &MailImport,
) -> Result<(), Stopped> {
    let (db, id, hash) = (errand.db(), import.id, import.file);
    let file = db
        .read(move |tx| match hash {
            Some(hash) => blob::find(tx, workspace.uuid(), hash),
            None => Ok(None),
        })
        .await?;
    let file = file.ok_or(MailImportError::Unknown)?;
    let (stored, left_out) = unpacked(errand, workspace, (import, file)).await?;
    if stored.size == 0 {
        return Err(MailImportError::Empty.into());
    }
    db.write(move |tx| take(tx, workspace, id, (&stored, left_out)))
        .await?;
    Ok(())
}

/// Writes the mbox file while the zip file is read on a thread of its own; gives it, and how many files held no mail.
async fn unpacked(
    errand: &Errand,
    workspace: WorkspaceId,
    (import, file): (&MailImport, Blob),
) -> Result<(Stored, i64), Stopped> {
    let (db, id, size) = (errand.db(), import.id, file.size);
    let blobs = blobs(db)?;
    let (pieces, coming) = mpsc::channel::<Bytes>(4);
    let source = Ranged::new(Arc::clone(&blobs), file);
    let (read, trouble) = (Arc::clone(&source.read), Arc::clone(&source.trouble));
    let reading = tokio::task::spawn_blocking(move || {
        taken_out(source, size, &BOUNDS, |piece| {
            pieces.blocking_send(piece).map_err(|_| Bad("nobody takes it"))
        })
    });
    let content = futures::stream::unfold(coming, |mut coming| async move {
        let next = coming.recv().await?;
        Some((Ok::<_, io::Error>(next), coming))
    });
    let mut put = std::pin::pin!(blobs.put(content, u64::MAX));
    let stored = loop {
        tokio::select! {
            stored = &mut put => break stored.map_err(MailImportError::from)?,
            () = sleep(SOMETIMES) => {
                errand.go_on().map_err(|_| Stopped::Asked)?;
                let position = i64::try_from(read.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
                errand.progress(position, import.size);
                db.write(move |tx| note(tx, workspace, (id, position))).await?;
            }
        }
    };
    let done = reading
        .await
        .map_err(|error| Stopped::Job(JobError::retry(error.to_string())))?;
    let trouble = trouble.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (done, trouble) {
        (Ok(left_out), _) => Ok((stored, left_out)),
        (Err(_), Some(trouble)) => Err(Stopped::Job(JobError::retry(trouble))),
        (Err(Bad(why)), None) => Err(MailImportError::Zip(why).into()),
    }
}

/// How far it is.
fn note(tx: &mut Tx<'_>, workspace: WorkspaceId, (id, position): (MailImportId, i64)) -> Result<(), DbError> {
    let found = store::find(tx, workspace, id)?;
    let Some(mut import) = found.filter(is_unpacking) else {
        return Ok(());
    };
    import.position = position;
    import.changed_at = tx.now();
    store::update(tx, workspace, &import)?;
    record(tx, &actor(workspace), &import)
}

/// Puts the mbox file in the place of the zip file.
fn take(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailImportId,
    (stored, left_out): (&Stored, i64),
) -> Result<(), MailImportError> {
    let found = store::find(tx, workspace, id)?;
    let Some(mut import) = found.filter(is_unpacking) else {
        return Ok(());
    };
    let subject = id.to_string();
    let file = blob::add(tx, workspace.uuid(), stored, "application/mbox", &subject)?;
    if let Some(zip) = import.file.replace(file).filter(|zip| *zip != file) {
        blob::unlink(tx, workspace.uuid(), zip, &subject)?;
    }
    import.size = i64::try_from(stored.size).unwrap_or(i64::MAX);
    (import.phase, import.position, import.found.left_out) = (Phase::Keeping, 0, left_out);
    import.changed_at = tx.now();
    store::update(tx, workspace, &import)?;
    store::set_size(tx, workspace, id, import.size)?;
    record(tx, &actor(workspace), &import)?;
    Ok(())
}

fn is_unpacking(import: &MailImport) -> bool {
    import.state == MailImportState::Looking && import.phase == Phase::Unpacking
}

/// Why a zip file can't be taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bad(pub(super) &'static str);

/// What has come out of a file so far.
struct Count<'a> {
    bounds: &'a Bounds,
    size: u64,
    total: u64,
}

impl Count<'_> {
    fn add(&mut self, length: usize) -> Result<(), Bad> {
        self.total = self.total.saturating_add(length as u64);
        let most = self.bounds.free + self.size.saturating_mul(self.bounds.ratio);
        if self.total > most.min(self.bounds.total) {
            return Err(Bad("it unpacks to far more than mails do"));
        }
        Ok(())
    }
}

/// Takes all mails out of a zip file of `size` bytes, as pieces of an mbox file; gives how many files in it held none.
fn taken_out<R: Read + Seek>(
    source: R,
    size: u64,
    bounds: &Bounds,
    mut out: impl FnMut(Bytes) -> Result<(), Bad>,
) -> Result<i64, Bad> {
    let mut archive = directory::opened(source, size, bounds)?;
    let mut count = Count {
        bounds,
        size,
        total: 0,
    };
    let mut left_out = 0;
    for at in 0..archive.len() {
        let file = archive.by_index(at);
        let mut file = file.map_err(|_| Bad("a file in it is encrypted or packed in an unknown way"))?;
        if file.is_file() && !one(&mut file, &mut count, &mut out)? {
            left_out += 1;
        }
    }
    Ok(left_out)
}

/// Takes out what one file holds; whether it was mail.
fn one(
    file: &mut impl Read,
    count: &mut Count<'_>,
    out: &mut impl FnMut(Bytes) -> Result<(), Bad>,
) -> Result<bool, Bad> {
    let mut piece = read(file, LOOK, count)?;
    if !piece.starts_with(b"From ") {
        if !is_mail(&piece) {
            return Ok(false);
        }
        // A little more than is taken, so that what is too large is seen to be.
        while piece.len() < LARGEST + 1_000 {
            let more = read(file, PIECE, count)?;
            if more.is_empty() {
                break;
            }
            piece.extend_from_slice(&more);
        }
        out(boxed(&piece))?;
        return Ok(true);
    }
    while !piece.is_empty() {
        out(Bytes::from(piece))?;
        piece = read(file, PIECE, count)?;
    }
    // The next one begins behind an empty line.
    out(Bytes::from_static(b"\n\n"))?;
    Ok(true)
}

/// The next bytes of a file; none at its end.
fn read(file: &mut impl Read, most: usize, count: &mut Count<'_>) -> Result<Vec<u8>, Bad> {
    let mut piece = Vec::with_capacity(most);
    let length = file.by_ref().take(most as u64).read_to_end(&mut piece);
    count.add(length.map_err(|_| Bad("a file in it is damaged"))?)?;
    Ok(piece)
}

/// Whether this is how a mail begins.
fn is_mail(begin: &[u8]) -> bool {
    let text = String::from_utf8_lossy(begin);
    let head = text.lines().take_while(|line| !line.is_empty());
    let mut lines = head.take(60).map(str::to_ascii_lowercase).peekable();
    let is_field = |line: &String| {
        let name = line.split_once(':').map_or("", |(name, _)| name);
        !name.is_empty() && name.bytes().all(|byte| (0x21..0x7f).contains(&byte))
    };
    lines.peek().is_some_and(is_field) && lines.any(|line| FIELDS.iter().any(|field| line.starts_with(field)))
}

/// A stored file for those who read here and there on a thread of their own.
struct Ranged {
    handle: Handle,
    blobs: Arc<Blobs>,
    file: Blob,
    at: u64,
    piece: Bytes,
    /// Where it was read last: the directory at the end comes first.
    read: Arc<AtomicU64>,
    /// What went wrong with the store: then the file is not to blame.
    trouble: Arc<Mutex<Option<String>>>,
}

impl Ranged {
    fn new(blobs: Arc<Blobs>, file: Blob) -> Self {
        Self {
            handle: Handle::current(),
            blobs,
            file,
            at: 0,
            piece: Bytes::new(),
            read: Arc::default(),
            trouble: Arc::default(),
        }
    }

    async fn fetched(&self) -> Result<Bytes, String> {
        let end = self.file.size.min(self.at + PIECE as u64);
        let range = self.blobs.read_range(&self.file, self.at..end).await;
        let mut content = range.map_err(|error| error.to_string())?;
        let mut all = Vec::new();
        while let Some(piece) = content.next().await {
            all.extend_from_slice(&piece.map_err(|error| error.to_string())?);
        }
        Ok(Bytes::from(all))
    }
}

impl Read for Ranged {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.piece.is_empty() && self.at < self.file.size {
            let handle = self.handle.clone();
            self.piece = handle.block_on(self.fetched()).map_err(|trouble| {
                *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = Some(trouble);
                io::Error::other("the store of files failed")
            })?;
        }
        let count = self.piece.len().min(buffer.len());
        self.piece.copy_to_slice(&mut buffer[..count]);
        self.at += count as u64;
        self.read.store(self.at, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for Ranged {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.file.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        let to = to.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        // A little way on, what was read is good yet.
        match to.checked_sub(self.at) {
            Some(by) if by <= self.piece.len() as u64 => {
                self.piece.advance(usize::try_from(by).unwrap_or_default());
            }
            _ => self.piece = Bytes::new(),
        }
        self.at = to;
        Ok(to)
    }
}

#[cfg(test)]
#[path = "unpacking_tests.rs"]
mod tests;
