//! What the tour needs of the doors, made as people make it: an authenticator that is asked for, and a link that chooses a
//! new password, from the letter in which it comes.

use ring::hmac;
use tokio::runtime::{Builder, Runtime};

use crate::postbox::unfolded;
use crate::program::{Answer, Node, say, until};
use crate::smtp::Smtp;

/// Who has lost their password.
const LOST: &str = "ruth.abrahams@fernweh.example";
/// Where the letter's link leads.
const RESET: &str = "/sign-in/password/";
/// The step of the codes in seconds (RFC 6238).
const STEP: u64 = 30;

/// The mail server of a stage, with what keeps it going.
#[derive(Debug)]
pub(super) struct PostOffice {
    smtp: Smtp,
    _runtime: Runtime,
}

impl PostOffice {
    /// Opens one.
    pub(super) fn open() -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let smtp = runtime.block_on(Smtp::start());
        Self {
            smtp,
            _runtime: runtime,
        }
    }

    /// Its address, as the program's setting takes it.
    pub(super) fn url(&self) -> &str {
        self.smtp.url()
    }

    /// Asks `node` for a new password and gives the link of the letter.
    pub(super) fn reset_link(&self, node: &Node) -> String {
        let form = format!("email={}&want=password", LOST.replace('@', "%40"));
        send(node, "POST /sign-in/help", "", Some(&form));
        let text = until("the letter with the link", || {
            let letters = self.smtp.taken();
            let mut texts = letters.iter().map(|letter| unfolded(&letter.text));
            texts.find(|text| text.contains(RESET))
        });
        let secret = text.split(RESET).nth(1).unwrap_or_default();
        let secret: String = secret.chars().take_while(|c| !c.is_whitespace()).collect();
        format!("http://{}{RESET}{secret}", node.address)
    }
}

/// Switches the second step on for the second agent whom the link of the sample data lets in; gives the authenticator's key.
pub(super) fn second_step(node: &Node, link: &str) -> Vec<u8> {
    let path = link.splitn(4, '/').nth(3).unwrap_or_default();
    let choice = send(node, &format!("GET /{path}"), "", None);
    let agent = between(&choice.body, "name=\"agent\" value=\"", "\"", 1);
    let entered = send(
        node,
        &format!("POST /{path}"),
        "",
        Some(&format!("agent={agent}")),
    );
    let cookie = cookie(&entered);
    let enrolment = "/settings/security/authenticator";
    send(
        node,
        &format!("POST {enrolment}/beginning"),
        &cookie,
        Some("present="),
    );
    let shown = send(node, &format!("GET {enrolment}"), &cookie, None);
    let key = key(&between(&shown.body, "tabindex=\"0\"><code>", "</code>", 0));
    // The code of the step before: the one of now is for whoever comes in with it.
    let code = code(&key, now() / STEP - 1);
    let done = send(
        node,
        &format!("POST {enrolment}"),
        &cookie,
        Some(&format!("code={code}")),
    );
    assert!(
        done.body.contains("recovery-codes"),
        "{}: {}",
        done.status,
        done.body
    );
    key
}

/// The code that an authenticator with this key shows now.
pub(super) fn code_now(key: &[u8]) -> String {
    code(key, now() / STEP)
}

#[expect(
    clippy::disallowed_methods,
    reason = "an authenticator looks at the clock on the wall"
)]
fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

/// Sends a page's request or a form, as a browser with this cookie does.
fn send(node: &Node, line: &str, cookie: &str, form: Option<&str>) -> Answer {
    let address = node.address;
    let (body, kind) = match form {
        Some(form) => (form, "content-type: application/x-www-form-urlencoded\r\n"),
        None => ("", ""),
    };
    let request = format!(
        "{line} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\naccept: text/html\r\nsec-fetch-site: same-origin\r\n\
         cookie: {cookie}\r\n{kind}content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = say(address, request.as_bytes()).expect("an answer");
    assert!(answer.status < 400, "{line}: {} {}", answer.status, answer.body);
    answer
}

/// The session's cookie of an answer, as it is sent back.
fn cookie(answer: &Answer) -> String {
    let set = answer
        .head
        .lines()
        .filter_map(|line| line.strip_prefix("set-cookie:"));
    let mut pairs = set.filter_map(|line| line.trim().split(';').next());
    let found = pairs.find(|pair| pair.starts_with("tandem=") && *pair != "tandem=");
    found
        .unwrap_or_else(|| panic!("no session in {}", answer.head))
        .to_owned()
}

/// What stands after the `place`th `before` up to `after`.
fn between(text: &str, before: &str, after: &str, place: usize) -> String {
    let found = text
        .split(before)
        .nth(place + 1)
        .and_then(|rest| rest.split(after).next());
    found
        .unwrap_or_else(|| panic!("no {before} in {text}"))
        .to_owned()
}

/// The bytes of a key as people type it: base 32 (RFC 4648) in groups.
fn key(written: &str) -> Vec<u8> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u64, 0);
    let digits = written.bytes().filter_map(|digit| match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'2'..=b'7' => Some(digit - b'2' + 26),
        _ => None,
    });
    for digit in digits {
        bits = bits << 5 | u64::from(digit);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held).expect("eight bits are left"));
            bits &= (1_u64 << held) - 1;
        }
    }
    bytes
}

/// The code of one step (RFC 4226, section 5.3).
fn code(key: &[u8], step: u64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let digest = tag.as_ref();
    let from = usize::from(digest[19] & 0x0f);
    let four: [u8; 4] = digest[from..from + 4]
        .try_into()
        .expect("the place is below sixteen");
    format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_the_rfc_for_a_key_as_it_is_written() {
        let key = key("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(key, b"12345678901234567890");
        assert_eq!(code(&key, 59 / STEP), "287082");
        assert_eq!(code(&key, 1_111_111_109 / STEP), "081804");
    }
}
