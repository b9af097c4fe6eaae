//! What the template takes.

use askama::Template;
use kit::i18n::Text;

use crate::workspaces::WorkspaceFields;

#[derive(Template)]
#[template(path = "setup/further/views/open.html")]
pub(super) struct OpenPage<'a> {
    pub(super) t: &'a Text,
    pub(super) fields: WorkspaceFields<'a>,
}
