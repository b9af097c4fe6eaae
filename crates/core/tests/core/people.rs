//! People: roles of a workspace's own, invitations, teams, tokens, and what none of them may be used for.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use kit::i18n::Formats;
use tandem_core::actor::{Actor, Forbidden, Origin};
use tandem_core::agents::{self, Agent, AgentError, NewAgent, Profile};
use tandem_core::audit::{self, Filter};
use tandem_core::doors::{self, Secret, Session, SessionKind, Visitor};
use tandem_core::invitations::{self, Delivery, InvitationError, InvitationText};
use tandem_core::permissions::{Permission, PermissionSet, Role};
use tandem_core::roles::{self, CustomRole, RoleError, RoleText};
use tandem_core::teams::{self, TeamError, TeamText};
use tandem_core::tokens::{self, TokenError, TokenText};
use testkit::on_both;

use crate::world::{LISTS, World};

fn set(permissions: &[Permission]) -> PermissionSet {
    permissions.iter().copied().collect()
}

fn role_text(name: &str, permissions: PermissionSet) -> RoleText {
    RoleText {
        name: name.to_owned(),
        permissions,
    }
}

async fn role(db: &Db, actor: &Actor, name: &str, permissions: PermissionSet) -> CustomRole {
    let (actor, text) = (actor.clone(), role_text(name, permissions));
    db.write(move |tx| roles::add(tx, &actor, &text)).await.unwrap()
}

async fn agent(db: &Db, actor: &Actor, name: &str, role: Role) -> Agent {
    let (actor, email) = (actor.clone(), format!("{name}@people.example"));
    let new = NewAgent {
        name: name.to_owned(),
        email,
        role,
    };
    db.write(move |tx| agents::add(tx, &actor, &new)).await.unwrap()
}

async fn key(db: &Db, actor: &Actor, agent: &Agent) -> Secret {
    let (workspace, agent) = (actor.workspace, agent.id);
    db.write(move |tx| doors::begin(tx, workspace, agent, SessionKind::Browser, "browser"))
        .await
        .unwrap_or_else(|error: DbError| panic!("{error}"))
}

async fn session(db: &Db, secret: &Secret) -> Option<Session> {
    let secret = secret.clone();
    db.read(move |tx| doors::recognise(tx, &secret))
        .await
        .unwrap_or_else(|error: DbError| panic!("{error}"))
}

async fn invite(
    db: &Db,
    actor: &Actor,
    email: &str,
) -> Result<(invitations::Invitation, Secret), InvitationError> {
    let actor = actor.clone();
    let text = InvitationText {
        email: email.to_owned(),
        name: "Ivy".to_owned(),
        role: Role::SupportAgent,
        teams: Vec::new(),
    };
    let made = db
        .write(move |tx| invitations::invite(tx, &actor, &text, Delivery::Link))
        .await;
    made.map(|(invitation, secret)| (invitation, secret.unwrap()))
}

async fn accept(db: &Db, secret: &Secret) -> Result<(Agent, Secret), InvitationError> {
    let secret = secret.clone();
    db.write(move |tx| invitations::accept(tx, &secret, "Ivy Own", &Visitor::default(), Origin::default()))
        .await
}

async fn token(db: &Db, actor: &Actor, text: TokenText) -> Result<(tokens::Token, String), TokenError> {
    let actor = actor.clone();
    db.write(move |tx| tokens::make(tx, &actor, &text)).await
}

fn own_token(scopes: PermissionSet) -> TokenText {
    TokenText {
        name: "import".to_owned(),
        agent: None,
        scopes,
        days: Some(7),
    }
}

