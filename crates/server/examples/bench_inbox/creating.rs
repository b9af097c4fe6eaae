//! How many tickets programs open in a second, with their first messages, and how long each takes.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use testkit::program::Node;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::{Outcome, shares};

/// How long tickets are opened.
const TIME: Duration = Duration::from_secs(10);

/// Opens tickets from so many callers at once, each on a connection of its own; prints a row.
pub(super) async fn measure(place: &str, node: &Node, token: &str, callers: usize) -> Outcome {
    let begin = Instant::now();
    let work: Vec<_> = (0..callers)
        .map(|caller| tokio::spawn(open(node.address, token.to_owned(), caller)))
        .collect();
    let mut spans = Vec::new();
    for caller in work {
        spans.extend(caller.await??);
    }
    let rate = spans.len() as f64 / begin.elapsed().as_secs_f64();
    let at = shares(spans);
    println!(
        "| {place} | {callers} | {rate:.0} | {:.1} ms | {:.1} ms |",
        at(0.5),
        at(0.99)
    );
    Ok(())
}

async fn open(address: SocketAddr, token: String, caller: usize) -> Outcome<Vec<Duration>> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    let (begin, mut spans) = (Instant::now(), Vec::new());
    while begin.elapsed() < TIME {
        let body = format!(
            r#"{{"subject":"Made {caller} {}","body":"It was fine until this morning, and now nothing opens.","channel":"email"}}"#,
            spans.len()
        );
        let request = format!(
            "POST /api/v1/tickets HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let sent = Instant::now();
        stream.write_all(request.as_bytes()).await?;
        answered(&mut stream).await?;
        spans.push(sent.elapsed());
    }
    Ok(spans)
}

/// Reads one answer to its end, which stands in its `content-length`.
async fn answered(stream: &mut BufReader<TcpStream>) -> Outcome {
    let (mut line, mut length) = (String::new(), 0);
    stream.read_line(&mut line).await?;
    if !line.contains(" 201 ") {
        return Err(line.into());
    }
    while line != "\r\n" {
        line.clear();
        stream.read_line(&mut line).await?;
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse()?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(())
}
