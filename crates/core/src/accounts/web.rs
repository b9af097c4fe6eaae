//! The pages of accounts: list, account, and the forms that add and change one.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::id::TypedId;
use kit::web::table::Words;
use kit::web::{Failure, Notice, Page, known};
use serde::Deserialize;

use super::finding::Wishes;
use super::heading;
use super::listing::{self, Spot, TABLE};
use super::views::{AccountPage, FormPage, Known, ListPage};
use super::{
    Account, AccountError, AccountId, AccountKind, AccountText, LIST, columns, deeds, doubles, merging,
};
use crate::actor::Actor;
use crate::arrangements;
use crate::panels::{self, PanelFrames, Place};
use crate::permissions::Permission;
use crate::tags::line::Tags;
use crate::tallies;

pub(super) const PLACE: &str = "accounts";
/// How many events the account's page shows.
pub(super) const HISTORY: i64 = 50;

/// How the list is arranged, and where to go on in it.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    after: Option<String>,
    sort: Option<String>,
    columns: Option<String>,
    #[serde(flatten)]
    wishes: Wishes,
}

impl ListQuery {
    fn spot(&self) -> Result<Option<Spot>, Failure> {
        let spot = self.after.as_deref().map(Spot::decode);
        match spot {
            Some(None) => Err(Failure::of(StatusCode::BAD_REQUEST)),
            spot => Ok(spot.flatten()),
        }
    }

    fn words(&self) -> Words<'_> {
        Words {
            sort: self.sort.as_deref(),
            columns: self.columns.as_deref(),
        }
    }
}

/// What the form sends. A change carries the version it was made from.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountForm {
    name: String,
    #[serde(default)]
    website: String,
    #[serde(default)]
    kind: AccountKind,
    #[serde(default)]
    version: i64,
}

impl AccountForm {
    fn text(&self) -> AccountText {
        AccountText {
            name: self.name.clone(),
            website: Some(self.website.clone()),
            kind: self.kind,
        }
    }
}

/// The list of accounts, as the address or the person arranges it.
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let (reader, spot) = (actor.clone(), query.spot()?);
    let (is_first, wishes) = (spot.is_none(), query.wishes.clone());
    let (part, open, known, offers) = db
        .read(move |tx| {
            let part = listing::part(tx, &reader, query.words(), &query.wishes, spot.as_ref())?;
            let open = tallies::total(tx, reader.workspace, super::OPEN_TALLY)?;
            let offers = deeds::Offers::of(tx, &reader)?;
            Ok::<_, Failure>((part, open, Known::of(tx, &reader)?, offers))
        })
        .await?;
    let view = ListPage {
        t: &t,
        next: part.next(&wishes),
        accounts: part.accounts,
        headings: part.headings,
        views: known.views.strip(&t, &wishes),
        extra: part.extra,
        bar: deeds::Bar::new(&t, offers, &wishes),
        known,
        wishes,
        open,
        arrangement: part.arrangement,
        may_add: actor.may(Permission::AccountsWrite),
        may_import: actor.may(Permission::ImportsWrite),
        may_see_money: actor.may(Permission::MoneyRead),
        is_first,
    };
    let page = Page::new(t.say("accounts-title"), &view).place(PLACE).live(LIST);
    Ok(if view.may_add {
        page.actions(&view.actions())
    } else {
        page
    })
}

/// Keeps which columns the list has for whoever asks, with its order; or goes back to the usual ones.
///
/// # Errors
/// The database's.
pub async fn arrange(
    State(db): State<Db>,
    actor: Actor,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let table = db
        .attached()
        .map_or(&TABLE, |columns: std::sync::Arc<columns::Columns>| {
            columns.table()
        });
    db.write(move |tx| arrangements::keep(tx, &actor, table, &table.sent(&sent)))
        .await?;
    Ok(Redirect::to(TABLE.path))
}

/// One account and what features show of it.
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: AccountId = known(&id)?;
    let reader = actor.clone();
    let (account, (merged, doubles), tags, heading) = db
        .read(move |tx| {
            let account = super::find(tx, &reader, id)?.ok_or(AccountError::Unknown)?;
            let merged = merging::merged_into(tx, &reader, id)?;
            let doubles = doubles::of(tx, &reader, id)?;
            let tags = Tags::of(tx, &reader, &super::NOUN, id.uuid())?;
            let heading = heading::of(tx, &reader, &[id])?.remove(&id).unwrap_or_default();
            Ok::<_, AccountError>((account, (merged, doubles), tags, heading))
        })
        .await?;
    let (subject, open) = (id.to_string(), panels::of(&db, Place::Account, &actor).await?);
    let view = AccountPage {
        t: &t,
        account: &account,
        heading,
        merged,
        doubles,
        tags: tags.line(&t, &actor, &super::NOUN, &subject),
        panels: PanelFrames::new(&t, open, &subject),
        may_write: actor.may(Permission::AccountsWrite),
        may_close: actor.may(Permission::AccountsClose),
        may_task: actor.may(Permission::TasksWrite),
    };
    let page = Page::new(&account.name, &view)
        .place(PLACE)
        .crumb(t.say("accounts-title"), "/accounts")
        .live(&*subject);
    Ok(page.actions(&view.actions()))
}

