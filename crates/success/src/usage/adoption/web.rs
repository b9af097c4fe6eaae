//! The pages of adoption: all features, and one with its accounts.

use askama::Template;
use axum::extract::{Path, Query, State};
use kit::db::Db;
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::api::cursor;
use kit::web::{Failure, Filled, Page, known};
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::currencies;
use tandem_core::permissions::Permission;

use super::views::{FeaturePage, Filters, Known, ListActions, ListPage, name};
use super::{
    AdoptionError, FeatureCall, Filter, Found, LIST, Mark, Place, Sort, Spot, Use, Users, Wanted, Whose,
    Window, book, list as listed, users,
};
use crate::usage::TOPIC;
use crate::usage::folding::FeatureId;

/// Where the list is.
pub(super) const PATH: &str = "/usage/features";
const PLACE: &str = "features";
/// Rows on one page.
const PAGE: usize = 50;

/// All features, those that most accounts use first.
///
/// # Errors
/// A cursor that is none, a segment that the reader does not see, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let mut form: Filled = asked.into_iter().collect();
    let after: Option<Spot> = cursor::wanted(LIST, given(&form, "after"))?;
    let (is_first, wanted) = (after.is_none(), wanted_of(&form, &actor));
    let asked = wanted.clone();
    let (mut found, known) = db
        .read(move |tx| {
            let found = listed(tx, &actor, &asked, after.as_ref(), one_more())?;
            Ok::<_, AdoptionError>((found, Known::of(tx, &actor)?))
        })
        .await?;
    let next = trim(&mut found.lines).map(|last| {
        form.set("after", cursor::write(LIST, &Spot::of(last, wanted.sort)));
        form.address(PATH, &[])
    });
    let view = ListPage {
        t: &t,
        filters: Filters {
            t: &t,
            form: &form,
            known,
        },
        found,
        wanted: &wanted,
        next,
        is_first,
    };
    Ok(page(t.say("adoption-title"), &view).actions(&ListActions { t: &t }))
}

/// One feature: who uses it, who stopped, who never did.
///
/// # Errors
/// A cursor that is none, no such feature here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let mut form: Filled = asked.into_iter().collect();
    let after: Option<Place> = cursor::wanted(LIST, given(&form, "after"))?;
    let asked = asked_of(&form, &actor, known(&id)?);
    let may_see_money = actor.may(Permission::MoneyRead);
    let mut shown = Shown::read(&db, actor, asked, after.clone()).await?;
    let next = trim(&mut shown.users).map(|last| {
        form.set("after", cursor::write(LIST, &Place::of(last, asked.whose)));
        form.address(&format!("{PATH}/{}", asked.feature), &[])
    });
    let one = shown.found.lines.remove(0);
    let title = name(&t, &one.feature);
    let view = FeaturePage {
        t: &t,
        filters: Filters {
            t: &t,
            form: &form,
            known: shown.known,
        },
        one,
        active: shown.found.active,
        counted_at: shown.found.counted_at,
        asked,
        users: shown.users,
        next,
        currency: shown.currency,
        may_see_money,
        is_first: after.is_none(),
    };
    Ok(page(title, &view).crumb(t.say("adoption-title"), PATH))
}

/// What the page of a feature shows.
struct Shown {
    found: Found,
    users: Vec<Use>,
    known: Known,
    currency: Currency,
}

impl Shown {
    async fn read(db: &Db, actor: Actor, asked: Users, after: Option<Place>) -> Result<Self, AdoptionError> {
        db.read(move |tx| {
            Ok(Self {
                found: book::one(tx, &actor, (asked.feature, asked.window))?,
                users: users(tx, &actor, asked, after.as_ref(), one_more())?,
                known: Known::of(tx, &actor)?,
                currency: currencies::reporting(tx, actor.workspace)?,
            })
        })
        .await
    }
}

fn page(title: String, view: &impl Template) -> Page {
    Page::new(title, view).place(PLACE).live(TOPIC)
}

/// Which features a form asks for; what can't be read asks nothing.
pub(super) fn wanted_of(form: &Filled, actor: &Actor) -> Wanted {
    Wanted {
        window: Window::named(form.value("window")).unwrap_or_default(),
        filter: filter_of(form, actor),
        call: FeatureCall::named(form.value("call")),
        mark: Mark::named(form.value("mark")),
        q: form.value("q").to_owned(),
        sort: Sort::named(form.value("sort")).unwrap_or_default(),
    }
}

/// Which accounts of a feature a form asks for.
pub(super) fn asked_of(form: &Filled, actor: &Actor, feature: FeatureId) -> Users {
    Users {
        feature,
        whose: Whose::named(form.value("whose")).unwrap_or_default(),
        window: Window::named(form.value("window")).unwrap_or_default(),
        filter: filter_of(form, actor),
    }
}

fn filter_of(form: &Filled, actor: &Actor) -> Filter {
    let owner: Option<AgentId> = match form.value("owner") {
        "me" => actor.agent(),
        owner => owner.parse().ok(),
    };
    Filter {
        segment: form.value("segment").parse().ok(),
        tier: form.value("tier").parse().ok(),
        owner,
    }
}

fn given<'f>(form: &'f Filled, name: &str) -> Option<&'f str> {
    Some(form.value(name)).filter(|value| !value.is_empty())
}

/// A row more than a page has, to see whether there are more.
fn one_more() -> i64 {
    i64::try_from(PAGE + 1).expect("a page is small")
}

/// Cuts a list that was read with one row too many to its page; gives the last row if there are more.
fn trim<T>(rows: &mut Vec<T>) -> Option<&T> {
    if rows.len() <= PAGE {
        return None;
    }
    rows.truncate(PAGE);
    rows.last()
}
