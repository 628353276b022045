//! What the configurator printed: it passed or it failed or neither, a failed task is never lost,
//! and line ends of another system change nothing.

use calha::step::ConfiguratorReport;

use super::Target;

pub const TARGET: Target = Target {
    name: "configurator",
    law: check,
    seeds: &["tests/fixtures/configurator-ko.txt", "fuzz/seeds/configurator"],
    pieces: &[
        "PASSED:",
        "FAILED:",
        " /usr/sbin/groupadd icsgroup : status = 9\n",
        ": status =",
        "All Tasks Passed\n",
        "Some Tasks Failed\n",
        "/var/sadm/install/logs/x.B1\n",
        "/var/",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\0",
        "\u{bd80}",
    ],
};

pub fn check(bytes: &[u8]) {
    let report = ConfiguratorReport::parse(bytes);
    assert!(!(report.is_success() && report.is_failure()));
    assert!(!report.is_success() || report.all_passed == Some(true));

    let text = String::from_utf8_lossy(bytes);
    let with = |verdict| text.lines().any(|line| line.replace('\r', "").starts_with(verdict));
    assert_eq!(report.passed.is_empty(), !with("PASSED:"));
    assert_eq!(report.failed.is_empty(), !with("FAILED:"));
    if let Some(log) = &report.log {
        let fits = |c: char| c.is_ascii_alphanumeric() || "/_.-".contains(c);
        assert!(log.starts_with("/var/") && log.chars().all(fits), "{log:?}");
    }

    let dos = text.replace('\n', "\r\n");
    assert_eq!(ConfiguratorReport::parse(dos.as_bytes()), report);
    let more = format!("{text}\nFAILED: one more : status = 1\n");
    let more = ConfiguratorReport::parse(more.as_bytes());
    assert!(more.is_failure() && more.failed.len() == report.failed.len() + 1);
}
