//! What the templates of bins take.

use askama::Template;
use kit::i18n::Text;

use super::super::Ticket;

#[derive(Template)]
#[template(path = "tickets/bins/views/form.html")]
pub(super) struct BinPage<'a> {
    pub(super) t: &'a Text,
    pub(super) ticket: &'a Ticket,
    /// The list from which it was opened; empty for none.
    pub(super) view: &'a str,
    /// Whose further mail could be held back, where whoever looks may do that.
    pub(super) writer: Option<String>,
    pub(super) may_delete: bool,
}
