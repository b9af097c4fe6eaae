//! Makes mail that nobody should send: a generator of odd structures and a mutator of whatever it is given.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// One malformed mail; the same seed always makes the same.
pub fn mail(seed: u64) -> Vec<u8> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut raw = Vec::new();
    let depth = rng.random_range(0..4);
    header(&mut rng, &mut raw);
    part(&mut rng, &mut raw, depth);
    for _ in 0..rng.random_range(0..12) {
        mutate(&mut rng, &mut raw);
    }
    raw
}

const NAMES: &[&str] = &[
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Reply-To",
    "Sender",
    "Received",
    "Auto-Submitted",
    "List-Id",
    "Return-Path",
    "X-Mailer",
    "MIME-Version",
    "Content-ID",
    "Precedence",
    "Thread-Index",
];

const VALUES: &[&str] = &[
    "Ada <ada@example.com>",
    "=?utf-8?B?xbw=?= <z@example.com>",
    "=?utf-8?Q?=C5",
    "\"unclosed <a@b.example",
    "<>",
    "Thu, 32 Foo 20x6 99:99:99 +9999",
    "Fri, 1 Jan 2050 00:00:00 +0000",
    "<a@b> <c@d> <",
    "Re: Re: =?x?q?y?=",
    "a@b.example, c@d.example; e",
    "undisclosed-recipients:;",
    "\u{1}\u{2}\0",
    "żółć",
    "=?utf-7?Q?+AGE-?=",
    "auto-replied (vacation)",
    "(comment (nested (deep",
    "group: a@b, c@d;, \"x\\",
    "1.0",
];

const TYPES: &[&str] = &[
    "text/plain; charset=utf-8",
    "text/plain; charset=iso-2022-jp",
    "text/plain; charset=\"nonsense\"",
    "text/html; charset=windows-1251",
    "text/plain; charset=utf-16; format=flowed; delsp=yes",
    "text/calendar",
    "message/rfc822",
    "message/delivery-status",
    "application/ms-tnef; name=winmail.dat",
    "image/png; name*0*=x''%",
    "application/pkcs7-mime; smime-type=enveloped-data",
    "text",
    "/",
    ";;;",
    "message/feedback-report",
];

const ENCODINGS: &[&str] = &[
    "base64",
    "quoted-printable",
    "7bit",
    "8bit",
    "x-uuencode",
    "nonsense",
    "BASE64 ",
];

const BODIES: &[&str] = &[
    "Hello\r\n\r\nOn Mon, Ada wrote:\r\n> hi\r\n",
    "SGVsbG8=\r\n",
    "=C5=BC=\r\n=",
    "<div><p>Hi<blockquote>old",
    "begin 644 x\n#0V%T\n`\nend\n",
    "\0\0\u{feff}\0",
    "-- \r\nsignature",
    "----boundary\r\n",
    "",
    "\u{1b}$B%F\u{1b}(B",
    "Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n",
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n",
    "x\u{9f}\u{78}\u{3e}\u{22}",
];

fn pick<'a>(rng: &mut ChaCha8Rng, list: &[&'a str]) -> &'a str {
    list[rng.random_range(0..list.len())]
}

fn header(rng: &mut ChaCha8Rng, raw: &mut Vec<u8>) {
    for _ in 0..rng.random_range(0..15) {
        let end = if rng.random_bool(0.9) { "\r\n" } else { "\n" };
        let fold = if rng.random_bool(0.1) { "\r\n \t" } else { "" };
        let (name, value) = (pick(rng, NAMES), pick(rng, VALUES));
        raw.extend_from_slice(format!("{name}:{fold} {value}{end}").as_bytes());
    }
}

fn part(rng: &mut ChaCha8Rng, raw: &mut Vec<u8>, depth: usize) {
    if depth > 0 {
        let kind = pick(
            rng,
            &[
                "mixed",
                "alternative",
                "related",
                "report",
                "digest",
                "signed",
                "encrypted",
                "odd",
            ],
        );
        let boundary = format!("b{}", rng.random_range(0..5));
        let named = if rng.random_bool(0.9) {
            boundary.clone()
        } else {
            "other".into()
        };
        raw.extend_from_slice(
            format!("Content-Type: multipart/{kind}; boundary=\"{named}\"\r\n\r\n").as_bytes(),
        );
        for _ in 0..rng.random_range(0..5) {
            raw.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
            if rng.random_bool(0.2) {
                header(rng, raw);
            }
            part(rng, raw, depth - 1);
        }
        if rng.random_bool(0.8) {
            raw.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        }
        return;
    }
    let (media, encoding) = (pick(rng, TYPES), pick(rng, ENCODINGS));
    if rng.random_bool(0.9) {
        raw.extend_from_slice(format!("Content-Type: {media}\r\n").as_bytes());
    }
    if rng.random_bool(0.6) {
        raw.extend_from_slice(format!("Content-Transfer-Encoding: {encoding}\r\n").as_bytes());
    }
    if rng.random_bool(0.95) {
        raw.extend_from_slice(b"\r\n");
    }
    for _ in 0..rng.random_range(0..20) {
        let body = pick(rng, BODIES);
        raw.extend_from_slice(body.as_bytes());
    }
}

/// Changes something anywhere.
pub fn mutate(rng: &mut ChaCha8Rng, raw: &mut Vec<u8>) {
    if raw.is_empty() {
        return;
    }
    let at = rng.random_range(0..raw.len());
    let length = rng.random_range(0..200).min(raw.len() - at);
    match rng.random_range(0..8) {
        0 => raw[at] = rng.random(),
        1 => raw.insert(at, rng.random()),
        2 => {
            raw.drain(at..at + length);
        }
        3 => {
            let copy = raw[at..at + length].to_vec();
            let to = rng.random_range(0..raw.len());
            raw.splice(to..to, copy);
        }
        4 => raw.truncate(at),
        5 => {
            let noise: Vec<u8> = (0..length).map(|_| rng.random()).collect();
            raw.splice(at..at, noise);
        }
        6 => raw.retain(|byte| *byte != b'\r'),
        _ => {
            let mut piece = vec![0; 8];
            rng.fill_bytes(&mut piece);
            raw.splice(at..at, piece.repeat(20));
        }
    }
}
