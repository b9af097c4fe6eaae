//! The facts of a day in one value: a list of the ids that occur in it, then a record for each ticket that names them by
//! their place. It is a cache of the rows, so a value of another form is made anew.

use kit::id::Uuid;
use tandem_core::touchpoints::Channel;

use super::fact::{Fact, Time};
use super::item::Item;
use crate::tickets::{Kind, Priority};

/// The form of the values; another one is not read.
const FORM: u8 = 1;
/// What stands for nothing.
const NONE: u32 = u32::MAX;

/// Packs what is counted of some tickets.
pub(super) fn pack(facts: &[Fact]) -> Vec<u8> {
    let mut ids: Vec<Uuid> = facts
        .iter()
        .flat_map(|fact| {
            let one = [fact.agent, fact.team, fact.mailbox, fact.tier];
            one.into_iter().flatten().chain(fact.tags.iter().copied())
        })
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let place = |id: Option<Uuid>| -> u32 {
        let found = id.and_then(|id| ids.binary_search(&id).ok());
        found.map_or(NONE, |place| u32::try_from(place).unwrap_or(NONE))
    };
    let mut bytes = vec![FORM];
    put(&mut bytes, u32::try_from(ids.len()).unwrap_or(0));
    for id in &ids {
        bytes.extend_from_slice(id.as_bytes());
    }
    for fact in facts {
        bytes.push(place_in(Channel::ALL, &fact.channel));
        bytes.push(place_in(Kind::ALL, &fact.kind));
        bytes.push(place_in(Priority::ALL, &fact.priority));
        let flags = [fact.is_open, fact.is_reopened, fact.is_one_touch()];
        bytes.push(flags.iter().rev().fold(0, |all, flag| all << 1 | u8::from(*flag)));
        bytes.push(u8::try_from(fact.hour).unwrap_or(0));
        bytes.push(u8::try_from(fact.weekday).unwrap_or(1));
        bytes.push(small(fact.csat));
        bytes.push(small(fact.effort));
        for id in [fact.agent, fact.team, fact.mailbox, fact.tier] {
            put(&mut bytes, place(id));
        }
        for time in [fact.first_response, fact.resolution, fact.first_resolution] {
            put(&mut bytes, span(time.map(|time| time.calendar)));
            put(&mut bytes, span(time.map(|time| time.working)));
        }
        bytes.push(u8::try_from(fact.tags.len().min(255)).unwrap_or(255));
        for tag in fact.tags.iter().take(255) {
            put(&mut bytes, place(Some(*tag)));
        }
    }
    bytes
}

fn place_in<T: PartialEq>(all: &[T], one: &T) -> u8 {
    let found = all.iter().position(|other| other == one);
    found.and_then(|place| u8::try_from(place).ok()).unwrap_or(0)
}

fn put(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

fn small(number: Option<i64>) -> u8 {
    number
        .and_then(|number| u8::try_from(number).ok())
        .unwrap_or(u8::MAX)
}

fn span(seconds: Option<i64>) -> u32 {
    seconds.map_or(NONE, |seconds| {
        u32::try_from(seconds).unwrap_or(NONE - 1).min(NONE - 1)
    })
}

/// Reads what [`pack`] wrote; none for anything else.
pub(super) fn unpack(bytes: &[u8], mut see: impl FnMut(&Item)) -> Option<()> {
    let mut rest = Rest(bytes);
    if rest.byte()? != FORM {
        return None;
    }
    let count = usize::try_from(rest.number()?).ok()?;
    let mut ids = Vec::with_capacity(count.min(bytes.len() / 16));
    for _ in 0..count {
        ids.push(Uuid::from_slice(rest.take(16)?).ok()?);
    }
    let mut item = Item::default();
    while !rest.0.is_empty() {
        read(&mut rest, &ids, &mut item)?;
        see(&item);
    }
    Some(())
}

fn read(rest: &mut Rest<'_>, ids: &[Uuid], item: &mut Item) -> Option<()> {
    item.channel = *Channel::ALL.get(usize::from(rest.byte()?))?;
    item.kind = *Kind::ALL.get(usize::from(rest.byte()?))?;
    item.priority = *Priority::ALL.get(usize::from(rest.byte()?))?;
    let flags = rest.byte()?;
    item.is_open = flags & 1 != 0;
    item.is_reopened = flags & 2 != 0;
    item.is_one_touch = flags & 4 != 0;
    item.hour = usize::from(rest.byte()?);
    item.weekday = usize::from(rest.byte()?);
    item.csat = Some(rest.byte()?).filter(|rating| *rating != u8::MAX);
    item.effort = Some(rest.byte()?).filter(|effort| *effort != u8::MAX);
    for place in 0..4 {
        let number = rest.number()?;
        item.ids[place] = match number {
            NONE => None,
            number => Some(*ids.get(usize::try_from(number).ok()?)?),
        };
    }
    for place in 0..3 {
        let (calendar, working) = (rest.number()?, rest.number()?);
        item.times[place] = (calendar != NONE).then_some(Time {
            calendar: i64::from(calendar),
            working: i64::from(working),
        });
    }
    item.tags.clear();
    for _ in 0..rest.byte()? {
        item.tags.push(*ids.get(usize::try_from(rest.number()?).ok()?)?);
    }
    Some(())
}

struct Rest<'b>(&'b [u8]);

impl<'b> Rest<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|taken| taken[0])
    }

    fn number(&mut self) -> Option<u32> {
        let taken = self.take(4)?;
        taken.try_into().ok().map(u32::from_le_bytes)
    }
}
