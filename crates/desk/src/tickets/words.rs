//! The words of tickets: how far they have come, how much they press, what they are, which fields they have.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::TicketError;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $failure:ident: $($(#[$row:meta])* $variant:ident $word:literal $text:literal $icon:literal $tone:literal;)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$row])* $variant,)*
        }

        impl $name {
            /// All of them, in the order in which people choose.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in rows, forms and documents.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The key of its name in the reader's language.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Its icon.
            pub const fn icon(self) -> &'static str {
                match self { $(Self::$variant => $icon,)* }
            }

            /// How its mark is coloured.
            pub const fn tone(self) -> &'static str {
                match self { $(Self::$variant => $tone,)* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = TicketError;
            fn from_str(word: &str) -> Result<Self, TicketError> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word).ok_or(TicketError::$failure)
            }
        }
    };
}

words! {
    /// How far a ticket has come.
    Status, BadStatus:
    /// Somebody of us has to do something.
    Open "open" "tickets-status-open" "circle-dot" "info";
    /// We wait for the customer.
    Waiting "waiting" "tickets-status-waiting" "clock" "";
    /// We wait for somebody else.
    OnHold "on_hold" "tickets-status-on-hold" "hourglass" "warn";
    /// The customer has what they asked for.
    Solved "solved" "tickets-status-solved" "circle-check" "good";
    /// Another ticket shows it; nobody chooses this by itself.
    Merged "merged" "tickets-status-merged" "git-merge" "";
    /// Nobody who is meant wrote it; it counts nowhere, and nobody chooses this as a status.
    Spam "spam" "tickets-status-spam" "ban" "";
    /// It is to be gone; it counts nowhere, and is removed for good after a time.
    Trash "trash" "tickets-status-trash" "trash-2" "";
}

impl Status {
    /// Those that people choose from.
    pub const CHOICES: [Self; 4] = [Self::Open, Self::Waiting, Self::OnHold, Self::Solved];

    /// Whether a ticket lies apart from all others: as spam or in the trash.
    pub const fn is_apart(self) -> bool {
        matches!(self, Self::Spam | Self::Trash)
    }

    /// Whether nothing is to be done for a ticket any more.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Solved | Self::Merged) || self.is_apart()
    }
}

words! {
    /// How much a ticket presses.
    Priority, BadPriority:
    /// It can wait.
    Low "low" "tickets-priority-low" "arrow-down" "";
    /// As most do.
    Normal "normal" "tickets-priority-normal" "minus" "";
    /// Before the others.
    High "high" "tickets-priority-high" "arrow-up" "warn";
    /// At once.
    Urgent "urgent" "tickets-priority-urgent" "triangle-alert" "bad";
}

words! {
    /// What sort of request a ticket is.
    Kind, BadKind:
    /// How does it work?
    Question "question" "tickets-kind-question" "lightbulb" "";
    /// Something does not do what it should.
    Problem "problem" "tickets-kind-problem" "circle-alert" "";
    /// About the account and its people.
    Account "account" "tickets-kind-account" "building-2" "";
    /// About what is paid.
    Billing "billing" "tickets-kind-billing" "receipt" "";
    /// About what is sold, and what should be.
    Product "product" "tickets-kind-product" "package" "";
    /// About how it is built and connected.
    Technical "technical" "tickets-kind-technical" "settings" "";
}

words! {
    /// What a message is.
    MessageKind, BadMessage:
    /// The customer wrote it.
    Inbound "inbound" "tickets-message-inbound" "arrow-down" "";
    /// We wrote it to the customer.
    Reply "reply" "tickets-message-reply" "arrow-up" "";
    /// Agents alone read it.
    Note "note" "tickets-message-note" "pencil" "warn";
}

impl MessageKind {
    /// What a composer makes in one of its modes; an answer unless it says otherwise.
    pub fn of_composer(mode: &str) -> Self {
        mode.parse().unwrap_or(Self::Reply)
    }
}

words! {
    /// A field of a ticket that people change.
    Field, BadField:
    /// What it is about.
    Subject "subject" "tickets-subject" "pencil" "";
    /// How far it has come.
    Status "status" "tickets-status" "circle-dot" "";
    /// How much it presses.
    Priority "priority" "tickets-priority" "arrow-up" "";
    /// What sort of request it is.
    Kind "kind" "tickets-kind" "list-filter" "";
    /// Whose work it is.
    Agent "agent" "tickets-agent" "user" "";
    /// Which team's work it is.
    Team "team" "tickets-team" "users" "";
    /// The account it is about.
    Account "account" "tickets-account" "building-2" "";
    /// Who asks.
    Contact "contact" "tickets-contact" "contact" "";
    /// Until when nobody wants to see it.
    Snooze "snoozed_until" "tickets-snoozed-until" "clock" "";
}
