//! What ls(1) says of one path.

use crate::node::{Entry, Mode, Owner, Sum};

/// The entry that `ls -ldn PATH` describes, after a line with what cksum(1) prints of a file;
/// `None` when it is something else.
pub(super) fn entry(text: &str) -> Option<Entry> {
    let (summed, text) = text.split_once('\n')?;
    let mut words = text.split_whitespace();
    let permissions = words.next()?;
    let letter = permissions.chars().next()?;
    let links = words.next()?.parse().ok()?;
    let owner = Owner { uid: words.next()?.parse().ok()?, gid: words.next()?.parse().ok()? };
    Some(match letter {
        '-' => Entry::File { mode: mode(permissions)?, owner, links, sum: Sum::read(summed)? },
        'd' => Entry::Directory { mode: mode(permissions)?, owner },
        // The path is free of blanks, so the first arrow is ls's own whatever the target contains.
        'l' => {
            let target = text.split_once(" -> ")?.1;
            Entry::Link { target: target.strip_suffix('\n').unwrap_or(target).to_owned() }
        }
        letter => Entry::Other { letter },
    })
}

/// `-rwxr-sr-x` as bits; what follows (`+` for an access control list) does not count.
fn mode(permissions: &str) -> Option<Mode> {
    let mut bits = 0;
    for (at, letter) in permissions.bytes().enumerate().skip(1).take(9) {
        let place = 9 - at;
        let special = 0o1000 << (place / 3);
        bits |= match letter {
            b'r' | b'w' | b'x' => 1 << place,
            b's' | b't' => 1 << place | special,
            // Solaris writes mandatory locking, which is set-group-id without execution, as l.
            b'S' | b'T' | b'l' => special,
            b'-' => 0,
            _ => return None,
        };
    }
    (permissions.len() >= 10).then_some(Mode(bits))
}

#[cfg(test)]
mod tests {
    use super::{entry, mode};
    use crate::node::{Entry, Mode, Owner};

    #[test]
    fn every_mode_is_read() {
        for (text, bits) in [
            ("-rwxr-xr-x", 0o755),
            ("-rw-------+", 0o600),
            ("drwxrwxrwt", 0o1777),
            ("-rwsr-S--T", 0o7740),
            ("-rw-r-lr--", 0o2644),
        ] {
            assert_eq!(mode(text), Some(Mode(bits)), "{text}");
        }
        assert_eq!(mode("total"), None);
    }

    #[test]
    fn targets_are_exact() {
        let line =
            "\nlrwxrwxrwx   1 0        0             11 Nov 25 17:43 /d/link -> a -> b \\c\n";
        assert_eq!(entry(line), Some(Entry::Link { target: "a -> b \\c".into() }));
        let owner = Owner { uid: 0, gid: 3 };
        assert_eq!(
            entry("\ndrwxr-xr-x 2 0 3 512 Jan 1 1970 /d\n"),
            Some(Entry::Directory { mode: Mode(0o755), owner })
        );
        assert_eq!(
            entry("\ncrw-rw-rw- 1 0 3 13, 2 Jan 1 1970 /n\n"),
            Some(Entry::Other { letter: 'c' })
        );
        assert_eq!(entry("total 0\n"), None);
    }
}
