//! Changing an index: one writer at a time, with as little memory as the index allows.

use serde::{Deserialize, Serialize};
use tantivy::indexer::IndexWriterOptions;
use tantivy::{IndexWriter, TantivyDocument, Term};
use uuid::Uuid;

use super::document::{Document, id};
use super::error::SearchError;
use super::index::Index;
use super::schema::{Fields, VERSION};

/// What a writer gathers before it writes a segment: the least that the index takes.
const MEMORY: usize = 15_000_000;

/// What each commit carries.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Payload {
    pub(super) version: u32,
    pub(super) mark: String,
}

/// The one writer of an index. Nothing is found before [`Writer::commit`].
pub struct Writer {
    writer: IndexWriter<TantivyDocument>,
    index: Index,
    fields: Fields,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

impl Writer {
    /// A writer for `index`; there is one at a time, in all processes.
    ///
    /// # Errors
    /// Another writer has the index, or the file system fails.
    pub fn new(index: &Index) -> Result<Self, SearchError> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(MEMORY)
            .build();
        Ok(Self {
            writer: index.raw().writer_with_options(options)?,
            index: index.clone(),
            fields: index.fields(),
        })
    }

    /// Takes a document in, in place of an earlier one with its key.
    ///
    /// # Errors
    /// The writer broke down.
    pub fn put(&mut self, workspace: Uuid, document: Document) -> Result<(), SearchError> {
        self.take(workspace, &document.key);
        self.writer
            .add_document(document.into_tantivy(workspace, &self.fields))?;
        Ok(())
    }

    /// Takes a document out; one that is not there is no failure.
    pub fn take(&mut self, workspace: Uuid, key: &str) {
        let term = Term::from_field_text(self.fields.id, &id(workspace, key));
        self.writer.delete_term(term);
    }

    /// Brings everything and the mark to disk, together; from then on it is found.
    ///
    /// # Errors
    /// The writer broke down or the disk is full; then the index is as it was after the commit before.
    pub fn commit(&mut self, mark: &str) -> Result<(), SearchError> {
        let payload = Payload {
            version: VERSION,
            mark: mark.to_owned(),
        };
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(&serde_json::to_string(&payload).expect("words and numbers are always JSON"));
        prepared.commit()?;
        self.index.reload()
    }

    /// Waits until segments that are being merged are whole, and gives the memory back.
    ///
    /// # Errors
    /// A merge failed.
    pub fn close(self) -> Result<(), SearchError> {
        self.writer.wait_merging_threads()?;
        self.index.reload()
    }
}
