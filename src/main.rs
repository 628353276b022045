//! The `calha` program: parse, run, exit code. Under another name it is one of the simulated cluster's commands.

use std::process::ExitCode;

use clap::Parser;

/// Makes Sun Java System Calendar Server 6.3 highly available on Sun Cluster.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Arguments {}

fn main() -> ExitCode {
    let root = std::env::var_os("CALHA_LAB_ROOT");
    if let Some(code) = calha::lab::program(std::env::args_os(), root.as_deref()) {
        return code;
    }
    Arguments::parse();
    ExitCode::SUCCESS
}
