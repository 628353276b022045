//! A number with its noun: one operation is not "1 operations".

/// `counted(1, "operation")` is `1 operation`, `counted(2, "operation")` is `2 operations`.
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
