//! What events and rows mean for the index.

use std::collections::{HashMap, HashSet};

use kit::db::{DbError, Tx};
use kit::id::{AnyId, TypedId, Uuid};
use kit::search::{Document, Language, SearchError, Writer};

use super::{Follow, Source, Sources};
use crate::events::Event;
use crate::workspaces::{self, WorkspaceId};

/// One change of the index.
pub(super) struct Change {
    workspace: WorkspaceId,
    key: String,
    /// None takes the document out.
    document: Option<Document>,
}

/// The languages of workspaces that were asked for so far.
type Languages = HashMap<WorkspaceId, Option<Language>>;

/// Something of another name, under which other things are filed.
pub(super) struct Due {
    workspace: WorkspaceId,
    follow: Follow,
    id: Uuid,
}

/// Where the reading of what is filed under several [`Due`] goes on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    due: usize,
    last: Uuid,
}

/// Reads what `events` are about, as it is now.
pub(super) fn after_events(
    tx: &mut Tx<'_>,
    sources: &Sources,
    events: &[Event],
) -> Result<Vec<Change>, DbError> {
    let mut seen = HashSet::new();
    let mut languages = Languages::new();
    let mut changes = Vec::new();
    for (workspace, topic) in events.iter().flat_map(topics) {
        let Some((source, id)) = sources.of_subject(topic) else {
            continue;
        };
        if seen.insert((workspace, topic)) {
            changes.push(changed(tx, &mut languages, source, (workspace, id))?);
        }
    }
    Ok(changes)
}

/// What `events` give another name, each once.
pub(super) fn due(sources: &Sources, events: &[Event]) -> Vec<Due> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    for event in events {
        for (follow, id) in sources.after(&event.kind, &event.subject) {
            if seen.insert((event.workspace, follow.source.prefix, id)) {
                let workspace = event.workspace;
                all.push(Due {
                    workspace,
                    follow,
                    id,
                });
            }
        }
    }
    all
}

/// Reads up to `limit` things that are filed under what is due, from a place on; gives where to go on, none at the end.
pub(super) fn followed(
    tx: &mut Tx<'_>,
    all: &[Due],
    from: Place,
    limit: i64,
) -> Result<(Vec<Change>, Option<Place>), DbError> {
    let (mut place, mut room) = (from, limit);
    let mut languages = Languages::new();
    let mut changes = Vec::new();
    while let Some(due) = all.get(place.due) {
        if room <= 0 {
            return Ok((changes, Some(place)));
        }
        let found = (due.follow.find)(tx, due.workspace, due.id, (place.last, room))?;
        let size = i64::try_from(found.len()).unwrap_or(i64::MAX);
        place = match found.last() {
            Some(last) if size >= room => Place { last: *last, ..place },
            _ => Place {
                due: place.due + 1,
                ..Place::default()
            },
        };
        room -= size;
        for id in found {
            let thing = (due.workspace, id);
            changes.push(changed(tx, &mut languages, due.follow.source, thing)?);
        }
    }
    Ok((changes, None))
}

/// One thing as it is now.
fn changed(
    tx: &mut Tx<'_>,
    languages: &mut Languages,
    source: &'static Source,
    (workspace, uuid): (WorkspaceId, Uuid),
) -> Result<Change, DbError> {
    let language = match languages.get(&workspace) {
        Some(language) => *language,
        None => *languages.entry(workspace).or_insert(language(tx, workspace)?),
    };
    let prefix = source.prefix;
    let key = AnyId { prefix, uuid }.to_string();
    let document = (source.find)(tx, workspace, uuid)?;
    Ok(Change {
        workspace,
        document: document.map(|document| completed(document, source, &key, language)),
        key,
    })
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
