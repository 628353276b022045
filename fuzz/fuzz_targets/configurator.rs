#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| calha_fuzz::configurator::check(bytes));
