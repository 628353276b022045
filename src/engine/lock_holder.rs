//! What is said of whoever holds a node's lock. The line may be missing or torn: the run was
//! killed, or the node had no room, while it was written. Then nobody can say more than that.

/// What to do about a lock that another run holds, or has taken over.
pub const WAIT_FOR_RUN: &str =
    "wait until that run has ended; when it is known to be dead, add --accept lock.node";

/// The holder of a lock by its line, as a sentence names it.
pub(super) fn holder(line: &str) -> String {
    let line = line.trim();
    if line.is_empty() {
        return "a run that could not say who it is (it was killed, or the node had no room)"
            .into();
    }
    if !line.contains(", process ") || !line.contains(", since ") {
        return format!("a run that could not write its whole line, which begins {line:?}");
    }
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use super::holder;

    #[test]
    fn a_line_that_is_missing_or_torn_is_no_name() {
        let whole = "root on admin with /j, process 4, since 2026-11-25 17:00:00";
        assert_eq!(holder(&format!("{whole}\n")), whole);
        for torn in ["root on adm", "root on admin with /j, process 4", "\0\0"] {
            assert!(holder(torn).starts_with("a run that could not write"), "{torn:?}");
        }
        for none in ["", "\n", "  "] {
            assert!(holder(none).starts_with("a run that could not say who it is"), "{none:?}");
        }
    }
}