/// The empty form.
pub async fn new(t: Text) -> Page {
    form(&t, None, &AccountForm::default(), None)
}

/// Adds what the form says, or shows it again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<AccountForm>,
) -> Result<Response, Failure> {
    let text = sent.text();
    match db.write(move |tx| super::add(tx, &actor, &text)).await {
        Ok(account) => Ok(to(account.id)),
        Err(error) => again(&t, None, &sent, error),
    }
}

/// The form with an account in it.
///
/// # Errors
/// No such account here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id = known(&id)?;
    let account = db
        .read(move |tx| super::find(tx, &actor, id)?.ok_or(AccountError::Unknown))
        .await?;
    let version = account.version;
    let filled = AccountForm {
        name: account.name.clone(),
        website: account.website.clone().unwrap_or_default(),
        kind: account.kind,
        version,
    };
    Ok(form(&t, Some(&account), &filled, None))
}

/// Changes an account as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<AccountForm>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let (text, version, writer) = (sent.text(), sent.version, actor.clone());
    match db
        .write(move |tx| super::change(tx, &writer, id, version, &text))
        .await
    {
        Ok(account) => Ok(to(account.id)),
        Err(AccountError::Stale(now)) => {
            let stale = Failure::new(&super::STALE);
            let retry = AccountForm {
                version: now.version,
                ..sent
            };
            Ok(form(&t, Some(&now), &retry, Some(&stale))
                .status(StatusCode::CONFLICT)
                .into_response())
        }
        Err(error) => {
            let account = db.read(move |tx| super::find(tx, &actor, id)).await?;
            again(&t, account.as_ref(), &sent, error)
        }
    }
}

/// Closes an account.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn close(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let account = db.write(move |tx| super::close(tx, &actor, id)).await?;
    let said = t.say_with("accounts-was-closed", kit::args!(name = account.name.as_str()));
    let notice = Notice::new(said).undo(format!("/accounts/{id}/closure/end"));
    Ok((notice, to(id)).into_response())
}

/// Opens a closed account again.
///
/// # Errors
/// As of [`close`].
pub async fn reopen(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let account = db.write(move |tx| super::reopen(tx, &actor, id)).await?;
    let said = t.say_with("accounts-was-reopened", kit::args!(name = account.name.as_str()));
    let notice = Notice::new(said).undo(format!("/accounts/{id}/closure"));
    Ok((notice, to(id)).into_response())
}

fn to(id: AccountId) -> Response {
    Redirect::to(&format!("/accounts/{id}")).into_response()
}

/// The form as it was sent, with what is wrong beside the fields; failures of no field pass on.
fn again(
    t: &Text,
    account: Option<&Account>,
    sent: &AccountForm,
    error: AccountError,
) -> Result<Response, Failure> {
    let failure = Failure::from(error);
    if failure.fields.is_empty() {
        return Err(failure);
    }
    Ok(form(t, account, sent, Some(&failure))
        .status(failure.status())
        .into_response())
}

fn form(t: &Text, account: Option<&Account>, sent: &AccountForm, wrong: Option<&Failure>) -> Page {
    let field = |name| {
        wrong
            .map(|failure| failure.field_text(name, t))
            .unwrap_or_default()
    };
    let whole = wrong
        .filter(|failure| failure.fields.is_empty())
        .map(|failure| t.say(failure.code.text));
    let address = account.map_or("/accounts".to_owned(), |account| {
        format!("/accounts/{}", account.id)
    });
    let view = FormPage {
        t,
        action: address.clone(),
        take: format!("{address}/{}", if account.is_some() { "edit" } else { "new" }),
        back: address,
        typed_name: &sent.name,
        typed_website: &sent.website,
        kind: sent.kind,
        version: sent.version,
        name_error: field("name"),
        website_error: field("website"),
        whole,
        now: account.filter(|_| wrong.is_some()),
    };
    let page = Page::new(
        t.say(if account.is_some() {
            "accounts-edit"
        } else {
            "accounts-new"
        }),
        &view,
    );
    let page = page.place(PLACE).crumb(t.say("accounts-title"), "/accounts");
    match account {
        Some(account) => page.crumb(&account.name, format!("/accounts/{}", account.id)),
        None => page,
    }
}
