//! The `calha` program: parse, run, exit code. Under another name it is one of the simulated
//! cluster's commands.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let root = std::env::var_os("CALHA_LAB_ROOT");
    if let Some(code) = calha::lab::program(std::env::args_os(), root.as_deref()) {
        return code;
    }
    calha::cli::complete();
    calha::cli::run(calha::cli::Arguments::parse())
}
