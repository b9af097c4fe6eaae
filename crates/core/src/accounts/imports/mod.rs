//! Accounts as files bring them: which account a row means, what it does to it, and the way back.

mod before;
mod extras;
mod fields;

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::text::fold;

use super::model::checked_website;
use super::{Account, AccountError, AccountId, AccountText, NOUN, bulk, family, references, store};
use crate::actor::Actor;
use crate::imports::target::{self, Bulk, Done, Refusal, Return, RowError, RowKey, Taken, Target, Values};
use crate::imports::{ImportId, own};
use crate::permissions::Permission;
use crate::touchpoints;
use before::Before;
use extras::{Extras, Former, Words};
use fields::{EXTERNAL_ID, NAME, PARENT, PARENT_ID, WEBSITE};

/// The longest external id, in characters.
const LONGEST_ID: usize = 200;

/// Accounts, for imports.
pub const TARGET: Target = Target {
    key: "accounts",
    title: "accounts-title",
    needs: Permission::AccountsWrite,
    fields: fields::ALL,
    own: Some(|tx, workspace| own::slots(tx, workspace, &NOUN)),
    path: "/accounts/",
    place: "/accounts",
    list: super::LIST,
    id: |id| AccountId::from_uuid(id).to_string(),
    row_key,
    alike,
    take,
    take_back,
    bulk: Some(Bulk {
        // Who stands below another has to wait for it.
        fits: |values| !names_parent(values),
        likeness: |values| values.get(NAME).map(fold),
        taken: |tx, actor, names| bulk::names_taken(tx, actor.workspace, names),
        is_known: |tx, actor, rows| are_known(tx, actor, rows),
        add: add_all,
        take_back: take_all_back,
    }),
};

fn row_key(values: &Values) -> Result<RowKey, Refusal> {
    if let Some(id) = values.get(EXTERNAL_ID) {
        if id.chars().count() > LONGEST_ID {
            return Err(Refusal::of(target::TOO_LONG).field(EXTERNAL_ID).about(LONGEST_ID));
        }
        return Ok(RowKey::Outside(id.to_owned()));
    }
    let name = values
        .get(NAME)
        .ok_or_else(|| Refusal::of(target::MISSING).field(NAME))?;
    let website = values
        .get(WEBSITE)
        .and_then(|text| checked_website(text).ok())
        .unwrap_or_default();
    Ok(RowKey::Own(format!("{}|{}", fold(name), fold(&website))))
}

/// Accounts of the same name whose website does not say otherwise.
fn alike(tx: &mut Tx<'_>, actor: &Actor, values: &Values) -> Result<Vec<Uuid>, RowError> {
    let Some(name) = values.get(NAME) else {
        return Ok(Vec::new());
    };
    let website = values.get(WEBSITE).and_then(|text| checked_website(text).ok());
    let same = |account: &Account| match (&account.website, &website) {
        (Some(theirs), Some(ours)) => fold(theirs) == fold(ours),
        _ => true,
    };
    let named = store::named(tx, actor.workspace, &fold(name))?;
    Ok(named
        .iter()
        .filter(|account| same(account))
        .map(|account| account.id.uuid())
        .collect())
}

fn take(tx: &mut Tx<'_>, actor: &Actor, values: &Values, known: Option<Uuid>) -> Result<Taken, RowError> {
    let account = match known {
        Some(id) => store::find(tx, actor.workspace, AccountId::from_uuid(id))?,
        None => None,
    };
    let parent = parent(tx, actor, values)?;
    let extras = extras(tx, actor, values)?;
    let Some(account) = account else {
        let added = super::add(tx, actor, &text_of(values)?).map_err(|error| refused(error, values))?;
        let added = placed(tx, actor, values, added, parent)?;
        if let Some(extras) = extras {
            extras.put(tx, actor, added.id)?;
        }
        return Ok(Taken::Added(added.id.uuid(), bulk::state(&added)));
    };
    let text = text_over(values, &account)?;
    let changed = super::change(tx, actor, account.id, account.version, &text);
    let changed = changed.map_err(|error| refused(error, values))?;
    let changed = placed(tx, actor, values, changed, parent)?;
    let former = match extras {
        Some(extras) => extras.put(tx, actor, account.id)?,
        None => Former::default(),
    };
    if bulk::state(&changed) == bulk::state(&account) && former.is_empty() {
        return Ok(Taken::Unchanged(account.id.uuid()));
    }
    Ok(Taken::Changed {
        subject: account.id.uuid(),
        before: Before::of(&account, former).text(),
        version: bulk::state(&changed),
    })
}

/// What a row says beyond the text, where it says anything.
fn extras(tx: &mut Tx<'_>, actor: &Actor, values: &Values) -> Result<Option<Extras>, RowError> {
    if !extras::are_in(values) {
        return Ok(None);
    }
    let words = Words::of(tx, actor)?;
    Ok(Some(words.read(values)?))
}

fn names_parent(values: &Values) -> bool {
    values.get(PARENT).or(values.get(PARENT_ID)).is_some()
}

