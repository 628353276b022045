//! Base commands that this machine's own do. Their options are checked against Solaris 8 first,
//! and their paths are put inside the host's root, so that a command line which a node would
//! refuse is refused here. How the machine's command is found is for `inside`.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::inside::{Inside, machine_name};
use crate::lab::full_disk::Writes;
use crate::lab::getopt::getopt;
use crate::lab::refusal::Refusal;

/// What the words after the options of a passed-on command are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// Paths.
    Files,
    /// The first is a pattern or script unless -e or -f was given; the rest are paths.
    PatternThenFiles,
    /// No paths at all.
    Plain,
    /// `find`: paths up to the first expression word, and after -newer.
    Find,
    /// `dd`: `if=` and `of=`.
    Assignments,
    /// `tail` and `head`: `-10` and `+5` are options.
    Counted,
    /// `env [-i] [name=value ...] program [args]`.
    Environment,
    /// `sh`: a script's path, then its own words.
    Shell,
}

/// A base command that this machine's own command of the same name does, after its options were
/// checked.
pub(crate) struct Passed {
    pub name: &'static str,
    /// Option letters of Solaris 8, as of getopt(3C).
    options: &'static str,
    words: Words,
}

const fn passed(name: &'static str, options: &'static str, words: Words) -> Passed {
    Passed { name, options, words }
}

/// Commands of Solaris 8 that are handed over. What Solaris 8 lacks (readlink, mktemp, stat, seq,
/// md5sum …) is not here and not in PATH.
pub(crate) const PASSED_ON: &[Passed] = &[
    passed("awk", "F:f:", Words::PatternThenFiles),
    passed("nawk", "F:f:v:", Words::PatternThenFiles),
    passed("sed", "nf:e:", Words::PatternThenFiles),
    passed("grep", "bchilnsvw", Words::PatternThenFiles),
    passed("egrep", "bchilnsve:f:", Words::PatternThenFiles),
    passed("fgrep", "bchilnsvxe:f:", Words::PatternThenFiles),
    passed("find", "", Words::Find),
    passed("head", "n:", Words::Counted),
    passed("tail", "f", Words::Counted),
    passed("sort", "bcdfimMnru:k:o:t:T:", Words::Files),
    passed("uniq", "cduf:s:", Words::Files),
    passed("wc", "clmwC", Words::Files),
    passed("diff", "bcefhilntwrsD:C:S:", Words::Files),
    passed("od", "bcCdDfFoOsSvxXA:j:N:t:", Words::Files),
    passed("dd", "", Words::Assignments),
    passed("tr", "cds", Words::Plain),
    passed("date", "u", Words::Plain),
    passed("expr", "", Words::Plain),
    passed("printf", "", Words::Plain),
    passed("kill", "", Words::Plain),
    passed("ps", "aAcdefjlLPyg:n:o:p:s:t:u:U:G:", Words::Plain),
    passed("pwd", "", Words::Plain),
    passed("sleep", "", Words::Plain),
    passed("stty", "ag", Words::Plain),
    passed("sync", "", Words::Plain),
    passed("tty", "ls", Words::Plain),
    passed("env", "", Words::Environment),
    passed("sh", "", Words::Shell),
];

/// Expression words of find(1) on Solaris 8.
const FIND: [&str; 29] = [
    "-atime", "-cpio", "-ctime", "-depth", "-exec", "-follow", "-fstype", "-group", "-inum",
    "-links", "-local", "-ls", "-mount", "-mtime", "-name", "-ncpio", "-newer", "-nogroup",
    "-nouser", "-ok", "-perm", "-print", "-prune", "-size", "-type", "-user", "-xdev", "-o", "-a",
];

/// cat(1) in a pipe hands on what comes as it comes; the lab's own keeps it until the end.
static CAT: Passed = passed("cat", "", Words::Plain);

/// A command that is passed on only when it stands in a pipe.
pub(crate) fn streaming(name: &str, args: &[String]) -> Option<&'static Passed> {
    (name == "cat" && args.is_empty()).then_some(&CAT)
}

/// The names of all of them.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    PASSED_ON.iter().map(|passed| passed.name)
}

pub(crate) fn find(name: &str) -> Option<&'static Passed> {
    PASSED_ON.iter().find(|p| p.name == name)
}

/// The machine's commands that play those of a node.
pub(crate) fn machine_commands() -> BTreeSet<&'static str> {
    PASSED_ON.iter().chain([&CAT]).map(|p| machine_name(p.name).0).collect()
}

