//! Values that the shared template parts (`views/ui/*.html`) take.

use std::collections::BTreeMap;

use http::StatusCode;

use crate::day::Day;
use crate::i18n::Text;
use crate::money::Currency;
use crate::web::Failure;

/// One choice of a select or a row of radio buttons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// Whether it is the present one.
    pub chosen: bool,
}

impl Choice {
    /// A choice that is not the present one.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            text: text.into(),
            chosen: false,
        }
    }

    /// Marks it as the present one when `chosen`.
    #[must_use]
    pub fn chosen_if(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }
}

/// One tab of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// What it is called.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
    /// How many things are behind it, where that is worth knowing.
    pub count: Option<i64>,
}

/// The head of one column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// What it is called, with the unit when it has one.
    pub text: String,
    /// Where a press leads: the same list, sorted by this column. None when it cannot be sorted by.
    pub href: Option<String>,
    /// How the list is sorted by this column now.
    pub order: Option<Order>,
    /// Whether numbers stand below, at the right.
    pub numeric: bool,
    /// Whether phones leave it out.
    pub aside: bool,
}

impl Column {
    /// A column of words that the list cannot be sorted by.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Numbers stand below.
    #[must_use]
    pub fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }

    /// A press on the head leads to `href`; `order` is how the list stands now.
    #[must_use]
    pub fn sorted_at(mut self, href: impl Into<String>, order: Option<Order>) -> Self {
        self.href = Some(href.into());
        self.order = order;
        self
    }
}

/// Which end of a sorted list comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The least first.
    Ascending,
    /// The most first.
    Descending,
}

impl Order {
    /// The other end first.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }

    /// The word of `aria-sort`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }

    /// Its arrow in the sprite.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Ascending => "arrow-up",
            Self::Descending => "arrow-down",
        }
    }
}

/// A form as it was filled in, and what is wrong with it: nothing typed is lost when a field is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    values: BTreeMap<String, String>,
    errors: BTreeMap<String, String>,
}

impl Filled {
    /// What stands in the field `name`; empty when nothing does.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// Whether the field `name` was sent.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// What is wrong with the field `name`; empty when nothing is.
    pub fn error(&self, name: &str) -> &str {
        self.errors.get(name).map_or("", String::as_str)
    }

    /// Every field with what stands in it.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Puts a value into the field `name`.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.values.insert(name.into(), value.into());
    }

    /// Refuses the field `name` with a sentence that says what would be right; the first sentence stays.
    pub fn refuse(&mut self, name: impl Into<String>, sentence: impl Into<String>) {
        self.errors.entry(name.into()).or_insert_with(|| sentence.into());
    }

    /// Refuses the fields that `failure` names, in the words of `t`; gives its status.
    ///
    /// # Errors
    /// The failure itself when it names no field.
    pub fn refuse_all(&mut self, failure: Failure, t: &Text) -> Result<StatusCode, Failure> {
        if failure.fields.is_empty() {
            return Err(failure);
        }
        for (name, code) in &failure.fields {
            self.refuse(*name, t.say(code.text));
        }
        Ok(failure.status())
    }

    /// The day in the field `name`, in the reader's writing; `None` after refusing what is none.
    pub fn day(&mut self, t: &Text, name: &str) -> Option<Day> {
        let day = t.read_day(self.value(name)).map(Day::from);
        // What the database keeps is written with four digits of this age.
        let day = day.filter(|day| day.to_string().parse::<Day>().is_ok());
        if day.is_none() {
            self.refuse(name, t.say("date-failure"));
        }
        day
    }

    /// A day that may be left out; `None` after refusing one that can't be read.
    pub fn later_day(&mut self, t: &Text, name: &str) -> Option<Option<Day>> {
        if self.value(name).trim().is_empty() {
            return Some(None);
        }
        self.day(t, name).map(Some)
    }

    /// The amount in the field `name`, in minor units of `currency`; `None` after refusing what is none.
    pub fn amount(&mut self, t: &Text, name: &str, currency: Currency) -> Option<i64> {
        match t.read_money(self.value(name), currency.code()) {
            Ok(amount) => Some(amount),
            Err(trouble) => {
                self.refuse(name, t.money_trouble(trouble, currency.code()));
                None
            }
        }
    }

    /// The version that a change was made from; 0 when there is none.
    pub fn version(&self) -> i64 {
        self.value("version").parse().unwrap_or(0)
    }

    /// The address of the same form with what stands in it, but for the fields `without`.
    pub fn address(&self, path: &str, without: &[&str]) -> String {
        let pairs: Vec<(&str, &str)> = self.pairs().filter(|(name, _)| !without.contains(name)).collect();
        super::address(path, &pairs)
    }

    /// Whether no field was refused.
    pub fn is_good(&self) -> bool {
        self.errors.is_empty()
    }
}

/// The pairs of a form's body, as `axum::Form<Vec<(String, String)>>` gives them; of equal names the last counts.
impl FromIterator<(String, String)> for Filled {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self {
            values: pairs.into_iter().collect(),
            errors: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_field_keeps_what_was_typed_and_the_first_reason() {
        let mut form: Filled = [("email".to_owned(), "leyla@".to_owned())].into_iter().collect();
        assert!(form.is_good());
        form.refuse("email", "an address ends with a domain");
        form.refuse("email", "second");
        assert_eq!(
            (form.value("email"), form.error("email")),
            ("leyla@", "an address ends with a domain")
        );
        assert_eq!(
            (form.value("name"), form.error("name"), form.is_good()),
            ("", "", false)
        );
    }
}
