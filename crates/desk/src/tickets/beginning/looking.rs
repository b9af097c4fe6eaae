//! Who asks and for which account, as a form says it: chosen from a list, or typed. What fits several is asked back.

use kit::db::Tx;
use kit::web::Sent;
use serde::Serialize;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;

use super::super::TicketError;
use super::super::opening::of_contact;
use super::{Requester, reading};
use crate::askers::{self, Candidate};

/// How many accounts are offered.
const MOST: i64 = 8;

/// An account that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountCandidate {
    /// Which.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// What tells it from others of the name: its website, or since when it is there.
    pub note: String,
}

/// What was typed and may be several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unclear {
    pub(super) people: Vec<Candidate>,
    pub(super) accounts: Vec<AccountCandidate>,
}

impl Unclear {
    pub(super) fn is_clear(&self) -> bool {
        self.people.is_empty() && self.accounts.is_empty()
    }
}

/// Who asks: a contact, an address that may be new, or nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asker {
    pub(super) contact: Option<ContactId>,
    pub(super) requester: Option<Requester>,
}

/// Accounts whose names begin as it was typed.
///
/// # Errors
/// A missing permission, or the database's.
pub(super) fn accounts(
    tx: &mut Tx<'_>,
    actor: &Actor,
    typed: &str,
) -> Result<Vec<AccountCandidate>, TicketError> {
    let found = accounts::named(tx, actor, typed, MOST).map_err(|_| TicketError::NoAccount)?;
    let candidate = |account: accounts::Account| AccountCandidate {
        note: account.website.unwrap_or_else(|| account.id.to_string()),
        id: account.id,
        name: account.name,
    };
    Ok(found.into_iter().map(candidate).collect())
}

/// Who asks, of the fields `contact` (chosen), `address` (typed) and `name`.
pub(super) fn asker(
    tx: &mut Tx<'_>,
    actor: &Actor,
    sent: &Sent,
    unclear: &mut Unclear,
) -> Result<Asker, TicketError> {
    if let Some(id) = sent.given("contact") {
        let contact = Some(id.parse().map_err(|_| TicketError::NoContact)?);
        return Ok(Asker {
            contact,
            ..Asker::default()
        });
    }
    let Some(typed) = sent.given("address") else {
        return Ok(Asker::default());
    };
    if let Some((address, name)) = reading::named(typed) {
        let name = sent.given("name").map_or(name, str::to_owned);
        return Ok(Asker {
            requester: Some(Requester { address, name }),
            contact: None,
        });
    }
    let mut found = askers::candidates(tx, actor, typed).map_err(of_contact)?;
    match found.len() {
        0 => Err(TicketError::NoContact),
        1 => Ok(Asker {
            contact: found.pop().map(|one| one.id),
            requester: None,
        }),
        _ => {
            unclear.people = found;
            Ok(Asker::default())
        }
    }
}

/// The account, of the fields `account_id` (chosen) and `account` (typed).
pub(super) fn account(
    tx: &mut Tx<'_>,
    actor: &Actor,
    sent: &Sent,
    unclear: &mut Unclear,
) -> Result<Option<AccountId>, TicketError> {
    if let Some(id) = sent.given("account_id") {
        return Ok(Some(id.parse().map_err(|_| TicketError::NoAccount)?));
    }
    let Some(typed) = sent.given("account") else {
        return Ok(None);
    };
    let found = accounts(tx, actor, typed)?;
    match &found[..] {
        [] => Err(TicketError::NoAccount),
        [one] => Ok(Some(one.id)),
        _ => {
            unclear.accounts = found;
            Ok(None)
        }
    }
}
