//! Fields of events as senders write them: taken as they are, so that a wrong one can be named.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A field that should hold a text; a number is one too.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Field<'a> {
    /// Absent or null.
    #[default]
    None,
    /// A text.
    Text(Cow<'a, str>),
    /// A number, as it was written; for times, its value.
    Number(f64, String),
    /// Something else.
    Wrong,
}

/// Properties or traits: how many there are, and the few that are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fields<'a> {
    pub(super) count: usize,
    pub(super) is_wrong: bool,
    pub(super) email: Field<'a>,
    pub(super) name: Field<'a>,
    pub(super) first_name: Field<'a>,
    pub(super) last_name: Field<'a>,
    pub(super) group: Field<'a>,
    /// The traits within a context, where some SDKs put who somebody is.
    pub(super) traits: Option<Box<Fields<'a>>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Field<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneField)
    }
}

struct OneField;

impl<'de> Visitor<'de> for OneField {
    type Value = Field<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_unit<E>(self) -> Result<Field<'de>, E> {
        Ok(Field::None)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Field<'de>, E> {
        Ok(Field::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Field<'de>, E> {
        Ok(Field::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Field<'de>, E> {
        Ok(Field::Number(number as f64, number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Field<'de>, E> {
        Ok(Field::Number(number as f64, number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Field<'de>, E> {
        Ok(Field::Number(number, number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Field<'de>, E> {
        Ok(Field::Wrong)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Field<'de>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Field::Wrong)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Field<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Field::Wrong)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ManyFields)
    }
}

struct ManyFields;

impl ManyFields {
    fn wrong<'de>() -> Fields<'de> {
        Fields {
            is_wrong: true,
            ..Fields::default()
        }
    }
}

impl<'de> Visitor<'de> for ManyFields {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_unit<E>(self) -> Result<Fields<'de>, E> {
        Ok(Fields::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let mut fields = Fields::default();
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            fields.count += 1;
            let place = match name.as_ref() {
                "email" => &mut fields.email,
                "name" => &mut fields.name,
                "firstName" | "first_name" => &mut fields.first_name,
                "lastName" | "last_name" => &mut fields.last_name,
                "groupId" => &mut fields.group,
                "traits" => {
                    fields.traits = Some(Box::new(map.next_value()?));
                    continue;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            *place = map.next_value()?;
        }
        Ok(fields)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Fields<'de>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::wrong())
    }

    fn visit_str<E>(self, _: &str) -> Result<Fields<'de>, E> {
        Ok(Self::wrong())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Fields<'de>, E> {
        Ok(Self::wrong())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Fields<'de>, E> {
        Ok(Self::wrong())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Fields<'de>, E> {
        Ok(Self::wrong())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Fields<'de>, E> {
        Ok(Self::wrong())
    }
}
