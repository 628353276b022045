//! Clocks of the administrator's machine that are wrong: the beginning of time and before it, the
//! next century, the last year that has a name, and beyond.

use std::path::PathBuf;
use std::process::Command;

use super::site::{Site, said};

/// What has a program see another time.
const CLOCK: &str = "#define _GNU_SOURCE
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <sys/syscall.h>
int clock_gettime(clockid_t id, struct timespec *at) {
  int status = syscall(SYS_clock_gettime, id, at);
  const char *to = getenv(\"CLOCK\");
  if (id == CLOCK_REALTIME && to) at->tv_sec = atoll(to);
  return status;
}
";

/// The library of it, by the compiler that every Rust program is linked with.
fn library(site: &Site) -> PathBuf {
    let (source, made) = (site.dir.path().join("clock.c"), site.dir.path().join("clock.so"));
    std::fs::write(&source, CLOCK).unwrap();
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-o"]).args([&made, &source]);
    assert!(compiler.status().unwrap().success());
    made
}

#[test]
fn a_clock_that_is_wrong_ends_no_command() {
    let site = Site::new();
    let library = library(&site);
    let profile = site.profile.to_str().unwrap();
    let at = |second: &str, words: &[&str]| {
        let mut command = site.program(words);
        said(command.env("LD_PRELOAD", &library).env("CLOCK", second).output().unwrap())
    };

    let years = [
        ("0", "1970-01-01"),
        ("-2000000000", "1906-08-16"),
        ("4102444800", "2100-01-01"),
        ("253402200000", "9999-12-30"),
        ("99999999999999", "1970-01-01"),
        ("-99999999999999", "1970-01-01"),
    ];
    for (second, day) in years {
        let installed = at(second, &["install", profile, "--yes", "--only", "accounts"]);
        assert_eq!(installed.status, 0, "{second}: {}", installed.err);
        for words in [&["status"][..], &["verify"], &["check"], &["report"], &["plan"]] {
            let told = at(second, &[words, &[profile]].concat());
            assert!([0, 3].contains(&told.status), "{second} {words:?}: {}", told.err);
        }
        let logs = site.dir.path().join("state/calha/calendar-cluster/site/runs");
        let mut names = logs.read_dir().unwrap().map(|e| e.unwrap().file_name());
        let named = names.any(|name| name.to_str().unwrap().starts_with(day));
        assert!(named, "{second}: no log of {day}");
    }
    assert_eq!(at("0", &["uninstall", profile, "--yes"]).status, 0);
}
