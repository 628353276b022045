//! One addition to the linker's line: where calha finds the machine's libraries when it runs inside a lab's node.
//!
//! `/.machine` is made by `calha lab shell` in a root of its own and exists nowhere else; there the usual directories
//! are the node's. Elsewhere the entry leads nowhere and changes nothing.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        println!("cargo:rustc-link-arg-bins=-Wl,-rpath,/.machine/lib");
    }
}
