//! Contacts as files bring them: who a row means, by what they are known, where they are, and the way back.

mod fields;
mod known;
mod store;
mod whole;

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::text::fold;

use super::memberships::{self, MembershipText};
use super::nouns::NOUN;
use super::{ContactError, ContactId, ContactText, Introduction, identities};
use crate::accounts::{AccountId, references};
use crate::actor::Actor;
use crate::events;
use crate::fields::{self as own_fields, FieldError, FieldId, FieldValue};
use crate::imports::target::{self, Done, Refusal, Return, RowError, RowKey, Taken, Target, Values};
use crate::imports::{marks, own};
use crate::permissions::Permission;
use crate::tags::{self, TagError};
use crate::workspaces::WorkspaceId;
use fields::{EMAIL, EXTERNAL_ID, LANGUAGE, NAME, NOTE, ROLE, SINCE, TITLE, UNTIL, ZONE};
use whole::Whole;

/// Contacts, for imports.
pub const TARGET: Target = Target {
    key: "contacts",
    title: "contacts-title",
    needs: Permission::ContactsWrite,
    fields: fields::ALL,
    own: Some(|tx, workspace| own::slots(tx, workspace, &NOUN)),
    path: "/contacts/",
    place: "/contacts",
    list: super::LIST,
    id: |id| ContactId::from_uuid(id).to_string(),
    row_key,
    alike,
    take,
    take_back,
    bulk: None,
};

/// The longest external id, in characters.
const LONGEST_ID: usize = 200;

/// By their number in the other program, else by an address, else a phone, else by the name and where they are.
fn row_key(values: &Values) -> Result<RowKey, Refusal> {
    if let Some(id) = values.get(EXTERNAL_ID) {
        if id.chars().count() > LONGEST_ID {
            return Err(Refusal::of(target::TOO_LONG).field(EXTERNAL_ID).about(LONGEST_ID));
        }
        return Ok(RowKey::Outside(id.to_owned()));
    }
    let name = values.must(NAME)?;
    if let Some(known) = known::identities(values)?.first() {
        return Ok(RowKey::Own(format!("{}:{}", known.kind.as_str(), known.folded())));
    }
    Ok(RowKey::Own(format!(
        "{}|{}",
        fold(name),
        references::written(values)
    )))
}

/// Who is known by what the row says, else who of that name is at the account.
fn alike(tx: &mut Tx<'_>, actor: &Actor, values: &Values) -> Result<Vec<Uuid>, RowError> {
    let known = known::identities(values)?;
    for identity in &known {
        if let Some(contact) = identities::who_is(tx, actor.workspace, identity)? {
            return Ok(vec![contact.root.uuid()]);
        }
    }
    let Some(name) = values.get(NAME).filter(|_| known.is_empty()) else {
        return Ok(Vec::new());
    };
    let named = store::named(tx, actor.workspace, &fold(name))?;
    let Some(account) = references::meant(tx, actor, values)? else {
        return Ok(named.into_iter().map(ContactId::uuid).collect());
    };
    let mut there = Vec::new();
    for contact in named {
        if memberships::accounts_of(tx, actor.workspace, contact)?.contains(&account) {
            there.push(contact.uuid());
        }
    }
    Ok(there)
}

fn take(tx: &mut Tx<'_>, actor: &Actor, values: &Values, known: Option<Uuid>) -> Result<Taken, RowError> {
    let (identities, standing) = (known::identities(values)?, standing(tx, actor, values)?);
    let extras = Extras::read(tx, actor, values)?;
    let contact = match known {
        Some(id) => super::find(tx, actor, ContactId::from_uuid(id)).map_err(refused)?,
        None => None,
    };
    let Some(contact) = contact else {
        let text = text_of(values, &ContactText::default());
        values.must(NAME)?;
        let introduction = Introduction {
            identities,
            membership: standing,
        };
        let added = super::add(tx, actor, &text, &introduction).map_err(refused)?;
        extras.put(tx, actor, added.id)?;
        let mark = Whole::of(tx, actor, &added)?.mark();
        return Ok(Taken::Added(added.id.uuid(), mark));
    };
    let before = Whole::of(tx, actor, &contact)?;
    let text = text_of(values, &contact.text);
    super::change(tx, actor, contact.id, contact.version, &text).map_err(refused)?;
    for identity in &identities {
        identities::add(tx, actor, contact.id, identity).map_err(refused)?;
    }
    if let Some((account, text)) = standing {
        stand(tx, actor, &before, account, &text)?;
    }
    extras.put(tx, actor, contact.root)?;
    let after = Whole::find(tx, actor, contact.id)?.unwrap_or_else(|| before.clone());
    if after.mark() == before.mark() {
        return Ok(Taken::Unchanged(contact.id.uuid()));
    }
    Ok(Taken::Changed {
        subject: contact.id.uuid(),
        before: serde_json::to_string(&before).expect("texts are always JSON"),
        version: after.mark(),
    })
}

