//! A row before it is taken: what its cells say, and what tells it from all others. Nothing here asks the database, so
//! rows are made ready while those before them are being stored.

use kit::csv::Record;

use super::ImportId;
use super::model::Import;
use super::target::{self, Form, Refusal, RowKey, Slot, Slots, Target, Values};
use super::writing::{DayOrder, DecimalSign, Writing};

/// How the records of a file become rows.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) target: &'static Target,
    pub(super) import: ImportId,
    /// The field of each column, if it has one, and how the column writes it.
    fields: Vec<Option<(Slot, Writing)>>,
}

/// A row that waits to be taken.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its number in the file.
    pub(super) number: i64,
    /// What it says, or why it can't be taken whatever the database holds.
    pub(super) said: Result<Said, Refusal>,
}

/// What a row says.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) values: Values,
    pub(super) key: RowKey,
    /// The key as the table has it.
    pub(super) text: String,
    /// What it has in common with whatever it may mean, where the target takes many rows in one go.
    pub(super) likeness: Option<String>,
    /// Whether it can be taken together with others.
    pub(super) fits: bool,
}

impl Plan {
    pub(super) fn of(target: &'static Target, slots: &Slots, import: &Import) -> Self {
        let columns = 0..import.layout.columns.len();
        let field = |place: usize| {
            let key = import.mapping.get(place)?.as_deref()?;
            Some((slots.named(key)?.clone(), import.writing_of(place)))
        };
        Self {
            target,
            import: import.id,
            fields: columns.map(field).collect(),
        }
    }

    /// What a record says by the fields of the target.
    pub(super) fn values(&self, record: &Record) -> Values {
        let mapped = self.fields.iter().zip(&record.cells);
        let known = mapped.filter_map(|(field, cell)| {
            let (slot, _) = field.as_ref()?;
            Some((slot.key.clone(), unguarded(cell.trim()).to_owned()))
        });
        Values(known.collect())
    }

    /// The row that a record is.
    pub(super) fn row(&self, record: &Record) -> Row {
        Row {
            number: i64::try_from(record.row).unwrap_or(i64::MAX),
            said: self.said(record),
        }
    }

    fn said(&self, record: &Record) -> Result<Said, Refusal> {
        let columns = self.fields.len();
        if record
            .cells
            .iter()
            .skip(columns)
            .any(|cell| !cell.trim().is_empty())
        {
            return Err(Refusal::of(target::MANY_CELLS).about(columns));
        }
        let mut values = self.values(record);
        if let Some((field, _)) = values.0.iter().find(|(_, value)| value.contains('\u{fffd}')) {
            return Err(Refusal::of(target::UNREADABLE).field(field));
        }
        for (field, writing) in self.fields.iter().flatten() {
            values.settle(field, *writing)?;
        }
        let key = (self.target.row_key)(&values)?;
        let likeness = self.target.bulk.and_then(|bulk| (bulk.likeness)(&values));
        Ok(Said {
            text: key.text(),
            key,
            likeness,
            fits: self.target.bulk.is_some_and(|bulk| (bulk.fits)(&values)),
            values,
        })
    }
}

impl Values {
    /// Gives a value the form in which verbs get it, whatever the file writes.
    fn settle(&mut self, field: &Slot, writing: Writing) -> Result<(), Refusal> {
        let said = self
            .0
            .iter_mut()
            .find(|(key, value)| *key == field.key && !value.is_empty());
        let Some((_, value)) = said else {
            return Ok(());
        };
        let is_unclear = match field.form {
            Form::Amount => writing.amounts == Some(DecimalSign::Unclear),
            _ => writing.days == Some(DayOrder::Unclear),
        };
        let (settled, code) = match field.form {
            Form::Text => return Ok(()),
            _ if is_unclear => (None, target::UNCLEAR),
            // Whatever stands behind a day, where only the day is asked for.
            Form::Day => (
                writing.day(value.split([' ', 'T']).next().unwrap_or_default()),
                target::BAD_DAY,
            ),
            Form::Moment => (writing.day(value), target::BAD_DAY),
            Form::Amount => (writing.amount(value), target::BAD_AMOUNT),
        };
        let refusal = || {
            Refusal::of(code)
                .field(&field.key)
                .about(value.chars().take(40).collect::<String>())
        };
        *value = settled.ok_or_else(refusal)?;
        Ok(())
    }
}

/// A cell without the apostrophe that [`kit::csv::line`] puts before what a spreadsheet would take for a formula.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}
