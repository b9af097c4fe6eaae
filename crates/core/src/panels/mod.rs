//! Panels and places: a page shows what features registered for it, without knowing the features.
//!
//! A *place* is a page that takes panels; a *panel* is an address of its own, shown in the place as a frame that loads
//! by itself: a slow or broken panel never holds the page or another panel. The table of panels stands beside the
//! wiring and is attached to the database handle.

mod views;

use kit::db::{Db, DbError, Tx};
use kit::i18n::Text;

pub use views::PanelFrames;

use crate::actor::Actor;
use crate::permissions::Permission;

/// A page that takes panels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The home page.
    Home,
    /// The page of one account.
    Account,
    /// The side of a ticket, where it says how the account stands; the subject is the account.
    Ticket,
    /// The side of a ticket, where it says what became of the ticket elsewhere; the subject is the ticket.
    Case,
    /// The page of one contact.
    Contact,
}

/// How much room a panel takes where the place has columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// One column.
    Column,
    /// The whole line.
    Line,
}

/// Asks the rows whether a person has use for a panel now.
pub type Ask = fn(&mut Tx<'_>, &Actor) -> Result<bool, DbError>;

/// What a feature shows in a place.
#[derive(Clone, Copy, Debug)]
pub struct Panel {
    /// What it is called in addresses and messages; its title is the message `panel-KEY`.
    pub key: &'static str,
    /// Where it is shown.
    pub place: Place,
    /// Who sees it.
    pub needs: Permission,
    /// Its address; `{id}` is the subject of the place.
    pub path: &'static str,
    /// How much room it takes.
    pub width: Width,
    /// How many lines its shape has while it loads.
    pub lines: u8,
    /// Whether this person has use for it now; `None` for always.
    pub is_wanted: Option<Ask>,
    /// Whose work it serves: those who have one of these see it before the others.
    pub first_for: &'static [Permission],
}

/// Every panel of the program, in the order of its place.
#[derive(Clone, Debug, Default)]
pub struct Panels(Vec<&'static Panel>);

impl Panel {
    /// A panel of one column that everybody with the permission sees.
    pub const fn new(key: &'static str, place: Place, needs: Permission, path: &'static str) -> Self {
        Self {
            key,
            place,
            needs,
            path,
            width: Width::Column,
            lines: 3,
            is_wanted: None,
            first_for: &[],
        }
    }

    /// Its title in the reader's language.
    pub fn title(&self, t: &Text) -> String {
        t.say(&format!("panel-{}", self.key))
    }

    /// Its address for the subject of the place.
    pub fn address(&self, subject: &str) -> String {
        self.path.replace("{id}", subject)
    }
}

impl Panels {
    /// The table.
    pub fn new(panels: &[&'static Panel]) -> Self {
        Self(panels.to_vec())
    }

    /// Every panel.
    pub fn all(&self) -> impl Iterator<Item = &'static Panel> + '_ {
        self.0.iter().copied()
    }
}

/// The panels that `actor` sees in `place`, those for their work first.
///
/// # Errors
/// [`DbError`] of a panel that had to be asked.
pub async fn of(db: &Db, place: Place, actor: &Actor) -> Result<Vec<&'static Panel>, DbError> {
    let Some(table) = db.attached::<Panels>() else {
        return Ok(Vec::new());
    };
    let mut open: Vec<_> = table
        .all()
        .filter(|panel| panel.place == place && actor.may(panel.needs))
        .collect();
    if open.iter().any(|panel| panel.is_wanted.is_some()) {
        let (asked, actor) = (open.clone(), actor.clone());
        open = db.read(move |tx| wanted(tx, &actor, &asked)).await?;
    }
    open.sort_by_key(|panel| !panel.first_for.iter().any(|permission| actor.may(*permission)));
    Ok(open)
}

fn wanted(tx: &mut Tx<'_>, actor: &Actor, asked: &[&'static Panel]) -> Result<Vec<&'static Panel>, DbError> {
    let mut wanted = Vec::with_capacity(asked.len());
    for panel in asked {
        let is_wanted = match panel.is_wanted {
            Some(ask) => ask(tx, actor)?,
            None => true,
        };
        if is_wanted {
            wanted.push(*panel);
        }
    }
    Ok(wanted)
}
