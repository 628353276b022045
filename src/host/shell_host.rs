use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::{Applied, Connector, Entry, Host, HostError, NodeName, Output, Session};
use crate::op::script::PRELUDE;
use crate::op::{Command, Mode, NodePath, Op, OpId, Owner, Reality, Stdin, Sum, quote};

/// A node, through one shell on it.
pub struct ShellHost {
    name: NodeName,
    connector: Connector,
    record: NodePath,
    session: Mutex<Session>,
    /// The longest that a question may take.
    query: Duration,
}

/// What a file operation may take, and what is added to the limit of a command for the work around it.
const SLACK: u64 = 60;

impl ShellHost {
    /// Connects. `record` is calha's directory on the node, `query` the longest that a question may take, in seconds.
    ///
    /// # Errors
    /// [`HostError::Unreachable`] with what the connection said.
    pub fn connect(name: NodeName, connector: Connector, record: NodePath, query: u64) -> Result<Self, HostError> {
        let setup = format!("CALHA_RECORD={record}\n{PRELUDE}");
        let query = Duration::from_secs(query);
        let root = connector.environment.iter().flatten().find(|(k, _)| k == "CALHA_LAB_ROOT").map(|(_, v)| v.as_str());
        let session = Session::start(&connector, name.as_str(), root.unwrap_or(""), &setup, query)?;
        Ok(Self { name, connector, record, session: Mutex::new(session), query })
    }

    fn run(&self, script: &str, within: Duration) -> Result<Output, HostError> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).run(script, within)
    }

    fn ask(&self, script: &str) -> Result<Output, HostError> {
        self.run(script, self.query)
    }

    /// A script that has nothing to answer.
    fn tell(&self, what: &str, script: &str) -> Result<(), HostError> {
        let output = self.ask(script)?;
        if output.success() {
            return Ok(());
        }
        let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(HostError::Io { path: what.to_owned(), why: if why.is_empty() { "failed".into() } else { why } })
    }

    /// A program that asks gets a connection and a terminal of its own; what came of it is looked at over this one.
    fn on_terminal(&self, id: &OpId, op: &Op, text: &str) -> Result<Applied, HostError> {
        let before = op.reality(self)?;
        match before {
            Reality::Present => return Ok(Applied::Already),
            Reality::Differs { found } => return Ok(Applied::Differs { found }),
            Reality::Absent => {}
        }
        let path = self.record.join(&format!("{}.sh", id.file_stem()));
        let whole = format!("CALHA_RECORD={}\n{PRELUDE}\n{text}", self.record);
        let mut delimiter = String::from("CALHA_SCRIPT");
        while whole.lines().any(|l| l == delimiter) {
            delimiter.push('_');
        }
        let here = quote(path.as_str());
        let script = format!("umask 077\nmkdir -p \"$D\" && cat >\"$R\"{here} <<'{delimiter}'\n{whole}{delimiter}\n");
        self.tell(path.as_str(), &script)?;
        let root = self.connector.environment.iter().flatten().find(|(k, _)| k == "CALHA_LAB_ROOT").map(|(_, v)| v.as_str());
        let mut process = self.connector.on_terminal(&format!("{}{path}", root.unwrap_or("")));
        let status = process.status().map_err(|e| HostError::Io { path: "terminal".into(), why: e.to_string() })?;
        match op.reality(self)? {
            Reality::Present => Ok(Applied::Done),
            Reality::Absent => Ok(Applied::Failed { status: status.code(), tail: String::new() }),
            Reality::Differs { found } => Ok(Applied::Failed { status: status.code(), tail: found }),
        }
    }
}

impl Host for ShellHost {
    fn name(&self) -> &NodeName {
        &self.name
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        let path = quote(path.as_str());
        let output = self.ask(&format!(
            "calha_entry \"$R\"{path}\necho \"$type $perm $uid $gid $links\"\ncase $type in\nfile) cksum <\"$R\"{path} ;;\nlink) echo \"$target\" ;;\nesac\n"
        ))?;
        entry(&output).ok_or_else(|| HostError::Io {
            path: path.clone(),
            why: format!("ls said {:?} {}", output.text(), String::from_utf8_lossy(&output.stderr)),
        })
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        let output = self.ask(&format!(
            "calha_resolve {}\nif test -d \"$p\"; then echo 'it is a directory' >&2; exit 1; fi\nif test -f \"$p\"; then cat \"$p\"; else echo 'no such file' >&2; exit 1; fi\n",
            quote(path.as_str())
        ))?;
        if output.success() {
            return Ok(output.stdout);
        }
        let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(HostError::Io { path: path.to_string(), why })
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        let words: Vec<String> = command.args.iter().map(|a| quote(a)).collect();
        self.ask(&format!("\"$R\"{} {}\n", quote(command.program.as_str()), words.join(" ")))
    }

    fn mounted(&self, path: &NodePath) -> Result<bool, HostError> {
        Ok(self.ask(&format!("calha_mounted {}\n", quote(path.as_str())))?.success())
    }

