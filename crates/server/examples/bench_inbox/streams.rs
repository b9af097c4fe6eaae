//! How soon agents with open pages hear of a change, and what their streams cost.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use testkit::program::{Node, tell};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::load::Loaded;
use super::{Outcome, shares};

/// Changes, and the pause between two: twenty a second.
const CHANGES: usize = 400;
const PAUSE: Duration = Duration::from_millis(50);

/// When a stream first named which ticket.
type Heard = Arc<Mutex<HashMap<(usize, String), Instant>>>;

/// Opens a stream for each agent, changes tickets, prints a row.
pub(super) async fn measure(place: &str, node: &Node, token: &str, loaded: &Loaded) -> Outcome {
    let tickets: Vec<String> = loaded.tickets.iter().take(CHANGES).cloned().collect();
    let mut bodies = Vec::new();
    for ticket in &tickets {
        bodies.push(changed(
            &node.get(&format!("/api/v1/tickets/{ticket}"), token).body,
        )?);
    }
    let before = node.memory();
    let heard = Heard::default();
    let mut streams = Vec::new();
    for (number, token) in loaded.tokens.iter().enumerate() {
        let stream = open(node.address, token).await?;
        streams.push(tokio::spawn(follow(stream, number, Arc::clone(&heard))));
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    let (with_streams, own) = (node.memory(), node.own_memory());
    let mut sent = HashMap::new();
    let mut beat = tokio::time::interval(PAUSE);
    for (ticket, body) in tickets.iter().zip(bodies) {
        beat.tick().await;
        sent.insert(ticket.clone(), Instant::now());
        let (address, token, line) = (
            node.address,
            token.to_owned(),
            format!("PUT /api/v1/tickets/{ticket}"),
        );
        // The next change is sent in its turn, however long this one takes.
        let asked = tokio::task::spawn_blocking(move || tell(address, &line, &token, &body));
        tokio::spawn(async move {
            match asked.await {
                Ok(Ok(answer)) if answer.status == 200 => {}
                other => eprintln!("a change failed: {other:?}"),
            }
        });
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    streams.iter().for_each(tokio::task::JoinHandle::abort);
    let heard = heard.lock().map_err(|_| "a stream panicked")?;
    let spans: Vec<Duration> = heard
        .iter()
        .filter_map(|((_, ticket), at)| Some(at.saturating_duration_since(*sent.get(ticket)?)))
        .collect();
    if spans.len() != tickets.len() * loaded.tokens.len() {
        return Err(format!("streams heard of {} changes", spans.len()).into());
    }
    let at = shares(spans);
    println!(
        "| {place} | {} | {before:.1} MB | {with_streams:.1} MB | {own:.1} MB | {:.1} ms | {:.1} ms | {:.1} ms | {:.1} ms |",
        loaded.tokens.len(),
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
    Ok(())
}

/// The ticket as it is to be: as it is, with another priority.
fn changed(document: &str) -> Outcome<String> {
    let now: serde_json::Value = serde_json::from_str(document)?;
    let mut wanted = serde_json::Map::new();
    for key in [
        "subject",
        "status",
        "own_status",
        "kind",
        "account",
        "contact",
        "agent",
        "team",
        "snoozed_until",
    ] {
        wanted.insert(key.to_owned(), now[key].clone());
    }
    let priority = if now["priority"] == "high" { "low" } else { "high" };
    wanted.insert("priority".to_owned(), priority.into());
    Ok(serde_json::Value::Object(wanted).to_string())
}

async fn open(address: SocketAddr, token: &str) -> Outcome<BufReader<TcpStream>> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET /live HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut lines = BufReader::with_capacity(1024, stream);
    let mut line = String::new();
    lines.read_line(&mut line).await?;
    if !line.starts_with("HTTP/1.1 200") {
        return Err(line.into());
    }
    while line != "\r\n" {
        line.clear();
        lines.read_line(&mut line).await?;
    }
    Ok(lines)
}

/// Notes when which ticket is first named, until the stream ends.
async fn follow(mut lines: BufReader<TcpStream>, number: usize, heard: Heard) {
    let mut line = String::new();
    while lines.read_line(&mut line).await.is_ok_and(|length| length > 0) {
        let now = Instant::now();
        if let (Some(id), Ok(mut heard)) = (
            line.split('"').find(|part| part.starts_with("tkt_")),
            heard.lock(),
        ) {
            heard.entry((number, id.to_owned())).or_insert(now);
        }
        line.clear();
    }
}
