use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::outcome::outcome;
use super::{Applied, Connector, Entry, Host, HostError, NodeName, Output, Session, listing};
use crate::op::script::{PRELUDE, here};
use crate::op::{Command, NodePath, Op, OpId, Reality, Stdin, quote};

/// Seconds for the connection and the prelude.
const CONNECT: u64 = 60;
/// Seconds for everything but commands: looking, files, locks.
const SHORT: u64 = 60;
/// Seconds that a command's operation may take longer than its own limit, for what is looked at before and after.
const SLACK: u64 = 15;

/// A node worked on through its Bourne shell: nothing but that and the base commands of Solaris 8 is needed there.
///
/// Nothing is cached. When the line was lost or a request took too long, the call that met it says so; the next one connects anew.
#[derive(Debug)]
pub struct ShellHost {
    pub(super) connector: Connector,
    pub(super) record: NodePath,
    query: u64,
    session: Mutex<Option<Session>>,
}

impl ShellHost {
    /// Connects; `record` is calha's directory on the node.
    ///
    /// # Errors
    /// As [`Session::start`].
    pub fn connect(connector: Connector, record: &NodePath) -> Result<Self, HostError> {
        let host = Self { connector, record: record.clone(), query: SHORT, session: Mutex::new(None) };
        let session = host.open()?;
        *host.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
        Ok(host)
    }

    /// Seconds a query may take; 60 unless told.
    #[must_use]
    pub fn query_within(mut self, seconds: u64) -> Self {
        self.query = seconds;
        self
    }

    fn open(&self) -> Result<Session, HostError> {
        let within = Duration::from_secs(CONNECT);
        let mut session = Session::start(&self.connector, within)?;
        session.define(&self.prelude(), within)?;
        Ok(session)
    }

    pub(super) fn prelude(&self) -> String {
        format!("CALHA_RECORD={}\n{PRELUDE}", quote(self.record.as_str()))
    }

    pub(super) fn ask(&self, script: &str, within: u64) -> Result<Output, HostError> {
        let mut place = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let session = match place.take().filter(Session::is_usable) {
            Some(session) => session,
            None => self.open()?,
        };
        place.insert(session).ask(script, Duration::from_secs(within))
    }

    /// Asks for something that is expected to work.
    pub(super) fn demand(&self, script: &str, path: &NodePath) -> Result<Vec<u8>, HostError> {
        let output = self.ask(script, SHORT)?;
        if output.success() { Ok(output.stdout) } else { Err(refused(path, &output)) }
    }

    /// What an operation said at its end; what is there when it said nothing.
    pub(super) fn judged(&self, id: &OpId, op: &Op, output: &Output) -> Result<Applied, HostError> {
        if let Some(applied) = outcome(&id.file_stem(), output) {
            return Ok(applied);
        }
        let mut tail = format!("{}{}", output.text(), String::from_utf8_lossy(&output.stderr)).trim().to_owned();
        match op.reality(self)? {
            Reality::Present => return Ok(Applied::Done),
            Reality::Absent => {}
            Reality::Differs { found } => tail = format!("{found}\n{tail}").trim().to_owned(),
        }
        Ok(Applied::Failed { status: Some(output.status), tail })
    }
}

impl Host for ShellHost {
    fn name(&self) -> &NodeName {
        &self.connector.node
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        let at = quote(path.as_str());
        // What ls(1) says decides: in the lab a program is a link to the machine, and a file to everybody there.
        let script = format!("if test -f \"$R\"{at}; then cksum <\"$R\"{at}; else echo; fi\nls -ldn \"$R\"{at}");
        let output = self.ask(&script, SHORT)?;
        if !output.success() {
            // Only what ls(1) says is missing is missing; a node that cannot look has not seen that nothing is there.
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let missing = said.contains("No such file") || said.contains("Not a directory");
            return if missing { Ok(Entry::Missing) } else { Err(refused(path, &output)) };
        }
        listing::entry(&output.text()).ok_or_else(|| refused(path, &output))
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        let at = quote(path.as_str());
        let script = format!(
            "if calha_resolve {at}; then :; else echo 'more than 32 symbolic links in a row' >&2; exit 1; fi\n\
             if test -f \"$p\"; then cat \"$p\"\n\
             elif calha_exists \"$p\"; then echo 'not a regular file' >&2; exit 1\n\
             else echo 'No such file or directory' >&2; exit 1; fi"
        );
        self.demand(&script, path)
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        self.ask(&command.to_shell(), self.query)
    }

    fn apply(&self, id: &OpId, op: &Op) -> Result<Applied, HostError> {
        let within = match op {
            Op::Operator { .. } => return Err(HostError::Invalid(format!("{id}: handwork is not sent to a node"))),
            Op::Run { stdin: Stdin::Terminal, .. } => return self.on_terminal(id, op),
            Op::Run { within, settle, .. } => within + settle + SLACK,
            _ => SHORT,
        };
        let output = self.ask(&op.to_shell(id), within)?;
        self.judged(id, op, &output)
    }

    fn wait(&self, id: &OpId, within: u64) -> Result<(), HostError> {
        let output = self.ask(&format!("calha_op={}\ncalha_await {within}", quote(&id.file_stem())), within + SLACK)?;
        if output.success() { Ok(()) } else { Err(HostError::TimedOut(within)) }
    }

    fn take(&self, holder: &str) -> Result<Option<String>, HostError> {
        if holder.is_empty() || holder.contains(|c: char| c.is_control()) {
            return Err(HostError::Invalid("who holds the lock is said in one line".into()));
        }
        // $$ is the session's shell, so two who come at once do not write into one file.
        let mut script = String::from("calha_record || exit 1\numask 077\n");
        script.push_str("calha_line() {\n");
        script.push_str(&here("\"$D/lock.$$\"", ">", &format!("{holder}\n")));
        script.push_str("}\ncalha_line || exit 1\ncalha_take \"$D/lock.$$\"");
        let output = self.ask(&script, SHORT)?;
        match output.status {
            0 => Ok(None),
            3 => Ok(Some(output.text().lines().next().unwrap_or_default().to_owned())),
            _ => Err(refused(&self.record, &output)),
        }
    }

    fn release(&self) -> Result<(), HostError> {
        self.demand("rm -rf \"$D/lock\"", &self.record).map(drop)
    }

    fn forget(&self) -> Result<(), HostError> {
        self.demand("calha_forget", &self.record).map(drop)
    }
}

/// The node's own words: the last line of what it complained about.
fn refused(path: &NodePath, output: &Output) -> HostError {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let why = said.lines().rfind(|l| !l.trim().is_empty()).map_or_else(|| format!("status {}", output.status), str::to_owned);
    HostError::Io { path: path.to_string(), why }
}
