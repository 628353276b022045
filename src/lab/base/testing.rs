//! test(1) of Solaris 8, for the program; the test that a shell has built in is the shell's. It
//! takes one primary, and refuses `-e` as Solaris 8 does.

use crate::lab::call::Call;
use crate::lab::refusal::Refusal;
use crate::lab::storage::Raw;

/// test(1) of Solaris 8: no -e (10 has it), -h for links; one primary, optionally negated.
pub(crate) fn test(call: &mut Call<'_>) -> Result<(), Refusal> {
    let mut args: Vec<String> = call.args().to_vec();
    let negated = args.first().is_some_and(|a| a == "!");
    if negated {
        args.remove(0);
    }

    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let holds = match words[..] {
        [] => false,
        [word] => !word.is_empty(),
        ["-z", word] => word.is_empty(),
        ["-n", word] => !word.is_empty(),
        ["-t", _] => false,
        [operator, path] => of_file(call, operator, path)?,
        [a, "=", b] => a == b,
        [a, "!=", b] => a != b,
        [a, operator, b] => {
            let number =
                |t: &str| t.parse::<i64>().map_err(|_| Refusal::new(1, format!("{t}: bad number")));
            let (a, b) = (number(a)?, number(b)?);
            match operator {
                "-eq" => a == b,
                "-ne" => a != b,
                "-gt" => a > b,
                "-ge" => a >= b,
                "-lt" => a < b,
                "-le" => a <= b,
                _ => return Err(Refusal::new(1, format!("unknown operator {operator}"))),
            }
        }
        _ => return Err(Refusal::new(1, "the lab's test takes one primary")),
    };
    if holds != negated { Ok(()) } else { Err(Refusal::quiet(1)) }
}

fn of_file(call: &mut Call<'_>, operator: &str, path: &str) -> Result<bool, Refusal> {
    let path = call.inside(path);
    let files = call.files();
    let raw = files.look(&path, operator != "-h").ok().flatten();
    let device = files.resolve(&path, true).ok().and_then(|p| files.device(&p.path));
    Ok(match operator {
        "-h" => matches!(raw, Some(Raw::Link { .. })),
        "-b" => device == Some('b') && raw.is_some(),
        "-c" => device == Some('c') && raw.is_some(),
        "-d" => matches!(raw, Some(Raw::Directory { .. })),
        "-f" => matches!(raw, Some(Raw::File { .. } | Raw::Program { .. })) && device.is_none(),
        "-s" => match raw {
            Some(Raw::File { len, .. }) => len > 0,
            other => other.is_some(),
        },
        "-r" => raw.is_some_and(|r| r.mode().0 & 0o444 != 0),
        "-w" => raw.is_some(),
        "-x" => raw.is_some_and(|r| r.mode().0 & 0o111 != 0),
        "-p" | "-u" | "-g" | "-k" => false,
        _ => return Err(Refusal::new(1, "argument expected")),
    })
}
