//! Live streams: told of what may be heard, in order, after a loss too, until the door closes.

use std::time::Duration;

use axum::http::StatusCode;
use futures::StreamExt;
use kit::db::Db;
use tandem_core::accounts::{self, AccountText};
use tandem_core::agents;
use tandem_core::doors::Secret;
use tandem_core::live::{follow, follow_work};
use tandem_core::permissions::Role;
use testkit::on_both;
use tokio::task::JoinHandle;
use tower::ServiceExt;

use crate::world::{Call, Office, WORLD, World, settle};

/// A browser's end of a stream: the lines that came, one message at a time.
struct Stream {
    body: axum::body::BodyDataStream,
    pending: String,
}

impl Stream {
    async fn open(world: &World, key: &Secret, last: Option<&str>) -> Self {
        let mut call = Call::get("/live").key(key);
        if let Some(last) = last {
            call = call.header("last-event-id", last);
        }
        let response = world.router.clone().oneshot(call.request()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        Self {
            body: response.into_body().into_data_stream(),
            pending: String::new(),
        }
    }

    /// The next message; `None` when the stream has ended.
    async fn next(&mut self) -> Option<String> {
        loop {
            if let Some((message, rest)) = self.pending.split_once("\n\n") {
                let (message, rest) = (message.to_owned(), rest.to_owned());
                self.pending = rest;
                if !message.starts_with(':') {
                    return Some(message);
                }
                continue;
            }
            let more = tokio::time::timeout(Duration::from_secs(20), self.body.next()).await;
            let more = more.expect("a message or the end within twenty seconds")?;
            self.pending
                .push_str(std::str::from_utf8(&more.unwrap()).unwrap());
        }
    }
}

fn id(message: &str) -> &str {
    message
        .lines()
        .find_map(|line| line.strip_prefix("id: "))
        .unwrap()
}

/// Follows the events; what happens after this is told.
async fn following(world: &World) -> JoinHandle<()> {
    let follower = tokio::spawn(follow(world.app.db.clone(), world.app.live.clone()));
    world.app.live.followed().await;
    follower
}

async fn add(db: &Db, office: &Office, name: &str) -> String {
    let (system, text) = (
        office.system(),
        AccountText {
            name: name.to_owned(),
            ..AccountText::default()
        },
    );
    let added = db.write(move |tx| accounts::add(tx, &system, &text)).await;
    added
        .unwrap_or_else(|error: accounts::AccountError| panic!("{error}"))
        .id
        .to_string()
}

/// The next account that is none of the `known`; no message on the way comes twice.
///
/// Where an account stands and who looks after it follow from its coming, in their own time: they are passed over.
async fn newcomer(stream: &mut Stream, known: &[&str]) -> String {
    let mut last = 0;
    loop {
        let message = stream.next().await.unwrap();
        let number: i64 = id(&message).parse().unwrap();
        assert!(number > last, "{message} after {last}");
        last = number;
        let subject = message.split('"').nth(3).unwrap_or_default();
        if subject.starts_with("acc_") && !known.contains(&subject) {
            return subject.to_owned();
        }
    }
}

on_both! { WORLD;
    async fn a_stream_names_what_changed_in_its_workspace_and_nothing_else(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::SupportAgent);
        let missed = add(&db, &world.ours, "Before").await;
        settle(&db).await;
        let follower = following(&world).await;
        let mut stream = Stream::open(&world, key, Some("0")).await;
        while !stream.next().await.unwrap().contains(&missed) {}
        let theirs = add(&db, &world.theirs, "Theirs").await;
        let ours = add(&db, &world.ours, "Ours").await;
        loop {
            let message = stream.next().await.unwrap();
            assert!(!message.contains(&theirs), "{message}");
            if message.contains(&ours) {
                assert!(message.contains("\"accounts\""), "{message}");
                break;
            }
        }
        follower.abort();
    }

