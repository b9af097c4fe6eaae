//! The list of accounts as programs filter and sort it.

use http::StatusCode;
use kit::db::Tx;
use kit::web::Failure;
use kit::web::api::{Limit, cursor};
use kit::web::table::Sort;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Wishes, found};
use crate::accounts::external_ids;
use crate::accounts::listing::{Spot, TABLE, sorted};
use crate::accounts::{Account, AccountError, AccountId, AccountKind, Cursor, LIST, heading};
use crate::actor::Actor;
use crate::agents::AgentId;
use crate::ladders::RungId;
use crate::permissions::Permission;
use crate::segments::SegmentId;
use crate::tags::TagId;
use crate::tiers::service::TouchModel;

/// Open accounts or closed ones.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AccountState")]
pub enum AccountState {
    /// Those that are open.
    Open,
    /// Those that are closed.
    Closed,
}

/// Which accounts, in which order, where to go on in the list, and how far. Filters can be put together; an account passes all.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountsQuery {
    /// The system that calls the account `external_id`.
    source: Option<String>,
    /// What `source` calls the account: the list has this account alone, or nothing.
    external_id: Option<String>,
    /// The segment that the accounts are in.
    segment: Option<SegmentId>,
    /// A part of the name.
    q: Option<String>,
    /// Who looks after them: an agent's id, `me`, or `none` for those that nobody looks after.
    owner: Option<String>,
    /// The tier they have.
    tier: Option<RungId>,
    /// How they are looked after, as their tier says.
    touch: Option<TouchModel>,
    /// The stage they are on.
    stage: Option<RungId>,
    /// A tag they have.
    tag: Option<TagId>,
    /// Companies or persons.
    kind: Option<AccountKind>,
    /// Open or closed.
    state: Option<AccountState>,
    /// The first of their subscriptions renews within so many days; for those who may see money.
    #[schemars(range(min = 0, max = 3650))]
    renews_within: Option<i64>,
    /// `name`, `arr`, `changed` or `created`, with `-` before it the other way round; by name unless told. The order by `arr`
    /// is for those who may see money.
    sort: Option<String>,
    /// The cursor of the part before: its `next`. It belongs to the filters and the order with which it was given.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// A part of the list, and the cursor of the next one.
pub(in crate::accounts) type Part = (Vec<Account>, Option<String>);

impl AccountsQuery {
    /// The part of the list that is asked for.
    pub(in crate::accounts) fn part(&self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Part, Failure> {
        if let Some((source, value)) = self.source.as_deref().zip(self.external_id.as_deref()) {
            let found = external_ids::account_of(tx, actor, source, value)?;
            return Ok((found.into_iter().collect(), None));
        }
        let (wishes, sort) = (self.wishes()?, self.sort(actor)?);
        let spot = self.spot(sort)?;
        let place = (sort, spot.as_ref());
        let rows = self.limit.and_one();
        let found = if wishes.is_empty() {
            sorted(tx, actor, sort, place.1, rows)
        } else {
            found(tx, actor, &wishes, place, rows)
        };
        let mut accounts = match found {
            // Nothing is in a segment that is none, or not for the actor's eyes.
            Err(AccountError::Unknown) => Vec::new(),
            found => found?,
        };
        let page = usize::try_from(self.limit.rows()).expect("a limit is small");
        let has_more = accounts.len() > page;
        accounts.truncate(page);
        let next = match accounts.last().filter(|_| has_more) {
            Some(last) => Some(next(tx, actor, last, sort)?),
            None => None,
        };
        Ok((accounts, next))
    }

    fn wishes(&self) -> Result<Wishes, Failure> {
        let bad = |name: &str, reason: &str| Failure::of(StatusCode::BAD_REQUEST).parameter(name, reason);
        let owner = self.owner.clone().unwrap_or_default();
        if !matches!(owner.as_str(), "" | "me" | "none") && owner.parse::<AgentId>().is_err() {
            return Err(bad("owner", "an owner is an agent's id, me or none"));
        }
        if self
            .renews_within
            .is_some_and(|days| !(0..=3_650).contains(&days))
        {
            return Err(bad("renews_within", "days are a number from 0 to 3650"));
        }
        Ok(Wishes {
            q: self.q.clone().unwrap_or_default(),
            owner,
            tier: self.tier.map(|id| id.to_string()).unwrap_or_default(),
            touch: self
                .touch
                .map(|model| model.as_str().to_owned())
                .unwrap_or_default(),
            stage: self.stage.map(|id| id.to_string()).unwrap_or_default(),
            tag: self.tag.map(|id| id.to_string()).unwrap_or_default(),
            kind: self.kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
            state: match self.state {
                None => String::new(),
                Some(AccountState::Open) => "open".to_owned(),
                Some(AccountState::Closed) => "closed".to_owned(),
            },
            renews: self
                .renews_within
                .map(|days| days.to_string())
                .unwrap_or_default(),
            segment: self.segment.map(|id| id.to_string()).unwrap_or_default(),
        })
    }

    fn sort(&self, actor: &Actor) -> Result<Sort, Failure> {
        let Some(word) = &self.sort else {
            return Ok(TABLE.sort);
        };
        let sort = TABLE.sort_of(word).ok_or_else(|| {
            let reason = "a list is sorted by name, arr, changed or created";
            Failure::of(StatusCode::BAD_REQUEST).parameter("sort", reason)
        })?;
        if sort.by == "arr" {
            actor.must(Permission::MoneyRead).map_err(AccountError::from)?;
        }
        Ok(sort)
    }

    /// Where to go on; a cursor of another order is none.
    fn spot(&self, sort: Sort) -> Result<Option<Spot>, Failure> {
        if sort == TABLE.sort {
            let from: Option<Cursor> = cursor::wanted(LIST, self.after.as_deref())?;
            return Ok(from.as_ref().map(Spot::by_name));
        }
        let spot: Option<Spot> = cursor::wanted(TABLE.name, self.after.as_deref())?;
        if spot.as_ref().is_some_and(|spot| spot.sort != sort.word()) {
            let reason = "the cursor belongs to another order";
            return Err(Failure::of(StatusCode::BAD_REQUEST).parameter("after", reason));
        }
        Ok(spot)
    }
}

/// The cursor of what comes after an account.
fn next(tx: &mut Tx<'_>, actor: &Actor, last: &Account, sort: Sort) -> Result<String, Failure> {
    if sort == TABLE.sort {
        return Ok(last.cursor().encode());
    }
    let ids: [AccountId; 1] = [last.id];
    let headings = heading::of(tx, actor, &ids)?;
    let worth = headings.get(&last.id).and_then(|heading| heading.worth.as_ref());
    Ok(Spot::at(last, sort, worth.map(|worth| worth.arr)).encode())
}
