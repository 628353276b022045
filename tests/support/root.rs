//! Tests that only the superuser can run: skipped with the reason elsewhere, but never in CI.

/// Whether root runs the tests; else says why this one is skipped.
pub fn is_root(why: &str) -> bool {
    let is_root = rustix::process::geteuid().is_root();
    if !is_root {
        assert!(std::env::var_os("CI").is_none(), "CI runs as root");
        eprintln!("skipped: {why}");
    }
    is_root
}
