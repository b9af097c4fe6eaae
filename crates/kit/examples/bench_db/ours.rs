//! The work through `kit::db`.

use std::hint::black_box;
use std::sync::Arc;

use kit::db::{Db, DbError, Tx};
use kit::id::Uuid;
use kit::{params, sql};

use crate::Work;
use crate::measure::{Contender, Meter};
use crate::schema::{Listed, Note, Place, World, next_note, runtime};

pub(crate) fn contender(place: &Place, work: Work, callers: usize, world: &Arc<World>) -> Contender {
    let runtime = runtime();
    let db = {
        let _inside = runtime.enter();
        place.open()
    };
    let world = Arc::clone(world);
    Contender {
        name: "kit".to_owned(),
        run: Box::new(move |meter| {
            meter.start();
            runtime.block_on(all(&db, work, callers, &world, meter));
        }),
    }
}

async fn all(db: &Db, work: Work, callers: usize, world: &Arc<World>, meter: &Meter) {
    // The callers live as long as the run; the meter is shared by looking at it from outside.
    let over = Arc::new(Meter::default());
    let tasks: Vec<_> = (0..callers)
        .map(|caller| {
            tokio::spawn(one(
                db.clone(),
                work,
                caller,
                Arc::clone(world),
                Arc::clone(&over),
            ))
        })
        .collect();
    while meter.goes_on() {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    over.end();
    for task in tasks {
        meter.add(task.await.unwrap());
    }
}

async fn one(db: Db, work: Work, caller: usize, world: Arc<World>, over: Arc<Meter>) -> u64 {
    let mut at = caller as u64;
    let mut done = 0;
    while over.goes_on() {
        let world = Arc::clone(&world);
        let mut seed = at;
        next_note(&mut at);
        let outcome = match work {
            Work::Point => {
                db.read(move |tx| {
                    black_box(point(tx, &world, &mut seed)?);
                    Ok(())
                })
                .await
            }
            Work::List => {
                db.read(move |tx| {
                    black_box(list(tx, &world, &mut seed)?);
                    Ok(())
                })
                .await
            }
            Work::Page => {
                db.read(move |tx| {
                    for _ in 0..19 {
                        black_box(point(tx, &world, &mut seed)?);
                    }
                    black_box(list(tx, &world, &mut seed)?);
                    Ok(())
                })
                .await
            }
            Work::Write => db.write(move |tx| write(tx, &world, caller)).await,
        };
        outcome.unwrap();
        done += 1;
    }
    done
}

fn point(tx: &mut Tx<'_>, world: &World, seed: &mut u64) -> Result<Note, DbError> {
    tx.one(
        sql!("select number, subject, state, is_urgent, changed_at from notes where workspace_id = $1 and id = $2"),
        params![world.workspace, world.notes[next_note(seed)]],
        |row| {
            Ok(Note {
                number: row.get("number")?,
                subject: row.get("subject")?,
                state: row.get("state")?,
                is_urgent: row.get("is_urgent")?,
                changed_at: row.get("changed_at")?,
            })
        },
    )
}

fn list(tx: &mut Tx<'_>, world: &World, seed: &mut u64) -> Result<Vec<Listed>, DbError> {
    let since = 1_772_442_000_000_000 + next_note(seed) as i64 / 2;
    tx.rows(
        sql!("select id, number, subject, is_urgent, changed_at from notes where workspace_id = $1 and state = $2 and changed_at > $3 order by changed_at, id limit 50"),
        params![world.workspace, "open", since],
        |row| {
            Ok(Listed {
                id: row.get("id")?,
                number: row.get("number")?,
                subject: row.get("subject")?,
                is_urgent: row.get("is_urgent")?,
                changed_at: row.get("changed_at")?,
            })
        },
    )
}

fn write(tx: &mut Tx<'_>, world: &World, caller: usize) -> Result<(), DbError> {
    let now = tx.now();
    let (note, happening): (Uuid, Uuid) = (tx.new_uuid(), tx.new_uuid());
    tx.execute(
        sql!("insert into notes (workspace_id, id, number, subject, state, is_urgent, changed_at) values ($1, $2, $3, $4, $5, $6, $7)"),
        params![world.workspace, note, 1_i64, "A new thing that does not work", "new", false, now],
    )?;
    tx.execute(
        sql!("update counters set value = value + 1 where workspace_id = $1 and name = $2"),
        params![world.workspace, caller as i64],
    )?;
    tx.execute(
        sql!("insert into happenings (workspace_id, id, kind, note_id, happened_at) values ($1, $2, $3, $4, $5)"),
        params![world.workspace, happening, "note.made", note, now],
    )?;
    Ok(())
}
