//! How a reader wants days, times and numbers written where that is not as their language does.

use super::number::Separators;

/// What a reader chose; nothing chosen is as the language does. Kept as one text, `date:mdy|clock:12|numbers:comma`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Formats {
    /// The order of a day's parts.
    pub date: Option<DateOrder>,
    /// How the clock counts.
    pub clock: Option<ClockFace>,
    /// What stands between the digits of numbers and amounts.
    pub numbers: Option<NumberStyle>,
}

macro_rules! ways {
    ($(#[$doc:meta])* $name:ident { $($(#[$each_doc:meta])* $each:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$each_doc])* $each,)*
        }

        impl $name {
            /// Every way.
            pub const ALL: &[Self] = &[$(Self::$each),*];

            /// The word in texts and forms.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$each => $word,)* }
            }

            /// The way that a word means.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|way| way.as_str() == word)
            }
        }
    };
}

ways! {
    /// The order of a day's parts.
    DateOrder {
        /// 25/12/2026.
        DayFirst = "dmy",
        /// 12/25/2026.
        MonthFirst = "mdy",
        /// 2026-12-25.
        YearFirst = "ymd",
    }
}

ways! {
    /// How the clock counts.
    ClockFace {
        /// 14:05.
        TwentyFour = "24",
        /// 2:05 pm.
        Twelve = "12",
    }
}

ways! {
    /// What stands between the digits of numbers and amounts.
    NumberStyle {
        /// 1,234.50.
        Point = "point",
        /// 1.234,50.
        Comma = "comma",
        /// 1 234,50.
        Space = "space",
        /// 1’234.50.
        Apostrophe = "apostrophe",
    }
}

impl NumberStyle {
    /// A number written so, to choose by.
    pub fn example(self) -> String {
        self.separators().decimal(1_234.5, 2)
    }

    /// The separators of a language or region that writes so.
    pub(super) fn separators(self) -> Separators {
        Separators::of(match self {
            Self::Point => "en",
            Self::Comma => "de",
            Self::Space => "ru",
            Self::Apostrophe => "gsw",
        })
    }
}

impl Formats {
    /// What a text or a form says: words that are not understood choose nothing.
    pub fn read(text: &str) -> Self {
        let mut formats = Self::default();
        for (name, word) in text.split('|').filter_map(|part| part.split_once(':')) {
            formats.choose(name, word);
        }
        formats
    }

    /// Chooses one way by its name and word; an empty or unknown word is as the language does. Whether there is such a name.
    pub fn choose(&mut self, name: &str, word: &str) -> bool {
        match name {
            "date" => self.date = DateOrder::parse(word),
            "clock" => self.clock = ClockFace::parse(word),
            "numbers" => self.numbers = NumberStyle::parse(word),
            _ => return false,
        }
        true
    }

    /// The text to keep; none when all is as the language does.
    pub fn kept(self) -> Option<String> {
        let parts = [
            ("date", self.date.map(DateOrder::as_str)),
            ("clock", self.clock.map(ClockFace::as_str)),
            ("numbers", self.numbers.map(NumberStyle::as_str)),
        ];
        let chosen: Vec<String> = parts
            .into_iter()
            .filter_map(|(name, word)| Some(format!("{name}:{}", word?)))
            .collect();
        (!chosen.is_empty()).then(|| chosen.join("|"))
    }
}
