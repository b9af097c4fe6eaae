//! The world of these tests: the application on a fresh database, two workspaces, one agent for each role, a few accounts.

use std::net::SocketAddr;
use std::ops::Deref;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::Response;
use desk::bulk::{self, BulkId, Chosen, NewBulk};
use desk::mailboxes::reach::MailReach;
use desk::mailboxes::{self, MailboxId, MailboxText};
use desk::own_views::{self, Order, OwnViewId, ViewText};
use desk::replies::{self, Audience, ReplyId, ReplyText};
use desk::tickets::extras::Extras;
use desk::tickets::files::{FileId, NewFile};
use desk::tickets::listing::View;
use desk::tickets::{self, ChangeId, Field, NewTicket, TicketId};
use futures::FutureExt;
use futures::future::BoxFuture;
use http_body_util::BodyExt;
use kit::db::{Db, DbError, Migration, Tx};
use kit::id::{Ids, TypedId};
use kit::money::Rate;
use kit::seal::{Seal, SealKey};
use serde::{Deserialize, Serialize};
use server::app::{self, App};
use server::config::{Config, Inputs};
use server::wiring;
use tandem_core::accounts::external_ids::{self, ExternalIdId};
use tandem_core::accounts::{self, Account, AccountId, AccountText};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, Agent, AgentId, NewAgent};
use tandem_core::assignment::{self, Conditions, RuleId, RuleText, Target};
use tandem_core::billing::{self, ConnectionId};
use tandem_core::contacts::identities::{self, IdentityId, NewIdentity};
use tandem_core::contacts::memberships::{self, MembershipId, MembershipText};
use tandem_core::contacts::{self, ContactId, ContactText, Introduction};
use tandem_core::currencies::{self, ExchangeRateId};
use tandem_core::doors::providers::{self, ProviderId, ProviderText};
use tandem_core::doors::{self, Secret, SessionId, SessionKind};
use tandem_core::fields::{self, FieldId, FieldKind, FieldText};
use tandem_core::imports::{self, ImportId};
use tandem_core::invitations::{self, Delivery, InvitationId, InvitationText};
use tandem_core::invoices::{self, InvoiceId, InvoiceText, PaymentId};
use tandem_core::ladders::{self, Ladder, RungId};
use tandem_core::live::Live;
use tandem_core::orders::{self, OrderId, OrderText};
use tandem_core::permissions::{Permission, Role};
use tandem_core::products::{self, ProductId};
use tandem_core::roles::{self, RoleId, RoleText};
use tandem_core::search::Search;
use tandem_core::segments::{self, SegmentId, SegmentText};
use tandem_core::subscriptions::{self, Price, RenewalTerms, SubscriptionId, Terms};
use tandem_core::tags::{self, TagId};
use tandem_core::teams::{self, TeamId, TeamText};
use tandem_core::tokens::{self, TokenText};
use tandem_core::touchpoints::{self, Channel, Direction, NewTouchpoint, TouchpointId};
use tandem_core::workspaces::{self, NewWorkspace, Workspace, WorkspaceId};
use testkit::{Start, TestDb};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::things::{self, Things};

/// The whole schema.
pub(crate) const LISTS: &[&[Migration]] = wiring::MIGRATIONS;

/// The same with what every [`World`] begins with.
pub(crate) const WORLD: Start = Start {
    lists: LISTS,
    furnish: Some(furnish),
};

/// One workspace with everybody's key.
#[derive(Clone)]
pub(crate) struct Office {
    pub(crate) workspace: Workspace,
    pub(crate) staff: Vec<(Agent, Secret)>,
    pub(crate) account: Account,
    /// What else has addresses; only in a [`World::whole`].
    pub(crate) things: Things,
    known: Known,
}

