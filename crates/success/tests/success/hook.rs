//! What senders hear when there is more to do than can be stored.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode, header};
use kit::db::{Db, DbError};
use success::usage::log;
use success::usage::protocol::hook;
use success::usage::sources;
use testkit::on_both;

use crate::world::{LISTS, World};

/// One event with an id, as an SDK sends it.
async fn sent(db: &Db, key: &str) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::AUTHORIZATION, format!("Bearer {key}").parse().unwrap());
    let body = Body::from(r#"{"event":"A","userId":"u-1","messageId":"1"}"#);
    let call = Path("track".to_owned());
    hook::take(State(db.clone()), call, headers, body).await.unwrap()
}

on_both! { LISTS;
    async fn whoever_sends_more_than_can_be_stored_is_told_when_to_come_again(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, workspace) = (world.ada.clone(), world.workspace);
        let source = db.write(move |tx| sources::add(tx, &ada, "Web app")).await.unwrap();
        let small = db.again(|config| {
            config.writers = 1;
            config.queue = 1;
            config.queue_wait = std::time::Duration::ZERO;
        });
        let (open, closed) = std::sync::mpsc::channel::<()>();
        let closed = std::sync::Mutex::new(closed);
        let (begun, running) = tokio::sync::oneshot::channel();
        let mut begun = Some(begun);
        let mut one = Box::pin(small.write(move |_| {
            if let Some(begun) = begun.take() {
                let _ = begun.send(());
            }
            let _ = closed.lock().unwrap().recv();
            Ok::<_, DbError>(())
        }));
        assert!(futures::poll!(&mut one).is_pending());
        running.await.unwrap();
        let mut next = Box::pin(small.write(|_| Ok::<_, DbError>(())));
        assert!(futures::poll!(&mut next).is_pending());

        let told = sent(&small, source.key()).await;
        assert_eq!(told.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(told.headers()[header::RETRY_AFTER], "2");
        assert_eq!(told.headers()[header::ACCESS_CONTROL_EXPOSE_HEADERS], "retry-after");
        open.send(()).unwrap();
        one.await.unwrap();
        next.await.unwrap();
        let stored = async || {
            let newest = db.read(move |tx| log::newest(tx, workspace, None, None, 9)).await;
            newest.unwrap().len()
        };
        assert_eq!(stored().await, 0, "nothing of it was taken");
        assert_eq!(sent(&small, source.key()).await.status(), StatusCode::OK);
        assert_eq!(stored().await, 1);
        small.close().await;
    }
}
