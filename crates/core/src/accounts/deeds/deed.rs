//! What can be done to many accounts: a table of deeds, to which any feature adds its own in the wiring.

use kit::db::{DbError, Tx};
use kit::web::Failure;

use super::Wanted;
use crate::accounts::{AccountError, AccountId};
use crate::actor::{Actor, Forbidden};
use crate::assignment::AssignmentError;
use crate::fields::FieldError;
use crate::permissions::Permission;
use crate::stages::StageError;
use crate::tags::TagError;
use crate::tiers::TierError;

/// What can be chosen, in its order.
pub type Offer = fn(&mut Tx<'_>, &Actor) -> Result<Vec<Offered>, DbError>;
/// Whether it can be wanted so; gives it in the form in which it is kept.
pub type Check = fn(&mut Tx<'_>, &Actor, &Wanted) -> Result<Wanted, Refused>;
/// Does it to one account.
pub type Act = fn(&mut Tx<'_>, &Actor, AccountId, &Wanted) -> Result<Done, Refused>;
/// Takes it back from one account, by the trace that it left.
pub type TakeBack = fn(&mut Tx<'_>, &Actor, AccountId, (&Wanted, &str)) -> Result<(), Refused>;

/// Something that can be done to an account, and taken back.
#[derive(Clone, Copy, Debug)]
pub struct Deed {
    /// What forms and programs call it; its name is the message `deeds-KEY`.
    pub key: &'static str,
    /// Who may do it.
    pub needs: Permission,
    /// What the bar asks for.
    pub asks: Asks,
    /// What it asks beside that: the message `deeds-KEY-detail`.
    pub has_detail: bool,
    /// Looks at what is wanted, before anything is done.
    pub check: Check,
    /// Does it.
    pub act: Act,
    /// Takes it back; an account that is not as it was left stays.
    pub take_back: TakeBack,
}

/// What the bar asks for a deed.
#[derive(Clone, Copy, Debug)]
pub enum Asks {
    /// One of a list.
    Choice(Offer),
    /// A word, which may be a new one.
    Word(Offer),
    /// The workspace's own fields, each as it is.
    Fields,
}

impl Asks {
    /// Whether the same thing is asked for twice: a choice is made once, a field has one value.
    pub(super) fn is_twice(self, one: &Wanted, other: &Wanted) -> bool {
        let is_same = match self {
            Self::Choice(_) => true,
            Self::Word(_) => one.value == other.value,
            Self::Fields => one.detail == other.detail,
        };
        one.deed == other.deed && is_same
    }
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// What is sent.
    pub value: String,
    /// What it is called.
    pub said: Said,
}

/// What something is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// By a name that people gave it.
    Name(String),
    /// By a message.
    Key(&'static str),
}

impl Offered {
    /// Something with a name of its own.
    pub fn named(value: impl ToString, name: impl Into<String>) -> Self {
        Self {
            value: value.to_string(),
            said: Said::Name(name.into()),
        }
    }

    /// Something that a message names.
    pub fn said(value: &str, key: &'static str) -> Self {
        Self {
            value: value.to_owned(),
            said: Said::Key(key),
        }
    }
}

/// What became of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// It was so already.
    Same,
    /// It is another; with the trace by which that is taken back.
    Changed(String),
}

/// Why a deed was not done, or not taken back.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refused {
    /// For a reason: the key of its sentence.
    #[error("{0}")]
    Because(&'static str),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Somebody changed the account since.
pub const SINCE: Refused = Refused::Because("deeds-failure-since");
/// It can't be wanted so.
pub const VALUE: Refused = Refused::Because("deeds-failure-value");

macro_rules! refusals {
    ($($error:ident)*) => {
        $(impl From<$error> for Refused {
            fn from(error: $error) -> Self {
                match error {
                    $error::Db(error) => Self::Db(error),
                    other => Self::Because(Failure::from(other).code.text),
                }
            }
        })*
    };
}

refusals! { AccountError AssignmentError StageError TagError TierError }

impl From<FieldError> for Refused {
    fn from(error: FieldError) -> Self {
        match error {
            FieldError::Db(error) => Self::Db(error),
            FieldError::Wrong(wrong) if !wrong.is_empty() => Self::Because(wrong[0].trouble.text()),
            other => Self::Because(Failure::from(other).code.text),
        }
    }
}

impl From<Forbidden> for Refused {
    fn from(missing: Forbidden) -> Self {
        AccountError::from(missing).into()
    }
}

/// Every deed of the program, in the order in which the bar asks for them; attached to the database's handle.
#[derive(Clone, Debug, Default)]
pub struct Deeds(Vec<&'static Deed>);

impl Deeds {
    /// The table.
    pub fn new(deeds: &[&'static Deed]) -> Self {
        Self(deeds.to_vec())
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &'static Deed> + '_ {
        self.0.iter().copied()
    }

    /// The one that is called so.
    pub fn find(&self, key: &str) -> Option<&'static Deed> {
        self.all().find(|deed| deed.key == key)
    }
}
