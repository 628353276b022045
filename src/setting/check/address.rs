//! IPv4 addresses of one host. Octets are checked one by one, since the guide's own example is none
//! (E20), and special ranges are refused by name. Whether the address resolves or is free is not
//! asked here.

use std::net::Ipv4Addr;

use crate::problem::codes;
use crate::setting::Fault;
use crate::setting::fault::shown;

/// The IPv4 address of one host, each octet checked: the guide's own example is none (E20).
pub fn ipv4(text: &str) -> Result<Ipv4Addr, Fault> {
    let remedy =
        "write the address of the logical host as four numbers from 0 to 255, such as 192.0.2.10";
    let fail = |what: String| Err(Fault::new(codes::SETTING_ADDRESS, what, remedy));
    let parts: Vec<&str> = text.split('.').collect();

    if parts.len() != 4 {
        return fail(format!(
            "{} is not an IPv4 address: it has {} part(s), not four",
            shown(text),
            parts.len()
        ));
    }

    let mut octets = [0u8; 4];
    for (index, part) in parts.iter().enumerate() {
        let digits =
            !part.is_empty() && part.len() <= 9 && part.chars().all(|c| c.is_ascii_digit());
        if !digits {
            return fail(format!(
                "{} is not an IPv4 address: octet {} is {}",
                shown(text),
                index + 1,
                shown(part)
            ));
        }

        if part.len() > 1 && part.starts_with('0') {
            return fail(format!(
                "{} is not an IPv4 address: octet {} begins with 0, which some programs read as \
                 octal",
                shown(text),
                index + 1
            ));
        }

        match part.parse() {
            Ok(octet) => octets[index] = octet,
            Err(_) => {
                return fail(format!(
                    "{} is not an IPv4 address: octet {} is {part}, more than 255 (E20)",
                    shown(text),
                    index + 1
                ));
            }
        }
    }

    let address = Ipv4Addr::from(octets);
    match special(address) {
        Some(what) => fail(format!("{address} is {what}, not the address of one host")),
        None => Ok(address),
    }
}

fn special(address: Ipv4Addr) -> Option<&'static str> {
    match address.octets() {
        [0, ..] => Some("in network 0, 'this network'"),
        [127, ..] => Some("a loopback address"),
        [224..=239, ..] => Some("a multicast address"),
        [255, 255, 255, 255] => Some("the broadcast address"),
        [240..=255, ..] => Some("in the reserved range 240 to 255"),
        _ => None,
    }
}
