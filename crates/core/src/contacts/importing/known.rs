//! What a row says a contact is known by: addresses and phones, one or several, names in networks, and numbers of other systems.

use super::fields::{EMAIL, EXTERNAL_IDS, HANDLES, OTHER_EMAILS, OTHER_PHONES, PHONE};
use crate::contacts::identities::{Kind, NewIdentity};
use crate::imports::own::parts;
use crate::imports::target::{self, Refusal, Values};

/// The columns, the most telling first: the row is known by the first thing that it says.
const COLUMNS: [(&str, Kind, &str); 6] = [
    (EMAIL, Kind::Email, target::BAD_ADDRESS),
    (PHONE, Kind::Phone, target::BAD_PHONE),
    (OTHER_EMAILS, Kind::Email, target::BAD_ADDRESS),
    (OTHER_PHONES, Kind::Phone, target::BAD_PHONE),
    (HANDLES, Kind::Handle, target::BAD_WORD),
    (EXTERNAL_IDS, Kind::External, target::BAD_WORD),
];

/// All of it, each once.
pub(super) fn identities(values: &Values) -> Result<Vec<NewIdentity>, Refusal> {
    let mut all: Vec<NewIdentity> = Vec::new();
    for (field, kind, code) in COLUMNS {
        for part in parts(values.get(field).unwrap_or_default()) {
            let refusal = || {
                let refusal = Refusal::of(code)
                    .field(field)
                    .about(part.chars().take(80).collect::<String>());
                if kind.has_realm() {
                    refusal.instead("telegram: @name")
                } else {
                    refusal
                }
            };
            let new = identity(kind, &part).ok_or_else(refusal)?;
            let is_same = |one: &NewIdentity| {
                one.kind == new.kind && one.realm == new.realm && one.folded() == new.folded()
            };
            if !all.iter().any(is_same) {
                all.push(new);
            }
        }
    }
    Ok(all)
}

/// One of them; a handle and a number of another system say where they are from: `telegram: @nadia`.
fn identity(kind: Kind, part: &str) -> Option<NewIdentity> {
    let (realm, value) = if kind.has_realm() {
        part.split_once(':')?
    } else {
        ("", part)
    };
    let new = NewIdentity {
        kind,
        realm: realm.to_owned(),
        value: value.to_owned(),
    };
    new.checked().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_several_addresses_names_in_networks_and_numbers_elsewhere() {
        let said = identities(&Values::of(&[
            (EMAIL, "nadia@acme.example; n.r@home.example"),
            (OTHER_EMAILS, "NADIA@acme.example"),
            (PHONE, "+994 12 555 01 00"),
            (HANDLES, "Telegram: @nadia | x:@n_r"),
            (EXTERNAL_IDS, "crm: 4711"),
        ]));
        let said: Vec<String> = said
            .unwrap()
            .iter()
            .map(|one| format!("{} {} {}", one.kind.as_str(), one.realm, one.folded()))
            .collect();
        assert_eq!(
            said,
            [
                "email  nadia@acme.example",
                "email  n.r@home.example",
                "phone  +994125550100",
                "handle telegram nadia",
                "handle x n_r",
                "external crm 4711",
            ]
        );
    }

    #[test]
    fn what_is_wrong_names_its_column_and_the_part_of_the_cell() {
        let wrong = |field, cell| identities(&Values::of(&[(field, cell)])).unwrap_err();
        assert_eq!(wrong(EMAIL, "a@acme.example; not one"), {
            Refusal::of(target::BAD_ADDRESS).field(EMAIL).about("not one")
        });
        assert_eq!(wrong(HANDLES, "@nadia").code, target::BAD_WORD);
        assert_eq!(wrong(OTHER_PHONES, "12").field, OTHER_PHONES);
    }
}
