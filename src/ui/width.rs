use dialoguer::console::Term;

/// Columns of the terminal on standard error: from 40 to 100, and 80 where there is none.
pub fn width() -> usize {
    Term::stderr().size_checked().map_or(80, |(_, columns)| usize::from(columns).clamp(40, 100))
}
