//! Changing many accounts on pages: the bar below the list, and the page of an act.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::{At, cursor};
use kit::web::{Failure, Notice, Page, Sent, address};
use serde::Deserialize;

use super::views::{BulkPage, CountPage, Line};
use super::{
    AccountBulk, AccountBulkError, AccountBulkId, AccountBulkRow, Asks, Deeds, Fate, MOST, Offered, START,
    Said, State as How, Wanted, bar,
};
use crate::accounts::finding::export;
use crate::accounts::web::PLACE;
use crate::actor::Actor;

/// How many accounts that stayed as they were a page names.
const TROUBLES: i64 = 200;
/// How many others a part of the page names.
const OTHERS: i64 = 100;
/// What cursors in the accounts of an act are for.
const LIST: &str = "account-bulk-page";

/// Where to go on in the accounts of an act.
#[derive(Debug, Deserialize)]
pub struct BulkQuery {
    after: Option<String>,
}

/// Does to the accounts that are chosen what the bar says.
///
/// # Errors
/// Nothing chosen, a deed that can't be wanted so, a missing permission, or the database's.
pub async fn begin(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let back = bar::wishes_of(&sent).on("/accounts");
    let voice = t.clone();
    let begun = db
        .write(move |tx| {
            let new = bar::described(tx, &actor, &voice, &sent)?;
            super::begin(tx, &actor, &new)
        })
        .await;
    match begun {
        Ok(bulk) => Ok(told(&t, &bulk)),
        Err(error) => match bar::told(&error, &t) {
            Some(said) => Ok((Notice::bad(said), Redirect::to(&back)).into_response()),
            None => Err(error.into()),
        },
    }
}

/// Takes an act back.
///
/// # Errors
/// It is under way or taken back already, no such act here, a missing permission, or the database's.
pub async fn undo(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<AccountBulkId>,
) -> Result<Response, Failure> {
    let bulk = db.write(move |tx| super::undo(tx, &actor, id)).await?;
    Ok(told(&t, &bulk))
}

/// An act: how far it is, and what became of each account.
///
/// # Errors
/// No such act here, a cursor that is none, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (At(id), Query(query)): (At<AccountBulkId>, Query<BulkQuery>),
) -> Result<Page, Failure> {
    let after: Option<i64> = cursor::wanted(LIST, query.after.as_deref())?;
    let (voice, asker) = (t.clone(), actor.clone());
    let (bulk, said, troubles, mut others) = db
        .read(move |tx| {
            let bulk = super::find(tx, &asker, id)?.ok_or(AccountBulkError::Unknown)?;
            let said = described(tx, &asker, &voice, &bulk.deeds)?;
            let stayed = [Fate::Refused, Fate::Kept];
            let troubles = super::results(tx, &asker, id, &stayed, (START, TROUBLES))?;
            let rest = [Fate::Waiting, Fate::Changed, Fate::Same, Fate::Undone];
            let others = super::results(tx, &asker, id, &rest, (after.unwrap_or(START), OTHERS + 1))?;
            Ok::<_, AccountBulkError>((bulk, said, troubles, others))
        })
        .await?;
    let next = trim(&mut others).map(|after| address(&format!("/accounts/bulk/{id}"), &[("after", &after)]));
    let line = |(row, name)| Line { row, name };
    let view = BulkPage {
        t: &t,
        said,
        troubles: troubles.into_iter().map(line).collect(),
        others: others.into_iter().map(line).collect(),
        next,
        may_undo: bulk.state == How::Done && bulk.changed > 0 && may_all(&db, &actor, &bulk),
        bulk,
    };
    Ok(Page::new(t.say("deeds-title"), &view)
        .place(PLACE)
        .crumb(t.say("accounts-title"), &view.bulk.back)
        .live(id.to_string()))
}

/// Cuts what was read with one row too many to its page; gives the cursor of the next one.
fn trim(others: &mut Vec<(AccountBulkRow, Option<String>)>) -> Option<String> {
    let page = usize::try_from(OTHERS).expect("a page is small");
    let has_more = others.len() > page;
    others.truncate(page);
    let last = others.last().filter(|_| has_more);
    last.map(|(last, _)| cursor::write(LIST, &last.place))
}

