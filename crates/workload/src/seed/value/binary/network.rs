//! Addresses of networks, and small types of PostgreSQL's own for its innards.

use std::net::{IpAddr, Ipv4Addr};

/// The byte that stands for IPv4; IPv6 has the next one.
const IPV4: u8 = 2;
const IPV6: u8 = 3;

/// Is the binary form of this type known here?
pub(super) fn knows(name: &str) -> bool {
    matches!(
        name,
        "inet"
            | "cidr"
            | "macaddr"
            | "macaddr8"
            | "pg_lsn"
            | "xid"
            | "xid8"
            | "cid"
            | "tid"
            | "jsonpath"
            | "refcursor"
            | "pg_snapshot"
            | "txid_snapshot"
    )
}

/// Writes a value of one of these types. None for a text that is none, or in another notation than PostgreSQL's own.
pub(super) fn write(name: &str, text: &str, out: &mut Vec<u8>) -> Option<()> {
    match name {
        "inet" => write_address(text, Network::No, out)?,
        "cidr" => write_address(text, Network::Yes, out)?,
        "macaddr" => {
            let (bytes, 6) = hex_bytes(text)? else { return None };
            out.extend_from_slice(&bytes[..6]);
        }
        "macaddr8" => match hex_bytes(text)? {
            (bytes, 8) => out.extend_from_slice(&bytes),
            // How one of six bytes becomes one of eight.
            ([a, b, c, d, e, f, ..], 6) => out.extend_from_slice(&[a, b, c, 0xFF, 0xFE, d, e, f]),
            _ => return None,
        },
        "pg_lsn" => {
            let (high, low) = text.split_once('/')?;
            for half in [high, low] {
                out.extend_from_slice(&u32::from_str_radix(half, 16).ok()?.to_be_bytes());
            }
        }
        "xid" | "cid" => out.extend_from_slice(&text.parse::<u32>().ok()?.to_be_bytes()),
        "xid8" => out.extend_from_slice(&text.parse::<u64>().ok()?.to_be_bytes()),
        "tid" => {
            let (block, item) = text.strip_prefix('(')?.strip_suffix(')')?.split_once(',')?;
            out.extend_from_slice(&block.parse::<u32>().ok()?.to_be_bytes());
            out.extend_from_slice(&item.parse::<u16>().ok()?.to_be_bytes());
        }
        "jsonpath" => {
            out.push(super::JSON_VERSION);
            out.extend_from_slice(text.as_bytes());
        }
        "refcursor" => out.extend_from_slice(text.as_bytes()),
        "pg_snapshot" | "txid_snapshot" => write_snapshot(text, out)?,
        _ => return None,
    }
    Some(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Network {
    No,
    Yes,
}

/// `192.168.0.1/24`, `::1`; of networks also `10.1/16`.
fn write_address(text: &str, network: Network, out: &mut Vec<u8>) -> Option<()> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse::<u8>().ok()?)),
        None => (text, None),
    };
    let address: IpAddr = match address.parse() {
        Ok(address) => address,
        Err(_) if network == Network::Yes && bits.is_some() => shortened(address)?.into(),
        Err(_) => return None,
    };
    let (family, most) = match address {
        IpAddr::V4(_) => (IPV4, 32),
        IpAddr::V6(_) => (IPV6, 128),
    };
    let bits = bits.unwrap_or(most);
    if bits > most {
        return None;
    }
    out.extend_from_slice(&[family, bits, u8::from(network == Network::Yes), most / 8]);
    match address {
        IpAddr::V4(address) => out.extend_from_slice(&address.octets()),
        IpAddr::V6(address) => out.extend_from_slice(&address.octets()),
    }
    Some(())
}

/// The first bytes of an address, of which the others are 0.
fn shortened(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut parts = text.split('.');
    for (octet, part) in octets.iter_mut().zip(&mut parts) {
        *octet = part.parse().ok()?;
    }
    parts.next().is_none().then(|| octets.into())
}

/// Up to eight bytes in hexadecimal digits, with any separators, and how many they are.
fn hex_bytes(text: &str) -> Option<([u8; 8], usize)> {
    let mut bytes = [0; 8];
    let mut digits = 0;
    for c in text.bytes() {
        if matches!(c, b':' | b'-' | b'.') {
            continue;
        }
        let digit = u8::try_from(char::from(c).to_digit(16)?).ok()?;
        let byte = bytes.get_mut(digits / 2)?;
        *byte = *byte << 4 | digit;
        digits += 1;
    }
    digits.is_multiple_of(2).then_some((bytes, digits / 2))
}

/// `10:20:10,14,15`
fn write_snapshot(text: &str, out: &mut Vec<u8>) -> Option<()> {
    let mut parts = text.splitn(3, ':');
    let (low, high, running) = (parts.next()?, parts.next()?, parts.next()?);
    let running: Vec<&str> = running.split(',').filter(|it| !it.is_empty()).collect();
    out.extend_from_slice(&super::count(running.len())?);
    for number in [low, high].into_iter().chain(running) {
        out.extend_from_slice(&number.parse::<i64>().ok()?.to_be_bytes());
    }
    Some(())
}
