//! cat, cksum, cmp and echo, as Solaris 8 has them. They read through the host's view of its
//! files and change nothing. A cat in a pipe is passed on to the machine's own.

use crate::lab::Oddity;
use crate::lab::call::Call;
use crate::lab::getopt::getopt;
use crate::lab::refusal::Refusal;
use crate::node::Sum;

fn operands(call: &Call<'_>, accepted: &str, usage: &str) -> Result<Vec<String>, Refusal> {
    let given = getopt(call.args(), accepted, usage)?;
    Ok(if given.operands.is_empty() { vec!["-".into()] } else { given.operands })
}

/// Prints the refusal of one operand and goes on with the next, as these commands do.
fn each(
    call: &mut Call<'_>,
    names: Vec<String>,
    act: impl Fn(&mut Call<'_>, &str, Vec<u8>),
) -> Result<(), Refusal> {
    let mut result = Ok(());
    for name in names {
        match call.input(&name) {
            Ok(bytes) => act(call, &name, bytes),
            Err(refusal) => {
                let line = format!("{}: {}", call.name(), refusal.text);
                call.complain(line);
                result = Err(Refusal::quiet(2));
            }
        }
    }
    result
}

/// cat(1): -s, -u, -v, -b, -e, -t, -n of Solaris; the lab does -u and -s only.
pub(crate) fn cat(call: &mut Call<'_>) -> Result<(), Refusal> {
    let names = operands(call, "su", "cat [-usvtebn] [-|file] ...")?;
    each(call, names, |call, _, bytes| call.print(&bytes))
}

/// cksum(1): CRC, length and, when given, the name as given.
pub(crate) fn cksum(call: &mut Call<'_>) -> Result<(), Refusal> {
    let names = operands(call, "", "cksum [file ...]")?;
    each(call, names, |call, name, bytes| {
        let sum = Sum::of(&bytes);
        let line = if name == "-" { sum.to_string() } else { format!("{sum} {name}") };
        let tabs = call.has(Oddity::CksumTabs);
        call.say(if tabs { line.replacen(' ', "\t", 2) } else { line });
    })
}

/// cmp(1): status 1 when two files differ.
pub(crate) fn cmp(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "ls", "cmp [-l] [-s] file1 file2")?;
    let [one, two] = &given.operands[..] else {
        return Err(Refusal::new(2, "usage: cmp [-l] [-s] file1 file2"));
    };
    let (a, b) = (call.input(one)?, call.input(two)?);
    if a == b {
        return Ok(());
    }
    if !given.has('s') {
        let at = a.iter().zip(&b).position(|(x, y)| x != y);
        let line = match at {
            Some(at) => {
                let row = a[..at].iter().filter(|c| **c == b'\n').count() + 1;
                format!("{one} {two} differ: char {}, line {row}", at + 1)
            }
            None => format!("cmp: EOF on {}", if a.len() < b.len() { one } else { two }),
        };
        call.say(line);
    }
    Err(Refusal::quiet(1))
}

/// echo(1) of /usr/bin: no options; `\c`, `\n`, `\t`, `\\` are read.
pub(crate) fn echo(call: &mut Call<'_>) -> Result<(), Refusal> {
    let text = call.args().join(" ");
    let mut out = String::new();
    let mut chars = text.chars();
    let mut newline = true;
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('\\') => out.push('\\'),
            Some('c') => {
                newline = false;
                break;
            }
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }

    if newline {
        out.push('\n');
    }

    call.print(out.as_bytes());
    Ok(())
}
