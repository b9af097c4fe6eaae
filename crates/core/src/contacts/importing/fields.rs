//! What a row can say of a contact.

use crate::accounts::references;
use crate::agents::is_address;
use crate::contacts::memberships::ContactRole;
use crate::imports::marks::TAGS_COLUMN;
use crate::imports::target::{self, Field, Form, Refusal};
use kit::text::fold;

pub(super) const NAME: &str = "name";
pub(super) const EMAIL: &str = "email";
pub(super) const PHONE: &str = "phone";
pub(super) const TITLE: &str = "title";
pub(super) const ROLE: &str = "role";
pub(super) const SINCE: &str = "since";
pub(super) const UNTIL: &str = "until";
pub(super) const LANGUAGE: &str = "language";
pub(super) const ZONE: &str = "time_zone";
pub(super) const NOTE: &str = "note";
pub(super) const EXTERNAL_ID: &str = "external_id";
pub(super) const OTHER_EMAILS: &str = "other_emails";
pub(super) const OTHER_PHONES: &str = "other_phones";
pub(super) const HANDLES: &str = "handles";
pub(super) const EXTERNAL_IDS: &str = "external_ids";

#[rustfmt::skip]
pub(super) const ALL: &[Field] = &[
    Field {
        is_required: true,
        ..Field::new(NAME, "contacts-name", &[
            "name", "fullname", "contact", "contactname", "person",
            "imięinazwisko", "imienazwisko", "nazwisko", "osoba", "kontakt",
            "имя", "фио", "контакт", "контактноелицо",
            "ad", "adsoyad", "adıvəsoyadı", "əlaqəşəxsi",
            "nama", "namalengkap", "kontak", "namakontak",
        ], Form::Text)
    },
    Field {
        looks: is_address,
        ..Field::new(EMAIL, "contacts-identity-email", &[
            "email", "emailaddress", "mail", "mailaddress", "contactemail",
            "adresemail", "adresmailowy",
            "почта", "эпочта", "электроннаяпочта", "адрес",
            "epoçt", "elektronpoçt", "poçt",
            "surel", "alamatemail",
        ], Form::Text)
    },
    Field {
        looks: |value| value.starts_with('+') && value.chars().filter(char::is_ascii_digit).count() >= 7,
        ..Field::new(PHONE, "contacts-identity-phone", &[
            "phone", "phonenumber", "telephone", "mobile", "mobilephone", "tel", "cell",
            "telefon", "numertelefonu", "komórka",
            "телефон", "номертелефона", "мобильный",
            "telefonnömrəsi", "mobil",
            "telepon", "nomortelepon", "ponsel",
        ], Form::Text)
    },
    references::NAME,
    references::EXTERNAL_ID,
    references::WEBSITE,
    Field::new(TITLE, "contacts-membership-title", &[
        "title", "jobtitle", "position", "function",
        "stanowisko", "funkcja",
        "должность",
        "vəzifə", "vəzifəsi",
        "jabatan", "posisi",
    ], Form::Text),
    Field::new(ROLE, "contacts-roles", &[
        "role", "roles", "contactrole",
        "rola", "role",
        "роль", "роли",
        "rol", "rolu",
        "peran",
    ], Form::Text),
    Field::new(SINCE, "contacts-first-day", &["since", "from", "startdate", "od", "c", "с", "начало", "başlama", "sejak", "mulai"], Form::Day),
    Field::new(UNTIL, "contacts-last-day", &["until", "to", "enddate", "do", "по", "конец", "bitmə", "sampai", "hingga"], Form::Day),
    Field::new(LANGUAGE, "contacts-language", &["language", "lang", "locale", "język", "язык", "dil", "bahasa"], Form::Text),
    Field::new(ZONE, "contacts-zone", &["timezone", "zone", "strefaczasowa", "часовойпояс", "saatqurşağı", "zonawaktu"], Form::Text),
    Field::new(NOTE, "contacts-note", &["note", "notes", "comment", "comments", "uwagi", "notatka", "заметка", "комментарий", "qeyd", "catatan"], Form::Text),
    Field::new(EXTERNAL_ID, "imports-external-id", &[
        "id", "externalid", "contactid", "personid", "recordid",
        "identyfikator", "idzewnętrzne", "idkontaktu",
        "внешнийid", "идентификатор", "idконтакта",
        "xariciid", "identifikator",
        "ideksternal", "idkontak",
    ], Form::Text),
    Field::new(OTHER_EMAILS, "contacts-import-emails", &[
        "otheremails", "otheremail", "email2", "secondemail", "secondaryemail", "additionalemails", "emails",
        "inneadresy", "drugiemail",
        "другиеадреса", "второйадрес",
        "digərepoçtlar", "ikinciepoçt",
        "surellain", "surel2",
    ], Form::Text),
    Field::new(OTHER_PHONES, "contacts-import-phones", &[
        "otherphones", "otherphone", "phone2", "secondphone", "additionalphones", "phones",
        "innetelefony", "drugitelefon",
        "другиетелефоны", "второйтелефон",
        "digərtelefonlar", "ikincitelefon",
        "teleponlain", "telepon2",
    ], Form::Text),
    Field::new(HANDLES, "contacts-import-handles", &[
        "handles", "handle", "socialhandles", "social", "profiles", "messengers",
        "profile", "komunikatory",
        "мессенджеры", "соцсети",
        "profillər", "sosialşəbəkələr",
        "akunsosial", "media",
    ], Form::Text),
    Field::new(EXTERNAL_IDS, "contacts-import-external-ids", &[
        "externalids", "otherids", "systemids", "idsinothersystems",
        "innenumery", "numerywinnychsystemach",
        "другиеномера", "номеравдругихсистемах",
        "digərnömrələr",
        "idlain",
    ], Form::Text),
    TAGS_COLUMN,
];

