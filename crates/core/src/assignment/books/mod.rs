//! Books of business: what each agent looks after, and what nobody does.

mod store;
pub mod web;

use kit::db::Tx;
use kit::i18n::Text;

use super::views::Entry;
use super::{AssignmentError, book};
use crate::accounts::{AccountId, Cursor};
use crate::actor::Actor;
use crate::agents::AgentId;
use crate::permissions::Permission;
use crate::tiers::service::TouchModel;
use crate::{stages, tiers, worth};

/// Accounts on one page.
const PAGE: usize = 50;

/// A page of a book, in the words of `t`, and where the next one begins.
fn part(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    (whose, touch): (Option<AgentId>, Option<TouchModel>),
    after: Option<&Cursor>,
) -> Result<(Vec<Entry>, Option<String>), AssignmentError> {
    let limit = i64::try_from(PAGE + 1).expect("a page is small");
    actor.must(Permission::AccountsRead)?;
    let mut found = match touch {
        Some(touch) => store::book(tx, actor.workspace, (whose, touch), after, limit)?,
        None => book(tx, actor, whose, after, limit)?,
    };
    let has_more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| has_more).map(|(id, name)| {
        let cursor = Cursor {
            name: kit::text::fold(name),
            id: *id,
        };
        cursor.encode()
    });
    let ids: Vec<AccountId> = found.iter().map(|(id, _)| *id).collect();
    let workspace = actor.workspace;
    let mut on_stages = stages::now(tx, workspace, &ids)?;
    let mut on_tiers = tiers::of(tx, workspace, &ids)?;
    let mut services = tiers::service::of(tx, workspace, &ids)?;
    let mut worths = worth::of(tx, workspace, &ids)?;
    let entry = |(account, name): (AccountId, String)| {
        let worth = worths
            .remove(&account)
            .filter(|_| actor.may(Permission::MoneyRead));
        Entry {
            stage: on_stages.remove(&account),
            touch: services.remove(&account).map(|service| service.model),
            tier: on_tiers.remove(&account).and_then(|standing| standing.tier),
            mrr: worth
                .as_ref()
                .map(|worth| t.money_whole(worth.mrr, worth.currency.code())),
            renews: worth.and_then(|worth| worth.renews).map(|day| t.day(day)),
            account,
            name,
        }
    };
    Ok((found.into_iter().map(entry).collect(), next))
}
