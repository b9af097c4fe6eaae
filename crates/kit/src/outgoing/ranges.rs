//! Which addresses are the public internet's. Everything else is somebody's own network or has a special purpose (IANA
//! registries of special-purpose addresses, RFC 6890).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Ranges of IPv4 that are not public: address and length of the prefix.
const NOT_PUBLIC_4: &[([u8; 4], u32)] = &[
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 3),
];

/// Ranges within the global unicast addresses of IPv6 (2000::/3) that lead somewhere else: Teredo and other protocols,
/// documentation, 6to4.
const NOT_PUBLIC_6: &[([u16; 2], u32)] = &[
    ([0x2001, 0], 23),
    ([0x2001, 0xdb8], 32),
    ([0x2002, 0], 16),
    ([0x3fff, 0], 20),
];

/// Whether `address` is one of the public internet. An IPv4 address inside an IPv6 one counts as what it leads to.
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_4(address),
        IpAddr::V6(address) => is_public_6(address),
    }
}

fn is_public_4(address: Ipv4Addr) -> bool {
    let number = u32::from(address);
    !NOT_PUBLIC_4.iter().any(|(range, length)| {
        let mask = u32::MAX << (32 - length);
        number & mask == u32::from_be_bytes(*range) & mask
    })
}

fn is_public_6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let beginning = u32::from(first) << 16 | u32::from(second);
    let is_global = first & 0xe000 == 0x2000;
    is_global
        && !NOT_PUBLIC_6.iter().any(|(range, length)| {
            let mask = u32::MAX << (32 - length);
            beginning & mask == (u32::from(range[0]) << 16 | u32::from(range[1])) & mask
        })
}
