//! The page of all codes, docs/problems.md, and one entry of it for the terminal. Both are made of
//! the table in `codes`, so what is printed in brackets can always be looked up. Which problem a
//! code is given to is decided where it is found.

use super::{AREAS, Entry};
use crate::text::wrapped;

/// Every code with its cause and remedy, in Markdown.
pub fn page() -> String {
    let mut out = String::from(
        "# Problems, notes and questions\n\n\
         Each has a code, in brackets where it is printed: `[preflight.device]`. `calha explain \
         CODE` prints its entry, `--accept CODE` goes on in spite of a problem or answers a \
         question with yes, where that is a way; the journal records it. `STEP` stands for the id \
         of a step. Generated from the program's own list.\n",
    );
    for (area, codes) in AREAS {
        out.push_str(&format!(
            "\n## {area}\n\n| code | what it does | cause | remedy |\n| --- | --- | --- | --- |\n"
        ));
        for code in codes {
            out.push_str(&format!(
                "| `{}` | {} | {} | {} |\n",
                code.code,
                code.effect.describe(),
                code.cause,
                code.remedy
            ));
        }
    }
    out
}

/// One entry for people.
pub fn entry(code: &Entry, width: usize) -> String {
    let mut out = format!("{}: {}\n", code.code, code.effect.describe());
    wrapped(&mut out, "Cause:     ", code.cause, width);
    wrapped(&mut out, "Remedy:    ", code.remedy, width);
    out
}
