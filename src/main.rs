//! The `calha` program: parse, run, exit code.

use std::process::ExitCode;

use clap::Parser;

/// Makes Sun Java System Calendar Server 6.3 highly available on Sun Cluster.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Arguments {}

fn main() -> ExitCode {
    Arguments::parse();
    ExitCode::SUCCESS
}