    async fn that_work_moved_is_told_to_those_who_may_look_at_it(db: TestDb) {
        let world = World::new(&db).await;
        let followers = [following(&world).await, tokio::spawn(follow_work(db.db.clone(), world.app.live.clone()))];
        let mut streams = Vec::new();
        for role in [Role::Admin, Role::SupportAgent] {
            streams.push(Stream::open(&world, world.ours.key(role), Some("0")).await);
        }
        let page = world.ask(Call::get("/settings/work").key(world.ours.key(Role::Admin)).html()).await;
        assert!(page.text().contains(r#"<meta name="live" content="work">"#));
        // Its reaction is a job.
        add(&db, &world.ours, "Before").await;
        settle(&db).await;
        while !streams[0].next().await.unwrap().contains("\"work\"") {}
        let after = add(&db, &world.ours, "After").await;
        loop {
            let message = streams[1].next().await.unwrap();
            assert!(!message.contains("\"work\""), "{message}");
            if message.contains(&after) {
                break;
            }
        }
        followers.iter().for_each(JoinHandle::abort);
    }

    async fn what_was_missed_comes_after_and_once(db: TestDb) {
        let world = World::new(&db).await;
        let key = world.ours.key(Role::SupportAgent);
        let follower = following(&world).await;
        let first = add(&db, &world.ours, "First").await;
        settle(&db).await;
        let mut stream = Stream::open(&world, key, Some("0")).await;
        let mut last = stream.next().await.unwrap();
        while !last.contains(&first) {
            last = stream.next().await.unwrap();
        }
        drop(stream);
        let (second, third) = (add(&db, &world.ours, "Second").await, add(&db, &world.ours, "Third").await);
        settle(&db).await;
        let mut stream = Stream::open(&world, key, Some(id(&last))).await;
        assert_eq!(newcomer(&mut stream, &[&first]).await, second);
        assert_eq!(newcomer(&mut stream, &[&first, &second]).await, third);
        let fourth = add(&db, &world.ours, "Fourth").await;
        assert_eq!(newcomer(&mut stream, &[&first, &second, &third]).await, fourth);
        follower.abort();
    }

    async fn a_stream_that_was_open_before_anybody_followed_looks_at_everything_once(db: TestDb) {
        let world = World::new(&db).await;
        let mut stream = Stream::open(&world, world.ours.key(Role::Admin), None).await;
        add(&db, &world.ours, "Between").await;
        let follower = following(&world).await;
        assert!(stream.next().await.unwrap().contains("event: resync"));
        let after = add(&db, &world.ours, "After").await;
        assert!(stream.next().await.unwrap().contains(&after));
        follower.abort();
    }

    async fn too_much_to_tell_is_told_as_one(db: TestDb) {
        let world = World::new(&db).await;
        for number in 0..205 {
            add(&db, &world.ours, &format!("Account {number}")).await;
        }
        tandem_core::events::give_positions(&db).await.unwrap();
        let mut stream = Stream::open(&world, world.ours.key(Role::Admin), Some("0")).await;
        assert!(stream.next().await.unwrap().contains("event: resync"));
    }

    async fn a_role_that_may_not_know_hears_nothing_and_an_ended_session_hears_no_more(db: TestDb) {
        let world = World::new(&db).await;
        let (agent, admin) = (world.ours.agent(Role::SupportAgent).id, world.ours.agent(Role::Admin).id);
        let follower = following(&world).await;
        settle(&db).await;
        let mut agents_stream = Stream::open(&world, world.ours.key(Role::SupportAgent), Some("0")).await;
        let mut admins_stream = Stream::open(&world, world.ours.key(Role::Admin), Some("0")).await;
        // Sessions are only an admin's business.
        assert!(!agents_stream.next().await.unwrap().contains("ses_"));
        while !admins_stream.next().await.unwrap().contains("ses_") {}
        let system = world.ours.system();
        db.write(move |tx| agents::deactivate(tx, &system, agent)).await.unwrap_or_else(|error: agents::AgentError| panic!("{error}"));
        let mut heard = Vec::new();
        while let Some(message) = agents_stream.next().await {
            heard.push(message);
        }
        assert!(!heard.iter().any(|message| message.contains("ses_")));
        let _ = admin;
        follower.abort();
    }

    async fn streams_end_when_the_server_drains(db: TestDb) {
        let world = World::new(&db).await;
        let follower = following(&world).await;
        settle(&db).await;
        let mut stream = Stream::open(&world, world.ours.key(Role::Admin), Some("0")).await;
        assert!(stream.next().await.is_some());
        assert_eq!(world.app.live.open(), 1);
        world.ending.cancel();
        while stream.next().await.is_some() {}
        follower.abort();
    }

    async fn another_node_hears_what_this_one_commits(db: TestDb) {
        if !db.is_postgres() {
            return;
        }
        let world = World::new(&db).await;
        let follower = following(&world).await;
        settle(&db).await;
        let mut stream = Stream::open(&world, world.ours.key(Role::Admin), Some("0")).await;
        let other = db.again(|_| {});
        other.attach(std::sync::Arc::new(server::wiring::wiring()));
        let id = add(&other, &world.ours, "From another node").await;
        while !stream.next().await.unwrap().contains(&id) {}
        other.close().await;
        follower.abort();
    }
}
