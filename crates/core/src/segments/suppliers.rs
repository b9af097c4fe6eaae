//! What features above `core` tell segments, and are told by them: what else they know of accounts, and what they use a
//! segment for. Both tables stand in the server's wiring.

use kit::db::{DbError, Tx};

use super::SegmentId;
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::metrics::Metric;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// Something that is one of a few words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Its name everywhere: `health.band`.
    pub name: &'static str,
    /// The key of what it is called.
    pub text: &'static str,
    /// Who may see it.
    pub needs: Permission,
    /// Its words, each with the key of its name.
    pub words: &'static [(&'static str, &'static str)],
}

/// What was found of an account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found {
    /// A number.
    Number(f64),
    /// A word.
    Word(&'static str),
}

/// What a feature knows of accounts that is none of its metrics.
#[derive(Clone, Copy, Debug)]
pub struct Supplier {
    /// Numbers, called like metrics.
    pub metrics: &'static [&'static Metric],
    /// Words.
    pub choices: &'static [&'static Choices],
    /// Finds both of these accounts, by their names; what is not known is left out.
    pub read: Read,
}

/// Finds what is known of some accounts.
pub type Read =
    fn(&mut Tx<'_>, WorkspaceId, &[AccountId]) -> Result<Vec<(AccountId, &'static str, Found)>, DbError>;

/// Everything that supplies segments; attached to the database handle.
#[derive(Clone, Debug, Default)]
pub struct Suppliers(Vec<&'static Supplier>);

impl Suppliers {
    /// The table.
    pub fn new(suppliers: &[&'static Supplier]) -> Self {
        Self(suppliers.to_vec())
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &'static Supplier> + '_ {
        self.0.iter().copied()
    }

    /// The numbers of all.
    pub fn metrics(&self) -> impl Iterator<Item = &'static Metric> + '_ {
        self.all().flat_map(|supplier| supplier.metrics.iter().copied())
    }

    /// The words of all.
    pub fn choices(&self) -> impl Iterator<Item = &'static Choices> + '_ {
        self.all().flat_map(|supplier| supplier.choices.iter().copied())
    }
}

/// Something that uses a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The key of what it is: `playbooks-title`.
    pub kind: &'static str,
    /// What it is called.
    pub name: String,
    /// Its page.
    pub path: String,
}

/// Finds what uses a segment, as far as the actor may see it.
pub type Ask = fn(&mut Tx<'_>, &Actor, SegmentId) -> Result<Vec<Use>, DbError>;

/// Everything that may use segments; attached to the database handle.
#[derive(Clone, Debug, Default)]
pub struct Uses(Vec<Ask>);

impl Uses {
    /// The table.
    pub fn new(asks: &[Ask]) -> Self {
        Self(asks.to_vec())
    }

    /// What uses a segment.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn of(tx: &mut Tx<'_>, actor: &Actor, segment: SegmentId) -> Result<Vec<Use>, DbError> {
        let mut uses = Vec::new();
        for ask in tx.attached::<Self>().unwrap_or_default().0.iter() {
            uses.extend(ask(tx, actor, segment)?);
        }
        Ok(uses)
    }
}
