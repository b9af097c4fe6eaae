//! What the template of the trail takes: entries with their changes in the reader's words.

use askama::Template;
use kit::i18n::Text;
use kit::web::Choice;
use serde_json::Value;

use super::web::Wishes;
use super::{Act, Record};
use crate::permissions::{Permission, Role};
use crate::webhooks::StopReason;

#[derive(Template)]
#[template(path = "audit/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) wishes: &'a Wishes,
    pub(super) who: Vec<Choice>,
    pub(super) acts: Vec<Choice>,
    pub(super) records: Vec<Record>,
    pub(super) next: Option<String>,
}

#[derive(Template)]
#[template(path = "audit/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
    wishes: &'a Wishes,
}

/// One fact before and after.
struct Change {
    name: String,
    before: String,
    after: String,
}

impl<'a> ListPage<'a> {
    pub(super) fn actions(&self) -> ListActions<'a> {
        ListActions {
            t: self.t,
            wishes: self.wishes,
        }
    }

    fn act(&self, record: &Record) -> String {
        match record.act.parse::<Act>() {
            Ok(act) => self.t.say(act.text()),
            Err(_) => record.act.clone(),
        }
    }

    fn subject<'r>(&self, record: &'r Record) -> &'r str {
        if record.subject_name.is_empty() {
            &record.subject
        } else {
            &record.subject_name
        }
    }

    fn changes(&self, record: &Record) -> Vec<Change> {
        let nothing = serde_json::Map::new();
        let before = record.before.as_object().unwrap_or(&nothing);
        let after = record.after.as_object().unwrap_or(&nothing);
        let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
        names.sort();
        names.dedup();
        let changed = names
            .into_iter()
            .filter(|name| before.get(*name) != after.get(*name));
        changed
            .map(|name| Change {
                name: named(self.t, name),
                before: before
                    .get(name)
                    .map(|value| shown(self.t, name, value))
                    .unwrap_or_default(),
                after: after
                    .get(name)
                    .map(|value| shown(self.t, name, value))
                    .unwrap_or_default(),
            })
            .collect()
    }
}

/// The names of facts, as people read them.
const FACTS: &[(&str, &str)] = &[
    ("address", "mailboxes-address"),
    ("agent", "audit-fact-agent"),
    ("algorithm", "dkim-algorithm"),
    ("domain", "dkim-domain"),
    ("email", "audit-fact-email"),
    ("expires_at", "audit-fact-expires"),
    ("folders", "mailboxes-folders"),
    ("holidays", "audit-fact-holidays"),
    ("host", "webhooks-host"),
    ("incoming", "mailboxes-incoming"),
    ("incoming_host", "mailboxes-host"),
    ("is_active", "audit-fact-active"),
    ("is_default", "mailboxes-default"),
    ("kinds", "webhooks-kinds"),
    ("locale", "audit-fact-locale"),
    ("mail_provider", "mailboxes-by"),
    ("members", "audit-fact-members"),
    ("name", "audit-fact-name"),
    ("outgoing", "mailboxes-outgoing"),
    ("outgoing_host", "mailboxes-host"),
    ("permissions", "audit-fact-permissions"),
    ("quotes_history", "outbox-quotes"),
    ("reason", "audit-fact-reason"),
    ("role", "audit-fact-role"),
    ("selector", "dkim-selector"),
    ("sender", "mailboxes-sender"),
    ("sessions_ended", "audit-fact-sessions"),
    ("signature", "mailboxes-signature"),
    ("signed_in_as", "mailboxes-sign-in-account"),
    ("team", "mailboxes-team"),
    ("trusted", "mailboxes-trusted"),
    ("undo_seconds", "outbox-undo-seconds"),
    ("week", "audit-fact-week"),
    ("what", "audit-fact-what"),
    ("zone", "audit-fact-zone"),
];

fn named(t: &Text, fact: &str) -> String {
    match FACTS.iter().find(|(name, _)| *name == fact) {
        Some((_, key)) => t.say(key),
        None => fact.replace('_', " "),
    }
}

fn shown(t: &Text, fact: &str, value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::Bool(true) => t.say("audit-yes"),
        Value::Bool(false) => t.say("audit-no"),
        Value::Number(number) => match number.as_i64() {
            Some(micros) if fact.ends_with("_at") => t.moment(kit::clock::Timestamp(micros)),
            Some(number) => t.number(number),
            None => number.to_string(),
        },
        Value::String(text) => match (fact, text.parse::<Role>(), text.parse::<Permission>()) {
            ("role", Ok(role), _) => t.say(role.text()),
            ("permissions", _, Ok(permission)) => t.say(&permission.text()),
            ("reason", ..) => {
                StopReason::parse(text).map_or_else(|| text.clone(), |reason| t.say(reason.text()))
            }
            _ => text.clone(),
        },
        Value::Array(list) if list.is_empty() => "–".to_owned(),
        Value::Array(list) => {
            let words: Vec<String> = list.iter().map(|value| shown(t, fact, value)).collect();
            words.join(", ")
        }
        Value::Object(_) => value.to_string(),
    }
}