/// How many accounts the list finds, for the bar.
///
/// # Errors
/// The database's.
pub async fn count(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let wishes = bar::wishes_of(&query);
    let back = wishes.on("/accounts");
    let count = db.read(move |tx| super::count(tx, &actor, &wishes)).await?;
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let view = CountPage {
        t: &t,
        count: number(count),
        most: number(MOST),
    };
    Ok(Page::new(t.say("deeds-count-title"), &view)
        .place(PLACE)
        .crumb(t.say("accounts-title"), back))
}

/// The accounts that are chosen, as a file; taking it is recorded.
///
/// # Errors
/// The database's.
pub async fn file(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let sent: Sent = pairs.iter().cloned().collect();
    let (wishes, chosen) = (bar::wishes_of(&pairs), bar::chosen_of(&sent));
    let back = wishes.on("/accounts");
    let made = db
        .write(move |tx| match super::accounts_of(tx, &actor, &wishes, &chosen) {
            Ok(accounts) => Ok(Ok(export::sheet(tx, &actor, &accounts)?)),
            Err(AccountBulkError::Db(error)) => Err(error.into()),
            Err(error) => Ok::<_, Failure>(Err(error)),
        })
        .await?;
    match made {
        Ok(sheet) => sheet.file(sent.one("format")),
        Err(error) => match bar::told(&error, &t) {
            Some(said) => Ok((Notice::bad(said), Redirect::to(&back)).into_response()),
            None => Err(error.into()),
        },
    }
}

fn may_all(db: &Db, actor: &Actor, bulk: &AccountBulk) -> bool {
    let deeds = db
        .attached::<Deeds>()
        .map(|deeds| (*deeds).clone())
        .unwrap_or_default();
    let mut all = bulk.deeds.iter().filter_map(|wanted| deeds.find(&wanted.deed));
    all.all(|deed| actor.may(deed.needs))
}

/// What is done to each account, in the reader's words: the name of the deed, and of what was chosen while that is offered.
fn described(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    wanted: &[Wanted],
) -> Result<Vec<String>, AccountBulkError> {
    let deeds = tx.attached::<Deeds>().unwrap_or_default();
    let mut said = Vec::new();
    for one in wanted {
        let name = t.say(&format!("deeds-{}", one.deed));
        let offered: Vec<Offered> = match deeds.find(&one.deed) {
            Some(deed) if actor.may(deed.needs) => match deed.asks {
                Asks::Choice(offer) => offer(tx, actor)?,
                Asks::Word(_) => vec![Offered::named(&one.value, &one.value)],
                Asks::Fields => vec![Offered::named(&one.value, &one.detail)],
            },
            _ => Vec::new(),
        };
        let chosen = offered.into_iter().find(|offered| offered.value == one.value);
        said.push(match chosen.map(|chosen| chosen.said) {
            Some(Said::Name(value)) => format!("{name}: {value}"),
            Some(Said::Key(key)) => format!("{name}: {}", t.say(key)),
            None => name,
        });
    }
    Ok(said)
}

/// What was done, with the way back; what is under way or left something leads to its own page.
fn told(t: &Text, bulk: &AccountBulk) -> Response {
    let own = format!("/accounts/bulk/{}", bulk.id);
    if bulk.state.is_busy() {
        return Redirect::to(&own).into_response();
    }
    let is_back = bulk.state == How::Undone;
    let (key, count) = if is_back {
        ("deeds-was-undone", bulk.done - bulk.refused)
    } else {
        ("deeds-was-done", bulk.changed)
    };
    let notice = Notice::new(t.count(key, count));
    let notice = if !is_back && bulk.changed > 0 {
        notice.undo(format!("{own}/undo"))
    } else {
        notice
    };
    // Where something or everything stayed as it was, the act's own page says what.
    let is_whole = bulk.refused == 0 && (is_back || bulk.changed > 0);
    let to = if is_whole {
        bulk.back.as_str()
    } else {
        own.as_str()
    };
    (notice, Redirect::to(to)).into_response()
}