/// The ids of what an office begins with. An office behaves as these.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Known {
    /// An agent whom tests may change: nobody holds their key.
    pub(crate) spare: AgentId,
    pub(crate) role: RoleId,
    pub(crate) team: TeamId,
    pub(crate) invitation: InvitationId,
    pub(crate) token: SessionId,
    pub(crate) contact: ContactId,
    pub(crate) identity: IdentityId,
    pub(crate) membership: MembershipId,
    pub(crate) external_id: ExternalIdId,
    pub(crate) tag: TagId,
    pub(crate) rule: RuleId,
    pub(crate) stage: RungId,
    pub(crate) tier: RungId,
    pub(crate) field: FieldId,
    pub(crate) touchpoint: TouchpointId,
    pub(crate) task: success::tasks::TaskId,
    pub(crate) playbook: success::playbooks::PlaybookId,
    pub(crate) ticket: TicketId,
    pub(crate) ticket_change: ChangeId,
    pub(crate) mailbox: MailboxId,
    pub(crate) reply: ReplyId,
    pub(crate) view: OwnViewId,
    pub(crate) segment: SegmentId,
    pub(crate) bulk: BulkId,
    pub(crate) file: FileId,
    pub(crate) provider: ProviderId,
    pub(crate) import: ImportId,
    pub(crate) product: ProductId,
    pub(crate) subscription: SubscriptionId,
    pub(crate) rate: ExchangeRateId,
    pub(crate) order: OrderId,
    pub(crate) invoice: InvoiceId,
    pub(crate) payment: PaymentId,
    pub(crate) billing: ConnectionId,
}

impl Deref for Office {
    type Target = Known;
    fn deref(&self) -> &Known {
        &self.known
    }
}

/// An office as a template's note has it.
#[derive(Serialize, Deserialize)]
struct Kept {
    workspace: WorkspaceId,
    staff: Vec<(AgentId, String)>,
    account: AccountId,
    known: Known,
}

impl Office {
    /// The key of the agent with this role.
    pub(crate) fn key(&self, role: Role) -> &Secret {
        &self.staff.iter().find(|(agent, _)| agent.role == role).unwrap().1
    }

    pub(crate) fn agent(&self, role: Role) -> &Agent {
        &self.staff.iter().find(|(agent, _)| agent.role == role).unwrap().0
    }

    pub(crate) fn system(&self) -> Actor {
        Actor::system(self.workspace.id, "tests")
    }

    fn kept(&self) -> Kept {
        Kept {
            workspace: self.workspace.id,
            staff: self
                .staff
                .iter()
                .map(|(agent, key)| (agent.id, key.expose()))
                .collect(),
            account: self.account.id,
            known: self.known.clone(),
        }
    }
}