    fn apply(&self, id: &OpId, op: &Op) -> Result<Applied, HostError> {
        let within = match op {
            Op::Operator { .. } => return Err(HostError::Invalid("a host does no handwork".into())),
            Op::Run { within, settle, .. } => within + settle + SLACK,
            _ => SLACK,
        };
        let text = op.to_shell(id);
        if let Op::Run { stdin: Stdin::Terminal, .. } = op {
            return self.on_terminal(id, op, &text);
        }
        let output = self.run(&text, Duration::from_secs(within))?;
        answer(&output, &id.file_stem()).ok_or_else(|| {
            let said = format!("{} {}", output.text().trim(), String::from_utf8_lossy(&output.stderr).trim());
            HostError::Invalid(format!("the node's shell gave no answer: {}", said.trim()))
        })
    }

    fn wait(&self, id: &OpId, within: u64) -> Result<(), HostError> {
        let script = format!("calha_op={}\ncalha_await\n", quote(&id.file_stem()));
        self.run(&script, Duration::from_secs(within + SLACK)).map(|_| ())
    }

    fn take(&self, holder: &str) -> Result<Option<String>, HostError> {
        let output = self.ask(&format!("calha_take {}\n", quote(holder)))?;
        match output.status {
            0 => Ok(None),
            3 => Ok(Some(output.text().trim_end_matches('\n').to_owned())),
            _ => {
                let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
                Err(HostError::Io { path: self.record.to_string(), why })
            }
        }
    }

    fn release(&self) -> Result<(), HostError> {
        self.tell("lock", "rm -rf \"$D/lock\"\n")
    }

    fn forget(&self) -> Result<(), HostError> {
        self.tell(self.record.as_str(), "calha_forget\n")
    }
}

/// The last line in which an operation says how it ended, and what follows it.
fn answer(output: &Output, stem: &str) -> Option<Applied> {
    let text = output.text();
    let prefix = format!("calha: {stem}: ");
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().rposition(|l| l.starts_with(&prefix))?;
    let said = &lines[at][prefix.len()..];
    let (word, rest) = said.split_once(": ").unwrap_or((said, ""));
    Some(match word {
        "done" => Applied::Done,
        "already" => Applied::Already,
        "differs" => Applied::Differs { found: rest.to_owned() },
        "failed" => {
            let (status, found) = rest.split_once(' ').unwrap_or((rest, ""));
            let mut tail: Vec<&str> = if found.is_empty() { Vec::new() } else { vec![found] };
            tail.extend(&lines[at + 1..]);
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            tail.extend(errors.lines());
            Applied::Failed { status: status.parse().ok(), tail: tail.join("\n") }
        }
        _ => return None,
    })
}

/// What `calha_entry` and what follows it printed.
fn entry(output: &Output) -> Option<Entry> {
    let text = output.text();
    let (first, rest) = text.split_once('\n')?;
    let mut words = first.split(' ');
    let kind = words.next()?;
    if kind == "missing" {
        return Some(Entry::Missing);
    }
    let perm = words.next()?;
    let owner = Owner { uid: words.next()?.parse().ok()?, gid: words.next()?.parse().ok()? };
    let links = words.next()?.parse().ok()?;
    let mode = mode(perm)?;
    Some(match kind {
        "directory" => Entry::Directory { mode, owner },
        "link" => Entry::Link { target: rest.strip_suffix('\n').unwrap_or(rest).to_owned() },
        "file" => {
            let mut sum = rest.split_whitespace();
            let sum = Sum { crc: sum.next()?.parse().ok()?, len: sum.next()?.parse().ok()? };
            Entry::File { mode, owner, links, sum }
        }
        _ => Entry::Other { letter: perm.chars().next()? },
    })
}

/// `drwxr-sr-t` as bits.
fn mode(perm: &str) -> Option<Mode> {
    let mut bits = 0;
    for (at, c) in perm.chars().skip(1).take(9).enumerate() {
        let bit = 1 << (8 - at);
        let special = [0o4000, 0o2000, 0o1000][at / 3];
        bits |= match (c, at % 3) {
            ('r', 0) | ('w', 1) | ('x', 2) => bit,
            ('s' | 't', 2) => bit | special,
            ('S' | 'T' | 'l', 2) => special,
            ('-', _) => 0,
            _ => return None,
        };
    }
    Some(Mode(bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_are_read_as_ls_prints_them() {
        for (text, bits) in [("-rw-r--r--", 0o644), ("drwxrwxrwt", 0o1777), ("-rwsr-Sr-T", 0o7744), ("-rw-r-----+", 0o640)] {
            assert_eq!(mode(text), Some(Mode(bits)), "{text}");
        }
    }

    #[test]
    fn the_last_answer_counts_and_its_reason_is_kept() {
        let said = |text: &str| Output { stdout: text.into(), ..Output::default() };
        assert_eq!(answer(&said("noise\ncalha: a.1: done\n"), "a.1"), Some(Applied::Done));
        assert_eq!(
            answer(&said("calha: a.1: failed: 7 \nlast words\n"), "a.1"),
            Some(Applied::Failed { status: Some(7), tail: "last words".into() })
        );
        assert_eq!(answer(&said("calha: b.1: done\n"), "a.1"), None);
    }
}
