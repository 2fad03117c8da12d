//! Runs the target that the environment names in `FUZZ_TARGET`, with inputs that libFuzzer makes.
#![no_main]

#[path = "../targets.rs"]
mod targets;

use std::sync::LazyLock;

static TARGET: LazyLock<String> = LazyLock::new(|| {
    let target = std::env::var("FUZZ_TARGET").unwrap_or_default();
    assert!(targets::names().contains(&target), "FUZZ_TARGET must be one of {:?}", targets::names());
    target
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::run(&TARGET, bytes));
