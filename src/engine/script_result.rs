//! Reads the result that a printed script writes about itself on its node. A line that was cut off
//! at the end does not count; anything else that no script writes is refused with its line. What a
//! result means for the journal is left to `import`.

use crate::problem::{Problem, codes};

/// What a printed script has written about itself on its node, over all of its runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptResult {
    /// Digest of the settings that the script was made from.
    pub settings: String,
    pub number: usize,
    pub node: String,
    /// Operations by the stem of their files, in the order of their ends.
    pub ops: Vec<(String, ScriptOutcome)>,
    /// Whether one of its runs came to the end.
    pub ended: bool,
}

/// What became of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScriptOutcome {
    /// The script did it, in this run or an earlier one.
    Done,
    /// It held before the script came.
    Already,
    Failed,
    /// Something else was there; nothing was done.
    Differs,
}

impl ScriptResult {
    /// Reads a result. A line that was cut off at the end, by a full disk or a power failure, is
    /// left out.
    ///
    /// # Errors
    /// `result.unreadable`, with the line that no script writes.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let bad = |line: usize, what: &str| {
            let problem = Problem::new(codes::RESULT_UNREADABLE, format!("line {line}: {what}"));
            problem.hint(
                "take the file that the script names at its end, script-NUMBER.result, as it is",
            )
        };

        let mut lines = text
            .split_inclusive('\n')
            .enumerate()
            .filter(|(_, line)| line.ends_with('\n'))
            .peekable();
        if lines.peek().is_none_or(|(_, line)| line.trim_end() != "calha-result 1") {
            return Err(bad(1, "it is not a result of a script of this version"));
        }

        let (mut settings, mut number, mut node) = (None, None, None);
        let (mut ops, mut ended) = (Vec::new(), false);
        // A script that is run again begins again; what it says of itself stays the same.
        let same = |known: &mut Option<String>, now: &str| match known {
            Some(known) => known == now,
            None => {
                *known = Some(now.to_owned());
                true
            }
        };

        for (at, line) in lines {
            let words: Vec<&str> = line.split_whitespace().collect();
            let fits = match words.as_slice() {
                ["calha-result", "1"] | [] => true,
                ["settings", digest] => same(&mut settings, digest),
                ["script", n] => same(&mut number, n),
                ["node", name] => same(&mut node, name),
                ["op", stem, outcome] => match outcome_of(outcome) {
                    Some(outcome) => {
                        ops.push(((*stem).to_owned(), outcome));
                        true
                    }
                    None => false,
                },
                ["end", "0"] => {
                    ended = true;
                    true
                }
                _ => false,
            };
            if !fits {
                return Err(bad(at + 1, "no script writes this, or it belongs to another one"));
            }
        }

        let number = number.and_then(|n| n.parse().ok());
        let (Some(settings), Some(number), Some(node)) = (settings, number, node) else {
            return Err(bad(1, "it does not say of which script it is"));
        };
        Ok(Self { settings, number, node, ops, ended })
    }

    /// What became of an operation in the end: once it was done it is ours, whatever a later run
    /// found.
    pub fn outcome(&self, stem: &str) -> Option<ScriptOutcome> {
        let all: Vec<ScriptOutcome> =
            self.ops.iter().filter(|(s, _)| s == stem).map(|(_, o)| *o).collect();
        if all.contains(&ScriptOutcome::Done) {
            Some(ScriptOutcome::Done)
        } else {
            all.last().copied()
        }
    }
}

fn outcome_of(word: &str) -> Option<ScriptOutcome> {
    Some(match word {
        "done" => ScriptOutcome::Done,
        "already" => ScriptOutcome::Already,
        "failed" => ScriptOutcome::Failed,
        "differs" => ScriptOutcome::Differs,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{ScriptOutcome, ScriptResult};

    const TWICE: &str = "calha-result 1\nsettings abc\nscript 2\nnode Node2\n\
        op a.1 already\nop b.1 failed\n\
        calha-result 1\nsettings abc\nscript 2\nnode Node2\n\
        op a.1 already\nop b.1 done\nop c.1 done\nend 0\n\
        calha-result 1\nsettings abc\nscript 2\nnode Node2\n\
        op a.1 already\nop b.1 do";

    #[test]
    fn several_runs_are_one_result_and_a_line_cut_off_does_not_count() {
        let result = ScriptResult::parse(TWICE).unwrap();
        assert_eq!((result.number, result.node.as_str(), result.ended), (2, "Node2", true));
        let of = |stem| result.outcome(stem);
        assert_eq!(
            [of("a.1"), of("b.1"), of("c.1"), of("d.1")],
            [
                Some(ScriptOutcome::Already),
                Some(ScriptOutcome::Done),
                Some(ScriptOutcome::Done),
                None
            ]
        );
    }

    #[test]
    fn what_no_script_writes_is_refused_with_its_line() {
        for (text, line) in [
            ("", "line 1"),
            ("calha-result 2\n", "line 1"),
            ("calha-result 1\nsettings a\nscript 1\n", "line 1"),
            ("calha-result 1\nsettings a\nscript 1\nnode n\nop x.1 perhaps\n", "line 5"),
            ("calha-result 1\nsettings a\nscript 1\nnode n\nscript 2\n", "line 5"),
        ] {
            let problem = ScriptResult::parse(text).unwrap_err();
            assert!(problem.what.starts_with(line), "{text:?}: {}", problem.what);
        }
    }
}
