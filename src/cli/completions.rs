//! The scripts by which a shell completes calha's command line. The shell asks calha itself each
//! time, so what it offers is never out of date; the offers are in `values`.

use std::process::ExitCode;

use clap::Args;
use clap_complete::Shell;
use clap_complete::env::Shells;

use super::{complain, print};

/// The variable by which a shell asks.
pub const VARIABLE: &str = "CALHA_COMPLETE";

/// `calha completions`: what a shell needs to complete commands, options and values; it asks calha
/// itself each time, so steps, instances, nodes and codes are those of the profile that stands on
/// the command line.
#[derive(Args)]
#[command(after_help = "Examples: source <(calha completions bash)\n          \
                        calha completions zsh > ~/.zfunc/_calha\n          \
                        calha completions fish > ~/.config/fish/completions/calha.fish")]
pub struct Completions {
    shell: Shell,
}

impl Completions {
    pub fn run(&self) -> ExitCode {
        match completions(self.shell) {
            Ok(text) => print(&text),
            Err(error) => {
                complain(&error.to_string());
                ExitCode::FAILURE
            }
        }
    }
}

/// The text for a shell, as it stands in `completions/`.
///
/// # Errors
/// A shell that is not known; none is.
pub fn completions(shell: Shell) -> std::io::Result<String> {
    let shells = Shells::builtins();
    let known = shells
        .completer(&shell.to_string())
        .ok_or_else(|| std::io::Error::other(format!("{shell}: no such shell")))?;
    let mut text = Vec::new();
    known.write_registration(VARIABLE, "calha", "calha", "calha", &mut text)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    Ok(format!("{}\n", text.trim_end()))
}
