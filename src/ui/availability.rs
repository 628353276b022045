//! Tables 6-1 and 6-2 on a terminal, wrapped to its width. The figures are worked out in
//! `availability`.

use std::fmt::Write as _;

use crate::availability::{Downtime, models};
use crate::text::wrapped;

/// Table 6-1, to choose by.
pub fn models_text(width: usize) -> String {
    let mut out = String::new();
    for model in models() {
        wrapped(&mut out, &format!("{} ({})  ", model.name, model.section), model.what, width);
        for (sign, lines) in [("  +  ", model.advantages), ("  -  ", model.drawbacks)] {
            lines.iter().for_each(|line| wrapped(&mut out, sign, line, width));
        }
        wrapped(&mut out, "  upgrade  ", model.upgrade, width);
        wrapped(&mut out, "  recommended for  ", model.recommended, width);
        out.push('\n');
    }
    out
}

/// Table 6-2, with somebody's own figures.
pub fn downtime_text(of: &Downtime, width: usize) -> String {
    // Writing into a String cannot fail.
    let mut out = String::new();

    let (server, storage) = (of.server(), of.storage());
    wrapped(
        &mut out,
        "",
        &format!(
            "A year has {server:.2} days of a server down, and {storage:.2} of its storage (6.1.5)."
        ),
        width,
    );

    let _ = writeln!(
        out,
        "\n{:<16} {:>10} {:>10}   days down, over days",
        "model", "days down", "share"
    );

    for share in of.shares() {
        let percent = format!("{:.2} %", share.percent);
        let _ =
            writeln!(out, "{:<16} {:>10.2} {percent:>10}   {}", share.model, share.days, share.sum);
    }

    out.push('\n');
    of.assumptions().iter().for_each(|a| wrapped(&mut out, "* ", a, width));
    out
}
