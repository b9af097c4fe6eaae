//! A form's body whose fields may come several times: checkboxes of one name.

use serde::Deserialize;

/// The pairs of a form's body, in their order. As a parameter of a handler: `Form(sent): Form<Sent>`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Sent(Vec<(String, String)>);

impl Sent {
    /// The last value of the field `name`, trimmed; empty when it was not sent.
    pub fn one(&self, name: &str) -> &str {
        self.all(name).last().unwrap_or_default()
    }

    /// Every value of the field `name`, trimmed.
    pub fn all<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s str> {
        self.0
            .iter()
            .filter(move |(sent, _)| sent == name)
            .map(|(_, value)| value.trim())
    }

    /// The value of the field `name`, unless it is empty.
    pub fn given(&self, name: &str) -> Option<&str> {
        Some(self.one(name)).filter(|value| !value.is_empty())
    }
}

impl FromIterator<(String, String)> for Sent {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_may_come_several_times_or_not_at_all() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let sent: Sent = [pair("scope", "a"), pair("name", " Ada "), pair("scope", "b")]
            .into_iter()
            .collect();
        assert_eq!(sent.all("scope").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(
            (sent.one("name"), sent.one("zone"), sent.given("zone")),
            ("Ada", "", None)
        );
    }
}
