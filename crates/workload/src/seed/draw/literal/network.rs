//! Addresses of networks.

use std::fmt::Write as _;

use crate::seed::allowed::Networks;
use crate::seed::value::{Network as Address, first_bits};

/// A type of addresses.
#[derive(Clone, Copy, Debug)]
pub(super) enum Network {
    Inet,
    Cidr,
    Mac,
    Mac8,
}

/// Addresses of which not all are allowed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounded {
    /// The network that they are in, with the bits of it that all have.
    base: Address,
    /// How many bits the network of an address has.
    mask: u32,
    /// Is an address one of a network, without any bits behind these?
    is_network: bool,
}

/// Networks that addresses are taken from, the first that is allowed.
const BASES: [&str; 12] = [
    "10.0.0.0/8",
    "192.168.0.0/16",
    "172.16.0.0/12",
    "100.64.0.0/10",
    "198.18.0.0/15",
    "203.0.113.0/24",
    "81.0.0.0/8",
    "0.0.0.0/0",
    "fd00::/8",
    "2001:db8::/32",
    "2a02::/16",
    "::/0",
];

impl Bounded {
    /// Those of a type of that name which are allowed; none where all are, or where nothing is found that is.
    pub(super) fn of(name: &str, allowed: &Networks) -> Option<Bounded> {
        if *allowed == Networks::default() || !matches!(name, "inet" | "cidr") {
            return None;
        }
        let is_network = name == "cidr";
        let outside: Vec<Address> = allowed
            .outside
            .iter()
            .filter_map(|text| Address::parse(text))
            .collect();
        let within = allowed.within.as_deref().and_then(Address::parse);
        let candidates = within
            .into_iter()
            .chain(BASES.iter().filter_map(|text| Address::parse(text)));
        let base = candidates
            .filter(|base| allowed.is_v6.is_none_or(|is_v6| is_v6 == base.is_v6))
            .filter(|base| allowed.mask.least.is_none_or(|least| least <= base.width()))
            .filter(|base| within.is_none_or(|within| within.has(*base)))
            .find(|base| !outside.iter().any(|other| other.meets(*base)))?;
        let usual = match (is_network, base.is_v6) {
            (false, _) => base.width(),
            (true, false) => 24.max(base.bits),
            (true, true) => 48.max(base.bits),
        };
        let mask = usual
            .min(allowed.mask.most.unwrap_or(u32::MAX))
            .max(allowed.mask.least.unwrap_or(0))
            .min(base.width());
        let bits = if is_network {
            base.bits.min(mask)
        } else {
            base.bits
        };
        Some(Bounded {
            base: Address {
                address: first_bits(base.address, bits),
                bits,
                ..base
            },
            mask,
            is_network,
        })
    }

    pub(super) fn capacity(self) -> Option<u64> {
        1_u64
            .checked_shl(self.free())
            .filter(|count| *count <= 1 << 60)
            .map(|count| count - u64::from(count > 2 && !self.is_network))
    }

    /// How many bits can be chosen.
    fn free(self) -> u32 {
        let end = if self.is_network {
            self.mask
        } else {
            self.base.width()
        };
        end - self.base.bits.min(end)
    }

    pub(super) fn write(self, number: u64, out: &mut String) {
        let end = if self.is_network {
            self.mask
        } else {
            self.base.width()
        };
        // The first address of a network is the network's own.
        let number = u128::from(number) + u128::from(self.free() > 1 && !self.is_network);
        let address = Address {
            address: self.base.address | number.checked_shl(128 - end).unwrap_or(0),
            ..self.base
        };
        let _ = match self.mask {
            mask if mask == self.base.width() && !self.is_network => write!(out, "{}", address.host()),
            mask => write!(out, "{}/{mask}", address.host()),
        };
    }
}

/// Addresses in `10.0.0.0/8`, without its first.
const HOSTS: u64 = (1 << 24) - 1;

/// Networks `10.x.y.0/24`.
const NETWORKS: u64 = 1 << 16;

impl Network {
    pub(super) fn of(name: &str) -> Option<Network> {
        Some(match name {
            "inet" => Network::Inet,
            "cidr" => Network::Cidr,
            "macaddr" => Network::Mac,
            "macaddr8" => Network::Mac8,
            _ => return None,
        })
    }

    pub(super) fn capacity(self) -> Option<u64> {
        match self {
            Network::Inet => None,
            Network::Cidr => Some(NETWORKS + (1 << 40)),
            Network::Mac => Some(1 << 40),
            Network::Mac8 => Some(1 << 56),
        }
    }

    /// Writes the one of a number: of the private ranges of IPv4 first, then of IPv6; of addresses that are given locally.
    pub(super) fn write(self, number: u64, out: &mut String) {
        // Writing into a string cannot fail.
        let _ = match self {
            Network::Inet if number < HOSTS => {
                let host = number + 1;
                write!(out, "10.{}.{}.{}", host >> 16, host >> 8 & 255, host & 255)
            }
            Network::Inet => {
                let rest = number - HOSTS + 1;
                write!(
                    out,
                    "fd00::{:x}:{:x}:{:x}:{:x}",
                    rest >> 48,
                    rest >> 32 & 0xffff,
                    rest >> 16 & 0xffff,
                    rest & 0xffff
                )
            }
            Network::Cidr if number < NETWORKS => write!(out, "10.{}.{}.0/24", number >> 8, number & 255),
            Network::Cidr => {
                let rest = number - NETWORKS;
                write!(
                    out,
                    "fd{:02x}:{:x}:{:x}::/48",
                    rest >> 32 & 255,
                    rest >> 16 & 0xffff,
                    rest & 0xffff
                )
            }
            Network::Mac | Network::Mac8 => {
                let octets = if matches!(self, Network::Mac) { 5 } else { 7 };
                let mut written = write!(out, "02");
                for place in (0..octets).rev() {
                    written = write!(out, ":{:02x}", number >> (8 * place) & 255);
                }
                written
            }
        };
    }
}
