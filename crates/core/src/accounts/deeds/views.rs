//! What the templates of acts on many accounts take.

use askama::Template;
use kit::i18n::Text;
use kit::web::Choice;

use super::bar::{self, Offers};
use super::{AccountBulk, AccountBulkRow, Asks, Deed, Fate, Offered, Said};
use crate::accounts::finding::Wishes;
use crate::fields::{Field, form};

/// The bar below the list in which accounts are chosen.
#[derive(Template)]
#[template(path = "accounts/views/deeds_bar.html")]
pub(in crate::accounts) struct Bar<'a> {
    t: &'a Text,
    offers: Offers,
    wishes: Wishes,
    may_take: bool,
}

impl<'a> Bar<'a> {
    pub(in crate::accounts) fn new(t: &'a Text, offers: Offers, wishes: &Wishes) -> Self {
        let may_take = offers
            .deeds
            .iter()
            .any(|(deed, _)| deed.key == super::own::OWNER.key);
        Self {
            t,
            offers,
            wishes: wishes.clone(),
            may_take,
        }
    }

    fn has_deeds(&self) -> bool {
        !self.offers.deeds.is_empty() || !self.offers.fields.is_empty()
    }

    fn counting(&self) -> String {
        self.wishes.on("/accounts/bulk/count")
    }

    fn is_word(&self, deed: &Deed) -> bool {
        matches!(deed.asks, Asks::Word(_))
    }

    fn name(&self, deed: &Deed) -> String {
        bar::input(deed)
    }

    fn detail_name(&self, deed: &Deed) -> String {
        bar::detail_input(deed)
    }

    fn label(&self, deed: &Deed) -> String {
        self.t.say(&format!("deeds-{}", deed.key))
    }

    fn detail_label(&self, deed: &Deed) -> String {
        self.t.say(&format!("deeds-{}-detail", deed.key))
    }

    fn said(&self, offered: &Offered) -> String {
        match &offered.said {
            Said::Name(name) => name.clone(),
            Said::Key(key) => self.t.say(key),
        }
    }

    /// What can be chosen; the first leaves it as it is.
    fn choices(&self, offered: &[Offered]) -> Vec<Choice> {
        let leave = Choice::new("", self.t.say("replies-leave"));
        let one = |offered: &Offered| Choice::new(&offered.value, self.said(offered));
        std::iter::once(leave).chain(offered.iter().map(one)).collect()
    }

    fn field_name(&self, field: &Field) -> String {
        form::input(field)
    }

    fn is(&self, field: &Field, kind: &str) -> bool {
        field.kind.as_str() == kind
    }

    fn example(&self) -> String {
        form::money_example(self.t)
    }

    /// The choices of a field; the first leaves it as it is.
    fn field_choices(&self, field: &Field) -> Vec<Choice> {
        let mut all = form::choices(self.t, field, "");
        all.retain(|choice| !choice.value.is_empty());
        if !self.is(field, "choices") {
            all.insert(0, Choice::new("", self.t.say("replies-leave")));
        }
        all
    }

    /// The fields that can be emptied; the first is none of them.
    fn emptied(&self) -> Vec<Choice> {
        let leave = Choice::new("", self.t.say("replies-leave"));
        let able = self.offers.fields.iter().filter(|field| !field.text.is_required);
        let able = able.map(|field| Choice::new(&field.text.key, &field.text.label));
        std::iter::once(leave).chain(able).collect()
    }
}

/// How many accounts the list finds, in the label beside the bar's check.
#[derive(Template)]
#[template(path = "accounts/views/deeds_count.html")]
pub(super) struct CountPage<'a> {
    pub(super) t: &'a Text,
    pub(super) count: i64,
    pub(super) most: i64,
}

/// One account of an act.
pub(super) struct Line {
    pub(super) row: AccountBulkRow,
    pub(super) name: Option<String>,
}

/// An act: how far it is, and what became of each account.
#[derive(Template)]
#[template(path = "accounts/views/deeds.html")]
pub(super) struct BulkPage<'a> {
    pub(super) t: &'a Text,
    pub(super) bulk: AccountBulk,
    pub(super) said: Vec<String>,
    pub(super) troubles: Vec<Line>,
    pub(super) others: Vec<Line>,
    pub(super) next: Option<String>,
    pub(super) may_undo: bool,
}

impl BulkPage<'_> {
    fn state(&self) -> String {
        self.t.say(&format!("deeds-state-{}", self.bulk.state.as_str()))
    }

    fn fate(&self, line: &Line) -> String {
        self.t.say(&format!("deeds-fate-{}", line.row.fate.as_str()))
    }

    fn icon(&self, line: &Line) -> &'static str {
        match line.row.fate {
            Fate::Waiting => "hourglass",
            Fate::Changed => "circle-check",
            Fate::Same => "check",
            Fate::Undone => "undo-2",
            Fate::Refused | Fate::Kept => "circle-alert",
        }
    }

    fn by(&self) -> &str {
        self.bulk.author.split_once(' ').map_or("", |(_, name)| name)
    }
}
