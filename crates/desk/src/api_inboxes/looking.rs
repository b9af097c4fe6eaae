//! What the page of an API inbox shows: how it stands, what came, and what became of its answers.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::Tx;
use kit::i18n::Text;
use tandem_core::actor::Actor;
use tandem_core::teams;
use tandem_core::webhooks::{Webhook, lines};

use super::views::Row;
use super::{ADDRESS, Answer, ApiInbox, ApiInboxError, ApiInboxId, Standing, carrying, marks, store};
use crate::tickets::{self, MessageId};

/// Answers on one page of the log.
const PAGE: i64 = 50;
/// Over which time messages are counted.
pub(super) const COUNTED: Duration = Duration::from_secs(30 * 86_400);

/// What the page of an inbox shows.
pub(super) struct Seen {
    pub(super) inbox: ApiInbox,
    pub(super) line: Webhook,
    pub(super) team: String,
    pub(super) traffic: (i64, Option<Timestamp>),
    pub(super) log: Vec<Row>,
    pub(super) next: Option<String>,
}

/// Reads it.
pub(super) fn look(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    (id, before): (ApiInboxId, Option<MessageId>),
) -> Result<Seen, ApiInboxError> {
    let (inbox, line) = super::known(tx, actor, id)?;
    let all = teams::all(tx, actor.workspace)?;
    let team = all.into_iter().find(|team| Some(team.id) == inbox.text.team);
    let since = tx.now().minus(COUNTED);
    let mut answers = carrying::list(tx, actor, (id, before), PAGE + 1)?;
    let has_more = answers.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    answers.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = answers.last().filter(|_| has_more);
    let next = next.map(|last| format!("{ADDRESS}/{id}?after={}", last.message));
    let mut log = Vec::with_capacity(answers.len());
    for answer in answers {
        log.push(row(tx, actor, t, answer)?);
    }
    Ok(Seen {
        traffic: store::traffic(tx, actor.workspace, id, since)?,
        team: team.map(|team| team.name).unwrap_or_default(),
        inbox,
        line,
        log,
        next,
    })
}

/// A few look-ups by key for each of a page.
fn row(tx: &mut Tx<'_>, actor: &Actor, t: &Text, answer: Answer) -> Result<Row, ApiInboxError> {
    let ticket = tickets::with_id(tx, actor.workspace, answer.ticket)?;
    let is_open = matches!(answer.standing(), Standing::Waiting | Standing::Failed);
    let known = if is_open {
        lines::standing(tx, actor.workspace, answer.delivery)?
    } else {
        None
    };
    let newest = known.and_then(|(_, newest)| newest);
    Ok(Row {
        said: marks::sentence(t, &answer, newest.as_ref()),
        number: ticket.map_or(0, |ticket| ticket.number),
        answer,
    })
}
