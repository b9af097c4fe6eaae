//! What strangers' servers and senders may say: made from a seed, the same every time.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Pieces of the grammars, right and wrong.
const WORDS: &[&str] = &[
    "* ",
    "+ ",
    "t1 ",
    "OK ",
    "NO ",
    "BAD ",
    "BYE ",
    "PREAUTH ",
    "[UIDVALIDITY 7] ",
    "[",
    "] ",
    "12 FETCH ",
    "(",
    ")",
    "(((((",
    ")))",
    "UID 7 ",
    "UID 99999999999 ",
    "BODY[] ",
    "BODY[HEADER.FIELDS (MESSAGE-ID)] ",
    "{3}\r\n",
    "{99999999999999999999}\r\n",
    "{0}\r\n",
    "{-1}\r\n",
    "\"quoted\" ",
    "\"open",
    "\\",
    "NIL ",
    "LIST ",
    "\\Sent ",
    "SEARCH ",
    "1 2 3 ",
    "EXISTS",
    "CAPABILITY ",
    "\r\n",
    "\n",
    "\r",
    "\0",
    "INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" ",
    "RFC822.SIZE 4294967296 ",
    "\u{ff}",
    "&AOk-",
    "  ",
    "MAIL FROM:<",
    "RCPT TO:<",
    "a@b",
    ">",
    "DATA\r\n",
    ".\r\n",
    "..",
    "EHLO x\r\n",
    "LHLO x\r\n",
    "RSET\r\n",
    "STARTTLS\r\n",
    "QUIT\r\n",
    "SIZE=1 ",
    "BODY=8BITMIME ",
    "spf=pass ",
    "dkim=pass ",
    "dmarc=fail ",
    "header.d=",
    "header.from=",
    "smtp.mailfrom=",
    "example.com",
    ";",
    "(comment",
    "\\)",
    "mx.provider.example",
    "v=1; ",
    "a=rsa-sha256; ",
    "a=ed25519-sha256; ",
    "c=relaxed/relaxed; ",
    "d=example.com; ",
    "s=s; ",
    "h=from:to:from; ",
    "bh=AAAA; ",
    "b=AAAA",
    "l=0; ",
    "t=99999999999999999999; ",
    "x=1; ",
    "i=1; ",
    "cv=none; ",
    "cv=pass; ",
    "q=dns/txt; ",
    "i=@example.com; ",
];

/// Names of fields about who wrote.
const FIELDS: &[&str] = &[
    "Authentication-Results",
    "DKIM-Signature",
    "ARC-Seal",
    "ARC-Message-Signature",
    "ARC-Authentication-Results",
    "DKIM2-Signature",
    "Received-SPF",
    "From",
    "Received",
    "Sender",
    "Message-Instance",
];

/// Bytes of some words and some noise.
pub fn bytes(random: &mut ChaCha8Rng, most: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..random.random_range(0..most) {
        if random.random_bool(0.9) {
            bytes.extend_from_slice(WORDS[random.random_range(0..WORDS.len())].as_bytes());
        } else {
            let mut noise = [0; 4];
            random.fill_bytes(&mut noise);
            bytes.extend_from_slice(&noise);
        }
    }
    bytes
}

/// What a seed makes.
pub fn of(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// A mail whose fields about its writer are babble.
pub fn mail(seed: u64) -> Vec<u8> {
    let mut random = of(seed);
    let mut raw = Vec::new();
    for _ in 0..random.random_range(1..20) {
        raw.extend_from_slice(FIELDS[random.random_range(0..FIELDS.len())].as_bytes());
        raw.extend_from_slice(b": ");
        raw.extend(
            bytes(&mut random, 20)
                .into_iter()
                .filter(|byte| !matches!(byte, b'\r' | b'\n')),
        );
        raw.extend_from_slice(b"\r\n");
    }
    raw.extend_from_slice(b"From: ada@example.com\r\n\r\nText \r\n \r\n");
    raw
}
