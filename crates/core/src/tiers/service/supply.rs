//! The touch model, for segments.

use kit::db::{DbError, Tx};

use super::TouchModel;
use crate::accounts::AccountId;
use crate::permissions::Permission;
use crate::segments::{Choices, Found, Supplier};
use crate::workspaces::WorkspaceId;

/// How an account is looked after.
pub const MODEL: Choices = Choices {
    name: "tiers.touch_model",
    text: "service-model",
    needs: Permission::AccountsRead,
    words: &[
        (TouchModel::SelfService.as_str(), TouchModel::SelfService.text()),
        (TouchModel::TechTouch.as_str(), TouchModel::TechTouch.text()),
        (TouchModel::HighTouch.as_str(), TouchModel::HighTouch.text()),
    ],
};

/// The touch model of accounts, where their tiers say one.
pub const SUPPLIER: Supplier = Supplier {
    metrics: &[],
    choices: &[&MODEL],
    read,
};

fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, &'static str, Found)>, DbError> {
    let found = super::of(tx, workspace, accounts)?.into_iter();
    Ok(found
        .map(|(account, service)| (account, MODEL.name, Found::Word(service.model.as_str())))
        .collect())
}
