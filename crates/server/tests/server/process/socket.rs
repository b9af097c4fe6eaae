//! Peers that do not know how to behave get an answer, and the next one is served as before.

use testkit::program::say;

use super::on_sqlite;

#[test]
fn a_program_that_sends_the_wrong_thing_gets_a_numbered_problem() {
    let program = on_sqlite().with("body_limit", "1KiB");
    let token = program.token();
    let node = program.serve();
    let post = |headers: &str, body: &str| {
        let request = format!(
            "POST /api/v1/accounts HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\
             authorization: Bearer {token}\r\n{headers}\r\n{body}"
        );
        say(node.address, request.as_bytes()).unwrap()
    };
    let json = "content-type: application/json\r\n";
    let large = format!(r#"{{"name":"{}"}}"#, "x".repeat(2_000));
    let cases = [
        (post(&format!("{json}content-length: 5\r\n"), "{\"na!"), 400),
        (
            post(&format!("{json}content-length: 12\r\n"), "{\"nome\":\"A\"}"),
            422,
        ),
        (
            post(&format!("{json}content-length: {}\r\n", large.len()), &large),
            413,
        ),
        (
            post(
                &format!("{json}transfer-encoding: chunked\r\n"),
                &format!("{:x}\r\n{large}\r\n0\r\n\r\n", large.len()),
            ),
            413,
        ),
        (
            post("content-type: text/plain\r\ncontent-length: 2\r\n", "{}"),
            415,
        ),
        (
            say(
                node.address,
                b"GET /no/such/place HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n",
            )
            .unwrap(),
            404,
        ),
    ];
    for (answer, status) in cases {
        assert_eq!(answer.status, status, "{}\n{}", answer.head, answer.body);
        assert!(
            answer.head.contains("application/problem+json"),
            "{}\n{}",
            answer.head,
            answer.body
        );
        assert!(answer.head.contains("x-request-id"), "{}", answer.head);
    }
    assert_eq!(node.add_account("Acme", &token).unwrap().status, 201);
}

#[test]
fn broken_and_oversized_requests_get_clear_answers_and_harm_nobody() {
    let program = on_sqlite().with("body_limit", "64KiB");
    let node = program.serve();
    let head = "POST /sign-in/none HTTP/1.1\r\nhost: test\r\nconnection: close\r\n";
    let form = "content-type: application/x-www-form-urlencoded\r\n";
    let large = "x".repeat(100_000);
    let cases: [(&str, Vec<u8>, std::ops::Range<u16>); 8] = [
        ("noise", vec![0xff; 4_096], 400..401),
        ("no host, no version", b"GET /\r\n\r\n".to_vec(), 400..401),
        (
            "an endless header",
            format!("GET / HTTP/1.1\r\nhost: {}\r\n\r\n", large.repeat(10)).into_bytes(),
            400..432,
        ),
        (
            "an endless path",
            format!("GET /{large} HTTP/1.1\r\nhost: t\r\n\r\n").into_bytes(),
            400..432,
        ),
        (
            "two lengths",
            format!("{head}content-length: 1\r\ncontent-length: 2\r\n\r\nab").into_bytes(),
            400..401,
        ),
        (
            "a body over the limit",
            format!("{head}{form}content-length: 100000\r\n\r\n{large}").into_bytes(),
            413..414,
        ),
        (
            "a body over the limit in pieces",
            format!("{head}{form}transfer-encoding: chunked\r\n\r\n186a0\r\n{large}\r\n0\r\n\r\n")
                .into_bytes(),
            413..414,
        ),
        (
            "a field that is no text",
            format!("{head}{form}content-length: 3\r\n\r\n%ff").into_bytes(),
            400..500,
        ),
    ];
    for (name, bytes, expected) in cases {
        let answer = say(node.address, &bytes).unwrap();
        assert!(expected.contains(&answer.status), "{name}: {}", answer.head);
    }
    assert_eq!(node.get("/readyz", "").status, 200);
}
