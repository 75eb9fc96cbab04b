//! Addresses on a network, with the network they are in: `inet` and `cidr`.

use std::cmp::Ordering;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address, and how many of its bits are those of its network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::seed) struct Network {
    /// IPv6, rather than IPv4?
    pub(in crate::seed) is_v6: bool,
    /// The address, its first bit being the highest one here; of IPv4 only the upper 32 bits count.
    pub(in crate::seed) address: u128,
    /// How many bits the network has.
    pub(in crate::seed) bits: u32,
}

impl Network {
    /// Reads `10.0.0.1`, `10.0.0.0/8`, `10/8`, `::1`.
    pub(in crate::seed) fn parse(text: &str) -> Option<Network> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().ok()?)),
            None => (text, None),
        };
        let address = match address.parse::<IpAddr>() {
            Ok(address) => address,
            // The bytes that are left out at the end of a network are 0.
            Err(_) if bits.is_some() => {
                let mut octets = [0; 4];
                let mut parts = address.split('.');
                for (octet, part) in octets.iter_mut().zip(&mut parts) {
                    *octet = part.parse().ok()?;
                }
                parts.next().is_none().then(|| Ipv4Addr::from(octets))?.into()
            }
            Err(_) => return None,
        };
        let network = match address {
            IpAddr::V4(address) => Network {
                is_v6: false,
                address: u128::from(u32::from(address)) << 96,
                bits: bits.unwrap_or(32),
            },
            IpAddr::V6(address) => Network {
                is_v6: true,
                address: address.into(),
                bits: bits.unwrap_or(128),
            },
        };
        (network.bits <= network.width()).then_some(network)
    }

    /// How many bits an address has.
    pub(in crate::seed) fn width(self) -> u32 {
        if self.is_v6 { 128 } else { 32 }
    }

    /// Are all addresses of the other network in this one?
    pub(in crate::seed) fn has(self, other: Network) -> bool {
        self.is_v6 == other.is_v6
            && self.bits <= other.bits
            && first_bits(self.address, self.bits) == first_bits(other.address, self.bits)
    }

    /// Has it an address in common with the other?
    pub(in crate::seed) fn meets(self, other: Network) -> bool {
        self.has(other) || other.has(self)
    }

    /// Its address alone.
    pub(in crate::seed) fn host(self) -> IpAddr {
        match self.is_v6 {
            true => Ipv6Addr::from(self.address).into(),
            false => Ipv4Addr::from((self.address >> 96) as u32).into(),
        }
    }
}

impl Ord for Network {
    /// The family, then the bits that both networks have, then the size of the networks, then the whole address.
    fn cmp(&self, other: &Network) -> Ordering {
        let common = self.bits.min(other.bits);
        let key = |network: &Network| {
            (
                network.is_v6,
                first_bits(network.address, common),
                network.bits,
                network.address,
            )
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Network {
    fn partial_cmp(&self, other: &Network) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// So many bits of an address, and 0 behind them.
pub(in crate::seed) fn first_bits(address: u128, bits: u32) -> u128 {
    match 128_u32
        .checked_sub(bits)
        .and_then(|behind| 1_u128.checked_shl(behind))
    {
        Some(unit) => address & !(unit - 1),
        None => 0,
    }
}