/// The account above, where the row names one.
fn parent(tx: &mut Tx<'_>, actor: &Actor, values: &Values) -> Result<Option<AccountId>, RowError> {
    if !names_parent(values) {
        return Ok(None);
    }
    references::named_in(tx, actor, values, (PARENT_ID, PARENT))
}

/// Puts an account below the one that the row names.
fn placed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    values: &Values,
    account: Account,
    parent: Option<AccountId>,
) -> Result<Account, RowError> {
    match parent {
        Some(parent) => {
            family::place(tx, actor, account.id, Some(parent)).map_err(|error| refused(error, values))
        }
        None => Ok(account),
    }
}

fn take_back(tx: &mut Tx<'_>, actor: &Actor, done: &Done) -> Result<Return, DbError> {
    let id = AccountId::from_uuid(done.subject);
    let Some(account) = store::find(tx, actor.workspace, id)? else {
        return Ok(Return::Gone);
    };
    if bulk::state(&account) != done.version {
        return Ok(Return::Touched);
    }
    let returned = match &done.before {
        Some(before) => {
            let Some((text, parent, former)) = Before::read(before) else {
                return Ok(Return::Touched);
            };
            tx.attempt(|tx| {
                match former.restore(tx, actor, id) {
                    Ok(true) => {}
                    Err(RowError::Db(error)) => return Err(error.into()),
                    // Somebody has said something else since.
                    Ok(false) | Err(RowError::Refused(_)) => return Err(AccountError::Unknown),
                }
                super::change(tx, actor, id, account.version, &text)?;
                family::place(tx, actor, id, parent).map(drop)
            })
        }
        // What was closed meanwhile was touched, though its version is the same; and so on.
        None if !bulk::touched(tx, actor.workspace, &[id])?.1.is_empty() => return Ok(Return::Touched),
        None if family::has_below(tx, actor.workspace, &account)? => return Ok(Return::Touched),
        None => tx.attempt(|tx| {
            touchpoints::forget_account(tx, actor.workspace, id)?;
            super::erase(tx, actor, id)
        }),
    };
    match returned {
        Ok(()) => Ok(Return::Back),
        // Something else has come to need it.
        Err(AccountError::Db(DbError::ForeignKey { .. })) => Ok(Return::Touched),
        Err(AccountError::Db(error)) => Err(error),
        Err(_) => Ok(Return::Touched),
    }
}

/// What a row says of a new account.
fn text_of(values: &Values) -> Result<AccountText, Refusal> {
    let name = values.get(NAME);
    Ok(AccountText {
        name: name
            .ok_or_else(|| Refusal::of(target::MISSING).field(NAME))?
            .to_owned(),
        website: values.get(WEBSITE).map(str::to_owned),
        kind: fields::kind(values)?.unwrap_or_default(),
    })
}

/// What a row says of an account that is there; what it does not say stays as it is.
fn text_over(values: &Values, account: &Account) -> Result<AccountText, Refusal> {
    let website = values.get(WEBSITE).map(str::to_owned);
    Ok(AccountText {
        name: values.get(NAME).unwrap_or(&account.name).to_owned(),
        website: website.or_else(|| account.website.clone()),
        kind: fields::kind(values)?.unwrap_or(account.kind),
    })
}

fn are_known(tx: &mut Tx<'_>, actor: &Actor, rows: &[(Uuid, &Values)]) -> Result<Vec<bool>, DbError> {
    let ids: Vec<AccountId> = rows.iter().map(|(id, _)| AccountId::from_uuid(*id)).collect();
    let there = bulk::found(tx, actor.workspace, &ids)?;
    let is_known = |id: &AccountId, values: &Values| {
        let account = there.get(id)?;
        let text = text_over(values, account).ok()?.checked().ok()?;
        let is_same =
            (&text.name, &text.website, text.kind) == (&account.name, &account.website, account.kind);
        Some(is_same && !names_parent(values) && !extras::are_in(values))
    };
    let rows = ids.iter().zip(rows);
    Ok(rows
        .map(|(id, (_, values))| is_known(id, values).unwrap_or(false))
        .collect())
}

fn add_all(
    tx: &mut Tx<'_>,
    actor: &Actor,
    import: ImportId,
    rows: &[&Values],
) -> Result<Vec<Result<Taken, Refusal>>, DbError> {
    let words = match rows.iter().any(|values| extras::are_in(values)) {
        true => Some(Words::of(tx, actor)?),
        false => None,
    };
    let mut texts = Vec::with_capacity(rows.len());
    let mut read = Vec::with_capacity(rows.len());
    for values in rows {
        let one = new_of(values, words.as_ref());
        read.push(one.map(|(text, extras)| {
            texts.push(text);
            extras
        }));
    }
    let added = bulk::add(tx, actor, import, texts);
    let mut added = match added {
        Ok(accounts) => accounts.into_iter(),
        Err(AccountError::Db(error)) => return Err(error),
        // Who runs an import may add accounts.
        Err(_) => return Ok(rows.iter().map(|_| Err(Refusal::of(target::OTHER))).collect()),
    };
    let mut outcomes = Vec::with_capacity(rows.len());
    for one in read {
        outcomes.push(match one {
            Err(refusal) => Err(refusal),
            Ok(extras) => match added.next() {
                Some(account) => with_extras(tx, actor, &account, extras)?,
                None => Err(Refusal::of(target::OTHER)),
            },
        });
    }
    Ok(outcomes)
}

