//! Both listeners from start to drained, over real sockets.

use std::{sync::Arc, time::Duration};

use axum::routing::get;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Semaphore,
    task::JoinHandle,
};

use super::*;

/// A server whose `/wait` says when it was entered and answers when it is let go.
struct World {
    main: SocketAddr,
    operations: SocketAddr,
    drain: Drain,
    entered: Arc<Semaphore>,
    let_go: Arc<Semaphore>,
    running: JoinHandle<Result<Ending, ServeError>>,
}

async fn serving(limit: Duration) -> World {
    let any = "127.0.0.1:0".parse().unwrap();
    let listeners = Listeners {
        main: Some(bind(any).await.unwrap()),
        operations: bind(any).await.unwrap(),
        lmtp: None,
        smtp: None,
        certificate: None,
    };
    let main = listeners.main.as_ref().unwrap().local_addr().unwrap();
    let operations = listeners.operations.local_addr().unwrap();
    let (entered, let_go) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let gates = (entered.clone(), let_go.clone());
    let wait = get(async move || {
        gates.0.add_permits(1);
        gates.1.acquire().await.unwrap().forget();
        "done"
    });
    let drain = Drain::new();
    let served = Served {
        app: Router::new().route("/wait", wait),
        readiness: Readiness::new(drain.clone()).with("database", async || Ok(())),
        metrics: Metrics::start(),
        drain: drain.clone(),
        limit,
    };
    let running = tokio::spawn(run(listeners, served));
    World {
        main,
        operations,
        drain,
        entered,
        let_go,
        running,
    }
}

async fn send(address: SocketAddr, path: &str) -> std::io::Result<TcpStream> {
    let mut stream = TcpStream::connect(address).await?;
    stream
        .write_all(format!("GET {path} HTTP/1.1\r\nhost: test\r\n\r\n").as_bytes())
        .await?;
    Ok(stream)
}

async fn ask(address: SocketAddr, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream
        .write_all(format!("GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n").as_bytes())
        .await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

#[tokio::test]
async fn a_drain_finishes_the_running_request_and_takes_no_new_one() {
    let world = serving(Duration::from_secs(3600)).await;
    assert!(
        ask(world.main, "/readyz")
            .await
            .unwrap()
            .starts_with("HTTP/1.1 200")
    );
    let mut waiting = send(world.main, "/wait").await.unwrap();
    world.entered.acquire().await.unwrap().forget();

    world.drain.begin();
    let ready = ask(world.operations, "/readyz").await.unwrap();
    assert!(
        ready.starts_with("HTTP/1.1 503") && ready.contains("the server is stopping"),
        "{ready}"
    );
    while TcpStream::connect(world.main).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!world.running.is_finished());

    world.let_go.add_permits(1);
    let mut answer = String::new();
    waiting.read_to_string(&mut answer).await.unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("done"),
        "{answer}"
    );
    assert_eq!(world.running.await.unwrap().unwrap(), Ending::Drained);
}

#[tokio::test]
async fn an_idle_connection_does_not_hold_the_drain() {
    let world = serving(Duration::from_secs(3600)).await;
    let mut idle = TcpStream::connect(world.main).await.unwrap();
    assert!(ask(world.main, "/healthz").await.unwrap().ends_with("ok\n"));
    world.drain.begin();
    assert_eq!(world.running.await.unwrap().unwrap(), Ending::Drained);
    assert_eq!(idle.read(&mut [0; 1]).await.unwrap(), 0);
}

#[tokio::test]
async fn a_request_that_outlasts_the_limit_is_cut_off() {
    let world = serving(Duration::from_millis(1)).await;
    let _waiting = send(world.main, "/wait").await.unwrap();
    world.entered.acquire().await.unwrap().forget();
    world.drain.begin();
    assert_eq!(world.running.await.unwrap().unwrap(), Ending::CutShort(1));
}

#[tokio::test]
async fn the_public_learns_whether_but_not_why() {
    let world = serving(Duration::from_secs(3600)).await;
    let public = ask(world.main, "/readyz").await.unwrap();
    assert!(public.ends_with(r#"{"ready":true}"#), "{public}");
    let operators = ask(world.operations, "/readyz").await.unwrap();
    assert!(
        operators.ends_with(r#"{"ready":true,"checks":{"database":"ok"}}"#),
        "{operators}"
    );
    assert!(
        ask(world.main, "/metrics")
            .await
            .unwrap()
            .starts_with("HTTP/1.1 404")
    );
}

#[tokio::test]
async fn an_oversized_head_gets_an_answer() {
    let world = serving(Duration::from_secs(3600)).await;
    let answer = ask(world.main, &format!("/{}", "x".repeat(100_000)))
        .await
        .unwrap_or_default();
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    let mut stream = TcpStream::connect(world.main).await.unwrap();
    stream.write_all(b"this is not http\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(
        ask(world.main, "/healthz")
            .await
            .unwrap()
            .starts_with("HTTP/1.1 200")
    );
}
