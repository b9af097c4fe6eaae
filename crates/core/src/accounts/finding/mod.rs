//! Finding accounts: the list as somebody filters it, and the same as a file.

pub mod export;
pub mod query;
mod reading;
mod store;

use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use kit::text::fold;
use kit::web::address;
use kit::web::table::Sort;
use serde::Deserialize;

use super::listing::{Spot, allowed};
use super::{Account, AccountError, AccountKind};
use crate::actor::Actor;
use crate::agents::AgentId;
use crate::ladders::RungId;
use crate::permissions::Permission;
use crate::segments::{self, SegmentError, SegmentId};
use crate::tags::TagId;
use crate::tiers::service::TouchModel;
use crate::workspaces;

/// What an address asks of the list; what is empty, asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Wishes {
    /// A part of the name.
    pub q: String,
    /// `me`, `none`, or an agent's id.
    pub owner: String,
    /// A tier's id.
    pub tier: String,
    /// How they are looked after: the word of a touch model.
    pub touch: String,
    /// A stage's id.
    pub stage: String,
    /// A tag's id.
    pub tag: String,
    /// `company` or `person`.
    pub kind: String,
    /// `open` or `closed`.
    pub state: String,
    /// Renews within so many days.
    pub renews: String,
    /// A segment's id.
    pub segment: String,
}

/// What is asked, with ids and days.
#[derive(Clone, Debug)]
struct Asked {
    like: String,
    kind: String,
    tier: Uuid,
    touch: String,
    stage: Uuid,
    tag: Uuid,
    owner: Uuid,
    is_unowned: bool,
    state: String,
    renews_until: String,
    segment: Uuid,
}

/// What every name is like.
const ANY_NAME: &str = "%%";

impl Asked {
    /// Whether every account passes.
    fn is_nothing(&self) -> bool {
        let is_any = [self.tier, self.stage, self.tag, self.owner, self.segment]
            .iter()
            .all(Uuid::is_nil);
        let is_blank = [&self.kind, &self.state, &self.renews_until, &self.touch]
            .iter()
            .all(|text| text.is_empty());
        is_any && is_blank && !self.is_unowned && self.like == ANY_NAME
    }
}

impl Wishes {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.pairs().iter().all(|(_, value)| value.is_empty())
    }

    /// The pairs of the address.
    pub fn pairs(&self) -> [(&'static str, &str); 10] {
        [
            ("q", &self.q),
            ("owner", &self.owner),
            ("tier", &self.tier),
            ("touch", &self.touch),
            ("stage", &self.stage),
            ("tag", &self.tag),
            ("kind", &self.kind),
            ("state", &self.state),
            ("renews", &self.renews),
            ("segment", &self.segment),
        ]
    }

    /// `path`, which may ask something already, with what is asked of the list.
    pub fn on(&self, path: &str) -> String {
        let own = address("", &self.pairs());
        match own.strip_prefix('?') {
            Some(own) if path.contains('?') => format!("{path}&{own}"),
            Some(own) => format!("{path}?{own}"),
            None => path.to_owned(),
        }
    }

    fn asked(&self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Asked, AccountError> {
        fn id<T: TypedId + std::str::FromStr>(text: &str) -> Uuid {
            text.parse::<T>().map_or(Uuid::nil(), |id| id.uuid())
        }
        let plain: String = fold(self.q.trim())
            .chars()
            .map(|c| if "%_\\".contains(c) { '_' } else { c })
            .collect();
        if !self.renews.trim().is_empty() {
            actor.must(Permission::MoneyRead)?;
        }
        let days: Option<i64> = self
            .renews
            .trim()
            .parse()
            .ok()
            .filter(|days| (0..=3_650).contains(days));
        let until = match days {
            Some(days) => workspaces::today(tx, actor.workspace)?
                .plus_days(days)
                .to_string(),
            None => String::new(),
        };
        let owner = match self.owner.as_str() {
            "me" => actor.agent().map_or(Uuid::nil(), |agent| agent.uuid()),
            owner => id::<AgentId>(owner),
        };
        let segment = match self.segment.parse::<SegmentId>() {
            Ok(id) => segments::open(tx, actor, id).map_err(of_segment)?.id.uuid(),
            Err(_) => Uuid::nil(),
        };
        Ok(Asked {
            segment,
            like: format!("%{plain}%"),
            kind: AccountKind::named(&self.kind)
                .map(AccountKind::as_str)
                .unwrap_or_default()
                .to_owned(),
            tier: id::<RungId>(&self.tier),
            touch: TouchModel::named(&self.touch)
                .map(TouchModel::as_str)
                .unwrap_or_default()
                .to_owned(),
            stage: id::<RungId>(&self.stage),
            tag: id::<TagId>(&self.tag),
            owner,
            is_unowned: self.owner == "none",
            state: self.state.clone(),
            renews_until: until,
        })
    }
}

/// A segment that is not there, or none of the actor's, is as little found as an account.
fn of_segment(error: SegmentError) -> AccountError {
    match error {
        SegmentError::Forbidden(missing) => missing.into(),
        SegmentError::Db(error) => error.into(),
        _ => AccountError::Unknown,
    }
}

/// Up to `limit` accounts as they are asked for, sorted by `sort`, from `spot` on.
///
/// # Errors
/// [`AccountError::Forbidden`], for when it renews too; or the database's.
pub fn found(
    tx: &mut Tx<'_>,
    actor: &Actor,
    wishes: &Wishes,
    (sort, spot): (Sort, Option<&Spot>),
    limit: i64,
) -> Result<Vec<Account>, AccountError> {
    actor.must(Permission::AccountsRead)?;
    let asked = wishes.asked(tx, actor)?;
    let sort = allowed(actor, sort);
    let spot = spot.filter(|spot| spot.sort == sort.word());
    Ok(reading::read(tx, actor.workspace, &asked, (sort, spot), limit)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_is_asked() {
        let wishes = Wishes {
            q: "a&b".to_owned(),
            state: "open".to_owned(),
            ..Wishes::default()
        };
        assert_eq!(wishes.on("/accounts"), "/accounts?q=a%26b&state=open");
        assert_eq!(
            wishes.on("/accounts?sort=name"),
            "/accounts?sort=name&q=a%26b&state=open"
        );
        assert_eq!(Wishes::default().on("/accounts"), "/accounts");
        assert!(Wishes::default().is_empty() && !wishes.is_empty());
    }
}
