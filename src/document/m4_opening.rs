//! Where a text that m4(1) reads first is still open at its end, so that whatever is appended
//! becomes a part of a macro. Not for what macros expand to.

/// Macros of m4(1) that stand in a syslog.conf.
const MACROS: [&[u8]; 4] = [b"ifdef", b"ifelse", b"define", b"include"];

/// The line of a macro's parenthesis, or of a quote, that does not close; counts from 1.
///
/// In a macro and outside of it `#` begins a comment, in which nothing counts; within quotes it
/// does not.
pub(super) fn m4_opening(bytes: &[u8]) -> Option<usize> {
    let mut parentheses: Vec<usize> = Vec::new();
    let mut quotes: Vec<usize> = Vec::new();
    let mut line = 1;
    let mut comment = false;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' => {
                line += 1;
                comment = false;
            }
            _ if comment => {}
            b'`' => quotes.push(line),
            b'\'' => drop(quotes.pop()),
            _ if !quotes.is_empty() => {}
            b'#' => comment = true,
            b'(' if !parentheses.is_empty() || is_called(&bytes[..at]) => parentheses.push(line),
            b')' => drop(parentheses.pop()),
            _ => {}
        }
    }
    parentheses.first().or(quotes.first()).copied()
}

/// Whether the text ends in the name of a macro.
fn is_called(before: &[u8]) -> bool {
    let part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let start = before.iter().rposition(|b| !part(b)).map_or(0, |at| at + 1);
    MACROS.contains(&&before[start..])
}

#[cfg(test)]
mod tests {
    use super::m4_opening;

    #[test]
    fn what_opens_and_does_not_close_is_found() {
        for (text, open) in [
            ("", None),
            ("ifdef(`LOGHOST', ,\nuser.err\t/dev/sysmsg\n)\n", None),
            (
                "# it's (a comment `with all of it\nmail.debug\tifdef(`LOGHOST', /a, @loghost)\n",
                None,
            ),
            ("x\nifdef(`LOGHOST', ,\nuser.err\t/dev/sysmsg\n", Some(2)),
            ("x\nifdef(`LOGHOST, ,\nuser.err\t/dev/sysmsg\n)\n", Some(2)),
            ("ifdef(`A', ifdef(`B', x)\n", Some(1)),
            ("ifdef(`A', # )\nx\n", Some(1)),
            ("ifdef(`A', `# )\n)'\n)", None),
            ("word (in the open\n", None),
            ("mail.debug\t`/var/log\n", Some(1)),
            ("it's\n", None),
        ] {
            assert_eq!(m4_opening(text.as_bytes()), open, "{text:?}");
        }
    }
}
