//! What events and rows mean for the index.

use std::collections::{HashMap, HashSet};

use kit::db::{DbError, Tx};
use kit::id::{AnyId, TypedId, Uuid};
use kit::search::{Document, Language, SearchError, Writer};

use super::{Source, Sources};
use crate::events::Event;
use crate::workspaces::{self, WorkspaceId};

/// How many things are read again because something else has another name.
const FOLLOWED: i64 = 500;

/// One change of the index.
pub(super) struct Change {
    workspace: WorkspaceId,
    key: String,
    /// None takes the document out.
    document: Option<Document>,
}

/// Reads what `events` are about, as it is now.
pub(super) fn after_events(
    tx: &mut Tx<'_>,
    sources: &Sources,
    events: &[Event],
) -> Result<Vec<Change>, DbError> {
    let mut seen = HashSet::new();
    let mut languages = HashMap::new();
    let mut changes = Vec::new();
    let mut touched: Vec<(WorkspaceId, String)> = Vec::new();
    for event in events {
        touched.extend(topics(event).map(|(workspace, topic)| (workspace, topic.to_owned())));
        touched.extend(following(tx, sources, event)?);
    }
    for (workspace, topic) in &touched {
        let Some((source, id)) = sources.of_subject(topic) else {
            continue;
        };
        let workspace = *workspace;
        if !seen.insert((workspace, topic)) {
            continue;
        }
        let language = match languages.get(&workspace) {
            Some(language) => *language,
            None => *languages.entry(workspace).or_insert(language(tx, workspace)?),
        };
        let document = (source.find)(tx, workspace, id)?;
        changes.push(Change {
            workspace,
            key: topic.to_owned(),
            document: document.map(|document| completed(document, source, topic, language)),
        });
    }
    Ok(changes)
}

/// What is filed under the name of what the event is about.
fn following(
    tx: &mut Tx<'_>,
    sources: &Sources,
    event: &Event,
) -> Result<Vec<(WorkspaceId, String)>, DbError> {
    let mut found = Vec::new();
    for (follow, id) in sources.after(&event.kind, &event.subject) {
        let prefix = follow.source.prefix;
        for uuid in (follow.find)(tx, event.workspace, id, FOLLOWED)? {
            found.push((event.workspace, AnyId { prefix, uuid }.to_string()));
        }
    }
    Ok(found)
}

/// Everything that an event touches: its subjects and the other ids among its topics.
fn topics(event: &Event) -> impl Iterator<Item = (WorkspaceId, &str)> {
    let topics = event.topics.iter().map(String::as_str);
    topics
        .chain(event.subjects())
        .map(|topic| (event.workspace, topic))
}

/// Leaves as many of the first events as touch up to `most` things, but one at least: a batch of an import touches
/// hundreds.
pub(super) fn bound(events: &mut Vec<Event>, most: usize) {
    let mut touched = 0;
    let within = events.iter().take_while(|event| {
        touched += topics(event).count();
        touched <= most
    });
    let within = within.count().max(1);
    events.truncate(within);
}

/// Up to `limit` documents of a source after `last`, and the id of the last one.
pub(super) fn all_after(
    tx: &mut Tx<'_>,
    source: &'static Source,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<(Vec<Change>, Option<Uuid>), DbError> {
    let language = language(tx, workspace)?;
    let rows = (source.after)(tx, workspace, last, limit)?;
    let last = rows.last().map(|(id, _)| *id);
    let change = |(uuid, document)| {
        let prefix = source.prefix;
        let key = AnyId { prefix, uuid }.to_string();
        Change {
            workspace,
            document: Some(completed(document, source, &key, language)),
            key,
        }
    };
    Ok((rows.into_iter().map(change).collect(), last))
}

/// Hands changes to a writer.
pub(super) fn write(writer: &mut Writer, changes: Vec<Change>) -> Result<(), SearchError> {
    for change in changes {
        match change.document {
            Some(document) => writer.put(change.workspace.uuid(), document)?,
            None => writer.take(change.workspace.uuid(), &change.key),
        }
    }
    Ok(())
}

fn completed(document: Document, source: &Source, key: &str, language: Option<Language>) -> Document {
    Document {
        key: key.to_owned(),
        kind: source.kind,
        needs: if document.needs.is_empty() {
            source.needs.as_str()
        } else {
            document.needs
        },
        language: document.language.or(language),
        ..document
    }
}

/// The language of texts of which nothing better is known.
fn language(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Language>, DbError> {
    let found = workspaces::find(tx, workspace)?;
    Ok(found.and_then(|workspace| Language::of_tag(&workspace.locale)))
}
