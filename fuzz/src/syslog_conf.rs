//! A syslog.conf: what is said of it helps, and the entry touches nothing else.

use calha::document::SyslogConf;
use calha::op::effect::edit;
use calha::op::{Change, Reality};

use super::Target;
use super::findings::assert_helps;
use super::vfstab::finished;

const ENTRY: &str = "daemon.debug\t/var/adm/clusterlog";

pub const TARGET: Target = Target {
    name: "syslog_conf",
    law: check,
    seeds: &["fuzz/seeds/syslog_conf"],
    pieces: &[
        "daemon.debug\t/var/adm/clusterlog\n",
        "daemon.debug /var/adm/clusterlog\n",
        "daemon.debug\t \t/var/adm/clusterlog \n",
        "daemon.debug",
        "/var/adm/clusterlog",
        "*.err;",
        "\t",
        " ",
        "#",
        "ifdef(`LOGHOST', ,\n",
        ")\n",
        "`",
        "'",
        "dnl",
        "\n",
        "\r\n",
        "\0",
    ],
};

pub fn check(bytes: &[u8]) {
    let problems = SyslogConf::parse(bytes).problems_for(ENTRY, "syslog.conf");
    assert_helps(&problems);
    assert_helps(&SyslogConf::parse(bytes).notices_for(ENTRY, "syslog.conf"));

    let change = Change::AddLine { line: ENTRY.into(), key: "/var/adm/clusterlog".into() };
    let reality = change.reality(bytes);
    let differs = matches!(reality, Reality::Differs { .. });
    assert!(!differs || !problems.is_empty(), "{reality:?} without a problem");
    if reality == Reality::Absent {
        let added = edit(bytes, std::slice::from_ref(&change));
        assert_eq!(change.reality(&added), Reality::Present);
        let removed = edit(&added, &[Change::RemoveLine { line: ENTRY.into() }]);
        assert_eq!(removed, finished(bytes));
    }
}
