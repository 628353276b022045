//! Whether the methods that a file names are in a directory and can be executed.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::findings::Findings;
use super::shown::shown;
use crate::resource_type::declaration::Declarations;
use crate::resource_type::{Finding, rules};

/// Looks for each declared method, links followed: by its path below the base directory, else by
/// its last component.
pub fn check(declared: &Declarations<'_>, directory: &Path, findings: &mut Findings) {
    for (method, path, statement) in declared.methods() {
        let relative = path.trim_start_matches('/');
        let last = relative.rsplit('/').next().unwrap_or(relative);
        let there = [relative, last].into_iter().map(|name| directory.join(name));
        let found = there.filter_map(|place| std::fs::metadata(place).ok()).next();

        let why = match found {
            None => "is not there",
            Some(meta) if !meta.is_file() => "is no file",
            Some(meta) if meta.permissions().mode() & 0o111 == 0 => "cannot be executed",
            Some(_) => continue,
        };
        let what = format!("{} {} {why}", method.name(), shown(&path));
        findings.push(Finding::new(&rules::METHOD_FILE, statement.span, what));
    }
}
