//! What the API's document says about contacts.

use kit::web::api::{Listed, Operation, Precondition};

use super::ContactId;
use super::api::{ContactDocument, ContactInput, ContactsQuery, NewContactInput, WholeDocument};
use super::erasing::api::{ErasureDocument, ExportDocument};
use super::failures::{
    ACCOUNT, ADDRESS, DAY, LANGUAGE, MERGE, NAME, NOTE, PHONE, REALM, TAKEN, TITLE, UNTIL, VALUE, ZONE,
};
use super::identities::IdentityId;
use super::identities::api::{IdentityDocument, IdentityInput};
use super::memberships::MembershipId;
use super::memberships::api::{MembershipDocument, MembershipInput, StandingInput};
use super::merging::api::{DoubleDocument, MergeInput};
use crate::accounts::AccountId;

const PART: &str = "Contacts";

/// `GET /api/v1/contacts`
pub const LIST: Operation = Operation::new(
    PART,
    "List contacts",
    "The people of the workspace's accounts, by name. Those who were merged into another are left out.",
)
.asks::<ContactsQuery>()
.gives::<Listed<ContactDocument>>();

/// `POST /api/v1/contacts`
pub const CREATE: Operation = Operation::new(
    PART,
    "Add a contact",
    "With what they are known by and the account they are at, or without. An identity belongs to one contact.",
)
.takes::<NewContactInput>()
.makes::<WholeDocument>()
.fails(&[
    &NAME, &LANGUAGE, &ZONE, &NOTE, &ADDRESS, &PHONE, &REALM, &VALUE, &TAKEN, &TITLE, &UNTIL, &DAY, &ACCOUNT,
]);

/// `GET /api/v1/contacts/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a contact",
    "With what they are known by and where they are. Its ETag is what a change names with If-Match.",
)
.of::<ContactId>()
.shows::<WholeDocument>();

/// `PUT /api/v1/contacts/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a contact",
    "Replaces what is written about them; what is left out is taken away.",
)
.of::<ContactId>()
.takes::<ContactInput>()
.shows::<WholeDocument>()
.held_by(Precondition::Required)
.fails(&[&NAME, &LANGUAGE, &ZONE, &NOTE]);

/// `DELETE /api/v1/contacts/{id}`
pub const ERASE: Operation = Operation::new(
    PART,
    "Erase a person",
    "Takes away the contact, everybody merged into them, what they are known by and where they are. It can't be undone.",
)
.of::<ContactId>()
.gives::<ErasureDocument>();

/// `GET /api/v1/contacts/{id}/export`
pub const EXPORT: Operation = Operation::new(
    PART,
    "Export a person",
    "Everything that is known about them, for them to take along.",
)
.of::<ContactId>()
.gives::<ExportDocument>();

/// `POST /api/v1/contacts/{id}/identities`
pub const IDENTITY_ADD: Operation = Operation::new(
    PART,
    "Add an identity",
    "An address, a phone, a handle or a number of another system. What they are known by already is shown.",
)
.of::<ContactId>()
.takes::<IdentityInput>()
.makes::<IdentityDocument>()
.fails(&[&ADDRESS, &PHONE, &REALM, &VALUE, &TAKEN]);

/// `DELETE /api/v1/identities/{id}`
pub const IDENTITY_REMOVE: Operation =
    Operation::new(PART, "Remove an identity", "They are not known by it any more.").of::<IdentityId>();

/// `PUT /api/v1/identities/{id}/verification`
pub const IDENTITY_VERIFY: Operation = Operation::new(
    PART,
    "Verify an identity",
    "Says that somebody made sure that it is theirs. Who said it first stays.",
)
.of::<IdentityId>()
.shows::<IdentityDocument>();

/// `DELETE /api/v1/identities/{id}/verification`
pub const IDENTITY_DOUBT: Operation =
    Operation::new(PART, "Doubt an identity", "Takes back that somebody made sure.")
        .of::<IdentityId>()
        .shows::<IdentityDocument>();

/// `GET /api/v1/accounts/{id}/contacts`
pub const AT_ACCOUNT: Operation = Operation::new(
    PART,
    "List the people at an account",
    "What each is there; those who are there before those who were.",
)
.of::<AccountId>()
.gives::<Listed<MembershipDocument>>();

/// `POST /api/v1/contacts/{id}/memberships`
pub const MEMBERSHIP_ADD: Operation = Operation::new(
    PART,
    "Add a membership",
    "Says that a contact is at an account. They may be at several, and come back.",
)
.of::<ContactId>()
.takes::<MembershipInput>()
.makes::<MembershipDocument>()
.fails(&[&TITLE, &UNTIL, &DAY, &ACCOUNT]);

/// `GET /api/v1/memberships/{id}`
pub const MEMBERSHIP_SHOW: Operation =
    Operation::new(PART, "Show a membership", "What a contact is to an account.")
        .of::<MembershipId>()
        .shows::<MembershipDocument>();

/// `PUT /api/v1/memberships/{id}`
pub const MEMBERSHIP_CHANGE: Operation = Operation::new(
    PART,
    "Change a membership",
    "Replaces what is said; who left gets a last day.",
)
.of::<MembershipId>()
.takes::<StandingInput>()
.shows::<MembershipDocument>()
.fails(&[&TITLE, &UNTIL, &DAY]);

/// `DELETE /api/v1/memberships/{id}`
pub const MEMBERSHIP_REMOVE: Operation = Operation::new(
    PART,
    "Remove a membership",
    "As if it had never been written down.",
)
.of::<MembershipId>();

/// `GET /api/v1/contacts/{id}/doubles`
pub const DOUBLES: Operation = Operation::new(
    PART,
    "List possible doubles",
    "Other contacts who may be the same person, the likelier first.",
)
.of::<ContactId>()
.gives::<Listed<DoubleDocument>>();

/// `PUT /api/v1/contacts/{id}/merge`
pub const MERGE_INTO: Operation = Operation::new(
    PART,
    "Merge a contact into another",
    "The other stands for both from now on. Nothing is rewritten, so it can be taken back.",
)
.of::<ContactId>()
.takes::<MergeInput>()
.shows::<WholeDocument>()
.fails(&[&MERGE]);

/// `DELETE /api/v1/contacts/{id}/merge`
pub const UNMERGE: Operation = Operation::new(
    PART,
    "Take a merge back",
    "The contact stands for themselves again, with everything as it was.",
)
.of::<ContactId>()
.shows::<WholeDocument>();
