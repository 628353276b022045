//! How a shell that belongs to somebody else becomes one of the superuser: the line for sudo, su or
//! pfexec, and how to recognise that it asks for a password. The password never stands in the line
//! or in debug output. Sending it and waiting for the new shell is for `Session`.

use std::fmt;

use crate::node::BecomeProgram;
use crate::op::quote;

/// A terminal that changes nothing on its way and repeats nothing; on Solaris `raw` alone leaves
/// the input's half of that (stty(1)).
const TRANSPARENT: &str = "stty raw -echo -icrnl -inlcr -igncr -ixon -ixoff -istrip -iexten";

/// How the shell of a session becomes one of the superuser, where the connection gives somebody
/// else's.
#[derive(Clone, PartialEq, Eq)]
pub struct Becoming {
    pub program: BecomeProgram,
    /// What the program is answered when it asks. `None`: it must not ask.
    pub password: Option<Vec<u8>>,
}

impl Becoming {
    /// Whether the program asks on a terminal and nowhere else: su does with getpass(3C), which
    /// opens /dev/tty.
    pub fn wants_terminal(&self) -> bool {
        self.program == BecomeProgram::Su && self.password.is_some()
    }

    /// The line that a Bourne shell is given. Both outputs are one from then on: a program asks on
    /// either, and a session tells its answers from whatever else is printed. `mark` is what sudo
    /// asks with, `first` what the superuser's shell does first.
    ///
    /// With a terminal (`pty`) the line is shorter than the 256 characters that one takes, and its
    /// end is no signal to what is at work; only with a pipe behind it is the shell certain not to
    /// take itself for one that somebody types into.
    pub(super) fn line(&self, mark: &str, first: &str, pty: bool) -> String {
        let script = quote(&format!("{first}; exec /bin/sh"));
        match (self.program, &self.password) {
            (BecomeProgram::Su, _) if pty => {
                let script = quote(&format!("trap \"\" 1; {first}; /bin/sh 2>&1 | cat"));
                format!("{TRANSPARENT}; exec su root -c {script} 2>&1\n")
            }
            // A password that sudo remembers would leave ours unread, for the shell to take for a
            // command.
            (BecomeProgram::Sudo, Some(_)) => {
                format!("exec sudo -k -S -p {mark} /bin/sh -c {script} 2>&1\n")
            }
            (BecomeProgram::Sudo, None) => format!("exec sudo -n /bin/sh -c {script} 2>&1\n"),
            (BecomeProgram::Su, _) => format!("exec su root -c {script} 2>&1\n"),
            (BecomeProgram::Pfexec, _) => format!("exec pfexec /bin/sh -c {script} 2>&1\n"),
        }
    }

    /// What stands before a script's path where the script runs on a terminal, on which the program
    /// asks for itself.
    pub fn on_terminal(&self) -> &'static str {
        match self.program {
            BecomeProgram::Sudo => "sudo /bin/sh",
            BecomeProgram::Su => "su root",
            BecomeProgram::Pfexec => "pfexec /bin/sh",
        }
    }

    /// Whether it is asking for the password in what it has said: by the mark, or in the words of
    /// su.
    pub(super) fn asks(&self, said: &[u8], mark: &str) -> bool {
        let text = String::from_utf8_lossy(said);
        match self.program {
            BecomeProgram::Sudo => text.contains(mark),
            BecomeProgram::Su => {
                text.trim_end().ends_with(':') && text.to_lowercase().contains("password")
            }
            BecomeProgram::Pfexec => false,
        }
    }
}

/// Says that there is a password, never which.
impl fmt::Debug for Becoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let with = if self.password.is_some() { " with a password" } else { "" };
        write!(f, "Becoming({}{with})", self.program.name())
    }
}
