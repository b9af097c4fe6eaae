//! A draft on its page: how its file is read, where its columns go, what its first rows would do.

use kit::csv::{Dialect, Record};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Choice, Failure, Page, Sent};

use super::target::{Form, Slot, Slots};
use super::views::{ColumnRow, DraftPage, Question, charsets, separator_name, separators};
use super::writing::{DayOrder, DecimalSign, Writing};
use super::{Import, ImportError, files};
use crate::actor::Actor;

/// Keeps what the form says of a draft: another reading of the file, or else the columns, and then whether its run was
/// asked for and has begun.
///
/// # Errors
/// A required field without a column, a field twice, a file that can't be read so; trouble of the store.
pub(super) async fn kept(db: &Db, actor: &Actor, import: &Import, sent: &Sent) -> Result<bool, ImportError> {
    let (dialect, has_header) = read_as(sent, import);
    let id = import.id;
    if dialect != import.layout.dialect || has_header != import.layout.has_header {
        files::read_again(db, actor, id, dialect, Some(has_header)).await?;
        return Ok(false);
    }
    let mapping: Vec<Option<String>> = (0..import.layout.columns.len())
        .map(|place| sent.given(&format!("column-{place}")).map(str::to_owned))
        .collect();
    let writing: Vec<Writing> = (0..import.layout.columns.len())
        .map(|place| Writing {
            days: word(sent.given(&format!("days-{place}"))),
            amounts: word(sent.given(&format!("amounts-{place}"))),
        })
        .collect();
    let (writer, begins) = (actor.clone(), sent.one("then") == "run");
    db.write(move |tx| {
        super::map(tx, &writer, id, &mapping, &writing)?;
        if begins {
            super::start(tx, &writer, id)?;
        }
        Ok(begins)
    })
    .await
}

/// A word of a form as what it names.
fn word<T: serde::de::DeserializeOwned>(given: Option<&str>) -> Option<T> {
    serde_json::from_value(serde_json::Value::from(given?)).ok()
}

/// How the form says that the file is to be read; what it does not say stays.
fn read_as(sent: &Sent, import: &Import) -> (Dialect, bool) {
    let mut dialect = import.layout.dialect;
    if let Some(charset) = sent.given("charset").and_then(|name| name.parse().ok()) {
        dialect.charset = charset;
    }
    if let Some(name) = sent.given("separator") {
        let mut all = Dialect::SEPARATORS.into_iter();
        dialect.separator = all
            .find(|known| separator_name(*known) == name)
            .unwrap_or(dialect.separator);
    }
    let has_header = match sent.one("header") {
        "yes" => true,
        "no" => false,
        _ => import.layout.has_header,
    };
    (dialect, has_header)
}

/// The columns of a draft and what its first rows would do.
///
/// # Errors
/// No such draft here, or trouble of the store.
pub(super) async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    import: &Import,
    wrong: Option<&Failure>,
) -> Result<Page, Failure> {
    let (reader, draft) = (actor.clone(), import.clone());
    let known = db.read(move |tx| {
        let target = super::target_of(tx, &draft.target)?;
        Ok::<_, ImportError>((target, super::slots_of(tx, &reader, &draft)?))
    });
    let (target, slots) = known.await?;
    let (rows, records) = files::preview(db, actor, import.id).await?;
    let error = |failure: &Failure| {
        let said = failure.fields.first().map(|(_, code)| t.say(code.text));
        said.unwrap_or_default()
    };
    let view = DraftPage {
        t,
        import,
        target,
        slots: &slots,
        columns: columns(t, import, &slots, &records),
        rows,
        charsets: charsets(import.layout.dialect),
        separators: separators(t, import.layout.dialect),
        error: wrong.map(error).unwrap_or_default(),
    };
    Ok(Page::new(&import.file_name, &view).live(import.id.to_string()))
}

fn columns(t: &Text, import: &Import, slots: &Slots, records: &[Record]) -> Vec<ColumnRow> {
    let columns = import.layout.columns.iter().enumerate().map(|(place, title)| {
        let mapped = import.mapping.get(place).cloned().flatten();
        let leave = Choice::new("", t.say("imports-leave-out")).chosen_if(mapped.is_none());
        let field = |slot: &Slot| {
            let is_chosen = mapped.as_deref() == Some(&*slot.key);
            Choice::new(slot.key.to_string(), slot.title.said(t)).chosen_if(is_chosen)
        };
        let cells = records.iter().filter_map(|record| record.cells.get(place));
        let said: Vec<&str> = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .take(3)
            .collect();
        ColumnRow {
            name: format!("column-{place}"),
            title: title.clone(),
            samples: said.join(" · "),
            fields: std::iter::once(leave).chain(slots.iter().map(field)).collect(),
            question: question(t, import, slots, place),
        }
    });
    columns.collect()
}

/// What the form asks of a column's writing, if anything.
fn question(t: &Text, import: &Import, slots: &Slots, place: usize) -> Option<Question> {
    let writing = import.writing_of(place);
    let choice = |word: &str, text: &str, is_chosen| Choice::new(word, t.say(text)).chosen_if(is_chosen);
    Some(match import.question(slots, place)? {
        Form::Amount => Question {
            name: format!("amounts-{place}"),
            label: t.say("imports-amounts"),
            is_open: writing.amounts == Some(DecimalSign::Unclear),
            choices: vec![
                choice(
                    "unclear",
                    "imports-choose",
                    writing.amounts == Some(DecimalSign::Unclear),
                ),
                choice(
                    "comma",
                    "imports-amounts-comma",
                    writing.amounts == Some(DecimalSign::Comma),
                ),
                choice(
                    "point",
                    "imports-amounts-point",
                    writing.amounts == Some(DecimalSign::Point),
                ),
            ],
        },
        _ => Question {
            name: format!("days-{place}"),
            label: t.say("imports-days"),
            is_open: writing.days == Some(DayOrder::Unclear),
            choices: vec![
                choice(
                    "unclear",
                    "imports-choose",
                    writing.days == Some(DayOrder::Unclear),
                ),
                choice(
                    "day_first",
                    "imports-days-day-first",
                    writing.days == Some(DayOrder::DayFirst),
                ),
                choice(
                    "month_first",
                    "imports-days-month-first",
                    writing.days == Some(DayOrder::MonthFirst),
                ),
            ],
        },
    })
}
