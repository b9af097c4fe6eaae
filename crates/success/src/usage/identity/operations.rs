//! What the API's document says about ids of usage.

use kit::web::api::{Listed, Operation};
use tandem_core::contacts::ContactId;

use super::documents::{IdentityDocument, LinkInput, LinksQuery, NameDocument};
use super::failures::NO_LINK;
use crate::usage::people::NameId;

const PART: &str = "Usage";

/// `GET /api/v1/usage-names/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show an id of usage",
    "Who stands behind it, and what belongs together with it: since when, why, and from which source.",
)
.of::<NameId>()
.asks::<LinksQuery>()
.shows::<IdentityDocument>();

/// `PUT /api/v1/usage-names/{id}/link`
pub const LINK: Operation = Operation::new(
    PART,
    "End or restore a link",
    "What is ended counts no more, also when later events say the same; what was counted is put down anew.",
)
.of::<NameId>()
.takes::<LinkInput>()
.shows::<IdentityDocument>()
.fails(&[&NO_LINK]);

/// `GET /api/v1/contacts/{id}/usage-names`
pub const OF_CONTACT: Operation = Operation::new(
    PART,
    "List the ids of a contact",
    "By which ids a contact is known to the product.",
)
.of::<ContactId>()
.gives::<Listed<NameDocument>>();