impl Kept {
    fn office(&self, tx: &mut Tx<'_>) -> Result<Office, DbError> {
        let mut staff = Vec::new();
        for (agent, key) in &self.staff {
            staff.push((
                agents::find(tx, self.workspace, *agent)?.unwrap(),
                key.parse().unwrap(),
            ));
        }
        let system = Actor::system(self.workspace, "tests");
        Ok(Office {
            workspace: workspaces::find(tx, self.workspace)?.unwrap(),
            staff,
            account: accounts::find(tx, &system, self.account).unwrap().unwrap(),
            things: Things::new(),
            known: self.known.clone(),
        })
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
    /// As tests begin; quicker where the database is a copy of one with offices in it already.
    pub(crate) async fn new(db: &TestDb) -> Self {
        let ending = CancellationToken::new();
        let config = Config::load(&Inputs::default()).unwrap();
        attach(db);
        let mut app = App::new(&db.db, Live::new(ending.clone()), &config);
        let folder = tempfile::tempdir().unwrap();
        app.search = Search::new(folder.path(), wiring::sources());
        let router = app::router(&app, &config);
        let [ours, theirs] = if db.beginning.is_empty() {
            offices(db).await
        } else {
            kept(db).await
        };
        Self {
            app,
            router,
            ours,
            theirs,
            ending,
            _folder: folder,
        }
    }

    /// The same with one of each thing that has an address.
    pub(crate) async fn whole(db: &TestDb) -> Self {
        let mut world = Self::new(db).await;
        world.ours.things = things::of(&world, &world.ours).await;
        world.theirs.things = things::of(&world, &world.theirs).await;
        settle(db).await;
        world
    }

    /// Sends one request as `key`'s owner.
    pub(crate) async fn ask(&self, call: Call<'_>) -> Answer {
        let response = self.router.clone().oneshot(call.request()).await.unwrap();
        Answer::of(response).await
    }
}

/// What a running program attaches to its database.
fn attach(db: &TestDb) {
    db.attach(std::sync::Arc::new(wiring::wiring()));
    db.attach(std::sync::Arc::new(wiring::panels()));
    db.attach(std::sync::Arc::new(wiring::first_steps()));
    let loopback = std::sync::Arc::new(|address: std::net::IpAddr| address.is_loopback());
    db.attach(std::sync::Arc::new(
        kit::outgoing::Outgoing::new(loopback).unwrap(),
    ));
    let reach = MailReach::new(|address| address.is_loopback(), &[], "desk.test");
    db.attach(std::sync::Arc::new(reach.unwrap()));
    db.attach(std::sync::Arc::new(wiring::traces()));
    db.attach(std::sync::Arc::new(wiring::merges()));
    db.attach(std::sync::Arc::new(wiring::holdings()));
    db.attach(std::sync::Arc::new(wiring::producers()));
    db.attach(std::sync::Arc::new(wiring::suppliers()));
    db.attach(std::sync::Arc::new(wiring::deeds()));
    db.attach(std::sync::Arc::new(wiring::columns()));
    db.attach(std::sync::Arc::new(wiring::marks()));
    db.attach(std::sync::Arc::new(wiring::nouns()));
    db.attach(std::sync::Arc::new(wiring::bridge()));
    let seal = Seal::new(&[SealKey::new(&Ids::seeded(5))]).unwrap();
    db.attach(std::sync::Arc::new(seal));
    let place = kit::blob::BlobPlace::Folder(db.folder.path().join("blobs"));
    let blobs = kit::blob::Blobs::open(&place, db.clock().clone(), Ids::random()).unwrap();
    db.attach(std::sync::Arc::new(blobs));
    db.attach(std::sync::Arc::new(wiring::targets()));
}

/// The beginning of tests, put into the template they are copied from.
fn furnish(db: &TestDb) -> BoxFuture<'_, String> {
    async move {
        attach(db);
        let offices = offices(db).await;
        serde_json::to_string(&offices.each_ref().map(Office::kept)).unwrap()
    }
    .boxed()
}

/// Two workspaces at work.
async fn offices(db: &TestDb) -> [Office; 2] {
    let mut offices = [office(db, "Northwind").await, office(db, "Elsewhere").await];
    for office in &mut offices {
        office.known.import = draft(db, office).await;
        office.known.file = file(db, office).await;
    }
    settle(db).await;
    offices
}

/// The same as they are in the copy of a template.
async fn kept(db: &TestDb) -> [Office; 2] {
    let [ours, theirs]: [Kept; 2] = serde_json::from_str(&db.beginning).unwrap();
    let read = db.read(move |tx| Ok::<_, DbError>([ours.office(tx)?, theirs.office(tx)?]));
    read.await.unwrap()
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
            ..AccountText::default()
        };
        let account = accounts::add(tx, &system, &text).unwrap();
        let mut office = people(tx, workspace, account);
        office.staff = team;
        Ok::<_, DbError>(office)
    })
    .await
    .unwrap()
}

