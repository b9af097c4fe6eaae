//! The world of these tests: the application on a fresh database, two workspaces, one agent for each role, a few accounts.

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt;
use kit::db::{Db, DbError, Migration};
use kit::id::Ids;
use kit::seal::{Seal, SealKey};
use server::app::{self, App};
use server::config::{Config, Inputs};
use server::wiring;
use tandem_core::accounts::{self, Account, AccountText};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, Agent, NewAgent};
use tandem_core::doors::{self, Secret, SessionKind};
use tandem_core::live::Live;
use tandem_core::permissions::Role;
use tandem_core::search::Search;
use tandem_core::workspaces::{self, NewWorkspace, Workspace};
use testkit::TestDb;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// The whole schema.
pub(crate) const LISTS: &[&[Migration]] = wiring::MIGRATIONS;

/// One workspace with everybody's key.
pub(crate) struct Office {
    pub(crate) workspace: Workspace,
    pub(crate) team: Vec<(Agent, Secret)>,
    pub(crate) account: Account,
}

impl Office {
    /// The key of the agent with this role.
    pub(crate) fn key(&self, role: Role) -> &Secret {
        &self.team.iter().find(|(agent, _)| agent.role == role).unwrap().1
    }

    pub(crate) fn agent(&self, role: Role) -> &Agent {
        &self.team.iter().find(|(agent, _)| agent.role == role).unwrap().0
    }

    pub(crate) fn system(&self) -> Actor {
        Actor::system(self.workspace.id, "tests")
    }
}

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) router: Router,
    pub(crate) ours: Office,
    pub(crate) theirs: Office,
    pub(crate) ending: CancellationToken,
    _folder: tempfile::TempDir,
}

impl World {
    pub(crate) async fn new(db: &TestDb) -> Self {
        db.attach(std::sync::Arc::new(wiring::wiring()));
        db.attach(std::sync::Arc::new(wiring::panels()));
        let ending = CancellationToken::new();
        let seal = Seal::new(&[SealKey::new(&Ids::seeded(5))]).unwrap();
        db.attach(std::sync::Arc::new(seal));
        let config = Config::load(&Inputs::default()).unwrap();
        let mut app = App::new(&db.db, Live::new(ending.clone()), &config);
        let folder = tempfile::tempdir().unwrap();
        app.search = Search::new(folder.path(), wiring::sources());
        let router = app::router(&app, &config);
        let ours = office(db, "Northwind").await;
        let theirs = office(db, "Elsewhere").await;
        settle(db).await;
        Self {
            app,
            router,
            ours,
            theirs,
            ending,
            _folder: folder,
        }
    }

    /// Sends one request as `key`'s owner.
    pub(crate) async fn ask(&self, call: Call<'_>) -> Answer {
        let response = self.router.clone().oneshot(call.request()).await.unwrap();
        Answer::of(response).await
    }
}

/// Runs every job that is due and gives every event its position.
pub(crate) async fn settle(db: &Db) {
    while kit::jobs::run_due(db, &wiring::jobs()).await.unwrap() > 0 {}
    tandem_core::events::give_positions(db).await.unwrap();
}

async fn office(db: &Db, name: &str) -> Office {
    let name = name.to_owned();
    db.write(move |tx| {
        let new = NewWorkspace {
            name: name.clone(),
            locale: "en".into(),
            zone: "UTC".into(),
        };
        let workspace = workspaces::create(tx, &new).unwrap();
        let system = Actor::system(workspace.id, "tests");
        let mut team = Vec::new();
        for role in Role::ALL {
            let new = NewAgent {
                name: format!("{name} {role}"),
                email: format!("{role}@example.com"),
                role,
            };
            let agent = agents::add(tx, &system, &new).unwrap();
            let key = doors::begin(tx, workspace.id, agent.id, SessionKind::Api, "tests")?;
            team.push((agent, key));
        }
        let text = AccountText {
            name: format!("{name} Customer"),
            website: None,
        };
        let account = accounts::add(tx, &system, &text).unwrap();
        Ok::<_, DbError>(Office {
            workspace,
            team,
            account,
        })
    })
    .await
    .unwrap()
}

/// A request in the making.
#[derive(Clone)]
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) key: Option<&'a Secret>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

impl<'a> Call<'a> {
    pub(crate) fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            key: None,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    pub(crate) fn key(mut self, key: &'a Secret) -> Self {
        self.key = Some(key);
        self
    }

    pub(crate) fn html(self) -> Self {
        self.header("accept", "text/html")
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn form(mut self, body: impl Into<String>) -> Self {
        self.body = body.into();
        self.header("content-type", "application/x-www-form-urlencoded")
    }

    pub(crate) fn json(mut self, body: &serde_json::Value) -> Self {
        self.body = body.to_string();
        self.header("content-type", "application/json")
    }

    pub(crate) fn request(self) -> Request<Body> {
        let mut request = Request::builder()
            .method(self.method)
            .uri(self.path)
            .body(Body::from(self.body))
            .unwrap();
        for (name, value) in self.headers {
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        if let Some(key) = self.key {
            request.headers_mut().insert(
                "authorization",
                format!("Bearer {}", key.expose()).parse().unwrap(),
            );
        }
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        request
    }
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    /// A response with its whole body.
    pub(crate) async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Self {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}
