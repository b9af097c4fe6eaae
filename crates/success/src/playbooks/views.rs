//! What the templates of playbooks take.

use std::collections::BTreeMap;

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::web::Filled;

use super::offered::Offered;
use super::preview::{Preview, Shown};
use super::{Playbook, PlaybookId, Status};

mod editor;

/// The name in a signature.
pub(super) fn by(t: &Text, signature: &str) -> String {
    match signature.split_once(' ') {
        Some(("system:", _)) => t.say("tasks-by-itself"),
        Some((_, name)) => name.to_owned(),
        None => signature.to_owned(),
    }
}

#[derive(Template)]
#[template(path = "playbooks/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) playbooks: Vec<Playbook>,
    pub(super) tallies: BTreeMap<(PlaybookId, String), i64>,
    pub(super) may_write: bool,
}

impl ListPage<'_> {
    fn count(&self, playbook: &Playbook, state: &str) -> String {
        let count = self.tallies.get(&(playbook.id, state.to_owned())).copied();
        match count.unwrap_or_default() {
            0 => "–".to_owned(),
            count => self.t.number(count),
        }
    }
}

#[derive(Template)]
#[template(path = "playbooks/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

#[derive(Template)]
#[template(path = "playbooks/views/playbook_actions.html")]
pub(super) struct PlaybookActions<'a> {
    pub(super) t: &'a Text,
    pub(super) playbook: &'a Playbook,
    pub(super) may_write: bool,
}

impl PlaybookActions<'_> {
    fn is_active(&self) -> bool {
        self.playbook.status == Status::Active
    }

    /// Whether there is something that is not in force.
    fn may_publish(&self) -> bool {
        !self.is_active() || self.playbook.published != Some(self.playbook.version)
    }

    fn is_removed(&self) -> bool {
        self.playbook.status == Status::Removed
    }
}

/// A version for the list of all.
pub(super) struct Version {
    pub(super) number: i64,
    pub(super) at: Timestamp,
    pub(super) by: String,
    pub(super) is_in_force: bool,
}

impl Version {
    fn is_first(&self) -> bool {
        self.number == 1
    }
}

#[derive(Template)]
#[template(path = "playbooks/views/playbook.html")]
pub(super) struct EditorPage<'a> {
    pub(super) t: &'a Text,
    pub(super) playbook: Option<&'a Playbook>,
    pub(super) form: &'a Filled,
    pub(super) versions: Vec<Version>,
    pub(super) offered: Offered,
    pub(super) conflict: Option<String>,
    pub(super) may_write: bool,
}

/// What a kind of step is called.
pub(super) fn kind_text(kind: &str) -> &'static str {
    match kind {
        "wait" => "playbooks-step-wait",
        "await" => "playbooks-step-await",
        "branch" => "playbooks-step-branch",
        "tag" => "playbooks-step-tag",
        "note" => "playbooks-step-note",
        "signal" => "playbooks-step-signal",
        "mail" => "playbooks-step-mail",
        "webhook" => "playbooks-step-webhook",
        "set" => "playbooks-step-set",
        _ => "playbooks-step-task",
    }
}

/// Why somebody was not written to, by the word of it.
pub(super) fn hindrance_text(word: &str) -> &'static str {
    match word {
        "no_way" => "playbooks-hindrance-no-way",
        "no_address" => "playbooks-hindrance-no-address",
        "suppressed" => "playbooks-hindrance-suppressed",
        "too_many" => "playbooks-hindrance-too-many",
        _ => "playbooks-hindrance-missing",
    }
}

#[derive(Template)]
#[template(path = "playbooks/views/preview.html")]
pub(super) struct PreviewPage<'a> {
    pub(super) t: &'a Text,
    pub(super) action: String,
    /// What stands in the field for the account.
    pub(super) asked: String,
    pub(super) preview: Preview,
    /// Why each can't be written to.
    pub(super) hindered: Vec<Option<String>>,
}

impl PreviewPage<'_> {
    fn pairs(&self) -> Vec<(&Shown, &Option<String>)> {
        self.preview.mails.iter().zip(&self.hindered).collect()
    }

    fn said<'s>(&self, mail: &'s Shown) -> Option<(&'s str, &'s str)> {
        let said = mail.said.as_ref().ok();
        said.map(|(subject, words)| (subject.as_str(), words.as_str()))
    }

    fn missing(&self, mail: &Shown) -> String {
        let missing = mail.said.as_ref().err();
        missing.map(|names| names.join(", ")).unwrap_or_default()
    }
}
