//! What features make findable: one table, made in the server.

use kit::db::{DbError, Tx};
use kit::id::Uuid;
use kit::search::{Document, Known};

use crate::actor::Actor;
use crate::events::Kind;
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
    /// Its further filters, of [`FILTERS`]: `from`, `tag`, `channel`.
    pub filters: &'static [&'static str],
    /// Where the page of one is: this, followed by the id.
    pub path: &'static str,
    /// The form that keeps a search for them, with what was typed as `q`.
    pub keep: Option<&'static str>,
    /// What can be done with one from the palette, beside opening it.
    pub actions: &'static [Action],
    /// The document of one; none when there is no such thing any more.
    pub find: fn(&mut Tx<'_>, WorkspaceId, Uuid) -> Result<Option<Document>, DbError>,
    /// Up to `limit` of a workspace whose ids come after the given one, in the order of their ids.
    pub after: After,
}

/// The filters that take any value, each with what one needs to see what it asks for: the names of people are found out by
/// a filter as well as by reading them.
pub const FILTERS: &[(&str, Permission)] = &[
    ("account", Permission::AccountsRead),
    ("agent", Permission::TicketsRead),
    ("channel", Permission::AccountsRead),
    ("from", Permission::ContactsRead),
    ("has", Permission::TicketsRead),
    ("priority", Permission::TicketsRead),
    ("status", Permission::TicketsRead),
    ("tag", Permission::AccountsRead),
    ("team", Permission::TicketsRead),
];

/// The values under which something of this name is filed for a filter: the name as a whole, and each of its words.
pub fn filed(filter: &'static str, name: &str) -> impl Iterator<Item = (&'static str, String)> {
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    let words: Vec<String> = words
        .into_iter()
        .filter(|word| !word.is_empty() && *word != name)
        .map(str::to_owned)
        .collect();
    std::iter::once(name.to_owned())
        .chain(words)
        .map(move |value| (filter, value))
}

/// What is filed under the name of something else, and therefore read again when that has another one.
#[derive(Clone, Copy, Debug)]
pub struct Follow {
    /// The prefix of the other thing's ids.
    pub of: &'static str,
    /// What happens to it.
    pub after: &'static [&'static Kind],
    /// What is read again.
    pub source: &'static Source,
    /// The next part of it.
    pub find: Filed,
}

/// Finds what is filed under something: those whose ids come after one, so many at most, in the order of their ids. Fewer
/// than asked for are the last.
pub type Filed = fn(&mut Tx<'_>, WorkspaceId, Uuid, (Uuid, i64)) -> Result<Vec<Uuid>, DbError>;

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
pub struct Sources {
    all: Vec<&'static Source>,
    follows: Vec<Follow>,
}

impl Sources {
    /// These ones.
    pub fn new(sources: &[&'static Source]) -> Self {
        Self {
            all: sources.to_vec(),
            follows: Vec::new(),
        }
    }

    /// And what is read again because of something else.
    #[must_use]
    pub fn following(mut self, follows: &[Follow]) -> Self {
        self.follows.extend(follows);
        self
    }

    /// All of them, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &'static Source> {
        self.all.iter().copied()
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

    /// What follows when an event of this kind happens to `subject`, with the subject's bare id.
    pub(super) fn after(&self, kind: &str, subject: &str) -> Vec<(Follow, Uuid)> {
        let follows = self.follows.iter();
        let due = follows.filter(|follow| follow.after.iter().any(|after| after.name == kind));
        due.filter_map(|follow| Some((*follow, kit::id::read(follow.of, subject).ok()?)))
            .collect()
    }

    /// The filters of all of them, as far as `actor` may see what they ask for.
    pub fn known(&self, actor: &Actor) -> Known {
        let mut known = Known::default();
        for source in self.iter() {
            known.kinds.push(source.kind);
            known.states.extend(source.states.iter().map(|(state, _)| *state));
            known.names.extend(source.filters);
        }
        known.names.retain(|name| {
            let mut rows = FILTERS.iter();
            rows.any(|(filter, needs)| filter == name && actor.may(*needs))
        });
        for list in [&mut known.states, &mut known.names] {
            list.sort_unstable();
            list.dedup();
        }
        known
    }
}
