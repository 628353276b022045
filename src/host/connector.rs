use std::process::{Command, Stdio};

/// How a shell on a node is reached: a program here whose standard input and output are that shell's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connector {
    /// The program and its words; what it starts is a Bourne shell that reads commands.
    pub shell: Vec<String>,
    /// The same on a terminal of its own; the command to run there is added to its words.
    pub terminal: Vec<String>,
    /// `Some`: the whole environment of the program, else it gets calha's own.
    pub environment: Option<Vec<(String, String)>>,
}

impl Connector {
    /// A shell on this machine.
    pub fn local() -> Self {
        Self { shell: vec!["/bin/sh".into()], terminal: Vec::new(), environment: None }
    }

    /// The system's ssh, with the administrator's own configuration; never a password prompt, never a weaker check of host keys.
    pub fn ssh(destination: &str, options: &[String]) -> Self {
        let words = |fixed: &[&str], last: &[&str]| {
            let mut all: Vec<String> = vec!["ssh".into()];
            all.extend(fixed.iter().map(|w| (*w).to_owned()));
            all.extend(options.iter().cloned());
            all.push("--".into());
            all.push(destination.to_owned());
            all.extend(last.iter().map(|w| (*w).to_owned()));
            all
        };
        let quiet = ["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15"];
        Self {
            shell: words(&quiet, &["exec env LC_ALL=C /bin/sh"]),
            terminal: words(&["-t", "-o", "BatchMode=yes"], &[]),
            environment: None,
        }
    }

    /// Any command that gives a shell.
    pub fn command(words: &[String]) -> Self {
        Self { shell: words.to_vec(), terminal: Vec::new(), environment: None }
    }

    /// The process that gives the shell, its three streams piped.
    pub(super) fn process(&self) -> Command {
        let mut command = self.prepared(&self.shell);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// A process on calha's own terminal that runs a script of the node.
    pub(super) fn on_terminal(&self, script: &str) -> Command {
        let mut words = self.terminal.clone();
        words.extend(["/bin/sh".to_owned(), script.to_owned()]);
        self.prepared(&words)
    }

    fn prepared(&self, words: &[String]) -> Command {
        let mut command = Command::new(words.first().map_or("/bin/sh", String::as_str));
        command.args(words.iter().skip(1));
        if let Some(environment) = &self.environment {
            command.env_clear().envs(environment.iter().map(|(k, v)| (k, v)));
        }
        command
    }
}
