//! `calha adopt` on the command line. The journal is rebuilt by the engine from what the nodes
//! keep.

use std::process::ExitCode;

use clap::Args;

use super::RunArguments;
use super::work::work;

/// `calha adopt`: a journal for an installation whose own is lost.
#[derive(Args)]
#[command(after_help = "Example: calha adopt profiles/asymmetric.toml --from-nodes")]
pub struct Adopt {
    #[command(flatten)]
    run: RunArguments,
    /// Rebuild it from the record that each node keeps of its own operations.
    #[arg(long, required = true)]
    from_nodes: bool,
}

impl Adopt {
    pub fn run(&self) -> ExitCode {
        work(&self.run, &[], None, &mut |engine| engine.adopt_from_nodes())
    }
}