/// Puts a contact where the row says they are; what it does not say of that stays.
fn stand(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: &Whole,
    account: AccountId,
    text: &MembershipText,
) -> Result<(), RowError> {
    let known = before.memberships.iter().find(|one| one.account == account);
    let Some(known) = known else {
        let added = memberships::add(tx, actor, before.id, account, text);
        return added.map(drop).map_err(refused);
    };
    let mut now = known.text();
    if !text.title.is_empty() {
        now.title.clone_from(&text.title);
    }
    now.roles.extend(&text.roles);
    now.since = text.since.or(now.since);
    now.until = text.until.or(now.until);
    let changed = memberships::change(tx, actor, known.id, &now);
    changed.map(drop).map_err(refused)
}

fn take_back(tx: &mut Tx<'_>, actor: &Actor, done: &Done) -> Result<Return, DbError> {
    let id = ContactId::from_uuid(done.subject);
    let Some(now) = Whole::find(tx, actor, id)? else {
        return Ok(Return::Gone);
    };
    if now.mark() != done.version || now.is_merged {
        return Ok(Return::Touched);
    }
    let before = done.before.as_deref().map(serde_json::from_str::<Whole>);
    let returned = tx.attempt(|tx| match before {
        None => erase(tx, actor.workspace, id),
        Some(Ok(before)) => restore(tx, actor, &now, &before),
        Some(Err(_)) => Err(ContactError::Unknown),
    });
    match returned {
        Ok(()) => Ok(Return::Back),
        // Something else has come to need them.
        Err(ContactError::Db(DbError::ForeignKey { .. })) => Ok(Return::Touched),
        Err(ContactError::Db(error)) => Err(error),
        Err(_) => Ok(Return::Touched),
    }
}

/// Takes a contact away whom nobody has touched since a file brought them.
fn erase(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ContactId) -> Result<(), ContactError> {
    identities::forget(tx, workspace, id)?;
    memberships::forget(tx, workspace, id)?;
    tags::forget(tx, workspace, &NOUN, id.uuid())?;
    own_fields::forget(tx, workspace, id.uuid())?;
    super::store::delete(tx, workspace, id)?;
    Ok(events::forget(tx, workspace, id)?)
}

/// Makes a contact what they were, as far as a row changed them.
fn restore(tx: &mut Tx<'_>, actor: &Actor, now: &Whole, before: &Whole) -> Result<(), ContactError> {
    super::change(tx, actor, now.id, now.version, &before.text())?;
    for identity in &now.identities {
        if !before.identities.contains(identity) {
            identities::remove(tx, actor, identity.0)?;
        }
    }
    for membership in &now.memberships {
        match before.memberships.iter().find(|one| one.id == membership.id) {
            Some(before) => drop(memberships::change(tx, actor, before.id, &before.text())?),
            None => drop(memberships::remove(tx, actor, membership.id)?),
        }
    }
    unmark(tx, actor, now, before)
}

