//! What a merge would do: which values differ, which would win, and how much moves.

use kit::db::{DbError, Tx, catalog};
use kit::id::TypedId;

use super::model::{FIELD, PARENT, STATE, TEXTS};
use super::rows;
use crate::accounts::heading::{self, Heading};
use crate::accounts::{self, Account, AccountError, AccountId, NOUN};
use crate::actor::Actor;
use crate::fields::{self, Field, FieldValue};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// A value in which two accounts differ.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The name by which it is chosen.
    pub name: String,
    /// What it is called.
    pub label: Label,
    /// What the survivor has.
    pub ours: Option<Shown>,
    /// What the account has that goes.
    pub theirs: Option<Shown>,
    /// Whether the other's wins unless told: where the survivor has none.
    pub takes: bool,
}

/// What a value is called.
#[derive(Clone, Debug)]
pub enum Label {
    /// The key of a word of ours.
    Key(&'static str),
    /// The workspace's own word.
    Own(String),
}

/// A value as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// The key of a word of ours.
    Key(&'static str),
    /// Words of the workspace's own.
    Words(String),
    /// What stands in a field.
    Field(FieldValue),
}

/// What a merge would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The survivor.
    pub kept: Account,
    /// The account that goes.
    pub gone: Account,
    /// In what they differ.
    pub choices: Vec<Choice>,
    /// What the survivor gets: the table, the key of the counted sentence, how many.
    pub moves: Vec<(&'static str, &'static str, i64)>,
}

impl Preview {
    /// The names of the values that are taken unless told.
    pub fn usual(&self) -> Vec<String> {
        let taken = self.choices.iter().filter(|choice| choice.takes);
        taken.map(|choice| choice.name.clone()).collect()
    }
}

/// What merging `gone` into `kept` would do.
///
/// # Errors
/// [`AccountError::BadMerge`] when they can't be merged, [`AccountError::Unknown`], or the database's.
pub fn preview(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kept: AccountId,
    gone: AccountId,
) -> Result<Preview, AccountError> {
    actor.must(Permission::AccountsRead)?;
    let kept = accounts::find(tx, actor, kept)?.ok_or(AccountError::Unknown)?;
    let gone = accounts::find(tx, actor, gone)?.ok_or(AccountError::BadMerge)?;
    if kept.id == gone.id {
        return Err(AccountError::BadMerge);
    }
    let mut choices = texts(&kept, &gone);
    choices.extend(parent(tx, actor.workspace, &kept, &gone)?);
    if actor.may(Permission::AccountsClose) {
        choices.extend(state(&kept, &gone));
    }
    let mut headings = heading::of(tx, actor, &[kept.id, gone.id])?;
    let ours = headings.remove(&kept.id).unwrap_or_default();
    let theirs = headings.remove(&gone.id).unwrap_or_default();
    choices.extend(standing(&ours, &theirs));
    choices.extend(own_fields(tx, actor.workspace, kept.id, gone.id)?);
    let tables = catalog::tables(tx)?;
    let counts = rows::counts(tx, &tables, actor.workspace, gone.id)?;
    let told = counts.into_iter().filter_map(|(part, count)| {
        let said = part.said.filter(|said| count > 0 && actor.may(said.needs))?;
        Some((part.table, said.text, count))
    });
    Ok(Preview {
        kept,
        gone,
        choices,
        moves: told.collect(),
    })
}

fn choice(
    name: impl Into<String>,
    label: Label,
    ours: Option<Shown>,
    theirs: Option<Shown>,
) -> Option<Choice> {
    (ours != theirs).then(|| Choice {
        name: name.into(),
        label,
        takes: ours.is_none(),
        ours,
        theirs,
    })
}

fn words(words: &str) -> Option<Shown> {
    Some(Shown::Words(words.to_owned()))
}

fn texts(kept: &Account, gone: &Account) -> Vec<Choice> {
    let website = |account: &Account| account.website.as_deref().and_then(words);
    let [name, site, kind] = TEXTS;
    let kinds = [kept, gone].map(|account| Some(Shown::Key(account.kind.text())));
    let [our_kind, their_kind] = kinds;
    let all = [
        choice(
            name,
            Label::Key("accounts-name"),
            words(&kept.name),
            words(&gone.name),
        ),
        choice(site, Label::Key("accounts-website"), website(kept), website(gone)),
        choice(kind, Label::Key("accounts-kind"), our_kind, their_kind),
    ];
    all.into_iter().flatten().collect()
}

/// Who stands above, where that is a choice: neither stands right above the other.
fn parent(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    kept: &Account,
    gone: &Account,
) -> Result<Option<Choice>, DbError> {
    if kept.parent == gone.parent || kept.parent == Some(gone.id) || gone.parent == Some(kept.id) {
        return Ok(None);
    }
    let mut name = |account: &Account| match account.parent {
        Some(parent) => Ok::<_, DbError>(accounts::name(tx, workspace, parent)?.map(Shown::Words)),
        None => Ok(None),
    };
    let (ours, theirs) = (name(kept)?, name(gone)?);
    Ok(choice(PARENT, Label::Key("accounts-parent"), ours, theirs))
}

/// A customer who is there is not hidden behind a closed account.
fn state(kept: &Account, gone: &Account) -> Option<Choice> {
    let word = |account: &Account| {
        Some(Shown::Key(if account.is_open() {
            "accounts-is-open"
        } else {
            "accounts-is-closed"
        }))
    };
    let found = choice(STATE, Label::Key("accounts-state"), word(kept), word(gone));
    found.map(|choice| Choice {
        takes: !kept.is_open(),
        ..choice
    })
}

fn standing(ours: &Heading, theirs: &Heading) -> Vec<Choice> {
    let stage = |heading: &Heading| heading.stage.as_ref().and_then(|stage| words(&stage.text.name));
    let tier = |heading: &Heading| heading.rung().and_then(|tier| words(&tier.text.name));
    let owner = |heading: &Heading| heading.owner.as_ref().and_then(|span| words(&span.name));
    let all = [
        choice(
            "owner",
            Label::Key("assignment-owner"),
            owner(ours),
            owner(theirs),
        ),
        choice("tier", Label::Key("tiers-tier"), tier(ours), tier(theirs)),
        choice("stage", Label::Key("stages-stage"), stage(ours), stage(theirs)),
    ];
    all.into_iter().flatten().collect()
}

fn own_fields(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    kept: AccountId,
    gone: AccountId,
) -> Result<Vec<Choice>, DbError> {
    let open = fields::open(tx, workspace, &NOUN)?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let values = fields::of_many(tx, workspace, &open, &[kept.uuid(), gone.uuid()])?;
    let value = |account: AccountId, field: &Field| {
        let own = values.get(&account.uuid())?;
        own.get(field.id).cloned().map(Shown::Field)
    };
    let differing = open.iter().filter_map(|field| {
        choice(
            format!("{FIELD}{}", field.id),
            Label::Own(field.text.label.clone()),
            value(kept, field),
            value(gone, field),
        )
    });
    Ok(differing.collect())
}
