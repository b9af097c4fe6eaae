//! What the DNS says of a key of ours (RFC 6376 3.6.1), compared with what we wrote down to publish.

/// How the record under a key's name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Published {
    /// It is the key's.
    Fits,
    /// There is none.
    Missing,
    /// It publishes another key.
    Other,
    /// It says that the key counts no more: its `p=` is empty.
    Revoked,
    /// It is no record of a key, or one that was cut.
    Broken,
    /// There are several under the name; servers may take any of them.
    Several,
    /// The DNS did not answer.
    NoAnswer,
}

impl Published {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Fits,
        Self::Missing,
        Self::Other,
        Self::Revoked,
        Self::Broken,
        Self::Several,
        Self::NoAnswer,
    ];

    /// The word in rows and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::Missing => "missing",
            Self::Other => "other",
            Self::Revoked => "revoked",
            Self::Broken => "broken",
            Self::Several => "several",
            Self::NoAnswer => "no_answer",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.as_str() == word)
    }

    /// What `found` says of the key that `ours` publishes.
    pub fn compare(ours: &str, found: Option<&str>) -> Self {
        let Some(found) = found else {
            return Self::Missing;
        };
        if found.matches("v=DKIM1").count() > 1 {
            return Self::Several;
        }
        let (kind, key) = (tag(found, "k"), tag(found, "p"));
        match key {
            None => Self::Broken,
            Some(key) if key.is_empty() => Self::Revoked,
            Some(key) => {
                let wanted = tag(ours, "p").unwrap_or_default();
                let is_of_kind =
                    kind.unwrap_or_else(|| "rsa".to_owned()) == tag(ours, "k").unwrap_or_default();
                if key == wanted && is_of_kind {
                    Self::Fits
                } else if key != wanted && wanted.starts_with(&key) {
                    Self::Broken
                } else {
                    Self::Other
                }
            }
        }
    }
}

/// The value of a tag without white space, which a record may hold anywhere.
fn tag(record: &str, name: &str) -> Option<String> {
    let mut tags = record.split(';').filter_map(|tag| tag.split_once('='));
    let (_, value) = tags.find(|(known, _)| known.trim() == name)?;
    Some(value.split_whitespace().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_ours_however_it_is_written_and_nothing_else_is() {
        let ours = "v=DKIM1; k=rsa; p=AbCdEf==";
        for (found, expected) in [
            (Some("v=DKIM1; k=rsa; p=AbCdEf=="), Published::Fits),
            (Some("v=DKIM1;p=AbC dEf==; t=s"), Published::Fits),
            (Some("p = AbCdEf=="), Published::Fits),
            (None, Published::Missing),
            (Some("v=DKIM1; k=rsa; p=Zz=="), Published::Other),
            (Some("v=DKIM1; k=ed25519; p=AbCdEf=="), Published::Other),
            (Some("v=DKIM1; k=rsa; p="), Published::Revoked),
            (Some("v=DKIM1; k=rsa; p=AbCd"), Published::Broken),
            (Some("google-site-verification"), Published::Broken),
            (Some("v=DKIM1; p=AbCdEf==v=DKIM1; p=Zz=="), Published::Several),
        ] {
            assert_eq!(Published::compare(ours, found), expected, "{found:?}");
        }
        for one in Published::ALL {
            assert_eq!(Published::parse(one.as_str()), Some(*one));
        }
    }
}
