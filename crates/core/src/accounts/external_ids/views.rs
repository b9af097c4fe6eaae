//! What the template of external ids takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::Filled;

use super::ExternalId;
use crate::accounts::AccountId;

#[derive(Template)]
#[template(path = "accounts/views/external_ids.html")]
pub(super) struct ExternalIdsPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) account: AccountId,
    pub(super) known: Vec<ExternalId>,
    pub(super) form: &'a Filled,
    pub(super) may_write: bool,
}