impl Passed {
    /// The words of its command line that name files it writes.
    pub fn writes<'a>(&self, args: &'a [String]) -> Writes<'a> {
        let after = |option: &str| {
            args.iter()
                .position(|a| a == option)
                .and_then(|at| args.get(at + 1))
                .map(String::as_str)
        };
        match (self.name, self.words) {
            // What these start looks at its own output itself.
            (_, Words::Shell | Words::Environment) => Writes::Elsewhere,
            ("dd", _) => Writes::Files(args.iter().filter_map(|a| a.strip_prefix("of=")).collect()),
            ("sort", _) => Writes::Files(after("-o").into_iter().collect()),
            _ => Writes::Files(Vec::new()),
        }
    }
}

/// Checks the options, puts paths inside the root and becomes the machine's own command. Returns
/// only when that failed.
pub(crate) fn pass(passed: &Passed, args: &[String], inside: &Inside) -> io::Result<u8> {
    match prepared(passed, args, inside) {
        Ok(mut command) => Err(command.exec()),
        Err(status) => Ok(status),
    }
}

/// The same to its end, but nobody hears what it says.
pub(crate) fn pass_unheard(passed: &Passed, args: &[String], inside: &Inside) -> io::Result<()> {
    if let Ok(mut command) = prepared(passed, args, inside) {
        command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    }
    Ok(())
}

/// The machine's own command without the files that it was given, and these.
pub(crate) fn without_files(
    passed: &Passed,
    args: &[String],
    inside: &Inside,
) -> Result<(Command, Vec<PathBuf>), u8> {
    // What is wrong with the words is said once, where they are read.
    prepared(passed, args, inside)?;
    let given = getopt(args, passed.options, "").map_err(|refusal| refusal.status as u8)?;
    let pattern = passed.words == Words::PatternThenFiles && !given.has('e') && !given.has('f');
    let files = &given.operands[usize::from(pattern).min(given.operands.len())..];
    let head = &args[..args.len() - files.len()];
    let files = files.iter().filter(|f| *f != "-").map(|f| PathBuf::from(inside.word(f))).collect();
    Ok((prepared(passed, head, inside)?, files))
}

fn prepared(passed: &Passed, args: &[String], inside: &Inside) -> Result<Command, u8> {
    let words = words(passed, args, inside).map_err(|refusal| {
        // Nobody to tell when standard error is closed.
        let _ = writeln!(io::stderr(), "{}: {}", passed.name, refusal.text);
        refusal.status as u8
    })?;
    let mut command = match passed.words {
        Words::Environment => environment(&words, inside),
        _ => {
            let mut command = inside.machine(passed.name);
            command.args(&words);
            command
        }
    };
    if let Words::Shell = passed.words {
        command.env("PATH", inside.search_path(&std::env::var("PATH").unwrap_or_default()));
    }
    Ok(command)
}

fn refused(text: impl Into<String>) -> Refusal {
    Refusal::new(2, text)
}

fn words(passed: &Passed, args: &[String], inside: &Inside) -> Result<Vec<String>, Refusal> {
    let usage = format!("{} -{}", passed.name, passed.options.replace(':', " arg -"));
    match passed.words {
        Words::Find => return find_words(args, inside),
        Words::Environment => return Ok(args.to_vec()),
        Words::Shell => return Ok(shell_words(args, inside)),
        Words::Plain if matches!(passed.name, "expr" | "kill" | "printf") => {
            return match args.first().filter(|a| a.starts_with("--")) {
                Some(long) => Err(refused(format!("illegal option -- {long}"))),
                None => Ok(args.to_vec()),
            };
        }
        Words::Assignments => return args.iter().map(|a| assignment(a, inside)).collect(),
        Words::Counted => return counted(passed.name, args, inside, &usage),
        _ => {}
    }

    if args.iter().any(|a| a.starts_with("--") && a.len() > 2) {
        return Err(refused(format!("illegal option -- -\nusage: {usage}")));
    }

    let given = getopt(args, passed.options, &usage).map_err(|r| Refusal { status: 2, ..r })?;
    let head = args.len() - given.operands.len();
    let mut out: Vec<String> = args[..head].to_vec();

    // Files that options name.
    for at in 0..head.saturating_sub(1) {
        if out[at] == "-f" || (passed.name == "sort" && out[at] == "-o") {
            out[at + 1] = inside.word(&out[at + 1].clone());
        }
    }

    let pattern = passed.words == Words::PatternThenFiles && !given.has('e') && !given.has('f');
    for (at, word) in given.operands.iter().enumerate() {
        let plain = passed.words == Words::Plain || (pattern && at == 0);
        out.push(if plain { word.clone() } else { inside.word(word) });
    }

    strange(passed.name, &given.operands)?;
    Ok(out)
}

/// What a GNU command would take and a Solaris one would not understand.
fn strange(name: &str, operands: &[String]) -> Result<(), Refusal> {
    let first = operands.first().map_or("", String::as_str);
    match name {
        "grep" if first.contains("\\|") || first.contains("\\+") || first.contains("\\?") => {
            Err(refused("a basic regular expression has neither \\| nor \\+ nor \\?"))
        }
        "date" if first.contains("%s") || first.contains("%N") => Err(refused("bad conversion")),
        _ => Ok(()),
    }
}

