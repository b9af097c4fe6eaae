//! What the templates of acts on many tickets take.

use askama::Template;
use kit::i18n::Text;
use kit::web::Choice;

use super::{Bulk, BulkRow};
use crate::replies::{FIELDS, Reply, SNOOZES, set};
use crate::tickets::listing::View;
use crate::tickets::{Field, Kind, Priority, Ticket};

/// The bar below a list in which tickets are chosen.
#[derive(Template)]
#[template(path = "bulk/views/bar.html")]
pub(crate) struct BulkBar<'a> {
    pub(crate) t: &'a Text,
    pub(crate) view: View,
    /// Whether tickets can be thrown away.
    pub(crate) may_delete: bool,
    /// Macros without words.
    pub(crate) macros: Vec<Reply>,
    /// Nobody first.
    pub(crate) agents: Vec<Choice>,
    /// None first.
    pub(crate) teams: Vec<Choice>,
    /// How far they can come.
    pub(crate) statuses: Vec<Choice>,
}

impl BulkBar<'_> {
    /// Whether what it shows lies apart.
    fn is_apart(&self) -> bool {
        matches!(self.view, View::Spam | View::Trash)
    }

    fn macros(&self) -> Vec<Choice> {
        let none = Choice::new("", self.t.say("bulk-no-macro"));
        let one = |reply: &Reply| Choice::new(reply.id.to_string(), &reply.text.name);
        std::iter::once(none).chain(self.macros.iter().map(one)).collect()
    }

    fn bulk_name(&self, field: &Field) -> &'static str {
        set(*field)
    }

    /// Every field with what it can be changed to; the first leaves it.
    fn bulk_fields(&self) -> Vec<(Field, Vec<Choice>)> {
        let t = self.t;
        let word = |word: &str, text: &str| Choice::new(word, t.say(text));
        let named = |list: &[Choice]| -> Vec<Choice> {
            let rest = list.iter().skip(1);
            rest.map(|choice| Choice::new(&choice.value, &choice.text))
                .collect()
        };
        let choices = |field: &Field| -> Vec<Choice> {
            match field {
                Field::Status => self
                    .statuses
                    .iter()
                    .map(|choice| Choice::new(&choice.value, &choice.text))
                    .collect(),
                Field::Priority => Priority::ALL
                    .iter()
                    .map(|one| word(one.as_str(), one.text()))
                    .collect(),
                Field::Kind => Kind::ALL
                    .iter()
                    .map(|one| word(one.as_str(), one.text()))
                    .collect(),
                Field::Agent => [word("me", "bulk-take"), word("nobody", "tickets-nobody")]
                    .into_iter()
                    .chain(named(&self.agents))
                    .collect(),
                Field::Team => std::iter::once(word("none", "tickets-no-team"))
                    .chain(named(&self.teams))
                    .collect(),
                _ => SNOOZES.iter().map(|(value, text)| word(value, text)).collect(),
            }
        };
        FIELDS
            .iter()
            .map(|field| {
                let mut all = vec![word("", "replies-leave")];
                all.extend(choices(field));
                (*field, all)
            })
            .collect()
    }
}

/// A ticket that stayed as it was, and why.
pub(super) struct Trouble {
    pub(super) row: BulkRow,
    pub(super) ticket: Option<Ticket>,
}

#[derive(Template)]
#[template(path = "bulk/views/bulk.html")]
pub(super) struct BulkPage<'a> {
    pub(super) t: &'a Text,
    pub(super) bulk: Bulk,
    pub(super) troubles: Vec<Trouble>,
    pub(super) may_undo: bool,
}

impl BulkPage<'_> {
    fn state(&self) -> String {
        self.t.say(&format!("bulk-state-{}", self.bulk.state.as_str()))
    }

    fn fields(&self) -> String {
        let names: Vec<String> = self
            .bulk
            .changes
            .iter()
            .map(|(field, _)| self.t.say(field.text()))
            .collect();
        let extras = &self.bulk.extras;
        let beside = [
            (!extras.add_tags.is_empty(), "extras-add-tags"),
            (!extras.remove_tags.is_empty(), "extras-remove-tags"),
            (extras.follow, "extras-follow"),
            (self.bulk.merge_into.is_some(), "bulk-merge"),
            (self.bulk.answer.is_some(), "bulk-answer"),
        ];
        let beside = beside.iter().filter(|(has, _)| *has);
        let names: Vec<String> = names
            .into_iter()
            .chain(beside.map(|(_, text)| self.t.say(text)))
            .collect();
        self.t.list(&names)
    }

    fn by(&self) -> &str {
        self.bulk.author.split_once(' ').map_or("", |(_, name)| name)
    }
}
