//! The `calha` program: parse, run, exit code. Under another name it is one of the simulated
//! cluster's commands.

use std::process::ExitCode;

/// What is called before Rust's own beginning, and changes nothing.
#[used]
#[unsafe(link_section = ".init_array")]
static EARLY: extern "C" fn() = calha::ui::Output::look;

fn main() -> ExitCode {
    let root = std::env::var_os("CALHA_LAB_ROOT");
    if let Some(code) = calha::lab::program(std::env::args_os(), root.as_deref()) {
        return code;
    }
    calha::ui::tell_of_faults();
    calha::ui::Signals::outlive_limits_of_files();
    if let Some(status) = calha::cli::complete() {
        return status;
    }
    calha::cli::parse().map_or_else(|status| status, calha::cli::run)
}
