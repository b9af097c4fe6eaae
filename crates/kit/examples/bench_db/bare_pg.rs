//! The work through tokio-postgres: prepared statements, the same isolation, nothing in between.

use std::hint::black_box;
use std::sync::{Arc, Barrier};

use kit::clock::Clock;
use kit::id::{Ids, Uuid};
use tokio_postgres::{Client, NoTls, Statement};

use crate::Work;
use crate::measure::{Contender, Meter};
use crate::schema::{COUNT, HAPPEN, INSERT, LIST, Listed, Note, POINT, World, next_note};

/// What all threads of a contender do.
struct Run<'r> {
    url: &'r str,
    world: &'r World,
    work: Work,
    begin: Option<&'static str>,
    ready: &'r Barrier,
}

pub(crate) fn contenders(url: &str, work: Work, callers: usize, world: &Arc<World>) -> Vec<Contender> {
    let frames = if work == Work::Write {
        vec![(
            "the same isolation",
            Some("begin isolation level serializable read write"),
        )]
    } else {
        vec![
            (
                "the same isolation",
                Some("begin isolation level repeatable read read only"),
            ),
            ("no transaction", None),
        ]
    };
    let contender = |(name, begin): (&str, Option<&'static str>)| {
        let (url, world) = (url.to_owned(), Arc::clone(world));
        Contender {
            name: format!("tokio-postgres, {callers} threads, {name}"),
            run: Box::new(move |meter| {
                let ready = Barrier::new(callers);
                std::thread::scope(|scope| {
                    for caller in 0..callers {
                        let run = Run {
                            url: &url,
                            world: &world,
                            work,
                            begin,
                            ready: &ready,
                        };
                        scope.spawn(move || serve(&run, caller, meter));
                    }
                });
            }),
        }
    };
    frames.into_iter().map(contender).collect()
}

struct Bare {
    client: Client,
    point: Statement,
    list: Statement,
    insert: Statement,
    count: Statement,
    happen: Statement,
}

fn serve(run: &Run<'_>, caller: usize, meter: &Meter) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let bare = Bare::connect(run.url).await;
        let (ids, clock) = (Ids::random(), Clock::system());
        let mut at = caller as u64;
        let mut done = 0;
        run.ready.wait();
        meter.start();
        while meter.goes_on() {
            let mut seed = at;
            next_note(&mut at);
            if let Some(begin) = run.begin {
                bare.client.batch_execute(begin).await.unwrap();
            }
            let is_good = match run.work {
                Work::Write => bare.write(run.world, caller, &clock, &ids).await.is_ok(),
                work => {
                    bare.read(run.world, work, &mut seed).await;
                    true
                }
            };
            let mut is_stored = is_good;
            if run.begin.is_some() {
                let end = if is_good { "commit" } else { "rollback" };
                is_stored &= bare.client.batch_execute(end).await.is_ok();
            }
            done += u64::from(is_stored);
        }
        meter.add(done);
    });
}

impl Bare {
    async fn connect(url: &str) -> Self {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
        tokio::spawn(connection);
        Self {
            point: client.prepare(POINT).await.unwrap(),
            list: client.prepare(LIST).await.unwrap(),
            insert: client.prepare(INSERT).await.unwrap(),
            count: client.prepare(COUNT).await.unwrap(),
            happen: client.prepare(HAPPEN).await.unwrap(),
            client,
        }
    }

    async fn read(&self, world: &World, work: Work, seed: &mut u64) {
        let points = match work {
            Work::Point => 1,
            Work::List => 0,
            _ => 19,
        };
        for _ in 0..points {
            black_box(self.point(world, seed).await);
        }
        if work != Work::Point {
            black_box(self.list(world, seed).await);
        }
    }

    async fn point(&self, world: &World, seed: &mut u64) -> Note {
        let workspace = &world.workspace.as_bytes()[..];
        let id = &world.notes[next_note(seed)].as_bytes()[..];
        let row = self
            .client
            .query_one(&self.point, &[&workspace, &id])
            .await
            .unwrap();
        Note {
            number: row.get(0),
            subject: row.get(1),
            state: row.get(2),
            is_urgent: row.get(3),
            changed_at: row.get(4),
        }
    }

    async fn list(&self, world: &World, seed: &mut u64) -> Vec<Listed> {
        let since = 1_772_442_000_000_000 + next_note(seed) as i64 / 2;
        let workspace = &world.workspace.as_bytes()[..];
        let rows = self
            .client
            .query(&self.list, &[&workspace, &"open", &since])
            .await
            .unwrap();
        rows.iter()
            .map(|row| Listed {
                id: Uuid::from_slice(row.get(0)).unwrap(),
                number: row.get(1),
                subject: row.get(2),
                is_urgent: row.get(3),
                changed_at: row.get(4),
            })
            .collect()
    }

    async fn write(
        &self,
        world: &World,
        caller: usize,
        clock: &Clock,
        ids: &Ids,
    ) -> Result<(), tokio_postgres::Error> {
        let now = clock.now();
        let (note, happening) = (ids.next(now), ids.next(now));
        let workspace = &world.workspace.as_bytes()[..];
        let (note, happening) = (&note.as_bytes()[..], &happening.as_bytes()[..]);
        let subject = "A new thing that does not work";
        self.client
            .execute(
                &self.insert,
                &[&workspace, &note, &1_i64, &subject, &"new", &false, &now.0],
            )
            .await?;
        self.client
            .execute(&self.count, &[&workspace, &(caller as i64)])
            .await?;
        self.client
            .execute(
                &self.happen,
                &[&workspace, &happening, &"note.made", &note, &now.0],
            )
            .await?;
        Ok(())
    }
}
