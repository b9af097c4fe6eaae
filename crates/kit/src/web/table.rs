//! Tables that people arrange: by which column a list is sorted and which columns it shows.
//!
//! An *arrangement* is read from the address, then from what the person keeps, then from what is usual; what no column
//! answers to is passed over. The key of the sort goes into the list's cursors ([`Spot`]), so that "more" goes on in the
//! same order. What else the address asks of the list stays as it is when somebody sorts or goes on.

use serde::{Deserialize, Serialize};

use super::{Choice, Column, Order, address};
use crate::i18n::Text;

/// What a table can show.
#[derive(Clone, Copy, Debug)]
pub struct TableColumn {
    /// What addresses call it.
    pub key: &'static str,
    /// The message with its name.
    pub text: &'static str,
    /// How the first press on its head sorts; none where the list cannot be sorted by it.
    pub sorts: Option<Order>,
    /// When it is shown.
    pub shown: Shown,
    /// Whether numbers stand in it, at the right.
    pub numeric: bool,
}

/// When a column is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Always: without it a row says nothing.
    Always,
    /// Always, but for those who take it away.
    Usually,
    /// Usually, but not on a phone.
    Aside,
    /// For those who add it; not on a phone.
    Seldom,
}

/// A table that can be arranged.
#[derive(Debug)]
pub struct Table {
    /// Its name, under which people keep their arrangements.
    pub name: &'static str,
    /// Where it is, and where the form of its columns is sent to below it: `/columns`.
    pub path: &'static str,
    /// Its columns from left to right.
    pub columns: &'static [TableColumn],
    /// How it is usually sorted.
    pub sort: Sort,
}

/// By which column a list is sorted, and which end comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column's key.
    pub by: &'static str,
    /// Which end comes first.
    pub order: Order,
}

/// How somebody sees a table now.
#[derive(Clone, Debug)]
pub struct Arrangement {
    table: &'static Table,
    sort: Sort,
    columns: Vec<&'static str>,
    hidden: Vec<&'static str>,
    asked: Vec<(String, String)>,
}

/// A place in a sorted list: how it is sorted, and what the last row seen has there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot<I> {
    /// The word of the sort.
    pub sort: String,
    /// What is sorted by in that row.
    pub value: SpotValue,
    /// The row's id, which parts those with the same value.
    pub id: I,
}

/// What a list is sorted by in one row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SpotValue {
    /// A moment or another number.
    Number(i64),
    /// A name, a day or another text.
    Text(String),
}

impl<I> Spot<I> {
    /// The number that is sorted by, if it is one.
    pub fn number(&self) -> Option<i64> {
        match self.value {
            SpotValue::Number(number) => Some(number),
            SpotValue::Text(_) => None,
        }
    }

    /// The text that is sorted by, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            SpotValue::Number(_) => None,
            SpotValue::Text(text) => Some(text),
        }
    }
}

/// The words of an arrangement, as an address or a kept text has them: `-changed`, and keys with commas between.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words<'a> {
    /// The column it is sorted by; with `-` before it, the most first.
    pub sort: Option<&'a str>,
    /// The columns shown.
    pub columns: Option<&'a str>,
}

impl<'a> Words<'a> {
    /// Reads what [`Arrangement::kept`] wrote.
    pub fn read(kept: &'a str) -> Self {
        let (sort, columns) = kept.split_once(' ').unwrap_or_default();
        let said = |word: &'a str| (!word.is_empty()).then_some(word);
        Self {
            sort: said(sort),
            columns: said(columns),
        }
    }
}

impl Sort {
    /// The word for addresses and cursors.
    pub fn word(self) -> String {
        match self.order {
            Order::Ascending => self.by.to_owned(),
            Order::Descending => format!("-{}", self.by),
        }
    }
}

impl Table {
    /// The table as the address says, else as the person keeps it, else as usual.
    pub fn arranged(&'static self, asked: Words<'_>, kept: Words<'_>) -> Arrangement {
        let sort = asked.sort.and_then(|word| self.sort_of(word));
        let sort = sort.or_else(|| kept.sort.and_then(|word| self.sort_of(word)));
        let columns = asked.columns.or(kept.columns);
        let is_shown = |column: &TableColumn| match (column.shown, columns) {
            (Shown::Always, _) => true,
            (_, Some(wanted)) => wanted.split(',').any(|key| key == column.key),
            (shown, None) => shown != Shown::Seldom,
        };
        let columns = self.columns.iter().filter(|column| is_shown(column));
        Arrangement {
            table: self,
            sort: sort.unwrap_or(self.sort),
            columns: columns.map(|column| column.key).collect(),
            hidden: Vec::new(),
            asked: Vec::new(),
        }
    }

