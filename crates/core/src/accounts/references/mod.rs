//! Accounts as the rows of other files name them: by the number of another program, a website, or a name.

mod store;

use kit::db::Tx;
use kit::id::TypedId;
use kit::text::fold;

use super::model::checked_website;
use super::{Account, AccountId};
use crate::actor::Actor;
use crate::imports::target::{self, Field, Form, Refusal, RowError, Values};
use crate::imports::{self, target::Target};

const TARGET: &Target = &super::imports::TARGET;

/// The account's name.
#[rustfmt::skip]
pub(crate) const NAME: Field = Field {
    key: "account",
    title: "imports-account",
    is_required: false,
    words: &[
        "account", "accountname", "company", "companyname", "customer", "customername", "client", "organization", "organisation", "employer",
        "firma", "nazwafirmy", "klient", "nazwaklienta", "kontrahent",
        "компания", "клиент", "организация", "контрагент", "названиекомпании",
        "müştəri", "müştərininadı", "şirkət", "şirkətinadı",
        "perusahaan", "namaperusahaan", "pelanggan", "namapelanggan",
    ],
    looks: |_| false,
    form: Form::Text,
};

/// The account's number in another program.
#[rustfmt::skip]
pub(crate) const EXTERNAL_ID: Field = Field {
    key: "account_external_id",
    title: "imports-account-external-id",
    is_required: false,
    words: &[
        "accountid", "accountexternalid", "companyid", "customerid", "clientid", "organizationid", "customerno", "customernumber", "accountno", "accountnumber",
        "idklienta", "idfirmy", "numerklienta",
        "idклиента", "idкомпании", "номерклиента",
        "müştəriid", "şirkətid",
        "idpelanggan", "idperusahaan",
    ],
    looks: |_| false,
    form: Form::Text,
};

/// The account's website.
#[rustfmt::skip]
pub(crate) const WEBSITE: Field = Field {
    key: "account_website",
    title: "imports-account-website",
    is_required: false,
    words: &[
        "website", "domain", "companydomain", "companywebsite", "accountdomain", "accountwebsite", "homepage", "url",
        "domena", "stronafirmy", "stronawww",
        "домен", "сайт", "сайткомпании",
        "domen", "sayt", "vebsayt",
        "situs", "situsweb",
    ],
    looks: |_| false,
    form: Form::Text,
};

/// The account that a row means, where it names one. What names it best decides: the number, else the website, else the
/// name.
///
/// # Errors
/// A refusal when there is none or more than one; the database's.
pub(crate) fn meant(tx: &mut Tx<'_>, actor: &Actor, values: &Values) -> Result<Option<AccountId>, RowError> {
    if values.get(EXTERNAL_ID.key).is_some() {
        return named_in(tx, actor, values, (EXTERNAL_ID.key, NAME.key));
    }
    if let Some(written) = values.get(WEBSITE.key) {
        let Ok(website) = checked_website(written) else {
            return Err(Refusal::of(target::BAD_WEBSITE).field(WEBSITE.key).into());
        };
        let found = store::with_website(tx, actor.workspace, &spellings(&website))?;
        return one(WEBSITE.key, written, &found, None).map(Some);
    }
    named_in(tx, actor, values, (EXTERNAL_ID.key, NAME.key))
}

/// The account that two fields name: the number of another program, else the name.
///
/// # Errors
/// As of [`meant`].
pub(crate) fn named_in(
    tx: &mut Tx<'_>,
    actor: &Actor,
    values: &Values,
    (number, name): (&str, &str),
) -> Result<Option<AccountId>, RowError> {
    if let Some(written) = values.get(number) {
        let known = imports::brought(tx, actor.workspace, TARGET.key, written)?.map(AccountId::from_uuid);
        if let Some(id) = known
            && super::exists(tx, actor.workspace, id)?
        {
            return Ok(Some(id));
        }
        let found = store::with_external_id(tx, actor.workspace, written)?;
        return one(number, written, &found, None).map(Some);
    }
    let Some(written) = values.get(name) else {
        return Ok(None);
    };
    let found: Vec<AccountId> = of_name(tx, actor, written)?
        .iter()
        .map(|account| account.id)
        .collect();
    let perhaps = if found.is_empty() {
        nearest(tx, actor, written)?
    } else {
        None
    };
    one(name, written, &found, perhaps).map(Some)
}

/// The account that a row must name.
///
/// # Errors
/// As of [`meant`], and when it names none.
pub(crate) fn must(tx: &mut Tx<'_>, actor: &Actor, values: &Values) -> Result<AccountId, RowError> {
    let named = meant(tx, actor, values)?;
    named.ok_or_else(|| Refusal::of(target::MISSING).field(NAME.key).into())
}

/// What a row writes of its account, for its key.
pub(crate) fn written(values: &Values) -> String {
    let said = [EXTERNAL_ID.key, WEBSITE.key, NAME.key].map(|field| values.get(field));
    fold(said.into_iter().flatten().next().unwrap_or_default())
}

fn of_name(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<Vec<Account>, RowError> {
    Ok(super::store::named(tx, actor.workspace, &fold(name))?)
}

fn one(
    field: &str,
    written: &str,
    found: &[AccountId],
    perhaps: Option<String>,
) -> Result<AccountId, RowError> {
    match found {
        [one] => Ok(*one),
        [] => Err(not_there(field, written, perhaps).into()),
        several => {
            let several = several.len();
            Err(Refusal::of(target::AMBIGUOUS).field(field).about(several).into())
        }
    }
}

fn not_there(field: &str, written: &str, perhaps: Option<String>) -> Refusal {
    let about: String = written.chars().take(80).collect();
    Refusal::of(target::NOT_THERE)
        .field(field)
        .about(about)
        .instead(perhaps.unwrap_or_default())
}

/// With and without what most hosts are called.
fn spellings(website: &str) -> [String; 2] {
    let bare = website.strip_prefix("www.").unwrap_or(website);
    [bare.to_owned(), format!("www.{bare}")]
}

/// The only account whose name begins with the first words of `name`.
fn nearest(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<Option<String>, RowError> {
    let words: Vec<&str> = name.split_whitespace().collect();
    for count in (1..words.len().max(2)).rev().take(3) {
        let begin = words.iter().take(count).copied().collect::<Vec<_>>().join(" ");
        let found = super::named(tx, actor, &begin, 2);
        let Ok([one]) = found.as_deref() else {
            continue;
        };
        return Ok(Some(one.name.clone()));
    }
    Ok(None)
}
