//! Pages of assignment: the owner of an account, the rules with everybody's capacity, and the books.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, Sent, address, known};

use super::form::{ADDRESS, keep, page, vocabulary};
use super::views::{OwnerPanel, RulesActions, RulesPage};
use super::{AssignmentError, Capacity, LIST, Rule, RuleId, Target, loads, rules, store};
use crate::accounts::{self, AccountId, AccountKind};
use crate::actor::Actor;
use crate::agents::AgentId;
use crate::currencies;
use crate::permissions::Permission;

/// Who looks after an account, and why: a panel of its page.
///
/// # Errors
/// No such account here, or the database's.
pub async fn owner(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: AccountId = known(&id)?;
    let reader = actor.clone();
    let (name, spans, loads) = db
        .read(move |tx| {
            let account = accounts::find(tx, &reader, id)?.ok_or(AssignmentError::UnknownAccount)?;
            let spans = super::spans(tx, &reader, id)?;
            Ok::<_, Failure>((account.name, spans, loads(tx, reader.workspace)?))
        })
        .await?;
    let view = OwnerPanel {
        t: &t,
        account: id,
        spans,
        loads,
        may_write: actor.may(Permission::AccountsWrite),
    };
    Ok(Page::new(t.say("panel-owner"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(name, format!("/accounts/{id}"))
        .live(id.to_string()))
}

/// Gives an account an owner, or takes it away; the address may name one too, so that it can be taken back.
///
/// # Errors
/// No such account or agent here, a missing permission, or the database's.
pub async fn give(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(back)): (Path<String>, Query<Vec<(String, String)>>),
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: AccountId = known(&id)?;
    let sent: Sent = sent.into_iter().chain(back).collect();
    let agent: Option<AgentId> = match sent.one("agent") {
        "" => None,
        agent => Some(agent.parse().map_err(|_| AssignmentError::UnknownAgent)?),
    };
    let (before, now) = db
        .write(move |tx| {
            let before = super::give(tx, &actor, id, agent)?;
            let now = super::of(tx, actor.workspace, &[id])?.remove(&id);
            Ok::<_, AssignmentError>((before, now))
        })
        .await?;
    let said = match &now {
        Some(span) => t.say_with("assignment-was-given", kit::args!(name = span.name.as_str())),
        None => t.say("assignment-was-taken"),
    };
    let before = before.map(|agent| agent.to_string()).unwrap_or_default();
    let undo = address(&format!("/accounts/{id}/owner"), &[("agent", &before)]);
    let to = Redirect::to(&format!("/accounts/{id}"));
    Ok((Notice::new(said).undo(undo), to).into_response())
}

/// The rules in their order, and everybody's capacity.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (known, unowned) = db
        .read(move |tx| {
            let unowned = store::unowned(tx, reader.workspace, None, rules::TRIED)?;
            Ok::<_, AssignmentError>((vocabulary(tx, &reader)?, unowned.len()))
        })
        .await?;
    let may_write = actor.may(Permission::ShapeWrite);
    let view = RulesPage {
        t: &t,
        known,
        unowned,
        may_write,
    };
    let page = Page::new(t.say("settings-assignment"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST);
    Ok(if may_write {
        page.actions(&RulesActions { t: &t })
    } else {
        page
    })
}

/// The empty form.
///
/// # Errors
/// The database's.
pub async fn new(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    page(&db, &actor, &t, None, (&Filled::default(), None)).await
}

/// Adds a rule, or shows what it would do.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    keep(db, actor, t, None, sent).await
}

