//! The form of a rule: what it says, what it would do, and what it can name.

use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page};

use super::views::{RuleActions, RulePage, Tried, Vocabulary};
use super::{AssignmentError, Conditions, Method, Rule, RuleId, RuleText, Target, loads, rules};
use crate::accounts::{AccountId, AccountKind};
use crate::actor::Actor;
use crate::agents::AgentId;
use crate::ladders::{self, Ladder};
use crate::tiers::service::TouchModel;
use crate::{currencies, tags, teams};

/// Where the rules are.
pub(super) const ADDRESS: &str = "/settings/assignment";

/// Keeps what the form says, or shows it again: with what it would do where that was asked, or with what is wrong.
pub(super) async fn keep(
    db: Db,
    actor: Actor,
    t: Text,
    id: Option<RuleId>,
    sent: Vec<(String, String)>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let (writer, reader) = (actor.clone(), actor.clone());
    let workspace = actor.workspace;
    let currency = db.read(move |tx| currencies::reporting(tx, workspace)).await?;
    let text = text_of(&mut form, &t, currency.code());
    let rule = match id {
        Some(id) => Some(db.read(move |tx| rules::find(tx, &reader, id)).await?),
        None => None,
    };
    let is_trial = form.value("act") == "try";
    let mut tried = None;
    if form.is_good() && is_trial {
        match db
            .read(move |tx| rules::try_out(tx, &writer, Some((id, &text))))
            .await
        {
            Ok(all) => tried = Some(all),
            Err(error) => {
                form.refuse_all(error.into(), &t)?;
            }
        }
    } else if form.is_good() {
        let kept = db.write(move |tx| match id {
            Some(id) => rules::change(tx, &writer, id, &text),
            None => rules::add(tx, &writer, &text),
        });
        match kept.await {
            Ok(rule) => {
                let said = t.say_with("assignment-was-saved", kit::args!(name = rule.name.as_str()));
                let notice = match rule.version {
                    1 => Notice::new(said).undo(format!("{ADDRESS}/{}/removal", rule.id)),
                    _ => Notice::new(said).undo(format!("{ADDRESS}/{}/change/end", rule.id)),
                };
                return Ok((notice, Redirect::to(ADDRESS)).into_response());
            }
            Err(error) => {
                form.refuse_all(error.into(), &t)?;
            }
        }
    }
    let status = if form.is_good() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let tried = tried.map(|all| all.into_iter().map(one).collect());
    let page = page(&db, &actor, &t, rule.as_ref(), (&form, tried)).await?;
    Ok(page.status(status).into_response())
}

fn one((account, name, chosen): (AccountId, String, Option<(AgentId, String)>)) -> Tried {
    Tried {
        account,
        name,
        chosen: chosen.map(|(_, words)| words),
    }
}

fn text_of(form: &mut Filled, t: &Text, code: &str) -> RuleText {
    let mut amount = |name: &'static str| {
        let typed = form.value(name).trim().to_owned();
        if typed.is_empty() {
            return None;
        }
        match t.read_money(&typed, code) {
            Ok(minor) => Some(minor),
            Err(trouble) => {
                form.refuse(name, t.money_trouble(trouble, code));
                None
            }
        }
    };
    let (mrr_from, mrr_below) = (amount("mrr_from"), amount("mrr_below"));
    let target = form.value("target");
    let team = target.parse().ok().map(Target::Team);
    RuleText {
        name: form.value("name").to_owned(),
        conditions: Conditions {
            kind: AccountKind::named(form.value("kind")),
            tier: form.value("tier").parse().ok(),
            touch: TouchModel::named(form.value("touch")),
            stage: form.value("stage").parse().ok(),
            tag: form.value("tag").parse().ok(),
            mrr_from,
            mrr_below,
        },
        target: team.or_else(|| target.parse().ok().map(Target::Agent)),
        method: Method::named(form.value("method")).unwrap_or_default(),
    }
}

pub(super) fn vocabulary(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vocabulary, AssignmentError> {
    let workspace = actor.workspace;
    let tags = tags::all(tx, workspace)?;
    Ok(Vocabulary {
        rules: rules::all(tx, actor)?,
        loads: loads(tx, workspace)?,
        teams: teams::all(tx, workspace)?,
        stages: ladders::open(tx, workspace, Ladder::Stages)?,
        tiers: ladders::open(tx, workspace, Ladder::Tiers)?,
        tags: tags.into_iter().map(|(tag, _)| tag).collect(),
        currency: currencies::reporting(tx, workspace)?,
    })
}

pub(super) async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    rule: Option<&Rule>,
    (form, tried): (&Filled, Option<Vec<Tried>>),
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let known = db.read(move |tx| vocabulary(tx, &reader)).await?;
    let view = RulePage {
        t,
        rule,
        known,
        form,
        tried,
    };
    let title = rule.map_or_else(|| t.say("assignment-new"), |rule| rule.name.clone());
    let page = Page::new(title, &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-assignment"), ADDRESS);
    Ok(match rule {
        Some(rule) => page.actions(&RuleActions { t, rule }),
        None => page,
    })
}
