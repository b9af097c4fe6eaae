//! What a membership says.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MembershipId;
use crate::accounts::AccountId;
use crate::contacts::{ContactError, ContactId};

/// What a contact is to an account, and from when to when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Its id.
    pub id: MembershipId,
    /// The contact it was written down for, before any merge.
    pub contact: ContactId,
    /// The account.
    pub account: AccountId,
    /// What it says.
    pub text: MembershipText,
}

/// What people write about a membership.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MembershipText {
    /// What they do there: "Head of operations"; may be empty.
    pub title: String,
    /// What they are to us there.
    pub roles: Vec<ContactRole>,
    /// Their first day there; none when nobody knows.
    pub since: Option<Date>,
    /// Their last day there; none while they are there.
    pub until: Option<Date>,
}

/// What a contact is to us at an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactRole {
    /// Speaks for us inside.
    Champion,
    /// Decides whether they stay.
    DecisionMaker,
    /// Works with the product.
    User,
    /// Gets the invoices.
    Billing,
}

impl ContactRole {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Champion, Self::DecisionMaker, Self::User, Self::Billing];

    /// The word in forms and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Champion => "champion",
            Self::DecisionMaker => "decision_maker",
            Self::User => "user",
            Self::Billing => "billing",
        }
    }

    /// The key of its name in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Champion => "contacts-role-champion",
            Self::DecisionMaker => "contacts-role-decision-maker",
            Self::User => "contacts-role-user",
            Self::Billing => "contacts-role-billing",
        }
    }
}

impl MembershipText {
    /// The text as it is stored: trimmed, each role once.
    ///
    /// # Errors
    /// [`ContactError::LongTitle`] and [`ContactError::EndsBeforeStart`].
    pub fn checked(&self) -> Result<Self, ContactError> {
        let title: String = self.title.trim().chars().filter(|c| !c.is_control()).collect();
        if title.chars().count() > 200 {
            return Err(ContactError::LongTitle);
        }
        if let (Some(since), Some(until)) = (self.since, self.until)
            && until < since
        {
            return Err(ContactError::EndsBeforeStart);
        }
        let mut roles = self.roles.clone();
        roles.sort_unstable();
        roles.dedup();
        Ok(Self {
            title,
            roles,
            since: self.since,
            until: self.until,
        })
    }

    /// Whether they are there on `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}