/// The form with a rule in it.
///
/// # Errors
/// No such rule here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let (id, reader): (RuleId, _) = (known(&id)?, actor.clone());
    let (rule, currency) = db
        .read(move |tx| {
            let currency = currencies::reporting(tx, reader.workspace)?;
            Ok::<_, AssignmentError>((rules::find(tx, &reader, id)?, currency))
        })
        .await?;
    let mut form = Filled::default();
    let of = &rule.conditions;
    let amount = |minor: Option<i64>| minor.map(|minor| t.money_written(minor, currency.code()));
    form.set("name", &rule.name);
    form.set("kind", of.kind.map(AccountKind::as_str).unwrap_or_default());
    form.set("tier", of.tier.map(|id| id.to_string()).unwrap_or_default());
    form.set("touch", of.touch.map_or("", |model| model.as_str()));
    form.set("stage", of.stage.map(|id| id.to_string()).unwrap_or_default());
    form.set("tag", of.tag.map(|id| id.to_string()).unwrap_or_default());
    form.set("mrr_from", amount(of.mrr_from).unwrap_or_default());
    form.set("mrr_below", amount(of.mrr_below).unwrap_or_default());
    form.set("method", rule.method.as_str());
    form.set(
        "target",
        match rule.target {
            Target::Agent(agent) => agent.to_string(),
            Target::Team(team) => team.to_string(),
        },
    );
    page(&db, &actor, &t, Some(&rule), (&form, None)).await
}

/// Changes a rule, or shows what it would do.
///
/// # Errors
/// No such rule here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    keep(db, actor, t, Some(id), sent).await
}

/// Moves a rule one place up.
///
/// # Errors
/// No such rule here, a missing permission, or the database's.
pub async fn up(State(db): State<Db>, actor: Actor, Path(id): Path<String>) -> Result<Redirect, Failure> {
    let id = known(&id)?;
    db.write(move |tx| rules::step(tx, &actor, id, true)).await?;
    Ok(Redirect::to(ADDRESS))
}

/// Moves a rule one place down.
///
/// # Errors
/// As of [`up`].
pub async fn down(State(db): State<Db>, actor: Actor, Path(id): Path<String>) -> Result<Redirect, Failure> {
    let id = known(&id)?;
    db.write(move |tx| rules::step(tx, &actor, id, false)).await?;
    Ok(Redirect::to(ADDRESS))
}

/// Removes a rule.
///
/// # Errors
/// As of [`up`].
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let gone = db.write(move |tx| rules::remove(tx, &actor, id)).await?;
    let said = t.say_with("assignment-was-removed", kit::args!(name = gone.name.as_str()));
    let notice = Notice::new(said).undo(format!("{ADDRESS}/{id}/removal/end"));
    Ok((notice, Redirect::to(ADDRESS)).into_response())
}

/// Brings a removed rule back.
///
/// # Errors
/// As of [`up`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let rule = db.write(move |tx| rules::restore(tx, &actor, id)).await?;
    Ok(saved(&t, &rule))
}

/// Takes the last change of a rule back.
///
/// # Errors
/// As of [`up`].
pub async fn take_back(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let rule = db.write(move |tx| rules::take_back(tx, &actor, id)).await?;
    Ok(saved(&t, &rule))
}

fn saved(t: &Text, rule: &Rule) -> Response {
    let said = t.say_with("assignment-was-saved", kit::args!(name = rule.name.as_str()));
    (Notice::new(said), Redirect::to(ADDRESS)).into_response()
}

/// Says how much somebody can look after.
///
/// # Errors
/// No such agent here, numbers that can't be read, a missing permission, or the database's.
pub async fn capacity(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let agent: AgentId = known(sent.one("agent"))?;
    let workspace = actor.workspace;
    let currency = db.read(move |tx| currencies::reporting(tx, workspace)).await?;
    let read = || {
        let accounts = sent.given("accounts").map(|most| most.parse().ok());
        let mrr = sent
            .given("mrr")
            .map(|most| t.read_money(most, currency.code()).ok());
        let away = sent
            .given("away")
            .map(|day| t.read_day(day)?.to_string().parse().ok());
        Some(Capacity {
            accounts: accounts.map_or(Some(None), |most| most.map(Some))?,
            mrr: mrr.map_or(Some(None), |most| most.map(Some))?,
            away_until: away.map_or(Some(None), |day| day.map(Some))?,
        })
    };
    let notice = match read() {
        Some(capacity) => {
            db.write(move |tx| super::set_capacity(tx, &actor, agent, &capacity))
                .await?;
            Notice::new(t.say("assignment-capacity-kept"))
        }
        None => Notice::bad(t.say("assignment-failure-capacity")),
    };
    Ok((notice, Redirect::to(ADDRESS)).into_response())
}
