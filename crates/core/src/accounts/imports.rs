//! Accounts as files bring them: what a row can say, which account it means, and the way back.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::text::fold;
use serde::{Deserialize, Serialize};

use super::model::checked_website;
use super::{Account, AccountError, AccountId, AccountKind, AccountText, store};
use crate::actor::Actor;
use crate::imports::target::{self, Done, Field, Refusal, Return, RowError, RowKey, Taken, Target, Values};
use crate::permissions::Permission;
use crate::touchpoints;

const NAME: &str = "name";
const WEBSITE: &str = "website";
const EXTERNAL_ID: &str = "external_id";
/// The longest external id, in characters.
const LONGEST_ID: usize = 200;

/// Accounts, for imports.
pub const TARGET: Target = Target {
    key: "accounts",
    title: "accounts-title",
    needs: Permission::AccountsWrite,
    fields: FIELDS,
    path: "/accounts/",
    list: super::LIST,
    id: |id| AccountId::from_uuid(id).to_string(),
    row_key,
    alike,
    take,
    take_back,
};

#[rustfmt::skip]
const FIELDS: &[Field] = &[
    Field {
        key: NAME,
        title: "accounts-name",
        is_required: true,
        words: &[
            "name", "account", "accountname", "company", "companyname", "customer", "customername", "client", "organization", "organisation",
            "nazwa", "nazwafirmy", "firma", "klient", "nazwaklienta", "kontrahent",
            "название", "наименование", "имя", "компания", "клиент", "организация", "контрагент",
            "ad", "adı", "adi", "müştəri", "müştərininadı", "müştərininadi", "şirkət", "şirkətinadı", "şirkətinadi",
            "nama", "namaperusahaan", "perusahaan", "pelanggan", "namapelanggan",
        ],
        looks: |_| false,
    },
    Field {
        key: WEBSITE,
        title: "accounts-website",
        is_required: false,
        words: &[
            "website", "web", "url", "homepage", "domain", "site", "companydomain", "companywebsite",
            "strona", "stronainternetowa", "stronawww", "www", "witryna", "domena",
            "сайт", "вебсайт", "домен", "адрессайта",
            "sayt", "vebsayt", "saytı", "sayti", "domen",
            "situs", "situsweb", "laman",
        ],
        looks: |value| checked_website(value).is_ok(),
    },
    Field {
        key: EXTERNAL_ID,
        title: "imports-external-id",
        is_required: false,
        words: &[
            "id", "externalid", "accountid", "customerid", "companyid", "clientid", "crmid", "recordid", "customerno", "customernumber", "accountno", "accountnumber", "reference", "number", "code",
            "identyfikator", "idzewnętrzne", "zewnętrzneid", "numer", "kod", "idklienta",
            "внешнийid", "идентификатор", "код", "номер", "idклиента",
            "xariciid", "identifikator", "kodu", "nömrə", "müştəriid",
            "ideksternal", "nomor", "kode", "idpelanggan",
        ],
        looks: |_| false,
    },
];

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
    let Some(account) = account else {
        let name = values
            .get(NAME)
            .ok_or_else(|| Refusal::of(target::MISSING).field(NAME))?;
        let text = AccountText {
            name: name.to_owned(),
            website: values.get(WEBSITE).map(str::to_owned),
            ..AccountText::default()
        };
        let added = super::add(tx, actor, &text).map_err(|error| refused(error, values))?;
        return Ok(Taken::Added(added.id.uuid(), added.version));
    };
    // What a row does not say stays as it is.
    let text = AccountText {
        name: values.get(NAME).unwrap_or(&account.name).to_owned(),
        website: values
            .get(WEBSITE)
            .map(str::to_owned)
            .or_else(|| account.website.clone()),
        kind: account.kind,
    };
    let changed = super::change(tx, actor, account.id, account.version, &text);
    let changed = changed.map_err(|error| refused(error, values))?;
    if changed.version == account.version {
        return Ok(Taken::Unchanged(account.id.uuid()));
    }
    Ok(Taken::Changed {
        subject: account.id.uuid(),
        before: Before::of(&account).text(),
        version: changed.version,
    })
}

fn take_back(tx: &mut Tx<'_>, actor: &Actor, done: &Done) -> Result<Return, DbError> {
    let id = AccountId::from_uuid(done.subject);
    let Some(account) = store::find(tx, actor.workspace, id)? else {
        return Ok(Return::Gone);
    };
    if account.version != done.version {
        return Ok(Return::Touched);
    }
    let returned = match &done.before {
        Some(before) => {
            let Some(text) = Before::read(before) else {
                return Ok(Return::Touched);
            };
            super::change(tx, actor, id, account.version, &text).map(drop)
        }
        // What was closed meanwhile was touched, though its version is the same.
        None if !account.is_open() => return Ok(Return::Touched),
        None if touchpoints::is_touched(tx, actor.workspace, id)? => return Ok(Return::Touched),
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

/// How an account was before a row changed it.
#[derive(Serialize, Deserialize)]
struct Before {
    name: String,
    website: Option<String>,
    #[serde(default)]
    kind: AccountKind,
}

impl Before {
    fn of(account: &Account) -> Self {
        Self {
            name: account.name.clone(),
            website: account.website.clone(),
            kind: account.kind,
        }
    }

    fn text(&self) -> String {
        serde_json::to_string(self).expect("two texts are always JSON")
    }

    fn read(text: &str) -> Option<AccountText> {
        let before: Self = serde_json::from_str(text).ok()?;
        Some(AccountText {
            name: before.name,
            website: before.website,
            kind: before.kind,
        })
    }
}

fn refused(error: AccountError, values: &Values) -> RowError {
    match error {
        AccountError::Db(error) => error.into(),
        AccountError::BadName => Refusal::of(target::TOO_LONG).field(NAME).about(200).into(),
        AccountError::BadWebsite => {
            let written = values.get(WEBSITE).unwrap_or_default();
            Refusal::of(target::BAD_WEBSITE)
                .field(WEBSITE)
                .instead(mended(written).unwrap_or_default())
                .into()
        }
        _ => Refusal::of(target::OTHER).into(),
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
