//! Views that people make: what lies in them and how many, after whatever happened, compared with a look at every ticket.

mod asking;
mod following;
mod keeping;
mod merged;

use std::sync::Arc;

use desk::own_views::{self, Conditions, Facts, Order, OwnView, OwnViewId, ViewText};
use desk::replies::Audience;
use desk::tickets::listing::{self, View};
use desk::tickets::nouns::{self, NOUN};
use desk::tickets::{self, Ticket, TicketId, followers};
use kit::db::{Db, DbError};
use kit::id::TypedId;
use kit::jobs::{Jobs, Options};
use tandem_core::accounts;
use tandem_core::actor::Actor;
use tandem_core::contacts;
use tandem_core::events::Wiring;
use tandem_core::tags;
use tandem_core::{assignment, tiers};

fn asks(conditions: Conditions, order: Order) -> ViewText {
    ViewText {
        name: "A view".to_owned(),
        audience: Audience::Everyone,
        conditions,
        order,
    }
}

async fn add(db: &Db, actor: &Actor, text: ViewText) -> OwnView {
    let actor = actor.clone();
    db.write(move |tx| own_views::add(tx, &actor, &text))
        .await
        .unwrap()
}

/// Runs what is due, as the program would.
async fn settle(db: &Db) {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), own_views::jobs::build);
    jobs.reaction(Options::new(), own_views::jobs::again);
    jobs.reaction(Options::new(), own_views::jobs::one);
    jobs.reaction(Options::new(), own_views::jobs::turn);
    jobs.reaction(Options::new(), tickets::jobs::wake_all);
    jobs.reaction(Options::new(), tickets::jobs::wake);
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

fn wired(db: &Db) {
    let wiring = Wiring::default()
        .on(&tiers::PLACED, &[own_views::jobs::ACCOUNT])
        .on(&tiers::MOVED, &[own_views::jobs::ACCOUNT])
        .on(&assignment::MOVED, &[own_views::jobs::ACCOUNT])
        .on(&nouns::TAGGED, &[own_views::jobs::AROUND])
        .on(&tags::MERGED, &[own_views::jobs::TAGS])
        .on(&accounts::merging::MERGED, &[own_views::jobs::ACCOUNT])
        .on(&contacts::MERGED, &[own_views::jobs::CONTACT])
        .on(&contacts::UNMERGED, &[own_views::jobs::CONTACT])
        .on(&followers::FOLLOWED, &[own_views::jobs::AROUND]);
    db.attach(Arc::new(wiring));
}

async fn find(db: &Db, actor: &Actor, id: OwnViewId) -> OwnView {
    let actor = actor.clone();
    db.read(move |tx| own_views::find(tx, &actor, id))
        .await
        .unwrap()
        .unwrap()
}

/// What the view shows, page by page, and how many it counts.
async fn shown(db: &Db, actor: &Actor, view: &OwnView) -> (Vec<TicketId>, Option<i64>) {
    let (mut all, mut from) = (Vec::new(), None);
    loop {
        let (reader, id) = (actor.clone(), view.id);
        let part = db
            .read(move |tx| listing::view(tx, &reader, View::Own(id), from, 3))
            .await
            .unwrap();
        let Some(last) = part.last() else { break };
        from = Some(view.text.order.cursor(last));
        all.extend(part.iter().map(|ticket| ticket.id));
    }
    let (reader, now) = (actor.clone(), find(db, actor, view.id).await);
    let count = db
        .read(move |tx| own_views::count(tx, &reader, &now))
        .await
        .unwrap();
    (all, count)
}

/// The same by looking at every ticket.
async fn scanned(db: &Db, actor: &Actor, view: &OwnView) -> Vec<TicketId> {
    let (reader, view) = (actor.clone(), view.clone());
    db.read(move |tx| {
        let now = tx.now();
        let mut fit: Vec<Ticket> = Vec::new();
        for ticket in listing::view(tx, &reader, View::All, None, 1_000).unwrap() {
            let tags = tags::of(tx, reader.workspace, &NOUN, ticket.id.uuid())?;
            let followers = followers::of(tx, &reader, ticket.id).unwrap();
            let facts = Facts {
                tags: tags.into_iter().map(|tag| tag.id).collect(),
                followers: followers.into_iter().map(|(agent, _)| agent).collect(),
                ..Facts::default()
            };
            let facts = match ticket.account {
                None => facts,
                Some(account) => Facts {
                    tier: tiers::of(tx, reader.workspace, &[account])?
                        .remove(&account)
                        .and_then(|standing| standing.tier)
                        .map(|tier| tier.id),
                    owner: assignment::of(tx, reader.workspace, &[account])?
                        .remove(&account)
                        .map(|span| span.agent),
                    ..facts
                },
            };
            let is_mine = !view.text.conditions.is_of_viewer() || ticket.agent == reader.agent();
            let seat = view.seat(&ticket, &facts, now);
            if is_mine && seat.is_some_and(|seat| seat.is_in) {
                fit.push(ticket);
            }
        }
        fit.sort_by_key(|ticket| (view.text.order.key(ticket), ticket.id));
        Ok::<_, DbError>(fit.iter().map(|ticket| ticket.id).collect())
    })
    .await
    .unwrap()
}

async fn is_true(db: &Db, actor: &Actor, view: &OwnView, when: &str) {
    let (shown, count) = shown(db, actor, view).await;
    let scanned = scanned(db, actor, view).await;
    assert_eq!(shown, scanned, "{when}: {:?}", view.text);
    assert_eq!(count, Some(scanned.len() as i64), "{when}: {:?}", view.text);
}
