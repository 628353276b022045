//! The `calha` program: parse, run, exit code. Under another name it is one of the simulated cluster's commands.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::SUCCESS
}
