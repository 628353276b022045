use std::process::ExitCode;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Arguments, print};

/// `calha completions`: what a shell has to know to complete calha's command line.
#[derive(Args)]
#[command(after_help = "Example: calha completions bash > ~/.local/share/bash-completion/completions/calha")]
pub struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    pub fn run(&self) -> ExitCode {
        print(&completions(self.shell))
    }
}

/// The text for a shell, as it stands in `completions/`.
pub fn completions(shell: Shell) -> String {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "calha", &mut text);
    String::from_utf8_lossy(&text).into_owned()
}
