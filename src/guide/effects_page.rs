//! The page of effects: for each step what it brings about, the questions that show it, and what
//! would look like it. The rows are the steps' own; the questions are those of a guide that is
//! given, so the page cannot say what no run asks.

use std::fmt::Write as _;

use super::Guide;
use crate::step::{StepKind, When};

const HEAD: &str = "\
# What shows that a step is done

No program's word is taken for what it did. For each step: what is true once it is done, what would
look like it, and how calha tells them apart. `calha verify` asks the same ever after. What could
not be asked is \"not proved\" and ends with 3; steps marked *optional* are not proved again.

The questions are those of the asymmetric example. Where a step also looks at more than one question
can say, the page says \"looks\".

This page is generated: `BLESS=1 cargo test --test pages` writes it anew.
";

/// The page, with the questions of these guides.
pub fn effects_page(guides: &[Guide]) -> String {
    let mut page = HEAD.to_owned();
    for kind in StepKind::ALL {
        let effect = kind.effect();
        let optional = if effect.optional { " (optional)" } else { "" };
        // Writing into a String cannot fail.
        let _ = write!(
            page,
            "\n## {kind}{optional}\n\n* Effect: {}\n* Looks like it: {}\n* How calha tells them \
             apart: {}\n",
            effect.is, effect.alike, effect.told
        );
        for question in questions(guides, *kind) {
            let _ = writeln!(page, "* Asked: {question}");
        }
    }
    page
}

/// What is asked of a step of this kind.
fn questions(guides: &[Guide], kind: StepKind) -> Vec<String> {
    let steps = guides.iter().flat_map(|guide| &guide.steps);
    let Some(step) = steps.into_iter().find(|step| step.id.kind == kind) else { return Vec::new() };
    let Some(node) = step.expected_host() else { return Vec::new() };

    let asked = (step.ops)(&node).into_iter().map(|op| op.proof());
    let mut all: Vec<String> =
        asked.map(|proof| format!("`{}`", proof.replace('`', "'"))).collect();
    if step.looks.iter().any(|(when, _)| *when == When::After) || step.edits() {
        all.push("looks".into());
    }
    all
}
