use std::process::ExitCode;

use clap::Args;

use super::RunArguments;
use super::work::work;

/// `calha rollback`: takes back what the journal says is ours, the last first.
#[derive(Args)]
#[command(after_help = "Example: calha rollback profiles/asymmetric.toml --from ha-block")]
pub struct Rollback {
    #[command(flatten)]
    run: RunArguments,
    /// Only this step and what began after it.
    #[arg(long, value_name = "STEP")]
    from: Option<String>,
}

/// `calha uninstall`: takes a whole installation back. Shared data is never deleted.
#[derive(Args)]
#[command(after_help = "Example: calha uninstall profiles/asymmetric.toml")]
pub struct Uninstall {
    #[command(flatten)]
    run: RunArguments,
}

/// `calha resolve`: after an undo that was stuck has been settled by hand.
#[derive(Args)]
#[command(after_help = "Example: calha resolve profiles/asymmetric.toml")]
pub struct Resolve {
    #[command(flatten)]
    run: RunArguments,
    /// Note it as left for good, whatever is there.
    #[arg(long)]
    keep: bool,
}

impl Rollback {
    pub fn run(&self) -> ExitCode {
        work(&self.run, &[], None, &mut |engine| engine.unwind("rollback", self.from.as_deref()))
    }
}

impl Uninstall {
    pub fn run(&self) -> ExitCode {
        work(&self.run, &[], None, &mut |engine| engine.unwind("uninstall", None))
    }
}

impl Resolve {
    pub fn run(&self) -> ExitCode {
        work(&self.run, &[], None, &mut |engine| engine.resolve(self.keep))
    }
}
