//! The usual scorecards: which of them a workspace could have beside what it has, and adding them. A new workspace has them from
//! the beginning; another is offered them, and nobody's own is ever touched. Each is for a stage or a tier that is called as usual.

pub mod api;
pub mod web;

use kit::db::{DbError, Tx};
use kit::i18n::{Locale, Text};
use tandem_core::actor::Actor;
use tandem_core::ladders::{self, Ladder, Rung};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::{self, WorkspaceId};

use super::{add, in_force, store};
use crate::health::standard::{OFFERED, Usual};
use crate::health::{Content, HealthError, Scorecard, ScorecardId, ScorecardText};

/// A usual scorecard that the workspace could have.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Its key among the usual ones.
    pub key: &'static str,
    /// What it would be called.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// The stage or tier it would be for; none where none is called as usual.
    pub rung: Option<Rung>,
    /// What it says.
    pub content: Content,
}

impl Offer {
    /// As somebody would write it; for no stage and no tier where none is called as usual.
    pub fn text(&self) -> ScorecardText {
        let of = |ladder: Ladder| {
            let found = self.rung.as_ref().filter(|rung| rung.ladder == ladder);
            found.map(|rung| rung.id)
        };
        ScorecardText {
            name: self.name.clone(),
            stage: of(Ladder::Stages),
            tier: of(Ladder::Tiers),
            content: self.content.clone(),
        }
    }
}

/// The usual scorecards in whose places none stands, in the reader's words.
///
/// # Errors
/// [`HealthError::Forbidden`], or the database's.
pub fn offered(tx: &mut Tx<'_>, actor: &Actor, t: &Text) -> Result<Vec<Offer>, HealthError> {
    actor.must(Permission::AccountsRead)?;
    Ok(missing(tx, actor.workspace, t)?)
}

/// The one of a key, whether another stands in its place or not.
///
/// # Errors
/// [`HealthError::UnknownScorecard`] where there is none of this key, and as of [`offered`].
pub fn of_key(tx: &mut Tx<'_>, actor: &Actor, t: &Text, key: &str) -> Result<Offer, HealthError> {
    actor.must(Permission::AccountsRead)?;
    let usual = OFFERED.iter().find(|usual| usual.key == key);
    let usual = usual.ok_or(HealthError::UnknownScorecard)?;
    let rungs = rungs(tx, actor.workspace)?;
    Ok(offer(usual, &rungs, t))
}

/// Adds every usual scorecard that is for a stage or a tier here and in whose place none stands; gives those. Twice is no harm.
///
/// # Errors
/// A missing permission, or the database's.
pub fn add_all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Scorecard>, HealthError> {
    actor.must(Permission::ShapeWrite)?;
    in_force(tx, actor.workspace)?;
    // What everybody reads is called in the workspace's language, whoever adds it.
    let t = words(tx, actor.workspace)?;
    let mut added = Vec::new();
    for offer in missing(tx, actor.workspace, &t)? {
        if offer.rung.is_some() {
            added.push(add(tx, actor, &offer.text())?);
        }
    }
    Ok(added)
}

/// Takes scorecards away again that were added together; one that is gone already is passed over.
///
/// # Errors
/// A missing permission, or the database's.
pub fn take_back(tx: &mut Tx<'_>, actor: &Actor, ids: &[ScorecardId]) -> Result<(), HealthError> {
    for id in ids {
        match super::remove(tx, actor, *id) {
            Ok(_) | Err(HealthError::UnknownScorecard) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn missing(tx: &mut Tx<'_>, workspace: WorkspaceId, t: &Text) -> Result<Vec<Offer>, DbError> {
    let held = store::scorecards(tx, workspace)?;
    let rungs = rungs(tx, workspace)?;
    let is_free = |offer: &Offer| {
        let text = offer.text();
        offer.rung.is_none()
            || !held
                .iter()
                .any(|card| (card.stage, card.tier) == (text.stage, text.tier))
    };
    let offers = OFFERED.iter().map(|usual| offer(usual, &rungs, t));
    Ok(offers.filter(is_free).collect())
}

fn offer(usual: &'static Usual, rungs: &[Rung], t: &Text) -> Offer {
    Offer {
        key: usual.key,
        name: usual.name(t),
        about: usual.about(t),
        rung: usual.rung(rungs, t).cloned(),
        content: usual.content(),
    }
}

fn rungs(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Rung>, DbError> {
    let mut rungs = ladders::open(tx, workspace, Ladder::Stages)?;
    rungs.extend(ladders::open(tx, workspace, Ladder::Tiers)?);
    Ok(rungs)
}

/// The words of the workspace's language.
fn words(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Text, DbError> {
    let found = workspaces::find(tx, workspace)?;
    let locale = found.and_then(|workspace| Locale::parse(&workspace.locale));
    let zone = Text::default().zone().clone();
    Ok(Text::new(locale.unwrap_or_else(Locale::english), zone, tx.now()))
}