fn counted(
    name: &str,
    args: &[String],
    inside: &Inside,
    usage: &str,
) -> Result<Vec<String>, Refusal> {
    let mut out = Vec::new();
    let mut rest = args.iter().peekable();
    while let Some(arg) = rest.peek() {
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        if let Some(n) = arg.strip_prefix('-').filter(|n| digits(n)) {
            out.extend(["-n".to_string(), n.to_string()]);
        } else if let Some(n) = arg.strip_prefix('+').filter(|n| name == "tail" && digits(n)) {
            out.extend(["-n".to_string(), format!("+{n}")]);
        } else if let Some(n) = arg
            .strip_prefix('+')
            .and_then(|n| n.strip_suffix('c'))
            .filter(|n| name == "tail" && digits(n))
        {
            out.extend(["-c".to_string(), format!("+{n}")]);
        } else if name == "head" && *arg == "-n" {
            out.push("-n".into());
            rest.next();
            out.push(rest.peek().map_or_else(String::new, |n| n.to_string()));
        } else if name == "tail" && *arg == "-f" {
            out.push("-f".into());
        } else if arg.starts_with('-') && arg.len() > 1 {
            return Err(refused(format!("usage: {usage}")));
        } else {
            break;
        }
        rest.next();
    }

    out.extend(rest.map(|w| inside.word(w)));
    Ok(out)
}

fn find_words(args: &[String], inside: &Inside) -> Result<Vec<String>, Refusal> {
    let mut out = Vec::new();
    let mut paths = true;
    let mut rest = args.iter();
    while let Some(word) = rest.next() {
        paths &= !(word.starts_with('-') || word == "!" || word == "(");
        if paths {
            out.push(inside.word(word));
            continue;
        }
        if word.starts_with('-') && !FIND.contains(&word.as_str()) {
            return Err(refused(format!("bad option {word}")));
        }
        out.push(word.clone());
        match word.as_str() {
            "-newer" => out.extend(rest.next().map(|w| inside.word(w))),
            "-exec" | "-ok" => {
                for w in rest.by_ref() {
                    out.push(w.clone());
                    if w == ";" {
                        break;
                    }
                }
            }
            "-atime" | "-ctime" | "-fstype" | "-group" | "-inum" | "-links" | "-mtime"
            | "-name" | "-perm" | "-size" | "-type" | "-user" => out.extend(rest.next().cloned()),
            _ => {}
        }
    }

    // Solaris 8 wants an action; without one it prints nothing.
    Ok(out)
}

fn shell_words(args: &[String], inside: &Inside) -> Vec<String> {
    let mut out = args.to_vec();
    if !args.iter().any(|a| a == "-c")
        && let Some(script) = out.iter_mut().find(|a| !a.starts_with('-'))
    {
        *script = inside.word(&script.clone());
    }
    out
}

fn assignment(word: &str, inside: &Inside) -> Result<String, Refusal> {
    match word.split_once('=') {
        Some((key @ ("if" | "of"), path)) => Ok(format!("{key}={}", inside.word(path))),
        // The machine's own may know it by its older name only.
        Some(("iseek", blocks)) => Ok(format!("skip={blocks}")),
        Some((
            "bs" | "ibs" | "obs" | "cbs" | "skip" | "seek" | "oseek" | "count" | "conv" | "files",
            _,
        )) => Ok(word.into()),
        _ => Err(refused(format!("bad arg: \"{word}\""))),
    }
}

/// env(1): what it is told, the rest as it was; after -i only the lab itself remains.
fn environment(args: &[String], inside: &Inside) -> Command {
    let mut rest = args.iter().peekable();
    let empty = rest.next_if(|a| *a == "-i" || *a == "-").is_some();
    let mut told = Vec::new();
    while let Some((key, value)) = rest.peek().and_then(|w| w.split_once('=')) {
        told.push((key.to_string(), value.to_string()));
        rest.next();
    }

    let program = rest.next();
    let mut command = match program {
        Some(name) if name.contains('/') => Command::new(inside.word(name)),
        Some(name) => Command::new(inside.program(name)),
        None => inside.machine("env"),
    };

    if let Some(name) = program {
        // The lab's programs are told apart by the name they are called by.
        command.arg0(name);
    }

    if empty {
        command.env_clear();
    }

    let path = std::env::var("PATH").unwrap_or_default();
    command
        .env("CALHA_LAB_ROOT", inside.prefix())
        .env("PATH", inside.search_path(if empty { "" } else { &path }));
    for (key, value) in told {
        let value = if key == "PATH" { inside.search_path(&value) } else { value };
        command.env(key, value);
    }

    command.args(rest);
    command
}
