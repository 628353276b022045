//! One addition to the linker's line: where calha finds the machine's libraries when it runs inside
//! a lab's node.
//!
//! `/.machine` is made by `calha lab shell` in a root of its own and exists nowhere else; there the
//! usual directories are the node's. Elsewhere the entry leads nowhere and changes nothing. A
//! static program needs no library, and does not start with such an entry.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| {
        std::env::var(name).is_ok_and(|values| values.split(',').any(|one| one == value))
    };
    if is("CARGO_CFG_TARGET_OS", "linux") && !is("CARGO_CFG_TARGET_FEATURE", "crt-static") {
        println!("cargo:rustc-link-arg-bins=-Wl,-rpath,/.machine/lib");
    }
}
