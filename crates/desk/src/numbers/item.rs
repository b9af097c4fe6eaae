//! A ticket as a report sees it, which of them are wanted, and by what they are told apart.

use kit::id::Uuid;
use tandem_core::touchpoints::Channel;

use super::fact::{Fact, Time};
use crate::tickets::{Kind, Priority};

/// A ticket as a report sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub(super) channel: Channel,
    pub(super) kind: Kind,
    pub(super) priority: Priority,
    pub(super) is_open: bool,
    pub(super) is_reopened: bool,
    pub(super) is_one_touch: bool,
    pub(super) hour: usize,
    pub(super) weekday: usize,
    pub(super) csat: Option<u8>,
    pub(super) effort: Option<u8>,
    /// Agent, team, mailbox, tier.
    pub(super) ids: [Option<Uuid>; 4],
    /// First response, resolution, first resolution.
    pub(super) times: [Option<Time>; 3],
    pub(super) tags: Vec<Uuid>,
}

impl Default for Item {
    fn default() -> Self {
        Self {
            channel: Channel::Email,
            kind: Kind::Question,
            priority: Priority::Normal,
            is_open: false,
            is_reopened: false,
            is_one_touch: false,
            hour: 0,
            weekday: 1,
            csat: None,
            effort: None,
            ids: [None; 4],
            times: [None; 3],
            tags: Vec::new(),
        }
    }
}

impl From<&Fact> for Item {
    fn from(fact: &Fact) -> Self {
        let small = |number: Option<i64>| number.and_then(|number| u8::try_from(number).ok());
        Self {
            channel: fact.channel,
            kind: fact.kind,
            priority: fact.priority,
            is_open: fact.is_open,
            is_reopened: fact.is_reopened,
            is_one_touch: fact.is_one_touch(),
            hour: usize::try_from(fact.hour).unwrap_or(0),
            weekday: usize::try_from(fact.weekday).unwrap_or(1),
            csat: small(fact.csat),
            effort: small(fact.effort),
            ids: [fact.agent, fact.team, fact.mailbox, fact.tier],
            times: [fact.first_response, fact.resolution, fact.first_resolution],
            tags: fact.tags.clone(),
        }
    }
}

/// By what tickets are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Whose work they are.
    Agent,
    /// Which team's.
    Team,
    /// Which way they came.
    Channel,
    /// The mailbox that they came to.
    Mailbox,
    /// The tier of their account.
    Tier,
    /// Each of their tags.
    Tag,
    /// What sort of request they are.
    Kind,
    /// How much they press.
    Priority,
    /// In which hour of the day they were opened.
    Hour,
}

/// The hours of a day, as words.
pub const HOURS: [&str; 24] = [
    "00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20", "21", "22", "23",
];

impl By {
    /// All of them, in the order in which people choose.
    pub const ALL: [Self; 9] = [
        Self::Agent,
        Self::Team,
        Self::Channel,
        Self::Mailbox,
        Self::Tier,
        Self::Tag,
        Self::Kind,
        Self::Priority,
        Self::Hour,
    ];

    /// The word in addresses, forms and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Team => "team",
            Self::Channel => "channel",
            Self::Mailbox => "mailbox",
            Self::Tier => "tier",
            Self::Tag => "tag",
            Self::Kind => "kind",
            Self::Priority => "priority",
            Self::Hour => "hour",
        }
    }

    /// The key of its name in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Agent => "numbers-by-agent",
            Self::Team => "numbers-by-team",
            Self::Channel => "numbers-by-channel",
            Self::Mailbox => "numbers-by-mailbox",
            Self::Tier => "numbers-by-tier",
            Self::Tag => "numbers-by-tag",
            Self::Kind => "numbers-by-kind",
            Self::Priority => "numbers-by-priority",
            Self::Hour => "numbers-by-hour",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == word)
    }

    /// Which place among the ids of an item it has.
    const fn place(self) -> Option<usize> {
        match self {
            Self::Agent => Some(0),
            Self::Team => Some(1),
            Self::Mailbox => Some(2),
            Self::Tier => Some(3),
            _ => None,
        }
    }
}

/// One value of what tickets are told apart by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Nothing stands there.
    None,
    /// An agent, team, mailbox, tier or tag.
    Id(Uuid),
    /// A channel, kind, priority or hour.
    Word(&'static str),
}

impl Item {
    /// Tells each value that an item counts for.
    pub(super) fn each_key(&self, by: By, mut tell: impl FnMut(Key)) {
        let id = |id: Option<Uuid>| id.map_or(Key::None, Key::Id);
        match (by, by.place()) {
            (_, Some(place)) => tell(id(self.ids[place])),
            (By::Channel, _) => tell(Key::Word(self.channel.as_str())),
            (By::Kind, _) => tell(Key::Word(self.kind.as_str())),
            (By::Priority, _) => tell(Key::Word(self.priority.as_str())),
            (By::Hour, _) => tell(Key::Word(HOURS[self.hour % HOURS.len()])),
            _ if self.tags.is_empty() => tell(Key::None),
            _ => self.tags.iter().copied().map(Key::Id).for_each(tell),
        }
    }
}

/// Which tickets are wanted: those that have all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Each at most once: by what, and which value.
    pub wanted: Vec<(By, Key)>,
}

impl Filter {
    /// Whether a ticket has all of it.
    pub(super) fn lets(&self, item: &Item) -> bool {
        self.wanted.iter().all(|(by, wanted)| {
            let mut has_it = false;
            item.each_key(*by, |key| has_it |= key == *wanted);
            has_it
        })
    }

    /// The value that is wanted of one of them.
    pub fn of(&self, by: By) -> Option<&Key> {
        let found = self.wanted.iter().find(|(one, _)| *one == by);
        found.map(|(_, key)| key)
    }
}
