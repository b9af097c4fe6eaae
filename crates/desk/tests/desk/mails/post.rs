//! A post office for these tests: our receiver, one who hands mail over to it, and what came of that.

use std::net::SocketAddr;
use std::sync::Arc;

use desk::mailboxes::{Mailbox, MailboxText};
use desk::mails::receiving::{self, Door, Protocol};
use desk::mails::{self, Mail, jobs};
use desk::tickets::{self, Message, Ticket, TicketId};
use kit::blob::{BlobPlace, Blobs};
use kit::db::{Db, DbError};
use kit::id::Ids;
use kit::jobs::{Jobs, Options};
use tandem_core::actor::Actor;
use testkit::TestDb;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::mailboxes::{create, handed, seal};
use crate::world::World;

pub(crate) struct Post {
    pub(crate) db: Db,
    pub(crate) world: World,
    pub(crate) mailbox: Mailbox,
    door: SocketAddr,
    end: CancellationToken,
}

impl Drop for Post {
    fn drop(&mut self) {
        self.end.cancel();
    }
}

/// Attaches what mails stand on.
pub(crate) fn furnish(db: &TestDb) {
    seal(db);
    let place = BlobPlace::Folder(db.folder.path().join("blobs"));
    let blobs = Blobs::open(&place, db.clock().clone(), Ids::random()).unwrap();
    db.attach(Arc::new(blobs));
}

pub(crate) fn work() -> Jobs {
    let mut work = Jobs::new();
    work.errand(Options::new(), jobs::read);
    work
}

/// Reads everything that waits.
pub(crate) async fn settle(db: &Db) {
    while kit::jobs::run_due(db, &work()).await.unwrap() > 0 {}
}

impl Post {
    pub(crate) async fn open(db: &TestDb) -> Self {
        Self::with(db, handed("help@desk.example")).await
    }

    pub(crate) async fn with(db: &TestDb, text: MailboxText) -> Self {
        furnish(db);
        let world = World::new(db).await;
        let mailbox = create(db, &world.ada, text).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (door, end) = (listener.local_addr().unwrap(), CancellationToken::new());
        let way_in = Door {
            protocol: Protocol::Lmtp,
            host: "desk.example".to_owned(),
            encryption: None,
        };
        let receiver = receiving::serve(db.db.clone(), listener, way_in, end.clone());
        tokio::spawn(receiver);
        Self {
            db: db.db.clone(),
            world,
            mailbox,
            door,
            end,
        }
    }

    /// Hands a mail over; the answers to its recipients, as codes.
    pub(crate) async fn hand(&self, from: &str, to: &[&str], raw: &str) -> Vec<String> {
        let stream = TcpStream::connect(self.door).await.unwrap();
        let (reading, mut writing) = stream.into_split();
        let mut lines = BufReader::new(reading).lines();
        let mut said = Vec::new();
        let mut script = vec![(1, String::new()), (1, "LHLO mx.example\r\n".to_owned())];
        script.push((1, format!("MAIL FROM:<{from}>\r\n")));
        script.extend(to.iter().map(|one| (1, format!("RCPT TO:<{one}>\r\n"))));
        for (_, command) in script {
            writing.write_all(command.as_bytes()).await.unwrap();
            said.push(answer(&mut lines).await);
        }
        if said.iter().skip(3).all(|code| code == "550") {
            return said.split_off(3);
        }
        writing.write_all(b"DATA\r\n").await.unwrap();
        assert_eq!(answer(&mut lines).await, "354");
        let body = raw.replace("\r\n", "\n").replace('\n', "\r\n");
        writing
            .write_all(format!("{body}\r\n.\r\n").as_bytes())
            .await
            .unwrap();
        let mut answers = Vec::new();
        for code in said.split_off(3) {
            answers.push(if code == "250" {
                answer(&mut lines).await
            } else {
                code
            });
        }
        answers
    }

    /// Hands a mail over to the mailbox, has it read, and gives what became of it.
    pub(crate) async fn deliver(&self, raw: &str) -> Mail {
        let answers = self
            .hand("sender@example.com", &[&self.mailbox.address], raw)
            .await;
        assert_eq!(answers, ["250"]);
        settle(&self.db).await;
        self.mails().await.remove(0)
    }

    /// All mails, the newest first.
    pub(crate) async fn mails(&self) -> Vec<Mail> {
        let ada = self.world.ada.clone();
        self.db
            .read(move |tx| mails::list(tx, &ada, None, None, 1_000))
            .await
            .unwrap()
    }

    pub(crate) async fn ticket(&self, id: TicketId) -> (Ticket, Vec<Message>) {
        ticket(&self.db, &self.world.ada, id).await
    }
}

pub(crate) async fn ticket(db: &Db, actor: &Actor, id: TicketId) -> (Ticket, Vec<Message>) {
    let actor = actor.clone();
    db.read(move |tx| {
        let ticket = tickets::find(tx, &actor, id).unwrap().unwrap();
        Ok::<_, DbError>((ticket, tickets::messages(tx, &actor, id, None, 500).unwrap()))
    })
    .await
    .unwrap()
}

type Lines = tokio::io::Lines<BufReader<tokio::net::tcp::OwnedReadHalf>>;

/// The code of an answer, which may have several lines.
async fn answer(lines: &mut Lines) -> String {
    loop {
        let line = lines.next_line().await.unwrap().unwrap();
        if line.as_bytes().get(3) != Some(&b'-') {
            return line[..3].to_owned();
        }
    }
}

/// A mail of Leyla's.
pub(crate) fn letter(id: &str, more: &str, text: &str) -> String {
    format!(
        "Received: from mx.example by desk.example; Mon, 2 Mar 2026 09:00:00 +0000\nFrom: Leyla <leyla@example.com>\nTo: \
         help@desk.example\nSubject: Exports stop\nDate: Mon, 2 Mar 2026 08:00:00 +0000\nMessage-ID: <{id}>\n{more}\n{text}\n"
    )
}
