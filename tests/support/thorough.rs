/// Whether everything is to be tried: `tests/run` and CI do, a `cargo test` in between takes a sample that is done in a minute.
pub fn thorough() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let all = set("CI") || set("CALHA_THOROUGH");
    if !all {
        println!("a sample; everything with CALHA_THOROUGH=1, or tests/run");
    }
    all
}
