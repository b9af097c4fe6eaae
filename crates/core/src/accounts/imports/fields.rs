//! What a row can say of an account.

use kit::text::fold;

use super::extras::{OWNER, STAGE, TIER};
use crate::accounts::AccountKind;
use crate::accounts::model::checked_website;
use crate::imports::marks::TAGS_COLUMN;
use crate::imports::target::{self, Field, Form, Refusal, Values};

pub(super) const NAME: &str = "name";
pub(super) const WEBSITE: &str = "website";
pub(super) const EXTERNAL_ID: &str = "external_id";
pub(super) const KIND: &str = "kind";
pub(super) const PARENT: &str = "parent";
pub(super) const PARENT_ID: &str = "parent_external_id";

#[rustfmt::skip]
pub(super) const ALL: &[Field] = &[
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
        form: Form::Text,
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
        form: Form::Text,
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
        form: Form::Text,
    },
    Field {
        key: KIND,
        title: "accounts-kind",
        is_required: false,
        words: &[
            "kind", "type", "accounttype", "customertype",
            "rodzaj", "typ", "typklienta",
            "вид", "тип", "типклиента",
            "növ", "müştərinövü",
            "jenis", "jenispelanggan",
        ],
        looks: |_| false,
        form: Form::Text,
    },
    Field {
        key: PARENT,
        title: "imports-parent",
        is_required: false,
        words: &[
            "parent", "parentaccount", "parentcompany", "parentname", "group",
            "firmamatka", "spółkamatka", "grupa", "nadrzędny",
            "материнскаякомпания", "родитель", "группа",
            "anaşirkət", "qrup",
            "induk", "perusahaaninduk", "grup",
        ],
        looks: |_| false,
        form: Form::Text,
    },
    Field {
        key: PARENT_ID,
        title: "imports-parent-external-id",
        is_required: false,
        words: &["parentid", "parentexternalid", "parentaccountid", "idfirmymatki", "idматеринскойкомпании", "anaşirkətid", "idinduk"],
        looks: |_| false,
        form: Form::Text,
    },
    TAGS_COLUMN,
    Field {
        key: STAGE,
        title: "stages-stage",
        is_required: false,
        words: &["stage", "lifecycle", "lifecyclestage", "accountstage", "etap", "этап", "стадия", "mərhələ", "tahap"],
        looks: |_| false,
        form: Form::Text,
    },
    Field {
        key: TIER,
        title: "tiers-tier",
        is_required: false,
        words: &["tier", "segment", "servicelevel", "customertier", "accounttier", "poziom", "уровень", "сегмент", "səviyyə", "tingkat"],
        looks: |_| false,
        form: Form::Text,
    },
    Field {
        key: OWNER,
        title: "assignment-owner",
        is_required: false,
        words: &[
            "owner", "accountowner", "accountmanager", "csm", "manager", "assignee", "responsible",
            "opiekun", "właściciel", "opiekunklienta",
            "ответственный", "менеджер", "владелец",
            "sahib", "məsul", "menecer",
            "pemilik", "penanggungjawab", "manajer",
        ],
        looks: |_| false,
        form: Form::Text,
    },
];

/// Words for companies and persons.
#[rustfmt::skip]
const KINDS: &[(AccountKind, &[&str])] = &[
    (AccountKind::Company, &["company", "business", "b2b", "organization", "organisation", "firma", "компания", "организация", "şirkət", "perusahaan"]),
    (AccountKind::Person, &["person", "individual", "consumer", "private", "b2c", "osoba", "лицо", "человек", "физлицо", "şəxs", "orang", "perorangan"]),
];

/// A company or a person, where the row says it.
pub(super) fn kind(values: &Values) -> Result<Option<AccountKind>, Refusal> {
    let Some(written) = values.get(KIND) else {
        return Ok(None);
    };
    let word = fold(written);
    let known = KINDS
        .iter()
        .find(|(_, words)| words.iter().any(|known| fold(known) == word));
    let refusal = || {
        let about: String = written.chars().take(40).collect();
        Refusal::of(target::BAD_WORD)
            .field(KIND)
            .about(about)
            .instead("company, person")
    };
    known.map(|(kind, _)| Some(*kind)).ok_or_else(refusal)
}
