//! Ending: asked to, it finishes what it is in the middle of; killed, it has lost nothing that it answered.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use testkit::on_both;
use testkit::program::{Answer, Node, until};

use super::{id, on};
use crate::world::LISTS;

/// A request whose handler waits for the second half of its body.
struct Unfinished {
    stream: TcpStream,
    rest: &'static str,
}

impl Unfinished {
    fn begin(node: &Node, token: &str) -> Self {
        let mut stream = TcpStream::connect(node.address).unwrap();
        let (first, rest) = (r#"{"name":"#, r#""Unfinished business"}"#);
        write!(
            stream,
            "POST /api/v1/accounts HTTP/1.1\r\nhost: test\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
            first.len() + rest.len()
        )
        .unwrap();
        // The server asks for the body once the handler waits for it.
        let mut line = String::new();
        let mut lines = BufReader::new(stream.try_clone().unwrap());
        lines.read_line(&mut line).unwrap();
        assert!(line.starts_with("HTTP/1.1 100"), "{line}");
        lines.read_line(&mut line).unwrap();
        stream.write_all(first.as_bytes()).unwrap();
        Self { stream, rest }
    }

    fn finish(mut self) -> Answer {
        self.stream.write_all(self.rest.as_bytes()).unwrap();
        Answer::read(self.stream).unwrap()
    }
}

on_both! { LISTS;
    async fn asked_to_end_it_finishes_a_request_and_lets_live_streams_go(db: TestDb) {
        let program = on(&db);
        let token = program.token();
        let mut node = program.serve();
        let mut stream = node.live(&token, None);
        let request = Unfinished::begin(&node, &token);
        node.terminate();
        node.wait_for("draining");
        assert!(!stream.names("never said"), "the stream ends");
        until("a closed door", || TcpStream::connect(node.address).is_err().then_some(()));
        let answer = request.finish();
        assert_eq!(answer.status, 201, "{}", answer.body);
        assert_eq!(node.end().code(), Some(0));
        assert!(node.log().contains(" drained"), "{}", node.log());

        let again = program.serve();
        let found = again.get(&format!("/api/v1/accounts/{}", id(&answer.body)), &token);
        assert_eq!(found.status, 200);
    }

    async fn a_request_that_outlasts_the_drain_is_cut_off(db: TestDb) {
        let program = on(&db).with("drain", "200ms");
        let token = program.token();
        let mut node = program.serve();
        let _request = Unfinished::begin(&node, &token);
        node.terminate();
        assert_eq!(node.end().code(), Some(0));
        assert!(node.log().contains("before everything had finished"), "{}", node.log());
    }

    async fn killed_at_any_moment_it_has_kept_everything_it_answered(db: TestDb) {
        let program = on(&db);
        let token = program.token();
        let mut answered = Vec::new();
        for round in 1..=3 {
            let mut node = program.serve();
            let (address, token) = (node.address, token.clone());
            let (tell, told) = std::sync::mpsc::channel();
            let clients: Vec<_> = (0..4).map(|client| {
                let (tell, token) = (tell.clone(), token.clone());
                std::thread::spawn(move || {
                    for number in 0.. {
                        let body = format!(r#"{{"name":"Account {round} {client} {number}"}}"#);
                        match testkit::program::post(address, "/api/v1/accounts", &token, &body) {
                            Ok(answer) if answer.status == 201 => tell.send(id(&answer.body)).unwrap(),
                            Ok(answer) => panic!("{}: {}", answer.status, answer.body),
                            Err(_) => return,
                        }
                    }
                })
            }).collect();
            drop(tell);
            answered.extend(told.iter().take(25 * round));
            node.kill();
            answered.extend(told.iter());
            clients.into_iter().for_each(|client| client.join().unwrap());
        }
        let node = program.serve();
        for id in &answered {
            assert_eq!(node.get(&format!("/api/v1/accounts/{id}"), &token).status, 200, "{id}");
        }
    }
}
