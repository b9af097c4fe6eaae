//! What features make findable: one table, made in the server.

use kit::db::{DbError, Tx};
use kit::id::Uuid;
use kit::search::{Document, Known};

use crate::actor::Actor;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// One sort of thing that can be found. Key, kind and permission of its documents are put in by the search.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// What stands before the underscore in its ids: `acc`. An event with such a subject or topic changes its document.
    pub prefix: &'static str,
    /// The word of the filter `kind:`.
    pub kind: &'static str,
    /// The message with the name of many of them.
    pub title: &'static str,
    /// Its icon in the sprite.
    pub icon: &'static str,
    /// What one needs to see them; a document may ask for something else.
    pub needs: Permission,
    /// Its values of the filter `is:`, each with the message that names it.
    pub states: &'static [(&'static str, &'static str)],
    /// Its further filters: `from`, `tag`.
    pub filters: &'static [&'static str],
    /// Where the page of one is: this, followed by the id.
    pub path: &'static str,
    /// What can be done with one from the palette, beside opening it.
    pub actions: &'static [Action],
    /// The document of one; none when there is no such thing any more.
    pub find: fn(&mut Tx<'_>, WorkspaceId, Uuid) -> Result<Option<Document>, DbError>,
    /// Up to `limit` of a workspace whose ids come after the given one, in the order of their ids.
    pub after: After,
}

/// Reads the next part of all documents of a workspace: those after an id, so many at most.
pub type After = fn(&mut Tx<'_>, WorkspaceId, Uuid, i64) -> Result<Vec<(Uuid, Document)>, DbError>;

/// Something that can be done with a thing that was found.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// The message that names it.
    pub text: &'static str,
    /// Its icon in the sprite.
    pub icon: &'static str,
    /// What follows the path of the thing: `/edit`.
    pub path: &'static str,
    /// Whether it changes something: a form that is sent, not a page that is opened.
    pub is_post: bool,
    /// What one needs to do it.
    pub needs: Permission,
    /// The flag that the thing must have: `is:open`.
    pub only: Option<&'static str>,
}

impl Action {
    /// Whether `actor` may do it with something that has these flags.
    pub fn fits(&self, actor: &Actor, flags: &[String]) -> bool {
        let has = |only: &str| flags.iter().any(|flag| flag == only);
        actor.may(self.needs) && self.only.is_none_or(has)
    }
}

/// Everything that can be found.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<&'static Source>);

impl Sources {
    /// These ones.
    pub fn new(sources: &[&'static Source]) -> Self {
        Self(sources.to_vec())
    }

    /// All of them, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &'static Source> {
        self.0.iter().copied()
    }

    /// The source of this kind.
    pub fn of_kind(&self, kind: &str) -> Option<&'static Source> {
        self.iter().find(|source| source.kind == kind)
    }

    /// The source and the bare id of a subject like `acc_01k…`.
    pub(super) fn of_subject(&self, subject: &str) -> Option<(&'static Source, Uuid)> {
        let (prefix, _) = subject.split_once('_')?;
        let source = self.iter().find(|source| source.prefix == prefix)?;
        Some((source, kit::id::read(source.prefix, subject).ok()?))
    }

    /// The filters of all of them.
    pub fn known(&self) -> Known {
        let mut known = Known::default();
        for source in self.iter() {
            known.kinds.push(source.kind);
            known.states.extend(source.states.iter().map(|(state, _)| *state));
            known.names.extend(source.filters);
        }
        for list in [&mut known.states, &mut known.names] {
            list.sort_unstable();
            list.dedup();
        }
        known
    }
}
