//! The CRC and length that cksum(1) prints, computed here and read from its output: the only
//! checksum that every Solaris 8 has. It tells an edited file from an untouched one and is no proof
//! against forgery; the identity of an operation is a SHA-256, in `op::identity`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What cksum(1) prints of a file: CRC and length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sum {
    pub crc: u32,
    pub len: u64,
}

impl Sum {
    /// The sum of `bytes` as cksum(1) of POSIX computes it.
    pub fn of(bytes: &[u8]) -> Self {
        let mut crc = 0u32;
        for &byte in bytes {
            crc = step(crc, byte);
        }
        let mut rest = bytes.len() as u64;
        while rest != 0 {
            crc = step(crc, (rest & 0xff) as u8);
            rest >>= 8;
        }
        Self { crc: !crc, len: bytes.len() as u64 }
    }
}

fn step(crc: u32, byte: u8) -> u32 {
    (crc << 8) ^ TABLE[(((crc >> 24) as u8) ^ byte) as usize]
}

const TABLE: [u32; 256] = {
    let mut table = [0u32; 256];
    let mut i = 0;
    while i < 256 {
        let mut crc = (i as u32) << 24;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 0x8000_0000 != 0 { (crc << 1) ^ 0x04c1_1db7 } else { crc << 1 };
            bit += 1;
        }
        table[i] = crc;
        i += 1;
    }
    table
};

impl Sum {
    /// The sum at the beginning of what cksum(1) prints: Solaris has TABs between its fields,
    /// others a blank.
    pub fn read(text: &str) -> Option<Self> {
        let mut fields = text.split_whitespace();
        Some(Self { crc: fields.next()?.parse().ok()?, len: fields.next()?.parse().ok()? })
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.crc, self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::Sum;

    #[test]
    fn agrees_with_cksum() {
        // Printed by cksum(1) for these inputs.
        assert_eq!(Sum::of(b"").to_string(), "4294967295 0");
        assert_eq!(Sum::of(b"123456789").to_string(), "930766865 9");
    }

    #[test]
    fn is_read_whatever_is_between_the_fields() {
        for text in ["930766865 9", "930766865\t9\tname\n", " 930766865  9 name"] {
            assert_eq!(Sum::read(text), Some(Sum::of(b"123456789")), "{text}");
        }
        for text in ["", "930766865", "930766865 ", "x 9"] {
            assert_eq!(Sum::read(text), None, "{text}");
        }
    }
}