/// A file that a ticket's message brought.
async fn file(db: &Db, office: &Office) -> FileId {
    let blobs = db.attached::<kit::blob::Blobs>().unwrap();
    let stored = blobs.put_bytes(Bytes::from_static(b"0,1")).await.unwrap();
    let (system, ticket) = (office.system(), office.ticket);
    db.write(move |tx| {
        let message = tickets::messages(tx, &system, ticket, None, 1)?[0].id;
        let new = NewFile {
            message: Some(message),
            ..NewFile::waiting(ticket, "numbers.csv", stored.clone())
        };
        tickets::files::keep(tx, &system, &new)
    })
    .await
    .unwrap()
    .id
}

/// A file whose columns wait to be mapped.
async fn draft(db: &Db, office: &Office) -> ImportId {
    let new = imports::New {
        target: "accounts".into(),
        file_name: format!("{}.csv", office.workspace.name),
    };
    let lines =
        Ok::<_, std::convert::Infallible>(Bytes::from_static(b"name,website\nPartner,partner.example\n"));
    let content = futures::stream::iter([lines]);
    imports::files::receive(db, &office.system(), new, content)
        .await
        .unwrap()
        .id
}

/// An act on many tickets, though it is one.
fn many(tx: &mut Tx<'_>, system: &Actor, ticket: TicketId) -> BulkId {
    let new = NewBulk {
        view: View::All,
        chosen: Chosen::These(vec![ticket]),
        changes: vec![(Field::Kind, "problem".to_owned())],
        extras: Extras::default(),
        merge_into: None,
        answer: None,
    };
    bulk::begin(tx, system, &new).unwrap().id
}

/// A segment for everyone.
fn segment(tx: &mut Tx<'_>, system: &Actor, name: &str) -> SegmentId {
    let open = segments::Condition {
        about: segments::Subject::State,
        test: segments::Test::OneOf(vec!["open".into()]),
    };
    let text = SegmentText {
        name: format!("{name} Open ones"),
        about: String::new(),
        owner: None,
        definition: segments::Group {
            conditions: vec![open],
            ..segments::Group::default()
        },
    };
    segments::add(tx, system, &text).unwrap().id
}

/// A view for everyone.
fn view(tx: &mut Tx<'_>, system: &Actor) -> OwnViewId {
    let text = ViewText {
        name: "Everything".into(),
        audience: Audience::Everyone,
        conditions: own_views::Conditions::default(),
        order: Order::Newest,
    };
    own_views::add(tx, system, &text).unwrap().id
}

/// A saved reply for everyone.
fn reply(tx: &mut Tx<'_>, system: &Actor) -> ReplyId {
    let text = ReplyText {
        name: "Greeting".into(),
        folder: String::new(),
        body: "Hello".into(),
        words: std::collections::BTreeMap::new(),
        is_note: false,
        audience: Audience::Everyone,
        changes: Vec::new(),
        extras: Extras::default(),
    };
    replies::add(tx, system, &text).unwrap().id
}

