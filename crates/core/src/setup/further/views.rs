//! What the template takes.

use askama::Template;
use kit::i18n::Text;

use crate::workspaces::WorkspaceFields;

#[derive(Template)]
#[template(path = "setup/further/views/open.html")]
pub(super) struct OpenPage<'a> {
    pub(super) t: &'a Text,
    /// Why nothing was opened, where that is no field's; else empty.
    pub(super) wrong: String,
    pub(super) fields: WorkspaceFields<'a>,
}
