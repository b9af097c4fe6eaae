//! What addresses and forms ask of numbers, read and written.

use kit::day::Day;
use kit::id::TypedId;
use kit::web::Filled;
use tandem_core::agents::AgentId;
use tandem_core::ladders::RungId;
use tandem_core::tags::TagId;
use tandem_core::teams::TeamId;
use tandem_core::touchpoints::Channel;

use super::NumbersError;
use super::item::{By, Filter, HOURS, Key};
use super::period::{Ask, Period};
use super::report::Hours;
use crate::mailboxes::MailboxId;
use crate::tickets::{Kind, Priority};

/// What stands for tickets where nothing stands.
pub(super) const NOBODY: &str = "none";
/// The days until somebody chooses.
const USUAL: i64 = 30;

/// What a form asks for: the last thirty days by agent until somebody chooses.
///
/// # Errors
/// [`NumbersError::BadPeriod`], [`NumbersError::BadWord`] naming the field.
pub(super) fn ask(form: &Filled, today: Day) -> Result<Ask, NumbersError> {
    let mut filter = Filter::default();
    for by in By::ALL {
        let word = form.value(by.as_str());
        if !word.is_empty() {
            filter.wanted.push((by, key(by, word)?));
        }
    }
    let by = match form.value("by") {
        "" => By::Agent,
        word => By::parse(word).ok_or(NumbersError::BadWord("by"))?,
    };
    let hours = match form.value("hours") {
        "" | "calendar" => Hours::Calendar,
        "working" => Hours::Working,
        _ => return Err(NumbersError::BadWord("hours")),
    };
    Ok(Ask {
        period: period(form, today)?,
        filter,
        by,
        hours,
        today,
    })
}

fn period(form: &Filled, today: Day) -> Result<Period, NumbersError> {
    let day = |name: &str| form.value(name).trim().parse::<Day>();
    match form.value("period") {
        "" if form.value("from").is_empty() => Period::last(USUAL, today),
        "" | "custom" => {
            let (from, last) = (day("from"), day("last"));
            let (Ok(from), Ok(last)) = (from, last) else {
                return Err(NumbersError::BadPeriod);
            };
            Period::new(from, last)
        }
        days => {
            let days = days.parse().map_err(|_| NumbersError::BadPeriod)?;
            Period::last(days, today)
        }
    }
}

/// The value that a word of an address stands for.
///
/// # Errors
/// [`NumbersError::BadWord`] for a word that stands for none.
pub(super) fn key(by: By, word: &str) -> Result<Key, NumbersError> {
    let wrong = NumbersError::BadWord(by.as_str());
    let may_be_none = !matches!(by, By::Channel | By::Kind | By::Priority | By::Hour);
    if word == NOBODY && may_be_none {
        return Ok(Key::None);
    }
    let read = match by {
        By::Agent => word.parse::<AgentId>().ok().map(|id| Key::Id(id.uuid())),
        By::Team => word.parse::<TeamId>().ok().map(|id| Key::Id(id.uuid())),
        By::Mailbox => word.parse::<MailboxId>().ok().map(|id| Key::Id(id.uuid())),
        By::Tier => word.parse::<RungId>().ok().map(|id| Key::Id(id.uuid())),
        By::Tag => word.parse::<TagId>().ok().map(|id| Key::Id(id.uuid())),
        By::Channel => word.parse::<Channel>().ok().map(|one| Key::Word(one.as_str())),
        By::Kind => word.parse::<Kind>().ok().map(|one| Key::Word(one.as_str())),
        By::Priority => word.parse::<Priority>().ok().map(|one| Key::Word(one.as_str())),
        By::Hour => HOURS.into_iter().find(|hour| *hour == word).map(Key::Word),
    };
    read.ok_or(wrong)
}

/// The word of an address that stands for a value.
pub(super) fn word(by: By, key: &Key) -> String {
    match (by, key) {
        (_, Key::None) => NOBODY.to_owned(),
        (_, Key::Word(word)) => (*word).to_owned(),
        (By::Agent, Key::Id(id)) => AgentId::from_uuid(*id).to_string(),
        (By::Team, Key::Id(id)) => TeamId::from_uuid(*id).to_string(),
        (By::Mailbox, Key::Id(id)) => MailboxId::from_uuid(*id).to_string(),
        (By::Tier, Key::Id(id)) => RungId::from_uuid(*id).to_string(),
        (_, Key::Id(id)) => TagId::from_uuid(*id).to_string(),
    }
}

/// The names and values of an address that asks the same of another time.
pub(super) fn pairs(ask: &Ask, period: Period) -> Vec<(String, String)> {
    let mut pairs = vec![
        ("period".to_owned(), "custom".to_owned()),
        ("from".to_owned(), period.from.to_string()),
        ("last".to_owned(), period.until.plus_days(-1).to_string()),
        ("hours".to_owned(), ask.hours.as_str().to_owned()),
        ("by".to_owned(), ask.by.as_str().to_owned()),
    ];
    let wanted = ask.filter.wanted.iter();
    pairs.extend(wanted.map(|(by, key)| (by.as_str().to_owned(), word(*by, key))));
    pairs
}

/// An address with such pairs.
pub(super) fn address(path: &str, pairs: &[(String, String)]) -> String {
    let borrowed: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    kit::web::address(path, &borrowed)
}
