//! The row of views above the list of accounts: all, my book, those of nobody, and the segments that whoever asks sees.

use askama::Template;
use kit::db::Tx;
use kit::i18n::Text;
use kit::web::{Tab, address};

use super::{Segment, SegmentError};
use crate::accounts::finding::Wishes;
use crate::actor::Actor;

/// The row; rendered into the page of the list.
#[derive(Debug, Template)]
#[template(path = "segments/views/strip.html")]
pub struct Strip<'a> {
    t: &'a Text,
    tabs: Vec<Tab>,
    /// Where the present filters become a segment.
    save: Option<String>,
}

/// What the row is made of, read with the list.
#[derive(Clone, Debug)]
pub struct Views(Vec<Segment>);

impl Views {
    /// What `actor` sees.
    ///
    /// # Errors
    /// [`SegmentError::Forbidden`], or the database's.
    pub fn of(tx: &mut Tx<'_>, actor: &Actor) -> Result<Self, SegmentError> {
        super::all(tx, actor).map(Self)
    }

    /// The row above a list that is asked for `wishes`.
    pub fn strip<'a>(&self, t: &'a Text, wishes: &Wishes) -> Strip<'a> {
        let owner = |owner: &str| Wishes {
            owner: owner.to_owned(),
            ..Wishes::default()
        };
        let plain = |key: &str, asked: &Wishes| Tab {
            text: t.say(key),
            href: asked.on("/accounts"),
            current: wishes == asked,
            count: None,
        };
        let mut tabs = vec![
            plain("segments-view-all", &Wishes::default()),
            plain("assignment-my-book", &owner("me")),
            plain("assignment-unowned", &owner("none")),
        ];
        let own = self.0.iter().map(|segment| {
            let id = segment.id.to_string();
            Tab {
                text: segment.text.name.clone(),
                href: address("/accounts", &[("segment", &id)]),
                current: wishes.segment == id,
                count: segment.is_counted.then_some(segment.members),
            }
        });
        tabs.extend(own);
        let is_plain = wishes
            .pairs()
            .iter()
            .all(|(name, value)| *name == "segment" || value.is_empty());
        Strip {
            t,
            tabs,
            save: (!is_plain).then(|| wishes.on("/segments/new")),
        }
    }
}
