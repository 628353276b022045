//! How much a test tries: a sample that is done in a minute, or all there is.

/// Whether everything is to be tried. `tests/run` does where processors compute, `tests/slow` where
/// programs wait for one another; a `cargo test` in between takes a sample.
pub fn thorough() -> bool {
    let all = std::env::var_os("CALHA_THOROUGH").is_some_and(|v| !v.is_empty());
    if !all {
        println!("a sample; everything with CALHA_THOROUGH=1");
    }
    all
}