/// Words for roles beside those of forms.
#[rustfmt::skip]
const WORDS: &[(&str, ContactRole)] = &[
    ("champion", ContactRole::Champion), ("advocate", ContactRole::Champion), ("ambasador", ContactRole::Champion),
    ("decision maker", ContactRole::DecisionMaker), ("decision_maker", ContactRole::DecisionMaker), ("decisionmaker", ContactRole::DecisionMaker),
    ("decydent", ContactRole::DecisionMaker), ("лпр", ContactRole::DecisionMaker), ("qərar verən", ContactRole::DecisionMaker),
    ("pengambil keputusan", ContactRole::DecisionMaker), ("executive", ContactRole::DecisionMaker),
    ("user", ContactRole::User), ("użytkownik", ContactRole::User), ("пользователь", ContactRole::User),
    ("istifadəçi", ContactRole::User), ("pengguna", ContactRole::User),
    ("billing", ContactRole::Billing), ("invoices", ContactRole::Billing), ("finance", ContactRole::Billing), ("księgowość", ContactRole::Billing),
    ("бухгалтерия", ContactRole::Billing), ("mühasibat", ContactRole::Billing), ("keuangan", ContactRole::Billing),
];

/// The roles that a cell names, one behind the other.
pub(super) fn roles(cell: &str) -> Result<Vec<ContactRole>, Refusal> {
    let words = cell.split([',', ';', '/', '|', '+']).map(str::trim);
    let one = |word: &str| {
        let folded = fold(word);
        let known = WORDS.iter().find(|(known, _)| fold(known) == folded);
        let refusal = || {
            Refusal::of(target::BAD_WORD)
                .field(ROLE)
                .about(word)
                .instead("champion, decision maker, user, billing")
        };
        known.map(|(_, role)| *role).ok_or_else(refusal)
    };
    words.filter(|word| !word.is_empty()).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_known_by_their_words() {
        assert_eq!(
            roles("Champion; decydent"),
            Ok(vec![ContactRole::Champion, ContactRole::DecisionMaker])
        );
        assert_eq!(roles("").map(|roles| roles.len()), Ok(0));
        assert_eq!(roles("king").unwrap_err().code, target::BAD_WORD);
    }
}
