//! What a row can say of a touchpoint.

use kit::text::fold;

use crate::accounts::references;
use crate::imports::target::{self, Field, Form, Refusal, Values};
use crate::touchpoints::kinds::{self, Kind};
use crate::touchpoints::{Channel, Direction, Impression};

pub(super) const KIND: &str = "kind";
pub(super) const HAPPENED: &str = "happened";
pub(super) const DIRECTION: &str = "direction";
pub(super) const CHANNEL: &str = "channel";
pub(super) const SUMMARY: &str = "summary";
pub(super) const CONTACT: &str = "contact";
pub(super) const IMPRESSION: &str = "impression";
pub(super) const REASON: &str = "reason";
pub(super) const EXTERNAL_ID: &str = "external_id";

#[rustfmt::skip]
pub(super) const ALL: &[Field] = &[
    Field {
        is_required: true,
        ..Field::new(HAPPENED, "touchpoints-happened", &[
            "date", "day", "when", "happened", "happenedat", "datetime", "timestamp", "createdat",
            "data", "dzień", "kiedy",
            "дата", "день", "когда",
            "tarix", "gün",
            "tanggal", "hari",
        ], Form::Moment)
    },
    Field {
        is_required: true,
        ..Field::new(SUMMARY, "touchpoints-summary", &[
            "summary", "subject", "description", "note", "notes", "text", "what", "body", "comment",
            "opis", "temat", "notatka", "treść",
            "описание", "тема", "заметка", "текст",
            "təsvir", "mövzu", "qeyd",
            "ringkasan", "deskripsi", "catatan",
        ], Form::Text)
    },
    Field::new(KIND, "touchpoints-kind", &["kind", "type", "activity", "activitytype", "rodzaj", "typ", "вид", "тип", "növ", "jenis", "tipe"], Form::Text),
    Field::new(CHANNEL, "imports-channel", &["channel", "medium", "kanał", "канал", "kanal", "saluran"], Form::Text),
    Field::new(DIRECTION, "touchpoints-direction", &["direction", "kierunek", "направление", "istiqamət", "arah"], Form::Text),
    Field::new(CONTACT, "touchpoints-contact", &["contact", "contactemail", "email", "person", "with", "kontakt", "osoba", "контакт", "почта", "əlaqə", "epoçt", "kontak", "surel"], Form::Text),
    Field::new(IMPRESSION, "touchpoints-impression", &["impression", "sentiment", "mood", "score", "wrażenie", "впечатление", "təəssürat", "kesan"], Form::Amount),
    Field::new(REASON, "imports-why", &["reason", "why", "powód", "причина", "səbəb", "alasan"], Form::Text),
    references::NAME,
    references::EXTERNAL_ID,
    references::WEBSITE,
    Field::new(EXTERNAL_ID, "imports-external-id", &["id", "externalid", "activityid", "recordid", "identyfikator", "внешнийid", "идентификатор", "xariciid", "ideksternal"], Form::Text),
];

#[rustfmt::skip]
const KINDS: &[(&Kind, &[&str])] = &[
    (&kinds::CALL, &["call", "phone call", "rozmowa", "telefon", "звонок", "zəng", "telepon", "panggilan"]),
    (&kinds::MEETING, &["meeting", "video call", "demo", "spotkanie", "встреча", "görüş", "rapat", "pertemuan"]),
    (&kinds::VISIT, &["visit", "wizyta", "визит", "ziyarət", "kunjungan"]),
    (&kinds::MESSAGE, &["message", "email", "e-mail", "mail", "chat", "letter", "wiadomość", "сообщение", "письмо", "mesaj", "pesan", "surel"]),
    (&kinds::OTHER, &["other", "note", "inne", "другое", "заметка", "digər", "başqa", "lainnya"]),
];

#[rustfmt::skip]
const DIRECTIONS: &[(Direction, &[&str])] = &[
    (Direction::Inbound, &["inbound", "in", "incoming", "received", "customer", "przychodzące", "входящий", "входящее", "gələn", "masuk"]),
    (Direction::Outbound, &["outbound", "out", "outgoing", "sent", "we", "wychodzące", "исходящий", "исходящее", "gedən", "keluar"]),
    (Direction::Both, &["both", "obie", "оба", "hər ikisi", "keduanya"]),
];

fn among<T: Copy>(field: &str, written: &str, words: &[(T, &[&str])], instead: &str) -> Result<T, Refusal> {
    let word = fold(written);
    let mut all = words.iter();
    let found = all.find(|(_, known)| known.iter().any(|known| fold(known) == word));
    let refusal = || {
        let about: String = written.chars().take(40).collect();
        Refusal::of(target::BAD_WORD)
            .field(field)
            .about(about)
            .instead(instead)
    };
    found.map(|(what, _)| *what).ok_or_else(refusal)
}

/// What it was; something else unless told.
pub(super) fn kind(values: &Values) -> Result<&'static Kind, Refusal> {
    match values.get(KIND) {
        Some(written) => among(KIND, written, KINDS, "call, meeting, visit, message, other"),
        None => Ok(&kinds::OTHER),
    }
}

/// Who began; nobody in particular unless told.
pub(super) fn direction(values: &Values) -> Result<Direction, Refusal> {
    match values.get(DIRECTION) {
        Some(written) => among(DIRECTION, written, DIRECTIONS, "inbound, outbound, both"),
        None => Ok(Direction::Both),
    }
}

/// Which way it took; the way of its kind unless told.
pub(super) fn channel(values: &Values, kind: &Kind) -> Result<Channel, Refusal> {
    let Some(written) = values.get(CHANNEL) else {
        return Ok(kind.channel);
    };
    let word = fold(written).replace([' ', '-'], "_");
    let refusal = |_| {
        let all: Vec<&str> = Channel::ALL.iter().map(|channel| channel.as_str()).collect();
        Refusal::of(target::BAD_WORD)
            .field(CHANNEL)
            .about(written)
            .instead(all.join(", "))
    };
    word.parse().map_err(refusal)
}

/// How it left the customer, and why.
pub(super) fn impression(values: &Values) -> Result<Option<(Impression, String)>, Refusal> {
    let Some(written) = values.get(IMPRESSION) else {
        return Ok(None);
    };
    let number = written
        .parse::<i64>()
        .ok()
        .and_then(|number| number.try_into().ok());
    let refusal = || {
        Refusal::of(target::OUT_OF_RANGE)
            .field(IMPRESSION)
            .about("−2 – 2")
    };
    let impression: Impression = number.ok_or_else(refusal)?;
    let reason = values.get(REASON).unwrap_or_default();
    Ok(Some((impression, reason.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_ways_are_known_by_their_words() {
        let said = |field, value| Values::of(&[(field, value)]);
        assert_eq!(kind(&said(KIND, "Звонок")), Ok(&kinds::CALL));
        assert_eq!(kind(&Values::default()), Ok(&kinds::OTHER));
        assert_eq!(
            channel(&said(CHANNEL, "In person"), &kinds::CALL),
            Ok(Channel::InPerson)
        );
        assert_eq!(channel(&Values::default(), &kinds::CALL), Ok(Channel::Phone));
        assert_eq!(direction(&said(DIRECTION, "incoming")), Ok(Direction::Inbound));
        assert_eq!(kind(&said(KIND, "dance")).unwrap_err().code, target::BAD_WORD);
        assert_eq!(
            impression(&said(IMPRESSION, "3")).unwrap_err().code,
            target::OUT_OF_RANGE
        );
    }
}
