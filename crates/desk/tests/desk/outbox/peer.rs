//! Another mail server, which does as it is told and remembers what it was given.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What it does with the next mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Takes it.
    Take,
    /// Answers each recipient so.
    AtRecipient(&'static str),
    /// Reads the mail and answers so.
    AtEnd(&'static str),
    /// Reads the mail, keeps it and hangs up without a word.
    Lose,
    /// Reads the mail, keeps it and never answers.
    Hold,
    /// Hangs up before the mail.
    HangUp,
}

/// The server.
#[derive(Clone)]
pub(crate) struct Peer {
    pub(crate) port: u16,
    ways: Arc<Mutex<VecDeque<Way>>>,
    mails: Arc<Mutex<Vec<String>>>,
}

impl Peer {
    /// Does these one after the other, then takes everything.
    pub(crate) async fn new(ways: &[Way]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let peer = Self {
            port: listener.local_addr().unwrap().port(),
            ways: Arc::new(Mutex::new(ways.iter().copied().collect())),
            mails: Arc::default(),
        };
        let served = peer.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let peer = served.clone();
                tokio::spawn(async move { peer.serve(stream).await });
            }
        });
        peer
    }

    /// The mails that it has, in their order.
    pub(crate) fn mails(&self) -> Vec<String> {
        self.mails.lock().unwrap().clone()
    }

    async fn serve(self, stream: TcpStream) -> Option<()> {
        let (reading, mut writing) = stream.into_split();
        let mut lines = BufReader::new(reading).lines();
        let way = self.ways.lock().unwrap().pop_front().unwrap_or(Way::Take);
        writing.write_all(b"220 peer\r\n").await.ok()?;
        loop {
            let line = lines.next_line().await.ok()??;
            let answer = match line.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => "250-peer\r\n250 SIZE 30000000",
                "RCPT" => match way {
                    Way::AtRecipient(answer) => answer,
                    _ => "250 2.1.5 Ok",
                },
                "DATA" if way == Way::HangUp => return None,
                "DATA" => {
                    writing.write_all(b"354 go on\r\n").await.ok()?;
                    let mut mail = String::new();
                    loop {
                        let line = lines.next_line().await.ok()??;
                        if line == "." {
                            break;
                        }
                        mail.push_str(&line);
                        mail.push('\n');
                    }
                    match way {
                        Way::AtEnd(answer) => answer,
                        way => {
                            self.mails.lock().unwrap().push(mail);
                            match way {
                                Way::Lose => return None,
                                Way::Hold => {
                                    tokio::time::sleep(Duration::from_secs(60)).await;
                                    return None;
                                }
                                _ => "250 2.0.0 Ok: queued",
                            }
                        }
                    }
                }
                "QUIT" => {
                    writing.write_all(b"221 bye\r\n").await.ok()?;
                    return None;
                }
                _ => "250 2.0.0 Ok",
            };
            writing.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        }
    }
}
