//! What the templates of ladders take.

use std::collections::BTreeMap;

use askama::Template;
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::{Choice, Filled};

use super::{Ladder, Rung, RungId};
use crate::tags::Colour;
use crate::tiers::service::{Service, TouchModel};

#[derive(Template)]
#[template(path = "ladders/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) ladder: Ladder,
    pub(super) rungs: Vec<Rung>,
    pub(super) form: &'a Filled,
    pub(super) currency: Currency,
    pub(super) may_write: bool,
    /// What tiers give; empty for other ladders.
    pub(super) services: BTreeMap<RungId, Service>,
}

impl ListPage<'_> {
    fn service(&self, rung: &Rung) -> Option<TouchModel> {
        self.services.get(&rung.id).map(|service| service.model)
    }

    fn colours(&self) -> Vec<Choice> {
        colours(self.t, self.form)
    }

    fn threshold(&self, rung: &Rung) -> String {
        match rung.text.threshold {
            Some(minor) => self.t.money(minor, self.currency.code()),
            None => self.t.say("ladders-by-hand"),
        }
    }
}

#[derive(Template)]
#[template(path = "ladders/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) rung: &'a Rung,
    pub(super) form: &'a Filled,
    pub(super) currency: Currency,
    pub(super) whole: Option<String>,
}

impl FormPage<'_> {
    fn colours(&self) -> Vec<Choice> {
        colours(self.t, self.form)
    }

    fn back(&self) -> &'static str {
        self.rung.ladder.path()
    }
}

#[derive(Template)]
#[template(path = "ladders/views/form_actions.html")]
pub(super) struct FormActions<'a> {
    pub(super) t: &'a Text,
    pub(super) rung: &'a Rung,
}

fn colours(t: &Text, form: &Filled) -> Vec<Choice> {
    let choice = |colour: &Colour| {
        Choice::new(colour.as_str(), t.say(colour.text())).chosen_if(colour.as_str() == form.value("colour"))
    };
    Colour::ALL.iter().map(choice).collect()
}