/// What a row says of a new account, as it is stored.
fn new_of(values: &Values, words: Option<&Words>) -> Result<(AccountText, Option<Extras>), Refusal> {
    let text = text_of(values)?;
    let text = text.checked().map_err(|error| refusal(&error, values))?;
    let words = words.filter(|_| extras::are_in(values));
    let extras = words.map(|words| words.read(values)).transpose()?;
    Ok((text, extras))
}

/// Puts what a row says beyond the text onto a new account; one to which it can't be put is taken away again.
fn with_extras(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: &Account,
    extras: Option<Extras>,
) -> Result<Result<Taken, Refusal>, DbError> {
    let added = Taken::Added(account.id.uuid(), account.version);
    let Some(extras) = extras else {
        return Ok(Ok(added));
    };
    match extras.put(tx, actor, account.id) {
        Ok(_) => Ok(Ok(added)),
        Err(RowError::Db(error)) => Err(error),
        Err(RowError::Refused(refusal)) => match bulk::erase(tx, actor, &[account.id]) {
            Err(AccountError::Db(error)) => Err(error),
            _ => Ok(Err(refusal)),
        },
    }
}

fn take_all_back(tx: &mut Tx<'_>, actor: &Actor, dones: &[&Done]) -> Result<Vec<Return>, DbError> {
    let ids: Vec<AccountId> = dones
        .iter()
        .map(|done| AccountId::from_uuid(done.subject))
        .collect();
    if bulk::is_any_in_family(tx, actor.workspace, &ids)? {
        // Who stands below another goes before it.
        return dones.iter().map(|done| take_back(tx, actor, done)).collect();
    }
    let (states, touched) = bulk::touched(tx, actor.workspace, &ids)?;
    let outcome = |(id, done): (&AccountId, &&Done)| match states.get(id) {
        None => Return::Gone,
        Some(state) if *state != done.version || touched.contains(id) => Return::Touched,
        Some(_) => Return::Back,
    };
    let returns: Vec<Return> = ids.iter().zip(dones).map(outcome).collect();
    let back = ids
        .iter()
        .zip(&returns)
        .filter(|(_, outcome)| **outcome == Return::Back);
    let back: Vec<AccountId> = back.map(|(id, _)| *id).collect();
    match bulk::erase(tx, actor, &back) {
        Ok(()) => Ok(returns),
        Err(AccountError::Db(error)) => Err(error),
        Err(_) => Ok(vec![Return::Touched; dones.len()]),
    }
}

fn refused(error: AccountError, values: &Values) -> RowError {
    match error {
        AccountError::Db(error) => error.into(),
        error => refusal(&error, values).into(),
    }
}

fn refusal(error: &AccountError, values: &Values) -> Refusal {
    match error {
        AccountError::BadName => Refusal::of(target::TOO_LONG).field(NAME).about(200),
        AccountError::BadWebsite => {
            let written = values.get(WEBSITE).unwrap_or_default();
            Refusal::of(target::BAD_WEBSITE)
                .field(WEBSITE)
                .instead(mended(written).unwrap_or_default())
        }
        AccountError::Loop(names) => Refusal::of(target::LOOP).field(PARENT).about(names),
        AccountError::TooLarge => Refusal::of(target::TOO_LARGE).field(PARENT).about(family::MOST),
        AccountError::NoParent => Refusal::of(target::NOT_THERE)
            .field(PARENT)
            .about(values.get(PARENT).unwrap_or_default()),
        _ => Refusal::of(target::OTHER),
    }
}

/// What somebody may have meant who wrote a website that is none: without blanks, without what stands before the host,
/// with one point instead of a comma; of an address of mail, what stands behind the sign.
fn mended(written: &str) -> Option<String> {
    let dense: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let dense = dense.to_lowercase().replace(',', ".").replace("..", ".");
    let host = dense.rsplit('@').next().unwrap_or_default();
    let bare = host.trim_start_matches("https").trim_start_matches("http");
    let bare = bare.trim_matches(|c: char| ":/\\.;<>()\"'".contains(c));
    checked_website(bare).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_website_gets_a_guess_where_one_can_be_made() {
        for (written, meant) in [
            ("http:/acme.com", Some("acme.com")),
            ("acme . com", Some("acme.com")),
            ("info@acme.com", Some("acme.com")),
            ("acme,com", Some("acme.com")),
            ("<www.acme.com>", Some("www.acme.com")),
            ("none", None),
            ("-", None),
        ] {
            assert_eq!(mended(written).as_deref(), meant, "{written}");
        }
    }
}