on_both! { LISTS;
    async fn a_changed_role_holds_from_the_next_look_on(db: TestDb) {
        let world = World::new(&db).await;
        let reader = role(&db, &world.ada, "Reader", set(&[Permission::AccountsRead])).await;
        let rita = agent(&db, &world.ada, "Rita", Role::Custom(reader.id)).await;
        let key = key(&db, &world.ada, &rita).await;
        let before = session(&db, &key).await.unwrap().actor();
        assert!(before.may(Permission::AccountsRead) && !before.may(Permission::AccountsWrite));
        let (ada, text) = (world.ada.clone(), role_text("Writer", set(&[Permission::AccountsWrite])));
        db.write(move |tx| roles::change(tx, &ada, reader.id, 1, &text)).await.unwrap();
        let after = session(&db, &key).await.unwrap().actor();
        assert!(!after.may(Permission::AccountsRead) && after.may(Permission::AccountsWrite));
        let (ada, text) = (world.ada.clone(), role_text("Late", PermissionSet::NONE));
        let late = db.write(move |tx| roles::change(tx, &ada, reader.id, 1, &text)).await;
        assert!(matches!(late, Err(RoleError::Stale(now)) if now.version == 2));
    }

    async fn nobody_gives_more_than_they_have_or_reaches_those_above(db: TestDb) {
        let world = World::new(&db).await;
        let people = set(&[Permission::AgentsRead, Permission::AgentsWrite, Permission::RolesWrite]);
        let clerk = role(&db, &world.ada, "Clerk", people).await;
        let cleo = agent(&db, &world.ada, "Cleo", Role::Custom(clerk.id)).await;
        let (cleo, sam, ada) = (cleo.actor(world.workspace.id), world.sam.agent().unwrap(), world.ada.agent().unwrap());
        let actor = cleo.clone();
        let promoted = db.write(move |tx| agents::change_role(tx, &actor, actor.agent().unwrap(), Role::Admin)).await;
        assert!(matches!(promoted, Err(AgentError::Forbidden(Forbidden(_)))));
        for above in [ada, sam] {
            let actor = cleo.clone();
            assert!(matches!(db.write(move |tx| agents::deactivate(tx, &actor, above)).await, Err(AgentError::Forbidden(_))));
        }
        let (actor, text) = (cleo.clone(), role_text("Clerk", people.and(PermissionSet::all())));
        assert_eq!(db.write(move |tx| roles::change(tx, &actor, clerk.id, 1, &text)).await.map(|role| role.version), Ok(1));
        let (actor, text) = (cleo.clone(), role_text("Boss", PermissionSet::all()));
        assert!(matches!(db.write(move |tx| roles::add(tx, &actor, &text)).await, Err(RoleError::Forbidden(_))));
        assert!(matches!(invite(&db, &cleo, "new@example.com").await, Err(InvitationError::Agent(AgentError::Forbidden(_)))));
    }

    async fn the_workspace_keeps_somebody_who_can_manage_it_whatever_the_role_is_called(db: TestDb) {
        let world = World::new(&db).await;
        let owner = role(&db, &world.ada, "Owner", PermissionSet::all()).await;
        let (ada, id) = (world.ada.clone(), world.ada.agent().unwrap());
        db.write(move |tx| agents::change_role(tx, &ada, id, Role::Custom(owner.id))).await.unwrap();
        let (ada, text) = (world.ada.clone(), role_text("Owner", set(&[Permission::AgentsRead])));
        assert_eq!(db.write(move |tx| roles::change(tx, &ada, owner.id, 1, &text)).await, Err(RoleError::LastAdmin));
        let ada = world.ada.clone();
        assert_eq!(db.write(move |tx| agents::deactivate(tx, &ada, id)).await, Err(AgentError::LastAdmin));
        let ada = world.ada.clone();
        assert_eq!(db.write(move |tx| roles::remove(tx, &ada, owner.id)).await, Err(RoleError::InUse(1)));
    }

    async fn an_invitation_opens_once_within_a_week_and_makes_the_agent(db: TestDb) {
        let world = World::new(&db).await;
        let (invitation, first) = invite(&db, &world.ada, "Ivy@example.com").await.unwrap();
        assert_eq!(invite(&db, &world.ada, "ivy@example.com").await.unwrap_err(), AgentError::EmailTaken.into());
        let (ada, id) = (world.ada.clone(), invitation.id);
        let (_, second) = db.write(move |tx| invitations::renew(tx, &ada, id, Delivery::Link)).await.unwrap();
        let second = second.unwrap();
        assert_eq!(accept(&db, &first).await.unwrap_err(), InvitationError::Unknown);
        let (ivy, key) = accept(&db, &second).await.unwrap();
        assert_eq!((ivy.name.as_str(), ivy.role), ("Ivy Own", Role::SupportAgent));
        assert_eq!(session(&db, &key).await.unwrap().agent, ivy.id);
        assert_eq!(accept(&db, &second).await.unwrap_err(), InvitationError::Unknown);

        let (_, late) = invite(&db, &world.ada, "late@example.com").await.unwrap();
        db.clock.advance(invitations::LINK_LIFE);
        assert_eq!(accept(&db, &late).await.unwrap_err(), InvitationError::Unknown);
        let (again, link) = invite(&db, &world.ada, "late@example.com").await.unwrap();
        let eve = world.eve.clone();
        assert_eq!(db.write(move |tx| invitations::revoke(tx, &eve, again.id)).await.unwrap_err(), InvitationError::Unknown);
        let ada = world.ada.clone();
        db.write(move |tx| invitations::revoke(tx, &ada, again.id)).await.unwrap();
        assert_eq!(accept(&db, &link).await.unwrap_err(), InvitationError::Unknown);

        let ada = world.ada.clone();
        let trail = db.read(move |tx| audit::list(tx, &ada, &Filter::default(), None, 100)).await.unwrap();
        let text = format!("{trail:?}");
        assert!(text.contains("agent.joined") && text.contains("agent.invitation_renewed"));
        for secret in [first, second, late, link, key] {
            assert!(!text.contains(&secret.expose()));
        }
    }

    async fn ending_access_ends_sessions_and_tokens_for_good(db: TestDb) {
        let world = World::new(&db).await;
        let (sam, ada) = (world.sam.agent().unwrap(), world.ada.clone());
        let (_, text) = token(&db, &world.sam, own_token(set(&[Permission::AccountsRead]))).await.unwrap();
        let secret: Secret = text.parse().unwrap();
        assert!(session(&db, &secret).await.is_some());
        db.write(move |tx| agents::deactivate(tx, &ada, sam)).await.unwrap();
        assert!(session(&db, &secret).await.is_none());
        let ada = world.ada.clone();
        assert!(db.write(move |tx| agents::reactivate(tx, &ada, sam)).await.unwrap().is_active);
        assert!(session(&db, &secret).await.is_none());
    }

    async fn a_token_has_its_scopes_and_never_more_than_its_agent(db: TestDb) {
        let world = World::new(&db).await;
        let scopes = set(&[Permission::AccountsRead, Permission::AccountsWrite]);
        let (made, text) = token(&db, &world.sam, own_token(scopes)).await.unwrap();
        assert!(text.starts_with("tdm_"));
        let secret: Secret = text.parse().unwrap();
        assert_eq!(session(&db, &secret).await.unwrap().permissions, scopes);
        assert_eq!(token(&db, &world.sam, own_token(set(&[Permission::AuditRead]))).await, Err(TokenError::BadScopes));
        assert_eq!(token(&db, &world.sam, own_token(PermissionSet::NONE)).await, Err(TokenError::BadScopes));
        let narrow = session(&db, &secret).await.unwrap().actor();
        assert!(matches!(token(&db, &narrow, own_token(scopes)).await, Err(TokenError::Agent(AgentError::Forbidden(_)))));
        let (ada, sam) = (world.ada.clone(), world.sam.agent().unwrap());
        db.write(move |tx| agents::change_role(tx, &ada, sam, Role::ProductManager)).await.unwrap();
        assert_eq!(session(&db, &secret).await.unwrap().permissions, set(&[Permission::AccountsRead]));
        for stranger in [world.pat.clone(), world.eve.clone()] {
            assert_eq!(db.write(move |tx| tokens::revoke(tx, &stranger, made.id)).await, Err(TokenError::Unknown));
        }
        assert!(session(&db, &secret).await.is_some());
        db.clock.advance(Duration::from_secs(7 * 86_400));
        assert!(session(&db, &secret).await.is_none());
    }

    async fn a_machine_acts_by_tokens_that_its_keepers_make_and_revoke(db: TestDb) {
        let world = World::new(&db).await;
        let ada = world.ada.clone();
        let machine = db.write(move |tx| agents::add_machine(tx, &ada, "Importer", Role::ProductManager)).await.unwrap();
        assert!(machine.is_machine);
        let wanted = TokenText { agent: Some(machine.id), ..own_token(set(&[Permission::AccountsRead])) };
        assert!(matches!(token(&db, &world.sam, wanted.clone()).await, Err(TokenError::Agent(AgentError::Forbidden(_)))));
        let persons = TokenText { agent: world.sam.agent(), ..wanted.clone() };
        assert_eq!(token(&db, &world.ada, persons).await, Err(TokenError::Person));
        let (made, text) = token(&db, &world.ada, wanted).await.unwrap();
        let secret: Secret = text.parse().unwrap();
        assert_eq!(session(&db, &secret).await.unwrap().agent, machine.id);
        let ada = world.ada.clone();
        db.write(move |tx| tokens::revoke(tx, &ada, made.id)).await.unwrap();
        assert!(session(&db, &secret).await.is_none());
    }

    async fn a_team_has_agents_of_its_workspace_and_can_rest_in_the_archive(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, sam, eve) = (world.ada.clone(), world.sam.agent().unwrap(), world.eve.agent().unwrap());
        let text = |name: &str, members: Vec<_>| TeamText { name: name.to_owned(), members };
        let wanted = text("First line", vec![sam, sam]);
        let team = db.write(move |tx| teams::add(tx, &ada, &wanted)).await.unwrap();
        assert_eq!(team.members, [sam]);
        let (ada, foreign) = (world.ada.clone(), text("Other", vec![eve]));
        assert_eq!(db.write(move |tx| teams::add(tx, &ada, &foreign)).await, Err(TeamError::UnknownMember));
        let (ada, same) = (world.ada.clone(), text("FIRST LINE", vec![]));
        assert_eq!(db.write(move |tx| teams::add(tx, &ada, &same)).await, Err(TeamError::NameTaken));
        let (ada, workspace) = (world.ada.clone(), world.workspace.id);
        let archived = db.write(move |tx| teams::archive(tx, &ada, team.id)).await.unwrap();
        assert!(archived.archiving.is_some());
        let names = db.read(move |tx| teams::by_agent(tx, workspace)).await.unwrap_or_else(|error: DbError| panic!("{error}"));
        assert!(names.is_empty());
        let (ada, pat) = (world.ada.clone(), world.pat.clone());
        assert!(matches!(db.write(move |tx| teams::restore(tx, &pat, team.id)).await, Err(TeamError::Forbidden(_))));
        assert_eq!(db.write(move |tx| teams::restore(tx, &ada, team.id)).await.unwrap().members, [sam]);
    }

    async fn a_profile_is_its_owners_and_wins_over_the_workspaces(db: TestDb) {
        let world = World::new(&db).await;
        let (sam, id) = (world.sam.clone(), world.sam.agent().unwrap());
        let profile = Profile { name: " Samir ".into(), locale: Some("pl".into()), zone: Some("Asia/Baku".into()), formats: Some(Formats::read("clock:12")) };
        db.write(move |tx| agents::change_profile(tx, &sam, &profile)).await.unwrap();
        let workspace = world.workspace.id;
        let agent = db.read(move |tx| agents::find(tx, workspace, id)).await.unwrap_or_else(|error: DbError| panic!("{error}")).unwrap();
        let seen = session(&db, &key(&db, &world.sam, &agent).await).await.unwrap();
        assert_eq!((seen.name.as_str(), seen.locale.as_str(), seen.zone.as_str()), ("Samir", "pl", "Asia/Baku"));
        assert_eq!(seen.own.formats.kept().as_deref(), Some("clock:12"));
        let letter = doors::letters::text_for(&agent, &world.workspace, Timestamp::default());
        assert_eq!((letter.locale().tag(), letter.time(Timestamp::default()).as_str()), ("pl", "4:00 AM"));
        let sam = world.sam.clone();
        db.write(move |tx| agents::choose(tx, &sam, (None, None), Formats::default())).await.unwrap();
        let as_workspace = session(&db, &key(&db, &world.sam, &agent).await).await.unwrap();
        assert_eq!((as_workspace.name.as_str(), as_workspace.own), ("Samir", doors::Own::default()));
        let (sam, wrong) = (world.sam.clone(), Profile { name: "Sam".into(), locale: None, zone: Some("Mars/Base".into()), formats: None });
        assert_eq!(db.write(move |tx| agents::change_profile(tx, &sam, &wrong)).await, Err(AgentError::BadChoice("zone")));
    }
}
