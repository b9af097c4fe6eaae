//! What retention reads of the ledger: roll-ups for the numbers, movements for the accounts behind them.

mod store;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::money::Currency;

use super::{AccountMovement, Basis, Flow, Kind, Movement, store as rollups};
use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

/// What moved in the months before `until`, by month, currency and kind.
pub(crate) fn months_by_kind(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    until: Day,
) -> Result<Vec<(Day, Currency, Kind, i64)>, DbError> {
    rollups::months_by_kind(tx, workspace, until)
}

/// How many accounts of a basis came and went: those of the months of `span`, both included, in months before `until`.
pub(crate) fn account_flows(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    basis: Basis,
    span: (Day, Day),
    until: Day,
) -> Result<Vec<Flow>, DbError> {
    rollups::account_flows(tx, workspace, basis, span, until)
}

/// What the accounts of a basis brought more or less; otherwise as [`account_flows`].
pub(crate) fn revenue_flows(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    basis: Basis,
    span: (Day, Day),
    until: Day,
) -> Result<Vec<Flow>, DbError> {
    rollups::revenue_flows(tx, workspace, basis, span, until)
}

/// How many accounts were active at the end of the month before `until`.
pub(crate) fn accounts_before(tx: &mut Tx<'_>, workspace: WorkspaceId, until: Day) -> Result<i64, DbError> {
    rollups::accounts_before(tx, workspace, until)
}

/// A page of the movements of one kind on days from the first of `span` on and before the second: after which one, and
/// how many at most.
pub(crate) fn moved(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    kind: Kind,
    span: (Day, Day),
    page: (Option<(Day, AccountId, Currency)>, i64),
) -> Result<Vec<AccountMovement>, DbError> {
    store::moved(tx, workspace, kind, span, page)
}

/// A page of the accounts that were active on the eve of the first day of `span`; with `only_lost` those alone that are
/// not on the eve of the second.
pub(crate) fn active(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    span: (Day, Day),
    only_lost: bool,
    page: (Option<AccountId>, i64),
) -> Result<Vec<(AccountId, String)>, DbError> {
    store::active(tx, workspace, span, only_lost, page)
}

/// A page of the accounts that first came on days from the first of `span` on and before the second; with a day for
/// `still` those alone that were active on its eve.
pub(crate) fn came(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    span: (Day, Day),
    still: Option<Day>,
    page: (Option<AccountId>, i64),
) -> Result<Vec<(AccountId, String)>, DbError> {
    store::came(tx, workspace, span, still, page)
}

/// The movements before `until` of the accounts that ever had several currencies, account by account, each in the order of
/// days.
pub(crate) fn mixed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    until: Day,
) -> Result<Vec<(AccountId, Movement)>, DbError> {
    store::mixed(tx, workspace, until)
}
