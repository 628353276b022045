//! The names under which versions of a type stand side by side, `VENDOR.NAME` or
//! `VENDOR.NAME:VERSION`, and where their registration files are.

/// Where registration files are. Which of the two scrgadm(1M) searches first is of no interest:
/// each file says its version.
pub const REGISTRATION_FILES: [&str; 2] =
    ["/usr/cluster/lib/rgm/rtreg", "/opt/cluster/lib/rgm/rtreg"];

/// The lines of a text that are this name, alone or with a colon and a version behind it.
pub fn versions<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = &'t str> {
    let is_one = move |line: &&str| {
        line.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    };
    text.lines().filter(is_one)
}
