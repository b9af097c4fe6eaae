//! The pages of value: accounts by what they are worth, the panel of an account, what is assumed.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::id::TypedId;
use kit::web::api::cursor;
use kit::web::{Failure, Filled, Notice, Page, Tab, known};
use serde::Deserialize;

use super::views::{ListPage, PanelView, SettingsPage};
use super::{AccountValue, Cursor, Estimate, LIST, Settings, ValueError};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::permissions::Permission;
use crate::sheets::{self, Cell, Sheet};

pub(super) const PLACE: &str = "value";
/// Accounts on one page.
const PAGE: i64 = 50;

/// Where to go on in the list.
#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    after: Option<String>,
}

/// Which form a file has.
#[derive(Debug, Default, Deserialize)]
pub struct FileForm {
    #[serde(default)]
    format: String,
}

/// The accounts, the most valuable first.
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let after: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let may_keep = actor.may(Permission::MoneyKeep);
    let (estimate, is_asked, mut accounts) = db
        .read(move |tx| {
            let estimate = super::newest(tx, &actor)?;
            let accounts = part(tx, &actor, estimate.as_ref(), after, PAGE + 1)?;
            Ok::<_, ValueError>((estimate, super::is_asked(tx, &actor)?, accounts))
        })
        .await?;
    let next = estimate
        .as_ref()
        .and_then(|estimate| trim_to_page(&mut accounts, estimate))
        .map(|last| format!("/value?after={}", cursor::write(LIST, &last)));
    let view = ListPage {
        t: &t,
        tabs: tabs(&t, "/value"),
        estimate: estimate.as_ref(),
        is_asked,
        accounts,
        next,
        may_keep,
    };
    Ok(Page::new(t.say("value-title"), &view)
        .place(PLACE)
        .actions(&view.actions())
        .live(LIST))
}

/// The accounts as a file; taking it is recorded.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn export(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(form): Form<FileForm>,
) -> Result<Response, Failure> {
    let sheet = db.write(move |tx| sheet(tx, &actor, &t)).await?;
    sheet.file(&form.format)
}

/// What an account is worth, and why: a panel of its page.
///
/// # Errors
/// No such account here, or the database's.
pub async fn panel(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let account: AccountId = known(&id)?;
    let (estimate, value) = db
        .read(move |tx| {
            let estimate = super::newest(tx, &actor)?;
            let nobody = super::EstimateId::from_uuid(kit::id::Uuid::nil());
            let of = estimate.as_ref().map_or(nobody, |estimate| estimate.id);
            let value = super::of_account(tx, &actor, of, account)?;
            Ok::<_, ValueError>((estimate, value))
        })
        .await?;
    let view = PanelView {
        t: &t,
        estimate: estimate.as_ref(),
        value: value.as_ref(),
    };
    Ok(Page::new(t.say("panel-value"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(t.say("subscriptions-account"), format!("/accounts/{account}"))
        .live(LIST))
}

/// Asks for an estimate.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn ask(State(db): State<Db>, actor: Actor, t: Text) -> Result<Response, Failure> {
    db.write(move |tx| super::ask(tx, &actor)).await?;
    Ok((Notice::new(t.say("value-was-asked")), Redirect::to("/value")).into_response())
}

/// What the workspace assumes, as a form.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn settings(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let now = db.read(move |tx| super::settings(tx, &actor)).await?;
    let mut form = Filled::default();
    form.set("margin", t.decimal(now.margin as f64 / 100.0, 2));
    form.set("discount", t.decimal(now.discount as f64 / 100.0, 2));
    form.set("horizon_months", now.horizon_months.to_string());
    Ok(settings_page(&t, &form))
}

/// Changes what the workspace assumes, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let hundredths = |text: &str| t.read_money(text.trim().trim_end_matches('%').trim(), "EUR").ok();
    let settings = Settings {
        // What can't be read is out of range.
        margin: hundredths(form.value("margin")).unwrap_or(-1),
        discount: hundredths(form.value("discount")).unwrap_or(-1),
        horizon_months: form.value("horizon_months").trim().parse().unwrap_or(-1),
    };
    match db.write(move |tx| super::change(tx, &actor, settings)).await {
        Ok(()) => Ok((Notice::new(t.say("value-was-changed")), Redirect::to("/value")).into_response()),
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            Ok(settings_page(&t, &form).status(status).into_response())
        }
    }
}

pub(super) fn tabs(t: &Text, now: &str) -> Vec<Tab> {
    let tab = |(key, href): (&str, &str)| Tab {
        text: t.say(key),
        href: href.to_owned(),
        current: href == now,
        count: None,
    };
    [("value-accounts", "/value"), ("value-models", "/value/models")]
        .map(tab)
        .to_vec()
}

fn settings_page(t: &Text, form: &Filled) -> Page {
    Page::new(t.say("value-settings"), &SettingsPage { t, form })
        .place(PLACE)
        .crumb(t.say("value-title"), "/value")
}

fn part(
    tx: &mut Tx<'_>,
    actor: &Actor,
    newest: Option<&Estimate>,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<AccountValue>, ValueError> {
    match newest {
        None => Ok(Vec::new()),
        // Another estimate has come meanwhile: its list begins anew.
        Some(newest) => {
            let after = after.filter(|cursor| cursor.estimate == newest.id);
            super::list(tx, actor, newest.id, after, limit)
        }
    }
}

fn trim_to_page(accounts: &mut Vec<AccountValue>, estimate: &Estimate) -> Option<Cursor> {
    let page = usize::try_from(PAGE).expect("a page is small");
    (accounts.len() > page).then(|| {
        accounts.truncate(page);
        let last = &accounts[page - 1];
        Cursor {
            estimate: estimate.id,
            worth: last.worth,
            account: last.account,
        }
    })
}

fn sheet(tx: &mut Tx<'_>, actor: &Actor, t: &Text) -> Result<Sheet, Failure> {
    let estimate = super::newest(tx, actor)?.ok_or_else(|| Failure::of(StatusCode::NOT_FOUND))?;
    let accounts = super::list(tx, actor, estimate.id, None, sheets::ASKED)?;
    let entry = Entry::of(Act::Exported, actor.workspace).after(serde_json::json!({ "what": "value" }));
    audit::record(tx, actor, entry)?;
    let currency = estimate.total.currency;
    let row = |one: &AccountValue| {
        let contract = one.reasons.contract.map_or(0, |reason| reason.worth);
        let repeat = one.reasons.repeat.map_or(0, |reason| reason.worth);
        vec![
            Cell::text(one.account),
            Cell::text(&one.name),
            Cell::text(currency),
            Cell::Amount(contract, currency),
            Cell::Amount(repeat, currency),
            Cell::Amount(one.worth, currency),
        ]
    };
    let head = ["account", "name", "currency", "contract", "orders", "value"];
    Ok(Sheet::new("value", head, accounts.iter().map(row).collect()).cut(t))
}
