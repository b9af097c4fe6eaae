//! What the variables of saved replies stand for in a ticket, as far as whoever writes may see it, in the words and formats of
//! whoever is written to.

use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactError, identities};
use tandem_core::permissions::Permission;
use tandem_core::{accounts, agents, assignment, teams, tiers, workspaces};

use super::ReplyError;
use super::templates::Values;
use crate::statuses;
use crate::tickets::{Ticket, TicketError};

/// The values in this ticket, as far as the actor may see them; what is not known has none.
///
/// # Errors
/// The database's.
pub fn values(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket) -> Result<Values, ReplyError> {
    let t = &contacts::reader(tx, actor.workspace, ticket.contact)?;
    let mut values = Values::new();
    contact(tx, actor, ticket, &mut values)?;
    account(tx, actor, ticket, &mut values)?;
    if let Some(id) = actor.agent()
        && let Some(agent) = agents::find(tx, actor.workspace, id)?
    {
        give(&mut values, "agent.first_name", first(&agent.name));
        give(&mut values, "agent.name", agent.name);
        give(&mut values, "agent.email", agent.email);
    }
    // One that is not opened yet has none.
    if ticket.number > 0 {
        give(&mut values, "ticket.number", ticket.number.to_string());
    }
    give(&mut values, "ticket.subject", ticket.subject.clone());
    let statuses = statuses::all(tx, actor.workspace)?;
    give(
        &mut values,
        "ticket.status",
        statuses::called(t, &statuses, ticket.step()),
    );
    give(&mut values, "ticket.priority", t.say(ticket.priority.text()));
    give(&mut values, "ticket.kind", t.say(ticket.kind.text()));
    give(&mut values, "ticket.opened", t.date(ticket.opened_at));
    if let Some(id) = ticket.team {
        let teams = teams::all(tx, actor.workspace)?;
        let team = teams.into_iter().find(|team| team.id == id);
        give(
            &mut values,
            "ticket.team",
            team.map(|team| team.name).unwrap_or_default(),
        );
    }
    let workspace = workspaces::find(tx, actor.workspace)?;
    give(
        &mut values,
        "workspace.name",
        workspace.map(|workspace| workspace.name).unwrap_or_default(),
    );
    give(&mut values, "today", t.date(t.now()));
    Ok(values)
}

/// The language of whoever asked, as far as the actor may see it.
///
/// # Errors
/// The database's.
pub(super) fn language(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: &Ticket,
) -> Result<Option<String>, ReplyError> {
    let Some(id) = ticket.contact.filter(|_| actor.may(Permission::ContactsRead)) else {
        return Ok(None);
    };
    let contact = contacts::find(tx, actor, id).map_err(of_contact)?;
    Ok(contact.and_then(|contact| contact.text.language))
}

fn contact(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket, values: &mut Values) -> Result<(), ReplyError> {
    let Some(id) = ticket.contact.filter(|_| actor.may(Permission::ContactsRead)) else {
        return Ok(());
    };
    let Some(contact) = contacts::find(tx, actor, id).map_err(of_contact)? else {
        return Ok(());
    };
    let known = identities::of(tx, actor, contact.root).map_err(of_contact)?;
    let address = known.into_iter().find(|one| one.kind == identities::Kind::Email);
    give(values, "contact.first_name", first(&contact.text.name));
    give(values, "contact.name", contact.text.name);
    give(
        values,
        "contact.email",
        address.map(|address| address.value).unwrap_or_default(),
    );
    Ok(())
}

fn account(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket, values: &mut Values) -> Result<(), ReplyError> {
    let Some(id) = ticket.account.filter(|_| actor.may(Permission::AccountsRead)) else {
        return Ok(());
    };
    let name = accounts::name(tx, actor.workspace, id)?;
    give(values, "account.name", name.unwrap_or_default());
    let tier = tiers::of(tx, actor.workspace, &[id])?
        .remove(&id)
        .and_then(|standing| standing.tier);
    give(
        values,
        "account.tier",
        tier.map(|tier| tier.text.name).unwrap_or_default(),
    );
    let span = assignment::of(tx, actor.workspace, &[id])?.remove(&id);
    give(
        values,
        "account.owner",
        span.map(|span| span.name).unwrap_or_default(),
    );
    Ok(())
}

fn of_contact(error: ContactError) -> ReplyError {
    match error {
        ContactError::Forbidden(missing) => missing.into(),
        ContactError::Db(error) => error.into(),
        _ => TicketError::NoContact.into(),
    }
}

fn first(name: &str) -> String {
    name.split_whitespace().next().unwrap_or_default().to_owned()
}

fn give(values: &mut Values, name: &'static str, value: String) {
    if !value.is_empty() {
        values.insert(name, value);
    }
}