/// One of everything that people are made of.
fn people(tx: &mut Tx<'_>, workspace: Workspace, account: Account) -> Office {
    let system = Actor::system(workspace.id, "tests");
    let new = NewAgent {
        name: format!("{} Spare", workspace.name),
        email: "spare@example.com".into(),
        role: Role::SupportAgent,
    };
    let spare = agents::add(tx, &system, &new).unwrap().id;
    let text = RoleText {
        name: format!("{} Role", workspace.name),
        permissions: [Permission::AccountsRead].into_iter().collect(),
    };
    let role = roles::add(tx, &system, &text).unwrap().id;
    let text = TeamText {
        name: format!("{} Team", workspace.name),
        members: vec![spare],
    };
    let team = teams::add(tx, &system, &text).unwrap().id;
    let text = InvitationText {
        email: "new@example.com".into(),
        name: format!("{} New", workspace.name),
        role: Role::SupportAgent,
        teams: vec![team],
    };
    let provider = ProviderText {
        label: "Company system".into(),
        issuer: "http://127.0.0.1:1".into(),
        client: "desk".into(),
        is_on: true,
        ..ProviderText::default()
    };
    let invitation = invitations::invite(tx, &system, &text, Delivery::Link)
        .unwrap()
        .0
        .id;
    let text = TokenText {
        name: format!("{} Token", workspace.name),
        agent: Some(spare),
        scopes: [Permission::AccountsRead].into_iter().collect(),
        days: None,
    };
    let token = tokens::make(tx, &system, &text).unwrap().0.id;
    let text = ContactText {
        name: format!("{} Person", workspace.name),
        ..ContactText::default()
    };
    let introduction = Introduction {
        identities: vec![NewIdentity::email("person@example.com")],
        membership: Some((account.id, MembershipText::default())),
    };
    let contact = contacts::add(tx, &system, &text, &introduction).unwrap().id;
    let identity = identities::of(tx, &system, contact).unwrap()[0].id;
    let membership = memberships::of_contact(tx, &system, contact).unwrap()[0].0.id;
    let new = NewTouchpoint {
        contact: Some(contact),
        kind: "call".into(),
        channel: Channel::Phone,
        direction: Direction::Inbound,
        summary: format!("{} asked something", workspace.name),
        evidence: None,
        happened_at: None,
        impression: None,
    };
    let touchpoint = touchpoints::add(tx, &system, account.id, &new).unwrap().id;
    let new = NewTicket {
        subject: format!("{} Request", workspace.name),
        body: "Please help".into(),
        account: Some(account.id),
        contact: Some(contact),
        ..NewTicket::default()
    };
    let ticket = tickets::open(tx, &system, &new).unwrap().id;
    let text = MailboxText {
        name: "Support".into(),
        address: format!("{}@desk.example", workspace.name),
        ..MailboxText::default()
    };
    let mailbox = mailboxes::create(tx, &system, &text).unwrap().id;
    let values = [(Field::Priority, "low".to_owned())];
    let ticket_change = tickets::change(tx, &system, ticket, &values).unwrap().1[0].id;
    let (product, subscription, rate) = money(tx, &system, &account);
    let (order, invoice, payment) = trade(tx, &system, (&account, &workspace.name));
    let segment = segment(tx, &system, &workspace.name);
    let known = Known {
        spare,
        role,
        team,
        invitation,
        provider: providers::add(tx, &system, &provider).unwrap().id,
        token,
        contact,
        identity,
        membership,
        external_id: external_ids::add(tx, &system, account.id, "crm", "42")
            .unwrap()
            .id,
        stage: first(tx, &system, Ladder::Stages),
        tier: first(tx, &system, Ladder::Tiers),
        rule: rule(tx, &system, team),
        tag: tags::put(tx, &system, &accounts::NOUN, account.id.into(), "vip")
            .unwrap()
            .id,
        field: field(tx, &system),
        touchpoint,
        task: task(tx, &system, account.id),
        playbook: playbook(tx, &system, &workspace.name),
        ticket,
        ticket_change,
        mailbox,
        reply: reply(tx, &system),
        view: view(tx, &system),
        segment,
        bulk: many(tx, &system, ticket),
        file: FileId::from_uuid(kit::id::Uuid::nil()),
        import: ImportId::from_uuid(kit::id::Uuid::nil()),
        product,
        subscription,
        rate,
        order,
        invoice,
        payment,
        billing: billing::connect(tx, &system, "Stripe", "whsec_of_the_tests")
            .unwrap()
            .id,
    };
    Office {
        workspace,
        staff: Vec::new(),
        account,
        things: Things::new(),
        known,
    }
}

/// A rule that gives every account to a team.
fn rule(tx: &mut Tx<'_>, system: &Actor, team: TeamId) -> RuleId {
    let text = RuleText {
        name: "Everybody".into(),
        conditions: Conditions::default(),
        target: Some(Target::Team(team)),
        method: assignment::Method::LeastLoaded,
    };
    assignment::rules::add(tx, system, &text).unwrap().id
}

