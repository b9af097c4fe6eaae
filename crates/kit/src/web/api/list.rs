//! Parts of lists: how many at once, and where the next part begins.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Uri, header};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many items one part may have at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "i64")]
pub struct Limit(#[schemars(range(min = 1, max = 200))] i64);

impl Default for Limit {
    /// Fifty.
    fn default() -> Self {
        Self(50)
    }
}

impl TryFrom<i64> for Limit {
    type Error = &'static str;
    fn try_from(number: i64) -> Result<Self, Self::Error> {
        if (1..=200).contains(&number) {
            Ok(Self(number))
        } else {
            Err("a limit is a number from 1 to 200")
        }
    }
}

impl Limit {
    /// How many rows to read: one more than fit, to see whether there are more.
    pub fn and_one(self) -> i64 {
        self.0 + 1
    }

    /// How many items fit.
    pub fn rows(self) -> i64 {
        self.0
    }
}

/// A part of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}List")]
pub struct Listed<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// The cursor of the next part, for `after`; null when this is the last.
    pub next: Option<String>,
    #[serde(skip)]
    link: Option<String>,
}

impl<T> Listed<T> {
    /// The part that `rows`, read with [`Limit::and_one`], begin with; `cursor` names the place after a row.
    pub fn of<R: Into<T>>(mut rows: Vec<R>, limit: Limit, cursor: impl FnOnce(&R) -> String) -> Self {
        let fit = usize::try_from(limit.0).expect("a limit is small");
        let has_more = rows.len() > fit;
        rows.truncate(fit);
        let next = rows.last().filter(|_| has_more).map(cursor);
        Self::whole(rows.into_iter().map(Into::into).collect(), next)
    }

    /// Items that are known to be the whole part.
    pub fn whole(items: Vec<T>, next: Option<String>) -> Self {
        Self {
            items,
            next,
            link: None,
        }
    }

    /// Names the address of the next part in the `Link` header (RFC 8288), made from the present address.
    #[must_use]
    pub fn linked(mut self, address: &Uri) -> Self {
        self.link = self.next.as_ref().map(|next| {
            let pairs = url::form_urlencoded::parse(address.query().unwrap_or_default().as_bytes());
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(pairs.filter(|(name, _)| name != "after"));
            query.append_pair("after", next);
            format!("<{}?{}>; rel=\"next\"", address.path(), query.finish())
        });
        self
    }
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(mut self) -> Response {
        let link = self.link.take().and_then(|link| HeaderValue::try_from(link).ok());
        let mut response = Json(self).into_response();
        if let Some(link) = link {
            response.headers_mut().insert(header::LINK, link);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_part_is_named_only_when_there_is_one() {
        let limit = Limit::try_from(2).unwrap();
        let part: Listed<i32> = Listed::of(vec![1, 2, 3], limit, |row| format!("c{row}"));
        assert_eq!(
            (part.items.as_slice(), part.next.as_deref()),
            ([1, 2].as_slice(), Some("c2"))
        );
        let linked = part.linked(&Uri::from_static("/things?state=a%20b&after=c0&limit=2"));
        let link = linked.into_response().headers()["link"]
            .to_str()
            .unwrap()
            .to_owned();
        assert_eq!(link, "</things?state=a+b&limit=2&after=c2>; rel=\"next\"");
        let last: Listed<i32> = Listed::of(vec![1, 2], limit, |_| unreachable!());
        assert!(last.next.is_none());
    }

    #[test]
    fn a_limit_has_its_bounds() {
        let read =
            |text: &str| serde_urlencoded::from_str::<Vec<(String, Limit)>>(&format!("limit={text}")).is_ok();
        assert!(read("1") && read("200"));
        for wrong in ["0", "201", "-1", "x", "", "99999999999999999999"] {
            assert!(!read(wrong), "{wrong}");
        }
    }
}
