//! The `calha` program: parse, run, exit code. Under another name it is one of the simulated
//! cluster's commands.

use std::process::ExitCode;

fn main() -> ExitCode {
    let root = std::env::var_os("CALHA_LAB_ROOT");
    if let Some(code) = calha::lab::program(std::env::args_os(), root.as_deref()) {
        return code;
    }
    calha::ui::tell_of_faults();
    calha::ui::Signals::outlive_limits_of_files();
    calha::cli::complete();
    calha::cli::parse().map_or_else(|status| status, calha::cli::run)
}
