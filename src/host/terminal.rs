//! Operations whose program asks: they run on calha's own terminal, over a connection of their own.

use super::token::token;
use super::{Applied, Due, ShellHost};
use crate::node::{HostError, Inspect as _};
use crate::op::{Op, Reality, Run, Stdin, quote};

impl ShellHost {
    /// Puts the operation's text on the node, runs it there with this terminal as its own, and
    /// reads through the session what it said.
    ///
    /// There is no time limit: a human answers.
    pub(super) fn on_terminal(&self, due: &Due) -> Result<Applied, HostError> {
        let Due { id, op, .. } = due;
        debug_assert!(matches!(op, Op::Run(Run { stdin: Stdin::Terminal { .. }, .. })));

        match op.reality(self)? {
            Reality::Present => return Ok(Applied::Already),
            Reality::Differs { found } => return Ok(Applied::Differs { found }),
            Reality::Absent => {}
        }

        let stem = quote(&id.file_stem());
        // What it says at its end goes to a file: the terminal belongs to the program.
        let text = format!(
            "{}\nexec >\"$D\"/{stem}.said\n{}{}",
            self.prelude(),
            self.wanted_holder(),
            due.to_shell()
        );

        let end = token();
        let mut put = format!("umask 077\nrm -f \"$D\"/{stem}.said \"$D\"/{stem}.sh\n");
        put.push_str(&format!(
            "cat >\"$D\"/{stem}.sh <<'{end}' || exit 1\n{text}{end}\necho \"$D\"/{stem}.sh"
        ));
        let script =
            String::from_utf8_lossy(&self.demand(&put, &self.record)?).trim_end().to_owned();

        let mut command = self.connector.terminal_command(&script)?;
        let ended = command.status().map_err(|e| HostError::Unreachable {
            node: self.name().0.clone(),
            why: format!("cannot start {}: {e}", command.get_program().to_string_lossy()),
        })?;

        let read = format!(
            "if test -f \"$D\"/{stem}.said; then cat \"$D\"/{stem}.said; fi\n\
             rm -f \"$D\"/{stem}.said \"$D\"/{stem}.sh\n"
        );
        let mut output = self.send(&read, 60, super::delivery::Delivery::Kept)?;

        // As the shell there saw it; none when the connection itself was killed.
        output.status = ended.code().unwrap_or(255);

        self.judged(id, op, &output)
    }
}
