//! An open index: asked by many at once, always as of its last commit.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::tz::TimeZone;
use tantivy::schema::Value;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher, TantivyDocument, TantivyError};
use uuid::Uuid;

use super::asked::{Asked, Chip, Known, Note};
use super::best::{Best, Heap, Place};
use super::document::{Shown, has_all};
use super::error::SearchError;
use super::language::Language;
use super::marks::{self, Marker, Piece};
use super::plan::{self, Care, Reach};
use super::schema::{Fields, VERSION, schema};
use super::writer::Payload;
use crate::clock::Timestamp;

/// When fewer than this are found as written, misspelled ones are looked for too.
const FEW: usize = 5;

/// An open index. Clones share.
#[derive(Clone)]
pub struct Index {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("documents", &self.documents())
            .finish()
    }
}

/// What is asked, and by whom.
#[derive(Clone, Debug)]
pub struct Question {
    /// Whose things.
    pub workspace: Uuid,
    /// The permissions of whoever asks.
    pub may: Vec<&'static str>,
    /// What they typed.
    pub text: String,
    /// The filters that there are.
    pub known: Known,
    /// How many of each kind.
    pub each: usize,
    /// Where to go on.
    pub after: Option<Place>,
    /// Where days begin.
    pub zone: TimeZone,
    /// What relative days count from.
    pub now: Timestamp,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The kinds, the one with the best hit first.
    pub groups: Vec<Group>,
    /// The filters that were understood.
    pub chips: Vec<Chip>,
    /// What was not.
    pub notes: Vec<Note>,
    /// The query put right, when nothing was found as it was written.
    pub meant: Option<String>,
    /// Whether there was nothing to look for.
    pub is_empty: bool,
}

/// What was found of one kind.
#[derive(Clone, Debug)]
pub struct Group {
    /// The kind.
    pub kind: String,
    /// How many there are.
    pub count: usize,
    /// The best of them.
    pub hits: Vec<Hit>,
    /// Whether there are more after the last.
    pub has_more: bool,
}

/// A document that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// What is known of it.
    pub shown: Shown,
    /// Where it stands, to go on from.
    pub place: Place,
    /// Its title, marked.
    pub title: Vec<Piece>,
    /// A part of its text, marked.
    pub text: Vec<Piece>,
}

impl Answer {
    /// How many there are of all kinds.
    pub fn count(&self) -> usize {
        self.groups.iter().map(|group| group.count).sum()
    }
}

