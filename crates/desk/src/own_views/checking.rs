//! Whether what a view asks for is there.

use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::agents;
use tandem_core::contacts::{self, ContactError};
use tandem_core::ladders::{self, Ladder};
use tandem_core::tags::{self, TagId};
use tandem_core::teams::{self, TeamId};
use tandem_core::workspaces::WorkspaceId;
use tandem_core::{accounts, fields};

use super::{Conditions, ViewError, ViewText};
use crate::replies::Audience;
use crate::statuses::{self, StatusId};
use crate::tickets::nouns::NOUN;

/// The text as it is stored, with agents, teams and tiers that are there.
pub(super) fn checked(tx: &mut Tx<'_>, actor: &Actor, text: &ViewText) -> Result<ViewText, ViewError> {
    let text = text.checked()?;
    let teams = teams::all(tx, actor.workspace)?;
    let is_team = |id: TeamId| teams.iter().any(|team| team.id == id);
    if let Audience::Team(id) = text.audience
        && !is_team(id)
    {
        return Err(ViewError::BadAudience);
    }
    for asked in text.conditions.each() {
        if asked.team.parse().is_ok_and(|id| !is_team(id)) {
            return Err(ViewError::Bad("team"));
        }
        must_be_there(tx, actor, asked)?;
        must_be_known(tx, actor.workspace, asked)?;
    }
    Ok(text)
}

/// Whether the people, the account and the tier that are asked for are there.
fn must_be_there(tx: &mut Tx<'_>, actor: &Actor, asked: &Conditions) -> Result<(), ViewError> {
    let workspace = actor.workspace;
    let agents = [
        (&asked.agent, "agent"),
        (&asked.owner, "owner"),
        (&asked.follower, "follower"),
    ];
    for (word, field) in agents {
        if let Ok(id) = word.parse()
            && agents::find(tx, workspace, id)?.is_none()
        {
            return Err(ViewError::Bad(field));
        }
    }
    if let Ok(id) = asked.account.parse()
        && !accounts::exists(tx, workspace, id)?
    {
        return Err(ViewError::Bad("account"));
    }
    if let Ok(id) = asked.contact.parse()
        && contacts::find(tx, actor, id).map_err(of_contact)?.is_none()
    {
        return Err(ViewError::Bad("contact"));
    }
    if let Ok(id) = asked.tier.parse()
        && !ladders::all(tx, workspace, Ladder::Tiers)?
            .iter()
            .any(|tier| tier.id == id)
    {
        return Err(ViewError::Bad("tier"));
    }
    Ok(())
}

fn of_contact(error: ContactError) -> ViewError {
    match error {
        ContactError::Forbidden(missing) => missing.into(),
        ContactError::Db(error) => error.into(),
        _ => ViewError::Bad("contact"),
    }
}

/// Whether the statuses, fields and tags that are asked for are there.
fn must_be_known(tx: &mut Tx<'_>, workspace: WorkspaceId, asked: &Conditions) -> Result<(), ViewError> {
    if !asked.statuses.is_empty() {
        let all = statuses::all(tx, workspace)?;
        let is_there = |id: &StatusId| all.iter().any(|status| status.id == *id);
        if !asked.statuses.iter().all(is_there) {
            return Err(ViewError::Bad("statuses"));
        }
    }
    if !asked.fields.is_empty() {
        let all = fields::all(tx, workspace, &NOUN)?;
        if !asked.fields.iter().all(|one| one.is_of(&all)) {
            return Err(ViewError::Bad("fields"));
        }
    }
    if !asked.tags.is_empty() || !asked.without_tags.is_empty() {
        let all = tags::all(tx, workspace)?;
        let is_there = |id: &TagId| all.iter().any(|(tag, _)| tag.id == *id);
        for (asked, field) in [(&asked.tags, "tags"), (&asked.without_tags, "without_tags")] {
            if !asked.iter().all(is_there) {
                return Err(ViewError::Bad(field));
            }
        }
    }
    Ok(())
}
