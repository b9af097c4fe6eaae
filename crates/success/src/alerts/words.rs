//! The words of alerts: each an enum whose words stand in rows, forms and documents, and have a name in every language.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $word:literal $text:literal;)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// All, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word in rows, forms and documents.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// The key of its name in the reader's language.
            pub const fn text(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// What a word means.
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words! {
    /// What an alert is about.
    Way {
        /// Something may be lost.
        Risk "risk" "alerts-risk";
        /// Something may be won.
        Chance "chance" "alerts-chance";
    }
}

words! {
    /// How much it matters.
    Severity {
        /// When there is time.
        Low "low" "alerts-low";
        /// Soon.
        Medium "medium" "alerts-medium";
        /// Today.
        High "high" "alerts-high";
        /// Now.
        Critical "critical" "alerts-critical";
    }
}

words! {
    /// Where an alert stands.
    State {
        /// Somebody is to look at it.
        Open "open" "alerts-open";
        /// Nobody wants to see it before a day.
        Snoozed "snoozed" "alerts-snoozed";
        /// It was none.
        Dismissed "dismissed" "alerts-dismissed";
        /// Somebody acted.
        Handled "handled" "alerts-handled";
        /// The cause went away by itself.
        Eased "eased" "alerts-eased";
    }
}

words! {
    /// Why an alert was none.
    Reason {
        /// The numbers are wrong, or mean something else.
        Wrong "wrong_data" "alerts-reason-wrong";
        /// That was known and agreed.
        Expected "expected" "alerts-reason-expected";
        /// It is always like that there.
        Usual "usual" "alerts-reason-usual";
        /// It is true, and does not matter.
        Minor "minor" "alerts-reason-minor";
        /// Something else, said in words.
        Other "other" "alerts-reason-other";
    }
}

words! {
    /// What came of acting.
    Outcome {
        /// The account stays.
        Saved "saved" "alerts-outcome-saved";
        /// It is lost all the same.
        Lost "lost" "alerts-outcome-lost";
        /// The chance was taken.
        Won "won" "alerts-outcome-won";
        /// Nothing.
        Nothing "no_effect" "alerts-outcome-nothing";
        /// There was nothing to do.
        False "false_alarm" "alerts-outcome-false";
    }
}

words! {
    /// What somebody heard from a customer.
    SignalKind {
        /// They may go.
        Risk "risk" "signals-risk";
        /// They may want more.
        Upsell "upsell" "signals-upsell";
        /// They would speak for us.
        Reference "reference" "signals-reference";
        /// They are glad.
        Praise "praise" "signals-praise";
    }
}

words! {
    /// What happened to an alert.
    Did {
        /// A rule found it.
        Opened "opened" "alerts-did-opened";
        /// Somebody told us.
        Told "told" "alerts-did-told";
        /// Whoever told us took that back.
        Withdrawn "withdrawn" "alerts-did-withdrawn";
        /// It matters more or less than before.
        Weighed "weighed" "alerts-did-weighed";
        /// Somebody took it, or gave it to somebody.
        Given "given" "alerts-did-given";
        /// Somebody wants to see it later.
        Snoozed "snoozed" "alerts-did-snoozed";
        /// It is to be seen again.
        Woke "woke" "alerts-did-woke";
        /// Somebody said that it was none.
        Dismissed "dismissed" "alerts-did-dismissed";
        /// Somebody said what came of it.
        Handled "handled" "alerts-did-handled";
        /// The cause was gone.
        Eased "eased" "alerts-did-eased";
        /// Somebody opened it again.
        Reopened "reopened" "alerts-did-reopened";
        /// Somebody took back what was done last.
        Undone "undone" "alerts-did-undone";
    }
}

words! {
    /// How a condition looks at a metric.
    Test {
        /// Its value is this or more.
        AtLeast "at_least" "alerts-test-at-least";
        /// Its value is this or less.
        AtMost "at_most" "alerts-test-at-most";
        /// It lies below its own baseline by a share.
        Falls "falls" "alerts-test-falls";
        /// It lies above its own baseline by a share.
        Rises "rises" "alerts-test-rises";
        /// It has gone below where it used to be, beyond its own noise.
        ShiftsDown "shifts_down" "alerts-test-shifts-down";
        /// It has gone above where it used to be, beyond its own noise.
        ShiftsUp "shifts_up" "alerts-test-shifts-up";
        /// It has not moved for days.
        Still "still" "alerts-test-still";
        /// It was known once, and has not been for days.
        Missing "missing" "alerts-test-missing";
    }
}

impl Test {
    /// Whether it compares days with the days before.
    pub const fn has_baseline(self) -> bool {
        matches!(
            self,
            Self::Falls | Self::Rises | Self::ShiftsDown | Self::ShiftsUp
        )
    }
}

impl Severity {
    /// How badges are toned.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Critical | Self::High => "bad",
            Self::Medium => "warn",
            Self::Low => "",
        }
    }
}

impl SignalKind {
    /// Whether something may be lost or won.
    pub const fn way(self) -> Way {
        match self {
            Self::Risk => Way::Risk,
            Self::Upsell | Self::Reference | Self::Praise => Way::Chance,
        }
    }

    /// The key of a sentence for where nothing else was said.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Risk => "signals-risk-hint",
            Self::Upsell => "signals-upsell-hint",
            Self::Reference => "signals-reference-hint",
            Self::Praise => "signals-praise-hint",
        }
    }
}

impl Way {
    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Risk => "triangle-alert",
            Self::Chance => "trending-up",
        }
    }

    /// How the badge of a severity is toned: good news is never red.
    pub const fn tone(self, severity: Severity) -> &'static str {
        match self {
            Self::Risk => severity.tone(),
            Self::Chance => "good",
        }
    }
}

impl State {
    /// Whether it is over.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Dismissed | Self::Handled | Self::Eased)
    }
}

impl Did {
    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Opened => "triangle-alert",
            Self::Told => "signal",
            Self::Weighed => "sliders-horizontal",
            Self::Given => "user-plus",
            Self::Snoozed => "clock",
            Self::Woke => "bell",
            Self::Dismissed => "ban",
            Self::Handled => "circle-check",
            Self::Eased => "check",
            Self::Reopened | Self::Undone | Self::Withdrawn => "undo-2",
        }
    }
}
