//! The work through rusqlite: the same settings, cached statements, nothing in between.

use std::hint::black_box;
use std::path::Path;
use std::sync::{Arc, Barrier};
use std::time::Duration;

use kit::clock::{Clock, Timestamp};
use kit::id::{Ids, Uuid};
use rusqlite::Connection;

use crate::Work;
use crate::measure::{Contender, Meter};
use crate::schema::{COUNT, HAPPEN, INSERT, LIST, Listed, Note, POINT, World, next_note};

pub(crate) fn contenders(path: &Path, work: Work, callers: usize, world: &Arc<World>) -> Vec<Contender> {
    let mut all = Vec::new();
    if work == Work::Write {
        for size in if callers == 1 { vec![1] } else { vec![1, callers] } {
            let name = match size {
                1 => "rusqlite, a commit each".to_owned(),
                _ => format!("rusqlite, {size} in a commit"),
            };
            let connection = open(path);
            let world = Arc::clone(world);
            let run = move |meter: &Meter| writes(&connection, &world, size, meter);
            all.push(Contender {
                name,
                run: Box::new(run),
            });
        }
        return all;
    }
    let (path, world) = (path.to_owned(), Arc::clone(world));
    all.push(Contender {
        name: format!("rusqlite, {callers} threads"),
        run: Box::new(move |meter| {
            let ready = Barrier::new(callers);
            std::thread::scope(|scope| {
                for caller in 0..callers {
                    let (path, world, ready) = (&path, &world, &ready);
                    scope.spawn(move || {
                        let connection = open(path);
                        ready.wait();
                        meter.start();
                        reads(&connection, world, work, caller, meter);
                    });
                }
            });
        }),
    });
    all
}

fn open(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.busy_timeout(Duration::from_secs(5)).unwrap();
    connection.set_prepared_statement_cache_capacity(512);
    connection
        .execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 2000;
             pragma foreign_keys = on; pragma trusted_schema = off; pragma temp_store = memory; pragma cache_size = -8000;",
        )
        .unwrap();
    connection
}

fn reads(connection: &Connection, world: &World, work: Work, caller: usize, meter: &Meter) {
    let mut at = caller as u64;
    let mut done = 0;
    while meter.goes_on() {
        let mut seed = at;
        next_note(&mut at);
        connection.prepare_cached("begin").unwrap().execute([]).unwrap();
        match work {
            Work::Point => {
                black_box(point(connection, world, &mut seed));
            }
            Work::List => {
                black_box(list(connection, world, &mut seed));
            }
            _ => {
                for _ in 0..19 {
                    black_box(point(connection, world, &mut seed));
                }
                black_box(list(connection, world, &mut seed));
            }
        }
        connection.prepare_cached("commit").unwrap().execute([]).unwrap();
        done += 1;
    }
    meter.add(done);
}

fn point(connection: &Connection, world: &World, seed: &mut u64) -> Note {
    let mut statement = connection.prepare_cached(POINT).unwrap();
    let key = (
        world.workspace.as_bytes(),
        world.notes[next_note(seed)].as_bytes(),
    );
    statement
        .query_row(key, |row| {
            Ok(Note {
                number: row.get(0)?,
                subject: row.get(1)?,
                state: row.get(2)?,
                is_urgent: row.get(3)?,
                changed_at: row.get(4)?,
            })
        })
        .unwrap()
}

fn list(connection: &Connection, world: &World, seed: &mut u64) -> Vec<Listed> {
    let since = 1_772_442_000_000_000 + next_note(seed) as i64 / 2;
    let mut statement = connection.prepare_cached(LIST).unwrap();
    let rows = statement.query_map((world.workspace.as_bytes(), "open", since), |row| {
        let id: [u8; 16] = row.get(0)?;
        Ok(Listed {
            id: Uuid::from_bytes(id),
            number: row.get(1)?,
            subject: row.get(2)?,
            is_urgent: row.get(3)?,
            changed_at: row.get(4)?,
        })
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

fn writes(connection: &Connection, world: &World, size: usize, meter: &Meter) {
    let (ids, clock) = (Ids::random(), Clock::system());
    let step = |text| {
        connection.prepare_cached(text).unwrap().execute([]).unwrap();
    };
    let mut done = 0;
    meter.start();
    while meter.goes_on() {
        step("begin immediate");
        for caller in 0..size {
            step("savepoint one");
            write(connection, world, caller, clock.now(), &ids);
            step("release one");
            done += 1;
        }
        step("commit");
    }
    meter.add(done);
}

fn write(connection: &Connection, world: &World, caller: usize, now: Timestamp, ids: &Ids) {
    let run = |text: &str, params: &[&dyn rusqlite::ToSql]| {
        connection.prepare_cached(text).unwrap().execute(params).unwrap();
    };
    let workspace = world.workspace.as_bytes();
    let (note, happening) = (ids.next(now), ids.next(now));
    run(
        INSERT,
        &[
            workspace,
            note.as_bytes(),
            &1,
            &"A new thing that does not work",
            &"new",
            &false,
            &now.0,
        ],
    );
    run(COUNT, &[workspace, &(caller as i64)]);
    run(
        HAPPEN,
        &[
            workspace,
            happening.as_bytes(),
            &"note.made",
            note.as_bytes(),
            &now.0,
        ],
    );
}
