//! What the templates of webhooks take.

use std::sync::Arc;

use askama::Template;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::Tab;

use super::deliveries::{Attempt, Delivery, DeliveryState};
use super::web::ADDRESS;
use super::{StopReason, Webhook, WebhookText};
use crate::events::Wiring;

#[derive(Template)]
#[template(path = "webhooks/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) webhooks: Vec<Webhook>,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "webhooks/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
}

impl ListPage<'_> {
    pub(super) fn actions(&self) -> ListActions<'_> {
        ListActions { t: self.t }
    }

    fn state(&self, webhook: &Webhook) -> State {
        State::of(webhook)
    }

    fn kinds(&self, webhook: &Webhook) -> String {
        self.t
            .number(i64::try_from(webhook.kinds.len()).unwrap_or(i64::MAX))
    }
}

#[derive(Template)]
#[template(path = "webhooks/views/switched_off.html")]
pub(super) struct SwitchedOffPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) webhooks: Vec<Webhook>,
}

impl SwitchedOffPanel<'_> {
    fn state(&self, webhook: &Webhook) -> State {
        State::of(webhook)
    }
}

/// How a webhook stands, as a badge shows it.
struct State {
    tone: &'static str,
    icon: &'static str,
    word: &'static str,
}

impl State {
    fn of(webhook: &Webhook) -> Self {
        let (tone, icon, word) = match (&webhook.stop, webhook.failing_since) {
            (Some(stop), _) => match stop.reason {
                StopReason::Asked => ("", "ban", "webhooks-state-off"),
                StopReason::Failing | StopReason::Gone => ("bad", "circle-x", "webhooks-state-switched-off"),
            },
            (None, Some(_)) => ("warn", "triangle-alert", "webhooks-state-failing"),
            (None, None) => ("good", "circle-check", "webhooks-state-on"),
        };
        Self { tone, icon, word }
    }
}

#[derive(Template)]
#[template(path = "webhooks/views/webhook.html")]
pub(super) struct WebhookPage<'a> {
    pub(super) t: &'a Text,
    pub(super) webhook: &'a Webhook,
    pub(super) tabs: Vec<Tab>,
    pub(super) log: Vec<Delivery>,
    pub(super) next: Option<String>,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "webhooks/views/webhook_actions.html")]
pub(super) struct WebhookActions<'a> {
    t: &'a Text,
    webhook: &'a Webhook,
}

impl WebhookPage<'_> {
    pub(super) fn actions(&self) -> WebhookActions<'_> {
        WebhookActions {
            t: self.t,
            webhook: self.webhook,
        }
    }

    fn state(&self) -> State {
        State::of(self.webhook)
    }

    fn badge(&self, delivery: &Delivery) -> State {
        of_delivery(delivery)
    }

    /// The sentence about why it is off; none while it is on.
    fn stopped(&self) -> Option<String> {
        let stop = self.webhook.stop.as_ref()?;
        Some(self.t.say(stop.reason.text()))
    }
}

fn of_delivery(delivery: &Delivery) -> State {
    let (tone, icon, word) = match delivery.state {
        DeliveryState::Waiting => ("info", "clock", "webhooks-delivery-waiting"),
        DeliveryState::Delivered => ("good", "circle-check", "webhooks-delivery-delivered"),
        DeliveryState::Failed => ("bad", "circle-alert", "webhooks-delivery-failed"),
    };
    State { tone, icon, word }
}

#[derive(Template)]
#[template(path = "webhooks/views/delivery.html")]
pub(super) struct DeliveryPage<'a> {
    pub(super) t: &'a Text,
    pub(super) delivery: &'a Delivery,
    pub(super) attempts: &'a [Attempt],
}

#[derive(Template)]
#[template(path = "webhooks/views/delivery_actions.html")]
pub(super) struct DeliveryActions<'a> {
    t: &'a Text,
    delivery: &'a Delivery,
}

impl DeliveryPage<'_> {
    pub(super) fn actions(&self) -> DeliveryActions<'_> {
        DeliveryActions {
            t: self.t,
            delivery: self.delivery,
        }
    }

    fn state(&self) -> State {
        of_delivery(self.delivery)
    }

    fn mark_of(&self, attempt: &Attempt) -> State {
        let (tone, icon) = if attempt.is_good() {
            ("good", "circle-check")
        } else {
            ("bad", "circle-alert")
        };
        State {
            tone,
            icon,
            word: "webhooks-attempts",
        }
    }

    fn title(&self, attempt: &Attempt) -> String {
        match attempt.status {
            Some(status) => {
                let status = status.to_string();
                self.t
                    .say_with("webhooks-attempt-answered", kit::args!(status = status.as_str()))
            }
            None => self.t.say("webhooks-attempt-unanswered"),
        }
    }

    fn took(&self, attempt: &Attempt) -> String {
        let ms = self.t.number(attempt.took_ms);
        self.t
            .say_with("webhooks-attempt-took", kit::args!(ms = ms.as_str()))
    }

    /// What was sent, with a line for each field.
    fn body(&self) -> String {
        let value: Result<serde_json::Value, _> = serde_json::from_str(&self.delivery.body);
        let pretty = value.and_then(|value| serde_json::to_string_pretty(&value));
        pretty.unwrap_or_else(|_| self.delivery.body.clone())
    }
}

#[derive(Template)]
#[template(path = "webhooks/views/secret.html")]
pub(super) struct SecretPage<'a> {
    pub(super) t: &'a Text,
    pub(super) webhook: &'a Webhook,
    pub(super) secret: &'a str,
}

#[derive(Template)]
#[template(path = "webhooks/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) text: &'a WebhookText,
    pub(super) version: i64,
    pub(super) kinds: Vec<(&'static str, bool)>,
    pub(super) address: String,
    pub(super) name_error: String,
    pub(super) url_error: String,
    pub(super) kinds_error: String,
    pub(super) whole: Option<String>,
}

/// Every kind of event, and whether the form has it chosen.
pub(super) fn kinds(db: &Db, text: &WebhookText) -> Vec<(&'static str, bool)> {
    let wiring: Option<Arc<Wiring>> = db.attached();
    let names = wiring
        .iter()
        .flat_map(|wiring| wiring.kinds())
        .map(|kind| kind.name);
    names
        .map(|name| (name, text.kinds.iter().any(|chosen| chosen == name)))
        .collect()
}

pub(super) fn tabs(t: &Text, webhook: &Webhook, shown: Option<DeliveryState>) -> Vec<Tab> {
    let tab = |text: &str, query: String, current| Tab {
        text: t.say(text),
        href: format!("{ADDRESS}/{}{query}", webhook.id),
        current,
        count: None,
    };
    let all = tab("webhooks-delivery-all", String::new(), shown.is_none());
    let each = DeliveryState::ALL.into_iter().map(|state| {
        let word = format!("webhooks-delivery-{}", state.as_str());
        tab(&word, format!("?state={}", state.as_str()), shown == Some(state))
    });
    std::iter::once(all).chain(each).collect()
}
