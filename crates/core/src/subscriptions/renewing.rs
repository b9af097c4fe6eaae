//! Terms: renewing one, taking that back, and what happens by itself when one is over.

use kit::day::Day;
use kit::db::Tx;

use super::{
    End, EndReason, RENEWED, Renewal, RenewalTerms, Subscription, SubscriptionError, SubscriptionId,
    UNRENEWED, keep, known, store, term_after,
};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::workspaces::{self, WorkspaceId};

/// How many subscriptions one run moves on.
const BATCH: i64 = 200;

impl RenewalTerms {
    /// The terms with their day, for a subscription from `starts` on that renews on `day` so far; a new one that goes on
    /// by itself is in the term of `today`.
    pub(super) fn agreed(&self, starts: Day, day: Day, today: Day) -> Result<Renewal, SubscriptionError> {
        if !(1..=120).contains(&self.term_months) {
            return Err(SubscriptionError::BadTerm);
        }
        if !(0..=365).contains(&self.notice_days) {
            return Err(SubscriptionError::BadNotice);
        }
        let day = match self.day {
            Some(day) => day,
            None if day > starts => day,
            None if self.is_automatic => term_after(starts, self.term_months, today.max(starts)),
            None => term_after(starts, self.term_months, starts),
        };
        if day <= starts {
            return Err(SubscriptionError::RenewsTooEarly);
        }
        Ok(Renewal {
            term_months: self.term_months,
            notice_days: self.notice_days,
            is_automatic: self.is_automatic,
            day,
        })
    }
}

impl Subscription {
    /// The end of the term after the present one: counted from the first day when the present one is.
    fn next_term(&self) -> Day {
        let Renewal { term_months, day, .. } = self.renewal;
        if term_after(self.starts, term_months, day.plus_days(-1)) == day {
            term_after(self.starts, term_months, day)
        } else {
            day.plus_months(term_months)
        }
    }

    /// Moves the renewal behind `today`.
    pub(super) fn go_on_past(&mut self, today: Day) {
        while self.renewal.day <= today {
            self.renewal.day = self.next_term();
        }
    }

    /// The end of the term before the present one, which is the first day when there was none.
    fn term_before(&self) -> Day {
        let Renewal { term_months, day, .. } = self.renewal;
        let mut before = self.starts;
        while term_after(self.starts, term_months, before) < day {
            before = term_after(self.starts, term_months, before);
        }
        if term_after(self.starts, term_months, before) == day {
            before
        } else {
            day.plus_months(-term_months).max(self.starts)
        }
    }
}

/// Lets a subscription go on for another term.
///
/// # Errors
/// [`SubscriptionError::Ends`] when it has an end; that is taken back first.
pub fn renew(tx: &mut Tx<'_>, actor: &Actor, id: SubscriptionId) -> Result<Subscription, SubscriptionError> {
    actor.must(Permission::MoneyWrite)?;
    let mut subscription = known(tx, actor, id)?;
    if let Some(end) = &subscription.end {
        return Err(SubscriptionError::Ends(end.day));
    }
    subscription.renewal.day = subscription.next_term();
    keep(tx, actor, &RENEWED, &mut subscription)?;
    Ok(subscription)
}

/// Takes the last renewal back; the first term stays.
///
/// # Errors
/// As of [`renew`].
pub fn unrenew(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: SubscriptionId,
) -> Result<Subscription, SubscriptionError> {
    actor.must(Permission::MoneyWrite)?;
    let mut subscription = known(tx, actor, id)?;
    let before = subscription.term_before();
    if before > subscription.starts {
        subscription.renewal.day = before;
        keep(tx, actor, &UNRENEWED, &mut subscription)?;
    }
    Ok(subscription)
}

/// Moves on what is over in `workspace`: a subscription that goes on by itself renews, another one ends. Gives how many
/// there were; more may wait.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<usize, SubscriptionError> {
    let actor = Actor::system(workspace, "terms");
    let today = workspaces::today(tx, workspace)?;
    let over = store::over(tx, workspace, today, BATCH)?;
    for id in &over {
        let mut subscription = known(tx, &actor, *id)?;
        if subscription.renewal.is_automatic {
            subscription.go_on_past(today);
            keep(tx, &actor, &RENEWED, &mut subscription)?;
        } else {
            subscription.end = Some(End {
                day: subscription.renewal.day,
                reason: EndReason::NotRenewed,
                by: actor.signature(),
                at: tx.now(),
            });
            keep(tx, &actor, &super::ENDED, &mut subscription)?;
        }
    }
    Ok(over.len())
}