    /// The table as its form was sent; as usual where the form asks for that.
    pub fn sent(&'static self, pairs: &[(String, String)]) -> Arrangement {
        let named = |name: &str| {
            let pairs = pairs.iter().filter(move |(known, _)| known == name);
            pairs.map(|(_, value)| value.as_str()).collect::<Vec<_>>()
        };
        if named("act") == ["usual"] {
            return self.arranged(Words::default(), Words::default());
        }
        let columns = named("columns").join(",");
        let asked = Words {
            sort: named("sort").first().copied(),
            columns: Some(&columns),
        };
        self.arranged(asked, Words::default())
    }

    /// The sort with this word, `name` or `-name`; none where the list can't be sorted so.
    pub fn sort_of(&self, word: &str) -> Option<Sort> {
        let (key, order) = match word.strip_prefix('-') {
            Some(key) => (key, Order::Descending),
            None => (word, Order::Ascending),
        };
        let mut columns = self.columns.iter();
        let found = columns.find(|column| column.key == key && column.sorts.is_some())?;
        Some(Sort { by: found.key, order })
    }
}

impl Arrangement {
    /// Without these columns: they are neither shown nor offered, and the list is not sorted by them.
    #[must_use]
    pub fn hiding(mut self, keys: &[&'static str]) -> Self {
        self.columns.retain(|key| !keys.contains(key));
        if keys.contains(&self.sort.by) {
            self.sort = self.table.sort;
        }
        self.hidden.extend(keys);
        self
    }

    /// With what else the address asks of the list: filters stay when somebody sorts or goes on.
    #[must_use]
    pub fn asking(mut self, pairs: &[(&str, &str)]) -> Self {
        let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
        self.asked
            .extend(pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self
    }

    /// What else is asked of the list: names and values, which its forms send along.
    pub fn asked(&self) -> &[(String, String)] {
        &self.asked
    }

    /// How the list is sorted.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// Whether the list is sorted as it usually is.
    pub fn is_usually_sorted(&self) -> bool {
        self.sort == self.table.sort
    }

    /// The word of the sort.
    pub fn sort_word(&self) -> String {
        self.sort.word()
    }

    /// Where the form of its columns is sent.
    pub fn action(&self) -> String {
        format!("{}/columns", self.table.path)
    }

    /// Whether the column with this key is shown.
    pub fn shows(&self, key: &str) -> bool {
        self.columns.contains(&key)
    }

    /// The text that [`Words::read`] reads.
    pub fn kept(&self) -> String {
        format!("{} {}", self.sort.word(), self.columns.join(","))
    }

    /// The address of the list as it is arranged, from the row after `after` on.
    pub fn address(&self, after: &str) -> String {
        self.sorted_by(self.sort, after)
    }

    /// The heads of the columns shown; a press sorts by one, and once more the other way round.
    pub fn heads(&self, t: &Text) -> Vec<Column> {
        let shown = self.table.columns.iter().filter(|column| self.shows(column.key));
        shown.map(|column| self.head(column, t)).collect()
    }

    /// The columns that can be taken away or added, for a form.
    pub fn choices(&self, t: &Text) -> Vec<Choice> {
        let mut columns: Vec<_> = self.table.columns.iter().collect();
        columns.retain(|column| column.shown != Shown::Always && !self.hidden.contains(&column.key));
        let choice = |column: &&TableColumn| {
            Choice::new(column.key, t.say(column.text)).chosen_if(self.shows(column.key))
        };
        columns.iter().map(choice).collect()
    }

    fn head(&self, column: &TableColumn, t: &Text) -> Column {
        let mut head = Column::new(t.say(column.text));
        head.numeric = column.numeric;
        head.aside = matches!(column.shown, Shown::Aside | Shown::Seldom);
        let Some(first) = column.sorts else {
            return head;
        };
        let now = (self.sort.by == column.key).then_some(self.sort.order);
        let order = now.map_or(first, Order::other);
        let sort = Sort {
            by: column.key,
            order,
        };
        head.sorted_at(self.sorted_by(sort, ""), now)
    }

    fn sorted_by(&self, sort: Sort, after: &str) -> String {
        let (sort, columns) = (sort.word(), self.columns.join(","));
        let mut pairs = vec![("sort", sort.as_str()), ("columns", &columns), ("after", after)];
        pairs.extend(
            self.asked
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        address(self.table.path, &pairs)
    }
}

#[cfg(test)]
mod tests;
