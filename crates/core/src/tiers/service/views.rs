//! What the templates of services take.

use askama::Template;
use kit::day::Day;
use kit::i18n::Text;
use kit::web::{Choice, Filled};

use super::{CHANNELS, Rhythm, Service, TouchModel};
use crate::ladders::{Ladder, Rung};
use crate::touchpoints::Channel;

#[derive(Template)]
#[template(path = "tiers/service/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tier: &'a Rung,
    pub(super) form: &'a Filled,
    pub(super) channels: &'a [Channel],
    pub(super) whole: Option<String>,
}

impl FormPage<'_> {
    fn back(&self) -> &'static str {
        Ladder::Tiers.path()
    }

    fn models(&self) -> Vec<Choice> {
        let held = self.form.value("model");
        let none = Choice::new("none", self.t.say("service-unsaid")).chosen_if(held == "none");
        let models = TouchModel::ALL.into_iter().map(|model| {
            Choice::new(model.as_str(), self.t.say(model.text())).chosen_if(held == model.as_str())
        });
        std::iter::once(none).chain(models).collect()
    }

    /// The channels, each with whether the tier has it.
    fn ways(&self) -> Vec<Choice> {
        let has = |channel: Channel| self.channels.is_empty() || self.channels.contains(&channel);
        let all = CHANNELS.into_iter();
        all.map(|channel| Choice::new(channel.as_str(), self.t.say(channel.text())).chosen_if(has(channel)))
            .collect()
    }

    fn has_owner(&self) -> bool {
        self.form.value("has_owner") == "on"
    }
}

#[derive(Template)]
#[template(path = "tiers/service/views/panel.html")]
pub(super) struct PanelView<'a> {
    pub(super) t: &'a Text,
    pub(super) service: Option<Service>,
    pub(super) rhythm: Option<Rhythm>,
    /// Who looks after the account.
    pub(super) owner: Option<String>,
    pub(super) today: Day,
    pub(super) may_shape: bool,
}

impl PanelView<'_> {
    /// The ways to us that it has.
    fn has(&self, service: &Service) -> String {
        self.named(service, true)
    }

    /// Those that it has not, in a sentence.
    fn lacks(&self, service: &Service) -> Option<String> {
        let lacks = self.named(service, false);
        let args = kit::args!(channels = lacks.as_str());
        (!lacks.is_empty()).then(|| self.t.say_with("service-lacks", args))
    }

    fn named(&self, service: &Service, is_in: bool) -> String {
        let some = CHANNELS
            .into_iter()
            .filter(|channel| service.includes(*channel) == is_in);
        let words: Vec<String> = some.map(|channel| self.t.say(channel.text())).collect();
        self.t.list(&words)
    }

    /// Whose it is, and whether that is as the tier says.
    fn person(&self, service: &Service) -> String {
        match (&self.owner, service.has_owner) {
            (Some(owner), true) => owner.clone(),
            (None, true) => self.t.say("service-owner-missing"),
            (Some(owner), false) => {
                let args = kit::args!(owner = owner.as_str());
                self.t.say_with("service-owner-beyond", args)
            }
            (None, false) => self.t.say("service-owner-none"),
        }
    }

    /// In how many days the next touch is due, or how late it is: tone, icon and words.
    fn due(&self) -> Option<(&'static str, &'static str, String)> {
        let left = self.today.days_until(self.rhythm?.next);
        Some(match left {
            ..=-1 => ("bad", "calendar-clock", self.t.count("service-late", -left)),
            0 => ("warn", "calendar-clock", self.t.say("service-today")),
            1..=7 => ("warn", "calendar-clock", self.t.count("service-soon", left)),
            _ => ("good", "circle-check", self.t.count("service-soon", left)),
        })
    }
}