/// The first rung of a ladder.
fn first(tx: &mut Tx<'_>, system: &Actor, ladder: Ladder) -> RungId {
    ladders::open(tx, system.workspace, ladder).unwrap()[0].id
}

/// A field of accounts.
fn field(tx: &mut Tx<'_>, system: &Actor) -> FieldId {
    let text = FieldText {
        label: "Industry".into(),
        ..FieldText::default()
    };
    fields::add(tx, system, &accounts::NOUN, FieldKind::Text, &text)
        .unwrap()
        .id
}

/// A product, an account's subscription to it, and a rate.
fn money(tx: &mut Tx<'_>, system: &Actor, account: &Account) -> (ProductId, SubscriptionId, ExchangeRateId) {
    // Search finds it by the workspace's word, as all else.
    let word = account.name.split_whitespace().next().unwrap_or_default();
    let product = products::add(tx, system, &format!("{word} plan")).unwrap().id;
    let since = "2026-01-01".parse().unwrap();
    let terms = Terms {
        product,
        currency: "EUR".parse().unwrap(),
        period_months: 12,
        price: Price {
            since,
            seats: 10,
            amount: 12_000,
            discount: 0,
        },
        renewal: RenewalTerms {
            term_months: 12,
            notice_days: 30,
            is_automatic: true,
            day: None,
        },
        ends: None,
    };
    let subscription = subscriptions::add(tx, system, account.id, &terms).unwrap().id;
    let worth = Rate::read("0.25").unwrap();
    let rate = currencies::set_rate(tx, system, "PLN".parse().unwrap(), since, worth);
    (product, subscription, rate.unwrap().id)
}

/// An order, and an invoice of which half is paid.
fn trade(
    tx: &mut Tx<'_>,
    system: &Actor,
    (account, name): (&Account, &str),
) -> (OrderId, InvoiceId, PaymentId) {
    let (day, currency) = ("2026-01-02".parse().unwrap(), "EUR".parse().unwrap());
    let text = OrderText {
        number: format!("{name} 1"),
        day,
        currency,
        lines: vec![orders::Line::whole(None, 5_000)],
    };
    let order = orders::add(tx, system, account.id, &text).unwrap().id;
    let text = InvoiceText {
        number: format!("{name} 1"),
        issued: day,
        // Not overdue as tests begin: nobody is warned of it.
        due: day.plus_days(90),
        currency,
        total: 5_000,
    };
    let invoice = invoices::add(tx, system, account.id, &text).unwrap().id;
    let paid = invoices::pay(tx, system, invoice, day, 2_500).unwrap();
    (order, invoice, paid.payments[0].id)
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

    /// A form with a file, parted by `boundary`.
    pub(crate) fn parts(mut self, body: impl Into<String>, boundary: &str) -> Self {
        self.body = body.into();
        self.header(
            "content-type",
            format!("multipart/form-data; boundary={boundary}"),
        )
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
        // Files that are no text are answers, too.
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Something to do for an account.
fn task(tx: &mut Tx<'_>, system: &Actor, account: AccountId) -> success::tasks::TaskId {
    let text = success::tasks::TaskText {
        title: "Call them".into(),
        account: Some(account),
        ..success::tasks::TaskText::default()
    };
    success::tasks::add(tx, system, &text, success::tasks::Origin::Hand)
        .unwrap()
        .id
}

/// A written way to act, in force.
fn playbook(tx: &mut Tx<'_>, system: &Actor, name: &str) -> success::playbooks::PlaybookId {
    let content = success::playbooks::Content {
        steps: vec![success::playbooks::Step::Wait { days: 1 }],
        ..success::playbooks::Content::default()
    };
    let one = success::playbooks::add(tx, system, &format!("{name} Wait"), content).unwrap();
    success::playbooks::publish(tx, system, one.id).unwrap().id
}
