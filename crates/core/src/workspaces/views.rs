//! What the templates of workspaces take.

use askama::Template;
use kit::i18n::{Locale, Text};
use kit::web::{Choice, Filled};

/// The fields of a workspace, for any form that asks for them.
#[derive(Debug, Template)]
#[template(path = "workspaces/views/fields.html")]
pub struct WorkspaceFields<'a> {
    t: &'a Text,
    form: &'a Filled,
    locales: Vec<Choice>,
    zones: Vec<Choice>,
}

impl<'a> WorkspaceFields<'a> {
    /// The fields as `form` fills them: `name`, `locale`, `zone`.
    pub fn new(t: &'a Text, form: &'a Filled) -> Self {
        let locales = Locale::all().map(|locale| {
            Choice::new(locale.tag(), locale.own_name()).chosen_if(locale.tag() == form.value("locale"))
        });
        let zone = form.value("zone");
        let mut zones: Vec<Choice> = kit::clock::zones()
            .into_iter()
            .map(|name| Choice::new(&*name, name.replace('_', " ")).chosen_if(name == zone))
            .collect();
        if !zone.is_empty() && zones.iter().all(|choice| !choice.chosen) {
            zones.insert(0, Choice::new(zone, zone).chosen_if(true));
        }
        Self {
            t,
            form,
            locales: locales.collect(),
            zones,
        }
    }
}

#[derive(Template)]
#[template(path = "workspaces/views/workspace.html")]
pub(super) struct WorkspacePage<'a> {
    pub(super) t: &'a Text,
    pub(super) fields: WorkspaceFields<'a>,
    pub(super) version: i64,
    pub(super) whole: Option<String>,
    pub(super) may_write: bool,
}
