//! What the API's document says about tags.

use kit::web::api::{Listed, Operation, Precondition, Sample};

use super::api::{TagDocument, TagInput, TagMergeInput};
use super::failures::{MERGE, NAME, TAKEN};
use super::{Colour, TagId};

const PART: &str = "Tags";

/// `GET /api/v1/tags`
pub const LIST: Operation = Operation::new(
    PART,
    "List tags",
    "The whole vocabulary of the workspace by name. What has which tags stands in the things themselves.",
)
.gives::<Listed<TagDocument>>();

/// `POST /api/v1/tags`
pub const CREATE: Operation = Operation::new(
    PART,
    "Add a tag",
    "No two tags have the same name. A tag that is put on something comes by itself.",
)
.takes::<TagInput>()
.makes::<TagDocument>()
.fails(&[&NAME, &TAKEN]);

/// `GET /api/v1/tags/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a tag",
    "Its ETag is what a change names with If-Match.",
)
.of::<TagId>()
.shows::<TagDocument>();

/// `PUT /api/v1/tags/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a tag",
    "Replaces name and colour, wherever it is used.",
)
.of::<TagId>()
.takes::<TagInput>()
.shows::<TagDocument>()
.held_by(Precondition::Required)
.fails(&[&NAME, &TAKEN]);

/// `PUT /api/v1/tags/{id}/merge`
pub const MERGE_INTO: Operation = Operation::new(
    PART,
    "Merge a tag into another",
    "What had this tag has the other, and this one is no more. It can't be taken back. Shows the tag that stays.",
)
.of::<TagId>()
.takes::<TagMergeInput>()
.shows::<TagDocument>()
.fails(&[&MERGE]);

impl Sample for TagInput {
    fn sample() -> Self {
        Self {
            name: "key account".to_owned(),
            colour: Colour::Violet,
        }
    }
}

impl Sample for TagMergeInput {
    fn sample() -> Self {
        Self {
            into: "tag_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
        }
    }
}

impl Sample for TagDocument {
    fn sample() -> Self {
        let TagInput { name, colour } = TagInput::sample();
        Self {
            id: "tag_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name,
            colour,
            version: 1,
        }
    }
}
