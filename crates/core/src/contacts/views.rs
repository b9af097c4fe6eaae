//! What the templates of contacts take.

use std::collections::HashMap;

use askama::Template;
use kit::i18n::{Locale, Text};
use kit::web::table::Arrangement;
use kit::web::{Choice, Filled};

use super::erasing::Erasure;
use super::finding::Wishes;
use super::identities::Kind;
use super::memberships::{ContactRole, Membership};
use super::merging::{Likeness, Preview, Side};
use super::page::Shown;
use super::{Contact, ContactId};
use crate::accounts::{Account, AccountId};
use crate::panels::PanelFrames;
use crate::tags::Tag;
use crate::tags::line::TagLine;

#[derive(Template)]
#[template(path = "contacts/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) contacts: Vec<Contact>,
    pub(super) addresses: HashMap<ContactId, String>,
    pub(super) next: Option<String>,
    pub(super) wishes: Wishes,
    pub(super) arrangement: Arrangement,
    pub(super) tags: Vec<Tag>,
    /// How many pairs may be one person, up to [`super::doubles::COUNTED`].
    pub(super) doubles: i64,
    pub(super) may_add: bool,
    pub(super) is_first: bool,
}

#[derive(Template)]
#[template(path = "contacts/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
}

impl ListPage<'_> {
    pub(super) fn actions(&self) -> ListActions<'_> {
        ListActions { t: self.t }
    }

    fn any(&self, held: &str, all: Vec<(String, String)>) -> Vec<Choice> {
        let any = Choice::new("", self.t.say("assignment-any")).chosen_if(held.is_empty());
        let rest = all.into_iter().map(|(value, text)| {
            let is_held = value == held;
            Choice::new(value, text).chosen_if(is_held)
        });
        std::iter::once(any).chain(rest).collect()
    }

    fn roles(&self) -> Vec<Choice> {
        let all = ContactRole::ALL.map(|role| (role.as_str().to_owned(), self.t.say(role.text())));
        self.any(&self.wishes.role, all.to_vec())
    }

    fn tagged(&self) -> Vec<Choice> {
        let all = self.tags.iter().map(|tag| (tag.id.to_string(), tag.name.clone()));
        self.any(&self.wishes.tag, all.collect())
    }

    /// The account that is asked for, as it was written.
    fn account(&self) -> String {
        let is_homeless = self.wishes.is_homeless();
        if is_homeless {
            String::new()
        } else {
            self.wishes.account.clone()
        }
    }

    fn doubles(&self) -> String {
        let over = self.doubles >= super::doubles::COUNTED;
        format!("{}{}", self.t.number(self.doubles), if over { "+" } else { "" })
    }

    fn address(&self, contact: &Contact) -> &str {
        self.addresses.get(&contact.id).map_or("", String::as_str)
    }
}

#[derive(Template)]
#[template(path = "contacts/views/contact.html")]
pub(super) struct ContactPage<'a> {
    pub(super) t: &'a Text,
    pub(super) shown: Shown,
    pub(super) tags: TagLine<'a>,
    pub(super) form: &'a Filled,
    pub(super) panels: PanelFrames<'a>,
    pub(super) may_write: bool,
    pub(super) may_erase: bool,
}

#[derive(Template)]
#[template(path = "contacts/views/contact_actions.html")]
pub(super) struct ContactActions<'a> {
    t: &'a Text,
    contact: &'a Contact,
    may_write: bool,
    may_erase: bool,
}

impl ContactPage<'_> {
    pub(super) fn actions(&self) -> ContactActions<'_> {
        ContactActions {
            t: self.t,
            contact: &self.shown.contact,
            may_write: self.may_write,
            may_erase: self.may_erase,
        }
    }

    fn kinds(&self) -> Vec<Choice> {
        let chosen = self.form.value("kind");
        let choice = |kind: Kind| {
            Choice::new(kind.as_str(), self.t.say(kind.text())).chosen_if(kind.as_str() == chosen)
        };
        Kind::ALL.into_iter().map(choice).collect()
    }

    /// The language they are written to in, by the name that they give it.
    fn language(&self) -> Option<String> {
        self.shown.contact.text.language.as_deref().map(language_name)
    }
}

fn language_name(tag: &str) -> String {
    Locale::parse(tag).map_or_else(|| tag.to_owned(), Locale::own_name)
}

/// What somebody is at an account, in one line: title and roles.
fn standing(t: &Text, membership: &Membership) -> String {
    let text = &membership.text;
    let title = Some(text.title.clone()).filter(|title| !title.is_empty());
    let roles = text.roles.iter().map(|role| t.say(role.text()));
    t.list(&title.into_iter().chain(roles).collect::<Vec<_>>())
}

/// From when to when, where that is known; empty where nothing is.
fn span(t: &Text, membership: &Membership) -> String {
    let text = &membership.text;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| t.day(day));
    match (day(text.since), day(text.until)) {
        (None, None) => String::new(),
        (Some(since), None) => t.say_with("contacts-since", kit::args!(day = since.as_str())),
        (None, Some(until)) => t.say_with("contacts-until", kit::args!(day = until.as_str())),
        (Some(since), Some(until)) => format!("{since} – {until}"),
    }
}