impl Index {
    /// Makes an empty index in an empty folder.
    pub(super) fn create(folder: &Path) -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        Self::with(tantivy::Index::create_in_dir(folder, schema)?, fields)
    }

    /// Opens what [`Writer::commit`](super::Writer::commit) left in a folder.
    pub(super) fn open(folder: &Path) -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        let index = tantivy::Index::open_in_dir(folder)?;
        if index.schema() != schema {
            return Err(SearchError::Missing);
        }
        let index = Self::with(index, fields)?;
        index.mark()?;
        Ok(index)
    }

    fn with(index: tantivy::Index, fields: Fields) -> Result<Self, SearchError> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(4)
            .try_into()?;
        Ok(Self {
            index,
            reader,
            fields,
        })
    }

    /// Reads all of a folder and compares it with the sums that were written with it.
    pub(super) fn check(folder: &Path) -> Result<(), SearchError> {
        let damaged = tantivy::Index::open_in_dir(folder)?.validate_checksum()?;
        match damaged.iter().min() {
            None => Ok(()),
            Some(file) => Err(SearchError::Damaged(format!("{} was changed", file.display()))),
        }
    }

    pub(super) fn raw(&self) -> &tantivy::Index {
        &self.index
    }

    pub(super) fn fields(&self) -> Fields {
        self.fields
    }

    pub(super) fn reload(&self) -> Result<(), SearchError> {
        Ok(self.reader.reload()?)
    }

    /// The mark of the last commit.
    ///
    /// # Errors
    /// [`SearchError::Missing`] when it is of another version, [`SearchError::Damaged`] when it has none.
    pub fn mark(&self) -> Result<String, SearchError> {
        let payload = self.index.load_metas()?.payload;
        let payload = payload.ok_or_else(|| SearchError::Damaged("it was never finished".to_owned()))?;
        let payload: Payload =
            serde_json::from_str(&payload).map_err(|error| SearchError::Damaged(error.to_string()))?;
        if payload.version == VERSION {
            Ok(payload.mark)
        } else {
            Err(SearchError::Missing)
        }
    }

    /// How many documents it has, of all workspaces.
    pub fn documents(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// How many documents a workspace has in it.
    ///
    /// # Errors
    /// The index can't be read.
    pub fn documents_of(&self, workspace: Uuid) -> Result<usize, SearchError> {
        let all = plan::all_of(workspace, &self.fields);
        Ok(self.reader.searcher().search(&all, &tantivy::collector::Count)?)
    }

    /// Every document as results show it, by key; for tests and for comparing two indexes.
    ///
    /// # Errors
    /// The index can't be read.
    pub fn everything(&self) -> Result<Vec<Shown>, SearchError> {
        let searcher = self.reader.searcher();
        let all = searcher.search(&tantivy::query::AllQuery, &tantivy::collector::DocSetCollector)?;
        let mut shown = Vec::with_capacity(all.len());
        for address in all {
            shown.push(self.shown(&searcher, address)?);
        }
        shown.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(shown)
    }

    /// Answers a question.
    ///
    /// # Errors
    /// The index can't be read; no text is an error.
    pub fn ask(&self, question: &Question) -> Result<Answer, SearchError> {
        let mut asked = Asked::parse(&question.text, &question.known, &question.zone, question.now);
        let mut answer = Answer {
            is_empty: asked.is_empty(),
            chips: std::mem::take(&mut asked.chips),
            notes: std::mem::take(&mut asked.notes),
            ..Answer::default()
        };
        if answer.is_empty || question.may.is_empty() {
            return Ok(answer);
        }
        let searcher = self.reader.searcher();
        answer.groups = self.groups(&searcher, question, &asked, Care::Strict)?;
        if answer.count() < FEW && !asked.chunks.is_empty() {
            let is_none = answer.groups.is_empty();
            answer.groups = self.groups(&searcher, question, &asked, Care::Forgiving)?;
            if is_none {
                answer.meant = meant(question, &asked, &answer.groups);
            }
        }
        Ok(answer)
    }

    fn groups(
        &self,
        searcher: &Searcher,
        question: &Question,
        asked: &Asked,
        care: Care,
    ) -> Result<Vec<Group>, SearchError> {
        let may = self.within(searcher, &question.may)?;
        if may.is_empty() {
            return Ok(Vec::new());
        }
        let reach = Reach {
            workspace: question.workspace,
            may: &may,
        };
        let query = plan::query(asked, reach, care, &self.fields);
        let best = Best {
            // One more tells whether there are more.
            each: question.each + 1,
            after: question.after,
        };
        let heaps = searcher.search(&query, &best)?;
        let marker = Marker::new(asked, care);
        let mut groups = Vec::new();
        for (kind, heap) in heaps {
            groups.push(self.group(searcher, (kind, heap), question.each, &marker)?);
        }
        groups.sort_by_key(|group| (group.hits.is_empty(), group.hits.first().map(|hit| hit.place)));
        Ok(groups)
    }

    /// What documents ask for of which somebody with these permissions has everything. There are few such terms, each read from
    /// the index, so that what asks for something unknown is found by nobody.
    fn within(&self, searcher: &Searcher, may: &[&'static str]) -> Result<Vec<String>, SearchError> {
        let mut within = BTreeSet::new();
        for segment in searcher.segment_readers() {
            let needs = segment.inverted_index(self.fields.needs)?;
            let mut terms = needs.terms().stream().map_err(TantivyError::from)?;
            while terms.advance() {
                let needed = String::from_utf8_lossy(terms.key());
                if has_all(may, &needed) {
                    within.insert(needed.into_owned());
                }
            }
        }
        Ok(within.into_iter().collect())
    }

    fn group(
        &self,
        searcher: &Searcher,
        (kind, heap): (String, Heap),
        each: usize,
        marker: &Marker,
    ) -> Result<Group, SearchError> {
        let has_more = heap.best.len() > each;
        let mut hits = Vec::new();
        for (place, address) in heap.best.into_iter().take(each) {
            let shown = self.shown(searcher, address)?;
            let language = shown.language.as_deref().and_then(Language::of_tag);
            hits.push(Hit {
                title: marker.whole(&shown.title, language),
                text: marker.excerpt(&shown.text, language),
                shown,
                place,
            });
        }
        Ok(Group {
            kind,
            count: heap.count,
            hits,
            has_more,
        })
    }

    fn shown(&self, searcher: &Searcher, address: DocAddress) -> Result<Shown, SearchError> {
        let document: TantivyDocument = searcher.doc(address)?;
        let json = document.get_first(self.fields.shown);
        let json = json.as_ref().and_then(|json| json.as_str()).unwrap_or_default();
        serde_json::from_str(json).map_err(|error| SearchError::Damaged(error.to_string()))
    }
}

fn meant(question: &Question, asked: &Asked, groups: &[Group]) -> Option<String> {
    let best = groups.iter().filter_map(|group| group.hits.first());
    let best = best.min_by_key(|hit| hit.place)?;
    marks::meant(&question.text, asked, &[&best.shown.title, &best.shown.text])
}
