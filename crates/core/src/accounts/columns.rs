//! Columns that features add to the list of accounts. Each is a constant, listed in the wiring; it answers for a page of
//! accounts in one read, and says what is there in a few shapes that the list draws.

use std::collections::BTreeMap;

use askama::Template;
use kit::chart::Sparkline;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::i18n::Text;
use kit::web::table::{Shown, Table, TableColumn};

use super::AccountId;
use super::listing::TABLE;
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::sheets::Cell;

/// What a column has for these accounts.
pub type Read = fn(&mut Tx<'_>, &Actor, &[AccountId]) -> Result<BTreeMap<AccountId, Vec<Shows>>, DbError>;

/// A column of the list of accounts.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// What addresses call it.
    pub key: &'static str,
    /// The message with its name.
    pub text: &'static str,
    /// Who may see it.
    pub needs: Permission,
    /// When it is shown.
    pub shown: Shown,
    /// Whether numbers stand in it, at the right.
    pub numeric: bool,
    /// Whether files of the list have it too.
    pub in_files: bool,
    /// What it has for a page of accounts.
    pub read: Read,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Shows {
    /// Words that people gave.
    Words(String),
    /// Words of a message.
    Said(String),
    /// One of a few words: it as files have it, and the message that says it.
    Word {
        /// The word.
        word: &'static str,
        /// The message.
        text: &'static str,
    },
    /// A whole number.
    Number(i64),
    /// A day.
    Day(Day),
    /// A badge: its tone and icon, a number, and the message that is heard beside it.
    Badge {
        /// As [`kit`]'s badges have it.
        tone: &'static str,
        /// Its icon in the sprite.
        icon: &'static str,
        /// What it counts; none where that is not known.
        points: Option<f64>,
        /// The message.
        text: &'static str,
    },
    /// How a number went, the oldest value first; the message of its sentence takes `from` and `to`.
    Course {
        /// The values, with gaps where nothing is known.
        values: Vec<Option<f64>>,
        /// From where to where the values can go.
        range: (f64, f64),
        /// The message.
        text: &'static str,
    },
}

/// The columns of the list's own that tell of money.
const MONEY: [&str; 2] = ["arr", "renews"];

/// Every column that features add, in their order; attached to the database's handle.
#[derive(Clone, Debug)]
pub struct Columns {
    columns: Vec<&'static Column>,
    table: &'static Table,
}

impl Columns {
    /// The columns, and the table of accounts with them in it. It is made once and stays as long as the program.
    pub fn new(columns: &[&'static Column]) -> Self {
        let added = columns.iter().map(|column| TableColumn {
            key: column.key,
            text: column.text,
            sorts: None,
            shown: column.shown,
            numeric: column.numeric,
        });
        let mut all = TABLE.columns.to_vec();
        let after = all.iter().position(|column| column.key == "renews");
        let place = after.map_or(all.len(), |after| after + 1);
        all.splice(place..place, added);
        let table = Table {
            columns: Box::leak(all.into_boxed_slice()),
            ..TABLE
        };
        Self {
            columns: columns.to_vec(),
            table: Box::leak(Box::new(table)),
        }
    }

    /// The table of accounts with these columns.
    pub fn table(&self) -> &'static Table {
        self.table
    }
}

/// The table of accounts with the columns of all features.
pub(super) fn table(tx: &Tx<'_>) -> &'static Table {
    tx.attached::<Columns>().map_or(&TABLE, |columns| columns.table)
}

/// The columns that the actor may not see.
pub(super) fn hidden(tx: &Tx<'_>, actor: &Actor) -> Vec<&'static str> {
    let all = tx.attached::<Columns>().map(|columns| columns.columns.clone());
    let all = all.unwrap_or_default().into_iter();
    let added = all
        .filter(|column| !actor.may(column.needs))
        .map(|column| column.key);
    let own = MONEY.into_iter().filter(|_| !actor.may(Permission::MoneyRead));
    own.chain(added).collect()
}

/// A column with what it has for a page of accounts.
pub(super) struct Filled {
    column: &'static Column,
    cells: BTreeMap<AccountId, Vec<Shows>>,
}

/// What the columns that `is_wanted` picks have for these accounts: one read each.
pub(super) fn filled(
    tx: &mut Tx<'_>,
    actor: &Actor,
    accounts: &[AccountId],
    is_wanted: impl Fn(&Column) -> bool,
) -> Result<Vec<Filled>, DbError> {
    let all = tx.attached::<Columns>().map(|columns| columns.columns.clone());
    let mut filled = Vec::new();
    for column in all.unwrap_or_default() {
        if actor.may(column.needs) && is_wanted(column) {
            let cells = (column.read)(tx, actor, accounts)?;
            filled.push(Filled { column, cells });
        }
    }
    Ok(filled)
}

#[derive(Template)]
#[template(path = "accounts/views/cell.html")]
struct CellView<'a> {
    t: &'a Text,
    shows: &'a [Shows],
}

impl CellView<'_> {
    fn points(&self, points: &Option<f64>) -> String {
        points.map_or_else(|| "–".to_owned(), |points| self.t.decimal(points, 0))
    }

    fn course(&self, values: &[Option<f64>], range: &(f64, f64), text: &str) -> String {
        let known = || values.iter().flatten().copied();
        let (first, last) = (self.points(&known().next()), self.points(&known().last()));
        let args = kit::args!(from = first.as_str(), to = last.as_str());
        let drawn = Sparkline {
            sentence: self.t.say_with(text, args),
            values: values.to_vec(),
            range: Some(*range),
        };
        drawn.draw(self.t)
    }
}

impl Filled {
    /// The head of the column in a file.
    pub(super) fn head(&self) -> String {
        self.column.key.to_owned()
    }

    /// The classes of its cells.
    pub(super) fn class(&self) -> &'static str {
        match (self.column.numeric, self.column.shown) {
            (true, Shown::Aside | Shown::Seldom) => "number aside",
            (true, _) => "number",
            (false, Shown::Aside | Shown::Seldom) => "aside",
            (false, _) => "",
        }
    }

    /// The cell of an account, as HTML.
    pub(super) fn cell(&self, t: &Text, account: &AccountId) -> String {
        let shows = self.cells.get(account).map_or(&[][..], Vec::as_slice);
        let view = CellView { t, shows };
        view.render().expect("a cell is text")
    }

    /// The cell of an account in a file: the first plain value.
    pub(super) fn plain(&self, account: AccountId) -> Cell {
        let shows = self.cells.get(&account).and_then(|shows| shows.first());
        match shows {
            Some(Shows::Number(number)) => Cell::Number(*number as f64),
            Some(Shows::Badge {
                points: Some(points), ..
            }) => Cell::Number(points.round()),
            Some(Shows::Day(day)) => Cell::text(day),
            Some(Shows::Words(words)) => Cell::text(words),
            Some(Shows::Word { word, .. }) => Cell::text(word),
            _ => Cell::text(""),
        }
    }
}
