//! What a line of a file is to an entry of ours, by its meaning: blanks in another number are the
//! same entry, a changed field is not.
//!
//! The entry says itself of which file it is: seven fields with a TAB between them are vfstab(4),
//! two are syslog.conf(4). The node's shell asks the same (`calha_alike` in prelude.sh). Not for
//! finding what is wrong with a file: that is `document`.

/// What a line is to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// It means the same.
    Same,
    /// It means something else on the same mount point (vfstab(4)).
    SamePlace,
    /// It speaks of the same device, or writes to the same file.
    Related,
    /// It has nothing to do with the entry, or is a comment.
    Other,
}

impl Likeness {
    /// What `line` is to `entry`, both without newline.
    pub fn of(line: &[u8], entry: &str) -> Self {
        let (wanted, fields) = (fields(entry.as_bytes()), fields(line));
        if fields.first().is_none_or(|first| first.starts_with(b"#")) {
            return Self::Other;
        }

        match wanted[..] {
            [block, raw, point, _, _, _, _] => {
                if fields == wanted {
                    return Self::Same;
                }

                let is_point = |field: &&[u8]| field.starts_with(b"/") && same_path(field, point);
                if fields.get(2).is_some_and(is_point) {
                    return Self::SamePlace;
                }

                let device = |field: &&[u8]| {
                    *field != b"-" && (same_path(field, block) || same_path(field, raw))
                };
                if fields.iter().any(device) { Self::Related } else { Self::Other }
            }

            [selector, file] => {
                if selector_and_action(line) == Some((selector, file)) {
                    return Self::Same;
                }

                let rest = fields.last().and_then(|last| last.strip_prefix(file));
                if rest.is_some_and(|rest| !rest.iter().any(u8::is_ascii_graphic)) {
                    Self::Related
                } else {
                    Self::Other
                }
            }

            _ if fields == wanted => Self::Same,
            _ => Self::Other,
        }
    }
}

fn fields(line: &[u8]) -> Vec<&[u8]> {
    line.split(|b| blank(*b)).filter(|field| !field.is_empty()).collect()
}

fn blank(b: u8) -> bool {
    matches!(b, b' ' | b'\t')
}

/// syslogd(1M) wants TABs between the two, and none but them.
fn selector_and_action(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = line.iter().rposition(|b| !blank(*b))? + 1;
    let cut = line[..end].iter().position(|b| *b == b'\t')?;
    let action = line[cut..end].iter().position(|b| *b != b'\t')?;
    Some((&line[..cut], &line[cut + action..end]))
}

/// `/cal/`, `//cal` and `/cal/.` are all `/cal`. What does not begin with a slash is only itself.
pub fn same_path(a: &[u8], b: &[u8]) -> bool {
    let means = |part: &&[u8]| !part.is_empty() && *part != b".";
    let parts = |path| <[u8]>::split(path, |&c| c == b'/').filter(means);
    let both = a.starts_with(b"/") && b.starts_with(b"/");
    if both { parts(a).eq(parts(b)) } else { a == b }
}

#[cfg(test)]
mod tests {
    use super::Likeness::{self, Other, Related, Same, SamePlace};

    #[test]
    fn blanks_do_not_count_and_fields_do() {
        let entry = "/dev/a\t/dev/r\t/cal\tufs\t2\tno\t-";
        for (line, expected) in [
            (entry, Same),
            (" /dev/a  /dev/r\t\t/cal ufs 2 no - ", Same),
            ("/dev/a /dev/r /cal ufs 2 no -\r", SamePlace),
            ("/dev/a /dev/r /cal ufs 2 yes -", SamePlace),
            ("/dev/a /dev/r /cal ufs 02 no -", SamePlace),
            ("/dev/b /dev/s //cal/ ufs 2 no -", SamePlace),
            ("/dev/a /dev/r /cal ufs 2 no - x", SamePlace),
            ("/dev/b /dev/s /./cal/. ufs 2 no -", SamePlace),
            ("/dev//a - /x ufs - no -", Related),
            ("/dev/./r - - swap - no -", Related),
            ("x - /dev/r", Related),
            ("/dev/b /dev/s /calendar ufs 2 no -", Other),
            (" #/dev/a /dev/r /cal ufs 2 no -", Other),
            ("", Other),
        ] {
            assert_eq!(Likeness::of(line.as_bytes(), entry), expected, "{line:?}");
        }
    }

    #[test]
    fn syslogd_wants_tabs() {
        let entry = "daemon.debug\t/var/adm/log";
        for (line, expected) in [
            (entry, Same),
            ("daemon.debug\t\t/var/adm/log \t", Same),
            ("daemon.debug /var/adm/log", Related),
            ("daemon.debug \t/var/adm/log", Related),
            ("daemon.debug\t /var/adm/log", Related),
            ("daemon.debug\t/var/adm/log\r", Related),
            ("daemon.info\t/var/adm/log", Related),
            ("daemon.debug\t/var/adm/log2", Other),
            ("#daemon.debug\t/var/adm/log", Other),
        ] {
            assert_eq!(Likeness::of(line.as_bytes(), entry), expected, "{line:?}");
        }
    }
}
