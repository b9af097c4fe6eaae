//! A mail server for tests: the real wire of SMTP (RFC 5321) on a port of this machine, without encryption.
//!
//! It keeps what it takes. It can be told to refuse the next letters, for now or for good.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};

/// A running mail server; ends with the runtime.
#[derive(Clone, Debug)]
pub struct Smtp {
    url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    taken: Vec<Taken>,
    answers: VecDeque<String>,
}

/// A letter that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// Head and body as they came, with `\r\n`.
    pub text: String,
}

impl Smtp {
    /// Starts one.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("a bound listener has an address");
        let smtp = Self {
            url: format!("smtp://{address}"),
            state: Arc::default(),
        };
        let server = smtp.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move {
                    // A client that leaves in the middle is its own affair.
                    let _ = server.talk(stream).await;
                });
            }
        });
        smtp
    }

    /// Its address for clients.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Answers the next recipient with this line, such as `550 no such mailbox`.
    pub fn refuse_next(&self, line: &str) {
        self.lock().answers.push_back(line.to_owned());
    }

    /// What was taken so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.lock().taken.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        let (reader, mut writer) = stream.into_split();
        let mut lines = BufReader::new(reader).lines();
        let mut envelope = (String::new(), Vec::new());
        say(&mut writer, "220 testkit").await?;
        while let Some(line) = lines.next_line().await? {
            let (verb, rest) = line.split_at(line.find([' ', ':']).unwrap_or(line.len()));
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" | "HELO" => say(&mut writer, "250-testkit\r\n250-8BITMIME\r\n250 SMTPUTF8").await?,
                "MAIL" => {
                    envelope = (address(rest), Vec::new());
                    say(&mut writer, "250 ok").await?;
                }
                "RCPT" => {
                    let refusal = self.lock().answers.pop_front();
                    if refusal.is_none() {
                        envelope.1.push(address(rest));
                    }
                    say(&mut writer, refusal.as_deref().unwrap_or("250 ok")).await?;
                }
                "DATA" => {
                    say(&mut writer, "354 go on").await?;
                    let text = body(&mut lines).await?;
                    let (from, to) = envelope.clone();
                    self.lock().taken.push(Taken { from, to, text });
                    say(&mut writer, "250 taken").await?;
                }
                "QUIT" => return say(&mut writer, "221 bye").await,
                "RSET" | "NOOP" => say(&mut writer, "250 ok").await?,
                _ => say(&mut writer, "502 not here").await?,
            }
        }
        Ok(())
    }
}

async fn say(writer: &mut OwnedWriteHalf, line: &str) -> std::io::Result<()> {
    writer.write_all(format!("{line}\r\n").as_bytes()).await
}

/// The lines up to the lone dot, without the dots that were doubled on the way.
async fn body<R: tokio::io::AsyncBufRead + Unpin>(
    lines: &mut tokio::io::Lines<R>,
) -> std::io::Result<String> {
    let mut text = String::new();
    while let Some(line) = lines.next_line().await? {
        if line == "." {
            break;
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
        text.push_str("\r\n");
    }
    Ok(text)
}

fn address(rest: &str) -> String {
    let inside = rest.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or_else(String::new, |(address, _)| address.to_owned())
}
