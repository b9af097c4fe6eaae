//! How far a ticket has come, as its workspace says it: a category, and in it a status of its own where there is one.

use std::fmt;
use std::str::FromStr;

use super::{Status, TicketError};
use crate::statuses::StatusId;

/// A category and a status in it. As a text it is the category's word, and the status's id behind a slash: `waiting`,
/// `waiting/tst_01k…`. So changes, forms, macros and acts on many take it as they take any value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// The category.
    pub status: Status,
    /// The status in it; none where the category itself says it all.
    pub own: Option<StatusId>,
}

/// What stands between the category and the status.
const BETWEEN: char = '/';

impl Step {
    /// The category's word in a step that was written down.
    pub fn category(written: &str) -> &str {
        written
            .split_once(BETWEEN)
            .map_or(written, |(category, _)| category)
    }
}

impl From<Status> for Step {
    fn from(status: Status) -> Self {
        Self { status, own: None }
    }
}

impl FromStr for Step {
    type Err = TicketError;

    fn from_str(written: &str) -> Result<Self, TicketError> {
        let Some((category, own)) = written.split_once(BETWEEN) else {
            return written.parse().map(|status: Status| status.into());
        };
        let status: Status = category.parse()?;
        if !Status::CHOICES.contains(&status) {
            return Err(TicketError::BadStatus);
        }
        Ok(Self {
            status,
            own: Some(own.parse().map_err(|_| TicketError::BadStatus)?),
        })
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.status.as_str())?;
        match self.own {
            Some(own) => write!(f, "{BETWEEN}{own}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_read_as_it_was_written_and_its_category_is_known_without_the_rest() {
        for written in ["open", "waiting/tst_01k5x0h3m8f2rq7v9c4w6d1nbe", "merged", "spam"] {
            let step: Step = written.parse().unwrap();
            assert_eq!(step.to_string(), written);
            assert_eq!(step.status.as_str(), Step::category(written));
        }
        for bad in [
            "",
            "/",
            "waiting/",
            "waiting/x",
            "gone",
            "merged/tst_01k5x0h3m8f2rq7v9c4w6d1nbe",
            "trash/tst_01k5x0h3m8f2rq7v9c4w6d1nbe",
        ] {
            assert_eq!(bad.parse::<Step>(), Err(TicketError::BadStatus), "{bad}");
        }
    }
}
