//! Who asks, and under which number: client address, request id, trace id.
//!
//! What a peer says about these is believed only when the peer is a trusted proxy; anybody else
//! could write another's address into our records or make two requests look like one.

use std::net::IpAddr;

use axum::http::HeaderMap;

use crate::config::Network;

/// The number of a request in logs, answers and error pages: 1 to 128 letters, digits or `-_.`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

/// The trace a request belongs to (W3C Trace Context): 32 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceId(pub String);

/// The address of the client itself, past the trusted proxies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// All three together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) request_id: RequestId,
    pub(super) trace_id: TraceId,
    pub(super) client: ClientAddress,
}

impl Identity {
    /// Reads the identity of a request that came from `peer`; what is missing is made from `number`.
    pub(super) fn read(headers: &HeaderMap, peer: IpAddr, trusted: &[Network], number: u128) -> Self {
        let is_trusted = trusted.iter().any(|network| network.contains(peer));
        let believed = |name: &str| {
            headers
                .get(name)
                .filter(|_| is_trusted)
                .and_then(|value| value.to_str().ok())
        };
        let own = format!("{number:032x}");
        Self {
            request_id: RequestId(
                believed("x-request-id")
                    .filter(|id| is_safe(id))
                    .map_or_else(|| own.clone(), str::to_owned),
            ),
            trace_id: TraceId(
                believed("traceparent")
                    .and_then(trace_id)
                    .map_or(own, str::to_owned),
            ),
            client: ClientAddress(if is_trusted {
                beyond_proxies(headers, peer, trusted)
            } else {
                peer
            }),
        }
    }
}

/// Whether an id can stand in a log line and a page as it is.
fn is_safe(id: &str) -> bool {
    (1..=128).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// The trace id of a `traceparent` header (W3C Trace Context, section 3.2): `version-trace-parent-flags`.
fn trace_id(header: &str) -> Option<&str> {
    let mut parts = header.split('-');
    let (version, trace, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    // Version 00 ends here; a later one may go on, and ff is forbidden.
    let ends_right = version != "00" || parts.next().is_none();
    let is_valid = is_hex(version, 2)
        && version != "ff"
        && ends_right
        && is_hex(trace, 32)
        && is_hex(parent, 16)
        && is_hex(flags, 2)
        && [trace, parent]
            .iter()
            .all(|id| id.bytes().any(|digit| digit != b'0'));
    is_valid.then_some(trace)
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// The last address in `x-forwarded-for` that is not a trusted proxy: everything before it was
/// written by somebody whose word does not count. An unreadable entry ends the search.
fn beyond_proxies(headers: &HeaderMap, peer: IpAddr, trusted: &[Network]) -> IpAddr {
    let mut client = peer;
    let lines: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    for entry in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Ok(address) = entry.trim().parse::<IpAddr>() else {
            break;
        };
        client = address.to_canonical();
        if !trusted.iter().any(|network| network.contains(address)) {
            break;
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Value;

    const TRACE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    fn read(peer: &str, pairs: &[(&'static str, &str)]) -> Identity {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        let trusted = Vec::<Network>::parse("10.0.0.0/8").unwrap();
        Identity::read(&headers, peer.parse().unwrap(), &trusted, 7)
    }

    #[test]
    fn a_stranger_names_neither_its_request_nor_its_address() {
        let said = [
            ("x-request-id", "abc"),
            ("traceparent", TRACE),
            ("x-forwarded-for", "203.0.113.9"),
        ];
        let identity = read("192.0.2.1", &said);
        assert_eq!(identity.request_id.0, "00000000000000000000000000000007");
        assert_eq!(identity.trace_id.0, identity.request_id.0);
        assert_eq!(identity.client.0.to_string(), "192.0.2.1");
    }

    #[test]
    fn a_trusted_proxy_is_believed() {
        let said = [
            ("x-request-id", "abc-1"),
            ("traceparent", TRACE),
            ("x-forwarded-for", "203.0.113.9"),
        ];
        let identity = read("10.1.1.1", &said);
        assert_eq!(identity.request_id.0, "abc-1");
        assert_eq!(identity.trace_id.0, "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_eq!(identity.client.0.to_string(), "203.0.113.9");
    }

    #[test]
    fn the_client_is_the_last_address_that_no_trusted_proxy_has() {
        let client = |said: &[(&'static str, &str)]| read("10.1.1.1", said).client.0.to_string();
        assert_eq!(
            client(&[("x-forwarded-for", "1.1.1.1, 203.0.113.9, 10.2.2.2")]),
            "203.0.113.9"
        );
        assert_eq!(
            client(&[
                ("x-forwarded-for", "203.0.113.9"),
                ("x-forwarded-for", "10.2.2.2")
            ]),
            "203.0.113.9"
        );
        assert_eq!(
            client(&[("x-forwarded-for", "1.1.1.1, unknown, 10.2.2.2")]),
            "10.2.2.2"
        );
        assert_eq!(client(&[]), "10.1.1.1");
    }

    #[test]
    fn an_id_that_could_forge_a_log_line_is_replaced() {
        let long = "a".repeat(129);
        for id in ["", "a b", "a\"b", "<b>", long.as_str()] {
            assert_eq!(
                read("10.1.1.1", &[("x-request-id", id)]).request_id.0.len(),
                32,
                "{id}"
            );
        }
    }

    #[test]
    fn a_malformed_trace_starts_a_new_one() {
        for header in [
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        ] {
            assert_eq!(trace_id(header), None, "{header}");
        }
        assert!(trace_id("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more").is_some());
    }
}