/// Takes off the tags that a row put on, and puts back what stood in own fields before.
fn unmark(tx: &mut Tx<'_>, actor: &Actor, now: &Whole, before: &Whole) -> Result<(), ContactError> {
    let held = tags::of(tx, actor.workspace, &NOUN, now.id.uuid())?;
    for tag in held.iter().filter(|tag| !before.tags.contains(&tag.name)) {
        tags::take(tx, actor, &NOUN, now.id.into(), tag.id).map_err(|error| match error {
            TagError::Db(error) => ContactError::Db(error),
            _ => ContactError::Unknown,
        })?;
    }
    let mut wanted = BTreeMap::new();
    for field in own_fields::open(tx, actor.workspace, &NOUN)? {
        let (now, before) = (now.fields.get(&field.id), before.fields.get(&field.id));
        if now != before {
            let before = before.map(|value| FieldValue::read(&field, value));
            wanted.insert(field.id, before.and_then(Result::ok).flatten());
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let set = own_fields::set(tx, actor, &NOUN, now.id.into(), &wanted).map_err(|error| match error {
        FieldError::Db(error) => ContactError::Db(error),
        _ => ContactError::Unknown,
    });
    set.map(drop)
}

/// What a row says of a contact beyond their text: tags and own fields.
struct Extras {
    tags: Vec<String>,
    fields: BTreeMap<FieldId, Option<FieldValue>>,
}

impl Extras {
    fn read(tx: &mut Tx<'_>, actor: &Actor, values: &Values) -> Result<Self, RowError> {
        let fields = if values.said().any(own::is_own) {
            let open = own_fields::open(tx, actor.workspace, &NOUN)?;
            marks::own_values(&open, values)?
        } else {
            BTreeMap::new()
        };
        Ok(Self {
            tags: marks::tags_of(values)?,
            fields: fields.into_iter().map(|(id, value)| (id, Some(value))).collect(),
        })
    }

    fn put(&self, tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<(), RowError> {
        marks::put_tags(tx, actor, (&NOUN, contact.into()), &self.tags)?;
        if self.fields.is_empty() {
            return Ok(());
        }
        let set =
            own_fields::set(tx, actor, &NOUN, contact.into(), &self.fields).map_err(|error| match error {
                FieldError::Db(error) => RowError::Db(error),
                _ => Refusal::of(target::OTHER).into(),
            });
        set.map(drop)
    }
}

/// Where a row says they are, and what they are there.
fn standing(
    tx: &mut Tx<'_>,
    actor: &Actor,
    values: &Values,
) -> Result<Option<(AccountId, MembershipText)>, RowError> {
    let Some(account) = references::meant(tx, actor, values)? else {
        return Ok(None);
    };
    let roles = match values.get(ROLE) {
        Some(words) => fields::roles(words)?,
        None => Vec::new(),
    };
    let day = |field| values.get(field).and_then(|day| day.parse().ok());
    let text = MembershipText {
        title: values.get(TITLE).unwrap_or_default().to_owned(),
        roles,
        since: day(SINCE),
        until: day(UNTIL),
    };
    Ok(Some((account, text)))
}

/// What a row says of them; what it does not say stays as it is.
fn text_of(values: &Values, before: &ContactText) -> ContactText {
    let said = |field| values.get(field).map(str::to_owned);
    ContactText {
        name: said(NAME).unwrap_or_else(|| before.name.clone()),
        language: said(LANGUAGE).or_else(|| before.language.clone()),
        time_zone: said(ZONE).or_else(|| before.time_zone.clone()),
        note: said(NOTE).unwrap_or_else(|| before.note.clone()),
    }
}

fn refused(error: ContactError) -> RowError {
    let refusal = match error {
        ContactError::Db(error) => return error.into(),
        ContactError::BadName => Refusal::of(target::TOO_LONG).field(NAME).about(200),
        ContactError::LongNote => Refusal::of(target::TOO_LONG).field(NOTE).about(2_000),
        ContactError::LongTitle => Refusal::of(target::TOO_LONG).field(TITLE).about(200),
        ContactError::BadLanguage(word) => Refusal::of(target::BAD_WORD)
            .field(LANGUAGE)
            .about(word)
            .instead("en"),
        ContactError::BadZone(word) => Refusal::of(target::BAD_WORD)
            .field(ZONE)
            .about(word)
            .instead("Europe/Warsaw"),
        ContactError::IdentityTaken(other) => Refusal::of(target::TAKEN).field(EMAIL).about(other.text.name),
        ContactError::EndsBeforeStart => Refusal::of(target::ENDS_EARLY).field(UNTIL),
        _ => Refusal::of(target::OTHER),
    };
    refusal.into()
}