/// Whether somebody is not there any more.
fn is_over(t: &Text, membership: &Membership) -> bool {
    let today = t.today();
    today.is_some_and(|today| membership.text.until.is_some_and(|until| until < today))
}

impl ContactPage<'_> {
    fn standing(&self, membership: &Membership) -> String {
        standing(self.t, membership)
    }

    fn span(&self, membership: &Membership) -> String {
        span(self.t, membership)
    }

    fn is_over(&self, membership: &Membership) -> bool {
        is_over(self.t, membership)
    }
}

#[derive(Template)]
#[template(path = "contacts/views/at_account.html")]
pub(super) struct AtAccountPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) account: AccountId,
    pub(super) people: Vec<(Membership, Contact)>,
    pub(super) may_add: bool,
}

impl AtAccountPanel<'_> {
    fn standing(&self, membership: &Membership) -> String {
        standing(self.t, membership)
    }

    fn is_over(&self, membership: &Membership) -> bool {
        is_over(self.t, membership)
    }
}

#[derive(Template)]
#[template(path = "contacts/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) form: &'a Filled,
    pub(super) address: String,
    pub(super) take: String,
    pub(super) is_new: bool,
    pub(super) whole: Option<String>,
    pub(super) now: Option<&'a Contact>,
}

impl FormPage<'_> {
    fn languages(&self) -> Vec<Choice> {
        let chosen = self.form.value("language");
        let mut choices = vec![Choice::new("", self.t.say("contacts-as-workspace"))];
        choices.extend(Locale::all().map(|locale| Choice::new(locale.tag(), locale.own_name())));
        if !choices.iter().any(|choice| choice.value == chosen) {
            choices.push(Choice::new(chosen, chosen));
        }
        choices
            .into_iter()
            .map(|choice| {
                let is = choice.value == chosen;
                choice.chosen_if(is)
            })
            .collect()
    }

    fn zones(&self) -> Vec<Choice> {
        let chosen = self.form.value("time_zone");
        let none = Choice::new("", self.t.say("contacts-as-workspace"));
        let zones = kit::clock::zones().into_iter();
        std::iter::once(none)
            .chain(zones.map(|zone| {
                let is = zone == chosen;
                Choice::new(zone.clone(), zone).chosen_if(is)
            }))
            .collect()
    }
}

#[derive(Template)]
#[template(path = "contacts/views/membership.html")]
pub(super) struct MembershipPage<'a> {
    pub(super) t: &'a Text,
    pub(super) form: &'a Filled,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) is_new: bool,
    pub(super) offered: Vec<Account>,
}

impl MembershipPage<'_> {
    fn roles(&self) -> [ContactRole; 4] {
        ContactRole::ALL
    }

    fn has(&self, role: &ContactRole) -> bool {
        !self.form.value(role.as_str()).is_empty()
    }

    fn choices(&self) -> Vec<Choice> {
        let choice = |account: &Account| {
            let website = account
                .website
                .as_deref()
                .map_or(String::new(), |website| format!(" · {website}"));
            Choice::new(account.id.to_string(), format!("{}{website}", account.name))
        };
        self.offered.iter().map(choice).collect()
    }
}

#[derive(Template)]
#[template(path = "contacts/views/merge.html")]
pub(super) struct MergePage<'a> {
    pub(super) t: &'a Text,
    pub(super) contact: &'a Contact,
    pub(super) asked: &'a str,
    pub(super) offered: Vec<(Contact, Option<Likeness>)>,
}

/// Two contacts beside each other, before one is merged into the other.
#[derive(Template)]
#[template(path = "contacts/views/compare.html")]
pub(super) struct ComparePage<'a> {
    pub(super) t: &'a Text,
    pub(super) preview: Preview,
}

impl ComparePage<'_> {
    /// Who stays, then who is shown there; each with what is known of them and a title.
    fn sides(&self) -> [(&Contact, &Side, &'static str); 2] {
        let Preview {
            kept,
            gone,
            ours,
            theirs,
        } = &self.preview;
        [
            (kept, ours, "contact-doubles-kept"),
            (gone, theirs, "contact-doubles-gone"),
        ]
    }

    fn standing(&self, membership: &Membership) -> String {
        standing(self.t, membership)
    }
}

#[derive(Template)]
#[template(path = "contacts/views/erase.html")]
pub(super) struct ErasePage<'a> {
    pub(super) t: &'a Text,
    pub(super) contact: &'a Contact,
}

#[derive(Template)]
#[template(path = "contacts/views/erasures.html")]
pub(super) struct ErasuresPage<'a> {
    pub(super) t: &'a Text,
    pub(super) erasures: Vec<Erasure>,
}

impl ErasuresPage<'_> {
    /// How many rows of a kind went.
    fn count(&self, erasure: &Erasure, name: &str) -> i64 {
        let proof: serde_json::Value = serde_json::from_str(&erasure.proof).unwrap_or_default();
        proof[name].as_i64().unwrap_or_default()
    }

    /// The name in a signature, without its id.
    fn by<'e>(&self, erasure: &'e Erasure) -> &'e str {
        erasure
            .by
            .split_once(' ')
            .map_or(erasure.by.as_str(), |(_, name)| name)
    }
}
