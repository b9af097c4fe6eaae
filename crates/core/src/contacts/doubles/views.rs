//! What the templates of doubles take.

use std::collections::HashMap;

use askama::Template;
use kit::i18n::Text;

use super::Double;
use crate::contacts::ContactId;

#[derive(Template)]
#[template(path = "contacts/views/doubles.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) doubles: Vec<Double>,
    pub(super) addresses: HashMap<ContactId, String>,
    pub(super) next: Option<String>,
    pub(super) is_first: bool,
    pub(super) may_write: bool,
}

impl ListPage<'_> {
    fn address(&self, contact: &ContactId) -> &str {
        self.addresses.get(contact).map_or("", String::as_str)
    }
}
